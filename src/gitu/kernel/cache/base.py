"""What every cache does. A value is bytes: whoever stores a thing says how it is written down.

A cache may forget anything at any time, and an unreachable Redis is a cache that has forgotten: callers
must be right without it.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import NamedTuple, Protocol

__all__ = ["Cache", "Compute", "Held"]

Compute = Callable[[], Awaitable[bytes]]


class Held(NamedTuple):
    """How much is kept."""

    entries: int
    size: int  # bytes


class Cache(Protocol):
    """Keys with a time to live. What is kept in a group, such as a person's, can be measured and forgotten together."""

    async def get(self, key: str) -> bytes | None:
        """The value, or None when it is not there or too old."""
        ...

    async def set(self, key: str, value: bytes, ttl: timedelta, *, group: str | None = None) -> None:
        """Keep a value for `ttl` at most. Raises ValueError for a `ttl` that is not above zero."""
        ...

    async def delete(self, key: str) -> None:
        """Forget a value, if it is there."""
        ...

    async def held(self, group: str) -> Held:
        """What is kept of a group."""
        ...

    async def forget(self, group: str | None = None) -> int:
        """Forget all of a group, or of every group; how many entries that were."""
        ...

    async def get_or_compute(self, key: str, ttl: timedelta, compute: Compute) -> bytes:
        """The value, computed at most once at a time however many ask for it.

        An error of `compute` reaches everyone who waited for it, and nothing is kept.
        """
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
