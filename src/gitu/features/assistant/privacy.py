"""What the assistant holds of people, and runs for them."""

from typing import TYPE_CHECKING
from uuid import UUID

from gitu.features.assistant import repository
from gitu.features.assistant.events import TurnStopRequested
from gitu.kernel import clock
from gitu.kernel.events.store import append_events
from gitu.kernel.privacy.hooks import declare_stop
from gitu.kernel.privacy.registry import declare_jobs, declare_kind

if TYPE_CHECKING:
    from gitu.kernel.services import Services

declare_kind("conversations", kept="until_deleted")
declare_jobs("assistant_turns", "turn-")


@declare_stop("assistant.turns")
async def stop_turns(services: "Services", person_id: UUID) -> bool:
    """Ask every answer that is being given to stop; True once none is."""
    async with services.database.transaction() as db:
        turns = await repository.lock_active_turns(db, person_id)
        asked = [turn for turn in turns if turn.stop_requested_at is None]
        for turn in asked:
            turn.stop_requested_at = clock.now()
        events = [(person_id, TurnStopRequested(session_id=turn.session_id, turn_id=turn.id)) for turn in asked]
        recorded = await append_events(db, services.bus.process_id, [*events], clock.now())
    services.bus.publish_local(recorded)
    return not turns
