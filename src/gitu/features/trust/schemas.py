"""What goes into and comes out of trust's actions."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from gitu.kernel.actions.effects import Effect
from gitu.kernel.actions.kinds import Door, Risk
from gitu.kernel.actions.paging import PageQuery
from gitu.kernel.actions.permissions.limits import Limits
from gitu.kernel.actions.validation import Input
from gitu.kernel.auth.principal import Kind
from gitu.kernel.money import Cost

Outcome = Literal["ok", "denied", "held", "failed"]
ApprovalState = Literal["pending", "approved", "denied", "expired", "failed"]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]


def _in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


Moment = Annotated[datetime, AfterValidator(_in_utc)]
"""A time; one without a zone is in UTC."""


class AuditQuery(PageQuery):
    """What to look for; ``query`` is a part of an action's title or name."""

    query: Short = ""
    actor_id: UUID | None = None
    action: Short | None = None
    outcome: Outcome | None = None
    call_id: UUID | None = Field(default=None, description="One run of an action, as its receipt names it.")
    changes_only: bool = Field(default=False, description="Leave out what was only read.")


class AuditEntry(BaseModel):
    id: int
    seq: int | None
    at: datetime
    actor_id: UUID | None
    actor_name: str | None
    actor_kind: Kind
    door: Door
    action: str
    title: str = Field(description="What the action does, in the reader's language.")
    risk: Risk | None = Field(description="What the action may cost; null for entries older than this field.")
    outcome: Outcome
    error_code: str | None
    duration_ms: float
    cost: Cost | None
    input_digest: str
    hash: str | None


class Approval(BaseModel):
    """A held call: what it would do (``effect``), who asked, and where content came from that was read before."""

    id: UUID
    action: str
    title: str
    scope: str | None
    risk: Risk
    input: dict[str, Any]
    effect: Effect
    requested_by: str
    delegate: str
    delegate_name: str = Field(description="Whose grants hold for it: the assistant, or the key by its name.")
    origin: dict[str, Any]
    session_id: UUID | None
    outside: list[str]
    state: ApprovalState
    running: bool = Field(description="Approved, and not yet known what came of it.")
    error_code: str | None
    created_at: datetime
    expires_at: datetime
    decided_at: datetime | None


class ApprovalQuery(PageQuery):
    state: ApprovalState | Literal["decided"] | None = Field(
        default=None, description="``decided``: all that waits no more, also because its time is over."
    )
    session_id: UUID | None = None


class ApprovalRef(Input):
    approval_id: UUID


class Remember(Input):
    """Let the same be done again without asking, within limits.

    ``how_long``: in this conversation, until a time, or always. Without ``limits``: exactly what this request touches.
    ``after_outside``: also when content from outside was read before.
    """

    how_long: Literal["session", "until", "always"]
    until: Moment | None = None
    limits: Limits | None = None
    after_outside: bool = False


class ApprovalGive(Input):
    """Without ``remember`` the approval holds for this one call."""

    approval_id: UUID
    remember: Remember | None = None


class GrantQuery(PageQuery):
    state: Literal["active", "all"] = "active"


class GrantRef(Input):
    grant_id: UUID


Delegate = Annotated[str, StringConstraints(pattern=r"^(agent|api_key:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$")]


class GrantCreate(Input):
    """``covers`` is a scope such as ``files:read``, an action such as ``files.write_file``, or ``read``."""

    delegate: Annotated[
        str, StringConstraints(pattern=r"^(agent|api_key:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$")
    ] = "agent"
    covers: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    limits: Limits = Limits()
    session_id: UUID | None = None
    after_outside: bool = False
    expires_at: Moment | None = None
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


class Grant(BaseModel):
    """What something that acts for you may do without asking, how far, and until when."""

    id: UUID
    delegate: str
    delegate_name: str
    covers: str
    title: str
    limits: Limits
    session_id: UUID | None
    after_outside: bool
    reason: str
    origin: Literal["baseline", "approval", "person", "upgrade"] = Field(
        description="``upgrade``: what a key could do before keys had permissions of their own."
    )
    state: Literal["active", "expired", "revoked"]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None


class ApprovalDecided(BaseModel):
    """The request as it stands now, and what the approved action answered."""

    approval: Approval
    output: dict[str, Any] | None = None


class ActionInfo(BaseModel):
    name: str
    command: str
    feature: str
    summary: str
    risk: Risk
    scope: str | None
    http: str | None
    doors: list[Door]
    input_schema: dict[str, Any] = Field(description="JSON Schema of the input.")


class ActionList(BaseModel):
    items: list[ActionInfo]
