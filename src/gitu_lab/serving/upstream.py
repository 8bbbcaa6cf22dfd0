"""Another OpenAI-compatible server behind this node: vLLM, llama.cpp's, OpenVINO's.

Bodies pass through untouched both ways; the node adds its key, its bounds, health and metrics.
"""

import asyncio
import contextlib
import re
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import cast

import aiohttp
import orjson
import structlog

from gitu_lab.serving.backend import Call, Facts, Pieces, Tell, Whole
from gitu_lab.serving.errors import ApiError, BadRequest, NotReady, QueueFull, UpstreamFailed

log = structlog.get_logger(__name__)

_PATHS = {"chat": "/v1/chat/completions", "completions": "/v1/completions"}
_TAIL = 4_096  # bytes of a stream's end in which its usage stands
_MOST_ANSWER = 64 * 1024 * 1024
_MOST_MODELS = 1_000
_USAGE = re.compile(rb'"usage"\s*:\s*\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}')


@dataclass(frozen=True, slots=True)
class UpstreamOptions:
    """Where it is and how patient to be; seconds. ``key`` is sent to it as a bearer token."""

    url: str
    key: str | None = None
    at_once: int = 64
    queue: int = 256
    connect_s: float = 5.0
    silence_s: float = 120.0  # between two pieces of an answer
    look_every_s: float = 2.0


class UpstreamBackend:
    """Passes requests on."""

    def __init__(self, options: UpstreamOptions) -> None:
        self._options = options
        self._base = options.url.rstrip("/").removesuffix("/v1")
        self._models: list[str] = []
        self._available = False
        self._client: aiohttp.ClientSession | None = None
        self._looking: asyncio.Task[None] | None = None
        self._gate = asyncio.Semaphore(options.at_once)
        self._queued = 0

    async def load(self, tell: Tell) -> None:
        """Wait until it answers, as long as that takes: a large model behind it may need minutes."""
        headers = {"Authorization": f"Bearer {self._options.key}"} if self._options.key else {}
        self._client = aiohttp.ClientSession(
            headers=headers,
            connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=30),
            timeout=aiohttp.ClientTimeout(
                total=None, sock_connect=self._options.connect_s, sock_read=self._options.silence_s
            ),
            auto_decompress=False,
        )
        tell("waiting", 0.0)
        while not await self._look():  # noqa: ASYNC110 - another server sets no event here
            await asyncio.sleep(self._options.look_every_s)
        self._looking = asyncio.create_task(self._keep_looking(), name="upstream-health")

    def facts(self) -> Facts:
        """What it calls its models; the rest is known there."""
        return Facts(", ".join(self._models[:5]), "upstream", "", "", {"upstream": self._base})

    def models(self) -> list[str]:
        """As it told last."""
        return self._models

    def available(self) -> bool:
        """Whether it answered when last asked."""
        return self._available

    def queued(self) -> int:
        """Requests that wait for one of the places."""
        return self._queued

    async def close(self) -> None:
        """Leave it alone."""
        if self._looking is not None:
            self._looking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._looking
        if self._client is not None:
            await self._client.close()

    async def answer(self, call: Call) -> Whole | Pieces:
        """Pass a request on. Raises ApiError."""
        streaming = _wants_stream(call.body)
        await self._take_place()
        response: aiohttp.ClientResponse | None = None
        try:
            response = await self._send(call)
            if streaming and response.status == 200:
                passing = _Passing(call, response, self._gate, self._base)
                response = None
                return Pieces(passing.events(), passing.close, passing.status, passing.media_type)
            body = await _whole(response, self._base)
            _count(call, body)
            status = response.status
            response.release()
            response = None
            self._gate.release()
            return Whole(body, status)
        except BaseException:
            if response is not None:
                response.close()
            self._gate.release()
            raise

    async def _send(self, call: Call) -> aiohttp.ClientResponse:
        if not self._available:
            raise NotReady(f"What this node fronts at {self._base} does not answer.", retry_after_s=2)
        assert self._client is not None
        try:
            return await self._client.post(
                self._base + _PATHS[call.route],
                data=call.body,
                # Compressed pieces would be held back by the compressor.
                headers={"Content-Type": "application/json", "Accept-Encoding": "identity"},
                allow_redirects=False,
            )
        except aiohttp.ClientConnectorError:
            self._available = False  # until a look finds it again
            raise NotReady(f"What this node fronts at {self._base} can't be reached.", retry_after_s=2) from None
        except (TimeoutError, aiohttp.ClientError) as error:
            raise _broken(self._base, error) from None

    async def _take_place(self) -> None:
        """Take one of the places for requests under way. Raises QueueFull."""
        if self._gate.locked() and self._queued >= self._options.queue:
            raise QueueFull(
                f"{self._options.queue} requests wait for this node already; send it again a little later.",
                retry_after_s=1,
            )
        self._queued += 1
        try:
            await self._gate.acquire()
        finally:
            self._queued -= 1

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(self._options.look_every_s)
            found = await self._look()
            if found != self._available:
                log.warning("node.upstream", reachable=found, url=self._base)
            self._available = found

    async def _look(self) -> bool:
        assert self._client is not None
        limit = aiohttp.ClientTimeout(total=self._options.connect_s)
        try:
            async with self._client.get(f"{self._base}/v1/models", timeout=limit, allow_redirects=False) as response:
                if response.status != 200:
                    return False
                found = orjson.loads(await response.content.read(_MOST_ANSWER))
            names = [str(model["id"]) for model in found["data"][:_MOST_MODELS]]
        except (TimeoutError, aiohttp.ClientError, orjson.JSONDecodeError, KeyError, TypeError):
            return False
        self._models, self._available = names, True
        return True


class _Passing:
    """A stream on its way through."""

    def __init__(self, call: Call, response: aiohttp.ClientResponse, gate: asyncio.Semaphore, base: str) -> None:
        self._call = call
        self._response = response
        self._gate = gate
        self._base = base
        self._closed = False
        self.status = response.status
        self.media_type = response.headers.get("Content-Type", "text/event-stream")

    async def events(self) -> AsyncGenerator[bytes]:
        """What is streamed, as it comes; where it breaks off, an error is the last of it."""
        call, tail, began = self._call, b"", False
        try:
            async for piece in self._response.content.iter_any():
                if not began:
                    began = True
                    call.metrics.first_token(call.route, time.perf_counter() - call.began)
                tail = (tail + piece)[-_TAIL:]
                yield piece
        except (TimeoutError, aiohttp.ClientError) as error:
            yield b"data: " + orjson.dumps(_broken(self._base, error).body()) + b"\n\n"
        finally:
            _count(call, tail)

    def close(self) -> None:
        """Close the connection, unless all has come, so that the work behind it stops; free the place."""
        if not self._closed:
            self._closed = True
            self._response.close()
            self._gate.release()


async def _whole(response: aiohttp.ClientResponse, base: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        async for part in response.content.iter_any():
            size += len(part)
            if size > _MOST_ANSWER:
                raise UpstreamFailed("What this node fronts sent more than 64 MB.")
            parts.append(part)
    except (TimeoutError, aiohttp.ClientError) as error:
        raise _broken(base, error) from None
    return b"".join(parts)


def _broken(base: str, error: Exception) -> ApiError:
    return UpstreamFailed(f"What this node fronts at {base} broke off ({type(error).__name__}).")


def _wants_stream(body: bytes) -> bool:
    try:
        found: object = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"The body is not valid JSON: {error}.", code="invalid_json") from None
    if not isinstance(found, dict):
        raise BadRequest("The body must be a JSON object.", code="invalid_json")
    return cast("dict[str, object]", found).get("stream") is True


def _count(call: Call, text: bytes) -> None:
    """Count the tokens of the last usage that stands in an answer, if it tells any."""
    found = _USAGE.findall(text)
    if not found:
        return
    with contextlib.suppress(orjson.JSONDecodeError, TypeError, ValueError):
        usage: dict[str, int | None] = orjson.loads(b"{" + found[-1] + b"}")["usage"]
        call.metrics.tokens(int(usage.get("prompt_tokens") or 0), int(usage.get("completion_tokens") or 0))
