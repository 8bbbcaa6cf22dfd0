"""A sandbox is a workspace for pydantic-ai's agents: its own conformance suite says so."""

import itertools
from collections.abc import Awaitable, Callable

import pytest
from pydantic_ai.messages import WorkspaceRef
from pydantic_ai.workspaces import WorkspaceBackend, WorkspaceOutputLimitError
from pydantic_ai.workspaces.conformance import WorkspaceBackendSuite

from gitu.features.sandbox.api import Sandboxes
from gitu.features.sandbox.schemas import SandboxSpec
from gitu.features.sandbox.workspace import SandboxWorkspace
from tests.features.sandbox.conftest import OWNER


class TestSandboxWorkspace(WorkspaceBackendSuite):
    @pytest.fixture
    def backend(self, sandboxes: Sandboxes) -> WorkspaceBackend:
        return SandboxWorkspace(sandboxes, "session", OWNER, SandboxSpec())

    @pytest.fixture
    def fresh_backend(self, sandboxes: Sandboxes) -> Callable[[], WorkspaceBackend]:
        numbers = itertools.count()
        return lambda: SandboxWorkspace(sandboxes, f"fresh-{next(numbers)}", OWNER, SandboxSpec())

    @pytest.fixture
    def attach_backend(self, sandboxes: Sandboxes) -> Callable[[WorkspaceRef], WorkspaceBackend]:
        return lambda ref: SandboxWorkspace(sandboxes, ref.id, OWNER, SandboxSpec(), ref=ref)

    @pytest.fixture
    def destroy_environment(self, sandboxes: Sandboxes) -> Callable[[WorkspaceBackend], Awaitable[None]]:
        async def destroy(backend: WorkspaceBackend) -> None:
            assert backend.ref is not None
            await sandboxes.close(backend.ref.id, OWNER)

        return destroy


@pytest.mark.anyio
async def test_output_too_long_for_an_agent_is_an_error_that_says_what_to_do(sandboxes: Sandboxes) -> None:
    workspace = SandboxWorkspace(sandboxes, "session", OWNER, SandboxSpec())
    with pytest.raises(WorkspaceOutputLimitError, match="write to a file"):
        await workspace.run("head -c 30000000 /dev/zero", shell=True)


@pytest.mark.anyio
async def test_the_name_of_another_session_s_sandbox_is_no_key_to_it(sandboxes: Sandboxes) -> None:
    ref = WorkspaceRef(provider="gitu-sandbox", id="other")
    with pytest.raises(ValueError, match="names no sandbox of this session"):
        SandboxWorkspace(sandboxes, "mine", OWNER, SandboxSpec(), ref=ref)
