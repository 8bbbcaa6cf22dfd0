"""One row for everything that was done or refused; the sealer fills ``seq`` and ``hash`` later."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from gitu.kernel.db.tables import Base
from gitu.kernel.privacy.registry import personal


@personal("activity", stays="audit")
class AuditRow(Base):
    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_owner_id_id", "owner_id", "id"),
        Index("ix_audit_unsealed", "id", postgresql_where=text("seq IS NULL")),
        Index("ix_audit_call_id", text("(detail ->> 'call_id')")),
        # Most rows are reads: what changed something is found without walking over them.
        Index("ix_audit_changes", "id", postgresql_where=text("risk IS DISTINCT FROM 'read'")),
        Index("ix_audit_changes_owner_id", "owner_id", "id", postgresql_where=text("risk IS DISTINCT FROM 'read'")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    seq: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    at: Mapped[datetime]
    owner_id: Mapped[UUID | None]
    actor_kind: Mapped[str]
    door: Mapped[str]
    action: Mapped[str]
    outcome: Mapped[str]
    error_code: Mapped[str | None]
    input_digest: Mapped[str]
    duration_ms: Mapped[float]
    cost: Mapped[Decimal | None]
    request_id: Mapped[str | None]
    detail: Mapped[dict[str, Any]]
    hash: Mapped[str | None]
    risk: Mapped[str | None]  # the action's when it was called; None for rows older than this column
