"""What the assistant can do."""

import time

from gitu.features.assistant import repository, sessions, turns
from gitu.features.assistant.schemas import (
    Message,
    MessageQuery,
    MessageSend,
    Sent,
    Session,
    SessionOpen,
    SessionQuery,
    SessionRef,
    SessionShare,
    SessionUpdate,
    Status,
    Stopped,
    Turn,
    TurnRef,
)
from gitu.features.assistant.views import to_session
from gitu.features.models import api as models
from gitu.kernel import __version__
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page
from gitu.kernel.actions.registry import Door, Nothing, Origin, Risk, action
from gitu.kernel.actions.validation import Input
from gitu.kernel.auth.principal import Role
from gitu.kernel.auth.scopes import declare_scope

CHAT = declare_scope("assistant:chat", role=Role.GUEST, title="Talk with the assistant")
READ = declare_scope("assistant:read", role=Role.GUEST, title="Read your conversations")
WRITE = declare_scope("assistant:write", role=Role.GUEST, title="Rename, share, end and delete conversations")
STATUS = declare_scope("status:read", role=Role.GUEST, title="See how this Gitu is doing")

# A conversation does not talk to itself, and commands don't begin turns inside turns.
OUTSIDE = frozenset({Door.REST, Door.WEBSOCKET, Door.CLI, Door.SYSTEM})


# Every person's door; what acts for a person is what it stops.
PEOPLE = frozenset({Door.REST, Door.WEBSOCKET, Door.CLI, Door.CHAT})


class NoInput(Input):
    """Nothing to give."""


@action("assistant.send_message", scope=CHAT, risk=Risk.WRITE, http="POST /messages", doors=OUTSIDE)
async def send_message(ctx: Context, data: MessageSend) -> Sent:
    """Send a message or a slash command; the answer streams on the turn it returns."""
    return await turns.send(ctx, data)


@action("assistant.stop_turn", scope=CHAT, risk=Risk.WRITE, http="POST /turns/{turn_id}/stop", doors=OUTSIDE)
async def stop_turn(ctx: Context, data: TurnRef) -> Turn:
    """Stop an answer; what has come so far stays."""
    return await turns.stop(ctx, data.turn_id)


@action("assistant.stop_everything", scope=CHAT, risk=Risk.WRITE, http="POST /stop", doors=PEOPLE)
async def stop_everything(ctx: Context, data: NoInput) -> Stopped:
    """Stop everything that acts for you, now."""
    return await turns.stop_everything(ctx)


@action("assistant.get_turn", scope=READ, risk=Risk.READ, http="GET /turns/{turn_id}", untracked=True)
async def get_turn(ctx: Context, data: TurnRef) -> Turn:
    """Show how far an answer is."""
    return await turns.get(ctx, data.turn_id)


@action("assistant.open_session", scope=CHAT, risk=Risk.WRITE, http="POST /sessions")
async def open_session(ctx: Context, data: SessionOpen) -> Session:
    """Begin a conversation, or go on with the open one of a channel's thread."""
    return await sessions.open_session(ctx, data)


# What is kept of conversations repeats mail, pages and other people's words: read again, it is from outside as before.
@action(
    "assistant.list_sessions",
    scope=READ,
    risk=Risk.READ,
    http="GET /sessions",
    core_tool=True,
    origin=Origin.OUTSIDE,
)
async def list_sessions(ctx: Context, data: SessionQuery) -> Page[Session]:
    """List your conversations, or search their titles and messages."""
    return await sessions.list_sessions(ctx, data)


@action("assistant.get_session", scope=READ, risk=Risk.READ, http="GET /sessions/{session_id}", origin=Origin.OUTSIDE)
async def get_session(ctx: Context, data: SessionRef) -> Session:
    """Show one conversation."""
    return await to_session(ctx, await sessions.readable(ctx, data.session_id))


@action(
    "assistant.list_messages",
    scope=READ,
    risk=Risk.READ,
    http="GET /sessions/{session_id}/messages",
    core_tool=True,
    origin=Origin.OUTSIDE,
)
async def list_messages(ctx: Context, data: MessageQuery) -> Page[Message]:
    """Read a conversation's messages, the newest first."""
    return await sessions.list_messages(ctx, data)


@action("assistant.update_session", scope=WRITE, risk=Risk.WRITE, http="PATCH /sessions/{session_id}")
async def update_session(ctx: Context, data: SessionUpdate) -> Session:
    """Rename a conversation, or choose its model."""
    return await sessions.update(ctx, data)


@action("assistant.end_session", scope=WRITE, risk=Risk.WRITE, http="POST /sessions/{session_id}/end")
async def end_session(ctx: Context, data: SessionRef) -> Session:
    """End a conversation; it can be resumed."""
    return await sessions.set_state(ctx, data.session_id, "ended")


@action("assistant.resume_session", scope=WRITE, risk=Risk.WRITE, http="POST /sessions/{session_id}/resume")
async def resume_session(ctx: Context, data: SessionRef) -> Session:
    """Go on with a conversation that was ended."""
    return await sessions.set_state(ctx, data.session_id, "open")


@action("assistant.share_session", scope=WRITE, risk=Risk.DANGEROUS, http="POST /sessions/{session_id}/share")
async def share_session(ctx: Context, data: SessionShare) -> Session:
    """Let another person of this Gitu read a conversation."""
    return await sessions.share(ctx, data)


@action("assistant.delete_session", scope=WRITE, risk=Risk.DANGEROUS, http="DELETE /sessions/{session_id}")
async def delete_session(ctx: Context, data: SessionRef) -> Nothing:
    """Delete a conversation with all its messages."""
    await sessions.delete(ctx, data.session_id)
    return Nothing()


@action("assistant.get_status", scope=STATUS, risk=Risk.READ, http="GET /status", core_tool=True)
async def get_status(ctx: Context, data: NoInput) -> Status:
    """Show how this Gitu is doing: version, model, open conversations, running answers."""
    open_sessions, running = await repository.counts(ctx.db, ctx.user_id)
    return Status(
        version=__version__,
        uptime_s=int(time.monotonic() - ctx.services.started_at),
        model=await models.chosen_model(ctx.services, ctx.user_id),
        open_sessions=open_sessions,
        running_turns=running,
        database="ok",
    )
