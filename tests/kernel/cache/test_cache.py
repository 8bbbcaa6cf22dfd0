"""What every cache does, and what each does in its own way."""

import asyncio
import builtins
import sys
from datetime import timedelta
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from gitu.kernel import clock
from gitu.kernel.cache import Cache, MemoryCache, open_cache
from gitu.kernel.cache.shared import RedisCache
from tests.kernel.cache.conftest import free_port

pytestmark = pytest.mark.anyio

MINUTE = timedelta(minutes=1)


def new_key() -> str:
    return uuid4().hex


async def test_a_value_is_kept_until_it_is_deleted(cache: Cache) -> None:
    key = new_key()
    assert await cache.get(key) is None
    await cache.set(key, b"\x00one", MINUTE)
    assert await cache.get(key) == b"\x00one"
    await cache.delete(key)
    await cache.delete(key)
    assert await cache.get(key) is None


async def test_a_value_dies_when_its_time_is_over(cache: Cache) -> None:
    key = new_key()
    await cache.set(key, b"one", timedelta(milliseconds=30))
    await asyncio.sleep(0.06)
    assert await cache.get(key) is None


async def test_a_time_to_live_is_above_zero(cache: Cache) -> None:
    with pytest.raises(ValueError, match="above zero"):
        await cache.set(new_key(), b"one", timedelta())


async def test_a_crowd_asking_at_once_computes_once(cache: Cache) -> None:
    key, calls = new_key(), 0

    async def compute() -> bytes:
        nonlocal calls
        calls += 1
        await asyncio.sleep(0.05)
        return b"answer"

    answers = await asyncio.gather(*(cache.get_or_compute(key, MINUTE, compute) for _ in range(200)))
    assert set(answers) == {b"answer"}
    assert calls == 1
    assert await cache.get_or_compute(key, MINUTE, compute) == b"answer"
    assert calls == 1


async def test_an_error_reaches_everyone_and_nothing_is_kept(cache: Cache) -> None:
    key = new_key()

    async def fail() -> bytes:
        await asyncio.sleep(0.01)
        raise LookupError("gone")

    results = await asyncio.gather(*(cache.get_or_compute(key, MINUTE, fail) for _ in range(5)), return_exceptions=True)
    assert [type(result) for result in results] == [LookupError] * 5

    async def work() -> bytes:
        return b"fine"

    assert await cache.get_or_compute(key, MINUTE, work) == b"fine"


async def test_whoever_gives_up_leaves_the_others_their_answer(cache: Cache) -> None:
    key = new_key()

    async def compute() -> bytes:
        await asyncio.sleep(0.05)
        return b"answer"

    first = asyncio.ensure_future(cache.get_or_compute(key, MINUTE, compute))
    await asyncio.sleep(0.01)
    second = asyncio.ensure_future(cache.get_or_compute(key, MINUTE, compute))
    await asyncio.sleep(0.01)
    first.cancel()
    assert await second == b"answer"


async def test_the_memory_forgets_what_was_used_longest_ago() -> None:
    memory = MemoryCache(max_entries=3)
    for name in "abc":
        await memory.set(name, name.encode(), MINUTE)
    await memory.get("a")
    await memory.set("d", b"d", MINUTE)
    assert [await memory.get(name) for name in "abcd"] == [b"a", None, b"c", b"d"]


async def test_the_memory_is_bounded_in_bytes_too() -> None:
    memory = MemoryCache(max_bytes=10_000)
    for number in range(100):
        await memory.set(str(number), b"x" * 1000, MINUTE)
    entries, size = memory.size
    assert 0 < entries < 10
    assert size <= 10_000
    await memory.set("huge", b"x" * 20_000, MINUTE)
    assert await memory.get("huge") is None
    for number in range(100):
        await memory.delete(str(number))
    assert memory.size == (0, 0)


async def test_the_memory_follows_a_travelled_clock() -> None:
    memory = open_cache()
    with clock.travel(timedelta()) as traveller:
        await memory.set("a", b"1", MINUTE)
        traveller.move(timedelta(seconds=59))
        assert await memory.get("a") == b"1"
        traveller.move(timedelta(seconds=2))
        assert await memory.get("a") is None


async def test_two_processes_sharing_redis_compute_once(redis_url: str) -> None:
    one, other, key, calls = open_cache(redis_url), open_cache(redis_url), new_key(), 0

    async def compute() -> bytes:
        nonlocal calls
        calls += 1
        await asyncio.sleep(0.1)
        return b"answer"

    answers = await asyncio.gather(one.get_or_compute(key, MINUTE, compute), other.get_or_compute(key, MINUTE, compute))
    assert (answers, calls) == ([b"answer", b"answer"], 1)
    await one.close()
    await other.close()


async def test_a_process_that_died_while_computing_holds_nobody_up_for_ever(redis_url: str) -> None:
    cache, key = RedisCache(redis_url, lease=timedelta(milliseconds=100)), new_key()
    async with Redis.from_url(redis_url) as redis:  # pyright: ignore[reportUnknownMemberType] - untyped **kwargs
        await redis.set(f"gitu:cache:lease:{key}", "the dead one", px=100)

    async def compute() -> bytes:
        return b"answer"

    assert await cache.get_or_compute(key, MINUTE, compute) == b"answer"
    await cache.close()


async def test_an_unreachable_redis_is_an_empty_cache_that_says_so_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    cache = open_cache(f"redis://:hunter2@127.0.0.1:{free_port()}/0")

    async def compute() -> bytes:
        return b"answer"

    began = asyncio.get_running_loop().time()
    await cache.set("a", b"1", MINUTE)
    assert await cache.get("a") is None
    assert await cache.get_or_compute("a", MINUTE, compute) == b"answer"
    assert asyncio.get_running_loop().time() - began < 2
    assert caplog.text.count("Redis does not answer") == 1
    assert "hunter2" not in caplog.text
    await cache.close()


async def test_redis_wanted_but_not_installed_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_redis(name: str, *args: object, **kwargs: object) -> object:
        if name.startswith("redis"):
            raise ImportError(name)
        return real(name, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.delitem(sys.modules, "gitu.kernel.cache.shared", raising=False)
    monkeypatch.setattr(builtins, "__import__", without_redis)
    with pytest.raises(RuntimeError, match=r"install gitu\[redis\]"):
        open_cache("redis://127.0.0.1/0")


async def test_closing_stops_what_is_being_computed(cache: Cache) -> None:
    async def hang() -> bytes:
        await asyncio.sleep(3600)
        return b"too late"

    waiting = asyncio.ensure_future(cache.get_or_compute(new_key(), MINUTE, hang))
    await asyncio.sleep(0.02)
    await cache.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_closing_stops_what_was_about_to_be_computed(cache: Cache) -> None:
    begun: list[str] = []

    async def hang() -> bytes:
        begun.append("computing")
        await asyncio.sleep(3600)
        return b"too late"

    waiting = asyncio.ensure_future(cache.get_or_compute(new_key(), MINUTE, hang))
    await cache.close()  # before it has even looked
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert begun == []


async def test_a_group_is_measured_and_forgotten_together(cache: Cache) -> None:
    amal, basim = new_key(), new_key()
    for number in range(3):
        await cache.set(f"{amal}{number}", b"x" * 100, MINUTE, group=amal)
    await cache.set(f"{basim}0", b"x", MINUTE, group=basim)
    await cache.set(f"{amal}0", b"x" * 150, MINUTE, group=amal)  # once more
    await cache.set(f"{amal}alone", b"x", MINUTE)
    entries, size = await cache.held(amal)
    assert (entries, 350 <= size < 1_200) == (3, True)
    assert await cache.forget(amal) == 3
    assert await cache.held(amal) == (0, 0)
    assert [await cache.get(f"{amal}{number}") for number in range(3)] == [None] * 3
    assert await cache.get(f"{amal}alone") == b"x"
    assert await cache.get(f"{basim}0") == b"x"


async def test_all_groups_are_forgotten_at_once_and_what_is_in_none_stays(cache: Cache) -> None:
    keys = [new_key() for _ in range(3)]
    for key in keys:
        await cache.set(key, b"x", MINUTE, group=f"group of {key}")
    lone = new_key()
    await cache.set(lone, b"x", MINUTE)
    assert await cache.forget() >= 3
    assert [await cache.get(key) for key in (*keys, lone)] == [None, None, None, b"x"]


async def test_what_has_ended_is_no_longer_of_its_group(cache: Cache) -> None:
    key = new_key()
    await cache.set(key, b"x", timedelta(milliseconds=30), group=key)
    await cache.set(key + "2", b"x", MINUTE, group=key)
    await asyncio.sleep(0.06)
    assert (await cache.held(key)).entries == 1


async def test_a_group_in_redis_is_bounded(redis_url: str) -> None:
    cache, group = RedisCache(redis_url, most_in_group=3), new_key()
    for number in range(5):
        await cache.set(f"{group}{number}", b"x", timedelta(seconds=60 + number), group=group)
    assert [await cache.get(f"{group}{number}") for number in range(5)] == [None, None, b"x", b"x", b"x"]
    assert (await cache.held(group)).entries == 3
    await cache.close()


async def test_groups_of_an_unreachable_redis_are_empty() -> None:
    cache = open_cache(f"redis://127.0.0.1:{free_port()}/0")
    await cache.set("a", b"1", MINUTE, group="amal")
    assert await cache.held("amal") == (0, 0)
    assert (await cache.forget("amal"), await cache.forget()) == (0, 0)
    await cache.close()
