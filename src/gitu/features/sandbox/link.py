"""The frames to and from an agent. What it says is not trusted: sizes and kinds are checked, nothing is unpickled."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from gitu.features.sandbox.inside.wire import HEADER, LARGEST_FRAME
from gitu.features.sandbox.schemas import MIB

HIGH_WATER = 4 * MIB


class BadFrame(Exception):
    """The agent broke the protocol."""


class Link:
    """Both directions over one pair of streams."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    def send(self, kind: int, number: int, payload: bytes = b"") -> None:
        """Queue a frame; larger payloads than the agent takes at once are the caller's to split."""
        assert len(payload) <= LARGEST_FRAME
        if not self._writer.is_closing():
            self._writer.write(HEADER.pack(len(payload), kind, number) + payload)

    async def drained(self) -> None:
        """Wait until the agent has taken most of what is queued. Raises ConnectionError."""
        await self._writer.drain()

    async def frames(self) -> AsyncIterator[tuple[int, int, bytes]]:
        """Kind, command, payload, until the agent is gone. Raises BadFrame."""
        while True:
            try:
                header = await self._reader.readexactly(HEADER.size)
                length, kind, number = HEADER.unpack(header)
                if length > LARGEST_FRAME:
                    raise BadFrame(f"a frame of {length} bytes")
                yield kind, number, await self._reader.readexactly(length)
            except (asyncio.IncompleteReadError, ConnectionError):
                return

    async def aclose(self) -> None:
        """Hang up; the agent ends by that."""
        self._writer.close()
        with contextlib.suppress(ConnectionError, TimeoutError):
            await asyncio.wait_for(self._writer.wait_closed(), timeout=1)
