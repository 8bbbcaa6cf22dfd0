"""Sign in with OpenID."""
# The columns that Alembic writes are generic without saying of what, which is of no use here.
# pyright: basic

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "identity_openid_provider",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("client_secret", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_openid_provider")),
    )
    op.create_table(
        "identity_openid_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["identity_users.id"], name=op.f("fk_identity_openid_links_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_openid_links")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_identity_openid_links_issuer_subject")),
    )
    op.create_index("ix_identity_openid_links_owner_id", "identity_openid_links", ["owner_id"], unique=False)


def downgrade() -> None:
    """Go back; only for development: an installation goes back by its backup."""
    op.drop_index("ix_identity_openid_links_owner_id", table_name="identity_openid_links")
    op.drop_table("identity_openid_links")
    op.drop_table("identity_openid_provider")
