"""Requests that wait for their person: listing them, deciding on them, running what was approved."""

from typing import Any, cast
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.identity import api as identity
from gitu.features.trust import grants, repository
from gitu.features.trust.delegates import delegate_name, key_names
from gitu.features.trust.errors import (
    ApprovalClosed,
    GrantNeedsEnd,
    GrantTooNarrow,
    GrantWithoutSession,
    NotForDelegates,
)
from gitu.features.trust.events import ApprovalDecidedEvent
from gitu.features.trust.schemas import (
    Approval,
    ApprovalDecided,
    ApprovalGive,
    ApprovalQuery,
    ApprovalState,
    Remember,
)
from gitu.features.trust.titles import title_of
from gitu.kernel import clock
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.effects import Effect
from gitu.kernel.actions.execute import perform_approved
from gitu.kernel.actions.gate import session_of
from gitu.kernel.actions.kinds import Door, Risk
from gitu.kernel.actions.paging import Page, decode_cursor, encode_cursor
from gitu.kernel.actions.permissions import store
from gitu.kernel.actions.permissions.limits import limits_of, within
from gitu.kernel.actions.registry import registry
from gitu.kernel.actions.tables import ApprovalRow
from gitu.kernel.auth.principal import Kind, Principal
from gitu.kernel.errors import FieldProblem, GituError, NotFound
from gitu.kernel.events.store import append_events
from gitu.kernel.jobs import Jobs
from gitu.kernel.services import Services

log = structlog.get_logger(__name__)

RUN_APPROVED = "trust.run_approved"


async def list_approvals(ctx: Context, query: ApprovalQuery) -> Page[Approval]:
    """The caller's requests, newest first."""
    before = decode_cursor(query.cursor, UUID)[0] if query.cursor else None
    rows = await repository.list_approvals(ctx.db, ctx.user_id, query, before, ctx.now)
    names = await key_names(ctx, rows[: query.limit])
    items = [to_approval(ctx, row, names) for row in rows[: query.limit]]
    return Page[Approval](items=items, next_cursor=encode_cursor(items[-1].id) if len(rows) > query.limit else None)


async def get_approval(ctx: Context, approval_id: UUID) -> Approval:
    """One of the caller's requests. Raises NotFound, for another person's too."""
    row = await repository.own_approval(ctx.db, ctx.user_id, approval_id)
    if row is None:
        raise NotFound(what="approval", id=str(approval_id))
    return to_approval(ctx, row, await key_names(ctx, [row]))


def to_approval(ctx: Context, row: ApprovalRow, names: dict[UUID, str]) -> Approval:
    """A row as the person sees it."""
    action = registry.find(row.action)
    return Approval(
        id=row.id,
        action=row.action,
        title=title_of(action, ctx.locale) if action else row.action,
        scope=action.scope if action else None,
        risk=Risk(row.risk),
        input=row.input,
        effect=Effect.model_validate(row.effect),
        requested_by=row.requested_by,
        delegate=row.delegate,
        delegate_name=delegate_name(ctx, row.delegate, names),
        origin=row.origin,
        session_id=session_of(row.origin),
        outside=row.outside,
        state="expired" if _is_expired(ctx, row) else cast("ApprovalState", row.state),
        running=row.state == "approved" and row.settled_at is None,
        error_code=row.error,
        created_at=row.created_at,
        expires_at=row.expires_at,
        decided_at=row.decided_at,
    )


def _is_expired(ctx: Context, row: ApprovalRow) -> bool:
    return row.state == "pending" and row.expires_at <= ctx.now


async def approve(ctx: Context, data: ApprovalGive) -> ApprovalDecided:
    """Run the held call now, with exactly the input that was shown; an external one in the background.

    Raises NotForDelegates, NotFound, ApprovalClosed, GrantTooNarrow, GrantNeverHolds, or what the action itself
    raises; then nothing changed.
    """
    row = await _pending(ctx, data.approval_id)
    if data.remember is not None:
        await _remember(ctx, row, data.remember)
    row.state, row.decided_at = "approved", ctx.now
    output: dict[str, Any] | None = None
    if registry.get(row.action).external:
        jobs = ctx.services.resource(Jobs)
        await jobs.enqueue(ctx, RUN_APPROVED, str(row.id), queue="interactive", workflow_id=f"approved-{row.id}")
    else:
        output = await perform_approved(ctx, row)
        row.settled_at = ctx.now
        ctx.emit(ApprovalDecidedEvent(approval_id=row.id, state=row.state, origin=row.origin, output=output))
    ctx.audit_detail["approval_id"] = str(row.id)
    return ApprovalDecided(approval=to_approval(ctx, row, await key_names(ctx, [row])), output=output)


async def deny(ctx: Context, approval_id: UUID) -> ApprovalDecided:
    """Nothing runs. Raises NotForDelegates, NotFound, ApprovalClosed."""
    row = await _pending(ctx, approval_id)
    row.state, row.decided_at, row.settled_at = "denied", ctx.now, ctx.now
    ctx.emit(ApprovalDecidedEvent(approval_id=row.id, state=row.state, origin=row.origin))
    ctx.audit_detail["approval_id"] = str(row.id)
    return ApprovalDecided(approval=to_approval(ctx, row, await key_names(ctx, [row])))


async def _pending(ctx: Context, approval_id: UUID) -> ApprovalRow:
    if ctx.principal.kind is not Kind.PERSON:
        raise NotForDelegates(scope="approvals:decide")
    row = await repository.lock_approval(ctx.db, ctx.user_id, approval_id)
    if row is None:
        raise NotFound(what="approval", id=str(approval_id))
    state = "expired" if _is_expired(ctx, row) else row.state
    if state != "pending":
        raise ApprovalClosed(state=state, what="approval")
    return row


async def _remember(ctx: Context, row: ApprovalRow, wanted: Remember) -> None:
    """Grant the same action for later, to the same delegate."""
    action = registry.get(row.action)
    grants.check_can_hold(action.name, "remember")
    effect = Effect.model_validate(row.effect)
    limits = wanted.limits or limits_of(effect)
    session_id = session_of(row.origin)
    if wanted.how_long == "session" and session_id is None:
        raise GrantWithoutSession(fields=[FieldProblem.of("remember.how_long", "field-no-conversation")])
    if not within(effect, limits):
        raise GrantTooNarrow(fields=[FieldProblem.of("remember.limits", "field-too-narrow")])
    if wanted.how_long == "until" and wanted.until is None:
        raise GrantNeedsEnd(fields=[FieldProblem.of("remember.until", "field-missing")])
    grants.check_end(ctx, wanted.until, "remember.until")
    await grants.add(
        ctx,
        row.delegate,
        action.name,
        limits,
        origin=store.BY_APPROVAL,
        session_id=session_id if wanted.how_long == "session" else None,
        after_outside=wanted.after_outside,
        expires_at=wanted.until if wanted.how_long == "until" else None,
        reason="",
    )


async def run_approved(services: Services, approval_id: UUID) -> None:
    """Run an approved external call and tell what came of it. A second run of one that was cut off runs nothing."""
    async with services.database.reader() as db:
        row = await repository.find_approval(db, approval_id)
    if row is None or row.state != "approved" or row.settled_at is not None:
        return
    output, failure = None, None
    try:
        person = await identity.principal_of(services, row.owner_id)
        output = await perform_approved(_context(services, person, row), row)
    except GituError as error:
        failure = error.code
    except Exception as error:
        log.exception("approval.failed", approval=str(row.id), action=row.action, error=type(error).__name__)
        failure = "internal"
    await _settle(services, row, output, failure)


def _context(services: Services, person: Principal, row: ApprovalRow) -> Context:
    return Context(services=services, principal=person, db=AsyncSession(), door=Door(row.door), origin=row.origin)


async def _settle(services: Services, row: ApprovalRow, output: dict[str, Any] | None, failure: str | None) -> None:
    state, now = ("approved" if failure is None else "failed"), clock.now()
    event = ApprovalDecidedEvent(approval_id=row.id, state=state, origin=row.origin, output=output, error_code=failure)
    async with services.database.transaction() as db:
        await repository.settle(db, row.id, state, failure, now)
        recorded = await append_events(db, services.bus.process_id, [(row.owner_id, event)], now)
    services.bus.publish_local(recorded)
