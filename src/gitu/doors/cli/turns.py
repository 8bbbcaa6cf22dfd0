"""One turn as the terminal sees it: send, follow its events through lost connections, stop it."""

import contextlib
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any, Protocol

from gitu.doors.cli.approving import Approver
from gitu.doors.cli.client import Client
from gitu.doors.cli.errors import UNREACHABLE, CliError, Problem
from gitu.doors.cli.interrupting import STOP_PATIENCE_S, interrupts, stoppable
from gitu.doors.cli.keys import Keyboard

ACTIVE = ("queued", "running")
_RECONNECTS = 5
_LAST = ("RUN_FINISHED", "RUN_ERROR")

Json = dict[str, Any]  # an event or an answer: JSON of its own shape


class Screen(Protocol):
    """Where an answer is shown while it comes."""

    def text(self, delta: str) -> None:
        """More of the answer."""
        ...

    def tool(self, call: "ToolCall") -> None:
        """A tool was called or has answered."""
        ...

    def pause(self) -> None:
        """Something else is shown now; what came so far stands above it."""
        ...

    def notice(self, text: str) -> None:
        """Something Gitu itself says."""
        ...

    def reset(self) -> None:
        """The answer begins anew."""
        ...

    def end(self) -> None:
        """No more will come."""
        ...


@dataclass(slots=True)
class ToolCall:
    """A tool call of the answer, as far as it is known."""

    id: str
    name: str
    status: str = "running"
    error: str = ""
    duration_ms: float | None = None
    approval_id: str | None = None
    receipt: str | None = None


@dataclass(slots=True)
class Outcome:
    """How a turn ended. ``state`` is done, stopped, cut or failed."""

    session: Json
    turn_id: str
    message_id: str
    state: str = "failed"
    text: str = ""
    model: str | None = None
    error: Json | None = None
    usage: Json = field(default_factory=dict[str, Any])
    parts: list[Json] = field(default_factory=list[Json])
    calls: dict[str, ToolCall] = field(default_factory=dict[str, ToolCall])


def run_turn(client: Client, message: Json, screen: Screen) -> Outcome:
    """Send a message and show the answer on ``screen`` until it ends; Ctrl-C stops it on the server.

    Raises Problem when the message is refused, CliError when the server is gone for good.
    """
    sent = client.call("POST", "/messages", {"channel": "cli", **message})
    turn_id, message_id = str(sent["turn"]["id"]), str(sent["message"]["id"])
    outcome = Outcome(sent["session"], turn_id, message_id, model=sent["turn"]["model"])

    def stop() -> None:
        client.call("POST", f"/turns/{turn_id}/stop", timeout=STOP_PATIENCE_S)

    with interrupts() as interrupted, Keyboard() as keyboard:
        approver = Approver(client, keyboard)
        try:
            for event in stoppable(_follow(client, turn_id), stop, interrupted, approver.look):
                _take(event, outcome, screen)
                _ask(event, approver, screen)
        finally:
            approver.close()
            screen.end()
        _settle(client, outcome)
    return outcome


def _follow(client: Client, turn_id: str) -> Generator[Json]:
    """The turn's events, connecting again where it broke off."""
    last, failures = "", 0
    while True:
        try:
            for event in client.events(f"/turns/{turn_id}/events", last):
                last, failures = event.id, 0
                yield event.data
                if event.data.get("type") in _LAST:
                    return
            if client.call("GET", f"/turns/{turn_id}")["state"] not in ACTIVE:
                return
        except Problem:
            raise
        except CliError as error:
            failures += error.exit_code == UNREACHABLE and error.key != "cli-silent"
            if failures > _RECONNECTS:
                raise
            time.sleep(0.3 * failures)


def _take(event: Json, outcome: Outcome, screen: Screen) -> None:
    kind = str(event.get("type"))
    handler = _HANDLERS.get(kind)
    if handler is not None:
        handler(event, outcome, screen)


def _ask(event: Json, approver: Approver, screen: Screen) -> None:
    """A request shows where the answer waits for it, until it is decided."""
    if event.get("type") == "TOOL_CALL_RESULT":
        approver.settle(str(event["toolCallId"]))
    elif event.get("type") == "CUSTOM" and event.get("name") in ("approval", "decided"):
        value: Json = event["value"]
        if event["name"] == "decided":
            approver.settle(str(value["tool_call_id"]))
        else:
            screen.pause()
            approver.ask(str(value["tool_call_id"]), str(value["approval_id"]))


def _text(event: Json, outcome: Outcome, screen: Screen) -> None:
    outcome.text += str(event["delta"])
    screen.text(str(event["delta"]))


def _text_start(event: Json, outcome: Outcome, screen: Screen) -> None:
    del event
    if outcome.text:
        outcome.text += "\n\n"
        screen.text("\n\n")


def _tool_start(event: Json, outcome: Outcome, screen: Screen) -> None:
    call = ToolCall(str(event["toolCallId"]), str(event["toolCallName"]))
    outcome.calls[call.id] = call
    screen.tool(call)


def _tool_result(event: Json, outcome: Outcome, screen: Screen) -> None:
    import json  # noqa: PLC0415 - only turns with tools

    call = outcome.calls.setdefault(str(event["toolCallId"]), ToolCall(str(event["toolCallId"]), "?"))
    told: Any = {}
    with contextlib.suppress(ValueError):
        told = json.loads(str(event["content"]))
    call.status = str(told.get("status", "done"))
    call.error = str(told.get("error") or "")
    call.duration_ms = told.get("duration_ms")
    call.approval_id, call.receipt = told.get("approval_id"), told.get("receipt")
    screen.tool(call)


def _custom(event: Json, outcome: Outcome, screen: Screen) -> None:
    value: Json = event.get("value") or {}
    match event.get("name"):
        case "notice":
            screen.notice(str(value.get("text", "")))
        case "usage":
            outcome.usage = value
            outcome.model = value.get("model") or outcome.model
        case "reset":
            outcome.text = ""
            outcome.calls.clear()
            screen.reset()
        case _:
            pass


def _finished(event: Json, outcome: Outcome, screen: Screen) -> None:
    del screen
    result: Json = event.get("result") or {}
    outcome.state = str(result.get("state", "done"))


def _failed(event: Json, outcome: Outcome, screen: Screen) -> None:
    del screen
    outcome.state = "failed"
    outcome.error = {"code": event.get("code"), "detail": event.get("message")}


_HANDLERS: dict[str, Callable[[Json, Outcome, Screen], None]] = {
    "TEXT_MESSAGE_START": _text_start,
    "TEXT_MESSAGE_CONTENT": _text,
    "TOOL_CALL_START": _tool_start,
    "TOOL_CALL_RESULT": _tool_result,
    "CUSTOM": _custom,
    "RUN_FINISHED": _finished,
    "RUN_ERROR": _failed,
}


def _settle(client: Client, outcome: Outcome) -> None:
    """What stands in the conversation now counts, not what passed by."""
    turn = client.call("GET", f"/turns/{outcome.turn_id}")
    if turn["state"] not in ACTIVE:
        outcome.state = turn["state"]
    outcome.model = turn["model"] or outcome.model
    outcome.usage = turn["usage"] or outcome.usage
    outcome.error = turn["error"] or outcome.error
    session_id = outcome.session["id"]
    page = client.call("GET", f"/sessions/{session_id}/messages", query={"limit": 10})
    for message in page["items"]:
        # The person's own words are a message of this turn too; so is a command that was typed.
        if message["turn_id"] == outcome.turn_id and message["id"] != outcome.message_id:
            outcome.parts = message["parts"]
