"""The grants of one person, as they are kept."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.kernel.actions.permissions.grants import ASSISTANT, READING
from gitu.kernel.actions.permissions.limits import Limits
from gitu.kernel.actions.permissions.standing import MOST_GRANTS
from gitu.kernel.actions.tables import GrantRow
from gitu.kernel.db.engine import Database
from gitu.kernel.ids import new_id

MOST_LISTED = 5_000
"""Of all the keys of one page; an upgrade may have written more grants than may be made by hand."""
BASELINE, BY_APPROVAL, BY_PERSON = "baseline", "approval", "person"


async def begin(database: Database, owner_id: UUID, now: datetime) -> bool:
    """Give the assistant what it starts with, unless it was given before. Whether it was given now."""
    async with database.reader() as db:
        if await has_baseline(db, owner_id):
            return False
    async with database.transaction() as db:
        await add_baseline(db, owner_id, now)
    return True


async def has_baseline(db: AsyncSession, owner_id: UUID) -> bool:
    """Whether the assistant was given what it starts with, be it revoked since."""
    statement = select(GrantRow.id).where(GrantRow.owner_id == owner_id, GrantRow.origin == BASELINE).limit(1)
    return await db.scalar(statement) is not None


async def add_baseline(db: AsyncSession, owner_id: UUID, now: datetime) -> None:
    """Let the assistant read what the person has in Gitu itself; nothing else is granted unasked."""
    row = _values(owner_id, ASSISTANT, READING, Limits(), now, origin=BASELINE)
    await db.execute(insert(GrantRow).values(row).on_conflict_do_nothing())


async def add(
    db: AsyncSession,
    owner_id: UUID,
    delegate: str,
    covers: str,
    limits: Limits,
    now: datetime,
    *,
    origin: str,
    session_id: UUID | None = None,
    after_outside: bool = False,
    expires_at: datetime | None = None,
    reason: str = "",
) -> GrantRow:
    """Keep a grant and return it."""
    row = GrantRow(
        **{
            **_values(owner_id, delegate, covers, limits, now, origin=origin),
            "session_id": session_id,
            "after_outside": after_outside,
            "expires_at": expires_at,
            "reason": reason,
        }
    )
    db.add(row)
    await db.flush()
    return row


async def used(db: AsyncSession, grant_id: UUID, now: datetime) -> None:
    """Note that the grant let a call through."""
    await db.execute(update(GrantRow).where(GrantRow.id == grant_id).values(last_used_at=now))


async def count(db: AsyncSession, owner_id: UUID, now: datetime) -> int:
    """How many of the person's grants are in force, counted up to the most that there may be."""
    rows = await db.scalars(
        select(GrantRow.id)
        .where(
            GrantRow.owner_id == owner_id,
            GrantRow.revoked_at.is_(None),
            or_(GrantRow.expires_at.is_(None), GrantRow.expires_at > now),
        )
        .limit(MOST_GRANTS)
    )
    return len(rows.all())


async def list_page(
    db: AsyncSession, owner_id: UUID, before: UUID | None, limit: int, *, active_at: datetime | None
) -> Sequence[GrantRow]:
    """Newest first; with ``active_at`` only those in force then."""
    statement = select(GrantRow).where(GrantRow.owner_id == owner_id).order_by(GrantRow.id.desc()).limit(limit)
    if active_at is not None:
        statement = statement.where(
            GrantRow.revoked_at.is_(None), or_(GrantRow.expires_at.is_(None), GrantRow.expires_at > active_at)
        )
    if before is not None:
        statement = statement.where(GrantRow.id < before)
    return (await db.scalars(statement)).all()


async def revoke_all_of(db: AsyncSession, owner_id: UUID, delegate: str, now: datetime) -> Sequence[UUID]:
    """End all that a delegate was granted; what it was. From the next call on it is asked about everything."""
    statement = (
        update(GrantRow)
        .where(GrantRow.owner_id == owner_id, GrantRow.delegate == delegate, GrantRow.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(GrantRow.id)
    )
    return (await db.scalars(statement)).all()


async def covers_of(db: AsyncSession, owner_id: UUID, delegates: Sequence[str], now: datetime) -> dict[str, list[str]]:
    """What each of the delegates may do without asking now, whatever the limits."""
    rows = await db.execute(
        select(GrantRow.delegate, GrantRow.covers)
        .where(
            GrantRow.owner_id == owner_id,
            GrantRow.delegate.in_(delegates),
            GrantRow.revoked_at.is_(None),
            or_(GrantRow.expires_at.is_(None), GrantRow.expires_at > now),
        )
        .limit(MOST_LISTED)
    )
    found: dict[str, list[str]] = {delegate: [] for delegate in delegates}
    for delegate, covers in rows:
        found[delegate].append(covers)
    return found


async def lock(db: AsyncSession, owner_id: UUID, grant_id: UUID) -> GrantRow | None:
    """The person's own grant, for a change."""
    statement = select(GrantRow).where(GrantRow.owner_id == owner_id, GrantRow.id == grant_id).with_for_update()
    return await db.scalar(statement)


def _values(
    owner_id: UUID, delegate: str, covers: str, limits: Limits, now: datetime, *, origin: str
) -> dict[str, object]:
    return {
        "id": new_id(),
        "owner_id": owner_id,
        "delegate": delegate,
        "covers": covers,
        "limits": limits.model_dump(mode="json"),
        "session_id": None,
        "after_outside": False,
        "reason": "",
        "origin": origin,
        "created_at": now,
        "expires_at": None,
        "revoked_at": None,
        "last_used_at": None,
    }
