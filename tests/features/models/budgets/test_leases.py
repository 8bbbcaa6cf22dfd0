"""A process leases seldom, however many calls it has: a lease is a transaction that they would wait for."""

import asyncio
from decimal import Decimal

import pytest

from gitu.features.models.budgets.ledger import SPARE, Ledger, Plan
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
