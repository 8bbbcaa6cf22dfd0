"""Tells, once a period, that half, four fifths or all of a budget is spent."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.models.budgets import repository
from gitu.features.models.budgets.events import BudgetThreshold
from gitu.features.models.budgets.repository import Counted
from gitu.features.models.budgets.rules import NOBODY
from gitu.kernel.events.types import Event
from gitu.kernel.money import to_short_text

THRESHOLDS: Final = (50, 80, 100)  # percent


async def passed(db: AsyncSession, counted: Sequence[Counted]) -> list[tuple[UUID | None, Event]]:
    """The events of budgets that passed a threshold, for whom they count and for who set them; keeps that they did."""
    news = [(one, reached) for one in counted if (reached := _reached(one)) > one.alerted]
    if not news:
        return []
    budgets = {row.id: row for row in await repository.budgets_of(db, {one.counter.budget_id for one, _ in news})}
    told: list[tuple[UUID | None, Event]] = []
    for one, reached in news:
        budget = budgets[one.counter.budget_id]
        await repository.set_alerted(db, one.counter, reached)
        event = BudgetThreshold(
            budget_id=budget.id,
            kind=budget.kind,
            subject=budget.subject,
            period=budget.period,
            percent=reached,
            spent=to_short_text(one.spent),
            limit=to_short_text(budget.limit_usd),
        )
        # Of what everyone has, each hears of their own; who set it would hear of somebody without knowing of whom.
        setter = None if budget.kind == "everyone" else budget.set_by
        told += [(person, event) for person in {one.counter.owner_id, setter} - {NOBODY, None}]
    return told


def _reached(one: Counted) -> int:
    """The highest threshold, in percent."""
    share = 100 * one.spent / one.limit if one.limit else 100
    return max((threshold for threshold in THRESHOLDS if share >= threshold), default=0)
