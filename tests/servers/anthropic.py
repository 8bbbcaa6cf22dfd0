"""Anthropic's Messages API. https://docs.anthropic.com/en/api/messages and /messages-streaming"""

from collections.abc import AsyncIterator, Sequence

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

_ERROR_TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    429: "rate_limit_error",
    500: "api_error",
    529: "overloaded_error",
}


class Anthropic(Protocol):
    """``POST /v1/messages``: content blocks with start, deltas and stop, tool input as partial JSON."""

    name = "anthropic"

    def __init__(self, models: Sequence[str] = ("claude-haiku-4-5",)) -> None:
        self.models = models

    def routes(self, serve: ServeChat, check: Handler) -> list[Route]:
        async def models(request: Request) -> Response:
            refused = await check(request)
            if refused.status_code != 200:
                return refused
            entries = [
                {"type": "model", "id": name, "display_name": name, "created_at": "2026-01-01T00:00:00Z"}
                for name in self.models
            ]
            return JSONResponse({"data": entries, "has_more": False, "first_id": None, "last_id": None})

        return [Route("/v1/models", models), Route("/v1/messages", serve, methods=["POST"])]

    def key_of(self, request: Request) -> str:
        return request.headers.get("x-api-key") or super().key_of(request)

    def read(self, request: Request, body: JsonObject) -> Asked:
        messages = items(body, "messages")
        said = [index for index, message in enumerate(messages) if _is_said(message)]
        after = messages[said[-1] + 1 :] if said else messages
        results = [
            text_of(block.get("content"))
            for message in after
            for block in items(message, "content")
            if block.get("type") == "tool_result"
        ]
        return Asked(
            protocol=self.name,
            path=request.url.path,
            model=str(body.get("model", "")),
            stream=bool(body.get("stream")),
            body=body,
            headers=dict(request.headers),
            system=text_of(body.get("system")),
            last_user_text=text_of(messages[said[-1]].get("content")) if said else "",
            tool_results=tuple(results),
            tools=tuple(tool["name"] for tool in items(body, "tools") if "name" in tool),
            input_words=count_words(body),
        )

    def error(self, reply: Reply) -> JsonObject:
        kind = _ERROR_TYPES.get(reply.status, "api_error")
        return {
            "type": "error",
            "error": {"type": kind, "message": reply.error},
            "request_id": "req_loopback",
        }

    def whole(self, asked: Asked, reply: Reply) -> JsonObject:
        content: list[JsonObject] = []
        if reply.reasoning:
            content.append({"type": "thinking", "thinking": reply.reasoning, "signature": "loopback"})
        if reply.text:
            content.append({"type": "text", "text": reply.text})
        for index, tool in enumerate(reply.tool_calls):
            block = {"type": "tool_use", "id": call_id(tool, index, "toolu_"), "name": tool.name}
            content.append({**block, "input": dict(tool.arguments)})
        used = tokens_of(reply, asked)
        return {
            **_message(asked),
            "content": content,
            "stop_reason": _stop(reply),
            "usage": _usage(used.input, used.output, used.cached),
        }

    async def stream(self, asked: Asked, reply: Reply) -> AsyncIterator[bytes]:
        used = tokens_of(reply, asked)
        start: JsonObject = {
            **_message(asked),
            "content": [],
            "stop_reason": None,
            "usage": _usage(used.input, 1, used.cached),
        }
        yield sse({"type": "message_start", "message": start}, "message_start")
        yield sse({"type": "ping"}, "ping")
        index, open_kind = -1, ""
        async for piece in stream_pieces(reply):
            if piece.kind == "garbage":
                yield b"event: content_block_delta\n" + GARBAGE
                return
            kind = _block_of(piece)
            if kind != open_kind:
                if open_kind:
                    yield sse({"type": "content_block_stop", "index": index}, "content_block_stop")
                index, open_kind = index + 1, kind
                block = {"type": "content_block_start", "index": index, "content_block": _opening(piece)}
                yield sse(block, "content_block_start")
            delta = _delta(piece)
            if delta is not None:
                event = {"type": "content_block_delta", "index": index, "delta": delta}
                yield sse(event, "content_block_delta")
        if open_kind:
            yield sse({"type": "content_block_stop", "index": index}, "content_block_stop")
        last = {"type": "message_delta", "delta": {"stop_reason": _stop(reply), "stop_sequence": None}}
        yield sse({**last, "usage": {"output_tokens": used.output}}, "message_delta")
        yield sse({"type": "message_stop"}, "message_stop")


def _is_said(message: JsonObject) -> bool:
    """Whether a person said this: tool results travel in messages of the role ``user`` too."""
    content = message.get("content")
    if message.get("role") != "user":
        return False
    return isinstance(content, str) or any(block.get("type") == "text" for block in items(message, "content"))


def _message(asked: Asked) -> JsonObject:
    return {
        "id": "msg_loopback",
        "type": "message",
        "role": "assistant",
        "model": asked.model,
        "stop_sequence": None,
    }


def _usage(given: int, written: int, cached: int) -> JsonObject:
    """Anthropic counts what was read from the cache apart from the input."""
    return {
        "input_tokens": given - cached,
        "cache_creation_input_tokens": 0,
        "cache_read_input_tokens": cached,
        "output_tokens": written,
    }


def _stop(reply: Reply) -> str:
    return "tool_use" if reply.tool_calls else "end_turn"


def _block_of(piece: Piece) -> str:
    return f"tool_{piece.index}" if piece.tool is not None else piece.kind


def _opening(piece: Piece) -> JsonObject:
    if piece.tool is not None:
        return {
            "type": "tool_use",
            "id": call_id(piece.tool, piece.index, "toolu_"),
            "name": piece.tool.name,
            "input": {},
        }
    if piece.kind == "reasoning":
        return {"type": "thinking", "thinking": "", "signature": ""}
    return {"type": "text", "text": ""}


def _delta(piece: Piece) -> JsonObject | None:
    match piece.kind:
        case "text":
            return {"type": "text_delta", "text": piece.text}
        case "reasoning":
            return {"type": "thinking_delta", "thinking": piece.text + " "}
        case "tool_args":
            return {"type": "input_json_delta", "partial_json": piece.text}
        case _:
            return None


def anthropic(
    script: Script | None = None,
    *,
    keys: Sequence[str] | None = None,
    models: Sequence[str] = ("claude-haiku-4-5",),
) -> ModelServer:
    """A server for ``base_url = server.url``."""
    return ModelServer(Anthropic(models), script, keys=keys)


if __name__ == "__main__":
    main(Anthropic())
