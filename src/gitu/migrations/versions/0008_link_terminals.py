"""Link terminals: what works once for a short while, and how a device was signed in."""
# The columns that Alembic writes are generic without saying of what, which is of no use here.
# pyright: basic

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "identity_tickets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("claim_hash", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["identity_users.id"], name=op.f("fk_identity_tickets_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_tickets")),
        sa.UniqueConstraint("claim_hash", name=op.f("uq_identity_tickets_claim_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_identity_tickets_token_hash")),
    )
    op.create_index("ix_identity_tickets_expires_at", "identity_tickets", ["expires_at"], unique=False)
    op.create_index("ix_identity_tickets_owner_id", "identity_tickets", ["owner_id"], unique=False)
    # Whoever is signed in already did so by a password; there was no other way.
    op.add_column("identity_devices", sa.Column("method", sa.Text(), nullable=False, server_default="password"))
    op.alter_column("identity_devices", "method", server_default=None)
    op.add_column("identity_devices", sa.Column("client_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    """Go back; only for development: an installation goes back by its backup."""
    op.drop_column("identity_devices", "client_id")
    op.drop_column("identity_devices", "method")
    op.drop_index("ix_identity_tickets_owner_id", table_name="identity_tickets")
    op.drop_index("ix_identity_tickets_expires_at", table_name="identity_tickets")
    op.drop_table("identity_tickets")
