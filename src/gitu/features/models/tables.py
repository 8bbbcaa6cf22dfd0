"""Connections to models, who uses which by default, and every call that was made."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, false, text
from sqlalchemy.orm import Mapped, mapped_column

from gitu.features.models.budgets.tables import BudgetRow, LeaseRow, SpendingRow
from gitu.kernel.db.tables import Base
from gitu.kernel.privacy.registry import Expiry, personal

__all__ = ["BudgetRow", "CallRow", "ConnectionRow", "DefaultsRow", "LeaseRow", "SpendingRow"]


@personal("models")
class ConnectionRow(Base):
    """``models`` holds what the provider listed, or what the person chose when ``models_chosen``."""

    __tablename__ = "models_connections"
    __table_args__ = (Index("ix_models_connections_owner_id", "owner_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("identity_users.id", ondelete="CASCADE"))
    shared: Mapped[bool]
    provider: Mapped[str]
    name: Mapped[str]
    base_url: Mapped[str]
    api_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    key_hint: Mapped[str | None]
    public_only: Mapped[bool]
    models: Mapped[list[dict[str, Any]]]
    models_chosen: Mapped[bool]
    status: Mapped[str]
    last_error: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


@personal("models")
class DefaultsRow(Base):
    """One row for each person who chose, and one for the instance under the nil UUID."""

    __tablename__ = "models_defaults"

    owner_id: Mapped[UUID] = mapped_column(primary_key=True)
    model: Mapped[str | None]
    fallbacks: Mapped[list[str]]
    updated_at: Mapped[datetime]


@personal("usage", expiry=Expiry("at", "keep_usage_days"))
class CallRow(Base):
    """One request that left for a provider; ``cost`` is USD, null when the price is unknown.

    ``request_id`` is shared by the attempts of one request, ``reason`` says why this model was asked. ``reserved`` was
    set aside for it, ``charged`` is what the budgets in ``charges`` have counted; ``estimated`` where the provider did
    not tell its usage.
    """

    __tablename__ = "models_calls"
    __table_args__ = (
        Index("ix_models_calls_owner_id_id", "owner_id", "id"),
        Index("ix_models_calls_session_id", "session_id"),
        Index("ix_models_calls_running", "process_id", postgresql_where=text("outcome = 'running'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID]
    at: Mapped[datetime]
    connection_id: Mapped[UUID]
    provider: Mapped[str]
    model: Mapped[str]
    feature: Mapped[str]
    session_id: Mapped[UUID | None]
    input_tokens: Mapped[int | None]
    output_tokens: Mapped[int | None]
    cached_tokens: Mapped[int | None]
    cost: Mapped[Decimal | None]
    latency_ms: Mapped[float | None]
    first_token_ms: Mapped[float | None]
    outcome: Mapped[str]
    error_code: Mapped[str | None]
    key_id: Mapped[UUID | None]
    request_id: Mapped[UUID | None]
    reason: Mapped[dict[str, Any] | None]
    process_id: Mapped[str | None]
    reserved: Mapped[Decimal | None]
    charged: Mapped[Decimal | None]
    charges: Mapped[list[Any] | None]
    estimated: Mapped[bool] = mapped_column(server_default=false())
