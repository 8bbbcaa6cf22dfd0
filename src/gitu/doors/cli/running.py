"""Whether this machine's server runs, and where."""

import os
from dataclasses import dataclass

from gitu.doors.cli import files


@dataclass(frozen=True, slots=True)
class Running:
    """The server of this machine's home folder, as it says of itself."""

    url: str
    pid: int
    version: str


def running_server() -> Running | None:
    """The running server of this home folder; None when there is none, or only its left-over file."""
    found = files.read_json(files.home().server_file)
    try:
        running = Running(str(found["url"]), int(found["pid"]), str(found["version"]))
    except (KeyError, TypeError, ValueError):
        return None
    return running if _alive(running.pid) else None


def _alive(pid: int) -> bool:
    if os.name == "nt":
        return True  # signal 0 would end it there; the first request tells
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
