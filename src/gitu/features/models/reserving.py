"""Before a call leaves: the loop breaker, the budgets, and under a hard limit a bound on the answer's length."""

from math import ceil
from typing import TYPE_CHECKING

from pydantic_ai.messages import ModelMessage
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.settings import ModelSettings

from gitu.features.models.budgets.errors import BudgetReached, LoopStopped, PriceUnknown
from gitu.features.models.budgets.estimate import OUTPUT, OUTPUT_NEAR_THE_LIMIT, Estimate
from gitu.features.models.budgets.estimating import input_at_most
from gitu.features.models.budgets.purses import Reservation
from gitu.features.models.providers import MAY_KEEP, WRITING

if TYPE_CHECKING:
    from gitu.features.models.metering import MeteredModel


async def set_aside(
    model: "MeteredModel",
    messages: list[ModelMessage],
    settings: ModelSettings | None,
    parameters: ModelRequestParameters,
) -> tuple[Reservation, Estimate | None, ModelSettings | None]:
    """Set aside what the call can cost; the settings to ask with. What is refused is kept in the log of calls.

    Raises LoopStopped, BudgetReached, PriceUnknown, BudgetUnchecked.
    """
    meter = model.meter
    try:
        meter.loops.check(model.purpose.session_id)
    except LoopStopped as stopped:
        model.refuse(stopped)
    plan = await meter.ledger.plan(model.purpose)
    if plan is None:
        return Reservation(), None, settings
    size = input_at_most(messages, parameters)
    if model.endpoint.provider in MAY_KEEP:
        size = ceil(size * WRITING)  # all of it may be new to what the provider keeps
    estimate = Estimate(meter.prices, model.endpoint, model.name, local=model.local, input_bytes=size)
    given = (settings or {}).get("max_tokens")
    lengths = [given] if given is not None else [OUTPUT, OUTPUT_NEAR_THE_LIMIT]
    while True:
        output = lengths.pop(0)
        try:
            reservation = await meter.ledger.reserve(plan, estimate.most(output))
            break
        except BudgetReached as refused:
            if not lengths:
                cheaper = model.cheaper(refused.amount_left) if model.cheaper is not None else None
                model.refuse(refused if cheaper is None else refused.offering(cheaper))
        except PriceUnknown:
            model.refuse(PriceUnknown(model=model.name))
    if reservation.hard and given is None:
        settings = {**(settings or {}), "max_tokens": output}
    return reservation, estimate, settings
