"""Chains as turns use them: chosen, by default, by the router; and the second attempt of who is alone."""

import pytest
from pydantic_ai import Agent

from gitu.features.models.api import Needs
from gitu.features.models.errors import ModelServerFailed, ModelUnknown, NoModel, NoModelFits
from tests.features.models.conftest import COMPATIBLE, World, streamed
from tests.servers.openai_compatible import openai_compatible
from tests.servers.script import Script, failing, say

pytestmark = pytest.mark.anyio


async def test_automatic_asks_the_best_value_and_the_log_says_why(world: World) -> None:
    with openai_compatible(models=["qwen3-8b", "gemma-3-4b"]) as server:
        person = await world.person()
        one = await world.connect(person, server)
        model = await world.open(person, "gitu/best", needs=Needs.of("Hello"))
        await streamed(model)
        (record,) = await world.calls(person)
    assert record.model == f"{one.id}/gemma-3-4b"
    assert record.reason == "The strongest (60 of 100): about $0 and 3.0 s."


async def test_automatic_can_be_the_default(world: World) -> None:
    with openai_compatible(models=["qwen3-8b", "gemma-3-4b"]) as server:
        person = await world.person()
        one = await world.connect(person, server)
        await world.do(person, "models.set_defaults", default="gitu/best", fallbacks=[])
        assert (await world.open(person)).id == f"{one.id}/gemma-3-4b"


async def test_automatic_falls_back_to_the_next_best(world: World) -> None:
    with (
        openai_compatible(Script(otherwise=failing()), models=["gpt-5"]) as first,
        openai_compatible(Script(otherwise=say("I am here.")), models=["gemma-3-4b"]) as second,
    ):
        person = await world.person()
        await world.connect(person, first)
        two = await world.connect(person, second)
        model = await world.open(person, "gitu/best")
        assert "".join(await streamed(model)) == "I am here."
        failed, answered = await world.calls(person)
    assert (failed.outcome, answered.outcome, answered.model) == ("failed", "ok", f"{two.id}/gemma-3-4b")
    assert answered.reason == "It steps in for others that failed."


async def test_what_nobody_can_do_is_said(world: World) -> None:
    person = await world.person()
    with pytest.raises(NoModel):
        await world.open(person, "gitu/auto")
    with pytest.raises(ModelUnknown):
        await world.open(person, "gitu/unheard-of")
    with openai_compatible(models=["qwen3-8b"]) as server:
        await world.connect(person, server)
        with pytest.raises(NoModelFits, match="way of choosing: auto"):
            await world.open(person, "gitu/auto", needs=Needs.of("Look", vision=True))


async def test_who_is_alone_is_asked_a_second_time_when_it_may_pass(world: World) -> None:
    with COMPATIBLE.serve(Script(failing(), say("Now."))) as server:
        person = await world.person()
        await world.connect(person, server)
        assert await streamed(await world.open(person)) == ["Now."]
        assert [record.outcome for record in await world.calls(person)] == ["failed", "ok"]


async def test_a_whole_answer_is_asked_for_twice_at_most(world: World) -> None:
    with COMPATIBLE.serve(Script(otherwise=failing())) as server:
        person = await world.person()
        await world.connect(person, server)
        with pytest.raises(ModelServerFailed):
            await Agent(await world.open(person)).run("Hello")
        assert len(server.asked) == 2


async def test_a_connection_that_failed_lately_is_passed_over_where_another_can(world: World) -> None:
    with COMPATIBLE.serve(Script(otherwise=failing())) as first, COMPATIBLE.serve() as second:
        person = await world.person()
        one, two = await world.connect(person, first), await world.connect(person, second)
        chosen = f"{one.id}/test-model"
        await world.do(person, "models.set_defaults", default=chosen, fallbacks=[f"{two.id}/test-model"])
        for _ in range(5):
            await streamed(await world.open(person))
        assert len(first.asked) == 3, "after three failures in a row it rests"
        assert len(second.asked) == 5
