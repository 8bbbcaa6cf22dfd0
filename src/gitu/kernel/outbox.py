"""Writes to sockets, gathered until the event loop comes round, and then sent one right after the other.

Each write wakes the process at the other end. Between two requests' work that is a wake-up for every write; sent
together, the first one wakes it, and it finds the others there.
"""

import asyncio

import structlog

log = structlog.get_logger(__name__)


class Outbox:
    """One per event loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiting: dict[asyncio.Transport, bytes] = {}

    def write(self, transport: asyncio.Transport, data: bytes) -> None:
        """Send it with the next turn of the loop, after what was given before."""
        if not self._waiting:
            self._loop.call_soon(self._flush)
        before = self._waiting.get(transport)
        self._waiting[transport] = data if before is None else before + data

    def flush(self, transport: asyncio.Transport) -> None:
        """Send now what waits for this one, as before it is closed."""
        data = self._waiting.pop(transport, None)
        if data is not None and not transport.is_closing():
            transport.write(data)

    def _flush(self) -> None:
        waiting, self._waiting = self._waiting, {}
        for transport, data in waiting.items():
            try:
                if not transport.is_closing():
                    transport.write(data)
            except (OSError, RuntimeError) as error:  # it is gone, which its protocol is told of
                log.debug("outbox.not_sent", error=type(error).__name__)
