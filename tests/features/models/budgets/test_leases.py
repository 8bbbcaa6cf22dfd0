"""A process leases seldom, however many calls it has: a lease is a transaction that they would wait for."""

import asyncio
from decimal import Decimal

import pytest

from gitu.features.models.budgets import ledger as ledger_module
from gitu.features.models.budgets.errors import BudgetUnchecked
from gitu.features.models.budgets.ledger import SPARE, Ledger
from gitu.features.models.budgets.purses import Plan
from gitu.features.models.budgets.repository import lock_spending
from gitu.features.models.budgets.rules import Purpose
from gitu.kernel.auth.principal import Principal
from tests.features.models.budgets.conftest import budget, given_back, ledger_of
from tests.features.models.conftest import World

pytestmark = pytest.mark.anyio


def counting_leases(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> list[Decimal]:
    """The amounts for which a lease was asked from now on."""
    asked: list[Decimal] = []
    lease = ledger._lease

    async def counted(plan: Plan, amount: Decimal) -> None:
        asked.append(amount)
        await lease(plan, amount)

    monkeypatch.setattr(ledger, "_lease", counted)
    return asked


async def plan_of(ledger: Ledger, person: Principal) -> Plan:
    assert person.user_id is not None
    plan = await ledger.plan(Purpose(person.user_id, "gateway"))
    assert plan is not None
    return plan


async def test_calls_that_come_together_share_a_lease(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    person, ledger = await world.person(), ledger_of(world)
    await budget(world, person, limit="10000")
    plan, asked = await plan_of(ledger, person), counting_leases(ledger, monkeypatch)
    held = await asyncio.gather(*(ledger.reserve(plan, Decimal(1)) for _ in range(100)))
    for one in held:
        ledger.settle(one, Decimal(0))
    assert len(asked) <= 3
    await given_back(world, person)


async def test_under_load_leases_grow_until_they_are_seldom(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    person, ledger = await world.person(), ledger_of(world)
    await budget(world, person, limit="10000")
    plan, asked = await plan_of(ledger, person), counting_leases(ledger, monkeypatch)
    for _ in range(200):
        ledger.settle(await ledger.reserve(plan, Decimal("0.5")), Decimal("0.25"))
    assert len(asked) <= 8
    (counter,) = plan.hard
    assert ledger._purses[counter].free <= SPARE * 10_000


async def test_a_call_waits_for_a_lease_for_so_long_only(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "PATIENCE_S", 0.2)
    person, ledger = await world.person(), ledger_of(world)
    await budget(world, person, limit="10")
    plan = await plan_of(ledger, person)
    ledger.settle(await ledger.reserve(plan, Decimal("0.1")), Decimal(0))
    async with world.services.database.transaction() as db:
        await lock_spending(db, list(plan.hard))  # as a database does that hangs
        with pytest.raises(BudgetUnchecked):
            await ledger.reserve(plan, Decimal(4))
        with pytest.raises(BudgetUnchecked):  # at once: the other still hangs
            await ledger.reserve(plan, Decimal(4))
    async with asyncio.timeout(5):
        while ledger._stuck:
            await asyncio.sleep(0.01)
    held = [await ledger.reserve(plan, Decimal(5)) for _ in range(2)]  # nothing is held by who gave up
    for one in held:
        ledger.settle(one, Decimal(0))
    assert [one.spent for one in await given_back(world, person)] == [Decimal(0)]


async def test_who_is_cancelled_while_it_waits_holds_nothing(world: World) -> None:
    person, ledger = await world.person(), ledger_of(world)
    await budget(world, person, limit="10")
    plan = await plan_of(ledger, person)
    async with world.services.database.transaction() as db:
        await lock_spending(db, list(plan.hard))
        asking = asyncio.create_task(ledger.reserve(plan, Decimal(6)))
        while not ledger._leasing.locked():
            await asyncio.sleep(0.01)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
    async with asyncio.timeout(5):
        while ledger._stuck:
            await asyncio.sleep(0.01)
    ledger.settle(await ledger.reserve(plan, Decimal(10)), Decimal(0))
    assert [one.spent for one in await given_back(world, person)] == [Decimal(0)]


async def test_who_waits_behind_many_others_is_not_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    person, ledger = await world.person(), ledger_of(world)
    await budget(world, person, limit="1000")
    plan = await plan_of(ledger, person)
    lease = ledger._lease

    async def slow(plan: Plan, amount: Decimal) -> None:
        await asyncio.sleep(0.1)
        await lease(plan, amount)

    monkeypatch.setattr(ledger_module, "PATIENCE_S", 0.3)
    monkeypatch.setattr(ledger_module, "SPARE", Decimal(0))  # every call needs a lease of its own
    monkeypatch.setattr(ledger, "_lease", slow)
    held = await asyncio.gather(*(ledger.reserve(plan, Decimal(1)) for _ in range(8)))
    for one in held:
        ledger.settle(one, Decimal(0))


async def test_a_budget_that_was_just_deleted_holds_nobody_up(world: World) -> None:
    person, ledger = await world.person(), ledger_of(world)
    made = await budget(world, person, limit="10")
    plan = await plan_of(ledger, person)  # as one made in the moment before
    await world.do(person, "models.delete_budget", budget_id=made.id)
    ledger.settle(await ledger.reserve(plan, Decimal(20)), Decimal(1))
    assert await given_back(world, person) == []
