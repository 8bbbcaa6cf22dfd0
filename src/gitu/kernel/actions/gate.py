"""Authorisation and the gate: the only place where a permission is checked."""

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import BaseModel

from gitu.kernel import clock
from gitu.kernel.actions import approvals
from gitu.kernel.actions.effects import NO_EFFECT, Effect
from gitu.kernel.actions.permissions import store
from gitu.kernel.actions.permissions.grants import ASSISTANT, Wanted, delegate_of
from gitu.kernel.actions.permissions.standing import Asked, Standing, standing
from gitu.kernel.actions.registry import Action, Door
from gitu.kernel.auth.principal import Kind, Principal
from gitu.kernel.auth.scopes import allows
from gitu.kernel.errors import (
    ApprovalDenied,
    ApprovalExpired,
    ApprovalNeeded,
    ApprovedButCut,
    ApprovedButFailed,
    Denied,
    DoorClosed,
    GrantNeeded,
    IdempotencyKeyReused,
    OutcomeUnknown,
    Unauthenticated,
)
from gitu.kernel.services import Services

if TYPE_CHECKING:
    from gitu.kernel.actions.execute import Call


def authorise(action: Action, principal: Principal, door: Door) -> None:
    """Raises Unauthenticated, Denied or DoorClosed unless the caller may run the action through this door."""
    if door not in action.doors:
        raise DoorClosed(name=action.name, door=door.value, scope=action.scope or "-")
    if principal.kind is Kind.AGENT and Door.AGENT not in action.doors:
        raise DoorClosed(name=action.name, door=Door.AGENT.value, scope=action.scope or "-")
    if action.scope is None:
        return
    if principal.kind is Kind.ANONYMOUS:
        raise Unauthenticated()
    if not allows(principal, action.scope):
        raise Denied(scope=action.scope)


async def gate(
    services: Services, principal: Principal, action: Action, data: BaseModel, input_digest: str, call: "Call"
) -> UUID | None:
    """Let a call through, or hold it: what acts for a person needs that person's grant, or their answer.

    A person's own call is their approval. A key's scopes only bound it: without a grant of its own it asks too.
    The request's id when the very call was approved and has run: then its kept answer is due, and nothing runs.
    Raises ApprovalNeeded, ApprovalDenied, ApprovalExpired, ApprovedButFailed, ApprovedButCut, GrantNeeded,
    IdempotencyKeyReused.
    """
    if not principal.is_delegate or action.scope is None:
        return None
    # What the person decided on this very call comes first: a grant made since does not undo a "no".
    stands = await _standing(services, principal, action, call)
    asked = stands.asked
    if asked is not None:
        _check_same(asked, principal, action, input_digest)
        if _answered(asked, action):
            return asked.id
        if asked.state == "approved":  # and still running
            raise ApprovalNeeded(name=action.command, approval_id=str(asked.id))
    effect = NO_EFFECT
    if action.effect is not None:
        effect = await _foretell(services, principal, action, data, call)
        # Looking took its time: what was revoked meanwhile holds no more.
        stands = await _standing(services, principal, action, call)
    if not action.always_ask and await _granted(services, principal, action, effect, call, stands):
        return None
    approval_id = asked.id if asked is not None else None
    if Door.AGENT not in action.doors:
        # It holds a secret, which no stored request may, or is the person's own word and would run as theirs.
        raise GrantNeeded(name=action.command, scope=action.scope)
    if approval_id is None:
        approval_id = await approvals.hold(services, principal, action, data, input_digest, call, effect)
    raise ApprovalNeeded(name=action.command, approval_id=str(approval_id))


async def _foretell(services: Services, principal: Principal, action: Action, data: BaseModel, call: "Call") -> Effect:
    """What the call would touch beyond Gitu's own tables."""
    assert action.effect is not None
    async with services.database.reader() as db:
        return await action.effect(call.context(services, principal, db), data)


async def _standing(services: Services, principal: Principal, action: Action, call: "Call") -> Standing:
    assert principal.user_id is not None, "anonymous callers are refused before the gate"
    assert action.scope is not None, "what needs no scope is let through before"
    delegate, key = delegate_of(principal), call.idempotency_key
    return await standing(services.database, principal.user_id, delegate, action.name, action.scope, key, clock.now())


async def _granted(
    services: Services, principal: Principal, action: Action, effect: Effect, call: "Call", stands: Standing
) -> bool:
    assert action.scope is not None
    assert principal.user_id is not None
    wanted = Wanted(
        delegate=delegate_of(principal),
        action=action.name,
        scope=action.scope,
        risk=action.risk,
        effect=effect,
        touches=action.effect is not None,
        session_id=call.session_id,
        outside=bool(call.outside),
    )
    now = clock.now()
    grant = stands.grant_for(wanted, now)
    if grant is None and wanted.delegate == ASSISTANT and await store.begin(services.database, principal.user_id, now):
        grant = (await _standing(services, principal, action, call)).grant_for(wanted, now)
    if grant is not None and (wanted.changes or wanted.touches) and grant.is_newly_used(now):
        async with services.database.transaction() as db:
            await store.used(db, grant.id, now)
    return grant is not None


def _check_same(asked: Asked, principal: Principal, action: Action, input_digest: str) -> None:
    """Raises IdempotencyKeyReused for a call that only bears the key of the one the person saw."""
    if asked.input_digest != input_digest or asked.delegate != delegate_of(principal):
        raise IdempotencyKeyReused(key=asked.key, what=action.name)


def _answered(asked: Asked, action: Action) -> bool:
    """Whether the request was approved and has run, so that its kept answer is due. Raises when it came to nothing."""
    name = action.command
    if asked.state == "denied":
        raise ApprovalDenied(name=name, scope=action.scope)
    if asked.state == "failed" and asked.error == OutcomeUnknown.code:
        raise ApprovedButCut(name=name, what=name)
    if asked.state == "failed":
        raise ApprovedButFailed(name=name, reason=asked.error or "internal", what=name)
    if asked.state == "pending" and asked.expires_at <= clock.now():
        raise ApprovalExpired(name=name, scope=action.scope)
    return asked.state == "approved" and asked.settled_at is not None


def session_of(origin: dict[str, object] | None) -> UUID | None:
    """The conversation that a call came from, if it came from one."""
    value = (origin or {}).get("session_id")
    return None if value is None else UUID(str(value))
