"""What the command line keeps of its own in ``~/.gitu``: sign-ins, the history, what it remembers."""

import json
import os
from pathlib import Path
from typing import Any, cast

from gitu.kernel.storage.paths import Home, default_home, make_private, write_private


def folder() -> Path:
    """``~/.gitu``, open to its owner only."""
    path = Path.home() / ".gitu"
    make_private(path)
    return path


def history_file() -> Path:
    """What was typed in the prompt; readable by its owner only from the start."""
    path = folder() / "history"
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    return path


def home() -> Home:
    """The server's home folder on this machine."""
    return Home(default_home())


def remembered() -> dict[str, Any]:  # Any: JSON
    """Small things kept between starts; empty when there are none or the file can't be read."""
    return read_json(Path.home() / ".gitu" / "remembered.json")


def remember(**facts: object) -> None:
    """Keep small things for the next start; a disk that is full or closed is no reason to fail."""
    try:
        write_private(folder() / "remembered.json", json.dumps({**remembered(), **facts}))
    except OSError:
        return


def read_json(path: Path) -> dict[str, Any]:  # Any: JSON
    """A JSON object from a file; empty when it is missing or no JSON object."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}
