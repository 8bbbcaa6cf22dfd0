"""Keep with a turn the scopes of the program that asked for it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("assistant_turns", sa.Column("limited_to", postgresql.JSONB(astext_type=sa.Text()), nullable=True))


def downgrade() -> None:
    """Go back."""
    op.drop_column("assistant_turns", "limited_to")
