"""A cache in this process's memory, bounded in entries and in bytes; what was used longest ago goes first."""

from collections import OrderedDict
from datetime import timedelta
from typing import Final, NamedTuple

from gitu.kernel import clock
from gitu.kernel.cache.base import Compute, Held
from gitu.kernel.cache.flights import Flights

__all__ = ["MemoryCache"]

# What an entry costs beside its key and value: a tuple, a float, the links of the order.
_OVERHEAD: Final = 200


class _Entry(NamedTuple):
    expires_at: float
    value: bytes
    group: str | None


class MemoryCache:
    """Least-recently-used memory with expiry. For one event loop."""

    def __init__(self, *, max_entries: int = 10_000, max_bytes: int = 16 * 1024 * 1024) -> None:
        self._max_entries = max_entries
        self._max_bytes = max_bytes
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._bytes = 0
        self._flights = Flights()

    async def get(self, key: str) -> bytes | None:
        """The value, or None when it is not there or too old."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        if entry.expires_at <= clock.monotonic():
            self._forget(key)
            return None
        self._entries.move_to_end(key)
        return entry.value

    async def set(self, key: str, value: bytes, ttl: timedelta, *, group: str | None = None) -> None:
        """Keep a value for `ttl` at most; one larger than the whole cache is not kept.

        Raises ValueError for a `ttl` that is not above zero.
        """
        if ttl <= timedelta():
            raise ValueError(f"A time to live is above zero, not {ttl}.")
        self._forget(key)
        if _weight(key, value) > self._max_bytes:
            return
        self._entries[key] = _Entry(clock.monotonic() + ttl.total_seconds(), value, group)
        self._bytes += _weight(key, value)
        while len(self._entries) > self._max_entries or self._bytes > self._max_bytes:
            self._forget(next(iter(self._entries)))

    async def delete(self, key: str) -> None:
        """Forget a value, if it is there."""
        self._forget(key)

    async def held(self, group: str) -> Held:
        """What is kept of a group. Looks at every entry: for screens, not for every request."""
        now = clock.monotonic()
        found = [
            _weight(key, entry.value)
            for key, entry in self._entries.items()
            if entry.group == group and entry.expires_at > now
        ]
        return Held(len(found), sum(found))

    async def forget(self, group: str | None = None) -> int:
        """Forget all of a group, or of every group; how many entries that were."""
        gone = [
            key
            for key, entry in self._entries.items()
            if entry.group is not None and (group is None or entry.group == group)
        ]
        for key in gone:
            self._forget(key)
        return len(gone)

    async def get_or_compute(self, key: str, ttl: timedelta, compute: Compute) -> bytes:
        """The value, computed at most once at a time however many ask for it."""
        value = await self.get(key)
        if value is None:
            value = await self._flights.join(key, lambda: self._fill(key, ttl, compute))
        return value

    async def close(self) -> None:
        """Stop computations in progress and forget everything."""
        await self._flights.close()
        self._entries.clear()
        self._bytes = 0

    @property
    def size(self) -> tuple[int, int]:
        """Entries, and the bytes they are reckoned to take."""
        return len(self._entries), self._bytes

    async def _fill(self, key: str, ttl: timedelta, compute: Compute) -> bytes:
        value = await compute()
        await self.set(key, value, ttl)
        return value

    def _forget(self, key: str) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._bytes -= _weight(key, entry.value)


def _weight(key: str, value: bytes) -> int:
    return len(key) + len(value) + _OVERHEAD
