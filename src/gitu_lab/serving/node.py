"""The node as a process: binds, loads while /health already answers, drains on the first signal, ends on the second."""

import asyncio
import contextlib
import ipaddress
import os
import signal
import socket
import sys
import time
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path

import structlog
import uvicorn

from gitu_lab.serving.app import Door, Node
from gitu_lab.serving.backend import Backend
from gitu_lab.serving.batching import Limits
from gitu_lab.serving.engine import EngineOptions
from gitu_lab.serving.errors import NodeProblem
from gitu_lab.serving.metrics import NodeMetrics
from gitu_lab.serving.model_folder import open_folder

log = structlog.get_logger(__name__)

SHORTEST_KEY = 16
_TELL_EVERY_S = 2.0
_LEAVE_S = 3  # for connections to close, once nothing is under way


@dataclass(frozen=True, slots=True)
class NodeOptions:
    """What a node serves and where. Either ``model``, a folder, or ``upstream``, a URL."""

    model: Path | None = None
    upstream: str | None = None
    upstream_key: str | None = field(default=None, repr=False)
    host: str = "127.0.0.1"
    port: int = 9090
    key: str | None = field(default=None, repr=False)
    drain_s: int = 30
    most_body_bytes: int = 2_000_000
    engine: EngineOptions = field(default_factory=EngineOptions)
    limits: Limits = field(default_factory=lambda: Limits(batch=0))  # 0: by the device
    at_once: int = 64  # requests that an upstream is sent at once
    version: str = ""


def run(options: NodeOptions) -> int:
    """Serve until told to stop; 0, or 128 and the signal's number when told twice. Raises NodeProblem."""
    check(options)
    listening = bind(options.host, options.port)
    try:
        return _runner(_Process(options, listening))
    finally:
        listening.close()


def _runner(process: "_Process") -> int:
    if sys.platform == "win32":
        return asyncio.run(process.serve())
    import uvloop  # noqa: PLC0415 - not on Windows

    return uvloop.run(process.serve())


def check(options: NodeOptions) -> None:
    """What can be told before anything is started. Raises NodeProblem."""
    if (options.model is None) == (options.upstream is None):
        raise NodeProblem("node-model-or-upstream")
    if options.upstream is not None and not options.upstream.startswith(("http://", "https://")):
        raise NodeProblem("node-bad-upstream", url=options.upstream)
    if options.model is not None:
        open_folder(options.model)
    if not is_loopback(options.host):
        if options.key is None:
            raise NodeProblem("node-exposed", host=options.host)
        if len(options.key) < SHORTEST_KEY:
            raise NodeProblem("node-short-key", least=SHORTEST_KEY)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address; a name other than localhost counts as beyond it."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def bind(host: str, port: int) -> socket.socket:
    """A listening socket. Raises NodeProblem: other programs know the node by its port, so no other is tried."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sets TCP_NODELAY only where the protocol is named; without it a streamed token waits 40 ms
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(1024)
    except OSError as error:
        listening.close()
        raise NodeProblem("node-port", host=host, port=str(port), reason=error.strerror or str(error)) from None
    listening.setblocking(False)
    return listening


class _Server(uvicorn.Server):
    """Without uvicorn's own handlers for signals: the node drains first."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Take none."""
        yield


class _Process:
    """One node from its start to its end."""

    def __init__(self, options: NodeOptions, listening: socket.socket) -> None:
        self._options = options
        self._listening = listening
        self._began = time.perf_counter()
        self._told = (0.0, "")
        self._signals: list[int] = []

    async def serve(self) -> int:
        """Raises NodeProblem when the model can't be loaded."""
        loop = asyncio.get_running_loop()
        self._asked, self._hurried = asyncio.Event(), asyncio.Event()
        self._take_signals(loop)
        options = self._options
        backend, self._metrics = self._make()
        self._node = Node(backend, self._metrics, Door(options.key, options.most_body_bytes, version=options.version))
        self._node.drain_s = options.drain_s
        server = _Server(
            uvicorn.Config(
                self._node.app(),
                log_config=None,
                access_log=False,
                lifespan="off",
                server_header=False,
                ws="none",
                timeout_keep_alive=30,
                timeout_graceful_shutdown=_LEAVE_S,
                h11_max_incomplete_event_size=32_768,
            )
        )
        serving = asyncio.create_task(server.serve(sockets=[self._listening]), name="http")
        host, port = self._listening.getsockname()[:2]
        log.info("node.listening", url=f"http://{f'[{host}]' if ':' in host else host}:{port}")
        loading = asyncio.create_task(backend.load(self._tell), name="load")
        try:
            return await self._until_the_end(backend, serving, loading)
        finally:
            server.should_exit = True
            server.force_exit = self._hurried.is_set()
            await serving
            if not loading.done() or loading.cancelled() or self._hurried.is_set():
                # A library that loads or computes can't be interrupted; it holds nothing that would need saving.
                sys.stderr.flush()
                os._exit(self._exit_code())

    def _make(self) -> tuple[Backend, NodeMetrics]:
        options = self._options
        made: list[Backend] = []

        def queued() -> int:
            return made[0].queued()

        metrics = NodeMetrics(queued, lambda: max(0, self._node.running - queued()))
        if options.model is not None:
            from gitu_lab.serving.local import LocalBackend  # noqa: PLC0415 - needs tokenizers

            folder = open_folder(options.model)
            made.append(LocalBackend(folder, options.engine, options.limits, metrics.batch))
        else:
            from gitu_lab.serving.upstream import UpstreamBackend, UpstreamOptions  # noqa: PLC0415 - needs aiohttp

            assert options.upstream is not None
            upstream = UpstreamOptions(
                options.upstream, options.upstream_key, at_once=options.at_once, queue=options.limits.queue
            )
            made.append(UpstreamBackend(upstream))
        return made[0], metrics

    async def _until_the_end(
        self, backend: Backend, serving: "asyncio.Task[None]", loading: "asyncio.Task[None]"
    ) -> int:
        asked = asyncio.create_task(self._asked.wait())
        await asyncio.wait((serving, loading, asked), return_when=asyncio.FIRST_COMPLETED)
        if loading.done():
            loading.result()
            self._node.state = "ready"
            facts = backend.facts()
            log.info(
                "node.ready",
                model=facts.model,
                backend=facts.backend,
                device=facts.device,
                compute_type=facts.compute_type,
                seconds=round(time.perf_counter() - self._began, 2),
            )
            await asyncio.wait((serving, asked), return_when=asyncio.FIRST_COMPLETED)
        else:
            loading.cancel()
        self._node.state = "draining"
        if self._node.running:
            log.info("node.draining", running=self._node.running, at_most_s=self._options.drain_s)
        drained = asyncio.create_task(self._node.drained())
        hurried = asyncio.create_task(self._hurried.wait())
        await asyncio.wait((drained, hurried), timeout=self._options.drain_s, return_when=asyncio.FIRST_COMPLETED)
        if self._node.running:
            log.warning("node.cut_short", running=self._node.running)
        closing = asyncio.create_task(backend.close())
        await asyncio.wait((closing, hurried), return_when=asyncio.FIRST_COMPLETED)
        for task in (asked, drained, hurried):
            task.cancel()
        log.info("node.stopped")
        return self._exit_code()

    def _exit_code(self) -> int:
        return 128 + self._signals[-1] if self._hurried.is_set() else 0

    def _take_signals(self, loop: asyncio.AbstractEventLoop) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            if sys.platform == "win32":
                signal.signal(number, lambda number, _frame: loop.call_soon_threadsafe(self._signalled, number))
            else:
                loop.add_signal_handler(number, self._signalled, number)

    def _signalled(self, number: int) -> None:
        self._signals.append(number)
        (self._hurried if self._asked.is_set() else self._asked).set()

    def _tell(self, what: str, share: float) -> None:
        """Progress of loading, from any thread; the log hears of it every two seconds and at every new step."""
        self._node.progress = f"{what}, {share:.0%}" if what == "reading" else what
        at, step = self._told
        if step != what or time.perf_counter() - at >= _TELL_EVERY_S:
            self._told = (time.perf_counter(), what)
            log.info("node.loading", step=what, percent=round(share * 100))
