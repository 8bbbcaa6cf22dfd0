"""Exports under way or waiting to be fetched, and reports of erasures."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from gitu.kernel.db.tables import Base
from gitu.kernel.privacy.registry import Expiry, personal


@personal("privacy")
class ExportRow(Base):
    """The archive itself is a file in the home folder, named by the ids."""

    __tablename__ = "privacy_exports"
    __table_args__ = (
        Index("ix_privacy_exports_owner_id_id", "owner_id", "id"),
        Index("ix_privacy_exports_expires_at", "expires_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("identity_users.id", ondelete="CASCADE"))
    locale: Mapped[str]
    state: Mapped[str]
    done: Mapped[int]
    total: Mapped[int]
    size_bytes: Mapped[int | None] = mapped_column(BigInteger)
    sha256: Mapped[str | None]
    error_code: Mapped[str | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]


@personal(
    "privacy",
    person="person_id",
    hidden=("receipt_hash",),
    stays="report",
    expiry=Expiry("finished_at", "keep_erasure_reports_days"),
)
class ErasureRow(Base):
    """Outlives the person: it holds ids and numbers. ``found`` is what there was by table, before anything went."""

    __tablename__ = "privacy_erasures"
    __table_args__ = (
        Index("uq_privacy_erasures_running", "person_id", unique=True, postgresql_where=text("finished_at IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID]
    requested_by: Mapped[UUID]
    receipt_hash: Mapped[str] = mapped_column(unique=True)
    found: Mapped[dict[str, Any]]
    files: Mapped[dict[str, Any]]
    left_behind: Mapped[list[str] | None] = mapped_column(JSONB)  # tables whose free space was not written anew
    log_cut: Mapped[bool | None]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
