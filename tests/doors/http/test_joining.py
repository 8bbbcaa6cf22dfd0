"""The head of an answer and the beginning of its body leave together; a head alone does not wait for them."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from gitu.doors.http.joining import JoiningProtocol
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
async def asked(app: App) -> AsyncGenerator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
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
