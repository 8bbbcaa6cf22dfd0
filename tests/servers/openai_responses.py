"""OpenAI's Responses API, with its list of models and embeddings. https://platform.openai.com/docs/api-reference/responses"""

import json
from collections.abc import AsyncIterator, Sequence

from starlette.requests import Request
from starlette.routing import Route

from tests.servers.base import (
    GARBAGE,
    Handler,
    ModelServer,
    ServeChat,
    call_id,
    count_words,
    items,
    main,
    sse,
    stream_pieces,
    text_of,
)
from tests.servers.openai_compatible import OpenAICompatible
from tests.servers.script import Asked, JsonObject, Reply, Script, ToolCall, tokens_of

_CREATED = 1_767_225_600
_MESSAGE_ID = "msg_loopback"
_REASONING_ID = "rs_loopback"
_CUT_SHORT = ("max_output_tokens", "content_filter")


class OpenAIResponses(OpenAICompatible):
    """``POST /v1/responses``; every event carries its sequence number and the indexes of item and part."""

    name = "openai"

    def routes(self, serve: ServeChat, check: Handler) -> list[Route]:
        plain = [route for route in super().routes(serve, check) if not route.path.endswith("/chat/completions")]
        return [*plain, Route("/v1/responses", serve, methods=["POST"])]

    def read(self, request: Request, body: JsonObject) -> Asked:
        given = body.get("input")
        said = [{"role": "user", "content": given}] if isinstance(given, str) else items(body, "input")
        users = [index for index, item in enumerate(said) if item.get("role") == "user"]
        after = said[users[-1] + 1 :] if users else said
        systems = [text_of(item.get("content")) for item in said if item.get("role") in {"system", "developer"}]
        return Asked(
            protocol=self.name,
            path=request.url.path,
            model=str(body.get("model", "")),
            stream=bool(body.get("stream")),
            body=body,
            headers=dict(request.headers),
            system="\n".join([text_of(body.get("instructions")), *systems]).strip(),
            last_user_text=text_of(said[users[-1]].get("content")) if users else "",
            tool_results=tuple(
                text_of(item.get("output")) for item in after if item.get("type") == "function_call_output"
            ),
            tools=tuple(tool["name"] for tool in items(body, "tools") if tool.get("type") == "function"),
            input_words=count_words(body),
        )

    def whole(self, asked: Asked, reply: Reply) -> JsonObject:
        return self._response(asked, reply, _status(reply), _output(reply))

    def _response(self, asked: Asked, reply: Reply, status: str, output: list[JsonObject]) -> JsonObject:
        used = tokens_of(reply, asked)
        usage = {
            "input_tokens": used.input,
            "input_tokens_details": {"cached_tokens": used.cached},
            "output_tokens": used.output,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": used.input + used.output,
        }
        return {
            "id": "resp_loopback",
            "object": "response",
            "created_at": _CREATED,
            "status": status,
            "error": {"code": reply.error_code, "message": reply.error} if status == "failed" else None,
            "incomplete_details": {"reason": reply.error_code} if status == "incomplete" else None,
            "instructions": None,
            "metadata": asked.body.get("metadata") or {},
            "model": asked.model,
            "output": output,
            "parallel_tool_calls": True,
            "service_tier": reply.tier,
            "temperature": 1.0,
            "tool_choice": "auto",
            "tools": [],
            "top_p": 1.0,
            "usage": usage if status != "in_progress" and reply.report_usage else None,
        }

    async def stream(self, asked: Asked, reply: Reply) -> AsyncIterator[bytes]:
        writer = _EventWriter()
        yield writer.event("response.created", response=self._response(asked, reply, "in_progress", []))
        open_item: JsonObject | None = None
        async for piece in stream_pieces(reply):
            if piece.kind == "garbage":
                yield GARBAGE
                return
            item = _item_of(piece.kind, piece.tool, piece.index)
            if open_item is not None and open_item["id"] != item["id"]:
                yield writer.close(open_item, reply)
                open_item = None
            if open_item is None:
                open_item = item
                yield writer.event("response.output_item.added", output_index=writer.output_index, item=item)
                yield writer.part_added(item)
            yield writer.delta(open_item, piece.kind, piece.text)
        if open_item is not None:
            yield writer.close(open_item, reply)
        status = _status(reply)
        yield writer.event(f"response.{status}", response=self._response(asked, reply, status, _output(reply)))


class _EventWriter:
    """Numbers the events of one stream."""

    def __init__(self) -> None:
        self.sequence = 0
        self.output_index = 0

    def event(self, kind: str, **fields: object) -> bytes:
        data: JsonObject = {"type": kind, "sequence_number": self.sequence, **fields}
        self.sequence += 1
        return sse(data, kind)

    def part_added(self, item: JsonObject) -> bytes:
        place = {"item_id": item["id"], "output_index": self.output_index}
        if item["type"] == "message":
            part: JsonObject = {"type": "output_text", "text": "", "annotations": []}
            return self.event("response.content_part.added", **place, content_index=0, part=part)
        if item["type"] == "reasoning":
            part = {"type": "summary_text", "text": ""}
            return self.event("response.reasoning_summary_part.added", **place, summary_index=0, part=part)
        return b""

    def delta(self, item: JsonObject, kind: str, text: str) -> bytes:
        place = {"item_id": item["id"], "output_index": self.output_index}
        match kind:
            case "text":
                return self.event("response.output_text.delta", **place, content_index=0, delta=text, logprobs=[])
            case "reasoning":
                return self.event("response.reasoning_summary_text.delta", **place, summary_index=0, delta=text + " ")
            case "tool_args":
                return self.event("response.function_call_arguments.delta", **place, delta=text)
            case _:
                return b""

    def close(self, item: JsonObject, reply: Reply) -> bytes:
        whole = next(one for one in _output(reply) if one["id"] == item["id"])
        closed = self.event("response.output_item.done", output_index=self.output_index, item=whole)
        self.output_index += 1
        return closed


def _item_of(kind: str, tool: ToolCall | None, index: int) -> JsonObject:
    if kind == "reasoning":
        return {"id": _REASONING_ID, "type": "reasoning", "summary": []}
    if tool is not None:
        return _function_call(tool, index, "", "in_progress")
    return {"id": _MESSAGE_ID, "type": "message", "status": "in_progress", "role": "assistant", "content": []}


def _function_call(tool: ToolCall, index: int, arguments: str, status: str) -> JsonObject:
    return {
        "id": f"fc_{tool.name}_{index}",
        "type": "function_call",
        "status": status,
        "arguments": arguments,
        "call_id": call_id(tool, index),
        "name": tool.name,
    }


def _status(reply: Reply) -> str:
    if not reply.error_code:
        return "completed"
    return "incomplete" if reply.error_code in _CUT_SHORT else "failed"


def _output(reply: Reply) -> list[JsonObject]:
    output: list[JsonObject] = []
    if reply.reasoning:
        summary = [{"type": "summary_text", "text": reply.reasoning}]
        output.append({"id": _REASONING_ID, "type": "reasoning", "summary": summary})
    if reply.text or not reply.tool_calls:
        part: JsonObject = {"type": "output_text", "text": reply.text, "annotations": [], "logprobs": []}
        message = {"id": _MESSAGE_ID, "type": "message", "status": "completed", "role": "assistant"}
        output.append({**message, "content": [part]})
    for index, tool in enumerate(reply.tool_calls):
        arguments = json.dumps(dict(tool.arguments), ensure_ascii=False)
        output.append(_function_call(tool, index, arguments, "completed"))
    return output


def openai_responses(
    script: Script | None = None,
    *,
    keys: Sequence[str] | None = None,
    models: Sequence[str] = ("gpt-4o-mini",),
) -> ModelServer:
    """A server for OpenAI itself: ``base_url = server.url + "/v1"``."""
    return ModelServer(OpenAIResponses(models), script, keys=keys)


if __name__ == "__main__":
    main(OpenAIResponses(("gpt-4o-mini",)))
