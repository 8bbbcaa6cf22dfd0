"""What can be done with files."""

from gitu.features.files import effects, folders, previews, reading, service
from gitu.features.files.schemas import (
    Change,
    ChangePreview,
    ChangeQuery,
    ChangeUndo,
    Entry,
    EntryPage,
    EntryQuery,
    FileContent,
    FileCopy,
    FileEdit,
    FileMatches,
    FileMove,
    FileQuery,
    FileRef,
    FileSearch,
    FileWrite,
    Folder,
    FolderAllow,
    FolderMake,
    FolderQuery,
    FolderRef,
    PreviewQuery,
    RunUndo,
    RunUndone,
)
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page
from gitu.kernel.actions.registry import Nothing, Origin, Risk, action
from gitu.kernel.auth.principal import Role
from gitu.kernel.auth.scopes import declare_scope

READ = declare_scope("files:read", role=Role.GUEST, title="Read files in your allowed folders")
WRITE = declare_scope("files:write", role=Role.GUEST, title="Change files in your allowed folders")
ADMIN = declare_scope(folders.ADMIN, role=Role.ADMIN, title="Allow people folders of the server")


@action("files.list_folders", scope=READ, risk=Risk.READ, http="GET /files/folders")
async def list_folders(ctx: Context, data: FolderQuery) -> Page[Folder]:
    """List the folders you may use, your own workspace first."""
    return await folders.list_folders(ctx, data)


@action("files.allow_folder", scope=ADMIN, risk=Risk.DANGEROUS, http="POST /files/folders")
async def allow_folder(ctx: Context, data: FolderAllow) -> Folder:
    """Allow a person a folder of the server's machine.

    Everything below it can be read, and with writable changed, by that person and by what acts for them.
    """
    return await folders.allow(ctx, data)


@action("files.revoke_folder", scope=WRITE, risk=Risk.WRITE, http="DELETE /files/folders/{folder_id}")
async def revoke_folder(ctx: Context, data: FolderRef) -> Nothing:
    """Take an allowed folder back; it is closed from the next operation on, and no file is touched."""
    await folders.revoke(ctx, data.folder_id)
    return Nothing()


@action(
    "files.list_entries",
    scope=READ,
    risk=Risk.READ,
    http="GET /files/entries",
    effect=effects.reading,
    origin=Origin.OUTSIDE,
)
async def list_entries(ctx: Context, data: EntryQuery) -> EntryPage:
    """List what is in a folder."""
    return await reading.list_entries(ctx, data)


@action(
    "files.stat_file", scope=READ, risk=Risk.READ, http="GET /files/stat", effect=effects.reading, origin=Origin.OUTSIDE
)
async def stat_file(ctx: Context, data: FileRef) -> Entry:
    """Show the kind, size and time of a file or folder."""
    return await reading.stat_file(ctx, data)


@action(
    "files.read_file",
    scope=READ,
    risk=Risk.READ,
    http="GET /files/content",
    effect=effects.reading,
    origin=Origin.OUTSIDE,
)
async def read_file(ctx: Context, data: FileQuery) -> FileContent:
    """Read a file, or a stretch of a large one.

    When next_offset is not null there is more: call again with it as offset. Binary files come as base64 only.
    """
    return await reading.read_file(ctx, data)


@action(
    "files.search_files",
    scope=READ,
    risk=Risk.READ,
    http="GET /files/search",
    effect=effects.reading,
    origin=Origin.OUTSIDE,
)
async def search_files(ctx: Context, data: FileSearch) -> FileMatches:
    """Search names and texts below a folder.

    The search is bounded in work and time; stopped says which bound ended it.
    """
    return await reading.search_files(ctx, data)


@action("files.write_file", scope=WRITE, risk=Risk.WRITE, http="PUT /files/content", effect=effects.writing)
async def write_file(ctx: Context, data: FileWrite) -> Change:
    """Write a file: a new one, or the whole content of one that is there. It can be undone for a while."""
    return await service.write_file(ctx, data)


@action("files.edit_file", scope=WRITE, risk=Risk.WRITE, http="PATCH /files/content", effect=effects.editing)
async def edit_file(ctx: Context, data: FileEdit) -> Change:
    """Replace an exact text in a file. It can be undone for a while."""
    return await service.edit_file(ctx, data)


@action("files.move_file", scope=WRITE, risk=Risk.WRITE, http="POST /files/move", effect=effects.moving)
async def move_file(ctx: Context, data: FileMove) -> Change:
    """Move or rename a file or folder within one allowed folder. It can be undone for a while."""
    return await service.move_file(ctx, data)


@action("files.copy_file", scope=WRITE, risk=Risk.WRITE, http="POST /files/copy", effect=effects.copying)
async def copy_file(ctx: Context, data: FileCopy) -> Change:
    """Copy a file, also into another allowed folder. It can be undone for a while."""
    return await service.copy_file(ctx, data)


@action("files.delete_file", scope=WRITE, risk=Risk.WRITE, http="DELETE /files/entries", effect=effects.deleting)
async def delete_file(ctx: Context, data: FileRef) -> Change:
    """Delete a file or folder: it goes to the trash, from which it can be brought back for a while."""
    return await service.delete_file(ctx, data)


@action("files.make_folder", scope=WRITE, risk=Risk.WRITE, http="POST /files/entries", effect=effects.making)
async def make_folder(ctx: Context, data: FolderMake) -> Change:
    """Make a new folder."""
    return await service.make_folder(ctx, data)


@action("files.list_changes", scope=READ, risk=Risk.READ, http="GET /files/changes")
async def list_changes(ctx: Context, data: ChangeQuery) -> Page[Change]:
    """List what was changed in your folders by you or for you, newest first."""
    return await service.list_changes(ctx, data)


@action(
    "files.undo_change",
    scope=WRITE,
    risk=Risk.WRITE,
    http="POST /files/changes/{change_id}/undo",
    effect=effects.undoing,
)
async def undo_change(ctx: Context, data: ChangeUndo) -> Change:
    """Undo a change of a file: what it replaced comes back. The undo can itself be undone."""
    return await service.undo_change(ctx, data)


@action(
    "files.undo_run",
    scope=WRITE,
    risk=Risk.WRITE,
    http="POST /files/runs/{run_id}/undo",
    effect=effects.undoing_run,
)
async def undo_run(ctx: Context, data: RunUndo) -> RunUndone:
    """Undo what a command changed in your files.

    What was changed again since, or was too large to be kept, stays as it is and is named.
    """
    return await service.undo_run(ctx, data)


@action("files.preview_change", scope=READ, risk=Risk.READ, effect=effects.previewing, origin=Origin.OUTSIDE)
async def preview_change(ctx: Context, data: PreviewQuery) -> ChangePreview:
    """Show what a change would do, with the difference of the texts, without doing it."""
    return await previews.preview(ctx, data)
