"""The processes in which this machine's models run: started with the first text, ended when nobody needs them."""

import asyncio
import contextlib
import os
import sys
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import structlog

import gitu
from gitu.features.models.embeddings.errors import LocalModelFailed, LocalModelMissing
from gitu.features.models.embeddings.local.catalogue import LocalModel
from gitu.kernel.cancelling import to_the_end

if TYPE_CHECKING:
    from gitu.kernel.services import Services

log = structlog.get_logger(__name__)

IDLE_S = 600.0
START_S = 60.0
ANSWER_S = 60.0
BATCH = 16  # texts an exchange: some 30 ms, so that a person's search waits no longer behind an index that is made
BATCH_CHARACTERS = 32_000
# Nothing else of the environment: it holds keys.
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


class LocalModels:
    """One per process of Gitu; ``services.resource(LocalModels)``."""

    def __init__(self, services: "Services") -> None:
        self._workers: dict[str, _Worker] = {}
        self.idle_s = IDLE_S

    async def embed(self, model: LocalModel, texts: Sequence[str]) -> "list[array[float]]":
        """One vector a text. Raises LocalModelMissing, LocalModelFailed."""
        if not model.there:
            raise LocalModelMissing(model=model.id)
        worker = self._workers.setdefault(model.name, _Worker(model, self.idle_s))
        vectors: list[array[float]] = []
        for batch in batches(texts, BATCH, BATCH_CHARACTERS):
            # An answer that nobody reads would be taken for the next one's.
            vectors += await to_the_end(worker.ask(batch))
        return vectors

    def running(self) -> list[int]:
        """The ids of the processes that are there."""
        return [worker.pid for worker in self._workers.values() if worker.pid is not None]

    async def aclose(self) -> None:
        """End them all."""
        for worker in self._workers.values():
            await worker.aclose()


def batches(texts: Sequence[str], most: int, most_characters: int) -> list[list[str]]:
    """The texts in order, at most so many and so long together; one that is longer stands alone."""
    found: list[list[str]] = []
    size = 0
    for text in texts:
        if not found or size + len(text) > most_characters or len(found[-1]) >= most:
            found.append([])
            size = 0
        found[-1].append(text)
        size += len(text)
    return found


class _Worker:
    """One model's process; one exchange at a time, in the order they were asked for."""

    def __init__(self, model: LocalModel, idle_s: float) -> None:
        self._model = model
        self._idle_s = idle_s
        self._turn = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None
        self._ending: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def pid(self) -> int | None:
        process = self._process
        return process.pid if process is not None and process.returncode is None else None

    async def ask(self, texts: list[str]) -> "list[array[float]]":
        async with self._turn:
            if self._ending is not None:
                self._ending.cancel()
            try:
                # A process that was killed meanwhile is worth one more.
                for last in (False, True):
                    try:
                        return await self._exchange(texts)
                    except (OSError, asyncio.IncompleteReadError) as error:
                        log.warning("models.local_embedding_failed", model=self._model.id, error=type(error).__name__)
                        await self._end()
                        if last:
                            raise LocalModelFailed(model=self._model.id) from None
                raise AssertionError
            except TimeoutError:
                await self._end()
                raise LocalModelFailed(model=self._model.id) from None
            finally:
                self._ending = asyncio.get_running_loop().call_later(self._idle_s, self._end_later)

    async def _exchange(self, texts: list[str]) -> "list[array[float]]":
        process = await self._started()
        assert process.stdin is not None
        payload = orjson.dumps(texts)
        async with asyncio.timeout(ANSWER_S):
            process.stdin.write(len(payload).to_bytes(4, "little") + payload)
            await process.stdin.drain()
            answer = await _frame(process)
        size = self._model.dimensions * 4
        if len(answer) != size * len(texts):
            raise OSError("the answer has another length")
        return [array("f", answer[at : at + size]) for at in range(0, len(answer), size)]

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is not None and self._process.returncode is None:
            return self._process
        given = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "gitu.features.models.embeddings.local.worker",
            self._model.name,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            # One thread: whoever waits for an answer of the server needs the others.
            env={**given, "PYTHONPATH": str(Path(gitu.__file__).parent.parent), "OPENBLAS_NUM_THREADS": "1"},
        )
        async with asyncio.timeout(START_S):
            await _frame(self._process)
        return self._process

    def _end_later(self) -> None:
        task = asyncio.get_running_loop().create_task(self._end_when_idle())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _end_when_idle(self) -> None:
        if not self._turn.locked():
            async with self._turn:
                await self._end()

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()

    async def aclose(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
        for task in self._tasks:
            task.cancel()
        await self._end()


async def _frame(process: asyncio.subprocess.Process) -> bytes:
    assert process.stdout is not None
    size = int.from_bytes(await process.stdout.readexactly(4), "little")
    return await process.stdout.readexactly(size)
