"""The only way from a sandbox to the network: a proxy outside that lets through to allowed hosts.

It speaks HTTP on a socket of its own for each sandbox: CONNECT for anything encrypted, and plain requests, which are
read and written anew (h11), so that the host asked for and the ``Host`` sent are the same. A name is looked up once and
the very address that was checked is connected to. Redirects are the client's to follow, through here again.
"""

import asyncio
import contextlib
import os
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

import structlog

from gitu.features.sandbox import hosts
from gitu.features.sandbox.hosts import Address, Rule

log = structlog.get_logger(__name__)

HEAD_WITHIN_S = 30.0
CONNECT_WITHIN_S = 15.0
IDLE_S = 300.0
CHUNK = 65_536
MOST_HEAD = 65_536
MOST_CONNECTIONS = 64
MOST_REMEMBERED = 50

Resolver = Callable[[str, int], Awaitable[list[str]]]


class Refused(Exception):
    """The proxy's answer: a status and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        self.status, self.sentence = status, sentence
        super().__init__(sentence)


async def look_up(name: str, port: int) -> list[str]:
    """The addresses of a name, as this machine resolves it. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(name, port, type=1)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


class Proxy:
    """One sandbox's proxy."""

    def __init__(self, key: str, rules: tuple[str, ...], path: Path, resolver: Resolver = look_up) -> None:
        self.path = path
        self.denied: OrderedDict[str, int] = OrderedDict()
        self._key = key
        self._rules: list[Rule] = [hosts.parse(rule) for rule in rules]
        self._resolver = resolver
        self._server: asyncio.Server | None = None
        self._serving: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Listen. Raises OSError."""
        self.path.unlink(missing_ok=True)
        self._server = await asyncio.start_unix_server(self._accept, str(self.path), limit=MOST_HEAD)
        os.chmod(self.path, 0o666)  # noqa: S103 - its folder is closed; who is inside is another user

    async def aclose(self) -> None:
        """Stop, and break every connection."""
        if self._server is not None:
            self._server.close()
        for task in list(self._serving):
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)
        self.path.unlink(missing_ok=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        try:
            if len(self._serving) > MOST_CONNECTIONS:
                raise Refused(503, f"This sandbox has {MOST_CONNECTIONS} connections already.")
            await self._serve(reader, writer)
        except Refused as refused:
            body = f"{refused.sentence}\n".encode()
            head = f"HTTP/1.1 {refused.status} Refused by Gitu\r\nContent-Type: text/plain; charset=utf-8\r\n"
            writer.write(f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
        except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError) as error:
            log.debug("sandbox.proxy_broken", key=self._key, error=type(error).__name__)
        except asyncio.CancelledError:
            pass  # the sandbox ends
        finally:
            self._serving.discard(task)
            await _close(writer)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with asyncio.timeout(HEAD_WITHIN_S):
            head = await reader.readuntil(b"\r\n\r\n")
        method, _, rest = head.split(b"\r\n", 1)[0].decode("latin-1").partition(" ")
        target = rest.partition(" ")[0]
        if method == "CONNECT":
            host, port = _authority(target, None)
            upstream_reader, upstream = await self._connect(host, port)
            try:
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                await _both_ways(reader, writer, upstream_reader, upstream)
            finally:
                await _close(upstream)
            return
        parts = urlsplit(target)
        if parts.scheme != "http" or not parts.netloc:
            raise Refused(400, "Ask for a whole address (http://host/path), or use CONNECT.")
        host, port = _authority(parts.netloc, 80)
        from gitu.features.sandbox.forwarding import forward  # noqa: PLC0415 - loads h11

        upstream_reader, upstream = await self._connect(host, port)
        try:
            await forward(head, target, (reader, writer), (upstream_reader, upstream))
        finally:
            await _close(upstream)

    async def _connect(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection to an allowed host, at an address that was checked. Raises Refused, OSError."""
        name, address = hosts.normal(host)
        if address is None and not hosts.allowed(self._rules, name, port):
            raise self._denied(host, port, "is not among the hosts that this sandbox may reach")
        by_name = address is None
        found: list[Address] = []
        if address is not None:
            found = [address]
        else:
            assert name is not None
            try:
                async with asyncio.timeout(CONNECT_WITHIN_S):
                    found = [
                        hosts.normal(one.partition("%")[0])[1] or _nothing() for one in await self._resolver(name, port)
                    ]
            except (OSError, TimeoutError):
                raise Refused(502, f"{host} could not be found.") from None
        fit = [one for one in found if hosts.reachable(self._rules, one, port, by_name=by_name)]
        if not fit:
            raise self._denied(host, port, "leads to an address that this sandbox may not reach")
        for one in fit:
            try:
                async with asyncio.timeout(CONNECT_WITHIN_S):
                    reader, writer = await asyncio.open_connection(str(one), port, limit=MOST_HEAD)
            except (OSError, TimeoutError):
                continue
            ours, theirs = writer.get_extra_info("sockname"), writer.get_extra_info("peername")
            named = any(rule.address == one for rule in self._rules)
            if ours is not None and theirs is not None and ours[0] == theirs[0] and not named:
                await _close(writer)
                raise self._denied(host, port, "leads to this very machine")
            return reader, writer
        raise Refused(502, f"{host}:{port} could not be reached.")

    def _denied(self, host: str, port: int, why: str) -> Refused:
        asked = f"{host[:253]}:{port}"
        self.denied[asked] = self.denied.get(asked, 0) + 1
        while len(self.denied) > MOST_REMEMBERED:
            self.denied.popitem(last=False)
        log.warning("sandbox.host_denied", key=self._key, host=asked, why=why)
        return Refused(403, f"{asked} {why}; ask for it to be allowed.")


def _nothing() -> Address:
    raise Refused(502, "The name leads to no address.")


def _authority(text: str, port: int | None) -> tuple[str, int]:
    """Host and port of ``host:port``. Raises Refused."""
    try:
        parts = urlsplit(f"//{text}")
        found = parts.port or port
    except ValueError:
        found, parts = None, None
    if parts is None or not parts.hostname or not found or parts.username is not None or parts.path:
        raise Refused(400, "This is no host and port.")
    return parts.hostname, found


async def _both_ways(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    upstream_reader: asyncio.StreamReader,
    upstream: asyncio.StreamWriter,
) -> None:
    async def carry(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while True:
            async with asyncio.timeout(IDLE_S):
                data = await source.read(CHUNK)
            if not data:
                break
            sink.write(data)
            await sink.drain()
        if sink.can_write_eof():
            sink.write_eof()

    async with asyncio.TaskGroup() as group:
        one = group.create_task(_quietly(carry(reader, upstream)))
        other = group.create_task(_quietly(carry(upstream_reader, writer)))
        one.add_done_callback(lambda done: None if done.cancelled() or done.result() else other.cancel())
        other.add_done_callback(lambda done: None if done.cancelled() or done.result() else one.cancel())


async def _quietly(carrying: Awaitable[None]) -> bool:
    """Whether it came to a regular end."""
    try:
        await carrying
    except (OSError, TimeoutError):
        return False
    return True


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(OSError, TimeoutError, asyncio.CancelledError):
        await asyncio.wait_for(writer.wait_closed(), timeout=2)
