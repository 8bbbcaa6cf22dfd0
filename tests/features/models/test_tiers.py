"""What calls cost at other tiers of service than the standard one: never less than the provider may bill."""

from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitu.features.models import tiers
from gitu.features.models.budgets.estimate import Estimate
from gitu.features.models.pricing import PriceList, Tokens
from gitu.features.models.providers import Endpoint

PRICES = PriceList()
MILLION = Tokens(1_000_000, 1_000_000)
BRIEF = Tokens(1_000, 1_000)


def endpoint(provider: str = "openai", url: str = "https://api.openai.com/v1") -> Endpoint:
    return Endpoint(UUID(int=1), "1", provider, "A connection", url, None, False)


def cost(model: str, asked: str | None, served: str | None, tokens: Tokens = BRIEF) -> tuple[Decimal | None, bool]:
    return tiers.cost(PRICES, endpoint(), model, tokens, asked, served, local=False)


def at_most(model: str, tier: str, tokens: Tokens = BRIEF) -> Decimal:
    found = tiers.at_most(PRICES, endpoint(), model, tokens, tier, local=False)
    assert found is not None
    return found


def standard(model: str, tokens: Tokens = BRIEF) -> Decimal:
    found = PRICES.cost("openai", "https://api.openai.com/v1", model, tokens, local=False)
    assert found
    return found


@pytest.mark.parametrize(
    ("model", "tier", "times"),
    [
        ("gpt-5", "priority", "2"),
        ("gpt-5", "fast", "2"),
        ("gpt-5.5", "priority", "2.5"),
        ("gpt-4.1", "priority", "1.75"),
        ("gpt-5", "flex", "0.5"),
    ],
)
def test_a_listed_tier_costs_what_is_listed(model: str, tier: str, times: str) -> None:
    assert cost(model, tier, tier) == (standard(model) * Decimal(times), False)


@pytest.mark.parametrize(
    ("tier", "times"), [("priority", "2.5"), ("ultrafast", "6"), ("performance", "2.5"), ("flex", "1")]
)
def test_what_is_not_listed_is_estimated_from_above(tier: str, times: str) -> None:
    assert cost("gpt-4-turbo", tier, tier) == (standard("gpt-4-turbo") * Decimal(times), True)


@pytest.mark.parametrize("asked", [None, "auto", "default", "priority", "flex", "ultrafast"])
def test_what_the_answer_names_is_what_is_billed(asked: str | None) -> None:
    assert cost("gpt-5", asked, "default") == (standard("gpt-5"), False)
    assert cost("gpt-5", asked, "priority") == (standard("gpt-5") * 2, False)


@pytest.mark.parametrize(("asked", "times"), [("priority", 2), ("flex", 1), ("ultrafast", 6)])
def test_an_answer_that_names_none_is_taken_for_the_dearer_one(asked: str, times: int) -> None:
    assert cost("gpt-5", asked, None) == (standard("gpt-5") * times, True)


def test_without_any_tier_nothing_is_estimated() -> None:
    assert cost("gpt-5", None, None) == cost("gpt-5", "auto", None) == (standard("gpt-5"), False)


@given(
    model=st.sampled_from(["gpt-5", "gpt-5.4", "gpt-5.5", "gpt-5.5-pro", "gpt-4o", "gpt-4-turbo", "o3"]),
    asked=st.sampled_from(["auto", "default", "flex", "priority", "fast", "ultrafast", "performance"]),
    given_tokens=st.integers(1, 400_000),
    written=st.integers(0, 50_000),
)
def test_no_tier_that_may_be_served_costs_more_than_was_set_aside(
    model: str, asked: str, given_tokens: int, written: int
) -> None:
    tokens = Tokens(given_tokens, written)
    most = at_most(model, asked, tokens)
    for served in (asked, "default", None):
        found, _ = cost(model, asked, served, tokens)
        assert found is not None
        assert found <= most


def test_flex_is_never_counted_below_half_though_long_requests_have_one_price_in_the_list() -> None:
    found, _ = cost("gpt-5.5-pro", "flex", "flex", MILLION)
    assert found == standard("gpt-5.5-pro", MILLION) / 2


def test_an_estimate_knows_the_tier() -> None:
    def estimate(tier: str | None) -> Estimate:
        return Estimate(PRICES, endpoint(), "gpt-5", local=False, input_bytes=3_000, tier=tier)

    usual, fast = estimate(None).most(1_000), estimate("priority").most(1_000)
    assert usual is not None
    assert fast == usual * 2
    assert estimate("default").most(1_000) == estimate("flex").most(1_000) == usual
    likely = estimate(None).likely()
    assert likely is not None
    assert estimate("ultrafast").likely() == likely * 6


def test_ones_own_price_is_that_of_the_standard_tier(tmp_path: Path) -> None:
    (tmp_path / "prices.toml").write_text('["gpt-5"]\ninput = 10\noutput = 10\n')
    prices = PriceList(tmp_path / "prices.toml")
    assert tiers.cost(prices, endpoint(), "gpt-5", MILLION, None, "priority", local=False) == (Decimal(50), True)


def test_what_costs_nothing_or_nobody_knows_stays_so() -> None:
    near = endpoint("openai_compatible", "http://127.0.0.1:11434/v1")
    assert tiers.cost(PRICES, near, "m", MILLION, "priority", "priority", local=True) == (Decimal(0), False)
    assert tiers.at_most(PRICES, near, "m", MILLION, "priority", local=True) == 0
    assert cost("gpt-of-the-future", "priority", "priority") == (None, False)
    assert tiers.at_most(PRICES, endpoint(), "gpt-of-the-future", BRIEF, "priority", local=False) is None
