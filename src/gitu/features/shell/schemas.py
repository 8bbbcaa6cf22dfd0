"""What goes into and comes out of the shell's actions."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from gitu.features.files.schemas import RunChanges
from gitu.features.sandbox.schemas import TerminalSize
from gitu.kernel.actions.paging import PageQuery
from gitu.kernel.actions.validation import Input

MOST_COMMAND = 16_000
MOST_STDIN = 1_500_000
"""Characters; the setting for a request's body is about as much."""
MOST_SECONDS = 600

State = Literal["running", "exited", "timeout", "cancelled", "failed", "cut"]
Line = Annotated[str, StringConstraints(min_length=1, max_length=MOST_COMMAND)]
Host = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]

_RUN_ID = Field(default=None, description="The run's id, chosen by you so that you can watch it from the beginning.")
_TIMEOUT = Field(default=120, ge=1, le=MOST_SECONDS, description="Seconds until it is ended.")
_ENCODED = "Whether stdin is text, or bytes in base64."
_STDIN = Field(default="", max_length=MOST_STDIN, description="What the command reads from its standard input.")


class RunCommand(Input):
    """Your workspace is seen as /workspace, an allowed folder as /folders/ and its name."""

    command: Line = Field(description="A line for /bin/sh.")
    cwd: Annotated[str, StringConstraints(max_length=4_000)] | None = Field(
        default=None, description="Folder to run in, inside the sandbox; without it /workspace."
    )
    timeout_s: float = _TIMEOUT
    stdin: str = _STDIN
    stdin_encoding: Literal["text", "base64"] = Field(default="text", description=_ENCODED)
    folders: list[UUID] = Field(default=[], max_length=16, description="Ids of allowed folders to mount.")
    hosts: list[Host] = Field(
        default=[], max_length=32, description="Hosts it may reach, such as pypi.org or *.example.org:443; else none."
    )
    run_id: UUID | None = _RUN_ID
    terminal: TerminalSize | None = Field(default=None, description="Run it in a terminal of this size.")


class RunUnsandboxed(Input):
    command: Line = Field(description="A line for /bin/sh, run with all rights that Gitu has on this machine.")
    timeout_s: float = _TIMEOUT
    stdin: str = _STDIN
    stdin_encoding: Literal["text", "base64"] = Field(default="text", description=_ENCODED)
    run_id: UUID | None = _RUN_ID


class RunResult(BaseModel):
    """How a command ended; of long output, the beginning and the end."""

    exit_code: int = Field(description="128 + the signal's number when a signal ended it.")
    state: State
    signal: int | None
    stdout: str
    stderr: str
    stdout_bytes: int
    stderr_bytes: int
    seconds: float
    run_id: UUID
    audit_id: UUID = Field(description="The call_id of its entry in the audit log.")
    sandboxed: bool
    denied_hosts: list[str] = Field(description="Hosts it asked for in vain.")
    changes: RunChanges | None = Field(
        default=None, description="What it changed in your folders; unknown for what ran outside of the sandbox."
    )
    workspace_full: bool = Field(
        default=False, description="Whether the workspace now holds more than it may; delete what is not needed."
    )


class Run(BaseModel):
    """A command that ran, or runs."""

    id: UUID
    session_id: UUID | None
    command: str
    cwd: str | None
    sandboxed: bool
    hosts: list[str]
    folders: list[str] = Field(description="Whole paths of what was mounted.")
    state: State
    exit_code: int | None
    signal: int | None
    error_code: str | None
    stdout_bytes: int
    stderr_bytes: int
    seconds: float | None
    audit_id: UUID
    started_at: datetime
    finished_at: datetime | None


class RunWithOutput(Run):
    """With what was kept of its output: the beginning and the end of what was long."""

    stdout: str
    stderr: str


class RunQuery(PageQuery):
    state: State | None = None
    session_id: UUID | None = None


class RunRef(Input):
    run_id: UUID


class SandboxRef(Input):
    sandbox: Annotated[str, StringConstraints(min_length=1, max_length=200)] = Field(
        description="Its name, as the list has it."
    )


class SandboxListed(BaseModel):
    """A living sandbox of yours."""

    sandbox: str
    session_id: UUID | None
    backend: str
    running: int
    idle_s: float
    denied_hosts: list[str]


class SandboxList(BaseModel):
    items: list[SandboxListed]
