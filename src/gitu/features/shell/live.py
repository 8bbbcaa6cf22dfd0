"""The runs of this process while they last: watched, given input, stopped."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Generator
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from gitu.features.sandbox.api import because, sandboxes
from gitu.features.shell.errors import RunExists
from gitu.features.shell.events import RunStopRequested
from gitu.features.shell.tape import Heard, Tape
from gitu.kernel.cancelling import happens
from gitu.kernel.jobs import Jobs

if TYPE_CHECKING:
    from gitu.features.sandbox.schemas import Chunk
    from gitu.kernel.events.types import Recorded
    from gitu.kernel.services import Services

CLOSING_S = 5.0


class Process(Protocol):
    """A command under way, in the sandbox or outside."""

    def kill(self) -> None:
        """End it, and all that it started, at once."""
        ...


class Terminal(Protocol):
    """The terminal that a command runs in."""

    async def write(self, data: bytes) -> None:
        """What a person types."""
        ...

    def resize(self, rows: int, columns: int) -> None:
        """Its new size."""
        ...


class LiveRun:
    """One run, from before its start until its end is written down."""

    def __init__(self, run_id: UUID, owner_id: UUID, origin: dict[str, str]) -> None:
        self.run_id = run_id
        self.owner_id = owner_id
        self.origin = origin
        self.tape = Tape()
        self.over = False
        self.stopped = False
        self._process: Process | None = None
        self._terminal: Terminal | None = None
        self._news = asyncio.Event()

    def began(self, process: Process, terminal: Terminal | None = None) -> None:
        """The command runs, perhaps in a terminal."""
        self._process, self._terminal = process, terminal
        if self.stopped:  # before it began
            process.kill()

    @property
    def terminal(self) -> Terminal | None:
        """What takes input and sizes, if the command runs in a terminal now."""
        return None if self.over else self._terminal

    def stop(self) -> None:
        """End the command at once."""
        self.stopped = True
        if self._process is not None:
            self._process.kill()

    def heard(self, chunk: "Chunk") -> None:
        """Output came."""
        self.tape.add(chunk.stream, chunk.data)
        self._tell()

    def end(self) -> None:
        """Its end is written down."""
        self.over = True
        self._tell()

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def follow(self, after: int = 0) -> AsyncIterator[Heard]:
        """Output from what is kept on, until the end of the run is written down."""
        while True:
            news = self._news
            while (heard := self.tape.read(after)) is not None:
                after = heard.end
                yield heard
            if self.over:
                return
            await news.wait()


class RunDesk:
    """The process's runs. Stops one when its person asks, when its turn is stopped, when a folder is taken back."""

    def __init__(self, services: "Services") -> None:
        self._services = services
        self._runs: dict[UUID, LiveRun] = {}
        self._news = asyncio.Event()
        self._mounted: dict[str, tuple[UUID, frozenset[UUID]]] = {}  # by sandbox: whose, and which folders
        self._closing: set[asyncio.Task[None]] = set()
        self._unlisten = services.bus.listen(self._heard)

    @property
    def runner(self) -> str:
        """The name of this process, whose lock tells whether it lives."""
        return self._services.resource(Jobs).executor_id

    def find(self, owner_id: UUID, run_id: UUID) -> LiveRun | None:
        """A person's run that this process has under way."""
        run = self._runs.get(run_id)
        return run if run is not None and run.owner_id == owner_id else None

    def of_call(self, turn_id: str, tool_call_id: str) -> LiveRun | None:
        """The run that a tool call of an answer has begun."""
        wanted = (turn_id, tool_call_id)
        of = (
            run for run in self._runs.values() if (run.origin.get("turn_id"), run.origin.get("tool_call_id")) == wanted
        )
        return next(of, None)

    async def appears(self, within_s: float | None) -> None:
        """Wait until any run begins, at most so long."""
        await happens(self._news, within_s)

    @contextlib.contextmanager
    def running(self, run: LiveRun) -> Generator[None]:
        """The run is known here within the block. Raises RunExists."""
        if run.run_id in self._runs:
            raise RunExists(id=str(run.run_id), what="run")
        self._runs[run.run_id] = run
        news, self._news = self._news, asyncio.Event()
        news.set()
        try:
            yield
        finally:
            run.end()
            del self._runs[run.run_id]

    def mounted(self, sandbox: str, owner_id: UUID, folders: frozenset[UUID]) -> None:
        """A sandbox sees these folders from now on."""
        self._mounted[sandbox] = (owner_id, folders)
        while len(self._mounted) > 1_000:
            self._mounted.pop(next(iter(self._mounted)))

    def _heard(self, event: "Recorded") -> None:
        data = event.data
        match event.type:
            case RunStopRequested.type:
                self._stop(lambda run: str(run.run_id) == data.get("run_id"), event.owner_id)
            case "turn.stop_requested":
                self._stop(lambda run: run.origin.get("turn_id") == data.get("turn_id"), event.owner_id)
            case "user.changed" if data.get("disabled"):
                self._stop(lambda _run: True, event.owner_id)
                self._end_all(event.owner_id)
            case "file.folder_changed":
                self._take_back(event.owner_id, UUID(str(data["folder_id"])))
            case _:
                pass

    def _stop(self, which: Callable[[LiveRun], bool], owner_id: UUID | None) -> None:
        for run in list(self._runs.values()):
            if run.owner_id == owner_id and which(run):
                run.stop()

    def _take_back(self, owner_id: UUID | None, folder_id: UUID) -> None:
        for sandbox, (owner, folders) in list(self._mounted.items()):
            if owner == owner_id and folder_id in folders:
                del self._mounted[sandbox]
                self._close(sandbox, str(owner))

    def _end_all(self, owner_id: UUID | None) -> None:
        for one in sandboxes(self._services).list(str(owner_id)):
            self._close(one.key, one.owner)

    def _close(self, sandbox: str, owner: str) -> None:
        closing = sandboxes(self._services).close(sandbox, owner, because("withdrawn"))
        task = asyncio.get_running_loop().create_task(closing)
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def aclose(self) -> None:
        """End all runs and wait a while until their ends are written down."""
        self._unlisten()
        runs = list(self._runs.values())
        for run in runs:
            run.stop()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CLOSING_S):
                for run in runs:
                    async for _ in run.follow(run.tape.end):
                        pass
