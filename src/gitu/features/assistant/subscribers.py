"""What the assistant does when something happened elsewhere."""

from uuid import UUID

from gitu.features.assistant import repository
from gitu.features.assistant.events import TurnFinished, TurnStopRequested
from gitu.features.assistant.settling import settle_turn
from gitu.features.identity import api as identity
from gitu.features.trust import api as trust
from gitu.kernel import clock
from gitu.kernel.events.dispatcher import subscribe
from gitu.kernel.events.store import append_events
from gitu.kernel.events.types import Recorded
from gitu.kernel.services import Services


@subscribe("assistant.settle_held_calls", trust.ApprovalDecidedEvent, TurnFinished)
async def settle_held_calls(services: Services, recorded: Recorded) -> None:
    """Show in the conversation what became of held calls, and let the model read it in the next turn.

    An answer that is still being given hears of the decision itself; what it did not wait for is settled when it ends.
    """
    turn_id = _turn_of(recorded)
    if turn_id is None or recorded.owner_id is None:
        return  # a program asked, not a conversation; or nothing waits
    await settle_turn(services, recorded.owner_id, turn_id)


@subscribe("assistant.stop_answers_to_revoked_keys", identity.ApiKeyRevoked)
async def stop_answers_to_revoked_keys(services: Services, recorded: Recorded) -> None:
    """What a program asked for ends with its key; nothing is granted to it any more anyway."""
    key_id = UUID(recorded.data["key_id"])
    if recorded.owner_id is None:
        return
    now, stopped = clock.now(), list[tuple[UUID | None, TurnStopRequested]]()
    async with services.database.transaction() as db:
        for turn in await repository.lock_active_turns(db, recorded.owner_id):
            if turn.key_id == key_id and turn.stop_requested_at is None:
                turn.stop_requested_at = now
                stopped.append((recorded.owner_id, TurnStopRequested(session_id=turn.session_id, turn_id=turn.id)))
        told = await append_events(db, services.bus.process_id, [*stopped], now)
    services.bus.publish_local(told)


def _turn_of(recorded: Recorded) -> UUID | None:
    if recorded.type == TurnFinished.type:
        return UUID(recorded.data["turn_id"]) if recorded.data.get("held") else None
    turn_id = trust.ApprovalDecidedEvent.model_validate(recorded.data).origin.get("turn_id")
    return None if turn_id is None else UUID(str(turn_id))
