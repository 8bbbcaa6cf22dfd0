"""Undo what commands change."""
# The columns that Alembic writes are generic without saying of what, which is of no use here.
# pyright: basic

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("files_changes", sa.Column("run_id", sa.Uuid(), nullable=True))
    op.create_index(
        "ix_files_changes_run_id",
        "files_changes",
        ["run_id"],
        unique=False,
        postgresql_where=sa.text("run_id IS NOT NULL"),
    )


def downgrade() -> None:
    """Go back; only for development: an installation goes back by its backup."""
    op.drop_index("ix_files_changes_run_id", table_name="files_changes", postgresql_where=sa.text("run_id IS NOT NULL"))
    op.drop_column("files_changes", "run_id")
