"""What the budgets count of a call that ended: its cost, else what it is likely to have been."""

from decimal import Decimal
from typing import TYPE_CHECKING

from gitu.features.models.budgets.estimate import Estimate
from gitu.features.models.budgets.ledger import Ledger
from gitu.features.models.budgets.purses import FINEST, Reservation
from gitu.features.models.errors import ModelCallFailed, ModelTimedOut

if TYPE_CHECKING:
    from gitu.features.models.calls import Call


def charge(
    ledger: Ledger, call: "Call", reservation: Reservation, estimate: Estimate | None, error: ModelCallFailed | None
) -> None:
    """Settle what was set aside; ``call`` has its outcome and, where the provider told its usage, its cost."""
    if call.cost is None and (call.outcome != "failed" or call.first_token_ms is not None):  # words may have been paid
        likely = estimate.likely() if estimate is not None else None
        call.cost = likely if likely is None or not reservation.hard else min(likely, reservation.amount)
        call.estimated = likely is not None
    elif call.cost is None and isinstance(error, ModelTimedOut) and reservation.hard:
        call.cost, call.estimated = reservation.amount, True  # it may well have written an answer by then
    if call.cost is not None:
        call.cost = call.cost.quantize(FINEST)
    call.charged = call.cost or Decimal(0)
    ledger.settle(reservation, call.charged)
