"""What a command in the sandbox sees, does and tells."""

import asyncio
import base64
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from gitu.features.sandbox.errors import CommandNotStarted, HostRuleInvalid, SandboxUnavailable
from gitu.features.shell import errors
from gitu.features.shell.api import watch_run
from gitu.features.shell.schemas import Run, RunResult
from gitu.kernel.actions.registry import Door
from gitu.kernel.auth.principal import Principal, Role
from gitu.kernel.errors import Denied, Invalid
from gitu.kernel.ids import new_id
from gitu.kernel.services import Services
from tests.features.shell.conftest import Allowed, Ran
from tests.support.services import make_person, run

pytestmark = pytest.mark.anyio


async def kept(services: Services, who: Principal, run_id: UUID) -> dict[str, Any]:
    """The run as it is shown later."""
    return (await run(services, who, "shell.get_run", run_id=str(run_id))).model_dump(mode="json")


async def test_it_tells_its_output_its_exit_code_and_where_the_audit_log_speaks_of_it(
    services: Services, sh: Ran
) -> None:
    amal = await make_person(services, "amal")
    done = await sh(amal, "echo out; echo err >&2; exit 3")
    assert (done.exit_code, done.state, done.stdout, done.stderr) == (3, "exited", "out\n", "err\n")
    assert done.sandboxed
    page = await run(services, amal, "trust.list_audit", call_id=str(done.audit_id))
    (entry,) = page.model_dump()["items"]
    assert (entry["action"], entry["outcome"], entry["actor_id"]) == ("shell.run_command", "ok", amal.user_id)


async def test_it_is_kept_with_what_it_wrote(services: Services, sh: Ran) -> None:
    amal = await make_person(services, "amal")
    done = await sh(amal, "printf 'a\\0b'; exit 1")
    shown = await kept(services, amal, done.run_id)
    assert (shown["state"], shown["exit_code"], shown["stdout"]) == ("exited", 1, "a\ufffdb")
    assert (shown["command"], shown["audit_id"]) == ("printf 'a\\0b'; exit 1", str(done.audit_id))
    listed = (await run(services, amal, "shell.list_runs")).model_dump()["items"]
    assert [one["id"] for one in listed] == [done.run_id]


async def test_files_of_the_workspace_are_the_person_s_files(services: Services, sh: Ran) -> None:
    amal = await make_person(services, "amal")
    await run(services, amal, "files.write_file", path="plan.txt", content="Build a house\n")
    done = await sh(amal, "cat plan.txt && mkdir -p made && echo done > made/result.txt", cwd="/workspace")
    assert (done.exit_code, done.stdout) == (0, "Build a house\n")
    read = await run(services, amal, "files.read_file", path="made/result.txt")
    assert read.model_dump()["content"] == "done\n"
    assert (await sh(amal, "pwd", cwd="made")).stdout == "/workspace/made\n"


async def test_one_person_sees_nothing_of_another_s_workspace(services: Services, sh: Ran) -> None:
    amal, eve = await make_person(services, "amal"), await make_person(services, "eve")
    await sh(amal, "echo secret > mine.txt")
    assert (await sh(eve, "ls -A /workspace")).stdout == ""
    seen = await sh(eve, f"ls {services.home.root} 2>&1; cat {services.home.workspaces}/{amal.user_id}/mine.txt 2>&1")
    assert "secret" not in seen.stdout
    assert (await sh(amal, "cat mine.txt")).stdout == "secret\n"


async def test_allowed_folders_are_mounted_only_when_they_are_named(
    services: Services, sh: Ran, shelf: Path, allow: Allowed
) -> None:
    amal = await make_person(services, "amal")
    folder = await allow(amal, shelf)
    assert (await sh(amal, "ls -d /folders")).exit_code != 0
    done = await sh(amal, "cat /folders/shelf/book.txt; touch /folders/shelf/new", folders=[folder])
    assert done.stdout == "Once upon a time\n"
    assert "Read-only" in done.stderr
    shown = await kept(services, amal, done.run_id)
    assert shown["folders"] == [str(services.home.workspaces.resolve() / str(amal.user_id)), str(shelf)]


async def test_a_folder_for_writing_can_be_written(services: Services, sh: Ran, shelf: Path, allow: Allowed) -> None:
    amal = await make_person(services, "amal")
    folder = await allow(amal, shelf, writable=True)
    assert (await sh(amal, "echo new > /folders/shelf/new.txt", folders=[folder])).exit_code == 0
    assert (shelf / "new.txt").read_text() == "new\n"


async def test_another_s_folder_and_one_taken_back_are_not_there(
    services: Services, sh: Ran, shelf: Path, allow: Allowed
) -> None:
    amal, eve = await make_person(services, "amal"), await make_person(services, "eve")
    folder = await allow(amal, shelf)
    with pytest.raises(errors.FolderNotAllowed):
        await sh(eve, "ls", folders=[folder])
    await run(services, amal, "files.revoke_folder", folder_id=folder)
    with pytest.raises(errors.FolderNotAllowed):
        await sh(amal, "ls", folders=[folder])


async def test_taking_a_folder_back_ends_what_still_uses_it(
    services: Services, sh: Ran, shelf: Path, allow: Allowed
) -> None:
    amal = await make_person(services, "amal")
    folder, chosen = await allow(amal, shelf), new_id()
    running = asyncio.create_task(sh(amal, "echo begun; sleep 300", folders=[folder], run_id=str(chosen)))
    await output_of(services, amal, chosen)
    await run(services, amal, "files.revoke_folder", folder_id=folder)
    with pytest.raises(Exception, match="taken back"):
        await asyncio.wait_for(running, 20)
    assert (await kept(services, amal, chosen))["state"] == "cut"


async def output_of(services: Services, who: Principal, run_id: UUID) -> bytes:
    """The first output of a run."""
    async for heard in watch_run(services, who, run_id):
        assert not isinstance(heard, Run)
        return heard.data
    raise AssertionError("it ended without a word")


async def test_it_reads_what_it_is_given(services: Services, sh: Ran) -> None:
    amal = await make_person(services, "amal")
    assert (await sh(amal, "tr a-z A-Z", stdin="hello")).stdout == "HELLO"
    raw = base64.b64encode(b"\x00\xff").decode()
    assert (await sh(amal, "od -An -tx1", stdin=raw, stdin_encoding="base64")).stdout.split() == ["00", "ff"]
    with pytest.raises(errors.StdinInvalid):
        await sh(amal, "cat", stdin="%", stdin_encoding="base64")


async def test_long_output_is_kept_at_both_ends(services: Services, sh: Ran) -> None:
    amal = await make_person(services, "amal")
    done = await sh(amal, "echo first; head -c 5000000 /dev/zero | tr '\\0' x; echo; echo last")
    assert done.stdout_bytes == 5_000_012
    assert done.stdout.startswith("first\n")
    assert done.stdout.endswith("last\n")
    assert "bytes left out" in done.stdout
    assert len(done.stdout) < 200_000


async def test_it_ends_when_its_time_is_up(services: Services, sh: Ran) -> None:
    amal = await make_person(services, "amal")
    done = await sh(amal, "echo begun; sleep 300", timeout_s=1)
    assert (done.state, done.exit_code, done.stdout) == ("timeout", 137, "begun\n")


async def test_commands_of_one_person_share_a_sandbox_until_it_is_closed(services: Services, sh: Ran) -> None:
    amal, eve = await make_person(services, "amal"), await make_person(services, "eve")
    await sh(amal, "echo x > /tmp/left")
    assert (await sh(amal, "cat /tmp/left")).stdout == "x\n"
    name = f"person:{amal.user_id}"
    listed = (await run(services, amal, "shell.list_sandboxes")).model_dump()["items"]
    assert [one["sandbox"] for one in listed] == [name]
    assert (await run(services, eve, "shell.list_sandboxes")).model_dump()["items"] == []
    await run(services, eve, "shell.close_sandbox", sandbox=name)
    assert (await sh(amal, "cat /tmp/left")).stdout == "x\n"
    await run(services, amal, "shell.close_sandbox", sandbox=name)
    assert (await sh(amal, "cat /tmp/left")).exit_code == 1


async def test_while_a_command_runs_nobody_else_changes_what_its_sandbox_sees(services: Services, sh: Ran) -> None:
    amal, chosen = await make_person(services, "amal"), new_id()
    running = asyncio.create_task(sh(amal, "echo begun; sleep 300", run_id=str(chosen)))
    await output_of(services, amal, chosen)
    with pytest.raises(errors.SandboxBusy):
        await sh(amal, "true", hosts=["example.org"])
    await run(services, amal, "shell.stop_run", run_id=str(chosen))
    assert (await asyncio.wait_for(running, 20)).state == "cancelled"


async def test_its_output_is_heard_from_the_beginning_while_it_runs(services: Services, sh: Ran) -> None:
    amal, chosen = await make_person(services, "amal"), new_id()

    async def watch() -> tuple[bytes, bytes, Run]:
        streams: dict[str, bytes] = {"stdout": b"", "stderr": b""}
        async for heard in watch_run(services, amal, chosen):
            if isinstance(heard, Run):
                return streams["stdout"], streams["stderr"], heard
            streams[heard.stream] += heard.data
        raise AssertionError("no end")

    early = asyncio.create_task(watch())  # before there is such a run
    done = await sh(amal, "echo one; echo two >&2; echo three", run_id=str(chosen))
    for stdout, stderr, ended in (await asyncio.wait_for(early, 20), await watch()):
        assert (stdout, stderr) == (b"one\nthree\n", b"two\n")
        assert (ended.id, ended.state, ended.exit_code) == (done.run_id, "exited", 0)
    with pytest.raises(errors.RunExists):
        await sh(amal, "true", run_id=str(chosen))


async def test_nobody_else_sees_or_stops_it(services: Services, sh: Ran) -> None:
    amal, eve, chosen = await make_person(services, "amal"), await make_person(services, "eve", Role.OWNER), new_id()
    running = asyncio.create_task(sh(amal, "echo begun; sleep 300", run_id=str(chosen)))
    await output_of(services, amal, chosen)
    for verb in ("get_run", "stop_run"):
        with pytest.raises(errors.RunNotFound):
            await run(services, eve, f"shell.{verb}", run_id=str(chosen))
    with pytest.raises(errors.RunNotFound):
        await output_of(services, eve, chosen)
    assert (await run(services, eve, "shell.list_runs")).model_dump()["items"] == []
    stopped = await run(services, amal, "shell.stop_run", run_id=str(chosen))
    assert stopped.model_dump()["id"] == chosen
    assert (await asyncio.wait_for(running, 20)).state == "cancelled"
    assert (await kept(services, amal, chosen))["state"] == "cancelled"


async def test_who_leaves_takes_the_command_along_and_the_log_says_so(services: Services, sh: Ran) -> None:
    amal, chosen = await make_person(services, "amal"), new_id()
    running = asyncio.create_task(sh(amal, "echo begun; sleep 300", run_id=str(chosen)))
    await output_of(services, amal, chosen)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    shown = await kept(services, amal, chosen)
    assert (shown["state"], shown["stdout"]) == ("cancelled", "begun\n")
    (entry,) = (await run(services, amal, "trust.list_audit", call_id=shown["audit_id"])).model_dump()["items"]
    assert (entry["outcome"], entry["error_code"]) == ("failed", "cancelled")


async def test_what_can_not_begin_is_kept_as_failed(services: Services, sh: Ran) -> None:
    amal, chosen = await make_person(services, "amal"), new_id()
    with pytest.raises(CommandNotStarted):
        await sh(amal, "true", cwd="/nowhere", run_id=str(chosen))
    shown = await kept(services, amal, chosen)
    assert (shown["state"], shown["error_code"]) == ("failed", "sandbox.command_not_started")


async def test_without_a_sandbox_it_does_not_run(services: Services) -> None:
    object.__setattr__(services.settings, "sandbox", "off")
    amal = await make_person(services, "amal")
    with pytest.raises(SandboxUnavailable):
        await run(services, amal, "shell.run_command", command="true")


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"command": ""}, Invalid),
        ({"command": "true", "timeout_s": 601}, Invalid),
        ({"command": "true", "hosts": ["http://example.org/x"]}, HostRuleInvalid),
        ({"command": "true", "terminal": {"rows": 0, "columns": 1}}, Invalid),
    ],
)
async def test_what_does_not_fit_is_refused(services: Services, given: dict[str, Any], error: type[Exception]) -> None:
    amal = await make_person(services, "amal")
    with pytest.raises(error):
        await run(services, amal, "shell.run_command", **given)


async def test_guests_run_nothing(services: Services) -> None:
    guest = await make_person(services, "guest", Role.GUEST)
    for verb, data in (("run_command", {"command": "true"}), ("list_runs", {}), ("list_sandboxes", {})):
        with pytest.raises(Denied):
            await run(services, guest, f"shell.{verb}", door=Door.REST, **data)


async def test_hosts_that_are_not_named_are_out_of_reach_and_told(services: Services, sh: Ran) -> None:
    amal = await make_person(services, "amal")
    line = "python3 -c \"import urllib.request as u; u.urlopen('http://denied.invalid/', timeout=20)\" 2>&1 | tail -1"
    done = await sh(amal, line, hosts=["allowed.invalid"])
    assert done.denied_hosts == ["denied.invalid:80"]
    assert isinstance(done, RunResult)
