"""The node's HTTP side: who may ask, how much, when; the answers themselves come from a backend."""

import asyncio
import contextlib
import hmac
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Literal, TypeVar
from urllib.parse import urlsplit

import orjson
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from gitu_lab.serving import metrics as prometheus
from gitu_lab.serving.backend import Backend, Call, Pieces, Whole
from gitu_lab.serving.backend import Route as CallRoute
from gitu_lab.serving.errors import (
    ApiError,
    BadRequest,
    Failed,
    KeyMissing,
    NotFound,
    NotLocal,
    NotReady,
    QueueFull,
    TooLarge,
    Unreadable,
)
from gitu_lab.serving.metrics import NodeMetrics

T = TypeVar("T")
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
_GONE = 499  # as nginx counts a client that left before its answer
State = Literal["loading", "ready", "draining"]


@dataclass(frozen=True, slots=True)
class Door:
    """Who comes in and with how much; ``key`` None lets everybody in."""

    key: str | None = None
    most_body_bytes: int = 2_000_000
    most_at_once: int = 2_048  # requests, those that wait and those whose body is still coming included
    body_s: float = 30.0
    version: str = ""  # of the program, told to whoever has the key


class Node:
    """The state of one node, and its routes."""

    def __init__(self, backend: Backend, metrics: NodeMetrics, door: Door) -> None:
        self._backend = backend
        self._metrics = metrics
        self._door = door
        self._key = None if door.key is None else door.key.encode()
        self.state: State = "loading"
        self.progress = "starting"
        self.drain_s = 30
        self.running = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._created = int(time.time())

    def app(self) -> Starlette:
        """The ASGI application."""
        return Starlette(
            routes=[
                Route("/health", self._health, methods=["GET"]),
                Route("/metrics", self._tell_metrics, methods=["GET"]),
                Route("/v1/models", self._models, methods=["GET"]),
                Route("/v1/models/{name:path}", self._model, methods=["GET"]),
                Route("/v1/chat/completions", self._chat, methods=["POST"]),
                Route("/v1/completions", self._complete, methods=["POST"]),
            ],
            exception_handlers={ApiError: _refuse, HTTPException: _refuse_http, Exception: _unforeseen},
        )

    async def drained(self) -> None:
        """Until no answer is under way."""
        await self._idle.wait()

    # -- what it tells -----------------------------------------------------------------------------------

    async def _health(self, request: Request) -> Response:
        """Status for everybody; details for whoever has the key."""
        status = self.state
        if status == "ready" and not self._backend.available():
            status = "unavailable"
        told: dict[str, object] = {"status": status}
        if self._allowed(request):
            facts = self._backend.facts()
            queued = self._backend.queued()
            told |= {
                "version": self._door.version,
                "model": facts.model,
                "backend": facts.backend,
                "device": facts.device,
                "compute_type": facts.compute_type,
                "queue_length": queued,
                "running": max(0, self.running - queued),
                **facts.more,
            }
            if self.state == "loading":
                told["progress"] = self.progress
        return _json(told, 200 if status == "ready" else 503)

    async def _tell_metrics(self, request: Request) -> Response:
        self._check_key(request)
        return Response(self._metrics.text(), media_type=prometheus.CONTENT_TYPE)

    async def _models(self, request: Request) -> Response:
        self._check_key(request)
        return _json({"object": "list", "data": [self._described(name) for name in self._backend.models()]})

    async def _model(self, request: Request) -> Response:
        self._check_key(request)
        name = request.path_params["name"]
        if name not in self._backend.models():
            raise NotFound(f"This node serves {', '.join(self._backend.models()[:20])}.", code="model_not_found")
        return _json(self._described(name))

    def _described(self, name: str) -> dict[str, object]:
        return {"id": name, "object": "model", "created": self._created, "owned_by": "gitu-node"}

    # -- what it answers ---------------------------------------------------------------------------------

    async def _chat(self, request: Request) -> Response:
        return await self._answer(request, "chat")

    async def _complete(self, request: Request) -> Response:
        return await self._answer(request, "completions")

    async def _answer(self, request: Request, route: CallRoute) -> Response:
        began = time.perf_counter()
        status = 500
        handed_on = False
        entered = False
        try:
            self._check_key(request)
            self._check_ready()
            self._enter()
            entered = True
            body = await self._body(request)
            answer = await _unless_gone(request, self._backend.answer(Call(route, body, began, self._metrics)))
            if answer is None:
                status = _GONE
                return Response(status_code=_GONE)  # nobody reads it
            status = answer.status
            if isinstance(answer, Whole):
                return Response(answer.body, answer.status, media_type="application/json")
            handed_on = True
            return _Streaming(answer, lambda status: self._ended(route, status, began))
        except ApiError as error:
            status = error.status
            raise
        finally:
            if entered and not handed_on:
                self._leave()
            if not handed_on:
                self._metrics.answered(route, status, time.perf_counter() - began)

    def _ended(self, route: CallRoute, status: int, began: float) -> None:
        self._leave()
        self._metrics.answered(route, status, time.perf_counter() - began)

    def _enter(self) -> None:
        """Raises QueueFull."""
        if self.running >= self._door.most_at_once:
            raise QueueFull(
                f"{self.running} requests are under way here already; send it again later.", retry_after_s=1
            )
        self.running += 1
        self._idle.clear()

    def _leave(self) -> None:
        self.running -= 1
        if not self.running:
            self._idle.set()

    def _check_ready(self) -> None:
        if self.state == "loading":
            raise NotReady(f"The model is being loaded ({self.progress}).", retry_after_s=2)
        if self.state == "draining":
            raise NotReady("This node is being stopped; ask another.", retry_after_s=self.drain_s)

    def _allowed(self, request: Request) -> bool:
        if self._key is None:
            return True
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        # Compared in every case, so that how long it takes tells nothing.
        same = hmac.compare_digest(given.strip().encode(), self._key)
        return same and scheme.lower() == "bearer"

    def _check_key(self, request: Request) -> None:
        if self._key is None:
            _check_local(request)
        if not self._allowed(request):
            raise KeyMissing("This node needs its key: send it as Authorization: Bearer ….")

    async def _body(self, request: Request) -> bytes:
        """The body, bounded in size and time."""
        most = self._door.most_body_bytes
        parts, size = list[bytes](), 0
        try:
            async with asyncio.timeout(self._door.body_s):
                async for part in request.stream():
                    size += len(part)
                    if size <= most:
                        parts.append(part)
                    # A little more is read and dropped: a client that still writes would not see the refusal.
                    elif size > 8 * most:
                        break
        except TimeoutError:
            raise Unreadable(f"The body did not arrive within {self._door.body_s:g} seconds.") from None
        except ClientDisconnect:
            raise BadRequest("The connection closed before the body had arrived.") from None
        if size > most:
            raise TooLarge(f"The body has more than {most} bytes.")
        return b"".join(parts)


def _check_local(request: Request) -> None:
    """Without a key the node is for programs of this machine: not for web pages that a browser here shows, whether they
    ask across origins or under a name of their own that leads here (DNS rebinding). Raises NotLocal.
    """
    for name in ("host", "origin"):
        given = request.headers.get(name)
        if given is not None and _host_of(given) not in _LOCAL:
            raise NotLocal(f"This node has no key and answers programs of its machine only, not {name} {given[:200]}.")


def _host_of(given: str) -> str:
    """The host of a Host or Origin header; nothing where there is none."""
    try:
        return urlsplit(given if "//" in given else f"//{given}").hostname or ""
    except ValueError:
        return ""


async def _unless_gone(request: Request, work: Coroutine[None, None, T]) -> T | None:
    """What the work comes to, or None once the client is gone, which ends the work."""
    working = asyncio.ensure_future(work)
    listening = asyncio.ensure_future(_gone(request.receive))
    try:
        await asyncio.wait((working, listening), return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return await working
    finally:
        await _end(listening)
        if not working.done():
            working.cancel()
            with contextlib.suppress(asyncio.CancelledError, ApiError):
                await working
    return None


class _Streaming(Response):
    """Server-sent events; the work is stopped as soon as the client is gone, whatever it waits for."""

    def __init__(self, pieces: Pieces, on_end: Callable[[int], None]) -> None:
        self.status_code = pieces.status
        self.media_type = pieces.media_type
        self.background = None
        self._pieces = pieces
        self._on_end = on_end
        self.init_headers({"cache-control": "no-cache", "x-accel-buffering": "no"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Write until the end, or until the client is gone."""
        del scope
        writing = asyncio.ensure_future(self._write(send))
        listening = asyncio.ensure_future(_gone(receive))
        status = _GONE
        try:
            await asyncio.wait((writing, listening), return_when=asyncio.FIRST_COMPLETED)
            if writing.done() and not isinstance(writing.exception(), OSError):
                writing.result()
                status = self.status_code
        finally:
            await _end(listening)
            await _end(writing)
            await self._pieces.events.aclose()
            self._pieces.close()
            self._on_end(status)

    async def _write(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        async for event in self._pieces.events:
            await send({"type": "http.response.body", "body": event, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _end(task: "asyncio.Future[None]") -> None:
    if not task.done():
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError, OSError):
            await task


def _json(value: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(orjson.dumps(value), status, headers, media_type="application/json")


async def _refuse(request: Request, error: Exception) -> Response:
    del request
    assert isinstance(error, ApiError)
    headers = {} if error.retry_after_s is None else {"Retry-After": str(error.retry_after_s)}
    if error.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return _json(error.body(), error.status, headers)


async def _refuse_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        found = BadRequest(f"{request.method} is not possible at {request.url.path}.", code="method_not_allowed")
    else:
        found = NotFound(f"There is nothing at {request.url.path}; this node has /v1/chat/completions.")
    return _json(found.body(), error.status_code, dict(error.headers or {}))


async def _unforeseen(request: Request, error: Exception) -> Response:
    del request
    return _json(Failed(f"Something went wrong ({type(error).__name__}); the node's log says what.").body(), 500)
