"""What a change would do, worked out without doing it: for whoever has to approve it, and for screens."""

from collections.abc import Awaitable, Callable
from typing import Any

from gitu.features.files import changing, repository, undoing
from gitu.features.files.changing import Former
from gitu.features.files.confined.names import Parts, joined, parse, shown
from gitu.features.files.confined.tree import Tree
from gitu.features.files.diffs import diff_of
from gitu.features.files.disk import Disk
from gitu.features.files.errors import ChangeUnknown, NotUndoable, PathTaken, PreviewUnknown
from gitu.features.files.folders import Grant, grant
from gitu.features.files.records import ChangeKind, EntryKind
from gitu.features.files.schemas import (
    ChangePreview,
    ChangeUndo,
    FileCopy,
    FileEdit,
    FileMove,
    FileRef,
    FileWrite,
    FolderMake,
    PreviewQuery,
)
from gitu.features.files.service import content_of, edited, job_of, to_change
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.validation import Input, validate

Effect = Callable[[Context, Any], Awaitable[ChangePreview]]  # Any: each has its own input


async def preview(ctx: Context, data: PreviewQuery) -> ChangePreview:
    """The effect of the named action with that input. Raises PreviewUnknown, Invalid, and what the action would."""
    known = EFFECTS.get(data.change)
    if known is None:
        raise PreviewUnknown(name=data.change, names=", ".join(EFFECTS))
    model, effect = known
    return await effect(ctx, validate(model, data.input))


async def write_effect(ctx: Context, data: FileWrite) -> ChangePreview:
    """What files.write_file would do."""
    content = content_of(data)
    where = await grant(ctx, data.folder_id, write=True)
    return await _looked(
        ctx, where, lambda tree: _written(tree, data.path, content, data.expected_digest, "write", where)
    )


async def edit_effect(ctx: Context, data: FileEdit) -> ChangePreview:
    """What files.edit_file would do."""
    where = await grant(ctx, data.folder_id, write=True)
    content = edited(data)
    return await _looked(
        ctx, where, lambda tree: _written(tree, data.path, content, data.expected_digest, "edit", where)
    )


async def move_effect(ctx: Context, data: FileMove) -> ChangePreview:
    """What files.move_file would do."""
    where = await grant(ctx, data.folder_id, write=True)

    def look(tree: Tree) -> ChangePreview:
        found = tree.get(changing.target_of(data.path))
        _free(tree, changing.target_of(data.to))
        return _plain(where, "move", found.kind, data.path, data.to, found.size, found.size)

    return await _looked(ctx, where, look)


async def copy_effect(ctx: Context, data: FileCopy) -> ChangePreview:
    """What files.copy_file would do."""
    source = await grant(ctx, data.folder_id)
    where = await grant(ctx, data.to_folder_id or data.folder_id, write=True)

    def look(tree: Tree) -> ChangePreview:
        with source.open() as other:
            found = other.get(changing.target_of(data.path))
        _free(tree, changing.target_of(data.to))
        return _plain(where, "copy", found.kind, data.path, data.to, None, found.size)

    return await _looked(ctx, where, look)


async def delete_effect(ctx: Context, data: FileRef) -> ChangePreview:
    """What files.delete_file would do."""
    where = await grant(ctx, data.folder_id, write=True)
    return await _looked(ctx, where, lambda tree: _deleted(tree, changing.target_of(data.path), where))


async def make_folder_effect(ctx: Context, data: FolderMake) -> ChangePreview:
    """What files.make_folder would do."""
    where = await grant(ctx, data.folder_id, write=True)

    def look(tree: Tree) -> ChangePreview:
        _free(tree, changing.target_of(data.path))
        return _plain(where, "make_folder", "folder", data.path, None, None, None)

    return await _looked(ctx, where, look)


async def undo_effect(ctx: Context, data: ChangeUndo) -> ChangePreview:
    """What files.undo_change would do."""
    row = await repository.find_change(ctx.db, ctx.user_id, data.change_id)
    if row is None:
        raise ChangeUnknown(id=str(data.change_id), what="change")
    change = to_change(row, ctx.now)
    if not change.undoable:
        raise NotUndoable(what="change")
    where = await grant(ctx, row.folder_id, write=True)
    job = job_of(ctx, where)

    def look(tree: Tree) -> ChangePreview:
        parts = parse(change.to_path or change.path)
        if change.kind == "move":
            found = tree.get(parts)
            return _plain(where, "move", found.kind, joined(parts), change.path, found.size, found.size)
        if change.kind == "delete":
            _free(tree, parts)
            return _plain(where, "write", change.entry, change.path, None, None, change.size_before)
        if change.kind == "make_folder" or change.entry != "file":
            return _deleted(tree, parts, where)
        after = undoing.content_after(job, change)
        kind: ChangeKind = "delete" if after is None else "write"
        return _changed(where, kind, parts, changing.former_of(tree, parts), after)

    return await _looked(ctx, where, look)


EFFECTS: dict[str, tuple[type[Input], Effect]] = {
    "files.write_file": (FileWrite, write_effect),
    "files.edit_file": (FileEdit, edit_effect),
    "files.move_file": (FileMove, move_effect),
    "files.copy_file": (FileCopy, copy_effect),
    "files.delete_file": (FileRef, delete_effect),
    "files.make_folder": (FolderMake, make_folder_effect),
    "files.undo_change": (ChangeUndo, undo_effect),
}


async def _looked(ctx: Context, where: Grant, look: Callable[[Tree], ChangePreview]) -> ChangePreview:
    def work() -> ChangePreview:
        with where.open() as tree:
            return look(tree)

    return await ctx.services.resource(Disk).read(ctx.user_id, work)


def _written(
    tree: Tree, path: str, content: changing.Content, expected: str | None, kind: ChangeKind, where: Grant
) -> ChangePreview:
    parts = changing.target_of(path)
    former = Former(None) if tree.find_from_top(parts) is None else changing.former_of(tree, parts)
    former.expect(expected, parts)
    return _changed(where, kind, parts, former, content(former))


def _deleted(tree: Tree, parts: Parts, where: Grant) -> ChangePreview:
    found = tree.get(parts)
    if found.kind == "file" and found.size <= changing.MOST_KEPT and not found.linked:
        return _changed(where, "delete", parts, changing.former_of(tree, parts), None)
    size = found.size if found.kind == "file" else None
    return _plain(where, "delete", found.kind, joined(parts), None, size, None)


def _changed(where: Grant, kind: ChangeKind, parts: Parts, former: Former, after: bytes | None) -> ChangePreview:
    diff = diff_of(former.content, after, joined(parts))
    return ChangePreview(
        kind=kind,
        entry="file",
        folder_name=where.name,
        path=joined(parts),
        to_path=None,
        size_before=former.size,
        size_after=None if after is None else len(after),
        diff=diff.text,
        added=diff.added,
        removed=diff.removed,
        diff_cut=diff.cut,
    )


def _plain(
    where: Grant, kind: ChangeKind, entry: EntryKind, path: str, to: str | None, before: int | None, after: int | None
) -> ChangePreview:
    return ChangePreview(
        kind=kind,
        entry=entry,
        folder_name=where.name,
        path=joined(parse(path)),
        to_path=None if to is None else joined(parse(to)),
        size_before=before,
        size_after=after,
        diff="",
        added=0,
        removed=0,
        diff_cut=False,
    )


def _free(tree: Tree, parts: Parts) -> None:
    if tree.find_from_top(parts) is not None:
        raise PathTaken(path=shown(joined(parts)), what="file")
