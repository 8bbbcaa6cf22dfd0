"""The recorded calls put to the router once more: what its choice costs and how good it is, beside other ways.

Quality is the rating of the model that would be asked (0 to 100), not a judgement of its answers; a call is well served
when that rating reaches what the call needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Literal

from gitu.features.models.choosing import split_id
from gitu.features.models.errors import ModelUnknown
from gitu.features.models.pricing import PriceList, Tokens
from gitu.features.models.routing.health import Health
from gitu.features.models.routing.needs import Needs
from gitu.features.models.routing.qualities import Qualities
from gitu.features.models.routing.router import Router
from gitu.features.models.tables import CallRow, ConnectionRow

Compared = Literal["auto", "best", "cheap"]
Way = Literal["recorded"] | Compared
WAYS: Final[tuple[Compared, ...]] = ("auto", "best", "cheap")


@dataclass(slots=True)
class Sum:
    """Of one way over all calls: USD where the price is known, ratings summed, calls well served."""

    way: Way
    calls: int = 0
    cost: Decimal = Decimal(0)
    unknown_cost_calls: int = 0
    quality: int = 0
    well_served: int = 0

    def add(self, cost: Decimal | None, quality: int, needed: int) -> None:
        """One call."""
        self.calls += 1
        self.quality += quality
        self.well_served += quality >= needed
        if cost is None:
            self.unknown_cost_calls += 1
        else:
            self.cost += cost


def compare(
    calls: Sequence[CallRow], usable: Sequence[ConnectionRow], prices: PriceList, qualities: Qualities
) -> list[Sum]:
    """The sums of what was done, and of what each way would have done with the connections of now.

    Calls that one of the ways could not serve are left out of all. Linear in the calls times the models.
    """
    router = Router(prices, qualities, Health())  # as on a day when all of them work
    done, sums = Sum("recorded"), {way: Sum(way) for way in WAYS}
    for call in calls:
        needs = _needs(call)
        chosen = {way: order[0] for way in WAYS if (order := router.order(usable, needs, way))}
        if len(chosen) < len(WAYS):
            continue
        done.add(call.cost, qualities.of(_name(call.model)).of(arabic=needs.arabic), needs.quality)
        for way, one in chosen.items():
            tokens = Tokens(needs.input_tokens, needs.output_tokens)
            cost = prices.cost(one.row.provider, one.row.base_url, one.name, tokens, local=one.local)
            sums[way].add(cost, one.quality, needs.quality)
    return [done, *sums.values()]


def _needs(call: CallRow) -> Needs:
    """What was kept of the call, with the tokens that it really had."""
    kept = (call.reason or {}).get("needs")
    needs = Needs.from_json(kept) if kept else Needs()
    return replace(
        needs,
        input_tokens=call.input_tokens or needs.input_tokens,
        output_tokens=call.output_tokens or needs.output_tokens,
    )


def _name(model: str) -> str:
    try:
        return split_id(model)[1]
    except ModelUnknown:
        return model
