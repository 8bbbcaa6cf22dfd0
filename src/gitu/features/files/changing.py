"""Every kind of change on the disk: looked at, kept, noted, done. Blocks; called in threads.

Each function returns the note of what it did, with which the change can be undone.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from gitu.features.files.confined import writing
from gitu.features.files.confined.failures import told_of
from gitu.features.files.confined.names import Parts, joined, parse, shown
from gitu.features.files.confined.tree import Found, Tree
from gitu.features.files.errors import (
    FileChanged,
    NotAFile,
    PathOutside,
    PathTaken,
    WorkspaceFull,
)
from gitu.features.files.folders import Grant
from gitu.features.files.journal import Journal
from gitu.features.files.kept import KeptContents, digest_of
from gitu.features.files.records import ChangeKind, EntryKind, Intent

MOST_KEPT = 32 * 1024 * 1024
"""Bytes of a file that can still be overwritten: its former content has to be kept."""
MOST_COPIED = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Job:
    """One change under way: where, for whom, under which id, and how long it can be undone."""

    grant: Grant
    change_id: UUID
    actor: str
    now: datetime
    undo_days: int
    files_home: Path
    workspace_bytes: int
    undoes: UUID | None = None

    @property
    def kept(self) -> KeptContents:
        """Where the person's former contents lie."""
        return KeptContents(self.files_home, self.grant.owner_id)

    @property
    def journal(self) -> Journal:
        """Where changes under way are noted."""
        return Journal(self.files_home)

    @property
    def trash_name(self) -> str:
        """The name in the trash for what this change removes."""
        return str(self.change_id)

    def note(self, tree: Tree, kind: ChangeKind, entry: EntryKind, parts: Parts, **facts: Any) -> Intent:
        """What is about to happen. ``facts`` are the other fields of an intent."""
        return Intent(
            change_id=self.change_id,
            owner_id=self.grant.owner_id,
            folder_id=self.grant.folder_id,
            root=str(self.grant.path),
            inode=tree.inode,
            kind=kind,
            entry=entry,
            path=joined(parts),
            undoes=self.undoes,
            actor=self.actor,
            at=self.now,
            expires_at=self.now + timedelta(days=self.undo_days),
            **facts,
        )


@contextmanager
def noted(job: Job, intent: Intent) -> Generator[None]:
    """Note a change on the disk around its doing. When it fails nothing has changed, and the note goes again."""
    with told_of(intent.target):
        job.journal.begin(intent)
    try:
        yield
    except BaseException:
        job.journal.end(job.change_id)
        raise


@dataclass(frozen=True, slots=True)
class Former:
    """A file's content before a change; None where there is no file."""

    content: bytes | None

    @property
    def digest(self) -> str | None:
        """SHA-256, None for no file."""
        return None if self.content is None else digest_of(self.content)

    @property
    def size(self) -> int | None:
        """Bytes, None for no file."""
        return None if self.content is None else len(self.content)

    def expect(self, digest: str | None, parts: Parts) -> None:
        """Raises FileChanged unless the content is the one with that digest."""
        if digest is not None and self.digest != digest:
            raise FileChanged(path=shown(joined(parts)), what="file")


def former_of(tree: Tree, parts: Parts, limit: int = MOST_KEPT) -> Former:
    """What a change of this file would replace. Raises NotAFile, FileTooLarge."""
    found = tree.find(parts)
    if found is None:
        return Former(None)
    if found.kind != "file":
        raise NotAFile(path=shown(joined(parts)))
    return Former(tree.read_whole(parts, limit))


def target_of(path: str) -> Parts:
    """A path that a change is about. Raises PathOutside for the allowed folder itself."""
    parts = parse(path)
    if not parts:
        raise PathOutside(path=shown(path))
    return parts


Content = Callable[[Former], bytes]
"""A new content, made from the former one."""


def write(
    job: Job,
    path: str,
    content: Content,
    *,
    kind: ChangeKind = "write",
    overwrite: bool = True,
    make_parents: bool = False,
    expected: str | None = None,
) -> Intent:
    """Give a file a new content, or make it. Raises FileChanged, PathTaken, FileTooLarge, DiskFull, …"""
    parts = target_of(path)
    with job.grant.open() as tree:
        if make_parents and len(parts) > 1 and tree.find_from_top(parts[:-1]) is None:
            writing.make_folder(tree, parts[:-1], parents=True)
        former = former_of(tree, parts)
        former.expect(expected, parts)
        if former.content is not None and not overwrite:
            raise PathTaken(path=shown(path), what="file")
        new = content(former)
        _room(job, tree, len(new) - (former.size or 0))
        return put(job, tree, parts, former, new, kind)


def put(job: Job, tree: Tree, parts: Parts, former: Former, new: bytes, kind: ChangeKind) -> Intent:
    """Keep the former content, note the change, write the new one."""
    if former.content is not None:
        with told_of(joined(parts)):
            job.kept.put(former.content)
    intent = job.note(
        tree,
        kind,
        "file",
        parts,
        size_before=former.size,
        size_after=len(new),
        digest_before=former.digest,
        digest_after=digest_of(new),
        kept="none" if former.content is None else "content",
        temp=writing.temp_name(),
    )
    with noted(job, intent):
        writing.write(tree, parts, (new,), intent.temp, replace=former.content is not None)
    return intent


def copy(job: Job, source: Grant, path: str, to: str) -> Intent:
    """Copy a file to a new name, also into another allowed folder. Raises PathTaken, NotAFile, FileTooLarge."""
    from_parts, parts = target_of(path), target_of(to)
    with source.open() as other:
        content = other.read_whole(from_parts, MOST_COPIED)
    with job.grant.open() as tree:
        if tree.find(parts) is not None:
            raise PathTaken(path=shown(to), what="file")
        _room(job, tree, len(content))
        intent = job.note(
            tree,
            "copy",
            "file",
            from_parts,
            to_path=joined(parts),
            size_after=len(content),
            digest_after=digest_of(content),
            temp=writing.temp_name(),
        )
        with noted(job, intent):
            writing.write(tree, parts, (content,), intent.temp, replace=False)
    return intent


def move(job: Job, path: str, to: str) -> Intent:
    """Rename or move within one allowed folder. Raises PathTaken, PathNotFound, MoveIntoItself."""
    parts, to_parts = target_of(path), target_of(to)
    with job.grant.open() as tree:
        return move_in(job, tree, parts, to_parts)


def move_in(job: Job, tree: Tree, parts: Parts, to: Parts) -> Intent:
    """The same in a tree that is open."""
    found = tree.get(parts)
    if tree.find(to) is not None:
        raise PathTaken(path=shown(joined(to)), what="file")
    digest, size = _facts(tree, parts, found)
    intent = job.note(
        tree,
        "move",
        found.kind,
        parts,
        to_path=joined(to),
        size_before=size,
        size_after=size,
        digest_before=digest,
        digest_after=digest,
    )
    with noted(job, intent):
        writing.move(tree, parts, to)
    return intent


def delete(job: Job, path: str) -> Intent:
    """Move to the trash of the folder. Raises PathNotFound."""
    parts = target_of(path)
    with job.grant.open() as tree:
        return discard(job, tree, parts)


def discard(job: Job, tree: Tree, parts: Parts) -> Intent:
    """The same in a tree that is open."""
    found = tree.get(parts)
    digest, size = _facts(tree, parts, found)
    intent = job.note(tree, "delete", found.kind, parts, size_before=size, digest_before=digest, kept="trash")
    with noted(job, intent):
        writing.discard(tree, parts, job.trash_name)
    return intent


def make_folder(job: Job, path: str) -> Intent:
    """Make a folder whose parent is there. Raises PathTaken, PathNotFound."""
    parts = target_of(path)
    with job.grant.open() as tree:
        if tree.find(parts) is not None:
            raise PathTaken(path=shown(path), what="folder")
        intent = job.note(tree, "make_folder", "folder", parts)
        with noted(job, intent):
            writing.make_folder(tree, parts)
    return intent


def _facts(tree: Tree, parts: Parts, found: Found) -> tuple[str | None, int | None]:
    """Digest and size of an ordinary file; no digest where reading it is too much or not allowed."""
    if found.kind != "file":
        return None, None
    if found.size > MOST_KEPT or found.linked:
        return None, found.size
    return digest_of(tree.read_whole(parts, MOST_KEPT)), found.size


def _room(job: Job, tree: Tree, more: int) -> None:
    """Raises WorkspaceFull when a person's workspace would hold more than it may."""
    if job.grant.is_workspace and more > 0 and tree.used_bytes(job.workspace_bytes - more) is None:
        raise WorkspaceFull(limit=job.workspace_bytes)
