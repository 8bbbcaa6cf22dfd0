"""What a call of each action touches, as approvals show it and as grants are measured: whole paths, and the diff."""

from uuid import UUID

from gitu.features.files import previews, repository
from gitu.features.files.confined.names import joined, parse
from gitu.features.files.folders import grant
from gitu.features.files.schemas import (
    ChangePreview,
    ChangeUndo,
    EntryQuery,
    FileCopy,
    FileEdit,
    FileMove,
    FileQuery,
    FileRef,
    FileSearch,
    FileWrite,
    FolderMake,
    PreviewQuery,
    RunUndo,
)
from gitu.features.files.watching import MOST_LOGGED_OF_RUN
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.effects import Effect

MOST_DIFF = 50_000


async def reading(ctx: Context, data: EntryQuery | FileQuery | FileRef | FileSearch) -> Effect:
    """The one path that is read."""
    return Effect(paths=(await _whole(ctx, data.folder_id, data.path),))


async def previewing(ctx: Context, data: PreviewQuery) -> Effect:
    """What the previewed change would touch, since it is read."""
    shown = await previews.preview(ctx, data)
    folder_id = data.input.get("folder_id")
    where = UUID(str(folder_id)) if folder_id is not None else None
    if data.change == "files.undo_change":
        row = await repository.find_change(ctx.db, ctx.user_id, UUID(str(data.input.get("change_id"))))
        where = None if row is None else row.folder_id
    paths = [await _whole(ctx, where, shown.path)]
    if shown.to_path is not None:
        to_folder = data.input.get("to_folder_id")
        paths.append(await _whole(ctx, where if to_folder is None else UUID(str(to_folder)), shown.to_path))
    return Effect(paths=tuple(paths))


async def writing(ctx: Context, data: FileWrite) -> Effect:
    """The file and how its text changes."""
    return _with_diff([await _whole(ctx, data.folder_id, data.path)], await previews.write_effect(ctx, data))


async def editing(ctx: Context, data: FileEdit) -> Effect:
    """The file and how its text changes."""
    return _with_diff([await _whole(ctx, data.folder_id, data.path)], await previews.edit_effect(ctx, data))


async def moving(ctx: Context, data: FileMove) -> Effect:
    """Where from, and where to."""
    paths = [await _whole(ctx, data.folder_id, data.path), await _whole(ctx, data.folder_id, data.to)]
    return _with_diff(paths, await previews.move_effect(ctx, data))


async def copying(ctx: Context, data: FileCopy) -> Effect:
    """Where from, and where to."""
    to_folder = data.to_folder_id or data.folder_id
    paths = [await _whole(ctx, data.folder_id, data.path), await _whole(ctx, to_folder, data.to)]
    return _with_diff(paths, await previews.copy_effect(ctx, data))


async def deleting(ctx: Context, data: FileRef) -> Effect:
    """The file, and the text that goes."""
    return _with_diff([await _whole(ctx, data.folder_id, data.path)], await previews.delete_effect(ctx, data))


async def making(ctx: Context, data: FolderMake) -> Effect:
    """The new folder."""
    return _with_diff([await _whole(ctx, data.folder_id, data.path)], await previews.make_folder_effect(ctx, data))


async def undoing(ctx: Context, data: ChangeUndo) -> Effect:
    """The file that comes back, and how its text changes."""
    shown = await previews.undo_effect(ctx, data)
    row = await repository.find_change(ctx.db, ctx.user_id, data.change_id)
    assert row is not None, "its preview was made from it"
    paths = [await _whole(ctx, row.folder_id, shown.path)]
    if shown.to_path is not None:
        paths.append(await _whole(ctx, row.folder_id, shown.to_path))
    return _with_diff(paths, shown)


async def undoing_run(ctx: Context, data: RunUndo) -> Effect:
    """Every file that comes back or goes."""
    rows = await repository.lock_changes_of_run(ctx.db, ctx.user_id, data.run_id, MOST_LOGGED_OF_RUN)
    places = {folder_id: (await grant(ctx, folder_id)).path for folder_id in {row.folder_id for row in rows}}
    return Effect(paths=tuple(f"{places[row.folder_id]}/{row.path}" for row in rows if row.undone_by is None))


async def _whole(ctx: Context, folder_id: UUID | None, path: str) -> str:
    """The whole path on the machine, in the one form in which it can be compared."""
    where = await grant(ctx, folder_id)
    below = joined(parse(path)) if path else ""
    return f"{where.path}/{below}".rstrip("/")


def _with_diff(paths: list[str], shown: ChangePreview) -> Effect:
    return Effect(paths=tuple(paths), diff=shown.diff[:MOST_DIFF] or None)
