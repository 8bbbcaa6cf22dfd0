"""Real sandboxes of bubblewrap; where the machine allows none, the tests say by what."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path

import pytest

from gitu.features.sandbox import system
from gitu.features.sandbox.api import Sandbox, Sandboxes, make_workspace
from gitu.features.sandbox.backends.containers import Containers
from gitu.features.sandbox.schemas import Command, Outcome, SandboxSpec
from tests.support.containers import IMAGE, settings_of, why_not

PYTHON = system.python()[0]
OWNER = "amal"

Names = dict[str, list[str]]
Opened = Callable[[SandboxSpec], Awaitable[Sandbox]]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def sandboxes(needs_bubblewrap: None, tmp_path: Path, anyio_backend: str) -> AsyncGenerator[Sandboxes]:
    made = Sandboxes(choice="bubblewrap", run=tmp_path)
    yield made
    await made.aclose()


@pytest.fixture(params=["podman", "docker"])
async def contained(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, anyio_backend: str
) -> AsyncGenerator[Sandboxes]:
    """Sandboxes of each engine that runs containers on this machine."""
    if (reason := why_not(request.param)) is not None:
        pytest.skip(reason)
    for name, value in settings_of(request.param).items():
        monkeypatch.setenv(name, value)
    made = Sandboxes(run=tmp_path, backend=Containers(request.param, IMAGE))
    yield made
    await made.aclose()


@pytest.fixture
async def box(sandboxes: Sandboxes) -> Sandbox:
    """A sandbox with nothing granted."""
    return await sandboxes.open("session", OWNER, SandboxSpec())


@pytest.fixture
def opened(sandboxes: Sandboxes) -> Opened:
    """A sandbox with what the test grants."""

    async def open_(spec: SandboxSpec) -> Sandbox:
        return await sandboxes.open("session", OWNER, spec)

    return open_


@pytest.fixture
async def named(
    needs_bubblewrap: None, tmp_path: Path, anyio_backend: str
) -> AsyncGenerator[Callable[[Names], Sandboxes]]:
    """Sandboxes in whose world names lead to the given addresses; DNS is not of this machine."""
    made: list[Sandboxes] = []

    def make(names: Names) -> Sandboxes:
        async def resolve(name: str, port: int) -> list[str]:
            if name not in names:
                raise OSError("no such name")
            return names[name]

        made.append(Sandboxes(choice="bubblewrap", run=tmp_path, resolver=resolve))
        return made[-1]

    yield make
    for one in made:
        await one.aclose()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of this machine that the user inside may write, were it granted."""
    return make_workspace(tmp_path / "folder")


async def sh(box: Sandbox, line: str, timeout_s: float = 60) -> Outcome:
    """Run a line of shell."""
    return await box.run(Command(shell=line, timeout_s=timeout_s))


async def py(box: Sandbox, code: str, timeout_s: float = 60) -> Outcome:
    """Run Python code."""
    return await box.run(Command(argv=(PYTHON, "-I", "-S", "-c", code), timeout_s=timeout_s))
