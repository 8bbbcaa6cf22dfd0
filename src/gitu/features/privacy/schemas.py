"""What goes into and comes out of the privacy actions."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, SecretStr, StringConstraints

from gitu.features.identity.schemas.factors import Proof
from gitu.kernel.actions.validation import Input

Confirmation = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
State = Literal["queued", "running", "ready", "failed"]
Way = Literal["password", "code", "passkey", "sign_in"]


class NoInput(Input):
    """Nothing to give."""


class KindNotice(BaseModel):
    """One kind of data; all but ``kind`` are sentences in the reader's language."""

    kind: str
    title: str
    what: str
    why: str
    kept: str
    stays: str | None
    """Why some of it outlives an erasure; None when all of it goes."""


class Receiver(BaseModel):
    """Whom a person's words can be sent to."""

    name: str
    host: str
    local: bool


class Notice(BaseModel):
    """What is held, why, how long, and who gets it. ``receivers`` are known only for someone who is signed in."""

    kinds: list[KindNotice]
    receivers: list[Receiver] | None


class Export(BaseModel):
    """``done`` of ``total`` parts are written; ``sha256`` is the finished archive's."""

    id: UUID
    state: State
    done: int
    total: int
    size_bytes: int | None
    sha256: str | None
    error_code: str | None
    created_at: datetime
    finished_at: datetime | None
    expires_at: datetime | None


class ExportRef(Input):
    export_id: UUID


class Going(BaseModel):
    """Rows and files of one kind that go."""

    kind: str
    title: str
    rows: int
    files: int


class Staying(BaseModel):
    """Rows of one kind that stay, by an id that names nobody any more, and why."""

    kind: str
    title: str
    rows: int
    why: str


class ErasureQuery(Input):
    person_id: UUID | None = Field(default=None, description="Somebody else, whose access was closed; for admins.")


class ErasurePreview(BaseModel):
    """What an erasure would do. ``confirm`` is what has to be typed, ``proofs`` what can prove who you are."""

    person_id: UUID
    confirm: str
    going: list[Going]
    staying: list[Staying]
    proofs: list[Way]
    blocked: str | None
    """Why it can't be done now, and the way out."""


class EraseMe(Proof):
    confirm: Confirmation = Field(description="Your sign-in name, so that nothing happens by mistake.")


class ErasePerson(Proof):
    person_id: UUID
    confirm: Confirmation = Field(description="The person's sign-in name, so that nothing happens by mistake.")


class ErasureStarted(BaseModel):
    """``receipt`` shows the report later, to whoever holds it; it is told this once."""

    erasure_id: UUID
    receipt: str


class ReportRequest(Input):
    receipt: Annotated[SecretStr, Field(min_length=1, max_length=200)]


class ErasureReport(BaseModel):
    """What was erased and what stayed; it names nobody. ``notes`` are sentences about the database's own files."""

    id: UUID
    person_id: UUID
    by: Literal["self", "admin"]
    state: Literal["running", "done"]
    started_at: datetime
    finished_at: datetime | None
    kept_until: datetime | None
    going: list[Going]
    staying: list[Staying]
    notes: list[str]
