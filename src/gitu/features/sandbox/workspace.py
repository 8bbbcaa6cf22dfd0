"""A session's sandbox as a workspace of pydantic-ai, for its agents and their tools. Imported only when used."""

import asyncio
from collections.abc import Mapping

from pydantic_ai.workspaces import (
    CommandResult,
    SupportsCommands,
    SupportsRealpath,
    WorkspaceBackend,
    WorkspaceCommand,
    WorkspaceOutputLimitError,
    WorkspaceRef,
    WorkspaceTimeoutError,
    WorkspaceUnavailableError,
)

from gitu.features.sandbox.box import Sandbox
from gitu.features.sandbox.errors import SandboxGone
from gitu.features.sandbox.manager import Sandboxes
from gitu.features.sandbox.schemas import MIB, WORKSPACE, Command, SandboxSpec

PROVIDER = "gitu-sandbox"
MOST_OUTPUT = 10 * MIB


class SandboxWorkspace(WorkspaceBackend, SupportsCommands, SupportsRealpath):
    """The sandbox of ``key``. With a ``ref`` it attaches to the one that runs, else its first use makes it."""

    def __init__(
        self, sandboxes: Sandboxes, key: str, owner: str, spec: SandboxSpec, *, ref: WorkspaceRef | None = None
    ) -> None:
        if ref is not None and (ref.provider != PROVIDER or ref.id != key):
            raise ValueError(f"{ref} names no sandbox of this session")
        self._sandboxes, self._key, self._owner, self._spec = sandboxes, key, owner, spec
        self._ref = ref
        self._lock = asyncio.Lock()

    @property
    def ref(self) -> WorkspaceRef | None:
        """What names the sandbox, once it was made."""
        return self._ref

    async def working_dir(self) -> str:
        """Where commands start."""
        await self._sandbox()
        return WORKSPACE

    async def realpath(self, path: str) -> str:
        """Where a path inside leads."""
        sandbox = await self._sandbox()
        try:
            return await sandbox.realpath(path)
        except SandboxGone as gone:
            raise WorkspaceUnavailableError(gone.english()) from None

    async def run(
        self,
        command: WorkspaceCommand,
        *,
        shell: bool = False,
        env: Mapping[str, str] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the protocol's
    ) -> CommandResult:
        """Run a command. Raises TypeError, ValueError, and the errors of the protocol."""
        asked = _command(command, shell=shell, env=env, timeout=timeout)
        sandbox = await self._sandbox()
        try:
            outcome = await sandbox.run(asked)
        except SandboxGone as gone:
            raise WorkspaceUnavailableError(gone.english()) from None
        stdout, stderr = (one.data.decode("utf-8", errors="replace") for one in (outcome.stdout, outcome.stderr))
        if outcome.ended == "timeout":
            raise WorkspaceTimeoutError(f"the command was ended after {timeout:g} s", stdout=stdout, stderr=stderr)
        if outcome.stdout.cut or outcome.stderr.cut:
            sentence = f"the command wrote more than {MOST_OUTPUT} bytes; let it write to a file and read parts of it"
            raise WorkspaceOutputLimitError(sentence, limit=MOST_OUTPUT, stdout=stdout[:65_536], stderr=stderr[:65_536])
        return CommandResult(exit_code=outcome.exit_code, stdout=stdout, stderr=stderr)

    async def _sandbox(self) -> Sandbox:
        """The sandbox, made on first use and never again: whoever lost one is told so."""
        async with self._lock:
            if self._ref is not None:
                found = self._sandboxes.find(self._key, self._owner)
                if found is None:
                    raise WorkspaceUnavailableError(f"the sandbox {self._key} has ended")
                return found
            made = await self._sandboxes.open(self._key, self._owner, self._spec)
            self._ref = WorkspaceRef(provider=PROVIDER, id=self._key)
            return made


def _command(
    command: WorkspaceCommand, *, shell: bool, env: Mapping[str, str] | None, timeout: float | None
) -> Command:
    if isinstance(command, str) != shell:
        raise TypeError("a string needs shell=True, a list of arguments shell=False")
    if timeout is not None and (not isinstance(timeout, (int, float)) or not 0 < timeout < float("inf")):  # pyright: ignore[reportUnnecessaryIsInstance] - the protocol's rule
        raise ValueError("timeout must be a positive finite number or None")
    return Command(
        argv=None if isinstance(command, str) else tuple(command),
        shell=command if isinstance(command, str) else None,
        environment=dict(env or {}),
        timeout_s=timeout,
        output_bytes=MOST_OUTPUT,
    )
