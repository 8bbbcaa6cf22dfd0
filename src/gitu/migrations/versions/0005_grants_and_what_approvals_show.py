"""Keep what delegates may do, and with a held call what it would touch."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

JSONB = postgresql.JSONB(astext_type=sa.Text())


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "grants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("delegate", sa.Text(), nullable=False),
        sa.Column("covers", sa.Text(), nullable=False),
        sa.Column("limits", JSONB, nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("after_outside", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
    )
    op.create_index("ix_grants_owner_id_id", "grants", ["owner_id", "id"])
    op.create_index(
        "uq_grants_baseline", "grants", ["owner_id"], unique=True, postgresql_where=sa.text("origin = 'baseline'")
    )
    # Requests made before: the assistant asked, unless a program did; what was decided is settled.
    op.add_column("approvals", sa.Column("delegate", sa.Text(), nullable=True))
    op.execute("UPDATE approvals SET delegate = CASE requested_by WHEN 'agent' THEN 'agent' ELSE 'api_key:none' END")
    op.alter_column("approvals", "delegate", nullable=False)
    op.add_column("approvals", sa.Column("key", sa.Text(), nullable=True))
    op.add_column("approvals", sa.Column("effect", JSONB, nullable=False, server_default="{}"))
    op.alter_column("approvals", "effect", server_default=None)
    op.add_column("approvals", sa.Column("outside", JSONB, nullable=False, server_default="[]"))
    op.alter_column("approvals", "outside", server_default=None)
    op.add_column("approvals", sa.Column("error", sa.Text(), nullable=True))
    op.add_column("approvals", sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE approvals SET settled_at = decided_at")
    op.create_index(
        "uq_approvals_owner_id_action_key",
        "approvals",
        ["owner_id", "action", "key"],
        unique=True,
        postgresql_where=sa.text("key IS NOT NULL"),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index("uq_approvals_owner_id_action_key", table_name="approvals")
    for column in ("settled_at", "error", "outside", "effect", "key", "delegate"):
        op.drop_column("approvals", column)
    op.drop_table("grants")
