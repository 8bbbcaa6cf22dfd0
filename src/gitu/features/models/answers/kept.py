"""Where answers are kept: in the memory of this process, or encrypted in the Redis that all processes share.

Everyone's answers are a group of their own in it. Nothing is ever kept that a call has not been paid for.
"""

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal
from uuid import UUID

import msgspec

from gitu.features.models.answers.events import CacheCleared
from gitu.features.models.answers.flights import Flights
from gitu.kernel import clock
from gitu.kernel.cache import Cache, Held, MemoryCache
from gitu.kernel.crypto.errors import CryptoError
from gitu.kernel.events.store import append_events

if TYPE_CHECKING:
    from gitu.kernel.events.types import Recorded
    from gitu.kernel.services import Services

MOST_BYTES: Final = 1_000_000  # of one answer
_CONTEXT: Final = "models.answers"

Where = Literal["memory", "redis", "off"]


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """An answer and what it cost: USD as text, None where the price is unknown, and tokens in and out."""

    body: bytes
    cost: str | None
    tokens: int


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Kept).decode


class Answers:
    """One per process; ``services.resource(Answers)``."""

    def __init__(self, services: "Services") -> None:
        settings = services.settings
        shared = settings.models_cache == "auto" and settings.redis_url is not None
        self._services = services
        self._keyring = services.keyring if shared else None
        self._own = MemoryCache(max_entries=settings.models_cache_entries, max_bytes=settings.models_cache_bytes)
        self._cache: Cache = services.cache if shared else self._own
        self._ttl = timedelta(hours=settings.models_cache_hours)
        self._cleared = 0
        self._tasks: set[asyncio.Task[int]] = set()
        self._stop = services.bus.listen(self._heard)
        self.where: Where = "off" if settings.models_cache == "off" else "redis" if shared else "memory"
        self.flights: Flights[Kept] = Flights()

    @property
    def on(self) -> bool:
        """Whether anything is kept at all."""
        return self.where != "off"

    @property
    def moment(self) -> int:
        """To be given to ``keep``: an answer that was asked for before the cache was cleared is not kept after."""
        return self._cleared

    async def find(self, owner_id: UUID, key: str) -> Kept | None:
        """The answer kept under a key of the owner's."""
        found = await self._cache.get(_place(owner_id, key))
        if found is None:
            return None
        try:
            opened = found if self._keyring is None else self._keyring.decrypt(found, context=f"{_CONTEXT}:{key}")
            return _decode(opened)
        except (CryptoError, msgspec.DecodeError):  # of another key, or another version of Gitu
            return None

    async def keep(self, owner_id: UUID, key: str, kept: Kept, moment: int) -> None:
        """Keep an answer for as long as is set, unless it is too large or the cache was cleared meanwhile."""
        if len(kept.body) > MOST_BYTES or moment != self._cleared:
            return
        data = _encode(kept)
        if self._keyring is not None:
            data = self._keyring.encrypt(data, context=f"{_CONTEXT}:{key}")
        await self._cache.set(_place(owner_id, key), data, self._ttl, group=_group(owner_id))

    async def held(self, owner_id: UUID) -> Held:
        """What is kept of a person, in this process or in Redis."""
        return await self._cache.held(_group(owner_id))

    async def clear(self, owner_id: UUID | None) -> int:
        """Forget a person's answers, or everyone's; how many that were. ``CacheCleared`` tells other processes."""
        self._cleared += 1
        return await self._cache.forget(None if owner_id is None else _group(owner_id))

    async def clear_everywhere(self, owner_id: UUID) -> int:
        """Forget a person's answers, in the memory of every process too.

        The others forget everyone's, so that no event names who goes.
        """
        gone = await self.clear(owner_id)
        if self.where == "memory":
            now, process_id = clock.now(), self._services.bus.process_id
            async with self._services.database.transaction() as db:
                recorded = await append_events(db, process_id, [(None, CacheCleared(everyone=True))], now)
            self._services.bus.publish_local(recorded)
        return gone

    def _heard(self, event: "Recorded") -> None:
        if event.type != CacheCleared.type:
            return
        self._cleared += 1
        group = None if event.data.get("everyone") or event.owner_id is None else _group(event.owner_id)
        task = asyncio.get_running_loop().create_task(self._own.forget(group))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def aclose(self) -> None:
        """Stop listening, and forget what this process kept."""
        self._stop()
        await self._own.close()


def _group(owner_id: UUID) -> str:
    return f"answers:{owner_id}"


def _place(owner_id: UUID, key: str) -> str:
    return f"answers:{owner_id}:{key}"
