"""What is noted of one change: in the journal before it happens, in the database after it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

ChangeKind = Literal["write", "edit", "copy", "move", "delete", "make_folder"]
EntryKind = Literal["file", "folder", "link", "other"]
Kept = Literal["none", "content", "trash"]


class Intent(BaseModel):
    """One change of one name. Paths are relative to ``root``, the folder on this machine; sizes in bytes.

    ``kept`` says where the former state lies: nowhere (there was none), among the kept contents, in the trash.
    """

    change_id: UUID
    owner_id: UUID
    folder_id: UUID
    root: str
    inode: int
    kind: ChangeKind
    entry: EntryKind
    path: str
    to_path: str | None = None
    size_before: int | None = None
    size_after: int | None = None
    digest_before: str | None = None
    digest_after: str | None = None
    kept: Kept = "none"
    temp: str = ""
    undoes: UUID | None = None
    run_id: UUID | None = None
    actor: str
    at: datetime
    expires_at: datetime

    @property
    def target(self) -> str:
        """The path that stands for the result."""
        return self.to_path or self.path
