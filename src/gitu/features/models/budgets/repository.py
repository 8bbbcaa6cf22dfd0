"""All of the budgets' SQL."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, delete, func, or_, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.models.budgets.rules import NOBODY, Counter
from gitu.features.models.tables import BudgetRow, CallRow, LeaseRow, SpendingRow
from gitu.kernel.db.asking import Question
from gitu.kernel.db.engine import Database, plain_rows

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


class Counted(NamedTuple):
    """A period after something was added to it: ``alerted`` percent were told of before, of the budget's ``limit``."""

    counter: Counter
    spent: Decimal
    alerted: int
    limit: Decimal


_OF = """
    unnest(
        CAST(:budget_ids AS uuid[]), CAST(:owner_ids AS uuid[]), CAST(:starts AS date[]), CAST(:amounts AS numeric[])
    ) AS new (budget_id, owner_id, starts_on, amount)
"""
# In order, so that none wait in a circle; a budget that was deleted meanwhile counts nothing more.
_ADD_SPENDING = text(
    f"""
    INSERT INTO {SpendingRow.__tablename__} AS had (budget_id, owner_id, starts_on, spent, lost, alerted)
    SELECT new.budget_id, new.owner_id, new.starts_on, new.amount, 0, 0
    FROM {_OF} JOIN {BudgetRow.__tablename__} AS budgets ON budgets.id = new.budget_id
    ORDER BY 1, 2, 3
    ON CONFLICT (budget_id, owner_id, starts_on) DO UPDATE SET spent = had.spent + excluded.spent
    RETURNING had.budget_id, had.owner_id, had.starts_on, had.spent, had.alerted,
        (SELECT limit_usd FROM {BudgetRow.__tablename__} AS budgets WHERE budgets.id = had.budget_id)
    """  # noqa: S608 - our own names
)


async def add_spending(db: AsyncSession, sums: Mapping[Counter, Decimal]) -> list[Counted]:
    """Count what calls have cost."""
    rows = await plain_rows(db, _ADD_SPENDING, _columns(sums))
    return [Counted(Counter(*row[:3]), *row[3:]) for row in rows]


async def lock_spending(db: AsyncSession, counters: Collection[Counter]) -> dict[Counter, Decimal]:
    """What each has cost, its row made where missing and locked; without those of budgets that are gone."""
    if not counters:
        return {}
    return {one.counter: one.spent for one in await add_spending(db, dict.fromkeys(counters, Decimal(0)))}


async def set_alerted(db: AsyncSession, counter: Counter, percent: int) -> None:
    """Keep that so much of it was told of."""
    await db.execute(update(SpendingRow).where(tuple_(*_SPENDING_KEY) == tuple_(*counter)).values(alerted=percent))


def _columns(amounts: Mapping[Counter, Decimal]) -> dict[str, list[Any]]:
    budget_ids, owner_ids, starts = zip(*amounts, strict=True) if amounts else ((), (), ())
    return {
        "budget_ids": list(budget_ids),
        "owner_ids": list(owner_ids),
        "starts": list(starts),
        "amounts": list(amounts.values()),
    }


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
    if not amounts:
        return
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
    values = {**_columns(amounts), "process_id": process_id, "expires_at": expires_at}
    return {Counter(*row) for row in await plain_rows(db, _LOWER_LEASES, values)}


_LOWER_LEASES = text(
    f"""
    UPDATE {LeaseRow.__tablename__} AS had
    SET amount = new.amount, expires_at = CAST(:expires_at AS timestamptz)
    FROM {_OF}
    WHERE had.process_id = :process_id
        AND (had.budget_id, had.owner_id, had.starts_on) = (new.budget_id, new.owner_id, new.starts_on)
    RETURNING had.budget_id, had.owner_id, had.starts_on
    """  # noqa: S608 - our own names
)


async def renew_leases(db: AsyncSession, process_id: str, expires_at: datetime) -> set[Counter]:
    """Keep all that the process holds for longer; which that is."""
    rows = await db.execute(
        update(LeaseRow).where(LeaseRow.process_id == process_id).values(expires_at=expires_at).returning(*_LEASE_KEY)
    )
    return {Counter(*row) for row in rows}


async def delete_leases(db: AsyncSession, process_id: str, counters: Sequence[Counter]) -> None:
    await db.execute(delete(LeaseRow).where(tuple_(*_LEASE_KEY).in_(counters), LeaseRow.process_id == process_id))


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
