"""What is held of people's files: their workspace, former contents, what is about to be changed."""

import os
import shutil
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from gitu.features.files import repository
from gitu.features.files.confined.names import Parts, joined
from gitu.features.files.confined.tree import CHUNK, Tree, sort_key
from gitu.features.files.disk import Disk
from gitu.features.files.folders import workspace_path
from gitu.features.files.journal import Journal
from gitu.features.files.kept import kept_folder
from gitu.features.files.watching import Watching
from gitu.features.files.workflows import forget_old_changes
from gitu.kernel import clock
from gitu.kernel.errors import GituError
from gitu.kernel.privacy.hooks import declare_store
from gitu.kernel.privacy.registry import declare_kind

if TYPE_CHECKING:
    from gitu.kernel.services import Services

PAGE = 500

declare_kind("files", kept="until_deleted")


def files_of(services: "Services", person_id: UUID) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The person's workspace, and the former contents that are kept for an undo. Blocks.

    Nothing is followed out of either: links, pipes and devices are left out.
    """
    for top, name in (
        (workspace_path(services, person_id), "workspace"),
        (kept_folder(services.resource(Disk).home, person_id).resolve(), "kept"),
    ):
        if top.is_dir():
            with Tree.open(top) as tree:
                for path in _files_in(tree):
                    yield f"files/{name}/{joined(path)}", _content(tree, path)


def _files_in(tree: Tree) -> Iterator[Parts]:
    waiting: list[Parts] = [()]
    while waiting:
        here, after, more = waiting.pop(), None, True
        while more:
            try:
                page = tree.list(here, after, PAGE)
            except GituError:  # gone, or exchanged for something else, while it was read
                break
            for entry in page.entries:
                if entry.kind == "folder":
                    waiting.append((*here, entry.name))
                elif entry.kind == "file":
                    yield (*here, entry.name)
            more = page.more and bool(page.entries)
            if more:
                last = page.entries[-1]
                after = sort_key(last.name, folder=last.kind == "folder")


def _content(tree: Tree, path: Parts) -> Iterator[bytes]:
    offset = 0
    while True:
        try:
            piece, _ = tree.read(path, offset, CHUNK)
        except GituError:
            return
        if not piece:
            return
        yield piece
        offset += len(piece)


@declare_store("files.contents", kind="files", files=files_of)
async def erase_files(services: "Services", person_id: UUID) -> int:
    """Delete the workspace, former contents and trash, also in allowed folders; returns how many files there were."""
    async with services.database.transaction() as db:
        await repository.expire_changes(db, person_id, clock.now())
    await forget_old_changes(services)
    return await services.resource(Disk).change(person_id, lambda: _delete(services, person_id))


def _delete(services: "Services", person_id: UUID) -> int:
    services.resource(Watching).forget_person(person_id)
    home, count = services.resource(Disk).home, 0
    for top in (workspace_path(services, person_id), kept_folder(home, person_id)):
        if top.is_dir() and not top.is_symlink():
            count += sum(len(files) for _, _, files in os.walk(top))
            shutil.rmtree(top)
    journal = Journal(home)
    for intent in journal.left_over(0, time.time()):
        if intent.owner_id == person_id:
            journal.end(intent.change_id)
    return count
