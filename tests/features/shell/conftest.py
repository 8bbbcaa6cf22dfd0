"""People who run commands, and folders that an admin allowed them."""

from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from gitu.features.sandbox.api import make_workspace
from gitu.features.shell.schemas import RunResult
from gitu.kernel.auth.principal import Principal, Role
from gitu.kernel.services import Services
from tests.support.services import make_person, run

Ran = Callable[..., Coroutine[Any, Any, RunResult]]
Allowed = Callable[..., Awaitable[str]]


@pytest.fixture
def sh(services: Services, needs_bubblewrap: None) -> Ran:
    """Run a line in the sandbox as somebody."""

    async def execute(who: Principal, line: str, **more: Any) -> RunResult:
        given: dict[str, Any] = {"timeout_s": 60, **more}
        answer = await run(services, who, "shell.run_command", command=line, **given)
        assert isinstance(answer, RunResult)
        return answer

    return execute


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder of the machine with a file, which commands may write where it is allowed for that."""
    folder = make_workspace(tmp_path.resolve() / "shelf")
    (folder / "book.txt").write_text("Once upon a time\n")
    (folder / "book.txt").chmod(0o644)
    return folder


@pytest.fixture
def allow(services: Services) -> Allowed:
    """Let an admin allow somebody a folder; its id."""

    async def allowed(person: Principal, folder: Path, **more: Any) -> str:
        admin = await make_person(services, f"admin-{folder.name}-{person.name}", Role.ADMIN)
        given: dict[str, Any] = {"person_id": str(person.user_id), "path": str(folder), **more}
        return str((await run(services, admin, "files.allow_folder", **given)).model_dump()["id"])

    return allowed
