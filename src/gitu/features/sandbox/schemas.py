"""What a sandbox is asked for, and what a command tells."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gitu.kernel.i18n import Unfit

MIB = 1 << 20
WORKSPACE = "/workspace"

Choice = Literal["auto", "bubblewrap", "docker", "podman", "off"]
StreamName = Literal["stdout", "stderr"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Folder(_Frozen):
    """A folder of this machine that is seen inside. ``source`` must be the real folder, without symbolic links."""

    source: Path
    target: str = Field(description="Absolute path inside, for example /workspace/reports.")
    writable: bool = False


class Network(_Frozen):
    """The hosts that may be reached, through the proxy alone.

    A host is a name (``pypi.org``), a name with its subdomains (``*.pythonhosted.org``), ``*`` for every public host,
    or an address, each with an optional port (``:443``); without one, 80 and 443. Private addresses must be named.
    """

    hosts: tuple[str, ...] = Field(min_length=1, max_length=256)


class Limits(_Frozen):
    """The most a sandbox may use. Bytes, seconds, counts."""

    memory_bytes: int = Field(default=2048 * MIB, ge=32 * MIB)
    processes: int = Field(default=256, ge=4)
    cpus: float = Field(default=2.0, gt=0, description="Processors' worth of time, where there are control groups.")
    cpu_s: int = Field(default=900, ge=1, description="Processor time of one process.")
    open_files: int = Field(default=1024, ge=32)
    file_bytes: int = Field(default=1024 * MIB, ge=4096, description="Largest file that can be written.")
    tmp_bytes: int = Field(default=256 * MIB, ge=65_536, description="Each of /tmp, /home/gitu and /dev/shm.")
    workspace_bytes: int = Field(
        default=512 * MIB, ge=65_536, description="All of the workspace; in a folder of the machine, the sandbox ends."
    )
    disk_reserve_bytes: int = Field(
        default=256 * MIB, ge=0, description="The sandbox ends when a disk that it writes to has less left."
    )


class SandboxSpec(_Frozen):
    """What a session's sandbox may see and use."""

    workspace: Path | None = Field(default=None, description="Folder seen as /workspace; without it, a private one.")
    folders: tuple[Folder, ...] = Field(default=(), max_length=64)
    network: Network | None = None
    limits: Limits = Limits()
    environment: dict[str, str] = Field(default_factory=dict[str, str])
    debugging: bool = Field(default=False, description="Whether debuggers may trace processes inside.")


class TerminalSize(_Frozen):
    """Rows and columns of a terminal."""

    rows: int = Field(default=24, ge=1, le=1000)
    columns: int = Field(default=80, ge=1, le=1000)


class Command(_Frozen):
    """A command: either ``argv`` or a ``shell`` line for ``/bin/sh``."""

    argv: tuple[Annotated[str, Field(min_length=0, max_length=131_000)], ...] | None = None
    shell: str | None = Field(default=None, max_length=131_000)
    cwd: str | None = Field(default=None, description="Folder inside; without it, the workspace.")
    environment: dict[str, str] = Field(default_factory=dict[str, str])
    stdin: bytes = b""
    interactive: bool = Field(default=False, description="Whether more input comes while it runs.")
    timeout_s: float | None = Field(default=120, gt=0)
    output_bytes: int = Field(default=MIB, ge=2, le=64 * MIB, description="Kept of each stream: its head and its end.")
    terminal: TerminalSize | None = Field(default=None, description="Run in a terminal of this size.")

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.argv is None) == (self.shell is None):
            raise Unfit("field-one-form")
        if self.argv is not None and (not self.argv or not self.argv[0]):
            raise Unfit("field-no-program")
        texts = [*(self.argv or ()), self.shell or "", self.cwd or "", *self.environment, *self.environment.values()]
        if any("\0" in text for text in texts):
            raise Unfit("field-command-nul")
        return self


class Chunk(_Frozen):
    """A piece of output, as it came."""

    stream: StreamName
    data: bytes


class Output(_Frozen):
    """One stream of a command: its beginning and its end; what lay between may be left out."""

    head: bytes
    tail: bytes
    total: int

    @property
    def cut(self) -> int:
        """How many bytes between head and tail were left out."""
        return self.total - len(self.head) - len(self.tail)

    @property
    def data(self) -> bytes:
        """What was kept, without a mark where something is missing."""
        return self.head + self.tail

    def text(self) -> str:
        """As text; bytes that are not UTF-8 are replaced, and a line tells how much was left out."""
        if not self.cut:
            return self.data.decode("utf-8", errors="replace")
        head, tail = self.head.decode("utf-8", errors="ignore"), self.tail.decode("utf-8", errors="ignore")
        return f"{head}\n[… {self.cut} bytes left out …]\n{tail}"


class Outcome(_Frozen):
    """How a command ended. ``exit_code`` is 128 + the signal's number when a signal ended it, as shells say it."""

    exit_code: int
    signal: int | None
    ended: Literal["exited", "timeout", "cancelled"]
    stdout: Output
    stderr: Output
    seconds: float
    cpu_s: float


class SandboxInfo(_Frozen):
    """A running sandbox, for a list."""

    key: str
    owner: str
    backend: str
    running: int
    idle_s: float
    denied_hosts: tuple[str, ...]


class Availability(_Frozen):
    """Whether commands can be confined here, and by what; ``problem`` says the way out."""

    backend: str | None
    version: str | None = None
    problem: str | None = None
    notes: tuple[str, ...] = ()
