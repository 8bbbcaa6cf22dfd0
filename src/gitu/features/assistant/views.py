"""Rows as the schemas that people see."""

from collections.abc import Sequence
from typing import Any, cast

from pydantic import TypeAdapter

from gitu.features.assistant import repository
from gitu.features.assistant.repository import Listed
from gitu.features.assistant.schemas import (
    ErrorInfo,
    Message,
    MessageStatus,
    Part,
    Session,
    Turn,
    TurnState,
    Usage,
)
from gitu.features.assistant.tables import MessageRow, SessionRow, TurnRow
from gitu.features.identity import api as identity
from gitu.kernel.actions.context import Context

PREVIEW = 140

_parts: TypeAdapter[list[Part]] = TypeAdapter(list[Part])
_sessions: TypeAdapter[list[Session]] = TypeAdapter(list[Session])


async def to_sessions(ctx: Context, rows: Sequence[Listed]) -> list[Session]:
    """Sessions with the names of their owners, all checked in one go, which takes half the time of one by one."""
    me = ctx.user_id
    others = {row[1] for row in rows if row[1] != me}
    names = {me: ctx.principal.name}
    if others:
        names |= await identity.names_of(ctx.db, others)
    # Taken apart at once: reading a field by its name costs as much as checking it.
    return _sessions.validate_python(
        [
            {
                "id": session_id,
                "title": title,
                "channel": channel,
                "thread": thread,
                "model": model,
                "state": state,
                "last_message_preview": preview,
                "cost": cost,
                "owner_name": names.get(owner_id, ""),
                "shared": shared,
                "active_turn_id": active_turn_id,
                "created_at": created_at,
                "updated_at": updated_at,
            }
            for (
                session_id,
                owner_id,
                channel,
                thread,
                title,
                model,
                state,
                preview,
                cost,
                created_at,
                updated_at,
                active_turn_id,
                shared,
            ) in rows
        ]
    )


async def to_session(ctx: Context, row: SessionRow) -> Session:
    """One session."""
    found = await repository.beside(ctx.db, [row.id])
    return (await to_sessions(ctx, [Listed.of(row, found[row.id])]))[0]


def to_message(row: MessageRow) -> Message:
    """A message as it is shown."""
    parts = parse_parts(row.parts)
    if row.role == "person":
        for part in parts:
            part.origin = "person"
    return Message(
        id=row.id,
        session_id=row.session_id,
        turn_id=row.turn_id,
        role=cast("Any", row.role),
        parts=parts,
        status=cast("MessageStatus", row.status),
        model=row.model,
        usage=Usage.model_validate(row.usage) if row.usage else None,
        error=ErrorInfo.model_validate(row.error) if row.error else None,
        created_at=row.created_at,
    )


def to_turn(row: TurnRow) -> Turn:
    """A turn as it stands."""
    return Turn(
        id=row.id,
        session_id=row.session_id,
        state=cast("TurnState", row.state),
        model=row.model,
        usage=Usage(input_tokens=row.input_tokens, output_tokens=row.output_tokens, cost=row.cost),
        error=ErrorInfo.model_validate(row.error) if row.error else None,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )


def preview_of(text: str) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text[: PREVIEW * 4].split())
    return line if len(line) <= PREVIEW else line[: PREVIEW - 1] + "…"


def parse_parts(parts: list[dict[str, Any]]) -> list[Part]:
    """Stored parts as objects."""
    return _parts.validate_python(parts)


def dump_parts(parts: list[Part]) -> list[dict[str, Any]]:
    """Parts as they are stored."""
    return _parts.dump_python(parts, mode="json")


def text_of(parts: list[Part]) -> str:
    """What was said, without tools and notices: for previews and for search."""
    return "\n\n".join(part.text for part in parts if part.type == "text" and part.text)
