"""Where answers are kept: in memory or in Redis, everyone's apart, encrypted where they leave the process."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr
from redis.asyncio import Redis

from gitu.app import open_services
from gitu.features.models.answers.kept import MOST_BYTES, Answers, Kept
from gitu.kernel.ids import new_id
from gitu.kernel.services import Services
from gitu.kernel.settings import Settings
from tests.kernel.cache.conftest import redis_url

pytestmark = pytest.mark.anyio
__all__ = ["redis_url"]  # the fixture

AMAL, BASIM = new_id(), new_id()
KETTLE = Kept(b"a copper kettle", "0.25", 9)


class House:
    """Opens processes over one home, with settings of a test's own."""

    def __init__(self, database_url: str, home: Path, redis: str | None) -> None:
        self.database_url = database_url
        self.home = home
        self.redis = redis
        self.stack = AsyncExitStack()

    async def answers(self, **settings: object) -> Answers:
        """The answers of one more process."""
        return (await self.services(**settings)).resource(Answers)

    async def services(self, **settings: object) -> Services:
        """One more process."""
        return await self.stack.enter_async_context(self._opened(**settings))

    @asynccontextmanager
    async def _opened(self, **more: object) -> AsyncGenerator[Services]:
        redis = SecretStr(self.redis) if self.redis is not None else None
        settings = Settings.model_validate(
            {"home": self.home, "database_url": self.database_url, "redis_url": redis, **more}
        )
        services = await open_services(settings, self.database_url)
        try:
            yield services
        finally:
            await services.aclose()


@pytest.fixture(params=["memory", "redis"])
async def house(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> AsyncIterator[House]:
    """Both kinds in turn."""
    redis = str(request.getfixturevalue("redis_url")) if request.param == "redis" else None
    house = House(database_url, tmp_path / "home", redis)
    async with house.stack:
        yield house


async def test_an_answer_is_found_by_its_owner_alone(house: House) -> None:
    answers = await house.answers()
    key = new_id().hex
    await answers.keep(AMAL, key, KETTLE, answers.moment)
    assert await answers.find(AMAL, key) == KETTLE
    assert await answers.find(BASIM, key) is None
    assert await answers.find(AMAL, new_id().hex) is None
    assert (await answers.held(BASIM)).entries == 0
    await answers.clear(AMAL)


async def test_clearing_leaves_the_answers_of_others(house: House) -> None:
    answers, amal, basim = await house.answers(), new_id(), new_id()
    for owner in (amal, basim):
        await answers.keep(owner, "k", KETTLE, answers.moment)
    assert (await answers.held(amal)).entries == 1
    assert await answers.clear(amal) == 1
    assert (await answers.find(amal, "k"), await answers.find(basim, "k")) == (None, KETTLE)
    assert await answers.clear(None) >= 1
    assert await answers.find(basim, "k") is None


async def test_an_answer_that_was_asked_for_before_the_cache_was_cleared_is_not_kept_after(house: House) -> None:
    answers, owner = await house.answers(), new_id()
    moment = answers.moment
    await answers.clear(owner)
    await answers.keep(owner, "k", KETTLE, moment)
    assert await answers.find(owner, "k") is None


async def test_an_answer_beyond_a_megabyte_is_not_kept(house: House) -> None:
    answers, owner = await house.answers(), new_id()
    await answers.keep(owner, "k", Kept(b"x" * (MOST_BYTES + 1), None, 1), answers.moment)
    assert (await answers.held(owner)).entries == 0


async def test_an_erased_person_has_none_left_in_any_process(house: House) -> None:
    here, there, owner = await house.answers(), await house.answers(), new_id()
    for answers in (here, there):
        await answers.keep(owner, "k", KETTLE, answers.moment)
    assert await here.clear_everywhere(owner) == 1
    async with asyncio.timeout(5):
        while await there.find(owner, "k") is not None:
            await asyncio.sleep(0.01)


async def test_what_does_not_fit_drives_out_what_was_used_longest_ago(house: House) -> None:
    answers, owner = await house.answers(models_cache="memory", models_cache_bytes=100_000), new_id()
    for number in range(20):
        await answers.keep(owner, str(number), Kept(b"x" * 9_000, None, 1), answers.moment)
    entries, size = await answers.held(owner)
    assert 5 < entries < 12
    assert size <= 100_000
    assert (await answers.find(owner, "0"), await answers.find(owner, "19") is None) == (None, False)


async def test_processes_share_what_is_in_redis_and_nothing_else(house: House) -> None:
    here, there, owner = await house.answers(), await house.answers(), new_id()
    await here.keep(owner, "k", KETTLE, here.moment)
    assert (await there.find(owner, "k") == KETTLE) == (house.redis is not None)
    alone = await house.answers(models_cache="memory")
    assert await alone.find(owner, "k") is None
    assert (here.where, alone.where) == ("memory" if house.redis is None else "redis", "memory")


async def test_in_redis_nobody_reads_it_without_the_keys(house: House, tmp_path: Path) -> None:
    if house.redis is None:
        pytest.skip("memory is the process's own")
    answers, owner = await house.answers(), new_id()
    await answers.keep(owner, "k", KETTLE, answers.moment)
    async with Redis.from_url(house.redis) as redis:  # pyright: ignore[reportUnknownMemberType] - untyped **kwargs
        names = [name async for name in redis.scan_iter(match=f"*{owner}*")]  # pyright: ignore
        entry = next(name for name in names if b"group" not in name)
        kept = await redis.get(entry)
        assert isinstance(kept, bytes)
        await redis.set(entry.replace(b":k", b":other"), kept)
    assert b"kettle" not in kept
    assert await answers.find(owner, "other") is None  # what is copied to another place is refused
    stranger = House(house.database_url, tmp_path / "another home", house.redis)
    async with stranger.stack:
        assert await (await stranger.answers()).find(owner, "k") is None


async def test_turned_off_nothing_is_a_question(house: House) -> None:
    answers = await house.answers(models_cache="off")
    assert (answers.on, answers.where) == (False, "off")
