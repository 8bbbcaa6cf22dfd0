"""What goes into and comes out of the budgets' actions. Amounts are US dollars."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from gitu.features.models.budgets.periods import Period
from gitu.kernel.actions.paging import PageQuery
from gitu.kernel.actions.validation import Input
from gitu.kernel.money import Cost, Money

BudgetKind = Literal["instance", "everyone", "person", "feature", "session", "key"]
Subject = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]
Limit = Annotated[Money, Field(ge=0, le=Decimal(1_000_000))]


class BudgetCreate(Input):
    kind: BudgetKind = Field(
        description="What it counts: the whole instance, every person separately, one person, a feature, a "
        "conversation (session) or an API key."
    )
    subject: Subject = Field(
        default="", description="The feature's name, or the id of the conversation or key; empty for the other kinds."
    )
    person_id: UUID | None = Field(
        default=None, description="Whose budget it is, for admins; without it, your own (of a feature: everyone's)."
    )
    period: Period = Field(description="When it begins anew: each day, each month, or never (total).")
    limit: Limit = Field(description="US dollars.")
    hard: bool = Field(default=True, description="Whether calls beyond it are refused, or only told of.")


class BudgetUpdate(Input):
    budget_id: UUID
    limit: Limit | None = Field(default=None, description="US dollars.")
    hard: bool | None = Field(default=None, description="Whether calls beyond it are refused, or only told of.")


class BudgetRef(Input):
    budget_id: UUID


class BudgetQuery(PageQuery):
    everyone: bool = Field(default=False, description="All that admins set too, for whomever; admins only.")


class Budget(BaseModel):
    """A budget and how it stands in the present period.

    ``reserved`` is set aside for calls under way. ``lost`` is the part of ``spent`` that was set aside by a server that
    was killed, and that nobody can account for. Of budgets for everyone separately, your own standing is shown.
    """

    id: UUID
    kind: BudgetKind
    subject: str
    person_id: UUID | None
    period: Period
    limit: Cost
    hard: bool
    by_admin: bool
    may_change: bool
    spent: Cost
    reserved: Cost
    lost: Cost
    percent: int
    resets_at: datetime | None
    created_at: datetime
