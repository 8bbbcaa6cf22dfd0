"""How large a request is that the agent library makes, and how much of an answer each of its events brings."""

from collections.abc import Sequence

from pydantic_ai.messages import (
    ImageUrl,
    ModelMessage,
    ModelMessagesTypeAdapter,
    ModelResponseStreamEvent,
    PartDeltaEvent,
    PartStartEvent,
    UserPromptPart,
)
from pydantic_ai.models import ModelRequestParameters
from pydantic_core import to_json

from gitu.features.models.budgets.estimate import LINKED


def input_at_most(messages: Sequence[ModelMessage], parameters: ModelRequestParameters) -> int:
    """Tokens, from above: no tokenizer makes more tokens than there are bytes."""
    size = len(ModelMessagesTypeAdapter.dump_json(list(messages)))
    tools = [*parameters.function_tools, *parameters.output_tools]
    size += sum(
        len(to_json(tool.parameters_json_schema)) + len((tool.description or "").encode()) + 50 for tool in tools
    )
    linked = sum(
        isinstance(piece, ImageUrl)
        for message in messages
        for part in message.parts
        if isinstance(part, UserPromptPart) and not isinstance(part.content, str)
        for piece in part.content
    )
    return size + linked * LINKED


def bytes_of(event: ModelResponseStreamEvent) -> int:
    """How much of the answer an event brings."""
    if isinstance(event, PartDeltaEvent):
        piece = getattr(event.delta, "content_delta", None) or getattr(event.delta, "args_delta", None)
    elif isinstance(event, PartStartEvent):
        piece = getattr(event.part, "content", None) or getattr(event.part, "args", None)
    else:
        return 0
    return len(piece.encode()) if isinstance(piece, str) else len(to_json(piece)) if piece else 0
