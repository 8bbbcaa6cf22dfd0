"""What can be done with budgets."""

from gitu.features.models.budgets import service
from gitu.features.models.budgets.schemas import Budget, BudgetCreate, BudgetQuery, BudgetRef, BudgetUpdate
from gitu.features.models.scopes import MODELS_BUDGET, MODELS_READ
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page
from gitu.kernel.actions.registry import PEOPLE_DOORS, Nothing, Risk, action


@action("models.list_budgets", scope=MODELS_READ, risk=Risk.READ, http="GET /models/budgets")
async def list_budgets(ctx: Context, data: BudgetQuery) -> Page[Budget]:
    """List the budgets that count your calls of models, and how much of them is spent."""
    return await service.list_budgets(ctx, data)


@action("models.create_budget", scope=MODELS_BUDGET, risk=Risk.WRITE, http="POST /models/budgets", doors=PEOPLE_DOORS)
async def create_budget(ctx: Context, data: BudgetCreate) -> Budget:
    """Set a limit on what calls of models may cost in a day, a month or altogether."""
    return await service.create(ctx, data)


@action(
    "models.update_budget",
    scope=MODELS_BUDGET,
    risk=Risk.WRITE,
    http="PATCH /models/budgets/{budget_id}",
    doors=PEOPLE_DOORS,
)
async def update_budget(ctx: Context, data: BudgetUpdate) -> Budget:
    """Change a budget's limit, or whether calls beyond it are refused."""
    return await service.update(ctx, data)


@action(
    "models.delete_budget",
    scope=MODELS_BUDGET,
    risk=Risk.WRITE,
    http="DELETE /models/budgets/{budget_id}",
    doors=PEOPLE_DOORS,
)
async def delete_budget(ctx: Context, data: BudgetRef) -> Nothing:
    """Delete a budget with all that it counted."""
    await service.delete(ctx, data.budget_id)
    return Nothing()
