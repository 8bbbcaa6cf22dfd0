"""What is written in one turn of the loop leaves together; what is there does not wait for what comes later."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from gitu.doors.http.joining import DIRECT, JoiningProtocol
from gitu.server import bind

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class App:
    """Answers a word, after the head has been there for ``pause_s`` seconds."""

    def __init__(self, pause_s: float = 0.0) -> None:
        self.pause_s = pause_s

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]})
        if self.pause_s:
            await asyncio.sleep(self.pause_s)
        await send({"type": "http.response.body", "body": b"word"})


@asynccontextmanager
async def asked(app: "App | Whole | Waiting") -> AsyncGenerator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    listening = bind("127.0.0.1", 18_500)
    config = uvicorn.Config(app, http=JoiningProtocol, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    reader, writer = await asyncio.open_connection(*listening.getsockname())
    try:
        yield reader, writer
    finally:
        writer.close()
        server.should_exit = True
        await serving


async def test_one_packet_holds_both_of_each_answer() -> None:
    async with asked(App()) as (reader, writer):
        for _ in range(3):
            writer.write(b"GET / HTTP/1.1\r\nhost: gitu\r\n\r\n")
            whole = await asyncio.wait_for(reader.read(65_536), 5)
            assert whole.startswith(b"HTTP/1.1 200 OK\r\n")
            assert whole.endswith(b"\r\n\r\nword")


async def test_a_head_does_not_wait_for_a_body_that_comes_later() -> None:
    async with asked(App(pause_s=0.5)) as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\nhost: gitu\r\n\r\n")
        head = await asyncio.wait_for(reader.read(65_536), 5)
        assert head.endswith(b"\r\n\r\n")
        assert await asyncio.wait_for(reader.read(65_536), 5) == b"word"


async def test_a_connection_that_is_closed_after_its_answer_gets_all_of_it() -> None:
    async with asked(App()) as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\nhost: gitu\r\nconnection: close\r\n\r\n")
        whole = await asyncio.wait_for(reader.read(-1), 5)
        assert whole.endswith(b"word")


class Whole:
    """Answers with a word at once where it may, else by ``send``."""

    def __init__(self, *headers: tuple[bytes, bytes]) -> None:
        self.headers = headers
        self.at_once: list[bool] = []

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        self.at_once.append(scope.pop(DIRECT).answer(200, self.headers, b"word"))
        if not self.at_once[-1]:
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]})
            await send({"type": "http.response.body", "body": b"word"})


async def test_a_whole_answer_goes_at_once_and_leaves_the_connection_open() -> None:
    app = Whole((b"x-one", b"1"))
    async with asked(app) as (reader, writer):
        for _ in range(3):
            writer.write(b"POST /v1/ HTTP/1.1\r\nhost: gitu\r\ncontent-length: 2\r\n\r\nhi")
            whole = await asyncio.wait_for(reader.read(65_536), 5)
            assert whole.startswith(b"HTTP/1.1 200 OK\r\n")
            assert b"\r\nx-one: 1\r\n" in whole
            assert whole.endswith(b"\r\ncontent-length: 4\r\n\r\nword")
    assert app.at_once == [True] * 3


async def test_a_whole_answer_closes_the_connection_when_asked_to() -> None:
    async with asked(Whole()) as (reader, writer):
        writer.write(b"GET /v1/ HTTP/1.0\r\nhost: gitu\r\n\r\n")
        whole = await asyncio.wait_for(reader.read(-1), 5)
    assert b"\r\nconnection: close\r\n" in whole
    assert whole.endswith(b"\r\n\r\nword")


@pytest.mark.parametrize("value", [b"1\r\nset-cookie: a=b", b"1\nset-cookie: a=b", b"1\rset-cookie: a=b"])
async def test_a_header_with_a_line_in_it_is_never_sent(value: bytes) -> None:
    app = Whole((b"x-one", value))
    async with asked(app) as (reader, writer):
        writer.write(b"GET /v1/ HTTP/1.1\r\nhost: gitu\r\n\r\n")
        assert b"set-cookie" not in await asyncio.wait_for(reader.read(65_536), 5)
    assert app.at_once == [False]


async def test_head_gets_no_body() -> None:
    app = Whole()
    async with asked(app) as (reader, writer):
        writer.write(b"HEAD /v1/ HTTP/1.1\r\nhost: gitu\r\nconnection: close\r\n\r\n")
        assert (await asyncio.wait_for(reader.read(-1), 5)).endswith(b"\r\n\r\n")
    assert app.at_once == [False]


class Waiting:
    """Begins an answer, and waits until its client goes."""

    def __init__(self) -> None:
        self.gone = asyncio.Event()

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        direct = scope.pop(DIRECT)
        direct.when_gone(self.gone.set)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await self.gone.wait()


async def test_who_goes_is_noticed_at_once() -> None:
    app = Waiting()
    async with asked(app) as (reader, writer):
        writer.write(b"GET /v1/ HTTP/1.1\r\nhost: gitu\r\n\r\n")
        await asyncio.wait_for(reader.read(65_536), 5)
        assert not app.gone.is_set()
        writer.close()
        await asyncio.wait_for(app.gone.wait(), 5)
