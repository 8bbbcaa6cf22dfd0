"""The real program in a home of its own: run, piped into, or driven through a terminal."""

import contextlib
import json
import os
import re
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "seven quiet lanterns"
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[()][AB0]|\x1b[=>]")


@dataclass(frozen=True)
class Installation:
    """A home folder and the environment that points to it."""

    folder: Path
    variables: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def home(self) -> Path:
        """The server's home folder."""
        return self.folder / "home"

    def environment(self, **more: str) -> dict[str, str]:
        """This process's environment without what would point elsewhere, and with what points here."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("GITU_", "LC_", "LANG")) and name not in ("DATABASE_URL", "NO_COLOR")
        }
        return {
            **kept,
            "HOME": str(self.folder),
            "USERPROFILE": str(self.folder),
            "GITU_HOME": str(self.home),
            "GITU_DISCOVER_MODELS": "false",
            "PYTHONPATH": str(ROOT / "src"),
            "LANG": "C.UTF-8",
            "COLUMNS": "120",
            **self.variables,
            **more,
        }

    def run(self, *words: str, piped: str | None = None, **variables: str) -> "Done":
        """Run ``gitu`` with ``words``; without ``piped`` its input is empty."""
        done = subprocess.run(
            [sys.executable, "-m", "gitu", *words],
            input=piped or "",
            env=self.environment(**variables),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def server_pid(self) -> int | None:
        """The server that runs in this home, if any."""
        try:
            return int(json.loads((self.home / "run" / "server.json").read_text())["pid"])
        except (OSError, ValueError):
            return None

    def stop(self) -> None:
        """End the server and wait until it is gone."""
        pid = self.server_pid()
        if pid is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + 20
        while self.server_pid() is not None and time.monotonic() < deadline:
            time.sleep(0.05)


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed as JSON."""
        return json.loads(self.out)


class Terminal:
    """A program behind a real terminal, 40 lines of 120 columns."""

    def __init__(self, pid: int, descriptor: int) -> None:
        self._pid = pid
        self._descriptor = descriptor
        self.seen = ""
        self.raw = ""  # all that came, escape sequences included

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self._descriptor, text.encode())

    def wait_for(self, text: str, seconds: float = 30) -> str:
        """Everything since the last call up to where ``text`` shows. Fails when it does not."""
        deadline = time.monotonic() + seconds
        while text not in self.seen:
            assert time.monotonic() < deadline, f"{text!r} did not show; there was:\n{self.seen[-3000:]}"
            self._read()
        before, _, self.seen = self.seen.partition(text)
        return before + text

    def exit_code(self, seconds: float = 30) -> int:
        """Wait for the program's end."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            self._read()
        raise AssertionError(f"still running; there was:\n{self.seen[-3000:]}")

    def _read(self) -> None:
        ready, _, _ = select.select([self._descriptor], [], [], 0.1)
        if not ready:
            return
        try:
            raw = os.read(self._descriptor, 65_536)
        except OSError:  # Linux says so when the other side is gone
            return
        if b"\x1b[6n" in raw:  # the program asks where the cursor is
            os.write(self._descriptor, b"\x1b[1;1R")
        self.raw += raw.decode("utf-8", "replace")
        self.seen += _ESCAPES.sub("", raw.decode("utf-8", "replace"))


@contextlib.contextmanager
def open_terminal(installation: Installation, *words: str, **variables: str) -> Generator[Terminal]:
    """Run ``gitu`` with ``words`` in a terminal; killed at the end of the block if it is still there."""
    import fcntl  # only where there are terminals of this kind
    import pty
    import termios

    environment = installation.environment(TERM="xterm-256color", **variables)
    pid, descriptor = pty.fork()
    if pid == 0:  # pragma: no cover - the child is the program itself
        os.chdir(installation.folder)
        os.execve(sys.executable, [sys.executable, "-m", "gitu", *words], environment)
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    try:
        yield Terminal(pid, descriptor)
    finally:
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        os.close(descriptor)
