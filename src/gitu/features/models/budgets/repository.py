"""All of the budgets' SQL."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, delete, func, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.models.budgets.rules import NOBODY, Counter
from gitu.features.models.tables import BudgetRow, CallRow, LeaseRow, SpendingRow
from gitu.kernel.db.asking import Question
from gitu.kernel.db.engine import Database

MOST_BUDGETS = 500
_SPENDING_KEY = (SpendingRow.budget_id, SpendingRow.owner_id, SpendingRow.starts_on)
_LEASE_KEY = (LeaseRow.budget_id, LeaseRow.owner_id, LeaseRow.starts_on)

_RULE = ("id", "owner_id", "kind", "subject", "period", "time_zone", "limit_usd", "hard")

# -- budgets --------------------------------------------------------------------------------------------


@cache
def _budgets_over() -> Question:
    owners = bindparam("owner_ids", type_=ARRAY(Uuid()))
    columns = [getattr(BudgetRow, name) for name in _RULE]
    return Question(
        select(*columns).where(BudgetRow.owner_id == any_(owners)).order_by(BudgetRow.id).limit(MOST_BUDGETS)
    )


async def budgets_over(database: Database, owner_ids: list[UUID]) -> Sequence[Sequence[Any]]:
    """What a Rule says, in its order, of the budgets that belong to these."""
    return await database.ask(_budgets_over(), {"owner_ids": owner_ids})


async def list_budgets(
    db: AsyncSession, owner_id: UUID, after: UUID | None, limit: int, *, of_admins: bool
) -> Sequence[BudgetRow]:
    """Oldest first: the person's, and those over everyone; with ``of_admins`` whatever admins set."""
    counted = BudgetRow.owner_id.in_([owner_id, NOBODY])
    statement = (
        select(BudgetRow)
        .where(or_(counted, BudgetRow.by_admin) if of_admins else counted)
        .order_by(BudgetRow.id)
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(BudgetRow.id > after)
    return (await db.scalars(statement)).all()


async def find_budget(db: AsyncSession, budget_id: UUID) -> BudgetRow | None:
    return await db.scalar(select(BudgetRow).where(BudgetRow.id == budget_id).with_for_update())


async def same_budget(db: AsyncSession, row: BudgetRow) -> UUID | None:
    """The id of a budget for the same."""
    return await db.scalar(
        select(BudgetRow.id).where(
            BudgetRow.owner_id == row.owner_id,
            BudgetRow.by_admin == row.by_admin,
            BudgetRow.kind == row.kind,
            BudgetRow.subject == row.subject,
            BudgetRow.period == row.period,
        )
    )


async def count_budgets(db: AsyncSession, owner_id: UUID) -> int:
    found = await db.scalar(select(func.count()).select_from(BudgetRow).where(BudgetRow.owner_id == owner_id))
    return found or 0


async def budgets_of(db: AsyncSession, budget_ids: Collection[UUID]) -> Sequence[BudgetRow]:
    """The budgets with these ids."""
    return (await db.scalars(select(BudgetRow).where(BudgetRow.id.in_(budget_ids)))).all()


async def forget_alerts(db: AsyncSession, budget_id: UUID) -> None:
    """With another limit, thresholds are passed anew."""
    await db.execute(update(SpendingRow).where(SpendingRow.budget_id == budget_id).values(alerted=0))


async def delete_budget(db: AsyncSession, budget_id: UUID) -> None:
    await db.execute(delete(BudgetRow).where(BudgetRow.id == budget_id))


# -- what was spent -------------------------------------------------------------------------------------


async def standing(db: AsyncSession, counters: Sequence[Counter]) -> dict[Counter, tuple[Decimal, Decimal]]:
    """What each has cost, and what processes hold of it beyond that."""
    leased = (
        select(*_LEASE_KEY, func.sum(LeaseRow.amount).label("leased"))
        .where(tuple_(*_LEASE_KEY).in_(counters))
        .group_by(*_LEASE_KEY)
        .subquery()
    )
    on = [own == leased.c[own.key] for own in _SPENDING_KEY]
    statement = (
        select(*_SPENDING_KEY, SpendingRow.spent, func.coalesce(leased.c.leased, 0))
        .outerjoin(leased, onclause=on[0] & on[1] & on[2])
        .where(tuple_(*_SPENDING_KEY).in_(counters))
    )
    return {Counter(*row[:3]): (row[3], row[4]) for row in (await db.execute(statement)).all()}


async def spending_of(db: AsyncSession, counters: Sequence[Counter]) -> dict[Counter, SpendingRow]:
    rows = await db.scalars(select(SpendingRow).where(tuple_(*_SPENDING_KEY).in_(counters)))
    return {Counter(row.budget_id, row.owner_id, row.starts_on): row for row in rows}


async def lock_spending(db: AsyncSession, counters: Collection[Counter]) -> dict[Counter, Decimal]:
    """What each has cost, its row made where missing and locked; in order, so that none wait in a circle."""
    if not counters:
        return {}
    new = insert(SpendingRow).values(
        [{**one._asdict(), "spent": 0, "lost": 0, "alerted": 0} for one in sorted(set(counters))]
    )
    locked = new.on_conflict_do_update(index_elements=_SPENDING_KEY, set_={"spent": SpendingRow.spent})
    rows = await db.execute(locked.returning(*_SPENDING_KEY, SpendingRow.spent))
    return {Counter(*row[:3]): row[3] for row in rows}


async def add_spending(db: AsyncSession, sums: Mapping[Counter, Decimal]) -> list[SpendingRow]:
    """Count what calls have cost; the rows as they are now."""
    await lock_spending(db, list(sums))
    rows = await spending_of(db, list(sums))
    for counter, amount in sums.items():
        rows[counter].spent += amount
    await db.flush()
    return list(rows.values())


async def charged_before(db: AsyncSession, call_ids: list[UUID]) -> dict[UUID, Decimal]:
    """What was counted already of these calls, whose rows are locked."""
    rows = await db.execute(
        select(CallRow.id, CallRow.charged)
        .where(CallRow.id == any_(bindparam("ids", type_=ARRAY(Uuid()))), CallRow.charged.is_not(None))
        .order_by(CallRow.id)
        .with_for_update(),
        {"ids": call_ids},
    )
    return {call_id: charged for call_id, charged in rows if charged is not None}


# -- leases ---------------------------------------------------------------------------------------------


async def leased_by_others(db: AsyncSession, counters: Sequence[Counter], process_id: str) -> dict[Counter, Decimal]:
    """What other processes hold of each."""
    rows = await db.execute(
        select(*_LEASE_KEY, func.sum(LeaseRow.amount))
        .where(tuple_(*_LEASE_KEY).in_(counters), LeaseRow.process_id != process_id)
        .group_by(*_LEASE_KEY)
    )
    return {Counter(*row[:3]): row[3] for row in rows}


async def set_leases(
    db: AsyncSession, process_id: str, amounts: Mapping[Counter, Decimal], expires_at: datetime
) -> None:
    """What the process holds of each from now on."""
    rows = [
        {**counter._asdict(), "process_id": process_id, "amount": amounts[counter], "expires_at": expires_at}
        for counter in sorted(amounts)
    ]
    new = insert(LeaseRow).values(rows)
    values = {"amount": new.excluded.amount, "expires_at": new.excluded.expires_at}
    await db.execute(new.on_conflict_do_update(index_elements=[*_LEASE_KEY, LeaseRow.process_id], set_=values))


async def lower_leases(
    db: AsyncSession, process_id: str, amounts: Mapping[Counter, Decimal], expires_at: datetime
) -> set[Counter]:
    """Lower what the process holds; those whose lease is still there."""
    kept: set[Counter] = set()
    for counter in sorted(amounts):
        found = await db.execute(
            update(LeaseRow)
            .where(_is(counter), LeaseRow.process_id == process_id)
            .values(amount=amounts[counter], expires_at=expires_at)
            .returning(LeaseRow.process_id)
        )
        if found.first() is not None:
            kept.add(counter)
    return kept


async def renew_leases(db: AsyncSession, process_id: str, expires_at: datetime) -> set[Counter]:
    """Keep all that the process holds for longer; which that is."""
    rows = await db.execute(
        update(LeaseRow).where(LeaseRow.process_id == process_id).values(expires_at=expires_at).returning(*_LEASE_KEY)
    )
    return {Counter(*row) for row in rows}


async def delete_leases(db: AsyncSession, process_id: str, counters: Sequence[Counter]) -> None:
    await db.execute(delete(LeaseRow).where(tuple_(*_LEASE_KEY).in_(counters), LeaseRow.process_id == process_id))


def _is(counter: Counter) -> Any:  # SQLAlchemy's own condition
    return tuple_(*_LEASE_KEY) == tuple_(*counter)


# -- processes that died --------------------------------------------------------------------------------


async def expired_processes(db: AsyncSession, now: datetime, limit: int = 100) -> list[str]:
    """Those whose leases nobody renewed."""
    found = await db.scalars(select(LeaseRow.process_id).where(LeaseRow.expires_at < now).distinct().limit(limit))
    return list(found)


async def take_leases(db: AsyncSession, process_id: str, now: datetime) -> dict[Counter, Decimal]:
    """Delete what a dead process held; nothing when another process does so already."""
    dead = (
        select(*_LEASE_KEY)
        .where(LeaseRow.process_id == process_id, LeaseRow.expires_at < now)
        .order_by(*_LEASE_KEY)
        .with_for_update(skip_locked=True)
    )
    counters = [Counter(*row) for row in await db.execute(dead)]
    if not counters:
        return {}
    rows = await db.execute(
        delete(LeaseRow)
        .where(tuple_(*_LEASE_KEY).in_(counters), LeaseRow.process_id == process_id)
        .returning(*_LEASE_KEY, LeaseRow.amount)
    )
    return {Counter(*row[:3]): row[3] for row in rows}


async def calls_of_process(db: AsyncSession, process_id: str, limit: int = 10_000) -> Sequence[CallRow]:
    """Its calls that nobody settled, with what was set aside for them."""
    return (
        await db.scalars(
            select(CallRow)
            .where(CallRow.process_id == process_id, CallRow.outcome == "running")
            .order_by(CallRow.id)
            .limit(limit)
            .with_for_update()
        )
    ).all()


async def add_lost(db: AsyncSession, lost: Mapping[Counter, Decimal]) -> None:
    """Count what a killed process had set aside beyond the calls that are on record."""
    rows = await spending_of(db, list(lost))
    for counter, amount in lost.items():
        rows[counter].spent += amount
        rows[counter].lost += amount
    await db.flush()
