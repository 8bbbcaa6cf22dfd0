"""The rules of budgets: who may set which, and how they stand."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from gitu.features.models.budgets import repository
from gitu.features.models.budgets.errors import (
    BudgetExists,
    BudgetOfAdmins,
    BudgetSubjectInvalid,
    BudgetUnknown,
    TooManyBudgets,
)
from gitu.features.models.budgets.events import BudgetChanged
from gitu.features.models.budgets.periods import ends_at, starts_on
from gitu.features.models.budgets.rules import NOBODY, Counter
from gitu.features.models.budgets.schemas import Budget, BudgetCreate, BudgetQuery, BudgetUpdate
from gitu.features.models.scopes import MODELS_BUDGET_ALL
from gitu.features.models.tables import BudgetRow
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page, decode_cursor, encode_cursor
from gitu.kernel.auth.scopes import allows
from gitu.kernel.errors import FieldProblem
from gitu.kernel.ids import new_id

MOST_OF_ONE = 200
_ONLY_ADMINS = ("instance", "everyone")
_WITH_SUBJECT = ("feature", "session", "key")


def _rules_all(ctx: Context) -> bool:
    """Whether the caller sets budgets of everyone."""
    return allows(ctx.principal, MODELS_BUDGET_ALL)


async def create(ctx: Context, data: BudgetCreate) -> Budget:
    """A budget for oneself, or, by an admin, for everyone or someone."""
    for_all = data.kind in _ONLY_ADMINS or data.person_id is not None
    if for_all and not _rules_all(ctx):
        raise BudgetOfAdmins(scope=MODELS_BUDGET_ALL)
    if (data.kind in _WITH_SUBJECT) != bool(data.subject):
        raise BudgetSubjectInvalid(fields=[FieldProblem.of("subject", "field-budget-subject")])
    by_admin = for_all or (data.kind == "feature" and _rules_all(ctx))
    row = BudgetRow(
        id=new_id(),
        owner_id=_whose(ctx, data, by_admin=by_admin),
        by_admin=by_admin,
        set_by=ctx.user_id,
        kind=data.kind,
        subject=data.subject,
        period=data.period,
        time_zone=ctx.principal.time_zone,
        limit_usd=data.limit,
        hard=data.hard,
        created_at=ctx.now,
        updated_at=ctx.now,
    )
    if await repository.count_budgets(ctx.db, row.owner_id) >= MOST_OF_ONE:
        raise TooManyBudgets(limit=MOST_OF_ONE)
    same = await repository.same_budget(ctx.db, row)
    if same is not None:
        raise BudgetExists(id=str(same))
    ctx.db.add(row)
    await ctx.db.flush()
    ctx.emit(BudgetChanged(budget_id=row.id))
    ctx.audit_detail |= {"budget_id": str(row.id), "kind": row.kind}
    return (await _shown(ctx, [row]))[0]


def _whose(ctx: Context, data: BudgetCreate, *, by_admin: bool) -> UUID:
    if data.kind in _ONLY_ADMINS or (data.kind == "feature" and by_admin and data.person_id is None):
        return NOBODY
    return data.person_id or ctx.user_id


async def update(ctx: Context, data: BudgetUpdate) -> Budget:
    """Change the limit, or whether it is hard; what was spent stays."""
    row = await _changeable(ctx, data.budget_id)
    if data.limit is not None:
        row.limit_usd = data.limit
    if data.hard is not None:
        row.hard = data.hard
    row.set_by, row.updated_at = ctx.user_id, ctx.now
    await repository.forget_alerts(ctx.db, row.id)
    ctx.emit(BudgetChanged(budget_id=row.id))
    ctx.audit_detail |= {"budget_id": str(row.id), "kind": row.kind}
    return (await _shown(ctx, [row]))[0]


async def delete(ctx: Context, budget_id: UUID) -> None:
    """Delete it with all that it counted."""
    row = await _changeable(ctx, budget_id)
    await repository.delete_budget(ctx.db, row.id)
    ctx.emit(BudgetChanged(budget_id=row.id))
    ctx.audit_detail |= {"budget_id": str(row.id), "kind": row.kind}


async def list_budgets(ctx: Context, data: BudgetQuery) -> Page[Budget]:
    """Those that count the caller's calls; for admins, all that admins set as well."""
    if data.everyone and not _rules_all(ctx):
        raise BudgetOfAdmins(scope=MODELS_BUDGET_ALL)
    after = decode_cursor(data.cursor, UUID)[0] if data.cursor else None
    rows = await repository.list_budgets(ctx.db, ctx.user_id, after, data.limit + 1, of_admins=data.everyone)
    items = await _shown(ctx, rows[: data.limit])
    return Page[Budget](items=items, next_cursor=encode_cursor(items[-1].id) if len(rows) > data.limit else None)


async def _changeable(ctx: Context, budget_id: UUID) -> BudgetRow:
    row = await repository.find_budget(ctx.db, budget_id)
    if row is None or (row.owner_id not in (ctx.user_id, NOBODY) and not (row.by_admin and _rules_all(ctx))):
        raise BudgetUnknown(id=str(budget_id))
    if row.by_admin and not _rules_all(ctx):
        raise BudgetOfAdmins(scope=MODELS_BUDGET_ALL)
    return row


async def _shown(ctx: Context, rows: Sequence[BudgetRow]) -> list[Budget]:
    counters = {row.id: _counter(ctx, row) for row in rows}
    spending = await repository.spending_of(ctx.db, list(counters.values()))
    standing = await repository.standing(ctx.db, list(counters.values()))
    return [
        _budget(
            ctx,
            row,
            counter := counters[row.id],
            *standing.get(counter, (Decimal(0), Decimal(0))),
            spending[counter].lost if counter in spending else Decimal(0),
        )
        for row in rows
    ]


def _counter(ctx: Context, row: BudgetRow) -> Counter:
    whose = ctx.user_id if row.kind == "everyone" else row.owner_id
    return Counter(row.id, whose, starts_on(row.period, ctx.now, row.time_zone))


def _budget(ctx: Context, row: BudgetRow, counter: Counter, spent: Decimal, reserved: Decimal, lost: Decimal) -> Budget:
    return Budget.model_validate(
        {
            "id": row.id,
            "kind": row.kind,
            "subject": row.subject,
            "person_id": None if row.owner_id == NOBODY else row.owner_id,
            "period": row.period,
            "limit": row.limit_usd,
            "hard": row.hard,
            "by_admin": row.by_admin,
            "may_change": not row.by_admin or _rules_all(ctx),
            "spent": spent,
            "reserved": reserved,
            "lost": lost,
            "percent": int(100 * spent / row.limit_usd) if row.limit_usd else 100,
            "resets_at": ends_at(row.period, counter.starts_on, row.time_zone),
            "created_at": row.created_at,
        }
    )
