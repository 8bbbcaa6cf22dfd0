"""What is read again and again and changes seldom: kept in memory until an event says that it changed."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection, Hashable
from typing import Final, Generic, TypeVar

from gitu.kernel import clock
from gitu.kernel.events.bus import EventBus
from gitu.kernel.events.types import Recorded

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

REMEMBER_S: Final = 30.0  # at most, whatever no event told of
MOST: Final = 10_000


class Remembered(Generic[K, V]):
    """``read`` answers what is not known. An event of one of these ``types``, of any process, makes it forget all.

    A change made here holds from the next question on, one of another process some milliseconds later.
    """

    def __init__(self, bus: EventBus, types: Collection[str], read: Callable[[K], Awaitable[V]]) -> None:
        self._read = read
        self._types = frozenset(types)
        self._known: OrderedDict[K, tuple[float, V]] = OrderedDict()
        self._forgotten = 0
        self.close = bus.listen(self._heard)

    def known(self, key: K) -> V | None:
        """What is known; None where it has to be read."""
        known = self._known.get(key)
        return known[1] if known is not None and known[0] >= clock.monotonic() else None

    async def get(self, key: K) -> V:
        """What is known, or read now. Raises what reading raises."""
        known = self._known.get(key)
        if known is not None and known[0] >= clock.monotonic():
            return known[1]
        forgotten = self._forgotten
        found = await self._read(key)
        if forgotten == self._forgotten:  # else it may have changed while it was read
            self._known[key] = clock.monotonic() + REMEMBER_S, found
            if len(self._known) > MOST:
                self._known.popitem(last=False)
        return found

    def forget(self) -> None:
        """Read everything anew from now on."""
        self._forgotten += 1
        self._known.clear()

    def _heard(self, event: Recorded) -> None:
        if event.type in self._types:
            self.forget()
