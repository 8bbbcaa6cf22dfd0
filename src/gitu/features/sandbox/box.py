"""A running sandbox: its agent, its commands, its end."""

import asyncio
import contextlib
import json
import time
from typing import Any

import structlog

from gitu.features.sandbox.backends.base import PROXY_PORT, Plan, Started
from gitu.features.sandbox.backends.bubblewrap import explain
from gitu.features.sandbox.errors import SandboxFailed, SandboxGone
from gitu.features.sandbox.execution import LIVE_BYTES, Execution, Listener
from gitu.features.sandbox.folders import Shared
from gitu.features.sandbox.inside import wire
from gitu.features.sandbox.link import BadFrame, Link
from gitu.features.sandbox.quota import Quota
from gitu.features.sandbox.reasons import Reason, because
from gitu.features.sandbox.schemas import WORKSPACE, Chunk, Command, Outcome, SandboxSpec

log = structlog.get_logger(__name__)

READY_WITHIN_S = 30.0
ANSWER_WITHIN_S = 10.0
MOST_COMMANDS = 64
CLOSED = because("closed")


class Sandbox:
    """Commands started here share processes, files in /tmp and the workspace, until ``aclose``."""

    def __init__(self, key: str, plan: Plan, started: Started, backend: str) -> None:
        self.key = key
        self.number = plan.number
        self.spec: SandboxSpec = plan.spec
        self.backend = backend
        self.used_at = time.monotonic()
        self.gone: Reason | None = None
        self._started = started
        self._link = Link(started.reader, started.writer)
        self._executions: dict[int, Execution] = {}
        self._answers: dict[int, asyncio.Future[bytes]] = {}
        self._numbers = 0
        self._listening: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
        self._quota: Quota | None = None
        self._closing: asyncio.Task[None] | None = None

    async def open(self, shared: list[Shared]) -> None:
        """Confine the agent, set it up, and see that it got the very folders that were checked.

        Raises SandboxFailed.
        """
        try:
            async with asyncio.timeout(READY_WITHIN_S):
                ready = await self._introduce(shared)
        except BaseException as error:
            await asyncio.shield(self._started.end())
            await self._link.aclose()
            if not isinstance(error, OSError | ValueError | KeyError | RecursionError | BadFrame | SandboxFailed):
                raise
            said = await self._started.said()
            raise (
                explain(said)
                if said
                else SandboxFailed(reason=because("said", said=f"{type(error).__name__}: {error}"))
            ) from error
        for folder in shared:
            if ready["mounts"].get(folder.target) != [folder.device, folder.inode]:
                await self.aclose()
                raise SandboxFailed(reason=because("replaced", folder=folder.source))
        await self._open_quota(shared)
        self._listening = asyncio.get_running_loop().create_task(self._listen(), name=f"sandbox {self.key}")

    async def _open_quota(self, shared: list[Shared]) -> None:
        if not any(folder.writable for folder in shared):
            return
        self._quota = Quota(self.spec, shared)
        try:
            await asyncio.to_thread(self._quota.open)
        except BaseException as error:
            await self.aclose()
            if isinstance(error, OSError):
                raise SandboxFailed(reason=because("said", said=error.strerror or error)) from error
            raise
        watching = self._quota.watch(lambda: bool(self._executions), self.give_up)
        self._watching = asyncio.get_running_loop().create_task(watching, name=f"quota of sandbox {self.key}")

    async def _introduce(self, shared: list[Shared]) -> dict[str, Any]:
        started = self._started
        config = {
            "env": self._environment(),
            "limits": started.limits,
            "mounts": [folder.target for folder in shared],
            "home": started.home,
            "filter": started.filter,
            "relay": {"port": PROXY_PORT, "socket": started.relay} if started.relay else None,
        }
        self._link.send(wire.HELLO, 0)
        frames = self._link.frames()
        await _expect(frames, wire.HELLO)
        await started.confine()
        self._link.send(wire.CONFIGURE, 0, json.dumps(config).encode())
        return json.loads(await _expect(frames, wire.READY))

    def _environment(self) -> dict[str, str]:
        proxy = f"http://127.0.0.1:{PROXY_PORT}"
        names = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
        network = dict.fromkeys(names, proxy) | {"no_proxy": "127.0.0.1,localhost", "NO_PROXY": "127.0.0.1,localhost"}
        return {
            "LANG": "C.UTF-8",
            "USER": "gitu",
            "TMPDIR": "/tmp",  # noqa: S108 - the sandbox's own
            **self._started.environment,
            **(network if self._started.relay else {}),
            **self.spec.environment,
        }

    @property
    def idle_s(self) -> float:
        """Seconds since the last command ended; 0 while one runs."""
        return 0.0 if self._executions else time.monotonic() - self.used_at

    @property
    def running(self) -> int:
        """How many commands run."""
        return len(self._executions)

    async def run(self, command: Command, on_output: Listener | None = None) -> Outcome:
        """Run a command to its end; cancelled meanwhile, it is killed. Raises CommandNotStarted, SandboxGone."""
        return await self.start(command, on_output or _nobody).wait()

    def start(self, command: Command, on_output: Listener | None = None) -> Execution:
        """Start a command. ``on_output`` gets each piece of output at once; without it, iterate over the execution.

        Raises SandboxGone.
        """
        if self.gone is not None:
            raise SandboxGone(reason=self.gone)
        if len(self._executions) >= MOST_COMMANDS:
            raise SandboxGone(reason=because("busy", count=MOST_COMMANDS))
        self._numbers += 1
        execution = Execution(self, self._numbers, command, on_output)
        self._executions[execution.number] = execution
        terminal = command.terminal
        asked = {
            "argv": list(command.argv) if command.argv is not None else ["/bin/sh", "-c", command.shell],
            "cwd": command.cwd or WORKSPACE,
            "env": ({"TERM": "xterm-256color"} if terminal else {}) | command.environment,
            "stdin": bool(command.stdin) or command.interactive,
            "tty": [terminal.rows, terminal.columns] if terminal else None,
            "live": LIVE_BYTES,
            "keep": command.output_bytes // 2,
        }
        self.send(wire.RUN, execution.number, json.dumps(asked).encode())
        for at in range(0, len(command.stdin), wire.CHUNK):
            self.send(wire.STDIN, execution.number, command.stdin[at : at + wire.CHUNK])
        if command.stdin and not command.interactive and terminal is None:
            execution.close_stdin()
        return execution

    async def over_quota(self) -> bool:
        """Whether the workspace holds more than it may, counted now."""
        quota = self._quota
        return quota is not None and await asyncio.to_thread(quota.is_over)

    async def realpath(self, path: str) -> str:
        """Where a path inside leads. Raises SandboxGone."""
        if self.gone is not None:
            raise SandboxGone(reason=self.gone)
        self._numbers += 1
        number = self._numbers
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        self.send(wire.REALPATH, number, path.encode("utf-8", "surrogateescape"))
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                return (await answer).decode("utf-8", "surrogateescape")
        finally:
            self._answers.pop(number, None)

    def send(self, kind: int, number: int, payload: bytes = b"") -> None:
        """Queue a frame for the agent."""
        self._link.send(kind, number, payload)

    async def drained(self) -> None:
        """Wait until the agent keeps up with what is sent to it."""
        await self._link.drained()

    async def _listen(self) -> None:
        reason = because("died")
        try:
            async for kind, number, payload in self._link.frames():
                self._heard(kind, number, payload)
        except (BadFrame, ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
            reason = because("nonsense")
            log.warning("sandbox.bad_frame", key=self.key, error=type(error).__name__)
        if self.gone is None:
            self.give_up(reason)
            log.warning("sandbox.died", key=self.key, reason=str(reason), said=await self._started.said())

    def _heard(self, kind: int, number: int, payload: bytes) -> None:
        if kind == wire.ANSWER:
            if (answer := self._answers.get(number)) is not None and not answer.done():
                answer.set_result(payload)
            return
        execution = self._executions.get(number)
        if execution is None:
            return
        execution.heard(kind, payload)
        if execution.flooding:
            raise BadFrame("more output than was asked for")
        if not execution.running:
            del self._executions[number]
            self.used_at = time.monotonic()

    def give_up(self, reason: Reason) -> None:
        """End the sandbox without waiting; its commands are told ``reason``."""
        self._lose(reason)
        if self._closing is None:
            self._closing = asyncio.get_running_loop().create_task(self._end(), name=f"end of sandbox {self.key}")

    async def aclose(self, reason: Reason = CLOSED) -> None:
        """End everything inside, at once, and wait for it."""
        self.give_up(reason)
        assert self._closing is not None
        await asyncio.shield(self._closing)

    def _lose(self, reason: Reason) -> None:
        if self.gone is None:
            self.gone = reason
        for execution in list(self._executions.values()):
            execution.lost(SandboxGone(reason=self.gone))
        self._executions.clear()
        for answer in list(self._answers.values()):
            if not answer.done():
                answer.set_exception(SandboxGone(reason=self.gone))

    async def _end(self) -> None:
        with contextlib.suppress(OSError):
            await self._started.end()
        await self._link.aclose()
        if self._listening is not None and self._listening is not asyncio.current_task():
            self._listening.cancel()
        if self._watching is not None:
            self._watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watching
        if self._quota is not None:
            await asyncio.to_thread(self._quota.close)


def _nobody(_chunk: Chunk) -> None:
    """Output that nobody follows live is not kept for them."""


async def _expect(frames: Any, kind: int) -> bytes:  # Any: the link's generator
    async for found, _number, payload in frames:
        if found == kind:
            return payload
        raise BadFrame(f"frame {found} instead of {kind}")
    raise BadFrame("the agent did not answer")
