"""Tells, once a period, that half, four fifths or all of a budget is spent."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.models.budgets import repository
from gitu.features.models.budgets.events import BudgetThreshold
from gitu.features.models.budgets.rules import NOBODY
from gitu.features.models.tables import SpendingRow
from gitu.kernel.events.types import Event
from gitu.kernel.money import to_short_text

THRESHOLDS: Final = (50, 80, 100)  # percent


async def passed(db: AsyncSession, rows: Sequence[SpendingRow]) -> list[tuple[UUID | None, Event]]:
    """The events of budgets that passed a threshold, for whom they count and for who set them; keeps that they did."""
    budgets = {row.id: row for row in await repository.budgets_of(db, {row.budget_id for row in rows})}
    told: list[tuple[UUID | None, Event]] = []
    for row in rows:
        budget = budgets[row.budget_id]
        share = 100 * row.spent / budget.limit_usd if budget.limit_usd else 100
        reached = max((threshold for threshold in THRESHOLDS if share >= threshold), default=0)
        if reached <= row.alerted:
            continue
        row.alerted = reached
        event = BudgetThreshold(
            budget_id=budget.id,
            kind=budget.kind,
            subject=budget.subject,
            period=budget.period,
            percent=reached,
            spent=to_short_text(row.spent),
            limit=to_short_text(budget.limit_usd),
        )
        # Of what everyone has, each hears of their own; who set it would hear of somebody without knowing of whom.
        setter = None if budget.kind == "everyone" else budget.set_by
        told += [(person, event) for person in {row.owner_id, setter} - {NOBODY, None}]
    return told
