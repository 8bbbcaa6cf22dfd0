"""All of trust's SQL."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Integer, Select, Uuid, bindparam, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.trust.schemas import ApprovalQuery, AuditQuery
from gitu.kernel.actions.tables import ApprovalRow, IdempotencyRow
from gitu.kernel.audit.tables import AuditRow
from gitu.kernel.db.asking import Question
from gitu.kernel.db.engine import plain_rows


class Listed(NamedTuple):
    """What a list shows of an audit row: its columns of these names."""

    id: int
    seq: int | None
    at: datetime
    owner_id: UUID | None
    actor_kind: str
    door: str
    action: str
    risk: str | None
    outcome: str
    error_code: str | None
    duration_ms: float
    cost: Decimal | None
    input_digest: str
    hash: str | None


async def list_audit(
    db: AsyncSession, query: AuditQuery, alike: Sequence[str], owner_id: UUID | None, before: int | None
) -> list[Listed]:
    """Newest first; ``owner_id`` narrows to one person's own rows, ``alike`` are actions that a search finds too."""
    statement = plain = _audit_page(own=owner_id is not None)
    if query.actor_id is not None:
        statement = statement.where(AuditRow.owner_id == query.actor_id)
    if query.action is not None:
        statement = statement.where(AuditRow.action == query.action)
    if query.query:
        named = AuditRow.action.contains(query.query.lower(), autoescape=True)
        statement = statement.where(named | AuditRow.action.in_(alike))
    if query.outcome is not None:
        statement = statement.where(AuditRow.outcome == query.outcome)
    if query.call_id is not None:
        # Worded as the index is.
        statement = statement.where(literal_column("(audit.detail ->> 'call_id')") == str(query.call_id))
    if query.changes_only:
        # Worded as the partial indexes are; a row that does not say what it was is shown rather than hidden.
        statement = statement.where(AuditRow.risk.is_distinct_from(literal_column("'read'")))
    if before is not None:
        statement = statement.where(AuditRow.id < before)
    asked = statement if statement is not plain else _audit_question(own=owner_id is not None)
    values = {"limit": query.limit + 1, "owner_id": owner_id}
    return [Listed._make(row) for row in await plain_rows(db, asked, values)]


@cache
def _audit_question(*, own: bool) -> Question:
    return Question(_audit_page(own=own))


@cache
def _audit_page(*, own: bool) -> Select[*tuple[Any, ...]]:  # the columns of Listed, in its order
    """A page without further conditions. Made once, since making it costs as much as running it."""
    columns = [getattr(AuditRow, name) for name in Listed._fields]
    page = select(*columns).order_by(AuditRow.id.desc()).limit(bindparam("limit", type_=Integer()))
    return page.where(AuditRow.owner_id == bindparam("owner_id", type_=Uuid())) if own else page


async def list_approvals(
    db: AsyncSession, owner_id: UUID, query: ApprovalQuery, before: UUID | None, now: datetime
) -> Sequence[ApprovalRow]:
    """Newest first (ids sort by time). A pending request past its time counts as expired."""
    statement = (
        select(ApprovalRow)
        .where(ApprovalRow.owner_id == owner_id)
        .order_by(ApprovalRow.id.desc())
        .limit(query.limit + 1)
    )
    if query.state == "expired":
        statement = statement.where(ApprovalRow.state == "pending", ApprovalRow.expires_at <= now)
    elif query.state == "decided":
        statement = statement.where((ApprovalRow.state != "pending") | (ApprovalRow.expires_at <= now))
    elif query.state is not None:
        statement = statement.where(ApprovalRow.state == query.state)
    if query.state == "pending":
        statement = statement.where(ApprovalRow.expires_at > now)
    if query.session_id is not None:
        statement = statement.where(ApprovalRow.origin["session_id"].astext == str(query.session_id))
    if before is not None:
        statement = statement.where(ApprovalRow.id < before)
    return (await db.scalars(statement)).all()


async def own_approval(db: AsyncSession, owner_id: UUID, approval_id: UUID) -> ApprovalRow | None:
    return await db.scalar(select(ApprovalRow).where(ApprovalRow.owner_id == owner_id, ApprovalRow.id == approval_id))


async def lock_approval(db: AsyncSession, owner_id: UUID, approval_id: UUID) -> ApprovalRow | None:
    return await db.scalar(
        select(ApprovalRow).where(ApprovalRow.owner_id == owner_id, ApprovalRow.id == approval_id).with_for_update()
    )


async def decisions(
    db: AsyncSession, owner_id: UUID, approval_ids: Sequence[UUID], now: datetime
) -> Sequence[tuple[ApprovalRow, dict[str, Any] | None]]:
    """Those of the person's requests of which it is known what came of them, with the kept answers."""
    over = ApprovalRow.settled_at.is_not(None) | ((ApprovalRow.state == "pending") & (ApprovalRow.expires_at <= now))
    statement = (
        select(ApprovalRow, IdempotencyRow.output)
        .outerjoin(
            IdempotencyRow,
            (IdempotencyRow.owner_id == ApprovalRow.owner_id)
            & (IdempotencyRow.action == ApprovalRow.action)
            & (IdempotencyRow.key == ApprovalRow.key)
            & IdempotencyRow.kept,
        )
        .where(ApprovalRow.owner_id == owner_id, ApprovalRow.id.in_(approval_ids), over)
    )
    return [(row, output) for row, output in (await db.execute(statement)).all()]


async def find_approval(db: AsyncSession, approval_id: UUID) -> ApprovalRow | None:
    """For jobs, which act for nobody in particular; everyone else asks with an owner."""
    return await db.get(ApprovalRow, approval_id)


async def settle(db: AsyncSession, approval_id: UUID, state: str, error: str | None, now: datetime) -> None:
    """Note what came of an approved call."""
    values = {"state": state, "error": error, "settled_at": now}
    await db.execute(update(ApprovalRow).where(ApprovalRow.id == approval_id).values(**values))
