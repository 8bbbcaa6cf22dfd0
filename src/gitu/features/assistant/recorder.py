"""What a model streams, told twice: as AG-UI events to whoever watches, and as the parts that are stored.

Protocol: https://docs.ag-ui.com/concepts/events.
"""

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

import orjson
from ag_ui.core import (
    CustomEvent,
    ReasoningMessageContentEvent,
    ReasoningMessageEndEvent,
    ReasoningMessageStartEvent,
    TextMessageContentEvent,
    TextMessageEndEvent,
    TextMessageStartEvent,
    ToolCallArgsEvent,
    ToolCallEndEvent,
)
from pydantic_ai import messages as ai

from gitu.features.assistant.replay import Send, result_event, start_event, tell
from gitu.features.assistant.schemas import NoticePart, Part, ReasoningPart, TextPart, ToolCallPart


class Recorder:
    """Follows one turn. ``parts`` is at every moment what has been said and done so far."""

    def __init__(self, message_id: UUID, send: Send, title_of: Callable[[str], str]) -> None:
        self.parts: list[Part] = []
        self._message_id = str(message_id)
        self._send = send
        self._title_of = title_of
        self._open: dict[int, Part] = {}  # the parts of the response under way, by their index in it
        self._arguments: dict[str, str] = {}
        self._started: dict[str, float] = {}

    def resume(self, parts: list[Part]) -> None:
        """Begin from what an earlier attempt had settled; watchers drop what they hold and get that."""
        self._send(CustomEvent(name="reset", value={}))
        self.parts = parts
        for part in parts:
            tell(part, self._message_id, self._send)

    def model_event(self, event: object) -> None:
        """One event of a response that streams in."""
        match event:
            case ai.PartStartEvent(index=index, part=part):
                self._start(index, part)
            case ai.PartDeltaEvent(index=index, delta=delta):
                self._grow(index, delta)
            case ai.PartEndEvent(index=index):
                self._end(index)
            case _:
                pass

    def tool_event(self, event: object) -> None:
        """A tool was called, or has answered."""
        match event:
            case ai.FunctionToolCallEvent(part=call):
                self._started[call.tool_call_id] = time.perf_counter()
                self._find_call(call.tool_call_id, call.tool_name).input = call.args_as_dict()
            case ai.FunctionToolResultEvent(part=result):
                self._settle(result)
            case _:
                pass

    def held(self, tool_call_id: str, approval_id: str) -> None:
        """The call waits for the person's approval."""
        part = self._find_call(tool_call_id, "")
        part.status, part.approval_id = "held", UUID(approval_id)
        self._send(CustomEvent(name="approval", value={"approval_id": approval_id, "tool_call_id": tool_call_id}))

    def decided(self, tool_call_id: str) -> None:
        """The person has decided: the call goes on."""
        part = self._find_call(tool_call_id, "")
        part.status = "running"
        self._send(CustomEvent(name="decided", value={"tool_call_id": tool_call_id}))

    def ran(self, tool_call_id: str, receipt: UUID) -> None:
        """The action changed something."""
        self._find_call(tool_call_id, "").receipt = receipt

    def output(self, tool_call_id: str, stream: str, text: str) -> None:
        """The command that the call runs writes; its result keeps what matters of it."""
        value = {"tool_call_id": tool_call_id, "stream": stream, "text": text}
        self._send(CustomEvent(name="output", value=value))

    def from_outside(self, tool_call_id: str) -> None:
        """What the call answers comes from outside."""
        self._find_call(tool_call_id, "").origin = "outside"

    def failed(self, tool_call_id: str, sentence: str) -> None:
        """The action refused or failed; ``sentence`` says why."""
        part = self._find_call(tool_call_id, "")
        part.status, part.error = "failed", sentence

    def notice(self, code: str, text: str) -> None:
        """Gitu itself has something to say."""
        self.parts.append(NoticePart(code=code, text=text))
        self._send(CustomEvent(name="notice", value={"code": code, "text": text}))

    def cut_open_parts(self) -> None:
        """The stream ended early: close what was open, so that watchers see whole messages."""
        for index in list(self._open):
            self._end(index)
        for part in self.parts:
            if isinstance(part, ToolCallPart) and part.status == "running":
                part.status = "failed"

    def _start(self, index: int, part: object) -> None:
        match part:
            case ai.TextPart(content=content):
                self._begin(index, TextPart(text=""))
                self._send(TextMessageStartEvent(message_id=self._message_id, role="assistant"))
                self._add_text(index, content)
            case ai.ThinkingPart(content=content):
                self._begin(index, ReasoningPart(text=""))
                self._send(ReasoningMessageStartEvent(message_id=self._message_id, role="reasoning"))
                self._add_text(index, content)
            case ai.ToolCallPart(tool_name=name, tool_call_id=call_id):
                call = ToolCallPart(id=call_id, name=name, title=self._title_of(name))
                self._begin(index, call)
                self._send(start_event(call, self._message_id))
                self._add_arguments(index, part.args)
            case _:
                pass

    def _begin(self, index: int, part: Part) -> None:
        self._open[index] = part
        self.parts.append(part)

    def _grow(self, index: int, delta: object) -> None:
        match delta:
            case ai.TextPartDelta(content_delta=text) | ai.ThinkingPartDelta(content_delta=text):
                self._add_text(index, text)
            case ai.ToolCallPartDelta(args_delta=arguments):
                self._add_arguments(index, arguments)
            case _:
                pass

    def _add_text(self, index: int, text: str | None) -> None:
        part = self._open.get(index)
        if not text or not isinstance(part, (TextPart, ReasoningPart)):
            return
        part.text += text
        kind = TextMessageContentEvent if isinstance(part, TextPart) else ReasoningMessageContentEvent
        self._send(kind(message_id=self._message_id, delta=text))

    def _add_arguments(self, index: int, arguments: str | dict[str, Any] | None) -> None:
        part = self._open.get(index)
        if not arguments or not isinstance(part, ToolCallPart):
            return
        text = arguments if isinstance(arguments, str) else orjson.dumps(arguments).decode()
        self._send(ToolCallArgsEvent(tool_call_id=part.id, delta=text))

    def _end(self, index: int) -> None:
        match self._open.pop(index, None):
            case TextPart():
                self._send(TextMessageEndEvent(message_id=self._message_id))
            case ReasoningPart():
                self._send(ReasoningMessageEndEvent(message_id=self._message_id))
            case ToolCallPart(id=call_id):
                self._send(ToolCallEndEvent(tool_call_id=call_id))
            case _:
                pass

    def _find_call(self, call_id: str, name: str) -> ToolCallPart:
        for part in reversed(self.parts):
            if isinstance(part, ToolCallPart) and part.id == call_id:
                return part
        part = ToolCallPart(id=call_id, name=name, title=self._title_of(name))
        self.parts.append(part)
        return part

    def _settle(self, result: ai.ToolReturnPart) -> None:
        part = self._find_call(result.tool_call_id, result.tool_name)
        if part.status == "running":
            part.status = "done" if result.outcome == "success" else "failed"
        if part.status == "done":
            part.output = result.content
        elif part.status == "failed" and part.error is None:
            part.error = result.model_response_str()[:2_000]
        began = self._started.pop(result.tool_call_id, None)
        if began is not None:
            part.duration_ms = round((time.perf_counter() - began) * 1000, 1)
        self._send(result_event(part, self._message_id))
