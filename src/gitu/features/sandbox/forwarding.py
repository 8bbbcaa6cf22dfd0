"""Plain HTTP requests through the proxy, read and written anew, one for each connection."""

import asyncio
from typing import cast
from urllib.parse import urlsplit, urlunsplit

import h11

CHUNK = 65_536
IDLE_S = 300.0
HOP_BY_HOP = frozenset(
    {
        b"connection",
        b"keep-alive",
        b"proxy-authorization",
        b"proxy-authenticate",
        b"proxy-connection",
        b"te",
        b"upgrade",
    }
    | {b"trailer", b"transfer-encoding", b"content-length", b"host"}
)
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def forward(head: bytes, target: str, client: Streams, upstream: Streams) -> None:
    """Carry one request and its answer. ``head`` is what was read of the request. Raises OSError, ValueError."""
    asking, answering = h11.Connection(h11.SERVER), h11.Connection(h11.CLIENT)
    asking.receive_data(head)
    try:
        await _request(asking, answering, target, client[0], upstream[1])
        await _answer(answering, client[1], upstream[0])
    except h11.ProtocolError as error:
        raise ValueError(str(error)) from None


async def _request(
    asking: h11.Connection,
    answering: h11.Connection,
    target: str,
    source: asyncio.StreamReader,
    sink: asyncio.StreamWriter,
) -> None:
    parts = urlsplit(target)
    while True:
        event = asking.next_event()
        if event is h11.NEED_DATA:
            asking.receive_data(await _read(source))
            continue
        if isinstance(event, h11.Request):
            path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
            headers = [(name, value) for name, value in event.headers if name not in HOP_BY_HOP]
            headers += [(b"Host", parts.netloc.encode()), (b"Connection", b"close")]
            headers += [
                (name, value) for name, value in event.headers if name in (b"content-length", b"transfer-encoding")
            ]
            event = h11.Request(method=event.method, headers=headers, target=path)
        if isinstance(event, h11.ConnectionClosed) or event is h11.PAUSED:
            return
        sent = cast("bytes | None", answering.send(event))  # type: ignore[arg-type] # the events of a request
        if sent:
            sink.write(sent)
            await sink.drain()
        if isinstance(event, h11.EndOfMessage):
            return


async def _answer(answering: h11.Connection, sink: asyncio.StreamWriter, source: asyncio.StreamReader) -> None:
    """The answer goes through as it came, to its end; the client learns by its framing where that is."""
    while True:
        data = await _read(source)
        answering.receive_data(data)
        while True:
            event = answering.next_event()
            if (
                event is h11.NEED_DATA
                or event is h11.PAUSED
                or isinstance(event, h11.EndOfMessage | h11.ConnectionClosed)
            ):
                break
        sink.write(data)
        await sink.drain()
        if not data or answering.their_state in (h11.DONE, h11.MUST_CLOSE, h11.CLOSED, h11.SWITCHED_PROTOCOL):
            return


async def _read(source: asyncio.StreamReader) -> bytes:
    async with asyncio.timeout(IDLE_S):
        return await source.read(CHUNK)
