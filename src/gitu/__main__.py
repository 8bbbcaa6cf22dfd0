"""``python -m gitu`` is ``gitu``."""

from gitu.doors.cli.main import main

if __name__ == "__main__":
    main()
