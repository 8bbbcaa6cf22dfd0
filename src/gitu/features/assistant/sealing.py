"""A turn that ended early, made fit for the next one: every tool call has an answer, and what was said stays."""

from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelResponse,
    TextPart,
    ToolCallPart,
    ToolReturnPart,
)

from gitu.features.assistant.schemas import Part
from gitu.features.assistant.schemas import TextPart as ShownText

CUT_SHORT = "This call was cut short; nobody knows whether it ran. Check before repeating it."


def sealed(raw: list[ModelMessage], parts: list[Part]) -> list[ModelMessage]:
    """``raw`` with answers for its open calls, and with the text that had streamed in but not settled.

    Providers refuse a history in which a tool call has no answer.
    """
    messages = list(raw)
    answered = {
        part.tool_call_id
        for message in messages
        if isinstance(message, ModelRequest)
        for part in message.parts
        if isinstance(part, ToolReturnPart)
    }
    calls = [
        part
        for message in messages
        if isinstance(message, ModelResponse)
        for part in message.parts
        if isinstance(part, ToolCallPart) and part.tool_call_id not in answered
    ]
    if calls:
        messages.append(
            ModelRequest(
                parts=[
                    ToolReturnPart(tool_name=call.tool_name, content=CUT_SHORT, tool_call_id=call.tool_call_id)
                    for call in calls
                ]
            )
        )
    loose = _loose_text(messages, parts)
    if loose:
        messages.append(ModelResponse(parts=[TextPart(content=loose)]))
    return messages


def _loose_text(messages: list[ModelMessage], parts: list[Part]) -> str:
    settled = sum(
        1
        for message in messages
        if isinstance(message, ModelResponse)
        for part in message.parts
        if isinstance(part, TextPart)
    )
    shown = [part.text for part in parts if isinstance(part, ShownText)]
    return "\n\n".join(text for text in shown[settled:] if text)
