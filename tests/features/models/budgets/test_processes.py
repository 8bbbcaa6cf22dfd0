"""Several processes share a limit; one that dies with money set aside costs no more than that."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.models.budgets.errors import BudgetReached, BudgetUnchecked
from gitu.features.models.budgets.ledger import LEASE_S
from gitu.features.models.budgets.rules import Purpose
from gitu.features.models.calls import Call
from gitu.features.models.desk import ModelDesk
from gitu.kernel import clock
from gitu.kernel.auth.principal import Principal
from tests.features.models.budgets.conftest import (
    another_process,
    budget,
    given_back,
    ledger_of,
    priced,
    standing,
)
from tests.features.models.conftest import COMPATIBLE, World, streamed
from tests.servers.script import Script, Usage, say

pytestmark = pytest.mark.anyio

ONE_DOLLAR = Usage(input=200, output=800)


def purpose_of(person: Principal) -> Purpose:
    assert person.user_id is not None
    return Purpose(person.user_id, "assistant")


async def test_two_processes_never_spend_more_than_one_limit(world: World) -> None:
    priced(world)
    with COMPATIBLE.serve(Script(otherwise=say("Yes.", usage=ONE_DOLLAR))) as server:
        person = await world.person()
        await world.connect(person, server)
        await budget(world, person, limit="60")
        async with another_process(world) as other:
            models = [await where.open(person) for where in (world, other) * 30]
            ended = await asyncio.gather(*(streamed(model) for model in models), return_exceptions=True)
            await other.calls(person)
            (one,) = await given_back(world, person)
        assert sum(isinstance(error, BudgetReached) for error in ended) == 60 - len(server.asked)
        assert one.spent == len(server.asked) <= 60


async def test_what_one_process_holds_counts_as_spent_for_the_other(world: World) -> None:
    person = await world.person()
    await budget(world, person, limit="10")
    async with another_process(world) as other:
        here, there = ledger_of(world), ledger_of(other)
        plan, plan_there = await here.plan(purpose_of(person)), await there.plan(purpose_of(person))
        assert plan is not None
        assert plan_there is not None
        held = await here.reserve(plan, Decimal(7))
        with pytest.raises(BudgetReached, match=r"leaves \$3 of \$10"):
            await there.reserve(plan_there, Decimal(4))
        here.settle(held, Decimal(0))
        await given_back(world, person)
        assert await there.reserve(plan_there, Decimal(9))


async def test_a_budget_made_elsewhere_holds_here_at_once(world: World) -> None:
    person = await world.person()
    async with another_process(world) as other:
        assert await ledger_of(other).plan(purpose_of(person)) is None
        await budget(world, person, limit="10")
        for _ in range(100):
            if await ledger_of(other).plan(purpose_of(person)) is not None:
                return
            await asyncio.sleep(0.02)
    raise AssertionError("the other process never heard of the budget")


async def test_calls_of_a_killed_process_count_with_what_was_set_aside(world: World) -> None:
    priced(world)
    with COMPATIBLE.serve(Script(otherwise=say("Yes.", hang_after=0))) as server:
        person = await world.person()
        await world.connect(person, server)
        await budget(world, person, limit="40")
        async with another_process(world) as other:
            asking = asyncio.create_task(streamed(await other.open(person)))
            while not server.asked:
                await asyncio.sleep(0.01)
            await other.services.resource(ModelDesk).recorder.flush()
            (before,) = await standing(world, person)
            with clock.travel(timedelta(seconds=LEASE_S + 1)):
                # The process is gone as far as this one can see: it renewed nothing.
                plan = await ledger_of(world).plan(purpose_of(person))
                assert plan is not None
                held = await ledger_of(world).reserve(plan, Decimal(1))
                ledger_of(world).settle(held, Decimal(0))
                (after,) = await standing(world, person)
            records = await world.calls(person)
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
    assert before.spent == 0 < before.reserved
    assert after.spent == before.reserved
    assert [(one.outcome, one.error_code, one.cost) for one in records] == [("cut", "models.process_lost", after.spent)]
    assert records[0].estimated


async def test_what_a_killed_process_held_without_a_record_counts_as_lost(world: World) -> None:
    person = await world.person()
    await budget(world, person, limit="10")
    async with another_process(world) as other:
        plan = await ledger_of(other).plan(purpose_of(person))
        assert plan is not None
        await ledger_of(other).reserve(plan, Decimal(3))
        with clock.travel(timedelta(seconds=LEASE_S + 1)):
            plan = await ledger_of(world).plan(purpose_of(person))
            assert plan is not None
            with pytest.raises(BudgetReached, match=r"leaves \$7 of \$10"):
                await ledger_of(world).reserve(plan, Decimal(8))
            (one,) = await standing(world, person)
    assert (one.spent, one.lost) == (3, 3)


async def test_a_process_that_was_given_up_too_early_counts_what_its_call_really_cost(world: World) -> None:
    priced(world)
    with COMPATIBLE.serve(Script(otherwise=say("Yes.", usage=ONE_DOLLAR, first_token_delay=0.6))) as server:
        person = await world.person()
        await world.connect(person, server)
        await budget(world, person, limit="40")
        async with another_process(world) as other:
            asking = asyncio.create_task(streamed(await other.open(person)))
            while not server.asked:
                await asyncio.sleep(0.01)
            await other.services.resource(ModelDesk).recorder.flush()
            with clock.travel(timedelta(seconds=LEASE_S + 1)):
                plan = await ledger_of(world).plan(purpose_of(person))
                assert plan is not None
                ledger_of(world).settle(await ledger_of(world).reserve(plan, Decimal(1)), Decimal(0))
            await asking
            (record,) = await other.calls(person)
            (one,) = await given_back(world, person)
    assert (record.outcome, record.cost, record.estimated) == ("ok", 1, False)
    assert one.spent == 1


async def test_a_commit_whose_answer_was_lost_is_not_counted_twice(world: World) -> None:
    priced(world)
    with COMPATIBLE.serve(Script(otherwise=say("Yes.", usage=ONE_DOLLAR))) as server:
        person = await world.person()
        await world.connect(person, server)
        await budget(world, person, limit="20")
        recorder, database = world.services.resource(ModelDesk).recorder, world.services.database
        write, transaction = recorder._write, database.transaction
        lost: list[Call] = []

        @asynccontextmanager
        async def without_an_answer() -> AsyncGenerator[AsyncSession]:
            async with transaction() as db:
                yield db
            raise ConnectionResetError

        async def cut_once(batch: list[Call]) -> None:
            if not lost and any(call.charged is not None for call in batch):
                lost.extend(batch)
                database.transaction = without_an_answer  # type: ignore[method-assign] # the network fails now
                try:
                    await write(batch)
                finally:
                    database.transaction = transaction  # type: ignore[method-assign]
            else:
                await write(batch)

        recorder._write = cut_once  # type: ignore[method-assign]
        await streamed(await world.open(person))
        while not lost:
            await asyncio.sleep(0.01)
        (one,) = await given_back(world, person)
    assert one.spent == 1


async def test_without_the_database_a_hard_limit_lets_nothing_through_that_was_not_set_aside(world: World) -> None:
    person = await world.person()
    await budget(world, person, limit="10")
    async with another_process(world) as other:
        ledger = ledger_of(other)
        plan = await ledger.plan(purpose_of(person))
        assert plan is not None
        await ledger.reserve(plan, Decimal(3))
        async with world.services.database.transaction() as db:
            await db.execute(text("ALTER TABLE models_leases RENAME TO models_leases_gone"))
        with pytest.raises(BudgetUnchecked, match="nothing was asked"):
            await ledger.reserve(plan, Decimal(3))
        async with world.services.database.transaction() as db:
            await db.execute(text("ALTER TABLE models_leases_gone RENAME TO models_leases"))
        assert await ledger.reserve(plan, Decimal(3))
