"""OpenAI's chat completions, and the providers that follow it: Mistral, Groq, OpenRouter, local servers.

https://platform.openai.com/docs/api-reference/chat, https://docs.mistral.ai/api, https://console.groq.com/docs/api-reference,
https://openrouter.ai/docs/api-reference
"""

import base64
import json
import struct
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.servers.base import (
    GARBAGE,
    Handler,
    ModelServer,
    Piece,
    Protocol,
    ServeChat,
    call_id,
    count_words,
    items,
    main,
    sse,
    stream_pieces,
    text_of,
)
from tests.servers.script import Asked, JsonObject, Reply, Script, tokens_of

_CREATED = 1_767_225_600


class OpenAICompatible(Protocol):
    """Chat completions under ``prefix`` (``/v1``), with usage in a chunk of its own when it is asked for."""

    name = "openai_compatible"
    prefix = "/v1"

    def __init__(self, models: Sequence[str] = ("test-model",)) -> None:
        self.models = models

    def routes(self, serve: ServeChat, check: Handler) -> list[Route]:
        async def models(request: Request) -> Response:
            refused = await check(request)
            if refused.status_code != 200:
                return refused
            return JSONResponse({"object": "list", "data": [self.model_entry(name) for name in self.models]})

        async def embeddings(request: Request) -> Response:
            refused = await check(request)
            if refused.status_code != 200:
                return refused
            return JSONResponse(_embeddings(await request.json()))

        return [
            Route(f"{self.prefix}/models", models),
            Route(f"{self.prefix}/chat/completions", serve, methods=["POST"]),
            Route(f"{self.prefix}/embeddings", embeddings, methods=["POST"]),
        ]

    def model_entry(self, name: str) -> JsonObject:
        """One entry of the list of models."""
        return {"id": name, "object": "model", "created": _CREATED, "owned_by": "loopback"}

    def read(self, request: Request, body: JsonObject) -> Asked:
        return read_chat(self.name, request, body)

    def error(self, reply: Reply) -> JsonObject:
        return {
            "error": {
                "message": reply.error,
                "type": "invalid_request_error",
                "param": None,
                "code": reply.error_code,
            }
        }

    def whole(self, asked: Asked, reply: Reply) -> JsonObject:
        message: JsonObject = {"role": "assistant", "content": reply.text or None}
        if reply.reasoning:
            message["reasoning_content"] = reply.reasoning
        if reply.tool_calls:
            message["tool_calls"] = [
                {
                    "id": call_id(tool, index),
                    "type": "function",
                    "function": _function(tool.name, tool.arguments),
                }
                for index, tool in enumerate(reply.tool_calls)
            ]
        answer = {**self.envelope(asked, "chat.completion"), **_tier(reply)}
        answer["choices"] = [{"index": 0, "message": message, "finish_reason": self.finish(reply), "logprobs": None}]
        if reply.report_usage:
            answer["usage"] = self.usage(asked, reply)
        return answer

    def finish(self, reply: Reply) -> str:
        """Why the model stopped."""
        return reply.finish or ("tool_calls" if reply.tool_calls else "stop")

    def usage(self, asked: Asked, reply: Reply) -> JsonObject:
        """Tokens in the provider's shape."""
        used = tokens_of(reply, asked)
        return {
            "prompt_tokens": used.input,
            "completion_tokens": used.output,
            "total_tokens": used.input + used.output,
            "prompt_tokens_details": {"cached_tokens": used.cached},
        }

    def envelope(self, asked: Asked, kind: str) -> JsonObject:
        """The fields that every answer and chunk carries."""
        return {"id": "chatcmpl-loopback", "object": kind, "created": _CREATED, "model": asked.model}

    async def stream(self, asked: Asked, reply: Reply) -> AsyncIterator[bytes]:
        first = True
        async for piece in stream_pieces(reply):
            if piece.kind == "garbage":
                yield GARBAGE
                return
            delta = self.delta(piece)
            if delta is None:
                continue
            if first:
                delta = {"role": "assistant", **delta}
                first = False
            yield sse(self.chunk(asked, delta))
        yield sse(self.chunk(asked, {}, self.finish(reply)))
        if reply.report_usage and self.wants_usage(asked):
            yield sse(
                {
                    **self.envelope(asked, "chat.completion.chunk"),
                    **_tier(reply),
                    "choices": [],
                    "usage": self.usage(asked, reply),
                }
            )
        yield sse("[DONE]")

    def wants_usage(self, asked: Asked) -> bool:
        """OpenAI reports a stream's usage only to those who ask for it."""
        options: JsonObject = asked.body.get("stream_options") or {}
        return bool(options.get("include_usage"))

    def chunk(self, asked: Asked, delta: JsonObject, finish: str | None = None) -> JsonObject:
        """One chunk of the stream."""
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        return {**self.envelope(asked, "chat.completion.chunk"), "choices": [choice]}

    def delta(self, piece: Piece) -> JsonObject | None:
        """What one piece adds to the message."""
        match piece.kind:
            case "reasoning":
                return {"reasoning_content": piece.text + " "}
            case "text":
                return {"content": piece.text}
            case "tool_start":
                assert piece.tool is not None
                start = {"name": piece.tool.name, "arguments": ""}
                call = {"index": piece.index, "id": call_id(piece.tool, piece.index), "type": "function"}
                return {"tool_calls": [{**call, "function": start}]}
            case "tool_args":
                return {"tool_calls": [{"index": piece.index, "function": {"arguments": piece.text}}]}
            case _:
                return None


class Groq(OpenAICompatible):
    """Groq: the same under ``/openai/v1``, usage in ``x_groq`` of the last chunk."""

    name = "groq"
    prefix = "/openai/v1"

    async def stream(self, asked: Asked, reply: Reply) -> AsyncIterator[bytes]:
        async for piece in stream_pieces(reply):
            if piece.kind == "garbage":
                yield GARBAGE
                return
            delta = self.delta(piece)
            if delta is not None:
                yield sse(self.chunk(asked, {"role": "assistant", **delta}))
        last = self.chunk(asked, {}, self.finish(reply))
        if reply.report_usage:
            last["x_groq"] = {"id": "req_loopback", "usage": self.usage(asked, reply)}
        yield sse(last)
        yield sse("[DONE]")


class Mistral(OpenAICompatible):
    """Mistral: whole tool calls in one chunk, usage always in the last chunk, ids of nine characters."""

    name = "mistral"

    def error(self, reply: Reply) -> JsonObject:
        return {
            "object": "error",
            "message": reply.error,
            "type": reply.error_code,
            "param": None,
            "code": "1000",
        }

    async def stream(self, asked: Asked, reply: Reply) -> AsyncIterator[bytes]:
        async for piece in stream_pieces(reply):
            if piece.kind == "garbage":
                yield GARBAGE
                return
            delta = self.delta(piece)
            if delta is not None:
                yield sse(self.chunk(asked, {"role": "assistant", "content": "", **delta}))
        last = self.chunk(asked, {"content": ""}, self.finish(reply))
        if reply.report_usage:
            last["usage"] = self.usage(asked, reply)
        yield sse(last)
        yield sse("[DONE]")

    def delta(self, piece: Piece) -> JsonObject | None:
        if piece.kind != "tool_end":
            return super().delta(piece) if piece.kind == "text" else None
        assert piece.tool is not None
        call = {"index": piece.index, "id": f"call{piece.index:05d}", "type": "function"}
        return {"tool_calls": [{**call, "function": _function(piece.tool.name, piece.tool.arguments)}]}


class OpenRouter(OpenAICompatible):
    """OpenRouter: the same under ``/api/v1``, with the downstream provider and comments as keep-alives."""

    name = "openrouter"
    prefix = "/api/v1"

    def routes(self, serve: ServeChat, check: Handler) -> list[Route]:
        async def key(request: Request) -> Response:
            refused = await check(request)
            if refused.status_code != 200:
                return refused
            return JSONResponse({"data": {"label": "loopback", "usage": 0, "limit": None}})

        return [*super().routes(serve, check), Route(f"{self.prefix}/key", key)]

    def error(self, reply: Reply) -> JsonObject:
        return {"error": {"code": reply.status, "message": reply.error, "metadata": {}}}

    def envelope(self, asked: Asked, kind: str) -> JsonObject:
        return {**super().envelope(asked, kind), "provider": "Loopback"}

    def model_entry(self, name: str) -> JsonObject:
        pricing = {"prompt": "0.000001", "completion": "0.000002"}
        return {"id": name, "name": name, "created": _CREATED, "context_length": 32768, "pricing": pricing}

    def wants_usage(self, asked: Asked) -> bool:
        return True

    def delta(self, piece: Piece) -> JsonObject | None:
        if piece.kind == "reasoning":
            return {"content": "", "reasoning": piece.text + " "}
        return super().delta(piece)

    async def stream(self, asked: Asked, reply: Reply) -> AsyncIterator[bytes]:
        yield b": OPENROUTER PROCESSING\n\n"
        async for event in super().stream(asked, reply):
            yield event


def read_chat(protocol: str, request: Request, body: JsonObject) -> Asked:
    """A chat completions request in the form that all protocols share."""
    messages = items(body, "messages")
    users = [index for index, message in enumerate(messages) if message.get("role") == "user"]
    after = messages[users[-1] + 1 :] if users else messages
    return Asked(
        protocol=protocol,
        path=request.url.path,
        model=str(body.get("model", "")),
        stream=bool(body.get("stream")),
        body=body,
        headers=dict(request.headers),
        system="\n".join(text_of(one.get("content")) for one in messages if one.get("role") in {"system", "developer"}),
        last_user_text=text_of(messages[users[-1]].get("content")) if users else "",
        tool_results=tuple(text_of(one.get("content")) for one in after if one.get("role") == "tool"),
        tools=tuple(tool["function"]["name"] for tool in items(body, "tools") if "function" in tool),
        input_words=count_words(body),
    )


def _function(name: str, arguments: Mapping[str, Any]) -> JsonObject:
    return {"name": name, "arguments": json.dumps(dict(arguments), ensure_ascii=False)}


def _tier(reply: Reply) -> JsonObject:
    return {} if reply.tier is None else {"service_tier": reply.tier}


def _embeddings(body: JsonObject) -> JsonObject:
    given = body.get("input", "")
    texts: list[str] = [given] if isinstance(given, str) else list(given)
    vectors: list[Any] = [_vector(text) for text in texts]
    if body.get("encoding_format") == "base64":
        vectors = [base64.b64encode(struct.pack(f"<{len(one)}f", *one)).decode() for one in vectors]
    data = [{"object": "embedding", "index": index, "embedding": one} for index, one in enumerate(vectors)]
    used = sum(len(text.split()) for text in texts)
    usage = {"prompt_tokens": used, "total_tokens": used}
    return {"object": "list", "data": data, "model": body.get("model", ""), "usage": usage}


def _vector(text: str, size: int = 8) -> list[float]:
    """A bag of letters as a unit vector: the same text gives the same vector, like texts are near."""
    counts = [0.0] * size
    for letter in text:
        counts[ord(letter) % size] += 1.0
    length = sum(value * value for value in counts) ** 0.5 or 1.0
    return [value / length for value in counts]


def openai_compatible(
    script: Script | None = None,
    *,
    keys: Sequence[str] | None = None,
    models: Sequence[str] = ("test-model",),
) -> ModelServer:
    """A server for ``base_url = server.url + "/v1"``."""
    return ModelServer(OpenAICompatible(models), script, keys=keys)


def groq(script: Script | None = None, *, keys: Sequence[str] | None = None) -> ModelServer:
    """A server for ``base_url = server.url``."""
    return ModelServer(Groq(("llama-3.3-70b-versatile",)), script, keys=keys)


def mistral(script: Script | None = None, *, keys: Sequence[str] | None = None) -> ModelServer:
    """A server for ``base_url = server.url``."""
    return ModelServer(Mistral(("mistral-small-latest",)), script, keys=keys)


def openrouter(script: Script | None = None, *, keys: Sequence[str] | None = None) -> ModelServer:
    """A server for ``base_url = server.url + "/api/v1"``."""
    return ModelServer(OpenRouter(("openai/gpt-4o-mini",)), script, keys=keys)


if __name__ == "__main__":
    main(OpenAICompatible())
