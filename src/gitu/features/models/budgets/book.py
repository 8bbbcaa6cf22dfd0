"""Which budgets count a call. Kept in memory for each person, and forgotten when one changes anywhere."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, Self
from uuid import UUID

from gitu.features.models.budgets import repository
from gitu.features.models.budgets.events import BudgetChanged
from gitu.features.models.budgets.periods import starts_on
from gitu.kernel import clock
from gitu.kernel.events.types import Recorded
from gitu.kernel.services import Services

NOBODY = UUID(int=0)
_REMEMBER_S = 60.0
_MOST_PEOPLE = 10_000


class Counter(NamedTuple):
    """One period of one budget, of one person or (nil) of everyone together."""

    budget_id: UUID
    owner_id: UUID
    starts_on: date

    @classmethod
    def of(cls, stored: Sequence[str]) -> Self:
        """A counter as a call's record keeps it."""
        return cls(UUID(stored[0]), UUID(stored[1]), date.fromisoformat(stored[2]))


@dataclass(frozen=True, slots=True)
class Purpose:
    """On whose behalf and what for calls are made. ``background``: nobody waits for the answer."""

    owner_id: UUID
    feature: str
    session_id: UUID | None = None
    key_id: UUID | None = None
    background: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A budget as it stands."""

    id: UUID
    owner_id: UUID
    kind: str
    subject: str
    period: str
    time_zone: str
    limit: Decimal
    hard: bool

    def counts(self, purpose: Purpose) -> bool:
        """Whether it counts a call of its person, or of anybody where it is nobody's."""
        if self.kind == "feature":
            return self.subject == purpose.feature
        if self.kind == "session":
            return self.subject == str(purpose.session_id)
        if self.kind == "key":
            return self.subject == str(purpose.key_id)
        return True  # of the instance, of everyone, of the person

    def counter(self, purpose: Purpose, at: datetime) -> Counter:
        """Where a call at that moment is counted."""
        whose = purpose.owner_id if self.kind == "everyone" else self.owner_id
        return Counter(self.id, whose, starts_on(self.period, at, self.time_zone))


class Book:
    """One per process."""

    def __init__(self, services: Services) -> None:
        self._database = services.database
        self._known: OrderedDict[UUID, tuple[float, list[Rule]]] = OrderedDict()
        self._forgotten = 0
        self._stop = services.bus.listen(self._forget)

    async def rules(self, purpose: Purpose) -> list[Rule]:
        """The budgets that count such a call."""
        kept = self._known.get(purpose.owner_id)
        if kept is None or kept[0] < clock.monotonic():
            kept = await self._read(purpose.owner_id)
        return [rule for rule in kept[1] if rule.counts(purpose)] if kept[1] else []

    async def _read(self, owner_id: UUID) -> tuple[float, list[Rule]]:
        forgotten = self._forgotten
        found = [Rule(*row) for row in await repository.budgets_over(self._database, [owner_id, NOBODY])]
        kept = clock.monotonic() + _REMEMBER_S, found
        if forgotten == self._forgotten:  # else one may have changed while we were looking
            self._known[owner_id] = kept
        while len(self._known) > _MOST_PEOPLE:
            self._known.popitem(last=False)
        return kept

    def _forget(self, event: Recorded) -> None:
        if event.type == BudgetChanged.type:
            self._forgotten += 1
            self._known.clear()

    async def aclose(self) -> None:
        """Stop listening."""
        self._stop()
