"""Providers' embedding APIs on loopback: the published protocols, vectors that are near for like texts, and faults.

with embedding_server("openai") as server:
    server.embeds.then(rate_limited())
    ...
    assert [len(texts) for texts in server.embeds.asked] == [512, 88]
"""

import asyncio
import base64
import math
import struct
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from zlib import crc32

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.servers.base import Handler, ModelServer, Protocol, ServeChat
from tests.servers.google import Google
from tests.servers.openai_compatible import Mistral, OpenAICompatible, OpenRouter
from tests.servers.script import JsonObject, Reply


@dataclass
class Embeds:
    """What the server answers, and what it was asked: ``asked`` holds the texts of each request that was answered."""

    size: int = 16
    longest: int | None = None  # characters of a text; longer ones are refused as too long for the model
    delay_s: float = 0.0
    knows_base64: bool = True
    tells_usage: bool = True
    backwards: bool = False  # entries in another order than the texts, told by their index
    asked: list[list[str]] = field(default_factory=list[list[str]])
    bodies: list[JsonObject] = field(default_factory=list[JsonObject])
    at_once: int = 0  # the most requests that were answered at the same time
    _faults: deque[Reply | JsonObject] = field(default_factory=deque[Reply | JsonObject])
    _now: int = 0

    def then(self, *faults: Reply | JsonObject) -> None:
        """The next requests get these instead: an error, or a body that doesn't fit."""
        self._faults.extend(faults)

    async def fault(self, protocol: Protocol, body: JsonObject, texts: list[str]) -> Response | None:
        """What goes wrong with this request, if anything does."""
        self.bodies.append(body)
        self._now += 1
        self.at_once = max(self.at_once, self._now)
        try:
            await asyncio.sleep(self.delay_s)
        finally:
            self._now -= 1
        if self._faults:
            fault = self._faults.popleft()
            if isinstance(fault, Reply):
                headers = {} if fault.retry_after is None else {"retry-after": f"{fault.retry_after:g}"}
                return JSONResponse(protocol.error(fault), status_code=fault.status, headers=headers)
            return JSONResponse(fault)
        if self.longest is not None and any(len(text) > self.longest for text in texts):
            refused = Reply(status=400, error=f"This model's maximum context length is {self.longest} tokens.")
            return JSONResponse(protocol.error(refused), status_code=400)
        self.asked.append(texts)
        return None


def vector_of(text: str, size: int) -> list[float]:
    """A bag of words as a vector of length 1."""
    counts = [0.0] * size
    for word in text.lower().split():
        counts[crc32(word.encode()) % size] += 1.0
    length = math.sqrt(math.fsum(value * value for value in counts)) or 1.0
    return [value / length for value in counts]


def _written(vector: list[float], as_base64: bool) -> str | list[float]:
    return base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode() if as_base64 else vector


def _follows_openai(protocol: OpenAICompatible, embeds: Embeds, check: Handler) -> Route:
    async def serve(request: Request) -> Response:
        refused = await check(request)
        if refused.status_code != 200:
            return refused
        body: JsonObject = await request.json()
        texts: list[str] = list(body["input"])
        fault = await embeds.fault(protocol, body, texts)
        if fault is not None:
            return fault
        as_base64 = embeds.knows_base64 and body.get("encoding_format") == "base64"
        data = [
            {"object": "embedding", "index": place, "embedding": _written(vector_of(text, embeds.size), as_base64)}
            for place, text in enumerate(texts)
        ]
        used = sum(len(text.split()) for text in texts)
        answer: JsonObject = {
            "object": "list",
            "data": data[::-1] if embeds.backwards else data,
            "model": body["model"],
        }
        if embeds.tells_usage:
            answer["usage"] = {"prompt_tokens": used, "total_tokens": used}
        return JSONResponse(answer)

    return Route(f"{protocol.prefix}/embeddings", serve, methods=["POST"])


class EmbeddingGoogle(Google):
    """https://ai.google.dev/api/embeddings#method:-models.batchembedcontents"""

    def __init__(self, embeds: Embeds) -> None:
        super().__init__()
        self.embeds = embeds

    def routes(self, serve: ServeChat, check: Handler) -> list[Route]:
        async def embed(request: Request) -> Response:
            refused = await check(request)
            if refused.status_code != 200:
                return refused
            body: JsonObject = await request.json()
            texts = [one["content"]["parts"][0]["text"] for one in body["requests"]]
            assert all(one["model"] == f"models/{request.path_params['model']}" for one in body["requests"])
            fault = await self.embeds.fault(self, body, texts)
            if fault is not None:
                return fault
            return JSONResponse({"embeddings": [{"values": vector_of(text, self.embeds.size)} for text in texts]})

        return [
            Route("/v1beta/models/{model}:batchEmbedContents", embed, methods=["POST"]),
            *super().routes(serve, check),
        ]


class _Compatible(OpenAICompatible):
    embeds: Embeds

    def routes(self, serve: ServeChat, check: Handler) -> list[Route]:
        return [_follows_openai(self, self.embeds, check), *super().routes(serve, check)]


class _Mistral(Mistral):
    embeds: Embeds

    def routes(self, serve: ServeChat, check: Handler) -> list[Route]:
        return [_follows_openai(self, self.embeds, check), *super().routes(serve, check)]


class _OpenRouter(OpenRouter):
    embeds: Embeds

    def routes(self, serve: ServeChat, check: Handler) -> list[Route]:
        return [_follows_openai(self, self.embeds, check), *super().routes(serve, check)]


class EmbeddingServer(ModelServer):
    """A provider's server that embeds as well; ``embeds`` is its script."""

    def __init__(self, protocol: Protocol, embeds: Embeds, keys: Sequence[str] | None) -> None:
        self.embeds = embeds
        super().__init__(protocol, keys=keys)


def embedding_server(
    provider: str = "openai_compatible", *, keys: Sequence[str] | None = None, models: Sequence[str] = ("test-embed",)
) -> EmbeddingServer:
    """A server that speaks the provider's protocol."""
    embeds = Embeds()
    if provider == "google":
        return EmbeddingServer(EmbeddingGoogle(embeds), embeds, keys)
    kind = {"mistral": _Mistral, "openrouter": _OpenRouter}.get(provider, _Compatible)
    protocol = kind(models)
    protocol.embeds = embeds
    return EmbeddingServer(protocol, embeds, keys)
