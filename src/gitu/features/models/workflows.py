"""Jobs and chores of models."""

from datetime import timedelta
from typing import TYPE_CHECKING

from gitu.features.models.embeddings import workflows as embeddings  # they register themselves
from gitu.features.models.gateway.limits import RateLimits
from gitu.features.models.nodes import workflows as nodes
from gitu.kernel.jobs import system_schedule

if TYPE_CHECKING:
    from gitu.kernel.services import Services

__all__ = ["embeddings", "nodes"]


@system_schedule("models.forget_rate_windows", every=timedelta(minutes=10))
async def forget_rate_windows(services: "Services") -> int:
    """Delete the minutes of the gateway's askers that are long over; returns how many."""
    return await services.resource(RateLimits).forget_old()
