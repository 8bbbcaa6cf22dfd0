"""The keyboard while an answer streams: what is typed then must not be written into the answer."""

import contextlib
import sys
from collections.abc import Generator


@contextlib.contextmanager
def quiet_keys() -> Generator[None]:
    """Turn the terminal's echo off; without a terminal, or on Windows, nothing changes."""
    if sys.platform == "win32" or not sys.stdin.isatty():
        yield
        return
    import termios  # noqa: PLC0415 - there is none on Windows

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    quiet = list(before)
    quiet[3] &= ~termios.ECHO
    termios.tcsetattr(descriptor, termios.TCSADRAIN, quiet)
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
