"""How many requests a minute keys may make at the gateway, and how many they made."""
# The columns that Alembic writes are generic without saying of what, which is of no use here.
# pyright: basic

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("identity_api_keys", sa.Column("requests_per_minute", sa.Integer(), nullable=True))
    op.create_table(
        "models_rate_windows",
        sa.Column("asker_id", sa.Uuid(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("asker_id", name=op.f("pk_models_rate_windows")),
    )


def downgrade() -> None:
    """Go back; only for development: an installation goes back by its backup."""
    op.drop_table("models_rate_windows")
    op.drop_column("identity_api_keys", "requests_per_minute")
