"""Budgets, what was spent of them, and what calls say of their request, key and reservation."""
# The columns that Alembic writes are generic without saying of what, which is of no use here.
# pyright: basic

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_MONEY = sa.Numeric(precision=20, scale=10)
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "models_budgets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("by_admin", sa.Boolean(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("limit_usd", _MONEY, nullable=False),
        sa.Column("hard", sa.Boolean(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.CheckConstraint("limit_usd >= 0", name=op.f("ck_models_budgets_limit")),
        sa.ForeignKeyConstraint(
            ["set_by"], ["identity_users.id"], name=op.f("fk_models_budgets_set_by_identity_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_models_budgets")),
        sa.UniqueConstraint("owner_id", "by_admin", "kind", "subject", "period", name="uq_models_budgets_what"),
    )
    op.create_table(
        "models_spending",
        sa.Column("budget_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("spent", _MONEY, nullable=False),
        sa.Column("lost", _MONEY, nullable=False),
        sa.Column("alerted", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["budget_id"],
            ["models_budgets.id"],
            name=op.f("fk_models_spending_budget_id_models_budgets"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("budget_id", "owner_id", "starts_on", name=op.f("pk_models_spending")),
    )
    op.create_table(
        "models_leases",
        sa.Column("budget_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("process_id", sa.Text(), nullable=False),
        sa.Column("amount", _MONEY, nullable=False),
        sa.Column("expires_at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["budget_id", "owner_id", "starts_on"],
            ["models_spending.budget_id", "models_spending.owner_id", "models_spending.starts_on"],
            name=op.f("fk_models_leases_budget_id_owner_id_starts_on_models_spending"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("budget_id", "owner_id", "starts_on", "process_id", name=op.f("pk_models_leases")),
    )
    op.create_index("ix_models_leases_expires_at", "models_leases", ["expires_at"])
    for column in (
        sa.Column("key_id", sa.Uuid(), nullable=True),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("reason", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("process_id", sa.Text(), nullable=True),
        sa.Column("reserved", _MONEY, nullable=True),
        sa.Column("charged", _MONEY, nullable=True),
        sa.Column("charges", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("estimated", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    ):
        op.add_column("models_calls", column)
    op.create_index(
        "ix_models_calls_running",
        "models_calls",
        ["process_id"],
        postgresql_where=sa.text("outcome = 'running'"),
    )


def downgrade() -> None:
    """Go back; only for development: an installation goes back by its backup."""
    op.drop_index("ix_models_calls_running", table_name="models_calls")
    for name in ("estimated", "charges", "charged", "reserved", "process_id", "reason", "request_id", "key_id"):
        op.drop_column("models_calls", name)
    op.drop_table("models_leases")
    op.drop_table("models_spending")
    op.drop_table("models_budgets")
