"""Commands that write into people's folders: before and after them, and what is logged of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from gitu.features.files import repository
from gitu.features.files.disk import Disk
from gitu.features.files.events import FileChanged
from gitu.features.files.folders import grants_of
from gitu.features.files.schemas import RunChange, RunChanges
from gitu.features.files.service import job_of, to_change, to_row
from gitu.features.files.tables import ChangeRow
from gitu.features.files.watching import Differences, WatchedFolder, Watching
from gitu.kernel import clock
from gitu.kernel.actions.context import Context
from gitu.kernel.events.store import append_events

if TYPE_CHECKING:
    from gitu.kernel.events.types import Event

MOST_TOLD = 50


@dataclass(frozen=True, slots=True)
class Watched:
    """The folders that a command may write, and since when they are looked at."""

    folders: list[WatchedFolder]
    since: datetime


async def watch(ctx: Context, folder_ids: set[UUID]) -> Watched:
    """Look at those of the caller's folders before a command runs; ``log_changes`` must follow."""
    async with ctx.transaction() as db:
        grants = await grants_of(ctx.services, db, ctx.user_id)
    watching, disk = ctx.services.resource(Watching), ctx.services.resource(Disk)
    since, begun = clock.now(), list[WatchedFolder]()
    try:
        for where in (one for one in grants if one.folder_id in folder_ids and one.writable):
            folder = await disk.change(ctx.user_id, partial(watching.folder, where))
            begun.append(folder)
            await disk.change(ctx.user_id, folder.begin)
    except BaseException:
        await log_changes(ctx, Watched(begun, since), ctx.call_id)
        raise
    return Watched(begun, since)


async def log_changes(ctx: Context, watched: Watched, run_id: UUID) -> RunChanges:
    """Write down what is different since, each with its way back where there is one."""
    rows: list[ChangeRow] = []
    left_out, complete = 0, True
    for folder in watched.folders:
        job = job_of(ctx, folder.where)
        found = await ctx.services.resource(Disk).change(ctx.user_id, partial(folder.end, job, run_id))
        left_out += found.left_out
        complete &= found.watched
        rows += await _new_rows(ctx, folder, found, watched.since)
    if rows:
        await _keep(ctx, rows)
    changes = [to_change(row, ctx.now) for row in rows]
    items = [
        RunChange(
            folder_name=one.folder_name,
            path=one.path,
            kind="deleted" if one.kind == "delete" else "made" if one.size_before is None else "changed",
            undoable=one.undoable,
        )
        for one in changes[:MOST_TOLD]
    ]
    return RunChanges(
        count=len(rows) + left_out,
        undoable=sum(one.undoable for one in changes),
        complete=complete and not left_out,
        items=items,
    )


async def _new_rows(ctx: Context, folder: WatchedFolder, found: Differences, since: datetime) -> Sequence[ChangeRow]:
    """Without what an action of the person changed meanwhile, which is logged already."""
    paths = {intent.path for intent in found.intents}
    if not paths:
        return []
    async with ctx.transaction() as db:
        known = await repository.changed_by_hand(db, ctx.user_id, folder.where.folder_id, since, paths)
    return [to_row(intent, folder.where.name) for intent in found.intents if intent.path not in known]


async def _keep(ctx: Context, rows: list[ChangeRow]) -> None:
    newest = {row.folder_id: row for row in rows}  # an event for each folder is enough to look again
    events: list[tuple[UUID | None, Event]] = [
        (ctx.user_id, FileChanged(change_id=row.id, folder_id=folder_id)) for folder_id, row in newest.items()
    ]
    async with ctx.transaction() as db:
        db.add_all(rows)
        await db.flush()
        await repository.keep_newest(db, ctx.user_id, ctx.services.settings.files_undo_bytes, ctx.now)
        recorded = await append_events(db, ctx.services.bus.process_id, events, clock.now())
    ctx.services.bus.publish_local(recorded)
