"""A finished turn as a stream, for a watcher who comes when it is over.

Nothing here loads the agent library: who only reads conversations need not wait for it.
"""

from collections.abc import Callable, Sequence

import orjson
from ag_ui.core import (
    BaseEvent,
    CustomEvent,
    ReasoningMessageContentEvent,
    ReasoningMessageEndEvent,
    ReasoningMessageStartEvent,
    RunErrorEvent,
    RunFinishedEvent,
    RunStartedEvent,
    TextMessageContentEvent,
    TextMessageEndEvent,
    TextMessageStartEvent,
    ToolCallArgsEvent,
    ToolCallEndEvent,
    ToolCallResultEvent,
    ToolCallStartEvent,
)

from gitu.features.assistant.schemas import NoticePart, Part, ReasoningPart, TextPart, ToolCallPart
from gitu.features.assistant.tables import MessageRow, TurnRow
from gitu.features.assistant.views import parse_parts

Send = Callable[[BaseEvent], None]


def replay(turn: TurnRow, messages: Sequence[MessageRow]) -> list[BaseEvent]:
    """The whole turn anew, from a reset to its end."""
    events: list[BaseEvent] = [
        RunStartedEvent(thread_id=str(turn.session_id), run_id=str(turn.id)),
        CustomEvent(name="reset", value={}),
    ]
    for message in messages:
        if message.role == "assistant":
            for part in parse_parts(message.parts):
                tell(part, str(message.id), events.append)
    events.append(last_event(turn))
    return events


def last_event(turn: TurnRow) -> BaseEvent:
    """How the turn ended."""
    if turn.state in ("cut", "failed"):
        error = turn.error or {"code": "assistant.turn_failed", "detail": "The answer failed."}
        return RunErrorEvent(message=error["detail"], code=error["code"])
    return RunFinishedEvent(thread_id=str(turn.session_id), run_id=str(turn.id), result={"state": turn.state})


def start_event(part: ToolCallPart, message_id: str) -> ToolCallStartEvent:
    """A tool call that begins. The title is our own addition; an event may carry more than the protocol names."""
    return ToolCallStartEvent.model_validate(
        {
            "tool_call_id": part.id,
            "tool_call_name": part.name,
            "parent_message_id": message_id,
            "title": part.title,
        }
    )


def result_event(part: ToolCallPart, message_id: str) -> ToolCallResultEvent:
    """How a tool call ended."""
    told = part.model_dump(
        mode="json", include={"status", "output", "error", "approval_id", "receipt", "origin", "duration_ms"}
    )
    return ToolCallResultEvent(
        message_id=message_id, tool_call_id=part.id, content=orjson.dumps(told).decode(), role="tool"
    )


def tell(part: Part, message_id: str, send: Send) -> None:
    """A settled part as the events that would have told it."""
    match part:
        case TextPart(text=text):
            send(TextMessageStartEvent(message_id=message_id, role="assistant"))
            if text:
                send(TextMessageContentEvent(message_id=message_id, delta=text))
            send(TextMessageEndEvent(message_id=message_id))
        case ReasoningPart(text=text):
            send(ReasoningMessageStartEvent(message_id=message_id, role="reasoning"))
            if text:
                send(ReasoningMessageContentEvent(message_id=message_id, delta=text))
            send(ReasoningMessageEndEvent(message_id=message_id))
        case ToolCallPart():
            send(start_event(part, message_id))
            if part.input:
                send(ToolCallArgsEvent(tool_call_id=part.id, delta=orjson.dumps(part.input).decode()))
            send(ToolCallEndEvent(tool_call_id=part.id))
            if part.status != "running":
                send(result_event(part, message_id))
        case NoticePart(code=code, text=text):
            send(CustomEvent(name="notice", value={"code": code, "text": text}))
        case _:
            pass
