"""What is told of budgets: that one was made, changed or deleted, and that a share of one is spent."""

from uuid import UUID

from gitu.kernel.events.types import Event


class BudgetChanged(Event):
    type = "budget.changed"
    budget_id: UUID


class BudgetThreshold(Event):
    """``percent`` is the highest threshold that what was spent has passed: 50, 80 or 100."""

    type = "budget.threshold"
    budget_id: UUID
    kind: str
    subject: str
    period: str
    percent: int
    spent: str  # USD
    limit: str  # USD
