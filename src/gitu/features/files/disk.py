"""Work on the disk in threads, so that a slow one holds nobody else up."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

import anyio
from anyio import to_thread

if TYPE_CHECKING:
    from gitu.kernel.services import Services

T = TypeVar("T")
AT_ONCE = 12
OF_ONE_PERSON = 4


class Disk:
    """The threads of this process that work on people's files; one person never has all of them."""

    def __init__(self, services: "Services") -> None:
        self.home = services.home.root / "files"
        self._all = anyio.CapacityLimiter(AT_ONCE)
        self._people: dict[UUID, anyio.CapacityLimiter] = {}

    async def read(self, owner_id: UUID, work: Callable[[], T]) -> T:
        """Run what only reads; whoever asks may leave before it ends."""
        return await self._run(owner_id, work, may_leave=True)

    async def change(self, owner_id: UUID, work: Callable[[], T]) -> T:
        """Run what changes something; it is always waited for."""
        return await self._run(owner_id, work, may_leave=False)

    async def _run(self, owner_id: UUID, work: Callable[[], T], *, may_leave: bool) -> T:
        mine = self._people.setdefault(owner_id, anyio.CapacityLimiter(OF_ONE_PERSON))
        async with mine:
            return await to_thread.run_sync(work, abandon_on_cancel=may_leave, limiter=self._all)
