"""Budgets, what was spent of each in each period, and what processes have set aside for calls under way."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gitu.kernel.db.tables import Base
from gitu.kernel.privacy.registry import part_of, personal


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
