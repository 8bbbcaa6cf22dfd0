"""Cancellations that neither come in the middle of what must be finished, nor get lost."""

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

AGAIN_S = 1.0


async def to_the_end(work: Coroutine[Any, Any, T]) -> T:
    """Await ``work`` to its end. A cancellation meanwhile takes effect after it, not in its middle.

    ``asyncio.shield`` alone returns at once and leaves the work to itself: it may then use a database that is being
    closed. Give it short work only, with a time limit of its own. Raises what ``work`` raises; when
    cancelled, CancelledError with that as its cause.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError as cancelled:
        while not task.done():
            with contextlib.suppress(asyncio.CancelledError):  # asked again: the answer is the same
                await asyncio.wait([task])
        # A cancellation is never swallowed: whoever asked waits for it.
        raise cancelled from None if task.cancelled() else task.exception()


async def happens(event: asyncio.Event, within_s: float | None) -> bool:
    """Wait for an event, at most so long; whether it happened.

    Before Python 3.12 ``asyncio.wait_for`` loses a cancellation that comes at the same moment as the event: a loop
    around it would never end.
    """
    try:
        async with asyncio.timeout(within_s):
            await event.wait()
    except TimeoutError:
        return False
    return True


async def end(*tasks: asyncio.Task[Any]) -> None:
    """Cancel tasks and wait until they have ended, whatever with.

    They are cancelled again where something in them lost the cancellation, as libraries do.
    """
    pending = {task for task in tasks if not task.done()}
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=AGAIN_S)
    for task in tasks:
        if not task.cancelled():
            task.exception()  # else the loop would complain that nobody asked
