"""One look at a node: what its ``/health`` says, and how long it took to say it."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, cast
from urllib.parse import urlsplit

import orjson

from gitu.features.models.gateway.wire import Origin, Wire, WireError, WireTimeout
from gitu.features.models.nodes.schemas import Reason, State
from gitu.features.models.providers import Endpoint

_MOST_ANSWER: Final = 65_536  # bytes
_SAID: Final[dict[str, tuple[State, Reason | None]]] = {
    "ready": ("up", None),
    "loading": ("loading", None),
    "draining": ("draining", None),
    "unavailable": ("unavailable", "behind"),
}
_WORDS: Final = ("model", "backend", "device", "compute_type", "version")
_COUNTS: Final = ("queue_length", "running")
_LONGEST: Final = 200


class Target(NamedTuple):
    """Where a node is, and the head of a request to it but for the path."""

    origin: Origin
    base: str  # the path below which /health stands
    head: bytes

    @classmethod
    def of(cls, endpoint: Endpoint) -> "Target":
        """The node behind a connection, whose address ends with /v1."""
        parts = urlsplit(endpoint.base_url)
        lines = [f"host: {parts.netloc}", "accept: */*", "accept-encoding: identity", "user-agent: gitu"]
        if endpoint.api_key is not None:
            lines.append(f"authorization: Bearer {endpoint.api_key}")
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("ascii", "replace")
        origin = Origin.of(endpoint.base_url, public_only=endpoint.public_only)
        return cls(origin, parts.path.removesuffix("/").removesuffix("/v1"), head)

    def get(self, path: str) -> bytes:
        """The head of a GET."""
        return f"GET {self.base}{path} HTTP/1.1\r\n".encode("ascii", "replace") + self.head


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found. ``facts`` are the node's own words, which it says to whoever has its key."""

    state: State
    reason: Reason | None = None
    latency_ms: float | None = None
    facts: dict[str, str] = field(default_factory=dict[str, str])
    counts: dict[str, int] = field(default_factory=dict[str, int])

    @property
    def answered(self) -> bool:
        """Whether anybody answered at all."""
        return self.latency_ms is not None


async def look(wire: Wire, target: Target) -> Look:
    """Ask once. The wire's patience bounds each step of it."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    try:
        answer = await wire.request(target.origin, target.get("/health"), b"")
        body = await answer.whole(_MOST_ANSWER)
    except WireTimeout as error:
        return Look("down", "unreachable" if error.phase == "connect" else "silent")
    except WireError as error:
        return Look("down", _reason(error))
    return _understood(answer.status, body, round((loop.time() - began) * 1000, 2))


def _reason(error: WireError) -> Reason:
    if error.phase != "connect":
        return "refused" if "closed" in str(error) else "not_a_node"
    match str(error):
        case "ConnectionRefusedError" | "ConnectionResetError":
            return "refused"
        case "gaierror":
            return "name"
        case "SSLError" | "SSLCertVerificationError" | "SSLEOFError":
            return "tls"
        case _:
            return "unreachable"


def _understood(status: int, body: bytes, latency_ms: float) -> Look:
    said: object = None
    if status in (200, 503):
        try:
            said = orjson.loads(body)
        except orjson.JSONDecodeError:
            said = None
    if not isinstance(said, dict):
        return Look("down", "not_a_node", latency_ms)
    told = cast("dict[str, Any]", said)  # Any: whatever a machine sends, checked below
    found = _SAID.get(str(told.get("status")))
    if found is None:
        return Look("down", "not_a_node", latency_ms)
    state, reason = found
    if state == "up" and "model" not in told:  # it says no more to whoever has not its key
        state, reason = "unavailable", "key"
    facts = {name: told[name][:_LONGEST] for name in _WORDS if isinstance(told.get(name), str) and told[name]}
    counts = {name: told[name] for name in _COUNTS if isinstance(told.get(name), int)}
    return Look(state, reason, latency_ms, facts, counts)
