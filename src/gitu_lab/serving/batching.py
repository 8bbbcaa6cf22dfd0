"""Batches and streams on an engine that has no continuous batching (CTranslate2).

A free worker takes the oldest request and those that fit to it: equal sampling, and prompts of nearly its length, since
an engine's batch goes on token by token from its shortest prompt. Each row streams and leaves by itself. While others
wait, a batch that had its share stops; its rows go to the queue's end and later begin anew from what they have written.
So long answers delay short ones by a share at most. docs/decisions/070-a-batcher-for-ctranslate2.md has the figures.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Literal, Protocol

from gitu_lab.serving.engine import Sampling
from gitu_lab.serving.errors import Failed, QueueFull

Finish = Literal["stop", "length", "cancelled", "failed"]


class Generating(Protocol):
    """What runs a batch, in a thread of its own; see engine.Engine."""

    workers: int

    def generate(
        self,
        prompts: Sequence[Sequence[str]],
        sampling: Sampling,
        most: int,
        end: Sequence[int],
        on_token: Callable[[int, int, int], bool],
    ) -> None:
        """Run a batch to its end."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """The batcher's bounds. A share is so many tokens of an answer, or as long as reading its prompt took."""

    queue: int = 256
    batch: int = 8
    share: int = 64
    spread: int = 32  # tokens that prompts of one batch may differ by
    gather_s: float = 0.003  # what a free worker waits for company, where there was some just before


@dataclass(slots=True, eq=False)
class Row:
    """One request under way. The engine's thread writes tokens; all else belongs to the event loop."""

    prompt: Sequence[int]
    sampling: Sampling
    most: int
    each: bool = True  # whether its reader wants every token at once, or all at the end
    tokens: list[int] = field(default_factory=list[int])
    finish: Finish | None = None
    cancelled: bool = False
    _taken: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def length(self) -> int:
        """Tokens that a batch begins with."""
        return len(self.prompt) + len(self.tokens)

    async def arrived(self) -> Sequence[int]:
        """The next tokens, at least one, or none when it is over. Raises Failed."""
        while self._taken == len(self.tokens) and self.finish is None:
            self._news.clear()
            await self._news.wait()
        new = self.tokens[self._taken :]
        self._taken += len(new)
        if not new and self.finish == "failed":
            raise Failed("The model failed on this request; the node's log says why.")
        return new

    def tell(self) -> None:
        """Wake whoever reads, if there is news for them."""
        if self.each or self.finish is not None:
            self._news.set()


class Batcher:
    """The queue and the workers. Everything but ``Row.tokens`` is touched by the event loop alone."""

    def __init__(
        self,
        engine: Generating,
        vocabulary: Sequence[str],
        end: frozenset[int],
        limits: Limits,
        *,
        on_batch: Callable[[int], None],
        on_error: Callable[[BaseException], None],
    ) -> None:
        self._engine = engine
        self._vocabulary = vocabulary
        self._end = end
        self._limits = limits
        self._on_batch = on_batch
        self._on_error = on_error
        self._loop = asyncio.get_running_loop()
        self._pool = ThreadPoolExecutor(engine.workers, thread_name_prefix="batch")
        self._idle = engine.workers
        self._waiting: deque[Row] = deque()
        self._gathering = False
        self._company = False  # whether the last batch had any, so that more is likely to come
        self._closed = False

    @property
    def queued(self) -> int:
        """Requests that wait."""
        return len(self._waiting)

    @property
    def pressed(self) -> bool:
        """Whether somebody waits for a worker; read by the engine's threads too."""
        return bool(self._waiting) and self._idle == 0

    def submit(self, row: Row) -> None:
        """Queue a request. Raises QueueFull."""
        if len(self._waiting) >= self._limits.queue:
            raise QueueFull(
                f"{self._limits.queue} requests wait for this node already; send it again a little later.",
                retry_after_s=1,
            )
        self._waiting.append(row)
        if not self._idle or self._gathering:
            return
        if self._company:
            self._gathering = True
            self._loop.call_later(self._limits.gather_s, self._gathered)
        else:
            self._fill()

    def cancel(self, row: Row) -> None:
        """Forget a request; one that runs stops at its next token."""
        row.cancelled = True
        if row.finish is None and row in self._waiting:
            self._waiting.remove(row)
            row.finish = "cancelled"
            row.tell()

    async def close(self) -> None:
        """Cut everything short, and wait until the threads have ended, which they do at their next token."""
        self._closed = True
        for row in self._waiting:
            row.finish = "cancelled"
            row.tell()
        self._waiting.clear()
        await asyncio.to_thread(self._pool.shutdown, wait=True)

    # -- the event loop's side ---------------------------------------------------------------------------

    def _gathered(self) -> None:
        self._gathering = False
        self._fill()

    def _fill(self) -> None:
        while self._idle and self._waiting and not self._closed:
            rows = self._take()
            self._company = len(rows) > 1
            self._idle -= 1
            self._on_batch(len(rows))
            done = self._loop.run_in_executor(self._pool, self._run, rows)
            done.add_done_callback(lambda done, rows=rows: self._ran(done, rows))

    def _take(self) -> list[Row]:
        """The oldest and what fits to it, in their order; O(queue), which is bounded."""
        first = self._waiting.popleft()
        rows, left = [first], deque[Row]()
        shortest = longest = first.length
        while self._waiting:
            row = self._waiting.popleft()
            low, high = min(shortest, row.length), max(longest, row.length)
            # One token alone has nothing to be read ahead, and the engine then repeats prompts: never mixed.
            fits = high - low <= self._limits.spread and (low > 1 or high == 1)
            if len(rows) < self._limits.batch and fits and row.sampling == first.sampling:
                rows.append(row)
                shortest, longest = low, high
            else:
                left.append(row)
        self._waiting = left
        return rows

    def _ran(self, done: "asyncio.Future[None]", rows: list[Row]) -> None:
        self._idle += 1
        error = None if done.cancelled() else done.exception()
        if error is not None:
            self._on_error(error)
        for row in rows:
            if row.finish is None and error is not None:
                row.finish = "failed"
            elif row.finish is None and (row.cancelled or self._closed):
                row.finish = "cancelled"
            elif row.finish is None:
                self._waiting.append(row)
                continue
            row.tell()
        self._fill()

    # -- the engine's thread -----------------------------------------------------------------------------

    def _run(self, rows: list[Row]) -> None:
        vocabulary, end, share = self._vocabulary, self._end, self._limits.share
        prompts = [[vocabulary[token] for token in (*row.prompt, *row.tokens)] for row in rows]
        outbox = _Outbox(self._loop)
        began = time.perf_counter()
        until = 0.0

        def on_token(number: int, step: int, token: int) -> bool:
            nonlocal until
            # To begin anew costs the reading again; a share lasts as long at least, so half the work is lost at most.
            until = until or 2 * time.perf_counter() - began
            row = rows[number]
            if row.cancelled or self._closed:
                row.finish = "cancelled"
            elif token in end:
                row.finish = "stop"
            else:
                row.tokens.append(token)
                if len(row.tokens) >= row.most:
                    row.finish = "length"
            if row.each or row.finish is not None:
                outbox.put(row)
            if row.finish is not None:
                return True
            return step >= share and self.pressed and time.perf_counter() >= until

        most = max(row.most - len(row.tokens) for row in rows)
        self._engine.generate(prompts, rows[0].sampling, most, sorted(end), on_token)


class _Outbox:
    """Tells the event loop of rows with news: one call for all that came until it gets round to it."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._rows: deque[Row] = deque()
        self._called = False

    def put(self, row: Row) -> None:
        """From the engine's thread."""
        self._rows.append(row)
        if not self._called:
            self._called = True
            self._loop.call_soon_threadsafe(self._empty)

    def _empty(self) -> None:
        self._called = False  # before looking, so that a row put meanwhile is called for again
        while self._rows:
            self._rows.popleft().tell()
