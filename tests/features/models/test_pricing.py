"""What calls cost: known prices to the cent, unknown ones shown as unknown."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitu.features.models.pricing import LOOK_S, Price, PriceList, Tokens
from gitu.kernel import clock
from gitu.kernel.auth.principal import Role
from gitu.kernel.errors import Denied
from tests.features.models.conftest import COMPATIBLE, SPEAKERS, World, streamed
from tests.servers.openai_responses import openai_responses
from tests.servers.script import Script, Usage, say

if TYPE_CHECKING:
    from uuid import UUID

OPENAI = "https://api.openai.com/v1"
OWN = """
["gpt-4o-mini"]
input = 1.5
output = 6
"""


def test_a_known_price_is_the_lists_price() -> None:
    prices = PriceList()
    cost = prices.cost("openai", OPENAI, "gpt-4o-mini", Tokens(1_000_000, 1_000_000), local=False)
    assert cost == Decimal("0.75")
    price = prices.price("openai", OPENAI, "gpt-4o-mini", local=False)
    assert price is not None
    assert (price.input, price.output) == (Decimal("0.15"), Decimal("0.6"))


def test_an_unknown_price_is_none_and_not_zero() -> None:
    prices = PriceList()
    assert prices.cost("openai", OPENAI, "gpt-of-the-future", Tokens(10, 10), local=False) is None
    assert prices.cost("openai_compatible", "https://ai.example.org", "m", Tokens(1, 1), local=False) is None
    assert prices.price("openai", OPENAI, "gpt-of-the-future", local=False) is None


def test_ones_own_price_list_wins_and_is_read_again_when_it_changes(tmp_path: Path) -> None:
    file = tmp_path / "prices.toml"
    prices = PriceList(file)
    tokens = Tokens(1_000_000, 0)
    assert prices.cost("openai", OPENAI, "gpt-4o-mini", tokens, local=False) == Decimal("0.15")
    with clock.travel(timedelta()) as traveller:
        file.write_text(OWN)
        traveller.move(timedelta(seconds=2 * LOOK_S))
        assert prices.cost("openai", OPENAI, "gpt-4o-mini", tokens, local=False) == Decimal("1.5")
        file.unlink()
        traveller.move(timedelta(seconds=2 * LOOK_S))
        assert prices.cost("openai", OPENAI, "gpt-4o-mini", tokens, local=False) == Decimal("0.15")


def test_a_broken_price_list_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "prices.toml"
    file.write_text('["x"]\ninput = "a lot"\n')
    cost = PriceList(file).cost("openai", OPENAI, "gpt-4o-mini", Tokens(1_000_000, 0), local=False)
    assert cost == Decimal("0.15")


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
def test_costs_add_up(given_tokens: int, cached: int, written: int) -> None:
    price = Price(Decimal("0.15"), Decimal("0.6"), Decimal("0.075"))
    cached = min(cached, given_tokens)
    together = price.of(Tokens(given_tokens, written, cached))
    apart = price.of(Tokens(given_tokens - cached)) + price.of(Tokens(cached, 0, cached)) + price.of(Tokens(0, written))
    assert together == apart
    assert together >= 0


@pytest.mark.anyio
async def test_usage_sums_known_costs_and_counts_the_unknown(world: World) -> None:
    speaker = SPEAKERS[1]
    script = Script(otherwise=say("Hi", usage=Usage(1000, 500)))
    with openai_responses(script, models=["gpt-4o-mini", "gpt-of-the-future"]) as server:
        person = await world.person()
        connection = await world.connect(person, server, speaker)
        for name in ("gpt-4o-mini", "gpt-4o-mini", "gpt-of-the-future"):
            await streamed(await world.open(person, f"{connection.id}/{name}"))
    await world.calls(person)
    rows = {row.model.split("/")[1]: row for row in (await world.do(person, "models.get_usage", days=1)).items}
    known, unknown = rows["gpt-4o-mini"], rows["gpt-of-the-future"]
    assert (known.calls, known.input_tokens, known.output_tokens) == (2, 2000, 1000)
    assert known.cost == Decimal("0.0009")
    assert known.unknown_cost_calls == 0
    assert unknown.cost is None
    assert unknown.unknown_cost_calls == 1
    assert '"cost":null' in unknown.model_dump_json()
    assert '"cost":"0.0009"' in known.model_dump_json()


@pytest.mark.anyio
async def test_an_admin_sees_what_everyone_used_and_others_do_not(world: World) -> None:
    with COMPATIBLE.serve() as server:
        owner, member, other = await world.person(), await world.person(Role.MEMBER), await world.person(Role.MEMBER)
        await world.connect(owner, server, shared=True)
        for person in (owner, member, member, other):
            await streamed(await world.open(person))
    await world.calls(owner)
    with pytest.raises(Denied):
        await world.do(member, "models.get_usage_of_everyone", days=1)
    page = await world.do(owner, "models.get_usage_of_everyone", days=1)
    assert {row.person_id: row.calls for row in page.items} == {owner.user_id: 1, member.user_id: 2, other.user_id: 1}
    got, cursor = [], None
    for _ in range(3):
        part = await world.do(owner, "models.get_usage_of_everyone", days=1, limit=1, cursor=cursor)
        got += part.items
        cursor = part.next_cursor
    assert (got, cursor) == (page.items, None)


@pytest.mark.anyio
async def test_a_list_of_calls_is_paged(world: World) -> None:
    with COMPATIBLE.serve() as server:
        person = await world.person()
        await world.connect(person, server)
        for _ in range(5):
            await streamed(await world.open(person))
    everything = [record.id for record in reversed(await world.calls(person))]
    got: list[UUID] = []
    cursor: str | None = None
    while True:
        page = await world.do(person, "models.list_calls", limit=2, cursor=cursor)
        got += [record.id for record in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert got == everything


def test_what_a_provider_keeps_anew_costs_more_where_it_says_so() -> None:
    def both(model: str) -> list[Decimal]:
        prices, amounts = PriceList(), [Tokens(1_000, 10, 0, kept) for kept in (0, 1_000)]
        found = [prices.cost("openai", OPENAI, model, tokens, local=False) for tokens in amounts]
        return [cost for cost in found if cost is not None]

    plain, kept_anew = both("gpt-5.6-sol")
    assert plain < kept_anew <= plain * Decimal("1.25")
    plain, kept_anew = both("gpt-4o-mini")
    assert plain == kept_anew
