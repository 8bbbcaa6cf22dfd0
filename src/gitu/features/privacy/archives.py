"""Archives on the disk: one ZIP for each export, readable by Gitu alone, in a folder of its person."""

import asyncio
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gitu.kernel import clock
from gitu.kernel.privacy.rows import Row
from gitu.kernel.storage.paths import Home, make_private

CHUNK = 1024 * 1024


def path_of(home: Home, owner_id: UUID, export_id: UUID) -> Path:
    """Where an archive lies."""
    return _folder(home) / str(owner_id) / f"{export_id}.zip"


def _folder(home: Home) -> Path:
    return home.root / "privacy" / "exports"


class Archive:
    """A ZIP that is being written; under its own name only when it is whole. Blocks. A context manager."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._new = path.with_suffix(".part")
        self._zip: ZipFile
        self._entry: IO[bytes] | None = None
        self.written: list[dict[str, object]] = []

    def __enter__(self) -> Self:
        for folder in (self.path.parent.parent.parent, self.path.parent.parent, self.path.parent):
            make_private(folder)
        self._new.unlink(missing_ok=True)  # of an attempt that was cut off
        opened = os.open(self._new, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(opened, "w+b")
        self._zip = ZipFile(self._file, "w", compression=ZIP_DEFLATED, allowZip64=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._entry is not None:
            self._entry.close()
        if kind is not None:
            self._file.close()
            self._new.unlink(missing_ok=True)
            return
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._new.replace(self.path)

    def begin(self, name: str) -> None:
        """Begin an entry; ``write`` fills it and ``end`` ends it."""
        self._entry = self._zip.open(_entry(name), "w", force_zip64=True)

    def write(self, text: str) -> None:
        """More of the entry that was begun."""
        assert self._entry is not None
        self._entry.write(text.encode("utf-8", "surrogatepass"))

    def add_rows(self, rows: Sequence[Row], *, first: bool) -> None:
        """Rows as the next elements of the JSON array that was begun."""
        self.write(as_json(rows, first=first))

    def end(self) -> None:
        """The entry is whole."""
        assert self._entry is not None
        self._entry.close()
        self._entry = None

    def add_text(self, name: str, content: str) -> None:
        """A whole entry of text."""
        self._zip.writestr(_entry(name), content)

    def add_files(self, files: Iterable[tuple[str, Iterator[bytes]]]) -> int:
        """Entries with these contents; returns how many."""
        count = 0
        for name, content in files:
            with self._zip.open(_entry(name), "w", force_zip64=True) as entry:
                for piece in content:
                    entry.write(piece)
            count += 1
        return count


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, clock.now().timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def as_json(rows: Sequence[Row], *, first: bool) -> str:
    """Rows as the next elements of a JSON array, one a line."""
    lines = [json.dumps(dict(row), default=_plain, ensure_ascii=False) for row in rows]
    return ("" if first else ",") + "\n" + ",\n".join(lines)


def _plain(value: object) -> str:
    match value:
        case date():  # a moment too, which is one
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
        case _:
            raise TypeError(f"An export has no form for {type(value).__name__}")


def digest_of(path: Path) -> str:
    """SHA-256 of a file in hexadecimal. Blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read(path: Path) -> Iterator[bytes]:
    """A file piece by piece; opened at once, so that a missing one is noticed before the first piece. Blocks."""
    file = path.open("rb")

    def pieces() -> Iterator[bytes]:
        with file:
            while piece := file.read(CHUNK):
                yield piece

    return pieces()


async def delete(home: Home, owner_id: UUID, export_id: UUID) -> None:
    """Delete an archive, whole or not."""
    path = path_of(home, owner_id, export_id)
    await asyncio.to_thread(lambda: [one.unlink(missing_ok=True) for one in (path, path.with_suffix(".part"))])


async def delete_all(home: Home, owner_id: UUID) -> int:
    """Delete all of a person's archives, and return how many there were."""

    def run() -> int:
        folder = _folder(home) / str(owner_id)
        if not folder.is_dir():
            return 0
        count = len(list(folder.iterdir()))
        shutil.rmtree(folder)
        return count

    return await asyncio.to_thread(run)


async def found_on_disk(home: Home) -> list[tuple[UUID, UUID]]:
    """Every archive there is, as its person's id and its own."""

    def look() -> list[tuple[UUID, UUID]]:
        found = {(path.parent.name, path.name.partition(".")[0]) for path in _folder(home).glob("*/*")}
        return [(UUID(owner), UUID(export)) for owner, export in sorted(found)]

    return await asyncio.to_thread(look)
