"""Reading the audit log, listing what one may do."""

from pydantic import TypeAdapter

from gitu.features.identity import api as identity
from gitu.features.trust import repository
from gitu.features.trust.schemas import (
    ActionInfo,
    ActionList,
    AuditEntry,
    AuditQuery,
)
from gitu.features.trust.titles import named_like, title_of, title_of_named
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page, decode_cursor, encode_cursor
from gitu.kernel.actions.registry import registry
from gitu.kernel.auth.principal import Role
from gitu.kernel.auth.scopes import allows

_entries: TypeAdapter[list[AuditEntry]] = TypeAdapter(list[AuditEntry])


async def list_audit(ctx: Context, query: AuditQuery) -> Page[AuditEntry]:
    """Admins see all of this Gitu's; everyone else what they did, or what was done for them."""
    everyone = ctx.principal.role is not None and ctx.principal.role.at_least(Role.ADMIN)
    before = decode_cursor(query.cursor, int)[0] if query.cursor else None
    alike = named_like(query.query, ctx.locale) if query.query else []
    rows = await repository.list_audit(ctx.db, query, alike, None if everyone else ctx.user_id, before)
    page = rows[: query.limit]
    names = {ctx.user_id: ctx.principal.name}
    others = {row.owner_id for row in page if row.owner_id} - {ctx.user_id}
    if others:
        names |= await identity.names_of(ctx.db, others)
    items = _entries.validate_python(
        [
            {
                "id": row.id,
                "seq": row.seq,
                "at": row.at,
                "actor_id": row.owner_id,
                "actor_name": names.get(row.owner_id) if row.owner_id else None,
                "actor_kind": row.actor_kind,
                "door": row.door,
                "action": row.action,
                "title": title_of_named(row.action, ctx.locale),
                "risk": row.risk,
                "outcome": row.outcome,
                "error_code": row.error_code,
                "duration_ms": row.duration_ms,
                "cost": row.cost,
                "input_digest": row.input_digest,
                "hash": row.hash,
            }
            for row in page
        ]
    )
    return Page[AuditEntry](items=items, next_cursor=encode_cursor(page[-1].id) if len(rows) > query.limit else None)


def list_actions(ctx: Context) -> ActionList:
    """Every action the caller has the scope for."""
    return ActionList(
        items=[
            ActionInfo(
                name=action.name,
                command=action.command,
                feature=action.feature,
                summary=title_of(action, ctx.locale),
                risk=action.risk,
                scope=action.scope,
                http=action.http,
                doors=sorted(action.doors),
                input_schema=action.input.model_json_schema(),
            )
            for action in registry.all()
            if action.scope is not None and allows(ctx.principal, action.scope)
        ]
    )
