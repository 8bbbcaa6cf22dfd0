"""Connections to models, who uses which by default, every call that was made, and what may be spent on them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from gitu.kernel.db.tables import Base
from gitu.kernel.privacy.registry import Expiry, impersonal, part_of, personal


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
    not tell its usage, or no price is listed of the tier of service that it gave. ``cache`` is ``hit`` for a request
    that a kept answer spared: it did not leave, and ``saved`` is what that answer had cost; ``miss`` for one whose
    answer was not kept yet; null where that was no question.
    """

    __tablename__ = "models_calls"
    __table_args__ = (
        Index("ix_models_calls_owner_id_id", "owner_id", "id"),
        Index("ix_models_calls_session_id", "session_id"),
        # Rows come in the order of their time: this small index is enough to find the last days of everyone's.
        Index("ix_models_calls_at", "at", postgresql_using="brin", postgresql_with={"autosummarize": True}),
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
    cache: Mapped[str | None]
    saved: Mapped[Decimal | None]
    saved_tokens: Mapped[int | None]


@personal("budgets")
class BudgetRow(Base):
    """A limit in USD. ``owner_id`` is the person whose calls it counts; nil where it counts everyone's.

    ``by_admin``: only admins change it; ``set_by`` did so last. ``subject`` is the name of a feature, the id of a
    session or of a key.
    """

    __tablename__ = "models_budgets"
    __table_args__ = (
        UniqueConstraint("owner_id", "by_admin", "kind", "subject", "period", name="uq_models_budgets_what"),
        CheckConstraint("limit_usd >= 0", name="ck_models_budgets_limit"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID]
    by_admin: Mapped[bool]
    set_by: Mapped[UUID | None] = mapped_column(ForeignKey("identity_users.id", ondelete="SET NULL"))
    kind: Mapped[str]
    subject: Mapped[str]  # empty where the kind needs none, so that the same budget can't be made twice
    period: Mapped[str]
    time_zone: Mapped[str]
    limit_usd: Mapped[Decimal]
    hard: Mapped[bool]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


@personal("budgets")
class SpendingRow(Base):
    """What one budget's period has cost so far. ``owner_id``: of whom; nil where it counts everyone together.

    ``lost`` is the part of ``spent`` that killed processes had set aside and nobody can account for.
    """

    __tablename__ = "models_spending"

    budget_id: Mapped[UUID] = mapped_column(ForeignKey("models_budgets.id", ondelete="CASCADE"), primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(primary_key=True)
    starts_on: Mapped[date] = mapped_column(primary_key=True)
    spent: Mapped[Decimal]
    lost: Mapped[Decimal]
    alerted: Mapped[int]  # the highest threshold in percent that was told of


@part_of("models_spending")
class LeaseRow(Base):
    """What one process may still spend of a period without asking; it counts as spent for all others."""

    __tablename__ = "models_leases"
    __table_args__ = (
        ForeignKeyConstraint(
            ["budget_id", "owner_id", "starts_on"],
            ["models_spending.budget_id", "models_spending.owner_id", "models_spending.starts_on"],
            ondelete="CASCADE",
        ),
        Index("ix_models_leases_expires_at", "expires_at"),
    )

    budget_id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(primary_key=True)
    starts_on: Mapped[date] = mapped_column(primary_key=True)
    process_id: Mapped[str] = mapped_column(primary_key=True)
    amount: Mapped[Decimal]
    expires_at: Mapped[datetime]


@impersonal("numbers of requests in the last minute, under the id of what asked")
class RateWindowRow(Base):
    """A minute of one asker at the gateway, and how many requests of it processes have taken for themselves."""

    __tablename__ = "models_rate_windows"

    asker_id: Mapped[UUID] = mapped_column(primary_key=True)
    began_at: Mapped[datetime]
    taken: Mapped[int]
