"""Which folders a person may use: their own workspace always, others that an admin allowed."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.files import protected, repository
from gitu.features.files.confined.names import shown
from gitu.features.files.confined.tree import Tree
from gitu.features.files.disk import Disk
from gitu.features.files.errors import (
    FolderAllowedAlready,
    FolderGone,
    FolderReadOnly,
    FolderUnknown,
    PersonUnknown,
    TooManyFolders,
    WorkspaceStays,
)
from gitu.features.files.events import FolderChanged
from gitu.features.files.schemas import Folder, FolderAllow, FolderQuery
from gitu.features.files.tables import FolderRow
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page, decode_cursor, encode_cursor
from gitu.kernel.auth.scopes import allows
from gitu.kernel.errors import Denied
from gitu.kernel.ids import new_id
from gitu.kernel.services import Services
from gitu.kernel.storage.paths import make_private

MOST_FOLDERS = 100
ADMIN = "files:admin"
WORKSPACE = "workspace"


@dataclass(frozen=True, slots=True)
class Grant:
    """A folder that a person may use in this call. ``inode`` is None for the workspace, which is Gitu's own."""

    folder_id: UUID
    owner_id: UUID
    name: str
    path: Path
    inode: int | None
    writable: bool
    linked_files: bool
    home: Path

    @property
    def is_workspace(self) -> bool:
        """Whether it is the person's own folder in Gitu's home."""
        return self.inode is None

    def open(self) -> Tree:
        """Open it; blocks. Raises FolderGone when it is not the folder that was allowed."""
        if self.is_workspace:
            for folder in (self.path.parent.parent, self.path.parent, self.path):
                make_private(folder)
        elif not protected.apart_from(self.path, self.home):
            raise FolderGone(path=shown(str(self.path)), what="folder")
        return Tree.open(self.path, self.inode, linked_files=self.linked_files)


def workspace_path(services: Services, owner_id: UUID) -> Path:
    """Where a person's workspace lies, links in the home's own path resolved."""
    return services.home.workspaces.resolve() / str(owner_id)


def workspace(services: Services, owner_id: UUID) -> Grant:
    """The person's own folder, which nobody has to allow."""
    return Grant(
        folder_id=owner_id,
        owner_id=owner_id,
        name=WORKSPACE,
        path=workspace_path(services, owner_id),
        inode=None,
        writable=True,
        linked_files=False,
        home=services.home.root,
    )


async def grant(ctx: Context, folder_id: UUID | None, *, write: bool = False) -> Grant:
    """The folder for this call, looked up every time: what was taken back is refused from the next call on.

    Raises FolderUnknown, FolderReadOnly.
    """
    if folder_id is None or folder_id == ctx.user_id:
        return workspace(ctx.services, ctx.user_id)
    row = await repository.find_folder(ctx.db, ctx.user_id, folder_id)
    if row is None:
        raise FolderUnknown(id=str(folder_id), what="folder")
    if write and not row.writable:
        raise FolderReadOnly(name=row.name, scope="files:write")
    return of_row(ctx.services, row)


def of_row(services: Services, row: FolderRow) -> Grant:
    """What a row allows."""
    return Grant(
        folder_id=row.id,
        owner_id=row.owner_id,
        name=row.name,
        path=Path(row.path),
        inode=int(row.inode),
        writable=row.writable,
        linked_files=row.linked_files,
        home=services.home.root,
    )


async def list_folders(ctx: Context, query: FolderQuery) -> Page[Folder]:
    """One's own, the workspace first; for admins everybody's allowed ones. Raises Denied."""
    if query.everyone and not allows(ctx.principal, ADMIN):
        raise Denied(scope=ADMIN)
    after = decode_cursor(query.cursor, UUID)[0] if query.cursor else None
    owner_id = None if query.everyone else ctx.user_id
    rows = await repository.list_folders(ctx.db, owner_id, after, query.limit + 1, revoked=query.revoked)
    items = [to_folder(row) for row in rows[: query.limit]]
    cursor = encode_cursor(items[-1].id) if len(rows) > query.limit else None
    if after is None and not query.everyone:
        mine = workspace(ctx.services, ctx.user_id)
        items.insert(0, _as_folder(mine))
    return Page[Folder](items=items, next_cursor=cursor)


async def allow(ctx: Context, data: FolderAllow) -> Folder:
    """Raises PersonUnknown, FolderNotFound, FolderForbidden, FolderAllowedAlready, TooManyFolders."""
    if not await repository.person_exists(ctx.db, data.person_id):
        raise PersonUnknown(id=str(data.person_id), what="person")
    home = ctx.services.home.root

    def look() -> tuple[Path, int]:
        real = protected.real_folder(data.path)
        protected.check(real, home)
        with Tree.open(real) as tree:
            return real, tree.inode

    path, inode = await ctx.services.resource(Disk).read(ctx.user_id, look)
    await repository.lock_place(ctx.db, str(path))
    if await repository.find_folder_by_path(ctx.db, data.person_id, str(path)) is not None:
        raise FolderAllowedAlready(path=shown(str(path)), what="folder")
    if await repository.count_folders(ctx.db, data.person_id) >= MOST_FOLDERS:
        raise TooManyFolders(limit=MOST_FOLDERS, what="folders")
    row = FolderRow(
        id=new_id(),
        owner_id=data.person_id,
        name=path.name,
        path=str(path),
        inode=str(inode),
        writable=data.writable,
        linked_files=data.linked_files,
        allowed_by=ctx.user_id,
        created_at=ctx.now,
        revoked_at=None,
    )
    ctx.db.add(row)
    ctx.audit_detail |= {"folder_id": str(row.id), "person_id": str(data.person_id)}
    ctx.emit(FolderChanged(folder_id=row.id), owner_id=data.person_id)
    return to_folder(row)


async def revoke(ctx: Context, folder_id: UUID) -> None:
    """Take a folder back from now on; admins anybody's, others one of their own.

    Raises FolderUnknown, WorkspaceStays.
    """
    if folder_id == ctx.user_id:
        raise WorkspaceStays(scope=ADMIN)
    everyone = allows(ctx.principal, ADMIN)
    row = await repository.lock_folder(ctx.db, folder_id, None if everyone else ctx.user_id)
    if row is None:
        raise FolderUnknown(id=str(folder_id), what="folder")
    row.revoked_at = ctx.now
    ctx.audit_detail |= {"folder_id": str(row.id), "person_id": str(row.owner_id)}
    ctx.emit(FolderChanged(folder_id=row.id), owner_id=row.owner_id)


async def grants_of(services: Services, db: AsyncSession, owner_id: UUID) -> list[Grant]:
    """All folders that a person may use now, the workspace first."""
    rows = await repository.list_folders(db, owner_id, None, MOST_FOLDERS, revoked=False)
    return [workspace(services, owner_id), *(of_row(services, row) for row in rows)]


def to_folder(row: FolderRow) -> Folder:
    """A row as the schema."""
    return Folder(
        id=row.id,
        person_id=row.owner_id,
        name=row.name,
        path=row.path,
        kind="folder",
        writable=row.writable,
        linked_files=row.linked_files,
        created_at=row.created_at,
        revoked_at=row.revoked_at,
    )


def _as_folder(mine: Grant) -> Folder:
    return Folder(
        id=mine.folder_id,
        person_id=mine.owner_id,
        name=mine.name,
        path=str(mine.path),
        kind="workspace",
        writable=True,
        linked_files=False,
        created_at=None,
        revoked_at=None,
    )
