"""What goes into and comes out of the assistant's actions."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from gitu.features.models.schemas import ModelId
from gitu.kernel.actions.paging import PageQuery
from gitu.kernel.actions.validation import Input
from gitu.kernel.money import Cost

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200_000)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Channel = Annotated[str, StringConstraints(pattern=r"^[a-z]{1,20}$")]
SessionState = Literal["open", "ended"]
TurnState = Literal["queued", "running", "done", "stopped", "cut", "failed"]
MessageStatus = Literal["complete", "streaming", "stopped", "cut", "failed"]
ACTIVE = ("queued", "running")


PartOrigin = Literal["person", "assistant", "system", "gitu", "outside"]
"""Who speaks in a part: the person, the model, Gitu itself; a tool, with what Gitu keeps or what is from outside."""


class TextPart(BaseModel):
    type: Literal["text"] = "text"
    text: str
    origin: PartOrigin = "assistant"


class ReasoningPart(BaseModel):
    type: Literal["reasoning"] = "reasoning"
    text: str
    origin: PartOrigin = "assistant"


class ToolCallPart(BaseModel):
    type: Literal["tool_call"] = "tool_call"
    id: str
    name: str
    title: str
    input: dict[str, Any] | None = None
    output: Any = None  # whatever the action answered
    status: Literal["running", "done", "failed", "held"] = "running"
    error: str | None = None
    approval_id: UUID | None = None
    receipt: UUID | None = Field(default=None, description="The run of the action, as its audit row names it.")
    origin: PartOrigin = Field(default="gitu", description="Where the output comes from.")
    duration_ms: float | None = None


class NoticePart(BaseModel):
    """Something Gitu itself says: a fallback was used, old messages were left out, no model is connected."""

    type: Literal["notice"] = "notice"
    code: str
    text: str
    origin: PartOrigin = "system"


class Column(BaseModel):
    key: str
    title: str


class TablePart(BaseModel):
    """A list that a command answered."""

    type: Literal["table"] = "table"
    columns: list[Column]
    rows: list[dict[str, Any]]
    origin: PartOrigin = "system"


Part = Annotated[TextPart | ReasoningPart | ToolCallPart | NoticePart | TablePart, Field(discriminator="type")]


class Usage(BaseModel):
    """Tokens and money; ``cost`` is None as soon as one call's price is unknown."""

    input_tokens: int = 0
    output_tokens: int = 0
    cost: Cost | None = None


class ErrorInfo(BaseModel):
    code: str
    detail: str


class Message(BaseModel):
    id: UUID
    session_id: UUID
    turn_id: UUID
    role: Literal["person", "assistant", "command"]
    parts: list[Part]
    status: MessageStatus
    model: str | None
    usage: Usage | None
    error: ErrorInfo | None
    created_at: datetime


class Turn(BaseModel):
    id: UUID
    session_id: UUID
    state: TurnState
    model: str | None
    usage: Usage
    error: ErrorInfo | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class Session(BaseModel):
    id: UUID
    title: str
    channel: str
    thread: str | None
    model: str | None
    state: SessionState
    last_message_preview: str
    cost: Cost | None
    owner_name: str
    shared: bool
    active_turn_id: UUID | None
    created_at: datetime
    updated_at: datetime


class MessageSend(Input):
    """Without a session a new one begins; ``edit_of`` replaces that message and all that came after it."""

    text: Text
    session_id: UUID | None = None
    edit_of: UUID | None = None
    model: ModelId | None = Field(default=None, description="The model for this session from now on.")
    channel: Channel = "web"


class Sent(BaseModel):
    session: Session
    message: Message
    turn: Turn


class SessionOpen(Input):
    """With a thread: the open session of that channel and thread, made if there is none."""

    channel: Channel = "web"
    thread: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    title: Title | None = None
    model: ModelId | None = None


class SessionQuery(PageQuery):
    query: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = Field(
        default="", description="Words to look for in titles and messages."
    )
    state: Literal["open", "ended", "all"] = "open"


class SessionRef(Input):
    session_id: UUID


class SessionUpdate(Input):
    session_id: UUID
    title: Title | None = None
    model: ModelId | None = None


class SessionShare(Input):
    session_id: UUID
    login: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class MessageQuery(PageQuery):
    session_id: UUID


class TurnRef(Input):
    turn_id: UUID


class Stopped(BaseModel):
    """How many answers were under way and end now."""

    answers: int


class Status(BaseModel):
    """How this Gitu is doing, for the person who asks."""

    version: str
    uptime_s: int
    model: str | None
    open_sessions: int
    running_turns: int
    database: Literal["ok"]
