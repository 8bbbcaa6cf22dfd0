"""What a process may spend of each period, and what it has set aside of that for calls under way."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import msgspec

from gitu.features.models.budgets.rules import Counter, Purpose, Rule

if TYPE_CHECKING:
    from gitu.features.models.calls import Call

FINEST: Final = Decimal("1e-10")  # what the database keeps of an amount
ZERO: Final = Decimal(0)


@dataclass(slots=True)
class Purse:
    """What this process may spend of one period: ``held`` for calls under way, ``used`` by others, not yet written."""

    granted: Decimal = ZERO
    held: Decimal = ZERO
    used: Decimal = ZERO
    waiting: Decimal = ZERO  # what calls need that wait for a lease
    spent_lately: Decimal = ZERO  # since the last lease
    touched: float = 0.0

    @property
    def free(self) -> Decimal:
        """What a call can still get without asking."""
        return self.granted - self.held - self.used

    @property
    def idle(self) -> bool:
        """Whether no call needs it."""
        return not (self.held or self.used or self.waiting)


@dataclass(frozen=True, slots=True)
class Plan:
    """The budgets that count a call: all ``counters``, and those that are hard limits with what they say."""

    purpose: Purpose
    counters: tuple[Counter, ...]
    hard: dict[Counter, Rule]


class Reservation(msgspec.Struct, gc=False):
    """What was set aside for one call. ``counters`` count what it costs; ``hard`` are those it was set aside in."""

    amount: Decimal = ZERO
    counters: tuple[Counter, ...] = ()
    hard: tuple[Counter, ...] = ()
    open: bool = True


def charged_of(ended: Sequence["Call"]) -> dict[Counter, Decimal]:
    """What the calls cost, by counter. Calls of one plan share the tuple of its counters: it is looked at once."""
    of_plans: dict[int, tuple[tuple[Counter, ...], Decimal]] = {}
    for call in ended:
        assert call.charges is not None
        assert call.charged is not None
        found = of_plans.get(id(call.charges))
        of_plans[id(call.charges)] = call.charges, call.charged if found is None else found[1] + call.charged
    sums: dict[Counter, Decimal] = {}
    for counters, amount in of_plans.values():
        for counter in counters:
            sums[counter] = sums.get(counter, ZERO) + amount
    return sums
