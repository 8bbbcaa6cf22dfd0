"""Say of calls what the cache of answers did."""
# The columns that Alembic writes are generic without saying of what, which is of no use here.
# pyright: basic

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward. Columns that may be null are added at once, however many calls there are."""
    op.add_column("models_calls", sa.Column("cache", sa.Text(), nullable=True))
    op.add_column("models_calls", sa.Column("saved", sa.Numeric(precision=20, scale=10), nullable=True))
    op.add_column("models_calls", sa.Column("saved_tokens", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Go back; only for development: an installation goes back by its backup."""
    for name in ("saved_tokens", "saved", "cache"):
        op.drop_column("models_calls", name)
