"""Guard audit rows in the database, and keep events whose handler gave up."""

import sqlalchemy as sa
from alembic import op

from gitu.kernel.audit.ddl import GUARD, UNGUARD

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "event_failures",
        sa.Column("subscriber", sa.Text(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("parked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subscriber", "event_id", name=op.f("pk_event_failures")),
    )
    op.create_index("ix_events_at", "events", ["at"], unique=False)
    op.execute(GUARD)


def downgrade() -> None:
    """Go back."""
    op.execute(UNGUARD)
    op.drop_index("ix_events_at", table_name="events")
    op.drop_table("event_failures")
