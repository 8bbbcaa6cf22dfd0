"""Which budgets count a call, and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, Self
from uuid import UUID

import msgspec

from gitu.features.models.budgets.periods import starts_on

NOBODY = UUID(int=0)


class Counter(NamedTuple):
    """One period of one budget, of one person or (nil) of everyone together."""

    budget_id: UUID
    owner_id: UUID
    starts_on: date

    @classmethod
    def of(cls, stored: Sequence[str]) -> Self:
        """A counter as a call's record keeps it."""
        return cls(UUID(stored[0]), UUID(stored[1]), date.fromisoformat(stored[2]))


class Purpose(msgspec.Struct, frozen=True, gc=False):
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
