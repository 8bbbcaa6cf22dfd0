"""Sessions: begin, find, rename, end, resume, share, delete."""

from datetime import datetime
from uuid import UUID

from gitu.features.assistant import repository
from gitu.features.assistant.errors import NoSuchPerson, SessionNotFound
from gitu.features.assistant.events import SessionCreated, SessionDeleted, SessionUpdated, TurnStopRequested
from gitu.features.assistant.schemas import (
    Message,
    MessageQuery,
    Session,
    SessionOpen,
    SessionQuery,
    SessionShare,
    SessionUpdate,
)
from gitu.features.assistant.tables import SessionRow
from gitu.features.assistant.views import to_message, to_session, to_sessions
from gitu.features.identity import api as identity
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page, decode_cursor, encode_cursor
from gitu.kernel.ids import new_id

_SessionPage = Page[Session]
_MessagePage = Page[Message]


async def open_session(ctx: Context, data: SessionOpen) -> Session:
    """Begin a session; with a thread, go on with its open one. Two calls at once get the same."""
    if data.thread is not None:
        found = await repository.find_thread(ctx.db, ctx.user_id, data.channel, data.thread)
        if found is not None:
            return await to_session(ctx, found)
    row = new_row(ctx, data)
    values = {column.key: getattr(row, column.key) for column in SessionRow.__table__.columns}
    if not await repository.insert_thread(ctx.db, values):
        assert data.thread is not None, "only threads are unique"
        row = await repository.find_thread(ctx.db, ctx.user_id, data.channel, data.thread) or row
        return await to_session(ctx, row)
    ctx.emit(SessionCreated(session_id=row.id))
    return await to_session(ctx, row)


def new_row(ctx: Context, data: SessionOpen) -> SessionRow:
    """A session of the caller's that is not stored yet."""
    return SessionRow(
        id=new_id(),
        owner_id=ctx.user_id,
        channel=data.channel,
        thread=data.thread,
        title=data.title or "",
        model=data.model,
        state="open",
        preview="",
        cost=None,
        created_at=ctx.now,
        updated_at=ctx.now,
    )


async def readable(ctx: Context, session_id: UUID) -> SessionRow:
    """A session the caller owns or was shown. Raises SessionNotFound."""
    row = await repository.find_session(ctx.db, ctx.user_id, session_id)
    if row is None:
        raise SessionNotFound(id=str(session_id), what="conversation")
    return row


async def own(ctx: Context, session_id: UUID, *, lock: bool = True) -> SessionRow:
    """A session the caller owns, locked until the end of the transaction. Raises SessionNotFound."""
    find = repository.lock_session if lock else repository.find_session
    row = await find(ctx.db, ctx.user_id, session_id)
    if row is None or row.owner_id != ctx.user_id:
        raise SessionNotFound(id=str(session_id), what="conversation")
    return row


async def list_sessions(ctx: Context, data: SessionQuery) -> Page[Session]:
    """Newest first; the query finds words in titles and messages, in English and Arabic."""
    after = None
    if data.cursor:
        at, last_id = decode_cursor(data.cursor, datetime, UUID)
        after = (at, last_id)
    rows = await repository.list_sessions(ctx.db, ctx.user_id, data.query, data.state, after, data.limit + 1)
    items = await to_sessions(ctx, rows[: data.limit])
    more = len(rows) > data.limit
    return _SessionPage(items=items, next_cursor=encode_cursor(items[-1].updated_at, items[-1].id) if more else None)


async def list_messages(ctx: Context, data: MessageQuery) -> Page[Message]:
    """Newest first, so that a window opens at the end and pages back."""
    await readable(ctx, data.session_id)
    before = decode_cursor(data.cursor, UUID)[0] if data.cursor else None
    rows = await repository.list_messages(ctx.db, data.session_id, before, data.limit + 1)
    items = [to_message(row) for row in rows[: data.limit]]
    return _MessagePage(items=items, next_cursor=encode_cursor(items[-1].id) if len(rows) > data.limit else None)


async def update(ctx: Context, data: SessionUpdate) -> Session:
    """Rename, or choose another model; None for the model goes back to the default."""
    row = await own(ctx, data.session_id)
    if data.title is not None:
        row.title = data.title
    if "model" in data.model_fields_set:
        row.model = data.model
    ctx.emit(SessionUpdated(session_id=row.id))
    return await to_session(ctx, row)


async def set_state(ctx: Context, session_id: UUID, state: str) -> Session:
    """End or resume. Ending asks a running turn to stop."""
    row = await own(ctx, session_id)
    if state == "ended":
        await _stop_active(ctx, session_id)
    elif row.thread is not None:
        current = await repository.find_thread(ctx.db, ctx.user_id, row.channel, row.thread)
        if current is not None and current.id != row.id:
            row.thread = None  # its thread goes on in a newer session
    row.state = state
    row.updated_at = ctx.now
    await ctx.db.flush()
    ctx.emit(SessionUpdated(session_id=row.id))
    return await to_session(ctx, row)


async def _stop_active(ctx: Context, session_id: UUID) -> None:
    active = await repository.active_turn_of(ctx.db, session_id)
    if active is not None:
        turn = await repository.lock_own_turn(ctx.db, ctx.user_id, active)
        if turn is not None:
            turn.stop_requested_at = ctx.now
            ctx.emit(TurnStopRequested(session_id=session_id, turn_id=turn.id))


async def share(ctx: Context, data: SessionShare) -> Session:
    """Let another person of this Gitu read along. Raises NoSuchPerson."""
    row = await own(ctx, data.session_id)
    reader = await identity.find_user_id(ctx.db, data.login)
    if reader is None or reader == ctx.user_id:
        raise NoSuchPerson(login=data.login, what="person", id=data.login)
    await repository.add_share(ctx.db, row.id, row.owner_id, reader, ctx.now)
    ctx.emit(SessionUpdated(session_id=row.id))
    ctx.emit(SessionUpdated(session_id=row.id), owner_id=reader)
    return await to_session(ctx, row)


async def delete(ctx: Context, session_id: UUID) -> None:
    """Delete with all its messages. Raises SessionNotFound."""
    await own(ctx, session_id)
    await _stop_active(ctx, session_id)
    await repository.delete_session(ctx.db, ctx.user_id, session_id)
    ctx.emit(SessionDeleted(session_id=session_id))
