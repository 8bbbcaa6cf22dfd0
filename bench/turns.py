"""What Gitu adds to a model's first token, and how much it sends."""

import json
import statistics
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from typing import Any

from websockets.sync.client import connect

from bench.figures import Section
from bench.model import SLOWLY
from bench.servers import MODEL, Gitu, LoopbackModel

QUESTION = "What is the answer?"
WARM_UP = 8
STOPS = 20
PAUSE_S = 0.15  # what ends a turn (its record, its job) is written after its last event


def turns(gitu: Gitu, model: LoopbackModel, token: str, pairs: int) -> Section:
    """First tokens in interleaved pairs: directly from the model, then through Gitu by two doors."""
    section = Section(
        "A turn",
        "A loopback OpenAI-compatible server that streams at once, in a process of its own. Each round asks it "
        "directly and asks Gitu, in changing order, with the same client: one thread, `http.client`, kept "
        "connections. Directly: from sending the request to the first piece of text. Through Gitu: from sending "
        "`POST /messages` on a warm session to the first `TEXT_MESSAGE_CONTENT` of `GET /turns/{id}/events`; that is "
        "two requests, the message stored, the turn made durable, history read, the model asked. The overhead is "
        f"the difference within each round. {WARM_UP} rounds are left out, and the history grows by a turn a round. "
        "By WebSocket, as the web app does it: `execute` and `watch` on one open socket. STOP: from sending "
        "`POST /turns/{id}/stop`, while the model sends a word every 20 ms, to the end of the answer's events.",
    )
    first_size = _fresh(gitu, model, token)
    asker, straight = _Asker(gitu, token), _Direct(model)
    direct: list[float] = []
    http: list[float] = []
    socket: list[float] = []
    for number in range(-WARM_UP, pairs):
        ways = [(straight.ask, direct), (asker.over_http, http), (asker.over_socket, socket)]
        for way, times in ways if number % 2 else reversed(ways):
            took = way()
            if number >= 0:
                times.append(took * 1000)
            time.sleep(PAUSE_S)
    stops = [asker.stop(gitu, token) * 1000 for _ in range(STOPS)]
    asker.close()
    straight.close()
    section.add("first token, directly from the model", direct, "ms")
    section.add("first token through Gitu, HTTP", http, "ms")
    section.add("first token through Gitu, WebSocket", socket, "ms")
    section.add("overhead over HTTP", [ours - theirs for ours, theirs in zip(http, direct, strict=True)], "ms", goal=40)
    section.add("overhead over WebSocket", [ours - theirs for ours, theirs in zip(socket, direct, strict=True)], "ms")
    section.add("STOP, to the end of the answer", stops, "ms", goal=1000)
    section.add("sent for the fresh question", first_size["bytes"] / 1000, "KB", goal=10)
    section.notes.append(
        f'The body of the first request of a fresh session asking "{QUESTION}" has {first_size["bytes"]:,} bytes, '
        f"with {len(first_size['tools'])} tools described in it ({', '.join(sorted(first_size['tools']))}); all "
        f"others are found through `search_tools`."
    )
    return section


def _fresh(gitu: Gitu, model: LoopbackModel, token: str) -> dict[str, Any]:
    asked = len(model.requests())
    sent = gitu.call("POST", "/messages", {"text": QUESTION}, token)
    deadline = time.monotonic() + 60
    while gitu.call("GET", f"/turns/{sent['turn']['id']}", token=token)["state"] not in ("done", "failed", "cut"):
        if time.monotonic() > deadline:
            raise RuntimeError("the first turn did not end")
        time.sleep(0.02)
    requests = model.requests()[asked:]
    if len(requests) != 1:
        raise RuntimeError(f"the model was asked {len(requests)} times for one question")
    return requests[0]


class _Direct:
    """Asks the model itself."""

    def __init__(self, model: LoopbackModel) -> None:
        self._connection = HTTPConnection("127.0.0.1", model.port, timeout=30)

    def ask(self) -> float:
        """Seconds from sending the request to the first text."""
        began = time.perf_counter()
        body = json.dumps({"model": MODEL, "stream": True, "messages": [{"role": "user", "content": QUESTION}]})
        self._connection.request("POST", "/v1/chat/completions", body, {"content-type": "application/json"})
        took = 0.0
        for event in _events(self._connection.getresponse()):
            if event["choices"] and event["choices"][0]["delta"].get("content") and not took:
                took = time.perf_counter() - began
        return took

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


class _Asker:
    """Asks Gitu in two sessions of its own, one for each door."""

    def __init__(self, gitu: Gitu, token: str) -> None:
        self._headers = {"content-type": "application/json", "authorization": f"Bearer {token}"}
        self._connection = HTTPConnection("127.0.0.1", gitu.port, timeout=30)
        self._sessions = [gitu.call("POST", "/sessions", {}, token)["id"] for _ in range(2)]
        self._socket = connect(
            f"ws://127.0.0.1:{gitu.port}/api/v1/ws", additional_headers={"authorization": f"Bearer {token}"}
        )

    def over_http(self) -> float:
        """Seconds from sending the message to the first text of its turn's events."""
        began = time.perf_counter()
        body = json.dumps({"session_id": self._sessions[0], "text": QUESTION})
        self._connection.request("POST", "/api/v1/messages", body, self._headers)
        sent = json.loads(self._connection.getresponse().read())
        self._connection.request("GET", f"/api/v1/turns/{sent['turn']['id']}/events", headers=self._headers)
        took = 0.0
        for event in _events(self._connection.getresponse()):
            if event["type"] == "TEXT_MESSAGE_CONTENT" and not took:
                took = time.perf_counter() - began
            if event["type"] == "RUN_ERROR":
                raise RuntimeError(f"the turn failed: {event}")
        return took

    def stop(self, gitu: Gitu, token: str) -> float:
        """Seconds from asking for a stop in the middle of a slow answer to its end."""
        sent = gitu.call("POST", "/messages", {"session_id": self._sessions[0], "text": SLOWLY}, token)
        path = f"/turns/{sent['turn']['id']}"
        self._connection.request("GET", f"/api/v1{path}/events", headers=self._headers)
        said, asked_at = 0, 0.0
        for event in _events(self._connection.getresponse()):
            said += event["type"] == "TEXT_MESSAGE_CONTENT"
            if said == 3 and not asked_at:
                asked_at = time.perf_counter()
                gitu.call("POST", f"{path}/stop", {}, token)
        return time.perf_counter() - asked_at

    def over_socket(self) -> float:
        """The same on an open WebSocket."""
        began = time.perf_counter()
        sending = {"session_id": self._sessions[1], "text": QUESTION}
        self._send({"type": "execute", "id": "1", "action": "assistant.send_message", "input": sending})
        took = 0.0
        while True:
            frame = json.loads(self._socket.recv(timeout=30))
            if frame["type"] == "error":
                raise RuntimeError(f"the turn failed: {frame}")
            if frame["type"] == "result":
                self._send({"type": "watch", "turn_id": frame["output"]["turn"]["id"], "after": 0})
            kind = frame["event"]["type"] if frame["type"] == "turn" else ""
            if kind == "TEXT_MESSAGE_CONTENT" and not took:
                took = time.perf_counter() - began
            if kind == "RUN_FINISHED":
                return took
            if kind == "RUN_ERROR":
                raise RuntimeError(f"the turn failed: {frame}")

    def _send(self, frame: dict[str, Any]) -> None:
        self._socket.send(json.dumps(frame))

    def close(self) -> None:
        """Close both connections."""
        self._connection.close()
        self._socket.close()


def _events(answer: HTTPResponse) -> Iterator[Any]:
    if answer.status != 200:
        raise RuntimeError(f"{answer.status}: {answer.read().decode()[:500]}")
    for line in answer:
        if line.startswith(b"data: ") and not line.startswith(b"data: [DONE]"):
            yield json.loads(line[6:])


def overhead(gitu: Gitu, model: LoopbackModel, token: str, pairs: int) -> float:
    """The median overhead over HTTP alone, in milliseconds; for trying changes out."""
    asker, straight = _Asker(gitu, token), _Direct(model)
    differences: list[float] = []
    for _ in range(pairs):
        theirs = straight.ask()
        time.sleep(PAUSE_S)
        differences.append((asker.over_http() - theirs) * 1000)
        time.sleep(PAUSE_S)
    return statistics.median(differences)
