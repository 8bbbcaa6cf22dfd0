"""The outbox: writes that are sent when the loop comes round, in their order, and none lost when a socket closes."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from gitu.kernel.outbox import Outbox

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def ends() -> AsyncGenerator[tuple[asyncio.Transport, asyncio.StreamReader]]:
    """A transport, and what reads at its other end."""
    arrived: asyncio.Queue[asyncio.StreamReader] = asyncio.Queue()
    writers: list[asyncio.StreamWriter] = []

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        arrived.put_nowait(reader)

    async with await asyncio.start_server(take, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        transport, _ = await asyncio.get_running_loop().create_connection(asyncio.Protocol, "127.0.0.1", port)
        yield transport, await arrived.get()
        transport.abort()
        for writer in writers:
            writer.close()
            await writer.wait_closed()


async def test_what_is_written_in_one_turn_leaves_together(
    ends: tuple[asyncio.Transport, asyncio.StreamReader],
) -> None:
    transport, reader = ends
    outbox = Outbox()
    for piece in (b"one ", b"two ", b"three"):
        outbox.write(transport, piece)
    assert transport.get_write_buffer_size() == 0
    assert await asyncio.wait_for(reader.read(100), 5) == b"one two three"
    outbox.write(transport, b"four")
    assert await asyncio.wait_for(reader.read(100), 5) == b"four"


async def test_what_waits_is_sent_before_a_socket_is_closed(
    ends: tuple[asyncio.Transport, asyncio.StreamReader],
) -> None:
    transport, reader = ends
    outbox = Outbox()
    outbox.write(transport, b"the last words")
    outbox.flush(transport)
    transport.close()
    assert await asyncio.wait_for(reader.read(-1), 5) == b"the last words"


async def test_a_socket_that_is_gone_keeps_no_other_from_getting_its_own(
    ends: tuple[asyncio.Transport, asyncio.StreamReader],
) -> None:
    transport, reader = ends
    gone, _ = await asyncio.get_running_loop().create_connection(
        asyncio.Protocol, *transport.get_extra_info("peername")
    )
    outbox = Outbox()
    outbox.write(gone, b"nobody reads this")
    outbox.write(transport, b"for you")
    gone.abort()
    assert await asyncio.wait_for(reader.read(100), 5) == b"for you"
