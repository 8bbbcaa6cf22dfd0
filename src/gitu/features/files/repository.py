"""All of the files' SQL. What belongs to a person is asked for with their id."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.files.tables import ChangeRow, FolderRow

_PERSON = text("SELECT 1 FROM identity_users WHERE id = :id")
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")

# -- folders --------------------------------------------------------------------------------------------


async def person_exists(db: AsyncSession, person_id: UUID) -> bool:
    """Whether a folder's foreign key will find the person."""
    return await db.scalar(_PERSON, {"id": person_id}) is not None


async def list_folders(
    db: AsyncSession, owner_id: UUID | None, after: UUID | None, limit: int, *, revoked: bool
) -> Sequence[FolderRow]:
    """In the order they were allowed; without ``owner_id`` everybody's, for admins."""
    statement = select(FolderRow).order_by(FolderRow.id).limit(limit)
    if owner_id is not None:
        statement = statement.where(FolderRow.owner_id == owner_id)
    if not revoked:
        statement = statement.where(FolderRow.revoked_at.is_(None))
    if after is not None:
        statement = statement.where(FolderRow.id > after)
    return (await db.scalars(statement)).all()


async def find_folder(db: AsyncSession, owner_id: UUID, folder_id: UUID) -> FolderRow | None:
    """A folder that the person may use now."""
    return await db.scalar(
        select(FolderRow).where(
            FolderRow.id == folder_id, FolderRow.owner_id == owner_id, FolderRow.revoked_at.is_(None)
        )
    )


async def find_folder_by_path(db: AsyncSession, owner_id: UUID, path: str) -> FolderRow | None:
    return await db.scalar(
        select(FolderRow).where(FolderRow.owner_id == owner_id, FolderRow.path == path, FolderRow.revoked_at.is_(None))
    )


async def lock_folder(db: AsyncSession, folder_id: UUID, owner_id: UUID | None) -> FolderRow | None:
    """A folder in use, to be taken back; without ``owner_id`` anybody's, for admins."""
    statement = select(FolderRow).where(FolderRow.id == folder_id, FolderRow.revoked_at.is_(None)).with_for_update()
    if owner_id is not None:
        statement = statement.where(FolderRow.owner_id == owner_id)
    return await db.scalar(statement)


async def count_folders(db: AsyncSession, owner_id: UUID) -> int:
    statement = select(func.count()).where(FolderRow.owner_id == owner_id, FolderRow.revoked_at.is_(None))
    return await db.scalar(statement) or 0


async def places_of(db: AsyncSession, folder_ids: set[UUID]) -> dict[UUID, FolderRow]:
    """Folders by id, those taken back too: the system cleans up after itself there."""
    rows = await db.scalars(select(FolderRow).where(FolderRow.id.in_(folder_ids)))
    return {row.id: row for row in rows}


async def lock_place(db: AsyncSession, path: str) -> None:
    """One change at a time in a folder of this machine, until the transaction ends."""
    await db.execute(_LOCK, {"key": f"files:{path}"})


# -- changes --------------------------------------------------------------------------------------------


def _undoable(now: datetime) -> ColumnElement[bool]:
    return (ChangeRow.undone_by.is_(None)) & (ChangeRow.expires_at > now)


async def list_changes(
    db: AsyncSession,
    owner_id: UUID,
    *,
    folder_id: UUID | None,
    query: str,
    undoable_at: datetime | None,
    run_id: UUID | None,
    before: UUID | None,
    limit: int,
) -> Sequence[ChangeRow]:
    """Newest first; ids sort by time."""
    statement = select(ChangeRow).where(ChangeRow.owner_id == owner_id).order_by(ChangeRow.id.desc()).limit(limit)
    if folder_id is not None:
        statement = statement.where(ChangeRow.folder_id == folder_id)
    if query:
        statement = statement.where(
            or_(ChangeRow.path.icontains(query, autoescape=True), ChangeRow.to_path.icontains(query, autoescape=True))
        )
    if undoable_at is not None:
        statement = statement.where(_undoable(undoable_at))
    if run_id is not None:
        statement = statement.where(ChangeRow.run_id == run_id)
    if before is not None:
        statement = statement.where(ChangeRow.id < before)
    return (await db.scalars(statement)).all()


async def lock_changes_of_run(db: AsyncSession, owner_id: UUID, run_id: UUID, limit: int) -> Sequence[ChangeRow]:
    """What a command changed, the last first."""
    statement = select(ChangeRow).where(ChangeRow.owner_id == owner_id, ChangeRow.run_id == run_id)
    return (await db.scalars(statement.order_by(ChangeRow.id.desc()).limit(limit).with_for_update())).all()


async def changed_by_hand(
    db: AsyncSession, owner_id: UUID, folder_id: UUID, since: datetime, paths: set[str]
) -> set[str]:
    """Those of the paths that were changed since by an action, not by a command."""
    rows = await db.execute(
        select(ChangeRow.path, ChangeRow.to_path).where(
            ChangeRow.owner_id == owner_id,
            ChangeRow.folder_id == folder_id,
            ChangeRow.created_at >= since,
            ChangeRow.run_id.is_(None),
            or_(ChangeRow.path.in_(paths), ChangeRow.to_path.in_(paths)),
        )
    )
    return {path for row in rows for path in row if path is not None}


async def find_change(db: AsyncSession, owner_id: UUID, change_id: UUID, *, lock: bool = False) -> ChangeRow | None:
    statement = select(ChangeRow).where(ChangeRow.id == change_id, ChangeRow.owner_id == owner_id)
    return await db.scalar(statement.with_for_update() if lock else statement)


async def change_exists(db: AsyncSession, change_id: UUID) -> bool:
    return await db.scalar(select(ChangeRow.id).where(ChangeRow.id == change_id)) is not None


async def keep_newest(db: AsyncSession, owner_id: UUID, most_bytes: int, now: datetime) -> None:
    """End the time of the oldest changes, so that the contents kept for the others have ``most_bytes`` at most."""
    sums = (
        select(ChangeRow.id, func.sum(ChangeRow.size_before).over(order_by=ChangeRow.id.desc()).label("bytes"))
        .where(ChangeRow.owner_id == owner_id, ChangeRow.kept == "content", ChangeRow.expires_at > now)
        .subquery()
    )
    beyond = select(sums.c.id).where(sums.c.bytes > most_bytes)
    await db.execute(update(ChangeRow).where(ChangeRow.id.in_(beyond)).values(expires_at=now))


async def expire_changes(db: AsyncSession, owner_id: UUID, now: datetime) -> None:
    """End the time of all that is kept of the person's changes."""
    kept = update(ChangeRow).where(ChangeRow.owner_id == owner_id, ChangeRow.kept != "none")
    await db.execute(kept.values(expires_at=now))


async def expired(db: AsyncSession, now: datetime, limit: int) -> Sequence[ChangeRow]:
    """Changes whose former state is not needed any more and still kept."""
    statement = (
        select(ChangeRow)
        .where(ChangeRow.kept != "none", ChangeRow.expires_at <= now)
        .order_by(ChangeRow.expires_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await db.scalars(statement)).all()


async def still_needed(db: AsyncSession, owner_id: UUID, digests: set[str]) -> set[str]:
    """Those of the contents that a change which is still kept needs."""
    rows = await db.scalars(
        select(ChangeRow.digest_before).where(
            ChangeRow.owner_id == owner_id, ChangeRow.kept == "content", ChangeRow.digest_before.in_(digests)
        )
    )
    return {digest for digest in rows if digest is not None}


async def forget(db: AsyncSession, change_ids: set[UUID]) -> None:
    """What they replaced is not kept any more."""
    await db.execute(update(ChangeRow).where(ChangeRow.id.in_(change_ids)).values(kept="none"))
