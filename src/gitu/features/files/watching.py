"""What a command changes in the folders that it may write: looked at before and after it, and kept for an undo.

Nobody tells us what a command writes. So before it begins every file that is not too large is copied aside, once; from
then on only what has changed since. At its end the differences are the command's.
"""

import asyncio
import contextlib
import os
import secrets
import shutil
import threading
from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import structlog

from gitu.features.files.changing import MOST_KEPT, Job
from gitu.features.files.confined.names import parse
from gitu.features.files.confined.scanning import Seen, scan
from gitu.features.files.confined.tree import Tree
from gitu.features.files.disk import Disk
from gitu.features.files.folders import Grant
from gitu.features.files.kept import digest_of
from gitu.features.files.records import ChangeKind, Intent
from gitu.kernel.errors import GituError
from gitu.kernel.ids import new_id
from gitu.kernel.storage.paths import make_private

if TYPE_CHECKING:
    from gitu.kernel.events.types import Recorded
    from gitu.kernel.services import Services

log = structlog.get_logger(__name__)

MIB = 1024 * 1024
MOST_NAMES = 10_000
"""A folder with more is not watched: looking at all of it would take longer than most commands."""
MOST_COPY = 8 * MIB
MOST_COPIES = 64 * MIB
MOST_LOGGED = 300
MOST_LOGGED_OF_RUN = 20 * MOST_LOGGED
"""A command sees at most so many folders."""
MOST_READ = 256 * MIB
"""Bytes of changed files that are read after one command, to tell later whether they were changed again."""
MOST_FOLDERS = 16
CLOSED_AFTER_S = 5.0
"""By then the commands of a person whose access was closed have ended."""


@dataclass(frozen=True, slots=True)
class _Before:
    """A file as it was, and the name of its copy; None for one that was too large or could not be read."""

    seen: Seen
    copy: str | None


@dataclass(frozen=True, slots=True)
class Differences:
    """What a command has changed in one folder. ``watched`` is False where nobody could look."""

    intents: list[Intent]
    left_out: int
    watched: bool


class WatchedFolder:
    """One folder of one person. Commands that run in it at the same time share what was before."""

    def __init__(self, where: Grant, store: Path) -> None:
        self.where = where
        self.active = 0
        self._store = store
        self._lock = threading.Lock()
        self._files: dict[str, _Before] | None = None
        self._copied = 0

    def begin(self) -> None:
        """A command is about to run. Blocks."""
        with self._lock:
            self.active += 1
            if self.active == 1:  # else what the others have changed so far would be nobody's
                with self._told(), self.where.open() as tree:
                    self._take(tree, scan(tree, MOST_NAMES))

    def end(self, job: Job, run_id: UUID) -> Differences:
        """It has ended: what is different now. Blocks."""
        with self._lock:
            self.active -= 1
            found = Differences([], 0, watched=False)
            with self._told(), self.where.open() as tree:
                now = scan(tree, MOST_NAMES)
                if self._files is not None and now is not None:
                    found = _Comparing(self, tree, job, run_id).run(self._files, now)
                self._take(tree, now)
            return found

    def forget(self) -> None:
        """Delete the copies. Blocks."""
        with self._lock:
            self._drop()

    def former(self, before: _Before) -> bytes | None:
        """The content of a copy."""
        with contextlib.suppress(OSError):
            return (self._store / before.copy).read_bytes() if before.copy is not None else None
        return None

    @contextlib.contextmanager
    def _told(self) -> Generator[None]:
        """A folder that can't be looked at hinders no command; it is not watched until the next one."""
        try:
            yield
        except (GituError, OSError) as error:
            log.warning("files.not_watched", folder=str(self.where.folder_id), error=type(error).__name__)
            self._drop()

    def _take(self, tree: Tree, now: dict[str, Seen] | None) -> None:
        """Make the copies fit what is there."""
        if now is None:
            self._drop()
            return
        old = self._files or {}
        files: dict[str, _Before] = {}
        for path, seen in now.items():
            known = old.pop(path, None)
            if known is not None and known.seen == seen:
                files[path] = known
            else:
                self._delete(known)
                files[path] = _Before(seen, self._copy(tree, path, seen))
        for gone in old.values():
            self._delete(gone)
        self._files = files

    def _copy(self, tree: Tree, path: str, seen: Seen) -> str | None:
        if seen.size > MOST_COPY or self._copied + seen.size > MOST_COPIES:
            return None
        try:
            content = tree.read_whole(parse(path), MOST_COPY)
        except GituError:  # gone meanwhile, or with a second name outside
            return None
        make_private(self._store)
        name = secrets.token_hex(8)
        opened = os.open(self._store / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "wb") as file:
            file.write(content)
        self._copied += seen.size
        return name

    def _delete(self, before: _Before | None) -> None:
        if before is not None and before.copy is not None:
            (self._store / before.copy).unlink(missing_ok=True)
            self._copied -= before.seen.size

    def _drop(self) -> None:
        self._files, self._copied = None, 0
        shutil.rmtree(self._store, ignore_errors=True)


class _Comparing:
    """Finding out what is different, and noting it so that it can be undone."""

    def __init__(self, folder: WatchedFolder, tree: Tree, job: Job, run_id: UUID) -> None:
        self._folder, self._tree, self._job, self._run_id = folder, tree, job, run_id
        self._read = 0

    def run(self, before: dict[str, _Before], now: dict[str, Seen]) -> Differences:
        differing = sorted(
            path for path in before.keys() | now.keys() if path not in before or now.get(path) != before[path].seen
        )
        intents: list[Intent] = []
        for at, path in enumerate(differing):
            if len(intents) == MOST_LOGGED:
                return Differences(intents, len(differing) - at, watched=True)
            note = self._note(path, before.get(path), now.get(path))
            if note is not None:
                intents.append(note)
        return Differences(intents, 0, watched=True)

    def _note(self, path: str, before: _Before | None, now: Seen | None) -> Intent | None:
        former = None if before is None else self._folder.former(before)
        digest = None if now is None else self._digest(path, now)
        if former is not None and digest == digest_of(former):
            return None  # touched, not changed
        facts: dict[str, Any] = {"size_before": before and before.seen.size, "size_after": now and now.size}
        facts |= {"digest_after": digest, "run_id": self._run_id}
        if former is not None:
            facts |= {"kept": "content", "digest_before": self._job.kept.put(former)}
        kind: ChangeKind = "delete" if now is None else "write"
        job = replace(self._job, change_id=new_id())
        note = job.note(self._tree, kind, "file", parse(path), **facts)
        undoable = (before is None or former is not None) and (now is None or digest is not None)
        return note if undoable else note.model_copy(update={"expires_at": note.at})

    def _digest(self, path: str, now: Seen) -> str | None:
        if now.size > MOST_KEPT or self._read + now.size > MOST_READ:
            return None
        self._read += now.size
        with contextlib.suppress(GituError):
            return digest_of(self._tree.read_whole(parse(path), MOST_KEPT))
        return None


class Watching:
    """The watched folders of this process."""

    def __init__(self, services: "Services") -> None:
        self._home = services.resource(Disk).home / "before"
        self._store = self._home / f"{os.getpid()}-{secrets.token_hex(4)}"
        self._folders: dict[tuple[UUID, UUID], WatchedFolder] = {}
        self._swept = False
        self._leaving: set[asyncio.TimerHandle] = set()
        self._unlisten = services.bus.listen(self._heard)

    def _heard(self, event: "Recorded") -> None:
        """Whose access is closed has no command any more, in a moment, and no use for what was before one."""
        if event.type == "user.changed" and event.data.get("disabled") and event.owner_id is not None:
            loop, owner_id = asyncio.get_running_loop(), event.owner_id
            self._leaving.add(
                loop.call_later(CLOSED_AFTER_S, lambda: loop.run_in_executor(None, self.forget_person, owner_id))
            )

    def forget_person(self, owner_id: UUID) -> None:
        """Delete the copies of a person's folders, and those of servers that were killed. Blocks."""
        self._sweep()
        for key in [key for key in self._folders if key[0] == owner_id and not self._folders[key].active]:
            self._folders.pop(key).forget()

    def folder(self, where: Grant) -> WatchedFolder:
        """A person's folder, from now on remembered. Blocks."""
        if not self._swept:
            self._swept = True
            self._sweep()
        key = (where.owner_id, where.folder_id)
        found = self._folders.pop(key, None)
        if found is None or found.where != where:
            found = WatchedFolder(where, self._store / secrets.token_hex(8))
        self._folders[key] = found  # the latest stands last
        idle = [one for one, folder in self._folders.items() if not folder.active and folder is not found]
        for one in idle[: max(0, len(self._folders) - MOST_FOLDERS)]:
            self._folders.pop(one).forget()
        return found

    async def aclose(self) -> None:
        """Delete the copies."""
        self._unlisten()
        for leaving in self._leaving:
            leaving.cancel()
        shutil.rmtree(self._store, ignore_errors=True)

    def _sweep(self) -> None:
        """Delete the copies of servers that were killed."""
        for left in self._home.iterdir() if self._home.is_dir() else ():
            if not _lives(left.name.partition("-")[0]):
                shutil.rmtree(left, ignore_errors=True)


def _lives(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True
