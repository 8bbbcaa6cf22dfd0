"""Earlier messages as the model's context, as many of the newest as fit its window."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_ai.messages import ModelMessage, ModelMessagesTypeAdapter, ModelRequest, UserPromptPart

from gitu.features.assistant.schemas import Part, ToolCallPart
from gitu.features.assistant.tables import MessageRow
from gitu.features.assistant.views import parse_parts

DEFAULT_WINDOW = 32_000
ANSWER_SHARE = 4
"""A quarter of the window is left for the answer."""
PROMPT_TOKENS = 3_500
MOST_LOADED = 400
PROGRAM_SAID = "assistant.send_message"
"""The action by which a program with a key speaks in a conversation; what it passes on may be from anywhere."""


@dataclass(frozen=True, slots=True)
class Context:
    """What goes to the model, and how many older messages had to stay out."""

    messages: list[ModelMessage]
    left_out: int
    outside: set[str]  # the actions whose answers brought content from outside


def room_for(window: int | None) -> int:
    """The tokens that messages may take of a model's window."""
    size = window or DEFAULT_WINDOW
    return max(1_000, size - size // ANSWER_SHARE - PROMPT_TOKENS)


def tokens_of(text: str) -> int:
    """A careful estimate without the model's tokenizer: UTF-8 bytes over three.

    English takes about four bytes a token and Arabic two letters of two bytes, so neither is underestimated.
    """
    return len(text.encode()) // 3 + 4


def build(rows: Sequence[MessageRow], room: int) -> Context:
    """The newest turns of ``rows`` (oldest first) that fit into ``room`` tokens; a turn is never torn.

    Content from outside counts also where it no longer fits: a later answer may repeat what it said.
    """
    turns: list[list[MessageRow]] = []
    for row in rows:
        if row.role == "person" or not turns:
            turns.append([])
        turns[-1].append(row)
    kept: list[list[ModelMessage]] = []
    outside = {name for row in rows for name in outside_of(parse_parts(row.parts))}
    left_out = 0
    for turn in reversed(turns):
        messages = [message for row in turn for message in to_model(row)]
        size = sum(tokens_of(_plain(row)) for row in turn)
        if left_out or size > room:
            left_out += len(turn)
            continue
        room -= size
        kept.append(messages)
    return Context([message for turn in reversed(kept) for message in turn], left_out, outside)


def outside_of(parts: Sequence[Part]) -> set[str]:
    """The actions that brought the parts from outside: those whose answers they are, or a program's message."""
    return {
        part.name.replace("__", ".", 1) if isinstance(part, ToolCallPart) else PROGRAM_SAID
        for part in parts
        if part.origin == "outside"
    }


def to_model(row: MessageRow) -> list[ModelMessage]:
    """One stored message as the model's own."""
    if row.role == "person":
        return [ModelRequest(parts=[UserPromptPart(content=row.text, timestamp=row.created_at)])]
    return load_raw(row.raw)


def load_raw(raw: list[Any] | None) -> list[ModelMessage]:
    """What was stored of a turn so far."""
    return ModelMessagesTypeAdapter.validate_python(raw) if raw else []


def dump_raw(messages: list[ModelMessage]) -> list[Any]:
    """A turn's messages as JSON."""
    return ModelMessagesTypeAdapter.dump_python(messages, mode="json")


def _plain(row: MessageRow) -> str:
    return row.text if row.role == "person" else str(row.raw or "")
