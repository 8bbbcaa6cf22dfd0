"""The services of one process, handed to every action; features keep their own in ``resource``."""

import asyncio
import time
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

from gitu.kernel.storage.paths import Home

if TYPE_CHECKING:
    from gitu.kernel.audit.recorder import AuditRecorder
    from gitu.kernel.cache import Cache
    from gitu.kernel.crypto import Keyring
    from gitu.kernel.db.engine import Database
    from gitu.kernel.events.bus import EventBus
    from gitu.kernel.settings import Settings

T = TypeVar("T")


@runtime_checkable
class Closeable(Protocol):
    """A resource that holds connections or tasks."""

    async def aclose(self) -> None:
        """Give all of it back."""
        ...


class Services:
    """Settings, database, keys, events, audit, cache: made once at start, closed once at the end."""

    def __init__(
        self,
        *,
        settings: "Settings",
        home: Home,
        database: "Database",
        keyring: "Keyring",
        bus: "EventBus",
        audit: "AuditRecorder",
        cache: "Cache",
    ) -> None:
        self.settings = settings
        self.home = home
        self.database = database
        self.keyring = keyring
        self.bus = bus
        self.audit = audit
        self.cache = cache
        self.started_at = time.monotonic()
        self.in_use = asyncio.Event()  # set by the first caller that a door has recognised
        self.base_url = settings.public_url or f"http://{settings.host}:{settings.port}"
        self._resources: dict[type, object] = {}

    def resource(self, kind: type[T]) -> T:
        """The process's one object of a feature's own class, made as ``kind(services)`` on first use."""
        found = self._resources.get(kind)
        if found is None:
            found = self._resources[kind] = kind(self)  # type: ignore[call-arg] # the class's own contract
        assert isinstance(found, kind)
        return found

    async def aclose(self) -> None:
        """Close resources in the reverse order of their making, then the kernel's own."""
        for resource in reversed(list(self._resources.values())):
            if isinstance(resource, Closeable):
                await resource.aclose()
        self._resources.clear()
        await self.audit.aclose()
        await self.bus.aclose()
        await self.cache.close()
        await self.database.close()
