"""What is about to be changed, on the disk before it is: whoever dies in between leaves a trace to pick up.

The database can't say it, since its transaction ends after the change on the disk was made.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import orjson
from pydantic import ValidationError

from gitu.features.files.records import Intent
from gitu.kernel.storage.paths import make_private, write_private


class Journal:
    """One file for each change under way, named by the change's id."""

    def __init__(self, files_home: Path) -> None:
        self._folder = files_home / "pending"

    def begin(self, intent: Intent) -> None:
        """Write down what is about to happen. Raises OSError."""
        make_private(self._folder)
        write_private(self._path(intent.change_id), intent.model_dump_json())

    def end(self, change_id: UUID) -> None:
        """The change is in the database, or did not happen."""
        self._path(change_id).unlink(missing_ok=True)

    def left_over(self, older_than_s: float, now: float) -> Iterator[Intent]:
        """Changes that began so long ago that whoever began them is gone. Torn files are deleted."""
        if not self._folder.is_dir():
            return
        for path in sorted(self._folder.glob("*.json")):
            try:
                if now - path.stat().st_mtime < older_than_s:
                    continue
                intent = Intent.model_validate(orjson.loads(path.read_bytes()))
            except FileNotFoundError:
                continue
            except (ValidationError, ValueError):
                with contextlib.suppress(OSError):
                    os.unlink(path)
                continue
            yield intent

    def _path(self, change_id: UUID) -> Path:
        return self._folder / f"{change_id}.json"
