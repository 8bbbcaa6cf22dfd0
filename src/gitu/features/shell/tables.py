"""Which commands ran, and what is kept of what they wrote."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from gitu.kernel.db.tables import Base
from gitu.kernel.privacy.registry import personal


@personal("commands")
class RunRow(Base):
    """``runner`` is the process that runs it, ``call_id`` the entry in the audit log."""

    __tablename__ = "shell_runs"
    __table_args__ = (
        Index("ix_shell_runs_owner_id_id", "owner_id", "id"),
        Index("ix_shell_runs_running", "runner", postgresql_where=text("state = 'running'")),
        Index("ix_shell_runs_started_at", "started_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)  # in the order of time: ours, whatever the caller chose
    run_id: Mapped[UUID] = mapped_column(unique=True)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("identity_users.id", ondelete="CASCADE"))
    session_id: Mapped[UUID | None]
    runner: Mapped[str]
    command: Mapped[str]
    cwd: Mapped[str | None]
    sandboxed: Mapped[bool]
    hosts: Mapped[list[str]] = mapped_column(JSONB)
    folders: Mapped[list[str]] = mapped_column(JSONB)
    state: Mapped[str]
    exit_code: Mapped[int | None]
    signal: Mapped[int | None]
    error_code: Mapped[str | None]
    stdout: Mapped[str]
    stderr: Mapped[str]
    stdout_bytes: Mapped[int] = mapped_column(BigInteger)
    stderr_bytes: Mapped[int] = mapped_column(BigInteger)
    seconds: Mapped[float | None]
    call_id: Mapped[UUID]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
