"""HTTP/1.1 to providers with as little between as can be: kept connections, one request at a time on each.

General clients cost more CPU than all the rest of the gateway (decision 042). What is left out: redirects, cookies,
compression, proxies. What is not: TLS by the system's trust store, a bound on every wait, a second try when a kept
connection turns out to be closed before anything of the answer came.
"""

import asyncio
import contextlib
import ssl
from collections import deque
from collections.abc import AsyncGenerator
from typing import Any, Final, cast

import httptools

from gitu.features.models.gateway.origins import Origin, WireError, WireTimeout, public_address
from gitu.kernel.outbox import Outbox
from gitu.kernel.tls import trusted

__all__ = ["Answer", "Origin", "Wire", "WireError", "WireTimeout"]

CONNECT_S: Final = 10.0
KEEP_S: Final = 20.0  # a connection that rested longer is closed: servers do so after 30 to 75
MOST_KEPT: Final = 256  # of one origin
MOST_HEAD: Final = 65_536  # bytes of an answer's head
BUFFER: Final = 262_144  # bytes that may wait for a slow reader before the provider is held back


class Answer:
    """An answer whose head is there: ``status``, ``headers`` (lower-case names), and the body as it comes."""

    __slots__ = ("_line", "headers", "status")

    def __init__(self, line: "_Line", status: int, headers: dict[bytes, bytes]) -> None:
        self._line = line
        self.status = status
        self.headers = headers

    async def whole(self, limit: int) -> bytes:
        """The body. Raises WireError when it breaks off or has more than ``limit`` bytes, WireTimeout."""
        line = self._line
        pieces: list[bytes] = []
        size = 0
        while True:
            while line.pieces:
                piece = line.pieces.popleft()
                size += len(piece)
                pieces.append(piece)
            if size > limit:
                line.close()
                raise WireError("read", "the answer is too large")
            if line.complete:
                break
            await line.wait()
        line.give_back()
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    async def pieces(self) -> AsyncGenerator[bytes]:
        """The body as it arrives. Raises WireError when it breaks off, WireTimeout."""
        line = self._line
        try:
            while True:
                if line.pieces:
                    piece = line.pieces.popleft() if len(line.pieces) == 1 else b"".join(line.pieces)
                    line.pieces.clear()
                    line.taken()
                    yield piece
                    continue
                if line.complete:
                    break
                await line.wait()
            line.give_back()
        finally:
            self.close()

    def close(self) -> None:
        """Give up what is left of it."""
        if not self._line.complete:
            self._line.close()


class _Line(asyncio.Protocol):
    """One connection. httptools parses; whoever waits is woken by a future."""

    def __init__(self, pool: "_Pool") -> None:
        self._pool = pool
        self._wire = pool.wire
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._waiter: asyncio.Future[None] | None = None
        self._headers: dict[bytes, bytes] = {}
        self._head_size = 0
        self._held = False
        self._lost: WireError | None = None
        self.pieces: deque[bytes] = deque()
        self.waiting_bytes = 0
        self.head = False
        self.complete = False
        self.reusable = False
        self.began = False  # whether anything of the present answer has arrived
        self.spoke = False  # whether anything of its body has
        self._idle_since = 0.0

    # -- asyncio's callbacks

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        if self.complete:  # nobody asked for this: whatever it is, the next answer must not be taken for it
            self.close()
            return
        self.began = True
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._fail(WireError("read", "what came is no HTTP"))
            self.close()
        self._wake()

    def eof_received(self) -> bool:
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        if self.head and not self.complete and self._until_closed():
            self.complete = True  # a body without a length ends with its connection
        self.reusable = False
        self._fail(WireError("read", "the connection was closed"))
        self._wake()
        self._pool.forget(self)

    # -- httptools' callbacks

    def on_message_begin(self) -> None:
        if self.complete:  # a second answer behind the first: nobody asked for it
            self.reusable = False

    def on_header(self, name: bytes, value: bytes) -> None:
        if self.complete:
            return
        self._head_size += len(name) + len(value)
        if self._head_size > MOST_HEAD:
            raise httptools.HttpParserError("the head is too large")
        self._headers[name.lower()] = value

    def on_headers_complete(self) -> None:
        if self._parser.get_status_code() >= 200:
            self.head = True

    def on_body(self, body: bytes) -> None:
        if self.complete:
            return
        self.spoke = True
        self.pieces.append(body)
        self.waiting_bytes += len(body)
        if self.waiting_bytes > BUFFER and not self._held and self._transport is not None:
            self._held = True
            self._transport.pause_reading()

    def on_message_complete(self) -> None:
        if self.complete:
            return
        if not self.head:  # a 100 Continue, or early hints
            self._headers = {}
            return
        self.complete = True
        self.reusable = bool(self._parser.should_keep_alive())

    # -- requests

    def send(self, head: bytes, body: bytes) -> None:
        """Begin a request."""
        assert self._transport is not None
        self._headers, self._head_size = {}, 0
        if self.pieces:
            self.pieces.clear()
        self.waiting_bytes = 0
        self.head = self.complete = self.reusable = self.began = self.spoke = False
        if len(body) < 65_536:
            self._wire.outbox.write(self._transport, head + body)
        else:
            self._transport.write(head)
            self._transport.write(body)

    async def answer(self) -> Answer:
        """The answer's head."""
        while not self.head:  # the first time, nothing can have come yet
            await self.wait()
        return Answer(self, self._parser.get_status_code(), self._headers)

    async def wait(self) -> None:
        """Until something arrives. Raises WireError, and WireTimeout by the pool's clock."""
        if self._lost is not None:
            raise self._lost
        self._waiter = waiter = self._loop.create_future()
        self._wire.watch(self, self._loop.time())
        try:
            await waiter
        finally:
            self._waiter = None
            self._wire.waiting.pop(self, None)

    def overdue(self) -> None:
        """Nothing came for too long."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(WireTimeout("read"))
        self.close()

    def give_up(self, origin: Origin) -> None:
        """Nobody is there any more at this origin: fail what waits for the beginning of an answer."""
        waiter = self._waiter
        if self._pool.origin == origin and not self.spoke and waiter is not None and not waiter.done():
            self.began = True  # not to be sent again on a fresh connection
            waiter.set_exception(WireError("connect", "nobody is there any more"))
            self.close()

    def taken(self) -> None:
        """What waited was taken: the provider may go on."""
        self.waiting_bytes = 0
        if self._held and self._transport is not None:
            self._held = False
            self._transport.resume_reading()

    def give_back(self) -> None:
        """The answer is whole."""
        if self._held:
            self.taken()
        if self.reusable and self._lost is None:
            self._idle_since = self._loop.time()
            self._pool.keep(self)
        else:
            self.close()

    def close(self) -> None:
        """Close the connection now."""
        self.reusable = False
        if self._transport is not None:
            self._transport.abort()

    def usable(self, idle_s: float) -> bool:
        """Whether a request may be sent on it: it is open, and rested less than so long."""
        return (
            self._lost is None
            and self._transport is not None
            and not self._transport.is_closing()
            and self._loop.time() - self._idle_since < idle_s
        )

    def _until_closed(self) -> bool:
        return b"content-length" not in self._headers and b"transfer-encoding" not in self._headers

    def _fail(self, error: WireError) -> None:
        if self._lost is None:
            self._lost = error

    def _wake(self) -> None:
        waiter = self._waiter
        if waiter is None or waiter.done():
            return
        if self._lost is not None and not self.complete:
            waiter.set_exception(self._lost)
        else:
            waiter.set_result(None)


class _Pool:
    """The connections to one origin."""

    def __init__(self, origin: Origin, wire: "Wire") -> None:
        self.origin = origin
        self.wire = wire
        self._free: list[_Line] = []
        self._connecting: set[asyncio.Timeout] = set()

    def kept(self) -> _Line | None:
        """A connection of an earlier request."""
        while self._free:
            line = self._free.pop()
            if line.usable(KEEP_S):
                return line
            line.close()
        return None

    async def connect(self) -> _Line:
        """A connection of its own. Raises WireError, WireTimeout."""
        origin = self.origin
        loop = asyncio.get_running_loop()
        options: dict[str, Any] = {}  # whatever create_connection takes
        host = origin.host
        scope = asyncio.timeout(self.wire.connect_s)
        self._connecting.add(scope)
        try:
            async with scope:
                if origin.public_only:
                    host = await public_address(origin)
                if origin.tls:
                    options = {"ssl": trusted(), "server_hostname": origin.host}
                _, line = await loop.create_connection(lambda: _Line(self), host, origin.port, **options)
        except TimeoutError:
            raise WireTimeout("connect") from None
        except (OSError, ssl.SSLError) as error:
            raise WireError("connect", type(error).__name__) from None
        finally:
            self._connecting.discard(scope)
        return line

    def give_up(self) -> None:
        """Stop trying to connect, and close what is free."""
        for scope in self._connecting:
            with contextlib.suppress(RuntimeError):  # it has not begun, or is just ending by itself
                scope.reschedule(0.0)
        self.close()

    def keep(self, line: _Line) -> None:
        if len(self._free) < MOST_KEPT:
            self._free.append(line)
        else:
            line.close()

    def forget(self, line: _Line) -> None:
        with contextlib.suppress(ValueError):
            self._free.remove(line)

    def close(self) -> None:
        for line in list(self._free):
            line.close()


class Wire:
    """One per process. ``idle_s``: how long a provider may be silent, ``connect_s``: how long connecting may take."""

    def __init__(self, idle_s: float, connect_s: float = CONNECT_S) -> None:
        self.idle_s = idle_s
        self.outbox = Outbox()
        self.connect_s = connect_s
        self._pools: dict[Origin, _Pool] = {}
        self.waiting: dict[_Line, float] = {}  # since when; one clock for all costs less than a timer for each
        self._sweep: asyncio.TimerHandle | None = None

    async def request(self, origin: Origin, head: bytes, body: bytes) -> Answer:
        """Send a request whose head is whole, and wait for the answer's head. Raises WireError, WireTimeout."""
        pool = self._pools.get(origin)
        if pool is None:
            pool = self._pools[origin] = _Pool(origin, self)
        line = pool.kept()
        kept = line is not None
        if line is None:
            line = await pool.connect()
        try:
            line.send(head, body)
            return await line.answer()
        except WireError:
            line.close()
            if not kept or line.began:
                raise
        except BaseException:
            line.close()
            raise
        line = await pool.connect()  # nothing was answered: it had been closed while it rested
        try:
            line.send(head, body)
            return await line.answer()
        except BaseException:
            line.close()
            raise

    def give_up(self, origin: Origin) -> None:
        """Nobody is there any more at this origin: fail what has not been answered at all, now."""
        for line in list(self.waiting):
            line.give_up(origin)
        pool = self._pools.get(origin)
        if pool is not None:
            pool.give_up()

    def watch(self, line: _Line, now: float) -> None:
        """Bound the wait that begins now, until it is no longer in ``waiting``."""
        self.waiting[line] = now
        if self._sweep is None:
            self._sweep = asyncio.get_running_loop().call_later(min(self.idle_s / 4, 1.0), self._look)

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        latest = loop.time() - self.idle_s
        for line, since in list(self.waiting.items()):
            if since <= latest:
                line.overdue()
        self._sweep = loop.call_later(min(self.idle_s / 4, 1.0), self._look) if self.waiting else None

    def close(self) -> None:
        """Close every connection."""
        if self._sweep is not None:
            self._sweep.cancel()
        for pool in self._pools.values():
            pool.close()
        for line in list(self.waiting):
            line.close()
