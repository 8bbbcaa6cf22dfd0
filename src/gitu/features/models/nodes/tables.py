"""Nodes, and what was measured of them minute by minute."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from gitu.kernel.db.tables import Base
from gitu.kernel.privacy.registry import impersonal, part_of


@part_of("models_connections")
class NodeRow(Base):
    """A connection that leads to a node; address, key and models stand there.

    ``state`` is what the leading process found, ``facts`` what the node says of itself, ``load`` the newest sample.
    """

    __tablename__ = "models_nodes"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    connection_id: Mapped[UUID] = mapped_column(ForeignKey("models_connections.id", ondelete="CASCADE"), unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    reason: Mapped[str | None]
    state_since: Mapped[datetime]
    facts: Mapped[dict[str, Any] | None]
    load: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]


@impersonal("how quickly machines answered, and how much they did")
class NodeMinuteRow(Base):
    """One minute of looking at one node. ``latency_ms`` is the median, nothing where no look was answered.

    Tokens and requests are those of this minute, queue and GPU the most that was seen in it.
    """

    __tablename__ = "models_node_minutes"
    __table_args__ = (Index("ix_models_node_minutes_minute", "minute"),)

    node_id: Mapped[UUID] = mapped_column(ForeignKey("models_nodes.id", ondelete="CASCADE"), primary_key=True)
    minute: Mapped[datetime] = mapped_column(primary_key=True)
    checks: Mapped[int]
    failures: Mapped[int]
    latency_ms: Mapped[float | None]
    latency_p95_ms: Mapped[float | None]
    tokens: Mapped[int | None]
    requests: Mapped[int | None]
    queue_length: Mapped[int | None]
    gpu_memory_bytes: Mapped[int | None] = mapped_column(BigInteger)
