"""Several ask the same at once: one puts the question."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitu.features.models.answers.flights import Flights, Turn

pytestmark = pytest.mark.anyio


async def test_the_first_leads_and_the_others_get_what_it_brings() -> None:
    flights: Flights[str] = Flights()
    assert await flights.join("k", 1) is Turn.LEADS
    waiting = [asyncio.create_task(flights.join("k", 1)) for _ in range(5)]
    await asyncio.sleep(0)
    assert flights.waiting == 5
    assert await flights.join("another", 1) is Turn.LEADS
    flights.land("k", "answer")
    assert await asyncio.gather(*waiting) == ["answer"] * 5
    assert await flights.join("k", 1) is Turn.LEADS


async def test_without_an_answer_exactly_one_goes_next() -> None:
    flights: Flights[str] = Flights()
    await flights.join("k", 1)
    waiting = [asyncio.create_task(flights.join("k", 5)) for _ in range(3)]
    await asyncio.sleep(0)
    for left in (2, 1, 0):
        flights.land("k", None)
        await asyncio.sleep(0.01)
        assert flights.waiting == left
        assert [task.result() for task in waiting if task.done()] == [Turn.LEADS] * (3 - left)
    flights.land("k", None)
    assert await flights.join("k", 1) is Turn.LEADS


async def test_who_has_waited_long_enough_goes_alone_and_leaves_the_turn_to_others() -> None:
    flights: Flights[str] = Flights()
    await flights.join("k", 1)
    assert await flights.join("k", 0.02) is Turn.ALONE
    patient = asyncio.create_task(flights.join("k", 1))
    await asyncio.sleep(0)
    flights.land("k", None)
    assert await patient is Turn.LEADS


async def test_a_turn_is_handed_on_by_one_that_is_cancelled_in_that_very_moment() -> None:
    flights: Flights[str] = Flights()
    await flights.join("k", 1)
    gone, next_one = (asyncio.create_task(flights.join("k", 1)) for _ in range(2))
    await asyncio.sleep(0)
    flights.land("k", None)
    gone.cancel()
    assert await next_one is Turn.LEADS
    assert gone.cancelled() or await asyncio.wait([gone])


@given(st.lists(st.sampled_from(["join", "land", "fail", "leave"]), max_size=40))
def test_whatever_happens_at_most_one_leads_and_nobody_is_forgotten(steps: list[str]) -> None:
    async def scene() -> None:
        flights: Flights[str] = Flights()
        tasks: list[asyncio.Task[str | Turn]] = []
        landed: set[asyncio.Task[str | Turn]] = set()

        def leaders() -> list[asyncio.Task[str | Turn]]:
            done = [one for one in tasks if one.done() and not one.cancelled() and one not in landed]
            return [one for one in done if one.result() is Turn.LEADS]

        for step in [*steps, *["land"] * len(steps)]:
            if step == "join":
                tasks.append(asyncio.create_task(flights.join("k", 60)))
            elif step == "leave":
                next((one for one in tasks if not one.done()), _nobody()).cancel()
            elif leaders():
                landed.add(leaders()[0])
                flights.land("k", "answer" if step == "land" else None)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            assert len(leaders()) <= 1
        assert all(task.done() for task in tasks)
        assert flights.waiting == 0

    asyncio.run(scene())


def _nobody() -> "asyncio.Future[None]":
    return asyncio.get_running_loop().create_future()
