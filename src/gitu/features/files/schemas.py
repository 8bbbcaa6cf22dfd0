"""What goes into and comes out of the files' actions."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from gitu.features.files.records import ChangeKind, EntryKind
from gitu.kernel.actions.paging import Page, PageQuery
from gitu.kernel.actions.validation import Input

MOST_READ = 16_000_000
"""Bytes of a file in one call."""
MOST_CONTENT = 24_000_000
"""Characters of a content in one call; the setting for a request's body is usually lower."""

Path = Annotated[str, StringConstraints(min_length=1, max_length=4_000)]
FolderPath = Annotated[str, StringConstraints(max_length=4_000)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Encoding = Literal["text", "base64"]

_FOLDER = Field(default=None, description="The allowed folder's id; without it your own workspace.")
_PATH = "Path inside the folder, such as notes/plan.md."


class InFolder(Input):
    """The base of what happens in one allowed folder."""

    folder_id: UUID | None = _FOLDER


class Folder(BaseModel):
    """``path`` is where it lies on the server's machine."""

    id: UUID
    person_id: UUID
    name: str
    path: str
    kind: Literal["workspace", "folder"]
    writable: bool
    linked_files: bool
    created_at: datetime | None
    revoked_at: datetime | None


class FolderQuery(PageQuery):
    everyone: bool = Field(default=False, description="Everybody's allowed folders instead of yours; for admins.")
    revoked: bool = Field(default=False, description="Those taken back as well.")


class FolderAllow(Input):
    person_id: UUID = Field(description="Who may use the folder.")
    path: Path = Field(description="Full path of a folder on the server's machine, such as /srv/documents.")
    writable: bool = Field(default=False, description="Whether files may be changed, not only read.")
    linked_files: bool = Field(
        default=False,
        description="Also open files with more than one name (hard links), whose other name may be outside.",
    )


class FolderRef(Input):
    folder_id: UUID


class Entry(BaseModel):
    """A name in a folder. ``size`` in bytes, 0 for what is no file; ``linked``: the file has further names."""

    name: str
    path: str
    kind: EntryKind
    size: int
    modified_at: datetime | None
    linked: bool


class EntryPage(Page[Entry]):
    """``unusable`` counts names of this folder that can't be written as text and are left out."""

    path: str
    unusable: int = 0


class EntryQuery(PageQuery):
    folder_id: UUID | None = _FOLDER
    path: FolderPath = Field(default="", description="The folder to list, inside the allowed one; empty for itself.")


class FileQuery(InFolder):
    path: Path = Field(description=_PATH)
    encoding: Encoding = Field(default="text", description="Give the content as text, or as base64 for binary files.")
    offset: int = Field(default=0, ge=0, description="Byte to start at, for large files.")
    limit: int = Field(default=100_000, ge=1, le=MOST_READ, description="Most bytes to return.")


class FileContent(BaseModel):
    """A file or a stretch of it; ``next_offset`` is None at its end. ``digest`` (SHA-256) is that of the whole
    file, left out for very large ones; give it as expected_digest when you change the file."""

    path: str
    size: int
    offset: int
    next_offset: int | None
    encoding: Encoding
    charset: str | None
    content: str
    digest: str | None
    modified_at: datetime | None


class FileWrite(InFolder):
    path: Path = Field(description=_PATH)
    content: Annotated[str, StringConstraints(max_length=MOST_CONTENT)] = Field(description="The whole new content.")
    encoding: Encoding = Field(default="text", description="How the content is given: as text, or base64.")
    charset: Annotated[str, StringConstraints(max_length=40)] = Field(
        default="utf-8", description="The encoding that a text is kept in."
    )
    overwrite: bool = Field(default=True, description="Whether a file that is there already may be replaced.")
    make_parents: bool = Field(default=False, description="Make the folders above it that are missing.")
    expected_digest: Digest | None = Field(
        default=None, description="Refuse if the file is not the one with this digest any more."
    )


class FileEdit(InFolder):
    path: Path = Field(description=_PATH)
    old_text: Annotated[str, StringConstraints(min_length=1, max_length=200_000)] = Field(
        description="The exact text to replace, with enough around it to be there only once."
    )
    new_text: Annotated[str, StringConstraints(max_length=200_000)] = Field(description="What stands there instead.")
    replace_all: bool = Field(default=False, description="Replace it everywhere in the file.")
    expected_digest: Digest | None = Field(
        default=None, description="Refuse if the file is not the one with this digest any more."
    )


class FileMove(InFolder):
    path: Path = Field(description=_PATH)
    to: Path = Field(description="The new path in the same folder; nothing may be there yet.")


class FileCopy(InFolder):
    path: Path = Field(description=_PATH)
    to: Path = Field(description="The copy's path; nothing may be there yet.")
    to_folder_id: UUID | None = Field(default=None, description="Another allowed folder for the copy.")


class FileRef(InFolder):
    path: Path = Field(description=_PATH)


class FolderMake(InFolder):
    path: Path = Field(description="Path of the new folder.")


class FileSearch(InFolder):
    query: Annotated[str, StringConstraints(min_length=1, max_length=200)] = Field(
        description="A part of a name or of a line; case does not matter."
    )
    where: Literal["names", "content", "both"] = Field(default="both", description="What to look at.")
    path: FolderPath = Field(default="", description="Look only below this folder.")
    limit: int = Field(default=50, ge=1, le=200, description="Most matches to return.")


class FileMatch(BaseModel):
    """A name, or with ``line`` (from 1) a line of a text file and what stands around the match."""

    path: str
    kind: EntryKind
    size: int
    line: int | None
    text: str


class FileMatches(BaseModel):
    """``stopped`` is empty when everything was looked at, else the bound that ended the search."""

    items: list[FileMatch]
    stopped: Literal["", "matches", "entries", "bytes", "time"]


class Change(BaseModel):
    """One change of a file or folder; digests are SHA-256 of contents, sizes in bytes."""

    id: UUID
    folder_id: UUID
    folder_name: str
    kind: ChangeKind
    entry: EntryKind
    path: str
    to_path: str | None
    size_before: int | None
    size_after: int | None
    digest_before: str | None
    digest_after: str | None
    actor: str
    created_at: datetime
    undoable: bool
    undo_until: datetime
    undoes: UUID | None
    undone_by: UUID | None
    run_id: UUID | None = Field(description="The run of the command that made it.")


class ChangeQuery(PageQuery):
    folder_id: UUID | None = Field(default=None, description="Only changes in this allowed folder.")
    query: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = Field(
        default="", description="A part of the path."
    )
    undoable: bool = Field(default=False, description="Only those that can still be undone.")
    run_id: UUID | None = Field(default=None, description="Only those that the command of this run made.")


class ChangeUndo(Input):
    change_id: UUID
    force: bool = Field(default=False, description="Undo even if the file was changed since; its content is kept.")


class RunUndo(Input):
    """A run of a command, by its id."""

    run_id: UUID
    force: bool = Field(default=False, description="Undo even if the file was changed since; its content is kept.")


class NotUndone(BaseModel):
    """A file that stays as it is, and why."""

    path: str
    problem: str


class RunUndone(BaseModel):
    """How far what a command changed was taken back."""

    undone: int
    left: list[NotUndone]


class RunChange(BaseModel):
    """A file that a command made, changed or deleted."""

    folder_name: str
    path: str
    kind: Literal["made", "changed", "deleted"]
    undoable: bool


class RunChanges(BaseModel):
    """What a command changed in your folders: the first of it, and how much it was.

    ``complete`` is false where not all was looked at: in folders with very many files, or after very many changes.
    """

    count: int
    undoable: int
    complete: bool
    items: list[RunChange]


class PreviewQuery(Input):
    """Which change, named by its action, with the input that action would get."""

    change: Annotated[str, StringConstraints(max_length=60)] = Field(
        description="The action that would run, such as files.write_file."
    )
    input: dict[str, Any] = Field(description="The input it would get.")


class ChangePreview(BaseModel):
    """What a change would do. ``diff`` is a unified diff, empty when the content is no text or stays the same."""

    kind: ChangeKind
    entry: EntryKind
    folder_name: str
    path: str
    to_path: str | None
    size_before: int | None
    size_after: int | None
    diff: str
    added: int
    removed: int
    diff_cut: bool
