"""Slash commands in a conversation: an action typed by hand, its answer shown as text or as a table."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast
from uuid import UUID

from pydantic import BaseModel

from gitu.features.assistant.schemas import (
    Column,
    ErrorInfo,
    NoticePart,
    Part,
    TablePart,
    TextPart,
    ToolCallPart,
)
from gitu.features.trust import api as trust
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.execute import Call, execute
from gitu.kernel.actions.paging import Page
from gitu.kernel.actions.registry import Door, registry
from gitu.kernel.actions.slash import Entry, parse_command
from gitu.kernel.auth.scopes import allows
from gitu.kernel.errors import ApprovalNeeded, GituError
from gitu.kernel.i18n import translate

MOST_COLUMNS = 6
HELP = ("/help", "/?")
STOP = ("/stop", "/توقف")
STOP_EVERYTHING = "/assistant stop-everything"


@dataclass
class Result:
    """What the conversation shows; ``error`` when the command did not go through."""

    parts: list[Part] = field(default_factory=list[Part])
    error: ErrorInfo | None = None


def stops(text: str) -> bool:
    """Whether a command stops everything: it is taken while an answer is under way, where others wait."""
    return text.strip().lower() in (*STOP, STOP_EVERYTHING)


async def run(ctx: Context, text: str, session_id: UUID, turn_id: UUID) -> Result:
    """Run a typed command as its person, through the chat door. Never raises a GituError: it is shown."""
    if text.split(maxsplit=1)[0].lower() in HELP:
        return Result([_help(ctx)])
    name = text.split(maxsplit=1)[0]
    if stops(text):
        text = STOP_EVERYTHING
    try:
        command = parse_command(text, catalogue())
        name = command.name
        call = Call(
            door=Door.CHAT,
            request_id=ctx.request_id,
            address=ctx.address,
            idempotency_key=f"{turn_id}:command",
            origin={"session_id": str(session_id), "turn_id": str(turn_id)},
        )
        answer = await execute(ctx.services, ctx.principal, name, command.payload, call)
    except ApprovalNeeded as held:
        action = registry.get(name)
        part = ToolCallPart(
            id=str(turn_id),
            name=action.tool_name,
            title=trust.title_of(action, ctx.locale),
            status="held",
            approval_id=UUID(str(held.params["approval_id"])),
        )
        return Result([part])
    except GituError as error:
        detail = error.localised(ctx.locale)
        return Result([NoticePart(code=error.code, text=detail)], ErrorInfo(code=error.code, detail=detail))
    return Result(show(answer, ctx.locale))


@cache
def catalogue() -> tuple[Entry, ...]:
    """Every action that can be typed, as the parser wants it."""
    return tuple(
        {"name": action.name, "summary": action.summary, "input_schema": action.input.model_json_schema()}
        for action in registry.all()
        if Door.CHAT in action.doors
    )


def _help(ctx: Context) -> TablePart:
    rows = [
        {"command": f"/{action.command}", "summary": trust.title_of(action, ctx.locale)}
        for action in registry.all()
        if Door.CHAT in action.doors and action.scope is not None and allows(ctx.principal, action.scope)
    ]
    columns = [
        Column(key="command", title=translate("assistant-help-command", ctx.locale)),
        Column(key="summary", title=translate("assistant-help-summary", ctx.locale)),
    ]
    return TablePart(columns=columns, rows=rows)


def show(answer: BaseModel, locale: str) -> list[Part]:
    """An action's answer as people read it: lists as a table, objects as a list of their fields."""
    data = answer.model_dump(mode="json")
    if "items" in data:
        return _show_list(data["items"], data, answer, locale)
    if not data:
        return [TextPart(text=translate("assistant-command-done", locale))]
    return [TextPart(text="\n".join(f"- **{_title(key)}**: {_cell(value)}" for key, value in data.items()))]


def _show_list(items: list[dict[str, Any]], data: dict[str, Any], answer: BaseModel, locale: str) -> list[Part]:
    if not items:
        return [TextPart(text=translate("assistant-command-empty", locale))]
    keys = [key for key in items[0] if not isinstance(items[0][key], (dict, list))][:MOST_COLUMNS]
    parts: list[Part] = [
        TablePart(
            columns=[Column(key=key, title=_title(key)) for key in keys],
            rows=[{key: item.get(key) for key in keys} for item in items],
        )
    ]
    if isinstance(answer, Page) and data.get("next_cursor"):
        parts.append(
            NoticePart(
                code="command.more",
                text=translate("assistant-command-more", locale, cursor=str(data["next_cursor"])),
            )
        )
    return parts


def _title(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _cell(value: Any) -> str:  # JSON
    if isinstance(value, list):
        return ", ".join(_cell(item) for item in cast("list[Any]", value)) or "–"
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return ", ".join(f"{_title(key)} {_cell(item)}" for key, item in fields.items())
    return "–" if value is None else str(value)
