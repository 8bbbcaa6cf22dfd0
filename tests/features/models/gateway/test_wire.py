"""The wire to providers: kept connections, what it bounds, and what it makes of servers that misbehave."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from gitu.features.models.gateway.wire import MOST_HEAD, Origin, Wire, WireError, WireTimeout

pytestmark = pytest.mark.anyio

HEAD = b"POST /v1/x HTTP/1.1\r\nhost: test\r\ncontent-length: 2\r\n\r\n"
Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def serving(handler: Handler) -> AsyncGenerator[Origin]:
    """A server on loopback that does as the test says with each connection."""

    async def safely(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await handler(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(safely, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        yield Origin.of(f"http://127.0.0.1:{port}/v1", public_only=False)


@pytest.fixture
async def wire() -> AsyncGenerator[Wire]:
    made = Wire(idle_s=0.4)
    yield made
    made.close()
    await asyncio.sleep(0)


async def read_request(reader: asyncio.StreamReader) -> bytes:
    await reader.readuntil(b"\r\n\r\n")
    return await reader.readexactly(2)


def answering(*answers: bytes) -> tuple[Handler, list[int]]:
    """A handler that gives the answers in turn on each connection, and how many requests each connection had."""
    requests: list[int] = []

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        requests.append(0)
        place = len(requests) - 1
        for answer in answers:
            await read_request(reader)
            requests[place] += 1
            writer.write(answer)
            await writer.drain()

    return handler, requests


OK = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello"
CHUNKED = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"
UNTIL_CLOSED = b"HTTP/1.1 200 OK\r\n\r\nhello"
AFTER_HINTS = b"HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n" + OK


async def ask(wire: Wire, origin: Origin) -> bytes:
    answer = await wire.request(origin, HEAD, b"{}")
    assert answer.status == 200
    return await answer.whole(1_000)


@pytest.mark.parametrize("answer", [OK, CHUNKED, UNTIL_CLOSED, AFTER_HINTS])
async def test_bodies_are_read_however_they_end(wire: Wire, answer: bytes) -> None:
    handler, _ = answering(answer)
    async with serving(handler) as origin:
        assert await ask(wire, origin) == b"hello"


async def test_a_connection_is_kept_for_the_next_request(wire: Wire) -> None:
    handler, requests = answering(OK, CHUNKED, OK)
    async with serving(handler) as origin:
        for _ in range(3):
            assert await ask(wire, origin) == b"hello"
    assert requests == [3]


async def test_one_that_the_server_does_not_keep_is_not_used_again(wire: Wire) -> None:
    handler, requests = answering(OK.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n"), OK)
    async with serving(handler) as origin:
        for _ in range(2):
            assert await ask(wire, origin) == b"hello"
    assert requests == [1, 1]


async def test_one_that_was_closed_while_it_rested_costs_nothing(wire: Wire) -> None:
    handler, requests = answering(OK)  # closes after the first answer, without saying so before
    async with serving(handler) as origin:
        for _ in range(3):
            assert await ask(wire, origin) == b"hello"
    assert requests == [1, 1, 1]


@pytest.mark.parametrize("pause_s", [0.0, 0.1], ids=["at once", "while it rests"])
@pytest.mark.parametrize("more", [OK.replace(b"hello", b"wrong"), b"HTTP/1.1 200", b"wrong"])
async def test_what_nobody_asked_for_is_taken_for_no_answer(wire: Wire, pause_s: float, more: bytes) -> None:
    connections = 0

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        while True:
            await read_request(reader)
            writer.write(OK if pause_s else OK + more)
            await writer.drain()
            if pause_s:
                await asyncio.sleep(pause_s)
                writer.write(more)

    async with serving(handler) as origin:
        for _ in range(3):
            assert await ask(wire, origin) == b"hello"
            await asyncio.sleep(pause_s * 2)
    assert connections == 3


async def test_many_at_once_each_have_a_connection(wire: Wire) -> None:
    handler, requests = answering(*[OK] * 10)
    async with serving(handler) as origin:
        assert await asyncio.gather(*(ask(wire, origin) for _ in range(40))) == [b"hello"] * 40
        await ask(wire, origin)
    assert sum(requests) == 41
    assert len(requests) <= 40


async def test_pieces_come_as_they_arrive(wire: Wire) -> None:
    go = asyncio.Event()

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\none\r\n")
        await go.wait()
        writer.write(b"3\r\ntwo\r\n0\r\n\r\n")
        await writer.drain()
        await reader.read()

    async with serving(handler) as origin:
        answer = await wire.request(origin, HEAD, b"{}")
        pieces = answer.pieces()
        assert await anext(pieces) == b"one"
        go.set()
        assert [piece async for piece in pieces] == [b"two"]
        await asyncio.sleep(0)


async def test_a_slow_reader_holds_the_provider_back(wire: Wire) -> None:
    sent = 0

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
        for _ in range(2_000):
            writer.write(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")
            await writer.drain()
            sent += 0x4000
        writer.write(b"0\r\n\r\n")
        await writer.drain()

    async with serving(handler) as origin:
        answer = await wire.request(origin, HEAD, b"{}")
        await asyncio.sleep(0.2)
        assert sent < 20_000_000, "most of it waits at the provider"
        assert sum([len(piece) async for piece in answer.pieces()]) == 2_000 * 0x4000


@pytest.mark.parametrize(
    "answer",
    [
        b"this is no HTTP at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nx: " + b"y" * MOST_HEAD + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nbroken off",
        b"",
    ],
    ids=["garbage", "a head without end", "broken off", "nothing"],
)
async def test_what_is_wrong_is_an_error_of_reading(wire: Wire, answer: bytes) -> None:
    handler, _ = answering(answer)
    async with serving(handler) as origin:
        with pytest.raises(WireError) as caught:
            await ask(wire, origin)
    assert caught.value.phase == "read"


async def test_an_answer_that_is_too_large_is_given_up(wire: Wire) -> None:
    handler, _ = answering(b"HTTP/1.1 200 OK\r\ncontent-length: 2000\r\n\r\n" + b"x" * 2_000)
    async with serving(handler) as origin:
        answer = await wire.request(origin, HEAD, b"{}")
        with pytest.raises(WireError, match="too large"):
            await answer.whole(1_000)


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf"], ids=["head", "body"])
async def test_silence_ends_a_wait(wire: Wire, said: bytes) -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(said)
        await reader.read()

    async with serving(handler) as origin:
        with pytest.raises(WireTimeout):
            await ask(wire, origin)


async def test_nobody_there_is_an_error_of_connecting(wire: Wire) -> None:
    handler, _ = answering(OK)
    async with serving(handler) as origin:
        pass
    with pytest.raises(WireError) as caught:
        await ask(wire, origin)
    assert caught.value.phase == "connect"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "169.254.169.254"])
async def test_private_addresses_are_closed_to_those_who_may_reach_public_ones_only(wire: Wire, host: str) -> None:
    handler, requests = answering(OK)
    async with serving(handler) as origin:
        with pytest.raises(WireError) as caught:
            await ask(wire, Origin(host, origin.port, tls=False, public_only=True))
    assert caught.value.phase == "connect"
    assert requests == []


async def test_one_given_up_leaves_no_connection_behind(wire: Wire) -> None:
    ended = asyncio.Event()

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        await reader.read()
        ended.set()

    async with serving(handler) as origin:
        asking = asyncio.create_task(ask(wire, origin))
        await asyncio.sleep(0.05)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        async with asyncio.timeout(5):
            await ended.wait()


@pytest.mark.parametrize("kept", [False, True])
async def test_what_waits_at_an_origin_where_nobody_is_any_more_fails_at_once(kept: bool) -> None:
    made, asked = Wire(idle_s=30), asyncio.Event()

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if kept:
            await read_request(reader)
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
        await read_request(reader)
        asked.set()
        await reader.read()

    async with serving(handler) as origin:
        if kept:
            await (await made.request(origin, HEAD, b"{}")).whole(10)
        waiting = asyncio.ensure_future(made.request(origin, HEAD, b"{}"))
        await asyncio.wait_for(asked.wait(), 5)
        made.give_up(origin)
        with pytest.raises(WireError) as raised:
            await asyncio.wait_for(waiting, 1)
        assert raised.value.phase == "connect"
        made.close()


async def test_an_answer_that_has_begun_is_not_given_up_with_its_origin(wire: Wire) -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nab")
        await writer.drain()
        await asyncio.sleep(0.1)
        writer.write(b"cd")
        await writer.drain()

    async with serving(handler) as origin:
        answer = await wire.request(origin, HEAD, b"{}")
        pieces = answer.pieces()
        assert await anext(pieces) == b"ab"
        wire.give_up(origin)
        assert await anext(pieces) == b"cd"
