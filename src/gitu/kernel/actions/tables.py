"""What ``execute`` keeps: answers by idempotency key, requests that wait for an approval, what delegates may do."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from gitu.kernel.db.tables import Base
from gitu.kernel.privacy.registry import Expiry, personal


@personal("technical")
class IdempotencyRow(Base):
    __tablename__ = "idempotency"
    __table_args__ = (Index("ix_idempotency_created_at", "created_at"),)

    owner_id: Mapped[UUID] = mapped_column(primary_key=True)
    action: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    input_digest: Mapped[str]
    output: Mapped[Any | None] = mapped_column(JSONB)
    kept: Mapped[bool]
    created_at: Mapped[datetime]


@personal("permissions", expiry=Expiry("created_at", "keep_approvals_days"))
class ApprovalRow(Base):
    __tablename__ = "approvals"
    __table_args__ = (
        Index("ix_approvals_owner_id_id", "owner_id", "id"),
        Index("ix_approvals_unanswered", "owner_id", postgresql_where=text("state IN ('pending', 'denied')")),
        Index(
            "uq_approvals_owner_id_action_key",
            "owner_id",
            "action",
            "key",
            unique=True,
            postgresql_where=text("key IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID]
    action: Mapped[str]
    risk: Mapped[str]
    input: Mapped[dict[str, Any]]
    input_digest: Mapped[str]
    requested_by: Mapped[str]
    door: Mapped[str]
    origin: Mapped[dict[str, Any]]
    delegate: Mapped[str]
    key: Mapped[str | None]  # the call's idempotency key: asked again under it, the same request answers
    effect: Mapped[dict[str, Any]]
    outside: Mapped[list[str]] = mapped_column(JSONB)  # where content came from that the delegate had read
    state: Mapped[str]
    error: Mapped[str | None]  # the code, when the approved call failed
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]  # when what came of it is known


@personal("permissions", expiry=Expiry("revoked_at", "keep_approvals_days"))
class GrantRow(Base):
    __tablename__ = "grants"
    __table_args__ = (
        Index("ix_grants_owner_id_id", "owner_id", "id"),
        Index("uq_grants_baseline", "owner_id", unique=True, postgresql_where=text("origin = 'baseline'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID]
    delegate: Mapped[str]
    covers: Mapped[str]
    limits: Mapped[dict[str, Any]]
    session_id: Mapped[UUID | None]
    after_outside: Mapped[bool]
    reason: Mapped[str]
    origin: Mapped[str]  # baseline, approval, person; upgrade: what a key could do before it needed grants
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
