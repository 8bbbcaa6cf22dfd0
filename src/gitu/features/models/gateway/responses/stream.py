"""A stream of chat completion chunks as the Responses API's events, in their published order."""

from dataclasses import dataclass
from typing import Final

import msgspec

from gitu.features.models.gateway.responses.answer import (
    ChatUsage,
    Envelope,
    Shape,
    Spoken,
    ToolCall,
    function_call,
    message,
    refusal_part,
    text_part,
    thought,
    thought_part,
)
from gitu.features.models.gateway.responses.events import Splitter, data_of
from gitu.features.models.gateway.shapes import Usage, write
from gitu.features.models.gateway.wire import WireError
from gitu.kernel.errors import GituError

_TEXT, _REFUSAL, _THOUGHT = "output_text", "refusal", "reasoning_text"
_PARTS: Final = {_TEXT: text_part, _REFUSAL: refusal_part, _THOUGHT: thought_part}
_MOST: Final = 64_000_000  # bytes of an answer


class _Choice(msgspec.Struct):
    delta: Spoken = msgspec.field(default_factory=Spoken)
    finish_reason: str | None = None


class _Chunk(msgspec.Struct):
    choices: list[_Choice] | None = None
    usage: ChatUsage | None = None
    error: msgspec.Raw = msgspec.Raw(b"null")


_chunk = msgspec.json.Decoder(_Chunk)


@dataclass(slots=True)
class _Said:
    """The message, or the thought, that is being told; its last part is open."""

    id: str
    thinks: bool
    parts: list[Shape]
    kind: str
    said: list[str]

    def item(self, status: str) -> Shape:
        """It as an item."""
        return (thought if self.thinks else message)(self.id, status, self.parts)

    def close_part(self) -> Shape:
        """Its last part, whole."""
        self.parts[-1] = _PARTS[self.kind]("".join(self.said))
        return self.parts[-1]


@dataclass(slots=True)
class _Call:
    """The call that is being written."""

    id: str
    call_id: str
    name: str
    index: int | None
    written: list[str]

    def item(self, status: str) -> Shape:
        """It as an item."""
        return function_call(self.id, status, self.call_id, self.name, "".join(self.written))


class TranslatedStream:
    """One answer: ``passed`` for every piece that comes, then ``end``, or ``broken``."""

    def __init__(self, envelope: Envelope) -> None:
        self.usage: Usage | None = None
        self._envelope = envelope
        self._splitter = Splitter()
        self._number = 0
        self._output: list[Shape] = []  # items that are whole
        self._open: _Said | _Call | None = None
        self._size = 0
        self._indexes: set[int] = set()
        self._finish: str | None = None
        self.over = False  # the last event is told
        self.failed: str | None = None  # chat completions have no event for that
        self._out: list[bytes] = []

    def passed(self, data: bytes) -> bytes:
        """The events for what arrived. Raises WireError where the provider fails, or says what is no chunk."""
        for event in self._splitter.split(data):
            self._take(data_of(event))
        return self._taken()

    def end(self) -> bytes:
        """The last events. Raises WireError where the provider had not finished."""
        self._take(data_of(self._splitter.end()))
        if self._finish is None and not self.over:
            raise WireError("read", "the stream ended before the answer did")
        self._finished()
        return self._taken()

    def broken(self, error: GituError, locale: str) -> bytes:
        """The event that tells that no more comes; nothing where the answer was whole."""
        if self.over:
            return b""
        self._begin()
        output = list(self._output)
        if isinstance(self._open, _Said):
            self._open.close_part()
        if self._open is not None:
            output.append(self._open.item("incomplete"))
        failure = {"code": "server_error", "message": error.localised(locale)}
        self._tell("response.failed", response=self._envelope.response("failed", output, self.usage, error=failure))
        return self._taken()

    def _take(self, data: bytes) -> None:
        if not data or self.over:
            return
        self._begin()
        self._size += len(data)
        if self._size > _MOST:
            raise WireError("read", "the answer is too large")
        if data == b"[DONE]":
            self._finished()
            return
        try:
            chunk = _chunk.decode(data)
        except (msgspec.DecodeError, RecursionError):
            raise WireError("read", "an event is no chunk") from None
        if bytes(chunk.error) != b"null":
            raise WireError("read", "the provider failed")
        if chunk.usage is not None:
            self.usage = chunk.usage
        for choice in (chunk.choices or ())[:1]:
            delta = choice.delta
            if delta.thought:
                self._say(_THOUGHT, delta.thought)
            if delta.text:
                self._say(_TEXT, delta.text)
            if delta.refusal:
                self._say(_REFUSAL, delta.refusal)
            for call in delta.tool_calls or ():
                self._call(call)
            self._finish = choice.finish_reason or self._finish

    def _begin(self) -> None:
        if self._number == 0:
            state = self._envelope.response("in_progress", [])
            self._tell("response.created", response=state)
            self._tell("response.in_progress", response=state)

    def _say(self, kind: str, text: str) -> None:
        open_ = self._open
        if not isinstance(open_, _Said) or open_.thinks is not (kind == _THOUGHT):
            self._close()
            open_ = self._open = _Said(
                self._envelope.new_id("rs" if kind == _THOUGHT else "msg"), kind == _THOUGHT, [], kind, []
            )
            self._tell("response.output_item.added", output_index=len(self._output), item=open_.item("in_progress"))
            self._add_part(open_, kind)
        elif open_.kind != kind:
            self._close_part(open_)
            self._add_part(open_, kind)
        open_.said.append(text)
        more: Shape = {"logprobs": []} if kind == _TEXT else {}
        self._tell(f"response.{kind}.delta", **self._part_place(open_), delta=text, **more)

    def _add_part(self, open_: _Said, kind: str) -> None:
        part = _PARTS[kind]("")
        open_.kind, open_.said = kind, []
        open_.parts.append(part)
        self._tell("response.content_part.added", **self._part_place(open_), part=part)

    def _close_part(self, open_: _Said) -> None:
        part = open_.close_part()
        place = self._part_place(open_)
        told = {name: part[name] for name in ("text", "refusal", "logprobs") if name in part}
        self._tell(f"response.{open_.kind}.done", **place, **told)
        self._tell("response.content_part.done", **place, part=part)

    def _part_place(self, open_: _Said) -> Shape:
        return {"item_id": open_.id, "output_index": len(self._output), "content_index": len(open_.parts) - 1}

    def _call(self, call: ToolCall) -> None:
        open_ = self._open
        # some providers number no calls, or all of them alike, and give each its id
        if (
            not isinstance(open_, _Call)
            or (call.index is not None and call.index != open_.index)
            or (call.id and call.id != open_.call_id)
        ):
            open_ = self._begin_call(call)
        if call.function.arguments:
            open_.written.append(call.function.arguments)
            place = {"item_id": open_.id, "output_index": len(self._output)}
            self._tell("response.function_call_arguments.delta", **place, delta=call.function.arguments)

    def _begin_call(self, call: ToolCall) -> _Call:
        name, call_id = call.function.name, call.id or self._envelope.new_id("call")
        if not name or (call.index in self._indexes and not call.id):
            raise WireError("read", "a call goes on that was over")
        self._close()
        if call.index is not None:
            self._indexes.add(call.index)
        begun = self._open = _Call(self._envelope.new_id("fc"), call_id, name, call.index, [])
        self._tell("response.output_item.added", output_index=len(self._output), item=begun.item("in_progress"))
        return begun

    def _close(self, status: str = "completed") -> None:
        """The open item is whole."""
        open_, at = self._open, len(self._output)
        if open_ is None:
            return
        if isinstance(open_, _Said):
            self._close_part(open_)
        else:
            place = {"item_id": open_.id, "output_index": at}
            written = "".join(open_.written)
            self._tell("response.function_call_arguments.done", **place, name=open_.name, arguments=written)
        item = open_.item(status)
        self._tell("response.output_item.done", output_index=at, item=item)
        self._output.append(item)
        self._open = None

    def _finished(self) -> None:
        if self.over:
            return
        self.over = True
        ended = self._envelope.ended(self._finish, [], self.usage)
        self._close(ended["status"])
        response = {**ended, "output": self._output}
        self._tell(f"response.{response['status']}", response=response)

    def _tell(self, kind: str, **fields: object) -> None:
        data = write({"type": kind, "sequence_number": self._number, **fields})
        self._number += 1
        self._out.append(b"event: %b\ndata: %b\n\n" % (kind.encode(), data))

    def _taken(self) -> bytes:
        out = b"".join(self._out)
        self._out.clear()
        return out
