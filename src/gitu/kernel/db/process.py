"""Which process is our database server: told by name and command line, as a number may be anyone's."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class PidFile:
    """What `postmaster.pid` says (PostgreSQL, storage.h: `LOCK_FILE_LINE_*`)."""

    pid: int
    port: int | None
    ready: bool


def read_pid_file(data: Path) -> PidFile | None:
    """The server's own notes in its data folder; None when there are none or they are cut short."""
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    if len(lines) < 2 or not lines[0].strip().isdigit():
        return None
    port = int(lines[3]) if len(lines) > 3 and lines[3].strip().isdigit() else None
    ready = len(lines) > 7 and lines[7].strip() == "ready"
    return PidFile(int(lines[0]), port, ready)


def is_server(pid: int, data: Path) -> bool:
    """Whether the process with this number is the PostgreSQL server of this data folder."""
    if sys.platform == "linux":
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
        return os.path.basename(words[0]) == b"postgres" and os.fsencode(data) in words
    if sys.platform == "win32":
        listing = _output(["tasklist", "/FI", f"PID eq {pid}", "/FO", "CSV", "/NH"])
        return "postgres.exe" in listing
    # Elsewhere `ps` joins the words with spaces, which the folder's name may hold too.
    command = _output(["ps", "-ww", "-o", "command=", "-p", str(pid)])
    program, separator, rest = command.partition(" -D ")
    return bool(separator) and program.strip().endswith("postgres") and rest.strip().strip('"').startswith(str(data))


def _output(command: list[str]) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=20, check=False).stdout  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ""
