"""All of the assistant's SQL. Everything is asked for with its owner (or, for reading, a reader's share)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple, Self
from typing import cast as typed
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    DateTime,
    Integer,
    Select,
    Uuid,
    and_,
    any_,
    bindparam,
    cast,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from gitu.features.assistant.schemas import ACTIVE
from gitu.features.assistant.tables import MessageRow, SessionRow, ShareRow, TurnEventsRow, TurnRow
from gitu.kernel.db.asking import Question
from gitu.kernel.db.engine import plain_rows


class Beside(NamedTuple):
    """What other tables tell of a session."""

    active_turn_id: UUID | None
    shared: bool


class Listed(NamedTuple):
    """What a list shows of a session: of its own columns, and of its Beside."""

    id: UUID
    owner_id: UUID
    channel: str
    thread: str | None
    title: str
    model: str | None
    state: str
    preview: str
    cost: Decimal | None
    created_at: datetime
    updated_at: datetime
    active_turn_id: UUID | None
    shared: bool

    @classmethod
    def of(cls, row: SessionRow, beside: Beside) -> Self:
        """A session that was loaded as an object."""
        own = [getattr(row, name) for name in cls._fields[: -len(Beside._fields)]]
        return cls._make([*own, *beside])


# Written into the statement, so that the index on active turns serves it.
_IS_ACTIVE = TurnRow.state.in_([literal_column(f"'{state}'") for state in ACTIVE])


# -- sessions -------------------------------------------------------------------------------------------


def _readable(user_id: UUID | BindParameter[UUID]) -> ColumnElement[bool]:
    shared = exists().where(ShareRow.session_id == SessionRow.id, ShareRow.reader_id == user_id)
    return or_(SessionRow.owner_id == user_id, shared)


async def find_session(db: AsyncSession, user_id: UUID, session_id: UUID) -> SessionRow | None:
    """A session the person owns or may read."""
    return await db.scalar(select(SessionRow).where(SessionRow.id == session_id, _readable(user_id)))


async def lock_session(db: AsyncSession, owner_id: UUID, session_id: UUID) -> SessionRow | None:
    """A session the person owns, held until the end of the transaction, as it is now."""
    return await db.scalar(
        select(SessionRow)
        .where(SessionRow.id == session_id, SessionRow.owner_id == owner_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


async def find_thread(db: AsyncSession, owner_id: UUID, channel: str, thread: str) -> SessionRow | None:
    return await db.scalar(
        select(SessionRow).where(
            SessionRow.owner_id == owner_id,
            SessionRow.channel == channel,
            SessionRow.thread == thread,
            SessionRow.state == "open",
        )
    )


async def insert_thread(db: AsyncSession, values: dict[str, Any]) -> bool:
    """Add a session unless its thread has an open one; whether it was added."""
    added = await db.scalar(insert(SessionRow).values(**values).on_conflict_do_nothing().returning(SessionRow.id))
    return added is not None


async def list_sessions(
    db: AsyncSession, user_id: UUID, query: str, state: str, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[Listed]:
    """Newest first."""
    asked: Question | Select[*tuple[Any, ...]] = _page_question(state, after is not None)
    if query:
        asked = _page(state, after is not None).where(
            or_(
                SessionRow.title.icontains(query, autoescape=True),
                exists().where(
                    MessageRow.session_id == SessionRow.id,
                    MessageRow.superseded_at.is_(None),
                    MessageRow.search.op("@@")(_tsquery(query)),
                ),
            )
        )
    at, last_id = after or (None, None)
    values = {"user_id": user_id, "state": state, "at": at, "last_id": last_id, "limit": limit}
    # A row has the same fields in the same order; making each a Listed would cost more than sending it.
    return typed("Sequence[Listed]", await plain_rows(db, asked, values))


@cache
def _page_question(state: str, paged: bool) -> Question:
    return Question(_page(state, paged))


@cache
def _page(state: str, paged: bool) -> Select[*tuple[Any, ...]]:  # the columns of Listed, in its order
    """A page of sessions. Made once, since making it costs as much as running it."""
    own = [getattr(SessionRow, name) for name in Listed._fields[: -len(Beside._fields)]]
    statement = (
        select(*own, *_beside_columns())
        .where(_readable(bindparam("user_id", type_=Uuid())))
        .order_by(SessionRow.updated_at.desc(), SessionRow.id.desc())
        .limit(bindparam("limit", type_=Integer()))
    )
    if state != "all":
        statement = statement.where(SessionRow.state == bindparam("state"))
    if paged:
        last = tuple_(bindparam("at", type_=DateTime(timezone=True)), bindparam("last_id", type_=Uuid()))
        statement = statement.where(tuple_(SessionRow.updated_at, SessionRow.id) < last)
    return statement


def _tsquery(query: str) -> ColumnElement[Any]:
    parts = [func.websearch_to_tsquery(language, query) for language in ("simple", "english", "arabic")]
    return parts[0].op("||")(parts[1]).op("||")(parts[2])


async def beside(db: AsyncSession, session_ids: list[UUID]) -> dict[UUID, Beside]:
    """What other tables tell of sessions, by their ids, in one query."""
    rows = await db.execute(
        select(SessionRow.id, *_beside_columns()).where(SessionRow.id == any_(cast(session_ids, ARRAY(Uuid()))))
    )
    return {row[0]: Beside(*row[1:]) for row in rows.all()}


def _beside_columns() -> tuple[Any, Any]:  # an id, a truth: scalar subqueries don't say "or None"
    active = select(TurnRow.id).where(TurnRow.session_id == SessionRow.id, _IS_ACTIVE).limit(1).scalar_subquery()
    return active, exists().where(ShareRow.session_id == SessionRow.id)


async def active_turn_of(db: AsyncSession, session_id: UUID) -> UUID | None:
    """The turn that is queued or running in a session; there is one at most."""
    return await db.scalar(select(TurnRow.id).where(TurnRow.session_id == session_id, _IS_ACTIVE).limit(1))


async def delete_session(db: AsyncSession, owner_id: UUID, session_id: UUID) -> bool:
    gone = await db.scalar(
        delete(SessionRow).where(SessionRow.id == session_id, SessionRow.owner_id == owner_id).returning(SessionRow.id)
    )
    return gone is not None


async def add_share(db: AsyncSession, session_id: UUID, owner_id: UUID, reader_id: UUID, now: datetime) -> None:
    await db.execute(
        insert(ShareRow)
        .values(session_id=session_id, owner_id=owner_id, reader_id=reader_id, created_at=now)
        .on_conflict_do_nothing()
    )


async def touch_session(
    db: AsyncSession, session_id: UUID, now: datetime, preview: str | None = None, spent: Decimal | None = None
) -> None:
    """Note what an answer leaves on its session: when, its first words, what it cost."""
    values: dict[str, Any] = {"updated_at": now}
    if spent is not None:
        values["cost"] = func.coalesce(SessionRow.cost, 0) + spent
    if preview is not None:
        values["preview"] = preview
    await db.execute(update(SessionRow).where(SessionRow.id == session_id).values(**values))


async def end_idle_sessions(db: AsyncSession, before: datetime, limit: int) -> Sequence[tuple[UUID, UUID]]:
    """End the sessions nobody touched since ``before``; the ids of each with its owner's."""
    idle = (
        select(SessionRow.id)
        .where(SessionRow.state == "open", SessionRow.updated_at < before)
        .where(~exists().where(TurnRow.session_id == SessionRow.id, _IS_ACTIVE))
        .limit(limit)
    )
    rows = await db.execute(
        update(SessionRow)
        .where(SessionRow.id.in_(idle))
        .values(state="ended")
        .returning(SessionRow.id, SessionRow.owner_id)
    )
    return list(rows.all())


async def counts(db: AsyncSession, owner_id: UUID) -> tuple[int, int]:
    """How many sessions of the person are open, and how many of their turns run."""
    sessions = await db.scalar(
        select(func.count()).select_from(SessionRow).where(SessionRow.owner_id == owner_id, SessionRow.state == "open")
    )
    turns = await db.scalar(select(func.count()).select_from(TurnRow).where(TurnRow.owner_id == owner_id, _IS_ACTIVE))
    return sessions or 0, turns or 0


# -- messages -------------------------------------------------------------------------------------------


async def list_messages(db: AsyncSession, session_id: UUID, before: UUID | None, limit: int) -> Sequence[MessageRow]:
    """Newest first (ids sort by time)."""
    statement = (
        select(MessageRow)
        .where(MessageRow.session_id == session_id, MessageRow.superseded_at.is_(None))
        .order_by(MessageRow.id.desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(MessageRow.id < before)
    return (await db.scalars(statement)).all()


async def find_message(db: AsyncSession, owner_id: UUID, message_id: UUID) -> MessageRow | None:
    return await db.scalar(select(MessageRow).where(MessageRow.id == message_id, MessageRow.owner_id == owner_id))


async def history_before(db: AsyncSession, session_id: UUID, message_id: UUID, limit: int) -> Sequence[MessageRow]:
    """The newest messages before one, with what the model needs, oldest first."""
    rows = await db.scalars(
        select(MessageRow)
        .options(undefer(MessageRow.raw))
        .where(
            MessageRow.session_id == session_id,
            MessageRow.superseded_at.is_(None),
            MessageRow.role != "command",
            MessageRow.id < message_id,
        )
        .order_by(MessageRow.id.desc())
        .limit(limit)
    )
    return list(reversed(rows.all()))


async def supersede_from(db: AsyncSession, session_id: UUID, message_id: UUID, now: datetime) -> None:
    """Take a message and everything after it out of the conversation."""
    await db.execute(
        update(MessageRow)
        .where(
            MessageRow.session_id == session_id,
            MessageRow.id >= message_id,
            MessageRow.superseded_at.is_(None),
        )
        .values(superseded_at=now)
    )


async def messages_of_turn(db: AsyncSession, turn_id: UUID) -> Sequence[MessageRow]:
    rows = await db.scalars(
        select(MessageRow).options(undefer(MessageRow.raw)).where(MessageRow.turn_id == turn_id).order_by(MessageRow.id)
    )
    return rows.all()


# -- turns ----------------------------------------------------------------------------------------------


async def find_turn(db: AsyncSession, user_id: UUID, turn_id: UUID) -> TurnRow | None:
    """A turn of a session the person owns or may read."""
    return await db.scalar(
        select(TurnRow)
        .join(SessionRow, SessionRow.id == TurnRow.session_id)
        .where(TurnRow.id == turn_id, _readable(user_id))
    )


async def lock_own_turn(db: AsyncSession, owner_id: UUID, turn_id: UUID) -> TurnRow | None:
    return await db.scalar(select(TurnRow).where(TurnRow.id == turn_id, TurnRow.owner_id == owner_id).with_for_update())


async def lock_active_turns(db: AsyncSession, owner_id: UUID) -> Sequence[TurnRow]:
    """All turns of the person that are not over, in one order, so that two who ask at once don't block each other."""
    return (
        await db.scalars(
            select(TurnRow).where(TurnRow.owner_id == owner_id, _IS_ACTIVE).order_by(TurnRow.id).with_for_update()
        )
    ).all()


async def claim_turn(db: AsyncSession, turn_id: UUID, runner: str, now: datetime) -> TurnRow | None:
    """Make ``runner`` the one who answers, unless the turn is over; whoever had it before has lost it."""
    return await db.scalar(
        update(TurnRow)
        .where(TurnRow.id == turn_id, _IS_ACTIVE)
        .values(
            state="running",
            runner=runner,
            attempts=TurnRow.attempts + 1,
            started_at=func.coalesce(TurnRow.started_at, now),
        )
        .returning(TurnRow)
    )


async def hold_turn(db: AsyncSession, turn_id: UUID, runner: str) -> TurnRow | None:
    """The turn, locked, if it is still this runner's to write."""
    return await db.scalar(
        select(TurnRow).where(TurnRow.id == turn_id, TurnRow.runner == runner, _IS_ACTIVE).with_for_update()
    )


async def stop_requested(db: AsyncSession, turn_id: UUID) -> bool:
    found = await db.scalar(select(TurnRow.stop_requested_at).where(TurnRow.id == turn_id))
    return found is not None


async def active_turns(db: AsyncSession, before: datetime, after: UUID, limit: int) -> Sequence[UUID]:
    """Everybody's turns that go on since before a moment, in the order of their ids, from the one after ``after``."""
    rows = await db.scalars(
        select(TurnRow.id)
        .where(_IS_ACTIVE, TurnRow.created_at < before, TurnRow.id > after)
        .order_by(TurnRow.id)
        .limit(limit)
    )
    return rows.all()


async def write_answer(db: AsyncSession, message_id: UUID, values: dict[str, Any]) -> None:
    await db.execute(update(MessageRow).where(MessageRow.id == message_id).values(**values))


# -- a running turn's stream ----------------------------------------------------------------------------


async def append_stream(db: AsyncSession, turn_id: UUID, first_seq: int, events: list[Any]) -> None:
    await db.execute(
        insert(TurnEventsRow).values(
            turn_id=turn_id, first_seq=first_seq, last_seq=first_seq + len(events) - 1, events=events
        )
    )


async def read_stream(db: AsyncSession, turn_id: UUID, after: int) -> list[tuple[int, Any]]:
    """The stored events after ``after`` with their numbers, in order."""
    rows = await db.scalars(
        select(TurnEventsRow)
        .where(and_(TurnEventsRow.turn_id == turn_id, TurnEventsRow.last_seq > after))
        .order_by(TurnEventsRow.last_seq)
    )
    found: list[tuple[int, Any]] = []
    for row in rows:
        numbered = enumerate(row.events, start=row.first_seq)
        found.extend((seq, event) for seq, event in numbered if seq > after)
    return found


async def last_seq(db: AsyncSession, turn_id: UUID) -> int:
    found = await db.scalar(select(func.max(TurnEventsRow.last_seq)).where(TurnEventsRow.turn_id == turn_id))
    return found or 0


async def delete_stream(db: AsyncSession, turn_id: UUID) -> None:
    await db.execute(delete(TurnEventsRow).where(TurnEventsRow.turn_id == turn_id))
