"""Sessions, their messages, the turns that answer them, and what a running turn has streamed so far."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Computed, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, deferred, mapped_column

from gitu.kernel.db.tables import Base
from gitu.kernel.privacy.registry import part_of, personal

# Both languages' stems, and the words as they stand for everything else.
_SEARCH = "to_tsvector('simple', text) || to_tsvector('english', text) || to_tsvector('arabic', text)"


@personal("conversations")
class SessionRow(Base):
    __tablename__ = "assistant_sessions"
    __table_args__ = (
        Index("ix_assistant_sessions_owner_id_updated_at", "owner_id", "updated_at", "id"),
        Index(
            "uq_assistant_sessions_thread",
            "owner_id",
            "channel",
            "thread",
            unique=True,
            postgresql_where=text("state = 'open' AND thread IS NOT NULL"),
        ),
        Index("ix_assistant_sessions_idle", "updated_at", postgresql_where=text("state = 'open'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID]
    channel: Mapped[str]
    thread: Mapped[str | None]
    title: Mapped[str]
    model: Mapped[str | None]
    state: Mapped[str]
    preview: Mapped[str]
    cost: Mapped[Decimal | None]  # of its turns that are over, those of unknown price left out
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


@personal("conversations", also=("reader_id",))
class ShareRow(Base):
    __tablename__ = "assistant_shares"
    __table_args__ = (Index("ix_assistant_shares_reader_id", "reader_id"),)

    session_id: Mapped[UUID] = mapped_column(ForeignKey("assistant_sessions.id", ondelete="CASCADE"), primary_key=True)
    reader_id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID]
    created_at: Mapped[datetime]


@personal("conversations")
class TurnRow(Base):
    __tablename__ = "assistant_turns"
    __table_args__ = (
        Index("ix_assistant_turns_session_id", "session_id", "id"),
        Index(
            "uq_assistant_turns_active",
            "session_id",
            unique=True,
            postgresql_where=text("state IN ('queued', 'running')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID]
    session_id: Mapped[UUID] = mapped_column(ForeignKey("assistant_sessions.id", ondelete="CASCADE"))
    state: Mapped[str]
    model: Mapped[str | None]
    limited_to: Mapped[list[str] | None]  # the scopes of the program that asked; its assistant has no more
    key_id: Mapped[UUID | None]  # the program's key: its grants hold for that assistant, and not the person's
    attempts: Mapped[int]
    runner: Mapped[str | None]
    input_tokens: Mapped[int]
    output_tokens: Mapped[int]
    cost: Mapped[Decimal | None]
    error: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    stop_requested_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


@personal("conversations")
class MessageRow(Base):
    """``parts`` is what people see; ``raw`` is what the model needs to go on (pydantic-ai's own messages)."""

    __tablename__ = "assistant_messages"
    __table_args__ = (
        Index("ix_assistant_messages_session_id_id", "session_id", "id"),
        Index("ix_assistant_messages_turn_id", "turn_id"),
        Index("ix_assistant_messages_search", "search", postgresql_using="gin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID]
    session_id: Mapped[UUID] = mapped_column(ForeignKey("assistant_sessions.id", ondelete="CASCADE"))
    turn_id: Mapped[UUID]
    role: Mapped[str]
    parts: Mapped[list[dict[str, Any]]]
    text: Mapped[str]
    raw: Mapped[list[Any] | None] = deferred(mapped_column(JSONB))
    status: Mapped[str]
    model: Mapped[str | None]
    usage: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    error: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    created_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]
    search: Mapped[Any] = deferred(mapped_column(TSVECTOR, Computed(_SEARCH, persisted=True)))


@part_of("assistant_turns")
class TurnEventsRow(Base):
    """A stretch of a running turn's stream, for whoever watches from another process or comes back later."""

    __tablename__ = "assistant_turn_events"

    turn_id: Mapped[UUID] = mapped_column(ForeignKey("assistant_turns.id", ondelete="CASCADE"), primary_key=True)
    last_seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    first_seq: Mapped[int] = mapped_column(BigInteger)
    events: Mapped[list[Any]]
