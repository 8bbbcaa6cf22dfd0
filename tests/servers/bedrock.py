"""Amazon Bedrock: Converse, its binary stream, the lists of models, and OpenAI's door for OpenAI's models.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html, API_runtime_ConverseStream.html,
API_ListFoundationModels.html, API_ListInferenceProfiles.html
"""

from collections.abc import AsyncIterator, Mapping, Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.servers import eventstream, sigv4
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
    stream_pieces,
    text_of,
)
from tests.servers.openai_compatible import OpenAICompatible
from tests.servers.script import Asked, JsonObject, Reply, Script, tokens_of

PROFILE = "eu.anthropic.claude-haiku-4-5-20251001-v1:0"
OPEN_WEIGHTS = "openai.gpt-oss-120b-1:0"
_CODES = {
    400: "ValidationException",
    401: "UnrecognizedClientException",
    403: "AccessDeniedException",
    404: "ResourceNotFoundException",
    408: "ModelTimeoutException",
    424: "ModelErrorException",
    429: "ThrottlingException",
    500: "InternalServerException",
    503: "ServiceUnavailableException",
}


class Bedrock(Protocol):
    """``secrets`` are the access keys that may sign; ``signed`` says for what they did."""

    name = "bedrock"

    def __init__(self, models: Sequence[str], secrets: Mapping[str, str]) -> None:
        self.models = models
        self.secrets = secrets
        self.signed: list[sigv4.Signed] = []
        self._openai = OpenAICompatible(models)

    def routes(self, serve: ServeChat, check: Handler) -> list[Route]:
        async def listed(request: Request) -> Response:
            refused = await check(request)
            if refused.status_code != 200:
                return refused
            if request.url.path == "/foundation-models":
                return JSONResponse({"modelSummaries": foundation_models(self.models)})
            return JSONResponse({"inferenceProfileSummaries": inference_profiles(self.models)})

        return [
            Route("/foundation-models", listed),
            Route("/inference-profiles", listed),
            Route("/model/{model:path}/converse", serve, methods=["POST"]),
            Route("/model/{model:path}/converse-stream", serve, methods=["POST"]),
            Route("/openai/v1/chat/completions", serve, methods=["POST"]),
        ]

    async def signed_by(self, request: Request) -> str:
        signed = await sigv4.verify(request, self.secrets)
        if signed is None:
            return self.key_of(request)
        self.signed.append(signed)
        return signed.access_key

    def read(self, request: Request, body: JsonObject) -> Asked:
        if request.url.path.startswith("/openai/"):
            return self._openai.read(request, body)
        messages = items(body, "messages")
        said = [index for index, message in enumerate(messages) if _is_said(message)]
        after = messages[said[-1] + 1 :] if said else messages
        results = [
            text_of(block["toolResult"].get("content"))
            for message in after
            for block in items(message, "content")
            if "toolResult" in block
        ]
        declared = items(body.get("toolConfig") or {}, "tools")
        return Asked(
            protocol=self.name,
            path=request.url.path,
            model=str(request.path_params["model"]),
            stream=request.url.path.endswith("-stream"),
            body=body,
            headers=dict(request.headers),
            system=text_of(body.get("system")),
            last_user_text=text_of(messages[said[-1]].get("content")) if said else "",
            tool_results=tuple(results),
            tools=tuple(tool["toolSpec"]["name"] for tool in declared if "toolSpec" in tool),
            input_words=count_words(body),
        )

    def error(self, reply: Reply) -> JsonObject:
        return {"message": reply.error}

    def error_headers(self, reply: Reply) -> Mapping[str, str]:
        return {"x-amzn-errortype": _CODES.get(reply.status, "UnknownException")}

    def stream_type(self, asked: Asked) -> str:
        return eventstream.CONTENT_TYPE if asked.protocol == self.name else super().stream_type(asked)

    def whole(self, asked: Asked, reply: Reply) -> JsonObject:
        if asked.protocol != self.name:
            return self._openai.whole(asked, reply)
        content: list[JsonObject] = []
        if reply.reasoning:
            content.append({"reasoningContent": {"reasoningText": {"text": reply.reasoning, "signature": "loopback"}}})
        if reply.text:
            content.append({"text": reply.text})
        for index, tool in enumerate(reply.tool_calls):
            used = {"toolUseId": call_id(tool, index, "tooluse_"), "name": tool.name, "input": dict(tool.arguments)}
            content.append({"toolUse": used})
        return {
            "output": {"message": {"role": "assistant", "content": content}},
            "stopReason": _stop(reply),
            "usage": _usage(asked, reply),
            "metrics": {"latencyMs": 1},
        }

    async def stream(self, asked: Asked, reply: Reply) -> AsyncIterator[bytes]:
        pieces = self._events(asked, reply) if asked.protocol == self.name else self._openai.stream(asked, reply)
        async for piece in pieces:
            yield piece

    async def _events(self, asked: Asked, reply: Reply) -> AsyncIterator[bytes]:
        yield eventstream.event("messageStart", {"role": "assistant"})
        index, open_kind = -1, ""
        async for piece in stream_pieces(reply):
            if piece.kind == "garbage":
                yield eventstream.exception(reply.error_code, reply.error) if reply.error_code else GARBAGE
                return
            kind = f"tool_{piece.index}" if piece.tool is not None else piece.kind
            if kind != open_kind:
                if open_kind:
                    yield eventstream.event("contentBlockStop", {"contentBlockIndex": index})
                index, open_kind = index + 1, kind
                if piece.tool is not None:
                    start = {"toolUseId": call_id(piece.tool, piece.index, "tooluse_"), "name": piece.tool.name}
                    opened = {"contentBlockIndex": index, "start": {"toolUse": start}}
                    yield eventstream.event("contentBlockStart", opened)
            delta = _delta(piece)
            if delta is not None:
                yield eventstream.event("contentBlockDelta", {"contentBlockIndex": index, "delta": delta})
        if open_kind:
            yield eventstream.event("contentBlockStop", {"contentBlockIndex": index})
        yield eventstream.event("messageStop", {"stopReason": _stop(reply)})
        if reply.report_usage:
            yield eventstream.event("metadata", {"usage": _usage(asked, reply), "metrics": {"latencyMs": 1}})


def foundation_models(names: Sequence[str]) -> list[JsonObject]:
    """The models behind the names, and some that can't talk."""
    talking = {name.split(".", 1)[1] if _is_profile(name) else name: _is_profile(name) for name in names}
    return [
        *[_summary(name, "INFERENCE_PROFILE" if behind else "ON_DEMAND") for name, behind in talking.items()],
        _summary("amazon.titan-embed-text-v2:0", "ON_DEMAND", outputModalities=["EMBEDDING"]),
        _summary("amazon.nova-canvas-v1:0", "ON_DEMAND", outputModalities=["IMAGE"]),
        _summary("ai21.j2-ultra-v1", "ON_DEMAND", responseStreamingSupported=False),
        _summary("anthropic.claude-v2", "ON_DEMAND", modelLifecycle={"status": "LEGACY"}),
        _summary("meta.llama3-1-405b-instruct-v1:0", "PROVISIONED"),
    ]


def inference_profiles(names: Sequence[str]) -> list[JsonObject]:
    """The profiles among the names, and one of a model that makes pictures."""
    profiles = [name for name in names if _is_profile(name)]
    return [
        {
            "inferenceProfileId": name,
            "inferenceProfileName": name,
            "type": "SYSTEM_DEFINED",
            "status": "ACTIVE",
            "models": [
                {"modelArn": f"arn:aws:bedrock:{region}::foundation-model/{name.split('.', 1)[1]}"}
                for region in ("eu-central-1", "eu-west-1")
            ],
        }
        for name in [*profiles, "eu.amazon.nova-canvas-v1:0"]
    ]


def _is_profile(name: str) -> bool:
    return name.split(".", 1)[0] in {"eu", "us", "global"}


def _summary(name: str, inference: str, **more: object) -> JsonObject:
    return {
        "modelArn": f"arn:aws:bedrock:eu-central-1::foundation-model/{name}",
        "modelId": name,
        "modelName": name,
        "providerName": name.split(".", 1)[0],
        "inputModalities": ["TEXT"],
        "outputModalities": ["TEXT"],
        "responseStreamingSupported": True,
        "inferenceTypesSupported": [inference],
        "modelLifecycle": {"status": "ACTIVE"},
        **more,
    }


def _is_said(message: JsonObject) -> bool:
    return message.get("role") == "user" and any("text" in block for block in items(message, "content"))


def _stop(reply: Reply) -> str:
    return "tool_use" if reply.tool_calls else "end_turn"


def _usage(asked: Asked, reply: Reply) -> JsonObject:
    """What was read from the cache is counted apart from the input."""
    used = tokens_of(reply, asked)
    return {
        "inputTokens": used.input - used.cached,
        "outputTokens": used.output,
        "totalTokens": used.input + used.output,
        "cacheReadInputTokens": used.cached,
        "cacheWriteInputTokens": 0,
    }


def _delta(piece: Piece) -> JsonObject | None:
    match piece.kind:
        case "text":
            return {"text": piece.text}
        case "reasoning":
            return {"reasoningContent": {"text": piece.text + " "}}
        case "tool_args":
            return {"toolUse": {"input": piece.text}}
        case _:
            return None


def bedrock(
    script: Script | None = None,
    *,
    keys: Sequence[str] | None = None,
    models: Sequence[str] = (PROFILE, OPEN_WEIGHTS),
    secrets: Mapping[str, str] | None = None,
) -> ModelServer:
    """A server for ``base_url = server.url``, which stands for both of Bedrock's addresses."""
    return ModelServer(Bedrock(models, secrets or {}), script, keys=keys)


if __name__ == "__main__":
    main(Bedrock((PROFILE, OPEN_WEIGHTS), {}))
