"""API keys: programs act for a person with a part of what the person may do, and ask where nothing was granted."""

from datetime import datetime
from uuid import UUID

from gitu.features.identity import repository, tickets
from gitu.features.identity.errors import ScopeBeyondYours
from gitu.features.identity.events import ApiKeyRevoked
from gitu.features.identity.schemas import ApiKey, ApiKeyCreate, ApiKeyCreated
from gitu.features.identity.tables import ApiKeyRow
from gitu.features.identity.views import to_key
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page, PageQuery, decode_cursor, encode_cursor
from gitu.kernel.actions.permissions import store
from gitu.kernel.actions.permissions.events import GrantChanged
from gitu.kernel.actions.permissions.keys import OWN_FILES, add_grants, delegate_of_key, starting_grants
from gitu.kernel.actions.validation import invalid_fields
from gitu.kernel.auth.scopes import allows
from gitu.kernel.crypto.tokens import hash_token, new_token
from gitu.kernel.errors import FieldProblem, NotFound
from gitu.kernel.ids import new_id

PREFIX_SHOWN = 16


async def create(ctx: Context, data: ApiKeyCreate) -> ApiKeyCreated:
    """A key, with the grants that its person gives it.

    Raises PersonNeeded, ScopeBeyondYours for scopes the caller does not have, TooManyGrants, Invalid for an expiry in
    the past or for what it may do unasked without having the scope.
    """
    owner_id = tickets.require_person(ctx)
    beyond = sorted(scope for scope in set(data.scopes) if not allows(ctx.principal, scope))
    if beyond:
        raise ScopeBeyondYours(scopes=", ".join(beyond)[:300], scope="keys:write")
    if set(data.unasked) - set(data.scopes):
        raise invalid_fields([FieldProblem.of("unasked", "field-unasked-beyond")])
    if data.expires_at is not None and (data.expires_at.tzinfo is None or data.expires_at <= ctx.now):
        raise invalid_fields([FieldProblem.of("expires_at", "field-future-zoned")])
    secret = new_token("gitu_key")
    row = ApiKeyRow(
        id=new_id(),
        owner_id=owner_id,
        name=data.name,
        prefix=secret[:PREFIX_SHOWN],
        secret_hash=hash_token(secret),
        scopes=sorted(set(data.scopes)),
        requests_per_minute=data.requests_per_minute,
        created_at=ctx.now,
        last_used_at=None,
        expires_at=data.expires_at,
    )
    ctx.db.add(row)
    granted = starting_grants(
        row.scopes, reads=data.reads, unasked=data.unasked, limits=OWN_FILES if data.limits is None else data.limits
    )
    for grant_id in await add_grants(ctx.db, owner_id, row.id, granted, ctx.now, data.expires_at):
        ctx.emit(GrantChanged(grant_id=grant_id))
    ctx.audit_detail |= {"key_id": str(row.id), "granted": [covers for covers, _ in granted]}
    return ApiKeyCreated(key=to_key(row, [covers for covers, _ in granted]), secret=secret)


async def list_keys(ctx: Context, data: PageQuery) -> Page[ApiKey]:
    """The caller's keys, newest first."""
    after = None
    if data.cursor:
        at, key_id = decode_cursor(data.cursor, datetime, UUID)
        after = (at, key_id)
    rows = await repository.list_keys(ctx.db, ctx.user_id, after, data.limit + 1)
    page = rows[: data.limit]
    names = [delegate_of_key(row.id) for row in page]
    covers = await store.covers_of(ctx.db, ctx.user_id, names, ctx.now) if names else {}
    items = [to_key(row, covers[delegate_of_key(row.id)]) for row in page]
    more = len(rows) > data.limit
    return Page[ApiKey](items=items, next_cursor=encode_cursor(items[-1].created_at, items[-1].id) if more else None)


async def revoke(ctx: Context, key_id: UUID) -> None:
    """The key is refused from the next call on, and nothing is granted to it any more. Raises NotFound."""
    if not await repository.delete_key(ctx.db, ctx.user_id, key_id):
        raise NotFound(what="API key", id=str(key_id))
    for grant_id in await store.revoke_all_of(ctx.db, ctx.user_id, delegate_of_key(key_id), ctx.now):
        ctx.emit(GrantChanged(grant_id=grant_id))
    ctx.emit(ApiKeyRevoked(key_id=key_id))
