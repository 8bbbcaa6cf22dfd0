"""The keyboard while an answer streams: silent, so that nothing is written into the answer, but for lines asked for."""

import contextlib
import os
import select
import sys
from types import TracebackType
from typing import Any, Self


class Keyboard:
    """A context manager. Without a terminal, or on Windows, keys are left as they are and no line is asked for."""

    def __init__(self) -> None:
        self.answers = sys.platform != "win32" and sys.stdin is not None and sys.stdin.isatty()
        self._before: list[Any] = []
        self._asked = False

    def __enter__(self) -> Self:
        if self.answers:
            import termios  # noqa: PLC0415 - there is none on Windows

            self._before = termios.tcgetattr(sys.stdin.fileno())
            self._echo(on=False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.answers:
            self._echo(on=True)

    def ask(self) -> None:
        """What is typed from now on is seen and counts; what was typed before the question does not."""
        if self.answers and not self._asked:
            import termios  # noqa: PLC0415 - as above

            termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)
            self._echo(on=True)
            self._asked = True

    def line(self) -> str | None:
        """A line that was typed since ``ask``; None while there is none."""
        if not self._asked:
            return None
        ready, _, _ = select.select([sys.stdin], [], [], 0)
        if not ready:
            return None
        with contextlib.suppress(OSError):  # the terminal is gone
            typed = os.read(sys.stdin.fileno(), 4096)
            return typed.decode("utf-8", "replace").strip() if typed else None
        return None

    def leave(self) -> None:
        """No line is wanted any more."""
        if self._asked:
            self._asked = False
            self._echo(on=False)

    def _echo(self, *, on: bool) -> None:
        import termios  # noqa: PLC0415 - as above

        wanted = list(self._before)
        if not on:
            wanted[3] &= ~termios.ECHO
        termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, wanted)
