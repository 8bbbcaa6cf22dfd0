"""Requests the gate held: kept on the server, bound to the exact input, answered once by the person."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.kernel import clock
from gitu.kernel.actions.crowding import check_room, lock_requests, same_pending
from gitu.kernel.actions.effects import Effect
from gitu.kernel.actions.permissions.grants import delegate_of
from gitu.kernel.actions.registry import Action
from gitu.kernel.actions.tables import ApprovalRow
from gitu.kernel.auth.principal import Principal
from gitu.kernel.events.store import append_events
from gitu.kernel.events.types import Event
from gitu.kernel.ids import new_id
from gitu.kernel.services import Services

if TYPE_CHECKING:
    from gitu.kernel.actions.execute import Call

LIFETIME = timedelta(days=1)


class ApprovalRequested(Event):
    type = "approval.requested"
    approval_id: UUID
    action: str
    session_id: UUID | None = None


async def hold(
    services: Services,
    principal: Principal,
    action: Action,
    data: BaseModel,
    input_digest: str,
    call: "Call",
    effect: Effect,
) -> UUID:
    """Store the call for its person to decide on, and return the request's id.

    A call that is repeated under its idempotency key is the same request, and so is the same call of one answer, or
    without a key, while it waits. Raises TooManyHeld, TooManyPending.
    """
    assert principal.user_id is not None, "anonymous callers are refused before the gate"
    owner_id, approval_id, now = principal.user_id, new_id(), clock.now()
    delegate, key = delegate_of(principal), call.idempotency_key
    origin = {name: str(value) for name, value in (call.origin or {}).items()}
    async with services.database.transaction() as db:
        await lock_requests(db, owner_id)
        known = await find(db, owner_id, action.name, key)
        if known is not None:
            return known.id
        waiting = await same_pending(db, owner_id, delegate, action.name, input_digest, key, origin)
        if waiting is not None:
            return waiting
        await check_room(db, owner_id, delegate, origin)
        await db.execute(
            insert(ApprovalRow).values(
                id=approval_id,
                owner_id=owner_id,
                action=action.name,
                risk=action.risk.value,
                input=data.model_dump(mode="json"),
                input_digest=input_digest,
                requested_by=principal.kind.value,
                delegate=delegate,
                door=call.door.value,
                origin=origin,
                key=key,
                effect=effect.model_dump(mode="json", exclude_defaults=True),
                outside=sorted(call.outside),
                state="pending",
                error=None,
                created_at=now,
                expires_at=now + LIFETIME,
                decided_at=None,
                settled_at=None,
            )
        )
        event = ApprovalRequested(approval_id=approval_id, action=action.name, session_id=call.session_id)
        recorded = await append_events(db, services.bus.process_id, [(owner_id, event)], now)
    services.bus.publish_local(recorded)
    return approval_id


async def find(db: AsyncSession, owner_id: UUID, action: str, key: str | None) -> ApprovalRow | None:
    """The request that an earlier call under the same key became, if there is one."""
    if key is None:
        return None
    return await db.scalar(
        select(ApprovalRow).where(
            ApprovalRow.owner_id == owner_id, ApprovalRow.action == action, ApprovalRow.key == key
        )
    )
