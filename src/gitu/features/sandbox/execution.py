"""A command that runs in a sandbox: its output as it comes, its input, its end."""

import asyncio
import errno
import signal
import struct
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from gitu.features.sandbox.errors import CommandNotStarted, SandboxGone
from gitu.features.sandbox.inside import wire
from gitu.features.sandbox.reasons import because
from gitu.features.sandbox.schemas import MIB, Chunk, Command, Outcome, Output, StreamName

if TYPE_CHECKING:
    from gitu.features.sandbox.box import Sandbox

Listener = Callable[[Chunk], None]

LIVE_BYTES = 16 * MIB
"""Of each stream this much is passed on as it comes; of what follows, only the end is told."""
KILLED_WITHIN_S = 10.0


class _End(NamedTuple):
    """What the agent tells of an ended command."""

    code: int
    seconds: float
    cpu_s: float


class Collected:
    """Head and end of a stream of any length."""

    def __init__(self, most: int) -> None:
        self._most_head, self._most_tail = most - most // 2, most // 2
        self._head, self._tail = bytearray(), bytearray()
        self._late = bytearray()
        self.total = 0

    def add(self, data: bytes) -> None:
        """What came live."""
        self.total += len(data)
        room = self._most_head - len(self._head)
        self._head += data[:room] if room > 0 else b""
        self._keep_end(data[max(room, 0) :])

    def add_end(self, data: bytes) -> None:
        """A piece of the end of what did not come live."""
        self._keep_end(data)

    def _keep_end(self, data: bytes) -> None:
        self._tail += data
        if len(self._tail) > 2 * self._most_tail:
            del self._tail[: -self._most_tail]

    def output(self) -> Output:
        """What was kept."""
        tail = bytes(self._tail[-self._most_tail :]) if self._most_tail else b""
        kept = len(self._head) + len(tail)
        return Output(head=bytes(self._head), tail=tail, total=max(self.total, kept))


class Execution:
    """Made by ``Sandbox.start``. Iterate over it for live output; ``wait`` for the outcome."""

    def __init__(self, sandbox: "Sandbox", number: int, command: Command, listener: Listener | None) -> None:
        self.number = number
        self.command = command
        self._sandbox = sandbox
        self._listener = listener
        self._outputs: dict[StreamName, Collected] = {
            "stdout": Collected(command.output_bytes),
            "stderr": Collected(command.output_bytes),
        }
        self._waiting: deque[Chunk] | None = deque() if listener is None else None
        self._news = asyncio.Event()
        self._done: asyncio.Future[_End] = asyncio.get_running_loop().create_future()
        self._done.add_done_callback(lambda done: done.cancelled() or done.exception())
        self._ended: Literal["exited", "timeout", "cancelled"] = "exited"
        self._timer: asyncio.TimerHandle | None = None
        self._killer: asyncio.TimerHandle | None = None
        self._sent = 0
        if command.timeout_s is not None:
            self._timer = asyncio.get_running_loop().call_later(command.timeout_s, self._time_is_up)

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return not self._done.done()

    async def wait(self) -> Outcome:
        """How it ended. Raises CommandNotStarted, SandboxGone. Cancelled meanwhile, the command is killed."""
        try:
            told = await asyncio.shield(self._done)
        except asyncio.CancelledError:
            self.kill()
            raise
        return Outcome(
            exit_code=told.code if told.code >= 0 else 128 - told.code,
            signal=-told.code if told.code < 0 else None,
            ended=self._ended,
            stdout=self._outputs["stdout"].output(),
            stderr=self._outputs["stderr"].output(),
            seconds=told.seconds,
            cpu_s=told.cpu_s,
        )

    async def __aiter__(self) -> AsyncIterator[Chunk]:
        """Output as it comes, until the command has ended; each piece once. Not with a listener."""
        assert self._waiting is not None, "a listener takes the output already"
        while True:
            while self._waiting:
                yield self._waiting.popleft()
            if self._done.done():
                return
            self._news.clear()
            await self._news.wait()

    async def write(self, data: bytes) -> None:
        """Give the command more input; for a terminal, what a person types. Raises ConnectionError."""
        for at in range(0, len(data), wire.CHUNK):
            self._sandbox.send(wire.STDIN, self.number, data[at : at + wire.CHUNK])
            await self._sandbox.drained()

    def close_stdin(self) -> None:
        """Tell the command that no more input comes."""
        self._sandbox.send(wire.STDIN, self.number)

    def resize(self, rows: int, columns: int) -> None:
        """Give its terminal another size."""
        self._sandbox.send(wire.RESIZE, self.number, struct.pack(">HH", rows, columns))

    def signal(self, number: int) -> None:
        """Send a signal to the command's process group, such as SIGINT for Ctrl-C."""
        self._sandbox.send(wire.SIGNAL, self.number, bytes([number]))

    def kill(self) -> None:
        """End the command and all of its session at once; a sandbox in which that fails is ended as a whole."""
        self._kill("cancelled")

    def _time_is_up(self) -> None:
        self._kill("timeout")

    def _kill(self, why: Literal["timeout", "cancelled"]) -> None:
        if not self.running:
            return
        if self._ended == "exited":
            self._ended = why
        self.signal(signal.SIGKILL)
        if self._killer is None:
            self._killer = asyncio.get_running_loop().call_later(
                KILLED_WITHIN_S, self._sandbox.give_up, because("unkillable")
            )

    def heard(self, kind: int, payload: bytes) -> None:
        """Take a frame of the agent's about this command."""
        if kind in (wire.STDOUT, wire.STDERR):
            name: StreamName = "stdout" if kind == wire.STDOUT else "stderr"
            self._sent += len(payload)
            self._outputs[name].add(payload)
            self._tell(Chunk(stream=name, data=payload))
        elif kind in (wire.STDOUT_END, wire.STDERR_END):
            name = "stdout" if kind == wire.STDOUT_END else "stderr"
            if len(payload) == 8:
                self._outputs[name].total = int.from_bytes(payload, "big")
            else:
                self._outputs[name].add_end(payload[8:])
        elif kind == wire.EXITED:
            told = _object(payload)
            self._end(_End(int(told["code"]), float(told["seconds"]), float(told["cpu"])))
        elif kind == wire.FAILED:
            self._fail(_object(payload))

    @property
    def flooding(self) -> bool:
        """Whether the agent passes on more than it was told to."""
        return self._sent > 2 * LIVE_BYTES + wire.CHUNK

    def _tell(self, chunk: Chunk) -> None:
        if self._waiting is not None:
            self._waiting.append(chunk)
            self._news.set()
        elif self._listener is not None:
            self._listener(chunk)

    def _fail(self, told: dict[str, Any]) -> None:
        number, what = int(told["errno"]), str(told["what"])
        program = (self.command.argv or ("/bin/sh",))[0]
        if what == "program" and number in (errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.ENOEXEC, errno.EISDIR):
            code = 127 if number in (errno.ENOENT, errno.ENOTDIR) else 126
            sentence = "command not found" if code == 127 else "it can't be run"
            said = f"{program}: {sentence}\n".encode()
            self._outputs["stderr"].add(said)
            self._tell(Chunk(stream="stderr", data=said))
            self._end(_End(code, 0.0, 0.0))
            return
        error = errno.errorcode.get(number, number)
        reasons = {"folder": because("no-cwd", folder=self.command.cwd), "start": because("exhausted")}
        self.lost(CommandNotStarted(reason=reasons.get(what, because("no-setup", error=error))))

    def _end(self, told: "_End") -> None:
        if not self._done.done():
            self._done.set_result(told)
        self._settle()

    def lost(self, error: CommandNotStarted | SandboxGone) -> None:
        """The command did not start, or its sandbox is gone."""
        if not self._done.done():
            self._done.set_exception(error)
        self._settle()

    def _settle(self) -> None:
        for timer in (self._timer, self._killer):
            if timer is not None:
                timer.cancel()
        self._news.set()


def _object(payload: bytes) -> dict[str, Any]:
    """A JSON object of the agent's. Raises ValueError."""
    import json  # noqa: PLC0415 - beside its only use

    found = json.loads(payload)
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found  # pyright: ignore[reportUnknownVariableType] - JSON of any shape; each use converts
