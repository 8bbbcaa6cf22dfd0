"""A cache in Redis, shared by every process of an installation.

While Redis can't be reached the cache is empty and says so once a minute; nothing waits for it longer than
its timeout.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Final, TypeVar, cast

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from gitu.kernel import clock
from gitu.kernel.cache.base import Compute, Held
from gitu.kernel.cache.flights import Flights

__all__ = ["RedisCache"]

log = logging.getLogger(__name__)
T = TypeVar("T")

_TIMEOUT: Final = 1.0
_POLL: Final = 0.05
_COMPLAIN_EVERY: Final = 60.0

# A process that died while it computed holds the others up for no longer than this.
_LEASE: Final = timedelta(seconds=30)

# Only the holder of a lease may end it (https://redis.io/docs/latest/develop/use/patterns/distributed-locks/).
_RELEASE: Final = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"

# A group is a sorted set of its entries' keys by the time at which they end. One that has too many loses those that
# end first. As scripts, so that no entry is ever kept that its group does not know.
_MOST_IN_GROUP: Final = 10_000
_KEEP: Final = """
redis.call('set', KEYS[1], ARGV[1], 'px', ARGV[2])
redis.call('zremrangebyscore', KEYS[2], '-inf', ARGV[3])
redis.call('zadd', KEYS[2], ARGV[3] + ARGV[2], KEYS[1])
if redis.call('pttl', KEYS[2]) < tonumber(ARGV[2]) then redis.call('pexpire', KEYS[2], ARGV[2]) end
local over = redis.call('zcard', KEYS[2]) - ARGV[4]
if over > 0 then
  for _, key in ipairs(redis.call('zrange', KEYS[2], 0, over - 1)) do redis.call('unlink', key) end
  redis.call('zremrangebyrank', KEYS[2], 0, over - 1)
end
"""
_HELD: Final = """
local entries, size = 0, 0
for _, key in ipairs(redis.call('zrange', KEYS[1], 0, -1)) do
  local length = redis.call('strlen', key)
  if length > 0 then entries, size = entries + 1, size + length end
end
return {entries, size}
"""
_FORGET: Final = """
local gone = 0
for _, key in ipairs(redis.call('zrange', KEYS[1], 0, -1)) do gone = gone + redis.call('unlink', key) end
redis.call('unlink', KEYS[1])
return gone
"""


class RedisCache:
    """Redis behind the `Cache` protocol."""

    def __init__(
        self,
        url: str,
        *,
        prefix: str = "gitu:cache:",
        lease: timedelta = _LEASE,
        most_in_group: int = _MOST_IN_GROUP,
    ) -> None:
        # A crowd waits for a free connection; the plain pool would refuse it.
        pool = BlockingConnectionPool.from_url(  # pyright: ignore[reportUnknownMemberType] - its **kwargs have no type
            url,
            socket_timeout=_TIMEOUT,
            socket_connect_timeout=_TIMEOUT,
            max_connections=20,
            timeout=_TIMEOUT,
            retry=Retry(NoBackoff(), 1),  # the client's own default waits for many seconds
        )
        self._redis = Redis.from_pool(pool)
        self._prefix = prefix
        self._groups = f"{prefix}group:"
        self._most_in_group = most_in_group
        self._lease = lease
        self._flights = Flights()
        self._complained_at: float | None = None

    async def get(self, key: str) -> bytes | None:
        """The value, or None when it is not there, too old, or Redis can't be reached."""
        found = await self._try(lambda: self._redis.get(self._prefix + key), None)
        return found if isinstance(found, bytes) else None

    async def set(self, key: str, value: bytes, ttl: timedelta, *, group: str | None = None) -> None:
        """Keep a value for `ttl` at most; a group keeps the 10,000 that end last.

        Raises ValueError for a `ttl` that is not above zero.
        """
        if ttl <= timedelta():
            raise ValueError(f"A time to live is above zero, not {ttl}.")
        if group is None:
            await self._try(lambda: self._redis.set(self._prefix + key, value, px=_milliseconds(ttl)), None)
            return
        keys = (self._prefix + key, self._groups + group)
        now = int(time.time() * 1000)
        await self._run(_KEEP, keys, value, _milliseconds(ttl), now, self._most_in_group)

    async def delete(self, key: str) -> None:
        """Forget a value, if it is there."""
        await self._try(lambda: self._redis.delete(self._prefix + key), None)

    async def held(self, group: str) -> Held:
        """What is kept of a group; nothing while Redis can't be reached."""
        found = await self._run(_HELD, (self._groups + group,))
        return Held(*found) if isinstance(found, list) else Held(0, 0)

    async def forget(self, group: str | None = None) -> int:
        """Forget all of a group, or of every group; how many entries that were.

        While Redis can't be reached nothing is forgotten before its time ends.
        """
        if group is not None:
            gone = await self._run(_FORGET, (self._groups + group,))
            return gone if isinstance(gone, int) else 0
        return sum([await self.forget(one) for one in await self._try(self._all_groups, [])])

    async def get_or_compute(self, key: str, ttl: timedelta, compute: Compute) -> bytes:
        """The value, computed by one process at a time; without Redis, once at a time in each process."""
        value = await self.get(key)
        if value is None:
            value = await self._flights.join(key, lambda: self._fill(key, ttl, compute))
        return value

    async def close(self) -> None:
        """Stop computations in progress and close the connections."""
        await self._flights.close()
        await self._redis.aclose()

    async def _fill(self, key: str, ttl: timedelta, compute: Compute) -> bytes:
        lock, owner = f"{self._prefix}lease:{key}", secrets.token_hex(16)
        deadline = clock.monotonic() + self._lease.total_seconds()
        while clock.monotonic() < deadline and not await self._take(lock, owner):
            await asyncio.sleep(_POLL)
            value = await self.get(key)
            if value is not None:
                return value
        try:
            value = await self.get(key)  # another may have finished between the first look and the lease
            if value is None:
                value = await compute()
                await self.set(key, value, ttl)
            return value
        finally:
            await self._try(lambda: self._redis.eval(_RELEASE, 1, lock, owner), None)

    async def _take(self, lock: str, owner: str) -> bool:
        lease = _milliseconds(self._lease)
        # Unreachable counts as taken: everyone computes for themselves rather than wait.
        return bool(await self._try(lambda: self._redis.set(lock, owner, px=lease, nx=True), True))

    async def _all_groups(self) -> list[str]:
        """Every group; looks through all of Redis."""
        found: list[str] = []
        pattern = f"{self._groups}*"
        scan = cast(
            "AsyncIterator[bytes]",
            self._redis.scan_iter(match=pattern, count=1_000),  # pyright: ignore[reportUnknownMemberType]
        )  # its **kwargs have no type
        async for key in scan:
            found.append(key.decode()[len(self._groups) :])
        return found

    async def _run(self, script: str, keys: tuple[str, ...], *values: bytes | int) -> object:
        return await self._try(lambda: self._redis.eval(script, len(keys), *keys, *values), None)

    async def _try(self, ask: Callable[[], Awaitable[T]], otherwise: T) -> T:
        try:
            return await ask()
        except (RedisError, OSError) as problem:
            self._complain(problem)
            return otherwise

    def _complain(self, problem: Exception) -> None:
        now = clock.monotonic()
        if self._complained_at is None or now - self._complained_at > _COMPLAIN_EVERY:
            self._complained_at = now
            # The type alone: a connection error quotes the address, and that may hold a password.
            log.warning("Redis does not answer (%s); going on without its cache", type(problem).__name__)


def _milliseconds(span: timedelta) -> int:
    return max(1, int(span.total_seconds() * 1000))
