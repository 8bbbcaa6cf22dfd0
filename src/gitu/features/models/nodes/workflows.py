"""The chore of nodes."""

from datetime import timedelta
from typing import TYPE_CHECKING

from gitu.features.models.nodes import repository
from gitu.kernel import clock
from gitu.kernel.jobs import system_schedule

if TYPE_CHECKING:
    from gitu.kernel.services import Services

AT_ONCE = 5_000
MOST_ROUNDS = 20


@system_schedule("models.forget_node_minutes", every=timedelta(hours=1))
async def forget_node_minutes(services: "Services") -> int:
    """Delete what was measured of nodes longer ago than the settings say; returns how many minutes."""
    before = clock.now() - timedelta(days=services.settings.keep_node_log_days)
    gone = 0
    for _ in range(MOST_ROUNDS):
        async with services.database.transaction() as db:
            deleted = await repository.forget_minutes(db, before, AT_ONCE)
        gone += deleted
        if deleted < AT_ONCE:
            break
    return gone
