"""Requests a minute: counted for many askers in bounded memory, and what is over is deleted."""

import asyncio
import tracemalloc
from datetime import timedelta

import pytest
from sqlalchemy import text

from gitu.features.models.gateway import limits
from gitu.features.models.gateway.errors import TooManyRequests
from gitu.features.models.gateway.limits import RateLimits
from gitu.features.models.workflows import forget_rate_windows
from gitu.kernel import clock
from gitu.kernel.ids import new_id
from tests.features.models.conftest import World

pytestmark = pytest.mark.anyio


async def take(world: World, askers: int, *, at_once: int = 50) -> RateLimits:
    """One request of each of so many."""
    found = world.services.resource(RateLimits)
    for _ in range(askers // at_once):
        await asyncio.gather(*(found.take(new_id(), 60) for _ in range(at_once)))
    return found


async def rows(world: World) -> int:
    async with world.services.database.reader() as db:
        return int(await db.scalar(text("SELECT count(*) FROM models_rate_windows")) or 0)


async def test_who_is_forgotten_here_is_still_counted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST", 100)
    found, asker = world.services.resource(RateLimits), new_id()
    for _ in range(3):
        await found.take(asker, 3)
    await take(world, 150)
    assert len(found._windows) == 100
    assert asker not in found._windows
    with pytest.raises(TooManyRequests):
        await found.take(asker, 3)


@pytest.mark.slow
async def test_ten_thousand_askers_take_a_few_megabytes_and_more_take_no_more(world: World) -> None:
    await take(world, 50)
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        found = await take(world, limits.MOST)
        full = tracemalloc.get_traced_memory()[0] - before
        await take(world, 500)
        more = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert len(found._windows) == limits.MOST == 10_000
    assert full < 6_000_000
    assert more < full + 300_000


async def test_the_leader_deletes_minutes_that_are_long_over(world: World) -> None:
    await take(world, 50)
    assert await forget_rate_windows(world.services) == 0
    with clock.travel(timedelta(hours=2)):
        await take(world, 50)
        assert await forget_rate_windows(world.services) == 50
    assert await rows(world) == 50
