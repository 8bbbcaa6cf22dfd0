"""All of the models feature's SQL. What a person owns is always asked for with their id."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Label,
    Uuid,
    bindparam,
    cast,
    delete,
    func,
    literal,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.models.tables import CallRow, ConnectionRow, DefaultsRow
from gitu.kernel.db.asking import Question
from gitu.kernel.db.engine import Database, plain_write

INSTANCE = UUID(int=0)

# -- connections ----------------------------------------------------------------------------------------


async def usable_connections(db: AsyncSession, owner_id: UUID, limit: int = 200) -> Sequence[ConnectionRow]:
    """The person's own connections, then the shared ones, each oldest first."""
    statement = (
        select(ConnectionRow)
        .where(or_(ConnectionRow.owner_id == owner_id, ConnectionRow.shared))
        .order_by(ConnectionRow.shared, ConnectionRow.id)
        .limit(limit)
    )
    return (await db.scalars(statement)).all()


_CONNECTION = tuple(column.key for column in ConnectionRow.__table__.columns)
_DEFAULTS = tuple(column.key for column in DefaultsRow.__table__.columns)
_OWNER = bindparam("owner_id", type_=Uuid())


@cache
def _usable() -> Question:
    return Question(
        select(*(getattr(ConnectionRow, name) for name in _CONNECTION))
        .where(or_(ConnectionRow.owner_id == _OWNER, ConnectionRow.shared))
        .order_by(ConnectionRow.shared, ConnectionRow.id)
        .limit(200)
    )


@cache
def _of_both() -> Question:
    columns = (getattr(DefaultsRow, name) for name in _DEFAULTS)
    return Question(select(*columns).where(or_(DefaultsRow.owner_id == _OWNER, DefaultsRow.owner_id == INSTANCE)))


async def known_connections(database: Database, owner_id: UUID) -> Sequence[ConnectionRow]:
    """As ``usable_connections``, without a session: rows that belong to none."""
    rows = await database.ask(_usable(), {"owner_id": owner_id})
    return [ConnectionRow(**dict(zip(_CONNECTION, row, strict=True))) for row in rows]


async def known_defaults(database: Database, owner_id: UUID) -> dict[UUID, DefaultsRow]:
    """As ``defaults``, without a session."""
    rows = [
        DefaultsRow(**dict(zip(_DEFAULTS, row, strict=True)))
        for row in await database.ask(_of_both(), {"owner_id": owner_id})
    ]
    return {row.owner_id: row for row in rows}


async def list_connections(db: AsyncSession, owner_id: UUID, after: UUID | None, limit: int) -> Sequence[ConnectionRow]:
    statement = (
        select(ConnectionRow)
        .where(or_(ConnectionRow.owner_id == owner_id, ConnectionRow.shared))
        .order_by(ConnectionRow.id)
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(ConnectionRow.id > after)
    return (await db.scalars(statement)).all()


async def find_connection(
    db: AsyncSession, owner_id: UUID, connection_id: UUID, *, lock: bool = False
) -> ConnectionRow | None:
    """One's own or a shared connection."""
    statement = select(ConnectionRow).where(
        ConnectionRow.id == connection_id, or_(ConnectionRow.owner_id == owner_id, ConnectionRow.shared)
    )
    return await db.scalar(statement.with_for_update() if lock else statement)


async def count_connections(db: AsyncSession, owner_id: UUID) -> int:
    found = await db.scalar(select(func.count()).select_from(ConnectionRow).where(ConnectionRow.owner_id == owner_id))
    return found or 0


async def connected_providers(db: AsyncSession) -> list[str]:
    """The kinds of provider that anybody has connected."""
    return list(await db.scalars(select(ConnectionRow.provider).distinct()))


async def delete_connection(db: AsyncSession, connection_id: UUID) -> None:
    await db.execute(delete(ConnectionRow).where(ConnectionRow.id == connection_id))


async def set_health(
    db: AsyncSession,
    connection_id: UUID,
    status: str,
    last_error: dict[str, Any] | None,  # an error's code and what its sentence names
) -> None:
    """Keep what a call showed of a connection."""
    await db.execute(
        update(ConnectionRow).where(ConnectionRow.id == connection_id).values(status=status, last_error=last_error)
    )


async def set_tested(db: AsyncSession, tested: ConnectionRow) -> None:
    """Keep a test's result, unless the connection was changed while it was tested."""
    await db.execute(
        update(ConnectionRow)
        .where(ConnectionRow.id == tested.id, ConnectionRow.updated_at == tested.updated_at)
        .values(status=tested.status, last_error=tested.last_error, models=tested.models)
    )


# -- defaults -------------------------------------------------------------------------------------------


async def defaults(db: AsyncSession, owner_id: UUID) -> dict[UUID, DefaultsRow]:
    """The person's defaults and the instance's, by owner; either may be missing."""
    rows = await db.scalars(select(DefaultsRow).where(DefaultsRow.owner_id.in_([owner_id, INSTANCE])))
    return {row.owner_id: row for row in rows}


async def set_defaults(
    db: AsyncSession, owner_id: UUID, model: str | None, fallbacks: list[str], now: datetime
) -> None:
    values = {"model": model, "fallbacks": fallbacks, "updated_at": now}
    await db.execute(
        insert(DefaultsRow)
        .values(owner_id=owner_id, **values)
        .on_conflict_do_update(index_elements=[DefaultsRow.owner_id], set_=values)
    )


# -- calls ----------------------------------------------------------------------------------------------


_SETTLED = (
    "input_tokens",
    "output_tokens",
    "cached_tokens",
    "cost",
    "latency_ms",
    "first_token_ms",
    "outcome",
    "error_code",
    "charged",
    "estimated",
)


_SAVE_CALLS = text(
    f"INSERT INTO {CallRow.__tablename__} "  # noqa: S608 - our own names
    f"SELECT * FROM json_populate_recordset(CAST(NULL AS {CallRow.__tablename__}), CAST(:calls AS json)) "
    f"ON CONFLICT (id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _SETTLED)}"
)


async def save_calls(db: AsyncSession, calls: str) -> None:
    """Insert the calls, or bring those that are there up to date: JSON, a list of objects with all columns.

    One value for all: parameters of their own for each call cost the process many times as much.
    """
    await plain_write(db, _SAVE_CALLS, {"calls": calls})


async def list_calls(
    db: AsyncSession, owner_id: UUID, session_id: UUID | None, before: UUID | None, limit: int
) -> Sequence[CallRow]:
    """Newest first; ids sort by time."""
    statement = select(CallRow).where(CallRow.owner_id == owner_id).order_by(CallRow.id.desc()).limit(limit)
    if session_id is not None:
        statement = statement.where(CallRow.session_id == session_id)
    if before is not None:
        statement = statement.where(CallRow.id < before)
    return (await db.scalars(statement)).all()


async def answered_calls(db: AsyncSession, owner_id: UUID, since: datetime, limit: int) -> Sequence[CallRow]:
    """The newest that a model answered with words."""
    statement = (
        select(CallRow)
        .where(CallRow.owner_id == owner_id, CallRow.at >= since, CallRow.outcome == "ok", CallRow.output_tokens > 0)
        .order_by(CallRow.id.desc())
        .limit(limit)
    )
    return (await db.scalars(statement)).all()


class Span(NamedTuple):
    """From when on, and the zone in which days are counted."""

    since: datetime
    time_zone: str


# Of rows whose columns are those of the schemas they become.
Sums = Sequence[Any]


async def usage(db: AsyncSession, owner_id: UUID, span: Span, after: Sequence[Any] | None, limit: int) -> Sums:
    """Sums by day, model and feature, after those values of the last row seen; newest day first."""
    by = (CallRow.model.label("model"), CallRow.feature.label("feature"))
    return await _sums(db, span, by, after, limit, CallRow.owner_id == owner_id)


async def usage_of_everyone(db: AsyncSession, span: Span, after: Sequence[Any] | None, limit: int) -> Sums:
    """Sums by day, person, model and feature, after those values of the last row seen; newest day first. For admins."""
    by = (CallRow.owner_id.label("person_id"), CallRow.model.label("model"), CallRow.feature.label("feature"))
    return await _sums(db, span, by, after, limit)


async def _sums(
    db: AsyncSession,
    span: Span,
    by: Sequence[Label[Any]],
    after: Sequence[Any] | None,  # a day, and a value of each of ``by``
    limit: int,
    *where: ColumnElement[bool],
) -> Sums:
    day = cast(func.timezone(span.time_zone, CallRow.at), Date).label("day")
    grouped = (
        select(
            day,
            *by,
            func.count().label("calls"),
            func.coalesce(func.sum(CallRow.input_tokens), 0).label("input_tokens"),
            func.coalesce(func.sum(CallRow.output_tokens), 0).label("output_tokens"),
            func.sum(CallRow.cost).label("cost"),
            func.count()
            .filter(CallRow.cost.is_(None), CallRow.outcome.in_(("ok", "cut", "stopped")))
            .label("unknown_cost_calls"),
        )
        # What the cache spared is no call.
        .where(CallRow.at >= span.since, CallRow.cache.is_distinct_from("hit"), *where)
        .group_by(day, *by)
        .subquery()
    )
    columns = grouped.c
    order = [columns[one.name] for one in by]
    statement = select(*columns).order_by(columns.day.desc(), *order).limit(limit)
    if after is not None:
        last_day, *last = after
        beyond = tuple_(*order) > tuple_(*(literal(value) for value in last))
        statement = statement.where(or_(columns.day < last_day, (columns.day == last_day) & beyond))
    return (await db.execute(statement)).all()


async def close_abandoned(db: AsyncSession, before: datetime, age: timedelta) -> None:
    """Calls that were running when their process died have ended too: nobody will settle them.

    Those that a budget counts are settled with what their process had set aside (``budgets/reconciling``).
    """
    await db.execute(
        update(CallRow).where(CallRow.outcome == "running", CallRow.at < before - age).values(outcome="cut")
    )
