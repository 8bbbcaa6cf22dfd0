"""Watching a turn: the same numbered events for the WebSocket and for server-sent events."""

from collections.abc import AsyncIterator
from uuid import UUID

from gitu.features.assistant.api import Numbered, watch
from gitu.features.assistant.errors import TurnNotFound
from gitu.kernel.actions.permissions.requiring import require_standing
from gitu.kernel.auth.principal import Principal
from gitu.kernel.services import Services

READS = "assistant.get_turn"


async def watch_turn(services: Services, principal: Principal, turn_id: str, after: int) -> AsyncIterator[Numbered]:
    """Events above ``after``, as JSON. Raises TurnNotFound, Denied, GrantNeeded, Unauthenticated."""
    await require_standing(services, principal, READS)
    try:
        turn = UUID(turn_id)
    except ValueError:
        raise TurnNotFound(id=turn_id[:60], what="turn") from None
    async for numbered in watch(services, principal, turn, max(0, after)):
        yield numbered
