"""Chat completions' answer as a response object."""

import time
from typing import Any, Final
from uuid import uuid4

import msgspec

from gitu.features.models.gateway.shapes import Fields, Usage, text_of, write

Shape = dict[str, Any]  # an object as the Responses API describes it

_ECHOED: Final[Shape] = {
    "instructions": None,
    "max_output_tokens": None,
    "max_tool_calls": None,
    "metadata": {},
    "parallel_tool_calls": True,
    "reasoning": {"effort": None, "summary": None},
    "temperature": None,
    "text": {"format": {"type": "text"}},
    "tool_choice": "auto",
    "tools": [],
    "top_p": None,
    "user": None,
}
_CUT_SHORT: Final = {
    "length": "max_output_tokens",
    "model_length": "max_output_tokens",
    "content_filter": "content_filter",
}


class _Thought(msgspec.Struct):
    reasoning_tokens: int | None = 0


class ChatUsage(Usage):
    """Tokens as chat completions tell them, those of reasoning too."""

    completion_tokens_details: _Thought | None = None


class Said(msgspec.Struct):
    """A piece of a text where a provider gives a list of them; of other types it has no text."""

    text: str = ""


class Function(msgspec.Struct):
    """A function that is called, or what a chunk adds to it."""

    name: str | None = None
    arguments: str | None = None


class ToolCall(msgspec.Struct):
    """A call, or what a chunk adds to one."""

    index: int | None = None
    id: str | None = None
    function: Function = msgspec.field(default_factory=Function)


class Spoken(msgspec.Struct):
    """A message, or what a chunk adds to it."""

    content: str | list[Said] | None = None
    refusal: str | None = None
    tool_calls: list[ToolCall] | None = None
    reasoning_content: str | None = None
    reasoning: msgspec.Raw = msgspec.Raw(b"null")  # a text too, as other servers name it

    @property
    def text(self) -> str:
        """What is said in it."""
        if isinstance(self.content, list):
            return "".join(part.text for part in self.content)
        return self.content or ""

    @property
    def thought(self) -> str:
        """What the model thinks before it speaks, where its server tells."""
        return self.reasoning_content or text_of(self.reasoning) or ""


class _Choice(msgspec.Struct):
    message: Spoken
    finish_reason: str | None = None


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    usage: ChatUsage | None = None


_completion = msgspec.json.Decoder(_Completion)


class Envelope:
    """What stays the same in one response from its first event to its last."""

    def __init__(self, fields: Fields, model: str) -> None:
        self._own = uuid4().hex
        self._items = 0
        echoed = {name: fields.get(name, default) for name, default in _ECHOED.items()}
        for name, value in echoed.items():
            if isinstance(value, msgspec.Raw) and bytes(value) == b"null":
                echoed[name] = _ECHOED[name]
        self._fixed: Shape = {
            "id": f"resp_{self._own}",
            "object": "response",
            "created_at": int(time.time()),
            "model": model,
            "background": False,
            "previous_response_id": None,
            "store": False,
            "truncation": "disabled",
            **echoed,
        }

    def new_id(self, kind: str) -> str:
        """The id of one more item: ``rs``, ``msg``, ``fc``, or ``call`` for a call that has none."""
        self._items += 1
        return f"{kind}_{self._own}{self._items:02x}"

    def response(self, status: str, output: list[Shape], usage: Usage | None = None, **more: Any) -> Shape:
        """The response in this state. ``more``: ``error``, ``incomplete_details``."""
        told = {"error": None, "incomplete_details": None, "completed_at": None, **more}
        if status == "completed":
            told["completed_at"] = int(time.time())
        return {**self._fixed, "status": status, "output": output, "usage": _usage(usage), **told}

    def ended(self, finish_reason: str | None, output: list[Shape], usage: Usage | None) -> Shape:
        """The response whose model stopped for this reason."""
        reason = _CUT_SHORT.get(finish_reason or "")
        if reason is None:
            return self.response("completed", output, usage)
        if output:
            output[-1] = {**output[-1], "status": "incomplete"}
        return self.response("incomplete", output, usage, incomplete_details={"reason": reason})


def _usage(usage: Usage | None) -> Shape | None:
    if usage is None:
        return None
    thought = usage.completion_tokens_details if isinstance(usage, ChatUsage) else None
    tokens = usage.counted()
    return {
        "input_tokens": tokens.input,
        "input_tokens_details": {"cached_tokens": tokens.cache_read, "cache_write_tokens": tokens.cache_write},
        "output_tokens": tokens.output,
        "output_tokens_details": {"reasoning_tokens": max(thought.reasoning_tokens or 0, 0) if thought else 0},
        "total_tokens": tokens.input + tokens.output,
    }


def text_part(text: str) -> Shape:
    """A text in a message."""
    return {"type": "output_text", "text": text, "annotations": [], "logprobs": []}


def refusal_part(text: str) -> Shape:
    """What the model says instead of an answer."""
    return {"type": "refusal", "refusal": text}


def thought_part(text: str) -> Shape:
    """What the model thinks."""
    return {"type": "reasoning_text", "text": text}


def thought(item_id: str, status: str, content: list[Shape]) -> Shape:
    """An item of what the model thought; nobody summed it up."""
    return {"id": item_id, "type": "reasoning", "status": status, "summary": [], "content": content}


def message(item_id: str, status: str, content: list[Shape]) -> Shape:
    """An item of what the model said."""
    return {"id": item_id, "type": "message", "status": status, "role": "assistant", "content": content}


def function_call(item_id: str, status: str, call_id: str, name: str, arguments: str) -> Shape:
    """An item of a function that the model calls."""
    called = {"call_id": call_id, "name": name, "arguments": arguments}
    return {"id": item_id, "type": "function_call", "status": status, **called}


def answered(whole: bytes, envelope: Envelope) -> bytes | None:
    """The response; None for what is no completion."""
    try:
        completion = _completion.decode(whole)
    except (msgspec.DecodeError, RecursionError):
        return None
    if not completion.choices:
        return None
    choice = completion.choices[0]
    spoken, output = choice.message, list[Shape]()
    if spoken.thought:
        output.append(thought(envelope.new_id("rs"), "completed", [thought_part(spoken.thought)]))
    parts = [text_part(spoken.text)] if spoken.text else []
    if spoken.refusal:
        parts.append(refusal_part(spoken.refusal))
    if parts:
        output.append(message(envelope.new_id("msg"), "completed", parts))
    for call in spoken.tool_calls or ():
        name, arguments = call.function.name or "", call.function.arguments or ""
        call_id = call.id or envelope.new_id("call")
        output.append(function_call(envelope.new_id("fc"), "completed", call_id, name, arguments))
    return write(envelope.ended(choice.finish_reason, output, completion.usage))
