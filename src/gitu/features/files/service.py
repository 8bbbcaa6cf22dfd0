"""Changing files: one change at a time in a folder, logged with what it takes to undo it."""

import base64
import binascii
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from gitu.features.files import changing, repository, undoing, watching
from gitu.features.files.changing import Content, Former, Job
from gitu.features.files.confined import text
from gitu.features.files.confined.names import shown
from gitu.features.files.disk import Disk
from gitu.features.files.errors import ChangeUnknown, NotUndoable, PathNotFound, RunUnknown, TextNotFound, TextNotUnique
from gitu.features.files.events import FileChanged
from gitu.features.files.folders import Grant, grant
from gitu.features.files.records import Intent
from gitu.features.files.schemas import (
    Change,
    ChangeQuery,
    ChangeUndo,
    FileCopy,
    FileEdit,
    FileMove,
    FileRef,
    FileWrite,
    FolderMake,
    NotUndone,
    RunUndo,
    RunUndone,
)
from gitu.features.files.tables import ChangeRow
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page, decode_cursor, encode_cursor
from gitu.kernel.actions.validation import invalid_fields
from gitu.kernel.auth.principal import Kind
from gitu.kernel.errors import FieldProblem, GituError
from gitu.kernel.ids import new_id
from gitu.kernel.services import Services


async def write_file(ctx: Context, data: FileWrite) -> Change:
    """Raises FolderReadOnly, FileChanged, PathTaken, DiskFull, …"""
    content = content_of(data)

    def work(job: Job) -> Intent:
        return changing.write(
            job,
            data.path,
            content,
            overwrite=data.overwrite,
            make_parents=data.make_parents,
            expected=data.expected_digest,
        )

    return await perform(ctx, await grant(ctx, data.folder_id, write=True), work)


async def edit_file(ctx: Context, data: FileEdit) -> Change:
    """Raises TextNotFound, TextNotUnique, FileBinary, FileChanged, …"""

    def work(job: Job) -> Intent:
        return changing.write(job, data.path, edited(data), kind="edit", expected=data.expected_digest)

    return await perform(ctx, await grant(ctx, data.folder_id, write=True), work)


async def copy_file(ctx: Context, data: FileCopy) -> Change:
    """Raises PathTaken, FileTooLarge, …"""
    source = await grant(ctx, data.folder_id)
    target = await grant(ctx, data.to_folder_id or data.folder_id, write=True)
    return await perform(ctx, target, lambda job: changing.copy(job, source, data.path, data.to))


async def move_file(ctx: Context, data: FileMove) -> Change:
    """Raises PathTaken, MoveIntoItself, …"""
    where = await grant(ctx, data.folder_id, write=True)
    return await perform(ctx, where, lambda job: changing.move(job, data.path, data.to))


async def delete_file(ctx: Context, data: FileRef) -> Change:
    """Raises PathNotFound, …"""
    where = await grant(ctx, data.folder_id, write=True)
    return await perform(ctx, where, lambda job: changing.delete(job, data.path))


async def make_folder(ctx: Context, data: FolderMake) -> Change:
    """Raises PathTaken, …"""
    where = await grant(ctx, data.folder_id, write=True)
    return await perform(ctx, where, lambda job: changing.make_folder(job, data.path))


async def undo_change(ctx: Context, data: ChangeUndo) -> Change:
    """Bring back what a change replaced. Raises ChangeUnknown, NotUndoable, UndoConflict, …"""
    row = await repository.find_change(ctx.db, ctx.user_id, data.change_id, lock=True)
    if row is None:
        raise ChangeUnknown(id=str(data.change_id), what="change")
    change = to_change(row, ctx.now)
    if not change.undoable:
        raise NotUndoable(what="change")
    where = await grant(ctx, row.folder_id, write=True)
    done = await perform(ctx, where, lambda job: undoing.undo(job, change, force=data.force), undoes=row.id)
    row.undone_by = done.id
    if row.kept == "trash":
        row.kept = "none"  # it is back where it was
    return done


async def undo_run(ctx: Context, data: RunUndo) -> RunUndone:
    """Take back what a command changed, the last first; what can't be stays and is named. Raises RunUnknown."""
    rows = await repository.lock_changes_of_run(ctx.db, ctx.user_id, data.run_id, watching.MOST_LOGGED_OF_RUN)
    if not rows:
        raise RunUnknown(id=str(data.run_id), what="run")
    undone, left = 0, list[NotUndone]()
    for row in rows:
        change = to_change(row, ctx.now)
        if change.undone_by is not None:
            continue
        try:
            if not change.undoable:
                raise NotUndoable(what="change")
            where = await grant(ctx, row.folder_id, write=True)
            work = partial(undoing.undo, change=change, force=data.force)
            row.undone_by = (await perform(ctx, where, work, undoes=row.id)).id
            undone += 1
        except GituError as error:
            left.append(NotUndone(path=row.path, problem=error.localised(ctx.locale)))
    ctx.audit_detail |= {"run_id": str(data.run_id), "undone": str(undone)}
    return RunUndone(undone=undone, left=left)


async def list_changes(ctx: Context, query: ChangeQuery) -> Page[Change]:
    """The caller's changes, newest first."""
    rows = await repository.list_changes(
        ctx.db,
        ctx.user_id,
        folder_id=query.folder_id,
        query=query.query,
        undoable_at=ctx.now if query.undoable else None,
        run_id=query.run_id,
        before=decode_cursor(query.cursor, UUID)[0] if query.cursor else None,
        limit=query.limit + 1,
    )
    items = [to_change(row, ctx.now) for row in rows[: query.limit]]
    return Page[Change](items=items, next_cursor=encode_cursor(items[-1].id) if len(rows) > query.limit else None)


async def perform(ctx: Context, where: Grant, work: Callable[[Job], Intent], *, undoes: UUID | None = None) -> Change:
    """Run a change on the disk and log it.

    Its note stays on the disk until the row is committed: should this process die before, the chore writes the
    row from it.
    """
    job = job_of(ctx, where, undoes)
    await repository.lock_place(ctx.db, str(where.path))
    intent = await ctx.services.resource(Disk).change(where.owner_id, lambda: work(job))

    async def settled() -> None:
        await ctx.services.resource(Disk).change(where.owner_id, lambda: job.journal.end(job.change_id))

    ctx.after_commit(settled)
    row = to_row(intent, where.name)
    ctx.db.add(row)
    await ctx.db.flush()
    await repository.keep_newest(ctx.db, where.owner_id, ctx.services.settings.files_undo_bytes, ctx.now)
    ctx.audit_detail |= {"change_id": str(row.id), "folder_id": str(row.folder_id)}
    ctx.emit(FileChanged(change_id=row.id, folder_id=row.folder_id))
    return to_change(row, ctx.now)


def job_of(ctx: Context, where: Grant, undoes: UUID | None = None) -> Job:
    """A change in a folder, about to be made."""
    settings = ctx.services.settings
    return Job(
        grant=where,
        change_id=new_id(),
        actor=_actor(ctx),
        now=ctx.now,
        undo_days=settings.files_undo_days,
        files_home=files_home(ctx.services),
        workspace_bytes=settings.files_workspace_bytes,
        undoes=undoes,
    )


def _actor(ctx: Context) -> str:
    """Who makes a change: what the assistant asked for stays the assistant's when its person has approved it."""
    return Kind.AGENT.value if "turn_id" in ctx.origin else ctx.principal.kind.value


def files_home(services: Services) -> Path:
    """Where Gitu keeps workspaces, former contents and notes of changes under way."""
    return services.resource(Disk).home


def content_of(data: FileWrite) -> Content:
    """The bytes to write. Raises Invalid for what is no base64, FileNotEncodable."""
    if data.encoding == "text":
        content = text.encode(data.content, data.charset, data.path)
    else:
        try:
            content = base64.b64decode(data.content, validate=True)
        except (binascii.Error, ValueError):
            raise invalid_fields([FieldProblem.of("content", "field-base64")]) from None
    return lambda _: content


def edited(data: FileEdit) -> Content:
    """How the edit makes a new content of the former one."""

    def make(former: Former) -> bytes:
        if former.content is None:
            raise PathNotFound(path=shown(data.path), what="file", id=shown(data.path))
        now = text.decode(former.content, data.path)
        new, count = text.replaced(now.text, data.old_text, data.new_text, everywhere=data.replace_all)
        if count == 0:
            raise TextNotFound(path=shown(data.path))
        if count > 1 and not data.replace_all:
            raise TextNotUnique(path=shown(data.path), count=count)
        return text.encode(new, now.charset, data.path)

    return make


def to_row(intent: Intent, folder_name: str) -> ChangeRow:
    """A note as the row of the log."""
    return ChangeRow(
        id=intent.change_id,
        owner_id=intent.owner_id,
        folder_id=intent.folder_id,
        folder_name=folder_name,
        kind=intent.kind,
        entry=intent.entry,
        path=intent.path,
        to_path=intent.to_path,
        size_before=intent.size_before,
        size_after=intent.size_after,
        digest_before=intent.digest_before,
        digest_after=intent.digest_after,
        kept=intent.kept,
        actor=intent.actor,
        created_at=intent.at,
        expires_at=intent.expires_at,
        undoes=intent.undoes,
        undone_by=None,
        run_id=intent.run_id,
    )


def to_change(row: ChangeRow, now: datetime) -> Change:
    """A row as the schema."""
    return Change.model_validate(
        {
            **{name: getattr(row, name) for name in Change.model_fields if hasattr(row, name)},
            "undoable": row.undone_by is None and row.expires_at > now,
            "undo_until": row.expires_at,
        }
    )
