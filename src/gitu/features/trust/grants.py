"""What people let act for them without asking: listing, making, revoking."""

from datetime import datetime
from typing import Literal, cast
from uuid import UUID

from gitu.features.identity import api as identity
from gitu.features.trust.delegates import delegate_name, key_names
from gitu.features.trust.errors import (
    GrantEndsBefore,
    GrantNeverHolds,
    GrantNotForDelegates,
    GrantUnknownAction,
)
from gitu.features.trust.events import GrantChanged
from gitu.features.trust.schemas import Grant, GrantCreate, GrantQuery
from gitu.features.trust.titles import title_of
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page, decode_cursor, encode_cursor
from gitu.kernel.actions.permissions import store
from gitu.kernel.actions.permissions.grants import ASSISTANT, READING
from gitu.kernel.actions.permissions.limits import Limits
from gitu.kernel.actions.registry import registry
from gitu.kernel.actions.tables import GrantRow
from gitu.kernel.auth.principal import Kind
from gitu.kernel.auth.scopes import known_scope, title_key
from gitu.kernel.errors import FieldProblem, NotFound, TooManyGrants
from gitu.kernel.i18n import translate, translate_or


async def list_grants(ctx: Context, query: GrantQuery) -> Page[Grant]:
    """The caller's grants, newest first."""
    before = decode_cursor(query.cursor, UUID)[0] if query.cursor else None
    active_at = ctx.now if query.state == "active" else None
    rows = await store.list_page(ctx.db, ctx.user_id, before, query.limit + 1, active_at=active_at)
    page = rows[: query.limit]
    names = await key_names(ctx, page)
    items = [to_grant(ctx, row, names) for row in page]
    return Page[Grant](items=items, next_cursor=encode_cursor(items[-1].id) if len(rows) > query.limit else None)


async def create(ctx: Context, data: GrantCreate) -> Grant:
    """Make a grant by hand.

    Raises GrantNotForDelegates, GrantUnknownAction, GrantNeverHolds, GrantEndsBefore, TooManyGrants.
    """
    only_people(ctx)
    check_end(ctx, data.expires_at, "expires_at")
    if data.covers != READING and known_scope(data.covers) is None and registry.find(data.covers) is None:
        raise GrantUnknownAction(covers=data.covers, fields=[FieldProblem.of("covers", "field-unknown")])
    check_can_hold(data.covers, "covers")
    names: dict[UUID, str] = {}
    if data.delegate != ASSISTANT:
        key_id = UUID(data.delegate.split(":")[1])
        names = await identity.key_names(ctx.db, ctx.user_id, {key_id})
        if key_id not in names:
            raise NotFound(what="API key", id=str(key_id))
    row = await add(
        ctx,
        data.delegate,
        data.covers,
        data.limits,
        origin=store.BY_PERSON,
        session_id=data.session_id,
        after_outside=data.after_outside,
        expires_at=data.expires_at,
        reason=data.reason,
    )
    return to_grant(ctx, row, names)


def check_can_hold(covers: str, path: str) -> None:
    """Raises GrantNeverHolds for an action, or a scope of nothing but actions, that is asked about every time."""
    named = [action for action in registry.all() if covers in (action.name, action.scope)]
    if named and all(action.always_ask for action in named):
        raise GrantNeverHolds(covers=covers, fields=[FieldProblem.of(path, "field-always-asked")])


async def add(
    ctx: Context,
    delegate: str,
    covers: str,
    limits: Limits,
    *,
    origin: str,
    session_id: UUID | None,
    after_outside: bool,
    expires_at: datetime | None,
    reason: str,
) -> GrantRow:
    """Keep a grant and tell of it. Raises TooManyGrants."""
    if await store.count(ctx.db, ctx.user_id, ctx.now) >= store.MOST_GRANTS:
        raise TooManyGrants(limit=store.MOST_GRANTS, what="permissions")
    if delegate == ASSISTANT and not await store.has_baseline(ctx.db, ctx.user_id):
        await store.add_baseline(ctx.db, ctx.user_id, ctx.now)  # now, so that the list shows it from the beginning
    row = await store.add(
        ctx.db,
        ctx.user_id,
        delegate,
        covers,
        limits,
        ctx.now,
        origin=origin,
        session_id=session_id,
        after_outside=after_outside,
        expires_at=expires_at,
        reason=reason,
    )
    ctx.emit(GrantChanged(grant_id=row.id))
    ctx.audit_detail |= {"grant_id": str(row.id), "covers": covers, "delegate": delegate}
    return row


async def revoke(ctx: Context, grant_id: UUID) -> None:
    """End a grant; the next call is asked for again. Raises GrantNotForDelegates, NotFound."""
    only_people(ctx)
    row = await store.lock(ctx.db, ctx.user_id, grant_id)
    if row is None:
        raise NotFound(what="permission", id=str(grant_id))
    if row.revoked_at is None:
        row.revoked_at = ctx.now
        ctx.emit(GrantChanged(grant_id=row.id))
    ctx.audit_detail |= {"grant_id": str(row.id), "covers": row.covers, "delegate": row.delegate}


def only_people(ctx: Context) -> None:
    """Raises GrantNotForDelegates for whatever acts for a person."""
    if ctx.principal.kind is not Kind.PERSON:
        raise GrantNotForDelegates(scope="grants:write")


def check_end(ctx: Context, end: datetime | None, path: str) -> None:
    """Raises GrantEndsBefore for an end that has passed."""
    if end is not None and end <= ctx.now:
        raise GrantEndsBefore(fields=[FieldProblem.of(path, "field-passed")])


def to_grant(ctx: Context, row: GrantRow, names: dict[UUID, str]) -> Grant:
    """A row as its person sees it."""
    state: Literal["active", "expired", "revoked"] = "active"
    if row.revoked_at is not None:
        state = "revoked"
    elif row.expires_at is not None and row.expires_at <= ctx.now:
        state = "expired"
    return Grant(
        id=row.id,
        delegate=row.delegate,
        delegate_name=delegate_name(ctx, row.delegate, names),
        covers=row.covers,
        title=_title(row.covers, ctx.locale),
        limits=Limits.model_validate(row.limits),
        session_id=row.session_id,
        after_outside=row.after_outside,
        reason=row.reason,
        origin=cast("Literal['baseline', 'approval', 'person', 'upgrade']", row.origin),
        state=state,
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        last_used_at=row.last_used_at,
    )


def _title(covers: str, locale: str) -> str:
    if covers == READING:
        return translate("trust-grant-reading", locale)
    action, scope = registry.find(covers), known_scope(covers)
    if action is not None:
        return title_of(action, locale)
    if scope is not None:
        return scope.title if locale == "en" else translate_or(title_key(scope.name), scope.title, locale)
    return covers
