"""Turns as people begin, edit and stop them; ``runner`` answers them."""

from uuid import UUID

from gitu.features.assistant import commands, repository, sessions
from gitu.features.assistant.answering import Answering, new_runner
from gitu.features.assistant.errors import (
    MessageNotEditable,
    SessionEnded,
    SessionNotFound,
    TurnNotFound,
    TurnRunning,
)
from gitu.features.assistant.events import (
    MessageCreated,
    SessionCreated,
    SessionUpdated,
    TurnFinished,
    TurnStarted,
    TurnStopRequested,
)
from gitu.features.assistant.schemas import (
    MessageSend,
    NoticePart,
    Part,
    Sent,
    SessionOpen,
    Stopped,
    TextPart,
    Turn,
)
from gitu.features.assistant.tables import MessageRow, SessionRow, TurnRow
from gitu.features.assistant.views import dump_parts, preview_of, text_of, to_message, to_session, to_turn
from gitu.features.models import api as models
from gitu.kernel.actions.context import Context
from gitu.kernel.auth.principal import Kind
from gitu.kernel.i18n import translate
from gitu.kernel.ids import new_id


async def send(ctx: Context, data: MessageSend) -> Sent:
    """Store the message and begin its turn; the answer streams. A command answers at once, without a model.

    Raises SessionNotFound, SessionEnded, TurnRunning, MessageNotEditable.
    """
    turn_id, session_id = new_id(), data.session_id or new_id()
    shown: commands.Result | None = None
    if data.text.startswith("/"):
        # In a transaction of its own, before anything here is locked: it may change this very conversation.
        if data.session_id is not None and not commands.stops(data.text):
            await _check_answerable(ctx, data, await sessions.own(ctx, data.session_id, lock=False))
        shown = await commands.run(ctx, data.text, session_id, turn_id)
    session = await _session(ctx, data, session_id, after_command=shown is not None)
    # Asked before there is anything to flush.
    answerable = shown is None and await models.has_model(ctx.services, ctx.user_id)
    if data.edit_of is not None:
        await repository.supersede_from(ctx.db, session.id, data.edit_of, ctx.now)
    # A program passes on what it was given, so its words weigh no more than other content from outside.
    origin = "person" if ctx.principal.kind is Kind.PERSON else "outside"
    asked = _message(ctx, session, turn_id, "person", [TextPart(text=data.text, origin=origin)], "complete")
    session.updated_at, session.preview = ctx.now, preview_of(data.text)
    if not session.title:
        session.title = preview_of(data.text)[:80]
    turn = _turn(ctx, session, turn_id)
    ctx.db.add_all([turn, asked])
    if shown is not None:
        _show_command(ctx, session, turn, shown)
    elif answerable:
        _begin(ctx, session, turn, asked)
    else:
        _answer_at_once(ctx, session, turn, "assistant", [no_model(ctx)])
    await ctx.db.flush()
    ctx.emit(MessageCreated(session_id=session.id, message_id=asked.id))
    ctx.emit(SessionUpdated(session_id=session.id))
    return Sent(session=await to_session(ctx, session), message=to_message(asked), turn=to_turn(turn))


def _begin(ctx: Context, session: SessionRow, turn: TurnRow, asked: MessageRow) -> None:
    """Commit the turn as one that this process answers, and answer it."""
    turn.model, turn.state, turn.started_at = session.model, "running", ctx.now
    turn.runner, turn.attempts = new_runner(ctx.services), 1
    answer = _message(ctx, session, turn.id, "assistant", [], "streaming")
    ctx.db.add(answer)
    ctx.emit(TurnStarted(session_id=session.id, turn_id=turn.id))

    async def start() -> None:
        ctx.services.resource(Answering).begin(turn, asked, answer, ctx.principal)

    ctx.after_commit(start)


async def _session(ctx: Context, data: MessageSend, session_id: UUID, *, after_command: bool) -> SessionRow:
    if data.session_id is None:
        return await _new_session(ctx, data, session_id)
    try:
        session = await sessions.own(ctx, data.session_id)
    except SessionNotFound:
        if not after_command:
            raise
        return await _new_session(ctx, data, new_id())  # the command deleted it; its answer needs a place
    if not after_command:
        await _check_answerable(ctx, data, session)
    if data.model is not None:
        session.model = data.model
    return session


async def _new_session(ctx: Context, data: MessageSend, session_id: UUID) -> SessionRow:
    session = sessions.new_row(ctx, SessionOpen(channel=data.channel, model=data.model))
    session.id = session_id
    ctx.db.add(session)
    await ctx.db.flush()
    ctx.emit(SessionCreated(session_id=session.id))
    return session


async def _check_answerable(ctx: Context, data: MessageSend, session: SessionRow) -> None:
    if session.state != "open":
        raise SessionEnded(what="conversation")
    if await repository.active_turn_of(ctx.db, session.id) is not None:
        raise TurnRunning(what="conversation")
    if data.edit_of is not None:
        message = await repository.find_message(ctx.db, ctx.user_id, data.edit_of)
        if message is None or message.session_id != session.id or message.role != "person":
            raise MessageNotEditable(summary="")


def _turn(ctx: Context, session: SessionRow, turn_id: UUID) -> TurnRow:
    return TurnRow(
        id=turn_id,
        owner_id=ctx.user_id,
        session_id=session.id,
        state="queued",
        model=None,
        limited_to=None if ctx.principal.limited_to is None else sorted(ctx.principal.limited_to),
        key_id=ctx.principal.key_id,
        attempts=0,
        runner=None,
        input_tokens=0,
        output_tokens=0,
        cost=None,
        error=None,
        stop_requested_at=None,
        created_at=ctx.now,
        started_at=None,
        finished_at=None,
    )


def _message(ctx: Context, session: SessionRow, turn_id: UUID, role: str, parts: list[Part], status: str) -> MessageRow:
    return MessageRow(
        id=new_id(),
        owner_id=ctx.user_id,
        session_id=session.id,
        turn_id=turn_id,
        role=role,
        parts=dump_parts(parts),
        text=text_of(parts),
        raw=None,
        status=status,
        model=None,
        usage=None,
        error=None,
        created_at=ctx.now,
        superseded_at=None,
    )


def no_model(ctx: Context) -> NoticePart:
    """What is said where a model would have answered: how to connect one, and what works without."""
    return NoticePart(code="models.none", text=translate("assistant-no-model", ctx.locale))


def _answer_at_once(ctx: Context, session: SessionRow, turn: TurnRow, role: str, parts: list[Part]) -> MessageRow:
    turn.state, turn.started_at, turn.finished_at = "done", ctx.now, ctx.now
    answer = _message(ctx, session, turn.id, role, parts, "complete")
    ctx.db.add(answer)
    ctx.emit(MessageCreated(session_id=session.id, message_id=answer.id))
    ctx.emit(TurnFinished(session_id=session.id, turn_id=turn.id, state=turn.state))
    return answer


def _show_command(ctx: Context, session: SessionRow, turn: TurnRow, shown: commands.Result) -> None:
    answer = _answer_at_once(ctx, session, turn, "command", shown.parts)
    if shown.error is not None:
        turn.state, turn.error = "failed", shown.error.model_dump(mode="json")
        answer.status, answer.error = "failed", turn.error


async def stop(ctx: Context, turn_id: UUID) -> Turn:
    """Ask a turn to stop; whoever answers it hears at once. A finished turn stays as it is."""
    turn = await repository.lock_own_turn(ctx.db, ctx.user_id, turn_id)
    if turn is None:
        raise TurnNotFound(id=str(turn_id), what="turn")
    _ask_to_stop(ctx, turn)
    return to_turn(turn)


async def stop_everything(ctx: Context) -> Stopped:
    """Ask all the person's turns to stop, in every conversation; also those that wait for an approval."""
    turns = await repository.lock_active_turns(ctx.db, ctx.user_id)
    for turn in turns:
        _ask_to_stop(ctx, turn)
    return Stopped(answers=len(turns))


def _ask_to_stop(ctx: Context, turn: TurnRow) -> None:
    if turn.finished_at is None and turn.stop_requested_at is None:
        turn.stop_requested_at = ctx.now
        ctx.emit(TurnStopRequested(session_id=turn.session_id, turn_id=turn.id))


async def get(ctx: Context, turn_id: UUID) -> Turn:
    """A turn of the caller's, or of a session shown to them. Raises TurnNotFound."""
    turn = await repository.find_turn(ctx.db, ctx.user_id, turn_id)
    if turn is None:
        raise TurnNotFound(id=str(turn_id), what="turn")
    return to_turn(turn)
