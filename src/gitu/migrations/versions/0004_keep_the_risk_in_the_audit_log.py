"""Keep the risk of an action in the audit log, so that changes are found among reads."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CHANGES = sa.text("risk IS DISTINCT FROM 'read'")


def upgrade() -> None:
    """Go forward. Sealed rows can't be filled in afterwards: they stay without a risk."""
    op.add_column("audit", sa.Column("risk", sa.Text(), nullable=True))
    op.create_index("ix_audit_changes", "audit", ["id"], unique=False, postgresql_where=CHANGES)
    op.create_index("ix_audit_changes_owner_id", "audit", ["owner_id", "id"], unique=False, postgresql_where=CHANGES)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_audit_changes_owner_id", table_name="audit")
    op.drop_index("ix_audit_changes", table_name="audit")
    op.drop_column("audit", "risk")
