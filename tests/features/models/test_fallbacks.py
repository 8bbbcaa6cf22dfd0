"""When a model fails before it has said anything, the next of the chain answers, and the person is told."""

from typing import TYPE_CHECKING

import pytest
from pydantic_ai import Agent

from gitu.features.models.errors import (
    ModelCut,
    ModelKeyRefused,
    ModelTimedOut,
    ModelUnreachable,
)
from tests.features.models.conftest import COMPATIBLE, World, streamed
from tests.servers.script import (
    Reply,
    Script,
    after_tool,
    call,
    failing,
    rate_limited,
    say,
    when_said,
    wrong_key,
)

if TYPE_CHECKING:
    from gitu.features.models.api import Notice

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "fault",
    [wrong_key(), rate_limited(), failing(), say("never", hang_after=0), say("never", cut_after=0)],
    ids=["wrong key", "rate limit", "500", "silence", "cut"],
)
async def test_the_next_model_answers_and_says_which_failed_and_why(world: World, fault: Reply) -> None:
    notices: list[Notice] = []
    if fault.hang_after is not None:
        world.impatient()
    with COMPATIBLE.serve(Script(fault)) as first, COMPATIBLE.serve(Script(say("I am here."))) as second:
        person = await world.person()
        one = await world.connect(person, first, name="First")
        two = await world.connect(person, second, name="Second")
        chosen, other = f"{one.id}/test-model", f"{two.id}/test-model"
        await world.do(person, "models.set_defaults", default=chosen, fallbacks=[other])
        model = await world.open(person, on_notice=notices.append)
        assert "".join(await streamed(model)) == "I am here."
    (notice,) = notices
    assert (notice.failed_model, notice.next_model) == (chosen, other)
    assert "First" in notice.text("en") or "test-model" in notice.text("en")
    assert notice.text("ar") != notice.text("en")
    assert model.id == other
    records = await world.calls(person)
    assert [(record.model, record.outcome) for record in records] == [(chosen, "failed"), (other, "ok")]


async def test_nothing_is_repeated_once_words_have_been_streamed(world: World) -> None:
    with COMPATIBLE.serve(Script(say("Half an answer", cut_after=2))) as first, COMPATIBLE.serve() as second:
        person = await world.person()
        one, two = await world.connect(person, first), await world.connect(person, second)
        await world.do(
            person,
            "models.set_defaults",
            default=f"{one.id}/test-model",
            fallbacks=[f"{two.id}/test-model"],
        )
        with pytest.raises(ModelCut):
            await streamed(await world.open(person))
        assert second.asked == []


async def test_a_model_that_failed_is_not_asked_again_in_the_same_turn(world: World) -> None:
    script = Script(rules=[after_tool(), when_said("look", call("look"))])
    notices: list[Notice] = []
    with COMPATIBLE.serve(Script(otherwise=failing())) as first, COMPATIBLE.serve(script) as second:
        person = await world.person()
        one, two = await world.connect(person, first), await world.connect(person, second)
        await world.do(
            person,
            "models.set_defaults",
            default=f"{one.id}/test-model",
            fallbacks=[f"{two.id}/test-model"],
        )
        agent = Agent(await world.open(person, on_notice=notices.append))

        @agent.tool_plain
        def look() -> str:
            return "a tree"

        async with agent.run_stream("look") as answer:
            assert await answer.get_output() == "The tool answered: a tree"
        assert len(first.asked) == 1
    assert len(notices) == 1


async def test_when_every_model_fails_the_last_ones_reason_is_told(world: World) -> None:
    with COMPATIBLE.serve(Script(failing())) as first, COMPATIBLE.serve(Script(wrong_key())) as second:
        person = await world.person()
        one, two = await world.connect(person, first), await world.connect(person, second)
        await world.do(
            person,
            "models.set_defaults",
            default=f"{one.id}/test-model",
            fallbacks=[f"{two.id}/test-model"],
        )
        with pytest.raises(ModelKeyRefused):
            await streamed(await world.open(person))


async def test_without_a_chain_the_failure_itself_is_told(world: World) -> None:
    world.impatient()
    with COMPATIBLE.serve(Script(say("never", hang_after=0))) as server:
        person = await world.person()
        await world.connect(person, server)
        with pytest.raises(ModelTimedOut):
            await streamed(await world.open(person))


async def test_an_unreachable_server_is_stepped_over(world: World) -> None:
    gone = COMPATIBLE.serve().start()
    with COMPATIBLE.serve(Script(say("Here."))) as second:
        person = await world.person()
        one, two = await world.connect(person, gone), await world.connect(person, second)
        gone.stop()
        await world.do(
            person,
            "models.set_defaults",
            default=f"{one.id}/test-model",
            fallbacks=[f"{two.id}/test-model"],
        )
        told: list[Notice] = []
        assert await streamed(await world.open(person, on_notice=told.append)) == ["Here."]
    assert isinstance(told[0].error, ModelUnreachable)
