"""`python -m gitu.migrations check`, and `python -m gitu.migrations new "Add credit notes"`."""

import sys
import tempfile
from pathlib import Path

from gitu.kernel.db.embedded import EmbeddedPostgres
from gitu.migrations.maintain import check, make_revision

_USAGE = 'Usage: python -m gitu.migrations check | new "What changes"'


def main(arguments: list[str]) -> int:
    """Run one command; the exit status is 0 when all is well, 1 on differences, 2 on wrong usage."""
    if arguments != ["check"] and not (len(arguments) == 2 and arguments[0] == "new"):
        sys.stderr.write(_USAGE + "\n")
        return 2
    with tempfile.TemporaryDirectory(prefix="gitu-migrations-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # as root, the server's own user has to pass through
        server = EmbeddedPostgres(folder / "postgres", folder / "run", settings={"fsync": "off"})
        url = server.start()
        try:
            return _check(url) if arguments == ["check"] else _new(url, arguments[1])
        finally:
            server.stop()


def _check(url: str) -> int:
    differences = check(url)
    for difference in differences:
        sys.stderr.write(f"{difference}\n")
    if differences:
        sys.stderr.write('Tables and migrations differ: python -m gitu.migrations new "What changes"\n')
    return 1 if differences else 0


def _new(url: str, message: str) -> int:
    sys.stdout.write(f"{make_revision(url, message)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
