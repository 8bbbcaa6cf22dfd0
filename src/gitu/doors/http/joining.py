"""uvicorn's HTTP, but what is written in one turn of the loop leaves together (decision 086)."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from gitu.kernel.outbox import Outbox

PREFIX: Final = "/v1/"  # of the paths that are asked most
DIRECT: Final = "gitu.direct"  # in a scope of theirs: a Direct, to be taken out of it


@lru_cache(1)
def _outbox(_loop: asyncio.AbstractEventLoop) -> Outbox:
    return Outbox()


class JoiningProtocol(HttpToolsProtocol):
    """Give it to uvicorn as ``http``."""

    gone: Callable[[], object] | None = None  # to be called when the client goes

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        joining = _Joining(transport, _outbox(asyncio.get_running_loop()))
        super().connection_made(joining)  # type: ignore[arg-type] # a transport in all that is used of it

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        gone, self.gone = self.gone, None
        if gone is not None:
            gone()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        # Left where it is, it would be a circle, which only the garbage collector finds.
        if cycle.scope["path"].startswith(PREFIX):
            cycle.scope[DIRECT] = Direct(self, cycle)  # type: ignore[typeddict-unknown-key] # ours
        super()._start_asgi_task(cycle, app)


class Direct:
    """One request's client, without the detour over ASGI's messages."""

    __slots__ = ("_cycle", "_protocol")

    def __init__(self, protocol: JoiningProtocol, cycle: RequestResponseCycle) -> None:
        self._protocol = protocol
        self._cycle = cycle

    def when_gone(self, then: Callable[[], object] | None) -> None:
        """Call this when the client goes before the answer is over; at once if it has."""
        if then is not None and self._cycle.disconnected:
            then()
        else:
            self._protocol.gone = then

    def answer(self, status: int, headers: Sequence[tuple[bytes, bytes]], body: bytes) -> bool:
        """Send a whole answer, of which ``headers`` don't tell the length, and with no look at each of them.

        False, and nothing sent, where it must be told to ``send`` instead: to a reader who is slow, to HEAD, and where
        a header has a line of its own in it.
        """
        cycle = self._cycle
        if cycle.flow.write_paused or cycle.response_started or cycle.scope["method"] == "HEAD":
            return False
        lines = [b"%b: %b\r\n" % header for header in (*cycle.default_headers, *headers)]
        head = b"".join(lines)
        if head.count(b"\n") != len(lines) or head.count(b"\r") != len(lines):
            return False
        if not cycle.disconnected:
            cycle.response_started = cycle.response_complete = True
            last = b"" if cycle.keep_alive else b"connection: close\r\n"
            cycle.transport.write(
                b"%b%b%bcontent-length: %d\r\n\r\n%b" % (STATUS_LINE[status], head, last, len(body), body)
            )
            cycle.message_event.set()
            if not cycle.keep_alive:
                cycle.transport.close()
            cycle.on_response()
        return True


class _Joining:
    """A transport whose writes go through an outbox."""

    def __init__(self, transport: asyncio.Transport, outbox: Outbox) -> None:
        self._transport = transport
        self._outbox = outbox

    def write(self, data: bytes) -> None:
        self._outbox.write(self._transport, data)

    def writelines(self, data: Iterable[bytes]) -> None:
        self._outbox.write(self._transport, b"".join(data))

    def write_eof(self) -> None:
        self._outbox.flush(self._transport)
        self._transport.write_eof()

    def close(self) -> None:
        self._outbox.flush(self._transport)
        self._transport.close()

    def __getattr__(self, name: str) -> Any:  # Any: whatever a transport has
        return getattr(self._transport, name)
