"""Conversations as a window has them: send, watch the answer come, read what was kept.

def test_something(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person()
    connect(amal, model)
    model.script.then(say("Hello there."))
    answer = Chat(amal).say("Hi")
    assert answer.text == "Hello there."
"""

import json
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from websockets.sync.client import ClientConnection
from websockets.sync.client import connect as open_socket

from tests.servers.base import ModelServer
from tests.servers.openai_compatible import openai_compatible
from tests.servers.script import Script
from tests.support.server import API, Client, Json, Person

MODEL = "test-model"
ENDS = ("RUN_FINISHED", "RUN_ERROR")


@pytest.fixture
def model() -> Iterator[ModelServer]:
    """A model on loopback that really streams; tell ``model.script`` what it says."""
    with openai_compatible(Script()) as server:
        yield server


def connect(person: Person, server: ModelServer, **more: Any) -> Json:
    """Connect the model for this person and make it their default."""
    body = {"provider": "openai_compatible", "base_url": f"{server.url}/v1", "name": "Loopback", **more}
    connection = person.post("/models/connections", body)
    person.put("/models/defaults", {"default": f"{connection['id']}/{MODEL}"})
    return connection


@dataclass
class Answer:
    """A turn that is over: its events as they came, and the message that was kept."""

    turn: Json
    message: Json
    events: list[Json] = field(default_factory=list[Any])

    @property
    def state(self) -> str:
        """done, stopped, cut or failed."""
        return str(self.turn["state"])

    @property
    def text(self) -> str:
        """What was kept of what the assistant said."""
        return "".join(part["text"] for part in self.message["parts"] if part["type"] == "text")

    @property
    def calls(self) -> list[Json]:
        """The tool calls, in order."""
        return [part for part in self.message["parts"] if part["type"] == "tool_call"]

    @property
    def notices(self) -> list[str]:
        """The codes of what Gitu itself had to say."""
        return [part["code"] for part in self.message["parts"] if part["type"] == "notice"]

    @property
    def error(self) -> Json:
        """Code and sentence of what went wrong, if anything did."""
        return self.message["error"]


class Chat:
    """One conversation of one person."""

    def __init__(self, person: Client, session_id: str | None = None) -> None:
        self.person = person
        self.session_id = session_id

    def send(self, text: str, *, status: int = 200, **more: Any) -> Json:
        """Send without waiting; returns what the API answers."""
        given = {} if self.session_id is None else {"session_id": self.session_id}
        sent = self.person.post("/messages", {"text": text, **given, **more}, status=status)
        if status == 200:
            self.session_id = sent["session"]["id"]
        return sent

    def say(self, text: str, **more: Any) -> Answer:
        """Send and wait for the end of the answer."""
        return self.finish(self.send(text, **more)["turn"]["id"])

    def finish(self, turn_id: str) -> Answer:
        """Watch a turn to its end."""
        events = [event for _, event in watch(self.person, turn_id)]
        return self.answer(turn_id, events)

    def answer(self, turn_id: str, events: list[Json] | None = None) -> Answer:
        """The turn as it is kept."""
        turn = self.person.get(f"/turns/{turn_id}")
        messages = [m for m in self.messages() if m["turn_id"] == turn_id and m["role"] != "person"]
        return Answer(turn, messages[0], events or [])

    def messages(self) -> list[Json]:
        """What the conversation shows, oldest first."""
        page = self.person.get(f"/sessions/{self.session_id}/messages", limit=100)
        return list(reversed(page["items"]))


def watch(person: Client, turn_id: str, after: int | None = None) -> Iterator[tuple[int, Json]]:
    """The turn's events with their numbers, as server-sent events bring them."""
    headers = {} if after is None else {"last-event-id": str(after)}
    seq = 0
    with person.http.stream("GET", f"{API}/turns/{turn_id}/events", headers=headers) as response:
        assert response.status_code == 200, response.read()
        for line in response.iter_lines():
            if line.startswith("id: "):
                seq = int(line[4:])
            elif line.startswith("data: "):
                yield seq, json.loads(line[6:])


def spoken(events: list[Json]) -> str:
    """The text that the events told, as a window that follows them shows it."""
    text = ""
    for event in events:
        if event["type"] == "CUSTOM" and event["name"] == "reset":
            text = ""
        elif event["type"] == "TEXT_MESSAGE_CONTENT":
            text += event["delta"]
    return text


def kinds(events: list[Json]) -> list[str]:
    """The types of events, each run of the same type once."""
    found: list[str] = []
    for event in events:
        name = f"CUSTOM {event['name']}" if event["type"] == "CUSTOM" else event["type"]
        if found[-1:] != [name]:
            found.append(name)
    return found


def eventually(check: Callable[[], Any], *, within_s: float = 10.0) -> Any:
    """What ``check`` returns once it is true; fails when that takes too long."""
    until = time.monotonic() + within_s
    while True:
        found = check()
        if found:
            return found
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


class Window:
    """An open WebSocket, as a browser window holds one."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    def send(self, **frame: Any) -> None:
        """Send a frame."""
        self.socket.send(json.dumps(frame))

    def receive(self, timeout: float = 10.0) -> Json:
        """The next frame."""
        return json.loads(self.socket.recv(timeout=timeout))

    def until(self, **wanted: Any) -> Json:
        """The next frame with these fields; others are passed over."""
        while True:
            frame = self.receive()
            if all(frame.get(key) == value for key, value in wanted.items()):
                return frame

    def until_event(self, kind: str) -> Json:
        """The data of the next domain event of this type."""
        while True:
            frame = self.until(type="event")
            if frame["event"]["type"] == kind:
                return frame["event"]["data"]

    def execute(self, action: str, **given: Any) -> Json:
        """Run an action; its result or error frame."""
        call_id = f"{action}-{time.monotonic_ns()}"
        self.send(type="execute", id=call_id, action=action, input=given)
        return self.until(id=call_id)

    def follow(self, turn_id: str, after: int = 0) -> Iterator[tuple[int, Json]]:
        """Watch a turn to its end."""
        self.send(type="watch", turn_id=turn_id, after=after)
        while True:
            frame = self.until(type="turn", turn_id=turn_id)
            yield frame["seq"], frame["event"]
            if frame["event"]["type"] in ENDS:
                return


@contextmanager
def window(person: Client, **headers: str) -> Generator[Window]:
    """A window of this person's, signed in as their other requests are."""
    given = {**{name: value for name, value in person.http.headers.items() if name in ("authorization",)}, **headers}
    address = person.url.replace("http://", "ws://") + f"{API}/ws"
    with open_socket(address, additional_headers=given, open_timeout=10, proxy=None) as socket:
        yield Window(socket)
