"""Lets many callers wait for one computation in progress, whoever of them gives up."""

import asyncio
from collections.abc import Awaitable, Callable

from gitu.kernel.cancelling import end

__all__ = ["Flights"]


class Flights:
    """Computations in progress by key, in one event loop."""

    def __init__(self) -> None:
        self._tasks: dict[str, asyncio.Task[bytes]] = {}
        self._closed = False

    async def join(self, key: str, compute: Callable[[], Awaitable[bytes]]) -> bytes:
        """The result of the computation under way for `key`, begun by this call if there is none.

        A caller that is cancelled leaves the others their computation; when the last one leaves it goes on
        to its end, so that its result is there for the next. Once closed, whoever comes is cancelled.
        """
        if self._closed:
            raise asyncio.CancelledError("the cache is closed")
        task = self._tasks.get(key)
        if task is None:
            task = asyncio.ensure_future(_awaited(compute))
            self._tasks[key] = task
            task.add_done_callback(lambda done: self._land(key, done))
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Stop what is under way, and begin nothing more: a caller may have been about to."""
        self._closed = True
        await end(*self._tasks.values())

    def _land(self, key: str, done: asyncio.Task[bytes]) -> None:
        self._tasks.pop(key, None)
        if not done.cancelled():
            done.exception()  # whoever waited was told; when all have left, the loop need not complain


async def _awaited(compute: Callable[[], Awaitable[bytes]]) -> bytes:
    return await compute()
