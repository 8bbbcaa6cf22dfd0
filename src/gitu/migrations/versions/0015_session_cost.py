"""Session cost."""
# The columns that Alembic writes are generic without saying of what, which is of no use here.
# pyright: basic

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("assistant_sessions", sa.Column("cost", sa.Numeric(precision=20, scale=10), nullable=True))
    op.execute(
        "UPDATE assistant_sessions SET cost = spent.cost FROM"
        " (SELECT session_id, sum(cost) AS cost FROM assistant_turns WHERE cost IS NOT NULL GROUP BY session_id)"
        " AS spent WHERE spent.session_id = assistant_sessions.id"
    )


def downgrade() -> None:
    """Go back; only for development: an installation goes back by its backup."""
    op.drop_column("assistant_sessions", "cost")
