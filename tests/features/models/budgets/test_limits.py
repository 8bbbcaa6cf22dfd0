"""What a budget counts, what it refuses, and what it says then."""

import asyncio
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from pydantic_ai import Agent
from sqlalchemy import func, select

from gitu.features.models.budgets.errors import BudgetReached, LoopStopped, PriceUnknown
from gitu.features.models.budgets.loops import MOST_CALLS
from gitu.features.models.errors import ModelCut, ModelServerFailed
from gitu.features.models.tables import CallRow
from gitu.kernel import clock
from gitu.kernel.auth.principal import Role
from gitu.kernel.ids import new_id
from tests.features.models.budgets.conftest import PRICED, budget, given_back, priced, standing
from tests.features.models.conftest import COMPATIBLE, World, streamed
from tests.servers.script import Script, Usage, failing, say

pytestmark = pytest.mark.anyio

ONE_DOLLAR = Usage(input=200, output=800)


async def test_what_a_call_cost_is_counted_and_the_rest_given_back(world: World) -> None:
    priced(world)
    with COMPATIBLE.serve(Script(otherwise=say("Yes.", usage=ONE_DOLLAR))) as server:
        person = await world.person()
        await world.connect(person, server)
        await budget(world, person, limit="20")
        await streamed(await world.open(person))
        (one,) = await given_back(world, person)
        (record,) = await world.calls(person)
    assert (one.spent, one.percent) == (1, 5)
    assert record.cost == 1


@pytest.mark.parametrize("hard", [True, False])
async def test_a_call_of_a_budget_that_is_gone_when_it_ends_is_on_record(world: World, *, hard: bool) -> None:
    priced(world)
    with COMPATIBLE.serve(Script(otherwise=say("Yes, I do.", usage=ONE_DOLLAR, token_delay=0.2))) as server:
        person = await world.person()
        await world.connect(person, server)
        made = await budget(world, person, limit="20", hard=hard)
        turn = asyncio.create_task(streamed(await world.open(person)))
        async with asyncio.timeout(10):
            while not server.asked:
                await asyncio.sleep(0.01)
        await world.do(person, "models.delete_budget", budget_id=made.id)
        await turn
        assert await standing(world, person) == []
        (record,) = await world.calls(person)
    assert (record.outcome, record.cost) == ("ok", 1)


async def test_a_call_beyond_a_hard_limit_does_not_leave(world: World) -> None:
    priced(world)
    with COMPATIBLE.serve(Script(otherwise=say("Yes.", usage=ONE_DOLLAR))) as server:
        person = await world.person()
        await world.connect(person, server)
        await budget(world, person, limit="1.5")
        with pytest.raises(BudgetReached) as refused:
            await streamed(await world.open(person))
        assert server.asked == []
        records = await world.calls(person)
    assert "Your daily budget leaves $1.5 of $1.5" in str(refused.value)
    arabic = re.sub("[\u2068\u2069]", "", refused.value.localised("ar"))
    assert "ميزانيتك اليومية فيها $1.5 من $1.5" in arabic
    assert [(one.outcome, one.cost) for one in records] == [("refused", Decimal(0))]


async def test_a_refusal_names_a_model_that_would_still_fit(world: World) -> None:
    priced(world)
    with COMPATIBLE.serve() as server:
        person = await world.person()
        one = await world.connect(person, server, models=["test-model", "cheap-model"])
        await budget(world, person, limit="1")
        with pytest.raises(BudgetReached, match="cheap-model costs less"):
            await streamed(await world.open(person, f"{one.id}/test-model"))
        await streamed(await world.open(person, f"{one.id}/cheap-model"))


async def test_under_a_hard_limit_the_answer_has_a_bounded_length(world: World) -> None:
    priced(world)
    with COMPATIBLE.serve() as server:
        person = await world.person()
        await world.connect(person, server)
        await streamed(await world.open(person))
        await budget(world, person, limit="5")
        await streamed(await world.open(person))
        free, bounded = server.asked
    assert "max_tokens" not in free.body
    assert "max_completion_tokens" not in free.body
    assert (bounded.body.get("max_tokens") or bounded.body.get("max_completion_tokens")) == 2_048


async def test_an_unknown_price_is_refused_under_a_hard_limit_only(world: World) -> None:
    with COMPATIBLE.serve() as server:
        person = await world.person()
        one = await world.connect(person, server, models=["odd-model"])
        # A loopback server costs nothing by declaration; a list of one's own may say that it does.
        priced(world, PRICED)
        soft = await budget(world, person, hard=False)
        await streamed(await world.open(person))
        await world.do(person, "models.update_budget", budget_id=soft.id, hard=True)
        await streamed(await world.open(person))
        assert one.models == ["odd-model"]


async def test_without_a_price_nothing_is_asked_under_a_hard_limit(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gitu.features.models.api.local", lambda _row: False)
    with COMPATIBLE.serve() as server:
        person = await world.person()
        await world.connect(person, server, models=["odd-model"])
        await budget(world, person)
        with pytest.raises(PriceUnknown, match="odd-model"):
            await streamed(await world.open(person))
        assert server.asked == []


async def test_a_soft_limit_is_passed_and_told_of(world: World) -> None:
    priced(world)
    with COMPATIBLE.serve(Script(otherwise=say("Yes.", usage=ONE_DOLLAR))) as server:
        person = await world.person()
        await world.connect(person, server)
        await budget(world, person, limit="1.25", hard=False)
        told: list[int] = []
        world.services.bus.listen(
            lambda event: told.append(event.data["percent"]) if event.type == "budget.threshold" else None
        )
        for _ in range(3):
            await streamed(await world.open(person))
            await standing(world, person)
        (one,) = await standing(world, person)
        assert (one.spent, one.percent) == (3, 240)
        assert told == [80, 100]


async def test_a_failed_call_costs_nothing(world: World) -> None:
    priced(world)
    with COMPATIBLE.serve(Script(otherwise=failing())) as server:
        person = await world.person()
        await world.connect(person, server)
        await budget(world, person)
        with pytest.raises(ModelServerFailed):
            await streamed(await world.open(person))
        (one,) = await given_back(world, person)
        assert one.spent == 0


async def test_an_answer_whose_provider_tells_no_usage_is_counted_by_what_came(world: World) -> None:
    priced(world)
    text = "word " * 300
    with COMPATIBLE.serve(Script(otherwise=say(text, report_usage=False))) as server:
        person = await world.person()
        await world.connect(person, server)
        await budget(world, person)
        await streamed(await world.open(person))
        (one,) = await given_back(world, person)
        (record,) = await world.calls(person)
    assert Decimal("0.4") < one.spent < Decimal(1)
    assert record.cost == one.spent
    assert record.estimated


async def test_a_stopped_answer_is_counted_by_what_came(world: World) -> None:
    priced(world)
    with COMPATIBLE.serve(Script(otherwise=say("word " * 300, token_delay=0.01))) as server:
        person = await world.person()
        await world.connect(person, server)
        await budget(world, person)
        async with Agent(await world.open(person)).run_stream("Hello") as answer:
            async for _ in answer.stream_text(delta=True, debounce_by=None):
                break
        (one,) = await given_back(world, person)
    assert 0 < one.spent < Decimal("0.4")


async def test_budgets_of_a_feature_count_that_feature_only(world: World) -> None:
    priced(world)
    with COMPATIBLE.serve(Script(otherwise=say("Yes.", usage=ONE_DOLLAR))) as server:
        person = await world.person(Role.MEMBER)
        owner = await world.person()
        await world.connect(owner, server, shared=True)
        await budget(world, person, "feature", subject="assistant")
        await budget(world, person, "feature", subject="notebooks")
        await streamed(await world.open(person))
        found = await given_back(world, person)
    assert {one.subject: one.spent for one in found} == {"assistant": 1, "notebooks": 0}


async def test_what_everyone_has_counts_each_person_alone(world: World) -> None:
    priced(world)
    with COMPATIBLE.serve(Script(otherwise=say("Yes.", usage=ONE_DOLLAR))) as server:
        owner, first, second = [await world.person(role) for role in (Role.OWNER, Role.MEMBER, Role.MEMBER)]
        await world.connect(owner, server, shared=True)
        await budget(world, owner, "everyone", limit="4")
        await budget(world, owner, "instance", limit="100")
        await streamed(await world.open(first))
        await streamed(await world.open(first))
        with pytest.raises(BudgetReached):
            await streamed(await world.open(first))
        await streamed(await world.open(second))
        spent = {who.user_id: {one.kind: one.spent for one in await given_back(world, who)} for who in (first, second)}
    assert spent[first.user_id] == {"everyone": 2, "instance": 3}
    assert spent[second.user_id] == {"everyone": 1, "instance": 3}


async def test_of_what_everyone_has_each_hears_of_their_own_only(world: World) -> None:
    priced(world)
    with COMPATIBLE.serve(Script(otherwise=say("Yes.", usage=ONE_DOLLAR))) as server:
        owner, member = await world.person(Role.OWNER), await world.person(Role.MEMBER)
        await world.connect(owner, server, shared=True)
        await budget(world, owner, "everyone", limit="2", hard=False)
        await budget(world, owner, "instance", limit="2", hard=False)
        told: list[tuple[object, str]] = []
        world.services.bus.listen(
            lambda event: (
                told.append((event.owner_id, event.data["kind"])) if event.type == "budget.threshold" else None
            )
        )
        await streamed(await world.open(member))
        await standing(world, member)
    assert set(told) == {(member.user_id, "everyone"), (owner.user_id, "instance")}


async def test_a_new_day_begins_with_the_whole_budget(world: World) -> None:
    priced(world)
    with COMPATIBLE.serve(Script(otherwise=say("Yes.", usage=ONE_DOLLAR))) as server:
        person = await world.person()
        await world.connect(person, server)
        await budget(world, person, limit="3")
        await streamed(await world.open(person))
        with pytest.raises(BudgetReached):
            await streamed(await world.open(person))
        with clock.travel(timedelta(days=1), ticking=True):
            await streamed(await world.open(person))
            (one,) = await given_back(world, person)
    assert one.spent == 1


async def test_background_work_leaves_a_fifth_to_those_who_wait(world: World) -> None:
    priced(world)
    with COMPATIBLE.serve(Script(otherwise=say("Yes.", usage=ONE_DOLLAR))) as server:
        person = await world.person()
        await world.connect(person, server)
        await budget(world, person, limit="4")
        await streamed(await world.open(person, background=True))
        with pytest.raises(BudgetReached, match=r"leaves \$2.2 of \$4"):
            await streamed(await world.open(person, background=True))
        await streamed(await world.open(person))


async def test_the_limit_holds_when_all_call_at_once(world: World) -> None:
    priced(world)
    with COMPATIBLE.serve(Script(otherwise=say("Yes.", usage=ONE_DOLLAR, token_delay=0.02))) as server:
        person = await world.person()
        await world.connect(person, server)
        await budget(world, person, limit="50")
        models = [await world.open(person) for _ in range(100)]
        ended = await asyncio.gather(*(streamed(model) for model in models), return_exceptions=True)
        (one,) = await given_back(world, person)
        async with world.services.database.reader() as db:
            on_record = await db.scalar(select(func.sum(CallRow.cost)))
    refused = [error for error in ended if isinstance(error, BudgetReached)]
    others = [error for error in ended if isinstance(error, BaseException) and not isinstance(error, BudgetReached)]
    assert others == []
    assert len(refused) + len(server.asked) == 100
    assert one.spent == len(server.asked) <= 50
    assert on_record == one.spent
    assert len(server.asked) >= 5


async def test_a_provider_that_bills_more_than_can_be_is_taken_at_its_word_and_not_asked_again(world: World) -> None:
    priced(world)
    with COMPATIBLE.serve(Script(otherwise=say("Yes.", usage=Usage(input=90_000, output=9_000)))) as server:
        person = await world.person()
        await world.connect(person, server)
        await budget(world, person, limit="20")
        await streamed(await world.open(person))
        with pytest.raises(BudgetReached, match=r"leaves \$0 of \$20"):
            await streamed(await world.open(person))
        (one,) = await given_back(world, person)
    assert (one.spent, one.percent) == (99, 495)


async def test_usage_that_can_not_be_is_counted_by_what_came(world: World) -> None:
    priced(world)
    with COMPATIBLE.serve(Script(otherwise=say("Yes.", usage=Usage(input=-5, output=-7)))) as server:
        person = await world.person()
        await world.connect(person, server)
        await budget(world, person, limit="20")
        with pytest.raises(ModelCut):
            await streamed(await world.open(person))
        (one,) = await given_back(world, person)
    assert 0 < one.spent < 1


async def test_a_conversation_that_calls_without_end_is_stopped(world: World) -> None:
    with COMPATIBLE.serve() as server:
        person = await world.person()
        await world.connect(person, server)
        session_id = new_id()
        model = await world.open(person, session_id=session_id)
        for _ in range(MOST_CALLS):
            await Agent(model).run("Again")
        with pytest.raises(LoopStopped, match="looks like a loop"):
            await Agent(model).run("Again")
        with clock.travel(timedelta()) as time:
            time.move(timedelta(seconds=61))
            await Agent(model).run("Again")
