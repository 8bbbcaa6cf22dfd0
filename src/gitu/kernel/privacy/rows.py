"""Reading, counting and deleting the rows of a person, whatever the table."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, any_, delete, func, literal_column, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.kernel.db.engine import Database
from gitu.kernel.privacy.registry import PersonalTable

BATCH = 1_000
Row = Mapping[str, Any]  # a column has whatever type its table gave it


def _about(found: PersonalTable, person_id: UUID) -> ColumnElement[bool]:
    return or_(*(found.table.columns[column] == person_id for column in found.persons))


async def count_rows(db: AsyncSession, found: PersonalTable, person_id: UUID) -> int:
    """How many rows are about the person."""
    statement = select(func.count()).select_from(found.table).where(_about(found, person_id))
    return await db.scalar(statement) or 0


async def read_rows(database: Database, found: PersonalTable, person_id: UUID) -> AsyncIterator[list[Row]]:
    """The rows about the person, a batch at a time in the order of the primary key."""
    keys = list(found.table.primary_key.columns)
    shown = {column.name: column for column in [*found.exported, *keys]}
    statement = select(*shown.values()).where(_about(found, person_id)).order_by(*keys).limit(BATCH)
    exported = {column.name for column in found.exported}
    page = statement
    while True:
        async with database.reader() as db:
            rows = (await db.execute(page)).mappings().all()
        if rows:
            yield [{name: row[name] for name in shown if name in exported} for row in rows]
        if len(rows) < BATCH:
            return
        page = statement.where(tuple_(*keys) > tuple_(*(rows[-1][key.name] for key in keys)))


async def delete_rows(db: AsyncSession, found: PersonalTable, person_id: UUID) -> int:
    """Delete at most a batch of the rows about the person, and return how many."""
    return await _delete(db, found, _about(found, person_id))


async def delete_expired(db: AsyncSession, found: PersonalTable, before: datetime) -> int:
    """Delete at most a batch of the rows whose time is over, and return how many."""
    assert found.expiry is not None
    return await _delete(db, found, found.table.columns[found.expiry.column] < before)


async def _delete(db: AsyncSession, found: PersonalTable, which: ColumnElement[bool]) -> int:
    place: ColumnElement[object] = literal_column(f"{found.table.name}.ctid")
    batch = func.array(select(place).select_from(found.table).where(which).limit(BATCH).scalar_subquery())
    gone = await db.execute(delete(found.table).where(place == any_(batch)))
    return int(getattr(gone, "rowcount", 0))
