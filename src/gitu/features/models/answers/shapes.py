"""An answer of chat completions as a whole and as a stream, each made of the other; and whether an answer is good.

https://platform.openai.com/docs/api-reference/chat/object, https://platform.openai.com/docs/api-reference/chat-streaming
"""

from collections.abc import Iterator
from typing import Any, Final, cast

import msgspec

Json = dict[str, Any]  # a provider's answer may have more fields than are documented

GOOD: Final = ("stop", "tool_calls")  # an answer that was cut short or filtered may be another the next time
_WORDS: Final = ("content", "refusal", "reasoning_content", "reasoning")
_MOST_CALLS: Final = 1_000
_encode = msgspec.json.Encoder().encode


class _Choice(msgspec.Struct):
    finish_reason: str | None = None


class _Finished(msgspec.Struct):
    choices: list[_Choice]


class _Ended(msgspec.Struct):
    status: str
    error: msgspec.Raw = msgspec.Raw(b"null")


_finished = msgspec.json.Decoder(_Finished)
_ended = msgspec.json.Decoder(_Ended)


def is_good(whole: bytes) -> bool:
    """Whether a whole answer ended as it should, and is one."""
    try:
        choices = _finished.decode(whole).choices
    except msgspec.DecodeError:
        return False
    return len(choices) == 1 and choices[0].finish_reason in GOOD


def is_completed(response: bytes) -> bool:
    """Whether a response ended as it should."""
    try:
        ended = _ended.decode(response)
    except msgspec.DecodeError:
        return False
    return ended.status == "completed" and bytes(ended.error) == b"null"


def streamed(whole: bytes, *, with_usage: bool) -> list[bytes]:
    """The events of a stream that says the same as a good whole answer."""
    answer: Json = msgspec.json.decode(whole)
    (choice,) = answer["choices"]
    message: Json = choice["message"]
    head = {name: value for name, value in answer.items() if name not in ("choices", "usage")}
    head["object"] = "chat.completion.chunk"
    calls = [{"index": place, **one} for place, one in enumerate(message.get("tool_calls") or [])]
    rest = {name: value for name, value in message.items() if value is not None and name not in ("tool_calls", *_WORDS)}
    begun = "" if message.get("content") is not None else None
    deltas: list[Json] = [{"content": begun, **rest, "role": "assistant"}]
    deltas += [{name: message[name]} for name in reversed(_WORDS) if message.get(name)]
    deltas += [{"tool_calls": [one]} for one in calls]

    def event(choices: list[Json], **more: Any) -> bytes:
        return b"data: " + _encode({**head, "choices": choices, **more}) + b"\n\n"

    usage = {"usage": None} if with_usage else {}
    plain: Json = {"index": 0, "finish_reason": None, "logprobs": None}
    events = [event([{**plain, "delta": delta}], **usage) for delta in deltas]
    last: Json = {**plain, "delta": {}, "finish_reason": choice["finish_reason"], "logprobs": choice.get("logprobs")}
    events.append(event([last], **usage))
    if with_usage:
        events.append(event([], usage=answer.get("usage")))
    return [*events, b"data: [DONE]\n\n"]


def gathered(stream: bytes) -> bytes | None:
    """The whole answer that a finished stream of chunks has told; None where it is not good, or not understood."""
    said = _Gathering()
    try:
        for data in _data_of(stream):
            if data == b"[DONE]":
                return said.whole()
            if not said.take(msgspec.json.decode(data)):
                return None
    except (msgspec.DecodeError, RecursionError, KeyError, TypeError, ValueError, AttributeError, IndexError):
        pass  # a shape of its provider's own
    return None


class _Gathering:
    """The chunks so far, as one answer."""

    def __init__(self) -> None:
        self._head: Json = {}
        self._message: Json = {"role": "assistant", "content": None}
        self._calls: list[Json] = []
        self._finish: str | None = None
        self._usage: Json | None = None

    def take(self, chunk: Json) -> bool:
        """Add a chunk; whether all of it was understood."""
        told = {name: value for name, value in chunk.items() if name not in ("choices", "usage")}
        self._head = {**told, **self._head}
        self._usage = chunk.get("usage") or self._usage
        choices = cast("list[Json]", chunk.get("choices") or [])
        return all(self._add(choice) for choice in choices)

    def whole(self) -> bytes | None:
        """The answer, where it ended well."""
        if self._finish not in GOOD or self._usage is None:
            return None
        if self._calls:
            self._message["tool_calls"] = self._calls
        choice = {"index": 0, "message": self._message, "finish_reason": self._finish, "logprobs": None}
        return _encode({**self._head, "object": "chat.completion", "choices": [choice], "usage": self._usage})

    def _add(self, choice: Json) -> bool:
        if choice.get("index", 0) != 0 or choice.get("logprobs"):
            return False
        self._finish = choice.get("finish_reason") or self._finish
        delta = cast("Json", choice.get("delta") or {})
        for name, value in delta.items():
            if value in (None, "", [], {}) or name == "role":
                if name == "content" and value == "" and self._message["content"] is None:
                    self._message["content"] = ""
            elif name in _WORDS:
                self._message[name] = (self._message.get(name) or "") + value
            elif name == "tool_calls":
                for call in cast("list[Json]", value):
                    self._call(call)
            else:
                return False
        return True

    def _call(self, call: Json) -> None:
        place = call.get("index", len(self._calls))
        if not 0 <= place <= len(self._calls) or place >= _MOST_CALLS:
            raise IndexError
        if place == len(self._calls):
            made = {name: value for name, value in call.items() if name != "index"}
            self._calls.append({**made, "function": dict(call["function"])})
            return
        known = cast("Json", self._calls[place]["function"])
        known["arguments"] = (known.get("arguments") or "") + (call["function"].get("arguments") or "")


def _data_of(stream: bytes) -> Iterator[bytes]:
    for event in stream.replace(b"\r\n", b"\n").split(b"\n\n"):
        lines = [line[5:].strip() for line in event.split(b"\n") if line.startswith(b"data:")]
        if lines:
            yield b"\n".join(lines)
