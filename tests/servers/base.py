"""What the loopback servers share: a uvicorn on a free port in a thread, faults, and the command line."""

import argparse
import asyncio
import json
import socket
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, cast

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.servers.script import Asked, JsonObject, Reply, Script, ToolCall, fragments

Handler = Callable[[Request], Awaitable[Response]]


class CutConnectionError(Exception):
    """Raised in the middle of a stream: uvicorn closes the connection without the closing chunk."""


@dataclass(frozen=True)
class Piece:
    """One streamed piece: ``kind`` is reasoning, text, tool_start, tool_args or tool_end."""

    kind: str
    text: str = ""
    tool: ToolCall | None = None
    index: int = 0


async def stream_pieces(reply: Reply) -> AsyncIterator[Piece]:
    """The reply's pieces in order at the reply's pace, with its faults happening where they should."""
    await asyncio.sleep(reply.first_token_delay)
    for count, piece in enumerate(_pieces(reply)):
        if reply.cut_after is not None and count >= reply.cut_after:
            raise CutConnectionError
        if reply.hang_after is not None and count >= reply.hang_after:
            await asyncio.sleep(3600)
        if reply.garbage_after is not None and count >= reply.garbage_after:
            yield Piece("garbage")
            return
        yield piece
        if reply.token_delay:
            await asyncio.sleep(reply.token_delay)


def _pieces(reply: Reply) -> list[Piece]:
    found = [Piece("reasoning", word) for word in reply.reasoning.split(" ") if word]
    found += [Piece("text", word) for word in reply.pieces()]
    for index, tool in enumerate(reply.tool_calls):
        found.append(Piece("tool_start", tool=tool, index=index))
        found += [Piece("tool_args", part, tool, index) for part in fragments(tool.arguments)]
        found.append(Piece("tool_end", tool=tool, index=index))
    return found or [Piece("text", "")]


def call_id(tool: ToolCall, index: int, prefix: str = "call_") -> str:
    """The id of a call on the wire: the script's, else one that is the same every time."""
    return tool.id or f"{prefix}{tool.name}_{index}"


def sse(data: JsonObject | str, event: str | None = None) -> bytes:
    """One server-sent event, https://html.spec.whatwg.org/multipage/server-sent-events.html."""
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    head = f"event: {event}\n" if event else ""
    return f"{head}data: {text}\n\n".encode()


GARBAGE = b'data: {"this is": not json\n\n'


def text_of(content: Any) -> str:
    """The text of a message's content, which protocols give as a string or as a list of parts."""
    if content is None:
        return ""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(text_of(part) for part in cast("list[Any]", content))
    if isinstance(content, dict):
        part = cast("JsonObject", content)
        return text_of(part.get("text") or part.get("content"))
    return str(content)


def items(body: JsonObject, key: str) -> list[JsonObject]:
    """The list of objects under ``key``; empty where it is missing, null, or no list."""
    found = body.get(key)
    return cast("list[JsonObject]", found) if isinstance(found, list) else []


def count_words(body: JsonObject) -> int:
    """A stand-in for a tokeniser: the words of the whole request."""
    return len(json.dumps(body, ensure_ascii=False).split())


class Protocol:
    """One provider's wire format: how a request is read, and how replies, errors and lists are written."""

    name = "?"
    models: Sequence[str] = ("test-model",)

    def routes(self, serve: "ServeChat", check: Handler) -> list[Route]:
        """The provider's paths; ``serve`` answers a chat, ``check`` refuses a wrong key (or returns 200)."""
        raise NotImplementedError

    def key_of(self, request: Request) -> str:
        """The key that came with the request."""
        return request.headers.get("authorization", "").removeprefix("Bearer ").strip()

    async def signed_by(self, request: Request) -> str:
        """The key that the request proves to have, for protocols that sign instead of showing it."""
        return self.key_of(request)

    def read(self, request: Request, body: JsonObject) -> Asked:
        """The request in the form that all protocols share."""
        raise NotImplementedError

    def error(self, reply: Reply) -> JsonObject:
        """The provider's error body."""
        raise NotImplementedError

    def whole(self, asked: Asked, reply: Reply) -> JsonObject:
        """The answer in one piece."""
        raise NotImplementedError

    def stream(self, asked: Asked, reply: Reply) -> AsyncIterator[bytes]:
        """The answer as server-sent events."""
        raise NotImplementedError

    def stream_type(self, asked: Asked) -> str:
        """What a stream says it is."""
        return "text/event-stream"

    def error_headers(self, reply: Reply) -> Mapping[str, str]:
        """What of an error stands in headers."""
        return {}


ServeChat = Callable[[Request], Awaitable[Response]]


class ModelServer:
    """A provider's server on ``http://127.0.0.1:<port>``; a context manager that runs it in a thread.

    ``keys``: when given, any other key gets the provider's 401. ``script.asked`` holds what was asked.
    """

    def __init__(
        self,
        protocol: Protocol,
        script: Script | None = None,
        *,
        keys: Sequence[str] | None = None,
        port: int = 0,
    ) -> None:
        self.protocol = protocol
        self.script = script or Script()
        self.keys = keys
        self.tried = 0  # how often it was asked which models it has
        self.answers_after_s = 0.0  # and how long it takes to say so
        # the protocol is named, since asyncio sets TCP_NODELAY only then: without it tokens wait 40 ms for an ACK
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", port))
        self.port: int = self._socket.getsockname()[1]
        config = uvicorn.Config(self.app(), log_level=60, lifespan="off", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """The server's root, without a path."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def asked(self) -> list[Asked]:
        """The chat requests so far."""
        return self.script.asked

    def app(self) -> Starlette:
        """The ASGI application, for those who run it themselves."""
        return Starlette(routes=self.protocol.routes(self._chat, self._check))

    async def _check(self, request: Request) -> Response:
        if request.method == "GET":
            self.tried += 1
            await asyncio.sleep(self.answers_after_s)
        if self.keys is not None and await self.protocol.signed_by(request) not in self.keys:
            refused = Reply(status=401, error="Incorrect API key provided.", error_code="invalid_api_key")
            headers = dict(self.protocol.error_headers(refused))
            return JSONResponse(self.protocol.error(refused), status_code=401, headers=headers)
        return Response(status_code=200)

    async def _chat(self, request: Request) -> Response:
        refused = await self._check(request)
        if refused.status_code != 200:
            return refused
        asked = self.protocol.read(request, await request.json())
        reply = self.script.answer(asked)
        headers = dict(reply.headers)
        if reply.retry_after is not None:
            headers["retry-after"] = f"{reply.retry_after:g}"
        if reply.status != 200:
            await asyncio.sleep(reply.first_token_delay)
            headers |= self.protocol.error_headers(reply)
            return JSONResponse(self.protocol.error(reply), status_code=reply.status, headers=headers)
        if asked.stream:
            stream = self.protocol.stream(asked, reply)
            return StreamingResponse(stream, media_type=self.protocol.stream_type(asked), headers=headers)
        return await self._whole(asked, reply, headers)

    async def _whole(self, asked: Asked, reply: Reply, headers: dict[str, str]) -> Response:
        await asyncio.sleep(reply.first_token_delay + reply.token_delay * len(reply.pieces()))
        body = json.dumps(self.protocol.whole(asked, reply), ensure_ascii=False).encode()
        if reply.garbage_after is not None:
            return Response(b'{"this is": not json', media_type="application/json", headers=headers)
        if reply.cut_after is not None or reply.hang_after is not None:
            return StreamingResponse(_broken(body, reply), media_type="application/json", headers=headers)
        return Response(body, media_type="application/json", headers=headers)

    def start(self) -> Self:
        """Serve in a thread of its own; returns when requests are answered."""
        self._thread = threading.Thread(target=self._run, name=f"loopback-{self.protocol.name}", daemon=True)
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            self._thread.join(0.005)
        return self

    def _run(self) -> None:
        asyncio.run(self._server.serve(sockets=[self._socket]))

    def stop(self) -> None:
        """Close every connection and the port."""
        self._server.should_exit = True
        self._server.force_exit = True
        if self._thread is not None:
            self._thread.join(5)
        self._socket.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def serve_forever(self) -> None:
        """Serve in this process until interrupted."""
        asyncio.run(self._server.serve(sockets=[self._socket]))


async def _broken(body: bytes, reply: Reply) -> AsyncIterator[bytes]:
    yield body[: len(body) // 2]
    if reply.hang_after is not None:
        await asyncio.sleep(3600)
    raise CutConnectionError


def playground() -> Script:
    """For trying things out: say "call NAME {json}", "fail STATUS", "cut", "hang", "long" or anything."""

    def answer(asked: Asked) -> Reply:
        if asked.tool_results:
            return Reply(text=f"The tool answered: {asked.tool_results[-1]}", token_delay=0.02)
        verb, _, rest = asked.last_user_text.strip().partition(" ")
        match verb:
            case "call":
                name, _, arguments = rest.partition(" ")
                return Reply(tool_calls=(ToolCall(name, json.loads(arguments or "{}")),), token_delay=0.02)
            case "fail":
                return Reply(status=int(rest or 500), error="As you asked.", retry_after=3)
            case "cut":
                return Reply(text="This answer breaks off in the middle.", cut_after=4, token_delay=0.05)
            case "hang":
                return Reply(text="This answer falls silent.", hang_after=2)
            case "long":
                return Reply(text="One more sentence of a long answer. " * 300, token_delay=0.02)
            case _:
                return Reply(text=f"You said: {asked.last_user_text}", token_delay=0.03)

    return Script(otherwise=answer)


def main(protocol: Protocol) -> None:
    """``python -m tests.servers.<protocol> --port N``: the playground's script on a fixed port."""
    parser = argparse.ArgumentParser(description=f"A loopback server that speaks {protocol.name}")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--key", action="append", help="accept only this key (repeatable)")
    chosen = parser.parse_args()
    server = ModelServer(protocol, playground(), keys=chosen.key, port=chosen.port)
    sys.stdout.write(f"{server.url}\n")
    sys.stdout.flush()
    server.serve_forever()
