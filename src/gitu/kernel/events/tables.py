"""The stream of events, and how far each durable subscriber has read."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import UserDefinedType

from gitu.kernel.db.tables import Base
from gitu.kernel.privacy.registry import impersonal, personal


class Xid8(UserDefinedType[int]):
    """PostgreSQL's 64-bit transaction id; it orders what sequence numbers alone can't (commits overtake)."""

    cache_ok = True

    def get_col_spec(self, **_kw: object) -> str:
        """The type's name in DDL."""
        return "xid8"


@personal("technical", hidden=("xid",))
class EventRow(Base):
    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_xid_id", "xid", "id"),
        Index("ix_events_owner_id_id", "owner_id", "id"),
        Index("ix_events_at", "at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    xid: Mapped[int] = mapped_column(Xid8(), server_default=text("pg_current_xact_id()"))
    owner_id: Mapped[UUID | None]
    type: Mapped[str]
    at: Mapped[datetime]
    data: Mapped[dict[str, Any]]


@impersonal("How far subscribers have read.")
class EventCursor(Base):
    __tablename__ = "event_cursors"

    subscriber: Mapped[str] = mapped_column(primary_key=True)
    xid: Mapped[str]
    id: Mapped[int] = mapped_column(BigInteger)
    updated_at: Mapped[datetime]


@impersonal("Numbers of events and names of errors.")
class EventFailure(Base):
    """An event that a subscriber could not handle; kept after the event itself is gone."""

    __tablename__ = "event_failures"

    subscriber: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    type: Mapped[str]
    attempts: Mapped[int]
    error: Mapped[str]
    parked_at: Mapped[datetime]
