"""Google's Gemini API: generateContent and streamGenerateContent. https://ai.google.dev/api/generate-content"""

from collections.abc import AsyncIterator, Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.servers.base import (
    GARBAGE,
    Handler,
    ModelServer,
    Protocol,
    ServeChat,
    count_words,
    items,
    main,
    sse,
    stream_pieces,
    text_of,
)
from tests.servers.script import Asked, JsonObject, Reply, Script, tokens_of

_STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}


class Google(Protocol):
    """``/v1/models/{model}:generateContent``; function calls arrive whole, in one part."""

    name = "google"

    def __init__(self, models: Sequence[str] = ("gemini-2.5-flash",)) -> None:
        self.models = models

    def routes(self, serve: ServeChat, check: Handler) -> list[Route]:
        async def models(request: Request) -> Response:
            refused = await check(request)
            if refused.status_code != 200:
                return refused
            return JSONResponse({"models": [_model_entry(name) for name in self.models]})

        return [
            route
            for version in ("v1", "v1beta")  # the same API under two names; clients use either
            for route in (
                Route(f"/{version}/models", models),
                Route(f"/{version}/models/{{call:path}}", serve, methods=["POST"]),
            )
        ]

    def key_of(self, request: Request) -> str:
        return request.headers.get("x-goog-api-key", "")

    def read(self, request: Request, body: JsonObject) -> Asked:
        model, _, method = str(request.path_params["call"]).partition(":")
        contents = items(body, "contents")
        said = [
            index
            for index, content in enumerate(contents)
            if content.get("role") == "user" and any("text" in part for part in items(content, "parts"))
        ]
        after = contents[said[-1] + 1 :] if said else contents
        results = [
            _result(part["functionResponse"])
            for content in after
            for part in items(content, "parts")
            if "functionResponse" in part
        ]
        declared = [one for tool in items(body, "tools") for one in items(tool, "functionDeclarations")]
        system: JsonObject = body.get("systemInstruction") or {}
        return Asked(
            protocol=self.name,
            path=request.url.path,
            model=model,
            stream=method == "streamGenerateContent",
            body=body,
            headers=dict(request.headers),
            system=text_of(system.get("parts")),
            last_user_text=text_of(contents[said[-1]].get("parts")) if said else "",
            tool_results=tuple(results),
            tools=tuple(one["name"] for one in declared),
            input_words=count_words(body),
        )

    def error(self, reply: Reply) -> JsonObject:
        # Gemini answers some wrong keys with 400 INVALID_ARGUMENT; here one status keeps one meaning.
        status = _STATUSES.get(reply.status, "UNKNOWN")
        return {"error": {"code": reply.status, "message": reply.error, "status": status}}

    def whole(self, asked: Asked, reply: Reply) -> JsonObject:
        parts: list[JsonObject] = []
        if reply.reasoning:
            parts.append({"text": reply.reasoning, "thought": True})
        if reply.text:
            parts.append({"text": reply.text})
        parts += [{"functionCall": {"name": tool.name, "args": dict(tool.arguments)}} for tool in reply.tool_calls]
        return self._chunk(asked, reply, parts, last=True)

    async def stream(self, asked: Asked, reply: Reply) -> AsyncIterator[bytes]:
        async for piece in stream_pieces(reply):
            match piece.kind:
                case "garbage":
                    yield GARBAGE
                    return
                case "text":
                    yield sse(self._chunk(asked, reply, [{"text": piece.text}]))
                case "reasoning":
                    yield sse(self._chunk(asked, reply, [{"text": piece.text + " ", "thought": True}]))
                case "tool_end":
                    assert piece.tool is not None
                    called = {"name": piece.tool.name, "args": dict(piece.tool.arguments)}
                    yield sse(self._chunk(asked, reply, [{"functionCall": called}]))
                case _:
                    continue
        yield sse(self._chunk(asked, reply, [], last=True))

    def _chunk(self, asked: Asked, reply: Reply, parts: list[JsonObject], *, last: bool = False) -> JsonObject:
        candidate: JsonObject = {"index": 0, "content": {"role": "model", "parts": parts}}
        chunk: JsonObject = {"candidates": [candidate], "modelVersion": asked.model, "responseId": "loopback"}
        if last:
            candidate["finishReason"] = "STOP"
            if reply.report_usage:
                chunk["usageMetadata"] = _usage(asked, reply)
        return chunk


def _usage(asked: Asked, reply: Reply) -> JsonObject:
    used = tokens_of(reply, asked)
    return {
        "promptTokenCount": used.input,
        "candidatesTokenCount": used.output,
        "totalTokenCount": used.input + used.output,
        "cachedContentTokenCount": used.cached,
    }


def _result(response: JsonObject) -> str:
    answered: JsonObject = response.get("response") or {}
    for key in ("return_value", "output", "result"):
        if key in answered:
            return str(answered[key])
    return str(answered)


def _model_entry(name: str) -> JsonObject:
    methods = ["generateContent", "streamGenerateContent"]
    return {
        "name": f"models/{name}",
        "displayName": name,
        "inputTokenLimit": 1_048_576,
        "outputTokenLimit": 65_536,
        "supportedGenerationMethods": methods,
    }


def google(
    script: Script | None = None,
    *,
    keys: Sequence[str] | None = None,
    models: Sequence[str] = ("gemini-2.5-flash",),
) -> ModelServer:
    """A server for ``base_url = server.url``."""
    return ModelServer(Google(models), script, keys=keys)


if __name__ == "__main__":
    main(Google())
