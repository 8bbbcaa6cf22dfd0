"""One opened folder and what can be asked of the files in it. Everything here blocks: it is called in threads."""

import heapq
import os
import stat
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from gitu.features.files.confined.failures import told_of
from gitu.features.files.confined.names import Parts, is_own, joined, shown
from gitu.features.files.confined.resolver import FOLDER, Resolver, best_resolver
from gitu.features.files.errors import FileLinked, FileTooLarge, FolderGone, NotAFile, PathNotFound
from gitu.kernel.storage.usage import used_bytes

Kind = Literal["file", "folder", "link", "other"]
MOST_NAMES = 100_000
"""How many names of one folder are looked at; more is no folder that a person leafs through."""
CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Found:
    """What stands under a name. ``size`` in bytes; ``modified`` in seconds since 1970; ``linked``: has other names."""

    name: str
    kind: Kind
    size: int
    modified: float
    linked: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a folder, and whether more follow. ``unusable`` names can't be written as text and were left out."""

    entries: list[Found]
    more: bool
    unusable: int


class Tree:
    """A folder held open by a descriptor; paths in it are tuples of names from ``names.parse``. A context manager.

    ``linked_files`` lets files be opened that have more than one name. All methods raise the errors of files.
    """

    def __init__(self, root: int, resolver: Resolver, *, linked_files: bool = False) -> None:
        self.root = root
        self.resolver = resolver
        self._linked_files = linked_files

    @classmethod
    def open(
        cls, path: Path, inode: int | None = None, *, linked_files: bool = False, resolver: Resolver | None = None
    ) -> Self:
        """Open the folder at an absolute path that has no link in it.

        Raises FolderGone when it can't be opened so, or is another folder than the one with ``inode``.
        """
        resolver = resolver or best_resolver()
        top = os.open("/", FOLDER | os.O_CLOEXEC)
        try:
            root = resolver.open(top, path.parts[1:], FOLDER, one_disk=False)
        except OSError as error:
            raise FolderGone(path=shown(str(path)), what="folder") from error
        finally:
            os.close(top)
        if inode is not None and os.fstat(root).st_ino != inode:
            os.close(root)
            raise FolderGone(path=shown(str(path)), what="folder")
        return cls(root, resolver, linked_files=linked_files)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self.root)

    @property
    def inode(self) -> int:
        """What tells this folder from another one at the same path."""
        return os.fstat(self.root).st_ino

    @contextmanager
    def folder(self, parts: Parts) -> Generator[int]:
        """The descriptor of a folder, closed at the end of the block."""
        with told_of(joined(parts)):
            found = self.resolver.open(self.root, parts, FOLDER)
        try:
            yield found
        finally:
            os.close(found)

    @contextmanager
    def parent(self, parts: Parts) -> Generator[tuple[int, str]]:
        """The descriptor of the folder that holds it, and its name there. Raises NotAFile for the folder itself."""
        if not parts:
            raise NotAFile(path=".")
        with self.folder(parts[:-1]) as found:
            yield found, parts[-1]

    @contextmanager
    def file(self, parts: Parts, flags: int = os.O_RDONLY) -> Generator[int]:
        """The descriptor of an ordinary file.

        What it is, is looked at before it is opened (opening a device can do things) and again afterwards, since
        it may have been exchanged. Raises NotAFile, FileLinked.
        """
        path = joined(parts)
        with self.parent(parts) as (folder, name):
            with told_of(path):
                before = os.stat(name, dir_fd=folder, follow_symlinks=False)
                if not stat.S_ISLNK(before.st_mode) and not stat.S_ISREG(before.st_mode):
                    raise NotAFile(path=shown(path))
                opened = self.resolver.open(folder, (name,), flags)
            try:
                after = os.fstat(opened)
                if not stat.S_ISREG(after.st_mode):
                    raise NotAFile(path=shown(path))
                if after.st_nlink > 1 and not self._linked_files:
                    raise FileLinked(path=shown(path), scope="files:admin")
                yield opened
            finally:
                os.close(opened)

    def find(self, parts: Parts) -> Found | None:
        """What stands there, or None. A link on the way is an error; one at the end is what is found."""
        if not parts:
            return _found(".", os.fstat(self.root))
        with self.parent(parts) as (folder, name), told_of(joined(parts)):
            try:
                return _found(name, os.stat(name, dir_fd=folder, follow_symlinks=False))
            except FileNotFoundError:
                return None

    def get(self, parts: Parts) -> Found:
        """What stands there. Raises PathNotFound."""
        found = self.find(parts)
        if found is None:
            path = shown(joined(parts))
            raise PathNotFound(path=path, what="file", id=path)
        return found

    def find_from_top(self, parts: Parts) -> Found | None:
        """What stands there, or None, also where a folder above it is missing."""
        for depth in range(1, len(parts)):
            if self.find(parts[:depth]) is None:
                return None
        return self.find(parts)

    def used_bytes(self, limit: int) -> int | None:
        """The bytes of all files in the folder, the trash included; None as soon as they are more than ``limit``."""
        with told_of("."):
            return used_bytes(self.root, limit)

    def list(self, parts: Parts, after: tuple[str, str] | None, limit: int) -> Listed:
        """Folders first, then by name without regard to case; ``after`` is the last page's last ``sort_key``."""
        unusable = 0
        wanted: list[tuple[tuple[str, str], str]] = []
        with self.folder(parts) as folder, told_of(joined(parts)):
            with os.scandir(folder) as names:
                for index, entry in enumerate(names):
                    if index >= MOST_NAMES:
                        break
                    if not _is_text(entry.name):
                        unusable += 1
                    elif not is_own(entry.name):
                        key = sort_key(entry.name, folder=entry.is_dir(follow_symlinks=False))
                        if after is None or key > after:
                            wanted.append((key, entry.name))
            page = heapq.nsmallest(limit + 1, wanted)
            entries: list[Found] = []
            for _, name in page[:limit]:
                try:
                    entries.append(_found(name, os.stat(name, dir_fd=folder, follow_symlinks=False)))
                except FileNotFoundError:  # gone while it was listed
                    continue
        return Listed(entries, len(page) > limit, unusable)

    def read(self, parts: Parts, offset: int, limit: int) -> tuple[bytes, int]:
        """At most ``limit`` bytes from ``offset``, and the size of the whole file."""
        with self.file(parts) as opened, told_of(joined(parts)):
            return _read_at(opened, offset, limit), os.fstat(opened).st_size

    def read_whole(self, parts: Parts, limit: int) -> bytes:
        """All of a file. Raises FileTooLarge beyond ``limit`` bytes, also when it grows while it is read."""
        with self.file(parts) as opened, told_of(joined(parts)):
            size = os.fstat(opened).st_size
            content = _read_at(opened, 0, limit + 1) if size <= limit else b""
            if size > limit or len(content) > limit:
                raise FileTooLarge(path=shown(joined(parts)), size=max(size, len(content)), limit=limit)
            return content


def sort_key(name: str, *, folder: bool) -> tuple[str, str]:
    """Where a name stands in its folder's list."""
    return ("0" if folder else "1") + name.casefold(), name


def _read_at(opened: int, offset: int, limit: int) -> bytes:
    pieces: list[bytes] = []
    while limit > 0:
        piece = os.pread(opened, min(limit, CHUNK), offset)
        if not piece:
            break
        pieces.append(piece)
        offset += len(piece)
        limit -= len(piece)
    return b"".join(pieces)


def _found(name: str, facts: os.stat_result) -> Found:
    kind: Kind = "other"
    if stat.S_ISREG(facts.st_mode):
        kind = "file"
    elif stat.S_ISDIR(facts.st_mode):
        kind = "folder"
    elif stat.S_ISLNK(facts.st_mode):
        kind = "link"
    return Found(
        name=name,
        kind=kind,
        size=facts.st_size if kind == "file" else 0,
        modified=facts.st_mtime,
        linked=kind == "file" and facts.st_nlink > 1,
    )


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
