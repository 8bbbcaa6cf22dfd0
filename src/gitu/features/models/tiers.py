"""What calls cost at tiers of service other than the standard one: ``service_tier`` of OpenAI's API and its kin.

The price list knows most of them; where it does not, a factor says what they may cost at most, as far as anything is
published: fast mode (called priority as well) is at most 2.5 times the standard price at OpenAI (GPT-5.5), 1.8 at
Google, and dearer by an unnamed premium at Amazon; ultrafast is 6 times. Looked up on 2026-12-01: https://developers.openai.com/api/docs/pricing,
https://ai.google.dev/gemini-api/docs/pricing, https://aws.amazon.com/bedrock/pricing
"""

from decimal import Decimal
from typing import Final

from gitu.features.models.pricing import PriceList, Tokens
from gitu.features.models.providers import Endpoint

FASTER: Final = ("priority", "fast", "ultrafast")
FLEX: Final = "flex"  # half the price, where a provider has it and serves it
# At the standard price, or paid for in advance.
_STANDARD: Final = frozenset({"auto", "default", "standard", "standard_only", "on_demand", "scale", "reserved"})
_FACTORS: Final = {FLEX: Decimal(1), "ultrafast": Decimal(6)}
_FACTOR: Final = Decimal("2.5")  # of all others, whatever their name
_LEAST: Final = {FLEX: Decimal("0.5")}  # of the standard price; the list has one price for some that have several


def at_most(
    prices: PriceList, endpoint: Endpoint, model: str, tokens: Tokens, tier: str, *, local: bool
) -> Decimal | None:
    """USD at most of a call that asks for a tier, and may get the standard one; None where the price is unknown."""
    standard = prices.cost(endpoint.provider, endpoint.base_url, model, tokens, local=local)
    if not standard or tier == FLEX or tier in _STANDARD:
        return standard
    return _of(prices, endpoint, model, tokens, tier, standard)[0]


def cost(
    prices: PriceList, endpoint: Endpoint, model: str, tokens: Tokens, asked: str | None, served: str | None, *,
    local: bool,
) -> tuple[Decimal | None, bool]:  # fmt: skip
    """USD of a call, and whether that is but an estimate from above.

    ``asked``: the tier that the request named. ``served``: the one that the answer names; it is what is billed.
    """
    standard = prices.cost(endpoint.provider, endpoint.base_url, model, tokens, local=local)
    tier = served or asked
    if not standard or tier is None or tier in _STANDARD:
        return standard, False
    if tier == FLEX and not served:
        return standard, True
    found, listed = _of(prices, endpoint, model, tokens, tier, standard)
    return found, not (listed and served)


def _of(
    prices: PriceList, endpoint: Endpoint, model: str, tokens: Tokens, tier: str, standard: Decimal
) -> tuple[Decimal, bool]:
    """USD at a tier, and whether its price is listed."""
    listed = prices.tier_cost(endpoint.provider, endpoint.base_url, model, tokens, tier)
    if listed is None:
        return standard * _FACTORS.get(tier, _FACTOR), False
    return max(listed, standard * _LEAST.get(tier, Decimal(1))), True
