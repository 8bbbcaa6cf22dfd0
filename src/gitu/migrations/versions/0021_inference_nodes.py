"""Inference nodes, and what was measured of them minute by minute."""
# The columns that Alembic writes are generic without saying of what, which is of no use here.
# pyright: basic

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "models_nodes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("connection_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("load", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["connection_id"], ["models_connections.id"], name=op.f("fk_models_nodes_connection_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_models_nodes")),
        sa.UniqueConstraint("connection_id", name=op.f("uq_models_nodes_connection_id")),
        sa.UniqueConstraint("name", name=op.f("uq_models_nodes_name")),
    )
    op.create_table(
        "models_node_minutes",
        sa.Column("node_id", sa.Uuid(), nullable=False),
        sa.Column("minute", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checks", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("latency_ms", sa.Double(), nullable=True),
        sa.Column("latency_p95_ms", sa.Double(), nullable=True),
        sa.Column("tokens", sa.Integer(), nullable=True),
        sa.Column("requests", sa.Integer(), nullable=True),
        sa.Column("queue_length", sa.Integer(), nullable=True),
        sa.Column("gpu_memory_bytes", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["node_id"], ["models_nodes.id"], name=op.f("fk_models_node_minutes_node_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("node_id", "minute", name=op.f("pk_models_node_minutes")),
    )
    op.create_index("ix_models_node_minutes_minute", "models_node_minutes", ["minute"], unique=False)


def downgrade() -> None:
    """Go back; only for development: an installation goes back by its backup."""
    op.drop_index("ix_models_node_minutes_minute", table_name="models_node_minutes")
    op.drop_table("models_node_minutes")
    op.drop_table("models_nodes")
