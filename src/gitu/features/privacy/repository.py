"""All of the feature's own SQL. Exports are asked for with their owner's id; erasures belong to nobody any more."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.privacy.tables import ErasureRow, ExportRow

RUNNING = ("queued", "running")

# -- exports --------------------------------------------------------------------------------------------


async def list_exports(db: AsyncSession, owner_id: UUID, before: UUID | None, limit: int) -> Sequence[ExportRow]:
    """Newest first; ids sort by time."""
    statement = select(ExportRow).where(ExportRow.owner_id == owner_id).order_by(ExportRow.id.desc()).limit(limit)
    if before is not None:
        statement = statement.where(ExportRow.id < before)
    return (await db.scalars(statement)).all()


async def find_export(db: AsyncSession, owner_id: UUID, export_id: UUID) -> ExportRow | None:
    return await db.scalar(select(ExportRow).where(ExportRow.owner_id == owner_id, ExportRow.id == export_id))


async def running_export(db: AsyncSession, owner_id: UUID) -> ExportRow | None:
    """The person's export that is being written."""
    return await db.scalar(
        select(ExportRow).where(ExportRow.owner_id == owner_id, ExportRow.state.in_(RUNNING)).limit(1)
    )


async def export_of_job(db: AsyncSession, export_id: UUID) -> ExportRow | None:
    """For the job that writes it, which acts for nobody in particular."""
    return await db.get(ExportRow, export_id)


async def change_export(db: AsyncSession, export_id: UUID, values: dict[str, Any]) -> bool:  # Any: columns' values
    """Whether it is still there."""
    changed = update(ExportRow).where(ExportRow.id == export_id).values(**values).returning(ExportRow.id)
    return await db.scalar(changed) is not None


async def delete_export(db: AsyncSession, owner_id: UUID, export_id: UUID) -> bool:
    gone = delete(ExportRow).where(ExportRow.owner_id == owner_id, ExportRow.id == export_id)
    return await db.scalar(gone.returning(ExportRow.id)) is not None


async def delete_finished_exports(db: AsyncSession, owner_id: UUID) -> Sequence[UUID]:
    """All of the person's that are not being written."""
    gone = delete(ExportRow).where(ExportRow.owner_id == owner_id, ExportRow.state.not_in(RUNNING))
    return (await db.scalars(gone.returning(ExportRow.id))).all()


async def delete_expired_exports(db: AsyncSession, now: datetime, limit: int) -> int:
    """Delete at most ``limit`` exports whose time is over, and return how many."""
    over = select(ExportRow.id).where(ExportRow.expires_at < now).limit(limit)
    return len((await db.scalars(delete(ExportRow).where(ExportRow.id.in_(over)).returning(ExportRow.id))).all())


async def existing_exports(db: AsyncSession, export_ids: Sequence[UUID]) -> set[UUID]:
    """Those of the ids that have a row."""
    return set(await db.scalars(select(ExportRow.id).where(ExportRow.id.in_(export_ids))))


# -- erasures -------------------------------------------------------------------------------------------


async def find_erasure(db: AsyncSession, erasure_id: UUID, *, lock: bool = False) -> ErasureRow | None:
    statement = select(ErasureRow).where(ErasureRow.id == erasure_id)
    return await db.scalar(statement.with_for_update() if lock else statement)


async def find_erasure_by_receipt(db: AsyncSession, receipt_hash: str) -> ErasureRow | None:
    return await db.scalar(select(ErasureRow).where(ErasureRow.receipt_hash == receipt_hash))


async def running_erasure(db: AsyncSession, person_id: UUID) -> ErasureRow | None:
    """The person's erasure that has not ended."""
    return await db.scalar(
        select(ErasureRow).where(ErasureRow.person_id == person_id, ErasureRow.finished_at.is_(None))
    )


async def unfinished_erasures(db: AsyncSession, before: datetime, limit: int) -> Sequence[UUID]:
    """Erasures that began before then and have not ended."""
    late = select(ErasureRow.id).where(ErasureRow.finished_at.is_(None), ErasureRow.started_at < before)
    return (await db.scalars(late.order_by(ErasureRow.started_at).limit(limit))).all()


async def list_erasures(db: AsyncSession, before: UUID | None, limit: int) -> Sequence[ErasureRow]:
    """Everybody's, newest first, for admins."""
    statement = select(ErasureRow).order_by(ErasureRow.id.desc()).limit(limit)
    if before is not None:
        statement = statement.where(ErasureRow.id < before)
    return (await db.scalars(statement)).all()


async def change_erasure(db: AsyncSession, erasure_id: UUID, values: dict[str, Any]) -> None:  # Any: columns' values
    await db.execute(update(ErasureRow).where(ErasureRow.id == erasure_id).values(**values))
