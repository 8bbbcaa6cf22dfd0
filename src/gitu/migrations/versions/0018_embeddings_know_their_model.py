"""Embeddings know their model."""
# The columns that Alembic writes are generic without saying of what, which is of no use here.
# pyright: basic

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError

from gitu.kernel.db.errors import DatabaseUnavailable

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    _add_extension()
    op.create_table(
        "models_embedding_defaults",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", name=op.f("pk_models_embedding_defaults")),
    )
    op.create_table(
        "models_vector_spaces",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("index", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("dimensions", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("cursor", sa.Uuid(), nullable=True),
        sa.Column("indexed", sa.Boolean(), nullable=False),
        sa.Column("error", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_models_vector_spaces")),
    )
    op.create_index("ix_models_vector_spaces_owner_id_id", "models_vector_spaces", ["owner_id", "id"])
    for state in ("active", "building"):
        op.create_index(
            f"uq_models_vector_spaces_{state}",
            "models_vector_spaces",
            ["index", "owner_id"],
            unique=True,
            postgresql_where=sa.text(f"state = '{state}'"),
        )
    op.create_table(
        "models_vectors",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["models_vector_spaces.id"],
            name=op.f("fk_models_vectors_space_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "item_id", name=op.f("pk_models_vectors")),
    )
    op.execute("ALTER TABLE models_vectors ADD COLUMN vector vector")
    op.create_index("ix_models_vectors_owner_id", "models_vectors", ["owner_id"])


def downgrade() -> None:
    """Go back; only for development: an installation goes back by its backup."""
    op.drop_table("models_vectors")
    op.drop_table("models_vector_spaces")
    op.drop_table("models_embedding_defaults")


def _add_extension() -> None:
    """Add pgvector, unless it is there; only a server of one's own may lack it, the embedded one brings it."""
    database = op.get_bind()
    if database.scalar(sa.text("SELECT 1 FROM pg_extension WHERE extname = 'vector'")):
        return
    try:
        database.execute(sa.text("CREATE EXTENSION vector"))
    except DBAPIError as error:
        said = str(error.orig).strip().splitlines()[0]
        raise DatabaseUnavailable(
            f"The database server behind DATABASE_URL does not offer the extension vector ({said}). Install pgvector "
            "there (on Debian: apt install postgresql-18-pgvector, with the number of your PostgreSQL), let an "
            "administrator run CREATE EXTENSION vector in this database, and start again; or leave DATABASE_URL out "
            "to use the embedded server."
        ) from None
