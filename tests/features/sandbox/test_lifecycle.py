"""Sandboxes come, are shared within a session, and end: idle, closed, with their server."""

import asyncio
import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import psutil
import pytest

from gitu.features.sandbox import cgroups
from gitu.features.sandbox.api import Sandboxes, check
from gitu.features.sandbox.api import sandboxes as sandboxes_of
from gitu.features.sandbox.errors import SandboxGone, SandboxUnavailable, TooManySandboxes
from gitu.features.sandbox.reasons import TEXTS, because
from gitu.features.sandbox.schemas import Command, Folder, Limits, SandboxSpec
from gitu.kernel.i18n import has_translation
from gitu.kernel.services import Services
from tests.features.sandbox.conftest import OWNER, sh

pytestmark = pytest.mark.anyio

PATIENCE_S = 60
DAEMON, SLEEPER = f"601.{os.getpid()}", f"602.{os.getpid()}"
"""Seconds to sleep that no other process of this machine sleeps."""


async def eventually(what: str, true: "object") -> None:
    """Wait until ``true()`` holds."""
    assert callable(true)
    async with asyncio.timeout(PATIENCE_S):
        while not true():
            await asyncio.sleep(0.02)


def with_argument(word: str) -> list[psutil.Process]:
    """Living processes of the machine with this among their arguments."""
    found = psutil.process_iter(["cmdline", "status"])
    return [one for one in found if word in (one.info["cmdline"] or []) and one.info["status"] != psutil.STATUS_ZOMBIE]


async def test_a_session_keeps_its_sandbox_and_another_has_its_own(sandboxes: Sandboxes) -> None:
    first = await sandboxes.open("one", OWNER, SandboxSpec())
    assert await sandboxes.open("one", OWNER, SandboxSpec()) is first
    second = await sandboxes.open("two", OWNER, SandboxSpec())
    await sh(first, "echo mine > /tmp/note")
    assert (await sh(second, "cat /tmp/note")).exit_code == 1


async def test_asked_for_by_many_at_once_a_session_still_has_one(sandboxes: Sandboxes) -> None:
    opened = await asyncio.gather(*(sandboxes.open("one", OWNER, SandboxSpec()) for _ in range(8)))
    assert len({id(box) for box in opened}) == 1


async def test_nobody_gets_into_the_session_of_another(sandboxes: Sandboxes) -> None:
    await sandboxes.open("one", OWNER, SandboxSpec())
    with pytest.raises(SandboxGone):
        await sandboxes.open("one", "basim", SandboxSpec())
    assert sandboxes.find("one", "basim") is None
    await sandboxes.close("one", "basim")
    assert [one.key for one in sandboxes.list(OWNER)] == ["one"]
    assert sandboxes.list("basim") == []


async def test_what_was_withdrawn_is_gone_with_the_next_command(sandboxes: Sandboxes, folder: Path) -> None:
    spec = SandboxSpec(folders=(Folder(source=folder, target="/workspace/shared"),))
    before = await sandboxes.open("one", OWNER, spec)
    watcher = asyncio.ensure_future(sh(before, "while :; do cat shared/* ; sleep 0.1; done"))
    after = await sandboxes.open("one", OWNER, SandboxSpec())
    assert (await sh(after, "ls /workspace")).stdout.text() == ""
    with pytest.raises(SandboxGone, match="were changed"):
        await watcher


async def test_a_person_has_only_so_many_sandboxes_and_so_has_the_server(
    needs_bubblewrap: None, tmp_path: Path
) -> None:
    made = Sandboxes(choice="bubblewrap", run=tmp_path, per_owner=2, total=3)
    try:
        for key in ("a", "b"):
            await made.open(key, OWNER, SandboxSpec())
        with pytest.raises(TooManySandboxes):
            await made.open("c", OWNER, SandboxSpec())
        await made.open("c", "basim", SandboxSpec())
        with pytest.raises(TooManySandboxes):
            await made.open("d", "salma", SandboxSpec())
        await made.close("a", OWNER)
        await made.open("d", "salma", SandboxSpec())
    finally:
        await made.aclose()


async def test_an_idle_sandbox_is_ended_and_a_busy_one_is_not(needs_bubblewrap: None, tmp_path: Path) -> None:
    made = Sandboxes(choice="bubblewrap", run=tmp_path, idle_s=0.2)
    try:
        await made.open("idle", OWNER, SandboxSpec())
        busy = await made.open("busy", OWNER, SandboxSpec())
        execution = busy.start(Command(shell="sleep 600"))
        await eventually("the idle one is gone", lambda: made.find("idle", OWNER) is None)
        assert made.find("busy", OWNER) is busy
        assert execution.running
    finally:
        await made.aclose()


async def test_a_closed_sandbox_leaves_no_process_no_group_and_no_daemon(sandboxes: Sandboxes) -> None:
    box = await sandboxes.open("one", OWNER, SandboxSpec())
    await sh(box, f"setsid -f sleep {DAEMON}; (setsid setsid nohup sleep {DAEMON} >/dev/null 2>&1 &) ; true")
    await eventually("the daemons run", lambda: len(with_argument(DAEMON)) >= 2)
    found = cgroups.find()
    # Of this sandbox alone: a server of other tests, in this very process, has living ones.
    groups = [parent / cgroups.group_name(box.number) for parent in (found.parents.values() if found else ())]
    assert all(group.is_dir() for group in groups)
    await sandboxes.close("one", OWNER)
    await eventually("they are gone", lambda: not with_argument(DAEMON))
    await eventually("its groups too, at once or with a later try", lambda: not any(map(Path.exists, groups)))


async def test_a_group_that_was_busy_at_the_end_is_removed_by_the_sweeper(
    needs_bubblewrap: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = cgroups.find()
    if found is None:
        pytest.skip("no control group can be written on this machine")
    monkeypatch.setattr(cgroups, "PATIENCE_S", 0.0)
    made = Sandboxes(choice="bubblewrap", run=tmp_path, idle_s=0.5)
    box = await made.open("one", OWNER, SandboxSpec())
    groups = [parent / cgroups.group_name(box.number) for parent in found.parents.values()]
    below = [group / "busy" for group in groups]
    for group in below:
        group.mkdir()  # a group that holds another can't be removed, whatever is killed
    try:
        await made.close("one", OWNER)
        assert all(group.exists() for group in groups)
    finally:
        for group in below:
            group.rmdir()
    try:
        await eventually("they are gone", lambda: not any(map(Path.exists, groups)))
    finally:
        await made.aclose()


def test_a_group_that_can_not_be_set_leaves_no_folder(tmp_path: Path) -> None:
    """A tree of files in the shape of cgroup v1 whose settings can't be written."""
    parents = {kind: tmp_path / kind for kind in ("memory", "pids")}
    for parent in parents.values():
        parent.mkdir()
    (parents["pids"] / cgroups.group_name(1)).write_text("a file where the group's folder is to stand")
    with pytest.raises(FileExistsError):
        cgroups.Controllers(1, parents).make(1, Limits())
    assert list(parents["memory"].iterdir()) == []


def test_a_process_of_another_namespace_is_not_taken_for_our_own_group(tmp_path: Path) -> None:
    """The kernel shows those as process 0, and a signal to 0 is one to ourselves. Here it would end a child alone."""
    group = tmp_path / f"{cgroups.PREFIX}-1-0-1"
    group.mkdir()
    (group / "cgroup.procs").write_text("0\n")
    code = "import sys; from pathlib import Path; from gitu.features.sandbox import cgroups; cgroups.PATIENCE_S = 0.1;"
    code += "print(cgroups.Controllers(2, {'pids': Path(sys.argv[1])}).sweep())"
    told = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False, start_new_session=True
    )
    assert (told.returncode, told.stdout) == (0, "0\n"), told.stderr


async def test_a_server_killed_outright_leaves_no_process_and_the_next_one_sweeps_its_groups(
    sandboxes: Sandboxes, tmp_path: Path
) -> None:
    program = textwrap.dedent(f"""
        import asyncio
        from pathlib import Path
        from gitu.features.sandbox.api import Sandboxes
        from gitu.features.sandbox.schemas import Command, SandboxSpec

        async def main():
            box = await Sandboxes(choice="bubblewrap", run=Path({str(tmp_path)!r})).open("one", "amal", SandboxSpec())
            box.start(Command(shell="setsid -f sleep {SLEEPER}; sleep {SLEEPER}"))
            await asyncio.sleep(600)

        asyncio.run(main())
    """)
    server = subprocess.Popen([sys.executable, "-c", program])
    try:
        await eventually("both sleep", lambda: len(with_argument(SLEEPER)) >= 2)
    finally:
        server.send_signal(signal.SIGKILL)
        server.wait()
    await eventually("nothing is left", lambda: not with_argument(SLEEPER))
    await sandboxes.open("one", OWNER, SandboxSpec())  # sweeps
    found = cgroups.find()
    left = f"{cgroups.PREFIX}-{server.pid}-*"
    assert [path for parent in (found.parents.values() if found else ()) for path in parent.glob(left)] == []


async def test_a_sandbox_whose_first_process_died_is_replaced(sandboxes: Sandboxes) -> None:
    box = await sandboxes.open("one", OWNER, SandboxSpec())
    execution = box.start(Command(shell="echo ready; sleep 600"))
    async for _ in execution:
        for child in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.Error):
                if "inside.agent" in " ".join(child.cmdline()):
                    child.kill()
        break
    with pytest.raises(SandboxGone, match="first process ended"):
        await execution.wait()
    again = await sandboxes.open("one", OWNER, SandboxSpec())
    assert again is not box
    assert (await sh(again, "echo on")).stdout.text() == "on\n"


async def test_switched_off_or_without_any_way_to_confine_nothing_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    off = Sandboxes(choice="off", run=tmp_path)
    with pytest.raises(SandboxUnavailable, match="GITU_SANDBOX is off"):
        await off.open("one", OWNER, SandboxSpec())
    monkeypatch.setenv("PATH", str(tmp_path))
    nothing = Sandboxes(choice="auto", run=tmp_path)
    with pytest.raises(SandboxUnavailable, match="apt install bubblewrap") as refused:
        await nothing.open("one", OWNER, SandboxSpec())
    assert "لا يمكن تنفيذ الأوامر هنا" in refused.value.localised("ar")
    assert "bubblewrap is missing" in str((await check("bubblewrap", "")).problem)
    assert "غير مثبّت" in str((await check("bubblewrap", "", "ar")).problem)


@pytest.mark.parametrize("key", TEXTS)
def test_every_reason_is_told_in_arabic_with_all_that_it_names(key: str) -> None:
    named = set(re.findall(r"\$(\w+)", TEXTS[key]))
    reason = because(key, **{name: f"<{name}>" for name in named})
    assert has_translation(reason.message, "ar")
    for locale in ("en", "ar"):
        assert all(f"<{name}>" in reason.localised(locale) for name in named)


async def test_a_machine_whose_bubblewrap_fails_is_told_what_it_said(
    needs_bubblewrap: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Path(tempfile.mkdtemp(dir="/tmp"))  # where the unprivileged user gets to
    broken = place / "bwrap"
    broken.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2; exit 1\n")
    for path in (place, broken):
        path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{place}:{os.environ['PATH']}")
    found = await check("bubblewrap", "")
    shutil.rmtree(place)
    assert found.backend is None
    assert "kernel.apparmor_restrict_unprivileged_userns" in str(found.problem)


async def test_a_process_of_gitu_has_one_set_of_sandboxes_as_its_settings_say(
    needs_bubblewrap: None, services: Services
) -> None:
    made = sandboxes_of(services)
    assert sandboxes_of(services) is made
    box = await made.open("one", OWNER, SandboxSpec())
    assert (await sh(box, "echo on")).stdout.text() == "on\n"
    await services.aclose()
    assert box.gone is not None


def test_groups_of_version_2_are_made_where_they_were_delegated(tmp_path: Path) -> None:
    """A tree of files in the shape of cgroup v2, as systemd delegates it with DelegateSubgroup."""
    delegated = tmp_path / "system.slice" / "gitu.service"
    (delegated / "server").mkdir(parents=True)
    (tmp_path / "cgroup.controllers").write_text("cpu memory pids")
    (delegated / "cgroup.controllers").write_text("cpu memory pids")
    (delegated / "cgroup.subtree_control").write_text("cpu memory pids")
    own = tmp_path / "own"
    own.write_text("0::/system.slice/gitu.service/server\n")
    found = cgroups.find(tmp_path, own)
    assert found is not None
    assert (found.version, set(found.parents)) == (2, {"cpu", "memory", "pids"})
    assert set(found.parents.values()) == {delegated}
