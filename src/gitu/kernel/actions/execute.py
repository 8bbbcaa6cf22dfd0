"""The one way to run an action, whatever door the call came through.

Validate; authorise; gate; then one transaction with the idempotency claim, the function, the audit row
and the events; commit; publish. Refused and failed calls leave an audit row of their own.

An external action runs between two transactions: one claims its key, so that it never runs twice; one keeps its
answer, the audit row and the events.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import structlog
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.kernel import clock
from gitu.kernel.actions import idempotency
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.gate import authorise, gate, session_of
from gitu.kernel.actions.registry import Action, Door, Risk, registry
from gitu.kernel.actions.tables import ApprovalRow
from gitu.kernel.actions.validation import digest, validate
from gitu.kernel.audit.recorder import AuditEntry
from gitu.kernel.auth.principal import Principal
from gitu.kernel.cancelling import to_the_end
from gitu.kernel.errors import ApprovalNeeded, Conflict, Denied, GituError, Unauthenticated
from gitu.kernel.events.store import append_events
from gitu.kernel.ids import new_id
from gitu.kernel.services import Services
from gitu.kernel.telemetry import tracing
from gitu.kernel.telemetry.metrics import metrics

if TYPE_CHECKING:
    from gitu.kernel.events.types import Recorded

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that an action ran: ``call_id`` stands in its audit row; of a call that was held, the request's id does."""

    call_id: UUID
    action: str
    risk: Risk
    at: datetime

    @property
    def changed(self) -> bool:
        """Whether more than reading was done."""
        return self.risk is not Risk.READ


@dataclass(frozen=True, slots=True)
class Call:
    """Where a call came from. ``origin`` names the turn and tool call of a delegate.

    ``outside`` names the actions whose answers, content from outside, the delegate had read before. ``on_receipt``
    hears of a run that was committed.
    """

    door: Door
    request_id: str | None = None
    address: str | None = None
    idempotency_key: str | None = None
    origin: dict[str, Any] | None = None  # ids only
    outside: frozenset[str] = frozenset()
    on_receipt: Callable[[Receipt], None] | None = None

    @property
    def session_id(self) -> UUID | None:
        """The conversation it came from, if it came from one."""
        return session_of(self.origin)

    def context(
        self, services: Services, principal: Principal, db: AsyncSession, call_id: UUID | None = None
    ) -> Context:
        """What the action is given."""
        return Context(
            services=services,
            principal=principal,
            db=db,
            door=self.door,
            request_id=self.request_id,
            address=self.address,
            origin=self.origin or {},
            call_id=call_id or new_id(),
        )


async def execute(services: Services, principal: Principal, name: str, payload: object, call: Call) -> BaseModel:
    """Run the action ``name`` for ``principal`` and return its answer.

    Raises ActionUnknown, Invalid, Unauthenticated, Denied, ApprovalNeeded, or what the action itself raises.
    """
    action = registry.get(name)
    started = time.perf_counter()
    input_digest, call_id, ran_before = "", new_id(), None
    try:
        data = validate(action.input, payload)
        input_digest = digest(data)
        authorise(action, principal, call.door)
        if principal.is_delegate:
            ran_before = await gate(services, principal, action, data, input_digest, call)
        if ran_before is not None:
            claim = idempotency.Claim(principal, action, call.idempotency_key, input_digest)
            async with services.database.reader() as db:
                kept = await claim.kept_answer(db)
            if call.on_receipt is not None:
                call.on_receipt(Receipt(ran_before, action.name, action.risk, clock.now()))
            return kept
        with tracing.span(f"action {action.name}", door=call.door.value, risk=action.risk.value):
            answer = await _run(services, principal, action, data, input_digest, call, started, call_id)
    except asyncio.CancelledError as cancelled:
        if action.external:  # it may have done much already
            told = _entry(action, principal, call, input_digest, "failed", started, error=cancelled, call_id=call_id)
            await to_the_end(_record_failure(services, told))
        raise
    except Exception as error:
        outcome = _outcome(error)
        metrics().action(action.name, outcome, time.perf_counter() - started)
        ran = call_id if action.external else None
        entry = _entry(action, principal, call, input_digest, outcome, started, error=error, call_id=ran)
        if action.risk is Risk.READ or principal.user_id is None:
            services.audit.record_later(entry)
        else:
            await _record_failure(services, entry)
        raise
    metrics().action(action.name, "ok", time.perf_counter() - started)
    return answer


async def _run(
    services: Services,
    principal: Principal,
    action: Action,
    data: BaseModel,
    input_digest: str,
    call: Call,
    started: float,
    call_id: UUID,
) -> BaseModel:
    claim = idempotency.Claim(principal, action, call.idempotency_key, input_digest)
    if action.risk is Risk.READ:
        async with services.database.reader() as db:
            ctx = call.context(services, principal, db, call_id)
            answer = await action.handler(ctx, data)
        if not action.untracked:
            services.audit.record_later(_entry(action, principal, call, input_digest, "ok", started, ctx=ctx))
        return answer
    if action.external:
        ctx = call.context(services, principal, AsyncSession(), call_id)
        answer, ran = await run_external(ctx, action, data, claim, call, started)
        if not ran:
            return answer
    else:
        async with services.database.transaction() as db:
            ctx = call.context(services, principal, db, call_id)
            replayed = await claim.take(db, ctx.now)
            if replayed is not None:
                return replayed
            answer = await action.handler(ctx, data)
            await db.flush()
            recorded = await _conclude(ctx, db, action, claim, answer, call, started)
        services.bus.publish_local(recorded)
    await _after_commit(ctx, action)
    if call.on_receipt is not None:
        call.on_receipt(Receipt(ctx.call_id, action.name, action.risk, ctx.now))
    return answer


async def run_external(
    ctx: Context, action: Action, data: BaseModel, claim: idempotency.Claim, call: Call, started: float
) -> tuple[BaseModel, bool]:
    """Run what reaches beyond the database, between two transactions. The answer, and whether it ran now or before.

    Raises OutcomeUnknown when the key was claimed before by a run whose end nobody recorded.
    """
    async with ctx.transaction() as db:
        replayed = await claim.take(db, ctx.now, external=True)
    if replayed is not None:
        return replayed, False
    try:
        answer = await action.handler(ctx, data)
    except GituError:
        # It says itself what became of it; the key is free for another attempt.
        async with ctx.transaction() as db:
            await claim.release(db)
        raise
    async with ctx.transaction() as db:
        recorded = await _conclude(ctx, db, action, claim, answer, call, started)
    ctx.services.bus.publish_local(recorded)
    return answer, True


async def _conclude(
    ctx: Context,
    db: AsyncSession,
    action: Action,
    claim: idempotency.Claim,
    answer: BaseModel,
    call: Call,
    started: float,
) -> "list[Recorded]":
    """Keep the answer, the audit row and the events in the transaction."""
    entry = _entry(action, ctx.principal, call, claim.input_digest, "ok", started, ctx=ctx)
    await ctx.services.audit.record(db, entry, claim.keeping(answer))
    return list(await append_events(db, ctx.services.bus.process_id, ctx.events, ctx.now))


async def _after_commit(ctx: Context, action: Action) -> None:
    for callback in ctx.on_commit:
        try:
            await callback()
        except Exception:
            # The change stands: telling the caller that it failed would make them do it again.
            log.exception("action.after_commit_failed", action=action.name)


async def _record_failure(services: Services, entry: AuditEntry) -> None:
    """Write the row now; when even that fails, later, so that the caller hears of the first error."""
    try:
        await services.audit.record_now(entry)
    except Exception as error:
        log.warning("audit.record_failed", action=entry.action, error=type(error).__name__)
        services.audit.record_later(entry)


async def perform_approved(ctx: Context, held: ApprovalRow) -> dict[str, Any]:
    """Run a held request, with an audit row of its own: inside the transaction of its approval, or, for what is
    external, between two of its own.

    Its answer is kept under the call's key, so that who asked gets it by asking again. Raises what the action raises,
    and Denied when the person lost the scope meanwhile.
    """
    action = registry.get(held.action)
    started = time.perf_counter()
    ctx = replace(ctx, call_id=new_id(), audit_detail={}, origin={**held.origin})
    data = validate(action.input, held.input)
    input_digest = digest(data)
    if input_digest != held.input_digest:
        raise Conflict(what=f"The request {held.id}")
    authorise(action, ctx.principal, ctx.door)
    call = Call(ctx.door, ctx.request_id, ctx.address, origin={**held.origin, "approval_id": held.id})
    # Under a key in any case: an external call that was cut off may not run a second time.
    claim = idempotency.Claim(ctx.principal, action, held.key or f"approval:{held.id}", input_digest)
    if action.external:
        try:
            answer, ran = await run_external(ctx, action, data, claim, call, started)
        except BaseException as error:
            entry = _entry(
                action, ctx.principal, call, input_digest, "failed", started, error=error, call_id=ctx.call_id
            )
            await to_the_end(_record_failure(ctx.services, entry))
            raise
        if ran:
            await _after_commit(ctx, action)
        return answer.model_dump(mode="json")
    replayed = await claim.take(ctx.db, ctx.now)
    answer = replayed if replayed is not None else await action.handler(ctx, data)
    await ctx.db.flush()
    entry = _entry(action, ctx.principal, call, input_digest, "ok", started, ctx=ctx)
    await ctx.services.audit.record(ctx.db, entry, claim.keeping(answer))
    return answer.model_dump(mode="json")


def _outcome(error: Exception) -> str:
    if isinstance(error, ApprovalNeeded):
        return "held"
    if isinstance(error, (Denied, Unauthenticated)):
        return "denied"
    return "failed"


def _code(error: BaseException | None) -> str | None:
    if error is None or isinstance(error, GituError):
        return None if error is None else error.code
    return "cancelled" if isinstance(error, asyncio.CancelledError) else "internal"


def _entry(
    action: Action,
    principal: Principal,
    call: Call,
    input_digest: str,
    outcome: str,
    started: float,
    *,
    error: BaseException | None = None,
    ctx: Context | None = None,
    call_id: UUID | None = None,
) -> AuditEntry:
    """``call_id`` of a run that failed; what did not even begin has none."""
    # A device's name may be its person's: the log can't be changed, so no name may come into it.
    origin = {key: str(value) for key, value in (call.origin or {}).items() if not key.endswith("_name")}
    held = {"approval_id": str(error.params.get("approval_id"))} if isinstance(error, ApprovalNeeded) else {}
    ran = {} if call_id is None else {"call_id": str(call_id)}
    if ctx is not None:
        ran = {"call_id": str(ctx.call_id), **ctx.audit_detail}
    return AuditEntry(
        owner_id=principal.user_id,
        actor_kind=principal.kind.value,
        door=call.door.value,
        action=action.name,
        outcome=outcome,
        error_code=_code(error),
        input_digest=input_digest,
        duration_ms=round((time.perf_counter() - started) * 1000, 3),
        request_id=call.request_id,
        detail={**origin, **ran, **held},
        risk=action.risk.value,
    )
