"""Calls of everyone are found by their time."""

from alembic import op

revision = "0024"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_index(
        "ix_models_calls_at",
        "models_calls",
        ["at"],
        postgresql_using="brin",
        postgresql_with={"autosummarize": True},
    )


def downgrade() -> None:
    """Go back; only for development: an installation goes back by its backup."""
    op.drop_index("ix_models_calls_at", table_name="models_calls")
