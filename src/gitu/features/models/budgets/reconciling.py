"""Settles what killed processes had set aside: their calls count with what was reserved, the rest as lost.

It may have cost less, never more: a hard limit holds even so. What is counted as lost is shown beside the budget.
"""

from datetime import datetime
from decimal import Decimal

import structlog

from gitu.features.models.budgets import repository
from gitu.features.models.budgets.rules import Counter
from gitu.kernel.db.engine import Database

log = structlog.get_logger(__name__)

LOST_CALL = "models.process_lost"


async def reconcile(database: Database, now: datetime) -> None:
    """Look at every process whose leases ran out."""
    async with database.reader() as db:
        dead = await repository.expired_processes(db, now)
    for process_id in dead:
        await _settle(database, process_id, now)


async def _settle(database: Database, process_id: str, now: datetime) -> None:
    async with database.transaction() as db:
        leased = await repository.take_leases(db, process_id, now)
        if not leased:
            return
        calls = await repository.calls_of_process(db, process_id)
        sums: dict[Counter, Decimal] = {}
        for call in calls:
            call.outcome, call.error_code = "cut", LOST_CALL
            call.cost = call.charged = call.reserved or Decimal(0)
            call.estimated = True
            for counter in [Counter.of(stored) for stored in call.charges or []]:
                sums[counter] = sums.get(counter, Decimal(0)) + call.charged
        lost = {counter: max(amount - sums.get(counter, Decimal(0)), Decimal(0)) for counter, amount in leased.items()}
        await repository.lock_spending(db, [*sums, *lost])
        await repository.add_spending(db, sums)
        await repository.add_lost(db, lost)
    log.warning("budgets.process_lost", process=process_id, calls=len(calls), lost=str(sum(lost.values())))
