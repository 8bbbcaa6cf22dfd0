"""Cancellations: after what must be finished, and never lost."""

import asyncio
import contextlib

import pytest

from gitu.kernel.cancelling import end, happens, to_the_end

pytestmark = pytest.mark.anyio


async def test_a_cancellation_takes_effect_after_the_work_however_often_it_is_asked_for() -> None:
    began, may_end, done = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def write() -> None:
        began.set()
        await may_end.wait()
        done.set()

    task = asyncio.create_task(to_the_end(write()))
    await began.wait()
    for _ in range(3):
        task.cancel()
        await asyncio.sleep(0)
        assert not task.done()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert done.is_set()


async def test_its_answer_and_its_error_are_the_work_s() -> None:
    async def answer() -> int:
        return 7

    async def fail() -> None:
        raise OSError("full")

    assert await to_the_end(answer()) == 7
    with pytest.raises(OSError, match="full"):
        await to_the_end(fail())


async def test_an_error_of_the_work_does_not_swallow_the_cancellation() -> None:
    may_end = asyncio.Event()

    async def fail() -> None:
        await may_end.wait()
        raise OSError("full")

    task = asyncio.create_task(to_the_end(fail()))
    await asyncio.sleep(0)
    task.cancel()
    may_end.set()
    with pytest.raises(asyncio.CancelledError) as cancelled:
        await task
    assert isinstance(cancelled.value.__cause__, OSError)


async def test_a_cancellation_at_the_moment_of_the_event_is_not_lost() -> None:
    event = asyncio.Event()
    task = asyncio.create_task(happens(event, 600))
    await asyncio.sleep(0.01)
    event.set()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_an_event_that_does_not_come_is_waited_for_only_so_long() -> None:
    event = asyncio.Event()
    assert not await happens(event, 0.01)
    event.set()
    assert await happens(event, None)


async def test_what_lost_its_cancellation_is_cancelled_again_and_how_it_ended_does_not_matter() -> None:
    async def lose_the_first() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(600)
        await asyncio.sleep(600)

    async def fail() -> None:
        try:
            await asyncio.sleep(600)
        finally:
            raise OSError

    tasks = [asyncio.create_task(lose_the_first()), asyncio.create_task(fail()), asyncio.create_task(asyncio.sleep(0))]
    await asyncio.sleep(0.01)
    await end(*tasks)
    assert all(task.done() for task in tasks)
