"""The recorded calls, put to each way of choosing: what they cost and how good they are."""

from decimal import Decimal

import pytest

from gitu.features.models.api import Needs
from tests.features.models.conftest import World, streamed
from tests.servers.openai_compatible import openai_compatible
from tests.servers.script import Script, Usage, say

pytestmark = pytest.mark.anyio

PRICES = """
["gpt-5"]
input = 10
output = 100
["gpt-5-mini"]
input = 1
output = 10
["gpt-5-nano"]
input = 0.1
output = 1
"""
HARD = "Prove step by step that this algorithm is correct, then compare and refactor it: ```python```"


async def test_automatic_costs_less_than_the_best_and_serves_better_than_the_cheapest(world: World) -> None:
    (world.services.home.root / "prices.toml").write_text(PRICES)
    script = Script(otherwise=say("Yes.", usage=Usage(1_000, 500)))
    with openai_compatible(script, models=["gpt-5", "gpt-5-mini", "gpt-5-nano"]) as server:
        person = await world.person()
        one = await world.connect(person, server)
        for question in ("Hello", "Thanks!", "What is two and two?", HARD):
            model = await world.open(person, f"{one.id}/gpt-5", needs=Needs.of(question))
            await streamed(model, question)
        await world.calls(person)
        found = await world.do(person, "models.compare_routing")
    ways = {way.way: way for way in found.ways}
    assert found.calls == 4
    assert ways["recorded"].cost == ways["best"].cost == Decimal("0.24")
    assert ways["cheap"].cost == Decimal("0.0024")
    assert ways["cheap"].cost < ways["auto"].cost < ways["best"].cost / 5
    assert ways["cheap"].well_served == 75
    assert ways["auto"].well_served == ways["best"].well_served == 100
    assert ways["cheap"].quality < ways["auto"].quality < ways["best"].quality


async def test_without_calls_there_is_nothing_to_compare(world: World) -> None:
    person = await world.person()
    found = await world.do(person, "models.compare_routing")
    assert (found.calls, found.ways) == (0, [])
