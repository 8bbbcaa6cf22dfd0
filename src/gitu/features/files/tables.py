"""Which folders a person may use, and every change that was made in them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from gitu.kernel.db.tables import Base
from gitu.kernel.privacy.registry import personal


@personal("files", hidden=("inode",))
class FolderRow(Base):
    """``inode`` tells the folder that was allowed from another one put in its place; text, since it has 64 bits."""

    __tablename__ = "files_folders"
    __table_args__ = (
        Index(
            "uq_files_folders_owner_id_path",
            "owner_id",
            "path",
            unique=True,
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("identity_users.id", ondelete="CASCADE"))
    name: Mapped[str]
    path: Mapped[str]
    inode: Mapped[str]
    writable: Mapped[bool]
    linked_files: Mapped[bool]
    allowed_by: Mapped[UUID]
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


@personal("files")
class ChangeRow(Base):
    """``folder_id`` is the person's own id for their workspace, which has no row among the folders.

    ``run_id`` is the run of the command that made the change; what a command deleted is kept as a content.
    """

    __tablename__ = "files_changes"
    __table_args__ = (
        Index("ix_files_changes_owner_id_id", "owner_id", "id"),
        Index("ix_files_changes_expires_at", "expires_at", postgresql_where=text("kept <> 'none'")),
        Index("ix_files_changes_run_id", "run_id", postgresql_where=text("run_id IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("identity_users.id", ondelete="CASCADE"))
    folder_id: Mapped[UUID]
    folder_name: Mapped[str]
    kind: Mapped[str]
    entry: Mapped[str]
    path: Mapped[str]
    to_path: Mapped[str | None]
    size_before: Mapped[int | None] = mapped_column(BigInteger)
    size_after: Mapped[int | None] = mapped_column(BigInteger)
    digest_before: Mapped[str | None]
    digest_after: Mapped[str | None]
    kept: Mapped[str]
    actor: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    undoes: Mapped[UUID | None]
    undone_by: Mapped[UUID | None]
    run_id: Mapped[UUID | None]
