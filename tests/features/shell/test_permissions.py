"""What the assistant may run: what was granted, as far as that goes; else exactly what the person approved."""

import asyncio
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from gitu.features.shell import errors
from gitu.features.shell.schemas import RunResult
from gitu.features.trust.approvals import run_approved
from gitu.features.trust.errors import GrantNeverHolds
from gitu.kernel.actions.execute import Call, execute
from gitu.kernel.actions.registry import Door
from gitu.kernel.auth.principal import Principal, Role
from gitu.kernel.errors import ApprovalNeeded, Denied
from gitu.kernel.ids import new_id
from gitu.kernel.services import Services
from tests.features.shell.conftest import Allowed
from tests.support.services import make_person, run

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("needs_bubblewrap")]


async def asked(
    services: Services, who: Principal, line: str, *, action: str = "run_command", **more: Any
) -> RunResult:
    """The assistant runs a line in a conversation."""
    call = Call(Door.AGENT, idempotency_key=str(new_id()), origin={"session_id": str(who.user_id)})
    given = {"command": line, "timeout_s": 60, **more}
    answer = await execute(services, who.as_agent(), f"shell.{action}", given, call)
    assert isinstance(answer, RunResult)
    return answer


async def held(services: Services, who: Principal, line: str, **more: Any) -> dict[str, Any]:
    """The request that the assistant's call became."""
    with pytest.raises(ApprovalNeeded):
        await asked(services, who, line, **more)
    page = (await run(services, who, "trust.list_approvals", state="pending")).model_dump(mode="json")
    found: dict[str, Any] = page["items"][0]
    return found


async def workspace_of(services: Services, who: Principal) -> str:
    folders = (await run(services, who, "files.list_folders")).model_dump()["items"]
    return str(folders[0]["path"])


async def grant(services: Services, who: Principal, **limits: Any) -> None:
    await run(services, who, "trust.create_grant", covers="shell.run_command", limits=limits)


async def test_the_request_shows_the_whole_command_and_all_that_it_would_see_and_reach(
    services: Services, tmp_path: Path, allow: Allowed, shelf: Path
) -> None:
    amal = await make_person(services, "amal")
    folder = await allow(amal, shelf)
    shown = await held(services, amal, "sh -", stdin="rm -rf *", folders=[folder], hosts=["PyPI.org"])
    assert shown["effect"]["command"] == "sh -\n<<< rm -rf *"
    assert shown["effect"]["paths"] == [await workspace_of(services, amal), str(shelf)]
    assert shown["effect"]["hosts"] == ["pypi.org"]


async def test_what_was_approved_is_what_runs(services: Services) -> None:
    amal = await make_person(services, "amal")
    shown = await held(services, amal, "echo approved > proof.txt; cat proof.txt")
    await approve(services, shown["id"])
    (row,) = (await run(services, amal, "shell.list_runs")).model_dump(mode="json")["items"]
    assert (row["command"], row["state"], row["exit_code"]) == (shown["effect"]["command"], "exited", 0)
    assert row["session_id"] == str(amal.user_id)
    read = await run(services, amal, "files.read_file", path="proof.txt")
    assert read.model_dump()["content"] == "approved\n"
    page = await run(services, amal, "trust.list_audit", call_id=row["audit_id"])
    assert [one["action"] for one in page.model_dump()["items"]] == ["shell.run_command"]


async def approve(services: Services, approval_id: str) -> None:
    """Approve, and do at once what a job would do: the engine of jobs does not run in these tests."""
    async with services.database.transaction() as db:
        await db.execute(text("UPDATE approvals SET state = 'approved' WHERE id = :id"), {"id": approval_id})
    await run_approved(services, UUID(approval_id))


async def test_a_grant_of_a_command_covers_its_arguments_and_nothing_behind_them(services: Services) -> None:
    amal = await make_person(services, "amal")
    await grant(services, amal, commands=["echo *"], paths=[await workspace_of(services, amal)])
    assert (await asked(services, amal, "echo one two")).stdout == "one two\n"
    for line in ("ls", "echo a; ls", "echo $(ls)", "echo a > b", "echo a && ls", "echo a\nls"):
        with pytest.raises(ApprovalNeeded):
            await asked(services, amal, line)
    with pytest.raises(ApprovalNeeded):
        await asked(services, amal, "echo a", stdin="more")


async def test_a_grant_names_the_folders_and_the_hosts_too(services: Services, shelf: Path, allow: Allowed) -> None:
    amal = await make_person(services, "amal")
    folder, workspace = await allow(amal, shelf), await workspace_of(services, amal)
    await grant(services, amal, commands=["ls *"])
    with pytest.raises(ApprovalNeeded):
        await asked(services, amal, "ls /workspace")
    await grant(services, amal, commands=["ls *"], paths=[workspace], hosts=["pypi.org"])
    assert (await asked(services, amal, "ls /workspace")).exit_code == 0
    assert (await asked(services, amal, "ls /workspace", hosts=["pypi.org"])).exit_code == 0
    wider: list[dict[str, Any]] = [{"folders": [folder]}, {"hosts": ["example.org"]}, {"hosts": ["*.pypi.org"]}]
    for more in wider:
        with pytest.raises(ApprovalNeeded):
            await asked(services, amal, "ls /workspace", **more)
    await grant(services, amal, commands=["ls *"], paths=[workspace, str(shelf)])
    assert (await asked(services, amal, "ls /folders/shelf", folders=[folder])).stdout == "book.txt\n"


async def test_a_conversation_has_a_sandbox_of_its_own_and_stops_only_its_own_commands(services: Services) -> None:
    amal = await make_person(services, "amal")
    await grant(services, amal, commands=["*"], paths=["*"])
    await asked(services, amal, "echo mine > /tmp/left")
    assert (await asked(services, amal, "cat /tmp/left")).stdout == "mine\n"
    outside = await run(services, amal, "shell.run_command", command="cat /tmp/left")
    assert outside.model_dump()["exit_code"] == 1
    await run(services, amal, "trust.create_grant", covers="shell.stop_run")
    run_id = outside.model_dump()["run_id"]
    origin = {"session_id": str(amal.user_id)}
    with pytest.raises(errors.RunNotFound):
        await execute(services, amal.as_agent(), "shell.stop_run", {"run_id": run_id}, Call(Door.AGENT, origin=origin))


async def test_outside_of_the_sandbox_nothing_runs_unless_the_server_permits_it(services: Services) -> None:
    admin, member = await make_person(services, "admin", Role.ADMIN), await make_person(services, "member")
    with pytest.raises(errors.UnsandboxedOff):
        await run(services, admin, "shell.run_unsandboxed", command="true")
    permit(services)
    with pytest.raises(Denied):
        await run(services, member, "shell.run_unsandboxed", command="true")


def permit(services: Services) -> None:
    object.__setattr__(services.settings, "shell_unsandboxed", True)


async def test_outside_of_the_sandbox_a_command_has_none_of_gitu_s_secrets(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    permit(services)
    monkeypatch.setenv("DATABASE_URL", "postgresql://canary")
    monkeypatch.setenv("GITU_MASTER_KEYS", "canary")
    monkeypatch.setenv("OPENAI_API_KEY", "canary")
    admin = await make_person(services, "admin", Role.ADMIN)
    done = (
        await run(services, admin, "shell.run_unsandboxed", command="env; pwd; cat; exit 3", stdin="in")
    ).model_dump()
    assert "canary" not in done["stdout"]
    assert done["stdout"].endswith(f"{await workspace_of(services, admin)}\nin")
    assert (done["exit_code"], done["sandboxed"], done["state"]) == (3, False, "exited")


async def test_outside_of_the_sandbox_a_command_ends_with_all_that_it_started(services: Services) -> None:
    permit(services)
    admin = await make_person(services, "admin", Role.ADMIN)
    line = "sleep 300 & echo $!; sleep 300"
    done = (await run(services, admin, "shell.run_unsandboxed", command=line, timeout_s=1)).model_dump()
    assert (done["state"], done["exit_code"]) == ("timeout", 137)
    assert not running(int(done["stdout"]))


@pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere the kernel hands orphans to nobody but its own first process"
)
async def test_outside_of_the_sandbox_what_left_the_group_ends_with_the_command_too(services: Services) -> None:
    permit(services)
    admin = await make_person(services, "admin", Role.ADMIN)
    line = "(setsid setsid sh -c 'echo $$; exec sleep 300' &); sleep 1; exit 4"
    done = (await run(services, admin, "shell.run_unsandboxed", command=line, timeout_s=60)).model_dump()
    assert (done["state"], done["exit_code"]) == ("exited", 4)
    assert not running(int(done["stdout"]))


async def test_outside_of_the_sandbox_a_command_goes_when_its_keeper_is_killed(services: Services) -> None:
    permit(services)
    admin = await make_person(services, "admin", Role.ADMIN)
    done = (
        await run(services, admin, "shell.run_unsandboxed", command="sleep 300 & echo $!; kill -9 $PPID; wait")
    ).model_dump()
    assert (done["state"], done["exit_code"]) == ("exited", 137)
    # Nobody is left who could have waited until the kernel had ended it.
    async with asyncio.timeout(10):
        while running(int(done["stdout"])):
            await asyncio.sleep(0.01)


def running(pid: int) -> bool:
    """Whether the process lives; one that waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def test_outside_of_the_sandbox_the_assistant_asks_every_time(services: Services) -> None:
    permit(services)
    admin = await make_person(services, "admin", Role.ADMIN)
    for covers in ("shell.run_unsandboxed", "shell:unsandboxed"):
        with pytest.raises(GrantNeverHolds):
            await run(services, admin, "trust.create_grant", covers=covers, limits={"commands": ["*"], "paths": ["*"]})
    shown = await held(services, admin, "echo once", action="run_unsandboxed")
    assert (shown["effect"]["command"], shown["effect"]["paths"]) == ("echo once", ["/"])
    with pytest.raises(GrantNeverHolds):
        await run(services, admin, "trust.approve", approval_id=shown["id"], remember={"how_long": "always"})
    await approve(services, shown["id"])
    again = await held(services, admin, "echo once", action="run_unsandboxed")
    assert again["id"] != shown["id"]
