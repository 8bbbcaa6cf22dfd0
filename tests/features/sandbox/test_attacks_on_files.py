"""Attacks on the files of the machine: each is really tried inside."""

import os
import stat
from pathlib import Path

import pytest

from gitu.features.sandbox.api import Sandboxes, make_workspace
from gitu.features.sandbox.errors import FolderRefused, SandboxFailed
from gitu.features.sandbox.schemas import MIB, Folder, Limits, SandboxSpec
from tests.features.sandbox.conftest import OWNER, Opened, py, sh

pytestmark = pytest.mark.anyio

CANARY = "canary-3f9c1b"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file beside the granted folder, which anybody may read, were it seen."""
    file = tmp_path / "secret.txt"
    file.write_text(CANARY)
    for folder in (file, tmp_path):
        folder.chmod(0o755)
    return file


async def test_files_of_the_machine_are_not_there(opened: Opened, folder: Path, secret: Path) -> None:
    box = await opened(SandboxSpec(workspace=folder))
    outcome = await sh(
        box, f"cat {secret} /etc/shadow /etc/gshadow /etc/sudoers; ls /home /var /srv /mnt /boot /opt /root"
    )
    assert CANARY not in outcome.stdout.text()
    assert outcome.stderr.text().count("No such file") >= 8
    everything = await sh(
        box, f"grep -rl {CANARY} / --exclude-dir=proc --exclude-dir=usr --exclude-dir=dev 2>/dev/null"
    )
    assert everything.stdout.text() == ""


async def test_the_only_users_inside_are_invented_ones(opened: Opened) -> None:
    box = await opened(SandboxSpec())
    outcome = await sh(box, "cut -d: -f1 /etc/passwd; ls -A /home; id -u; id -G")
    assert outcome.stdout.text().split() == ["root", "gitu", "nobody", "gitu", "1000", "1000"]


async def test_programs_of_the_system_can_not_be_changed(opened: Opened) -> None:
    box = await opened(SandboxSpec())
    line = "for f in /usr/bin/env /bin/sh /etc/passwd /etc/hosts /run/gitu/inside/agent.py; do "
    outcome = await sh(
        box, line + "echo x >> $f && echo written; chmod 777 $f && echo changed; rm -f $f && echo removed; done"
    )
    assert outcome.stdout.text() == ""
    assert (
        await sh(box, "for d in / /usr /usr/bin /etc /run /run/gitu /dev /proc /sys; do touch $d/x && echo $d; done")
    ).stdout.text() == ""


async def test_a_link_in_a_shared_folder_leads_nowhere(opened: Opened, folder: Path, secret: Path) -> None:
    (folder / "out").symlink_to(secret)
    (folder / "up").symlink_to("../secret.txt")
    (folder / "root").symlink_to("/")
    box = await opened(SandboxSpec(workspace=folder))
    outcome = await sh(box, f"cat out up root{secret} ../secret.txt; echo harm > out; echo harm > up")
    assert CANARY not in outcome.stdout.text()
    assert secret.read_text() == CANARY


async def test_a_hard_link_takes_no_file_along(opened: Opened, folder: Path) -> None:
    box = await opened(SandboxSpec(workspace=folder))
    outcome = await sh(
        box, "for f in /usr/bin/env /etc/passwd /run/gitu/inside/agent.py; do ln $f here && echo linked; done"
    )
    assert outcome.stdout.text() == ""
    assert list(folder.iterdir()) == []


async def test_devices_can_not_be_made(opened: Opened, folder: Path) -> None:
    box = await opened(SandboxSpec(workspace=folder))
    outcome = await sh(
        box, "for d in . /tmp /dev/shm; do mknod $d/disk b 8 0 && echo made; mknod $d/mem c 1 1 && echo made; done"
    )
    assert outcome.stdout.text() == ""
    assert (await sh(box, "ls /dev/sd* /dev/vd* /dev/nvme* /dev/mem /dev/kmsg /dev/kvm /dev/fuse")).stdout.text() == ""


async def test_a_read_only_folder_stays_so(opened: Opened, folder: Path) -> None:
    (folder / "note").write_text("as it was")
    (folder / "note").chmod(0o666)
    box = await opened(SandboxSpec(folders=(Folder(source=folder, target="/workspace/shared"),)))
    line = (
        "echo x > note; rm -f note; mv note b; touch new; chmod 777 .; mount -o remount,rw,bind . . ; echo x > note; ls"
    )
    assert (await sh(box, f"cd shared && {{ {line}; }}")).stdout.text() == "note\n"
    assert (folder / "note").read_text() == "as it was"


async def test_what_is_written_in_a_shared_folder_is_there_outside(opened: Opened, folder: Path) -> None:
    box = await opened(SandboxSpec(workspace=folder))
    await sh(box, "echo هنا > 'ملف.txt'")
    written = folder / "ملف.txt"
    assert written.read_text() == "هنا\n"
    assert written.stat().st_uid == folder.stat().st_uid != 0


async def test_no_file_that_lends_its_owner_s_rights_is_left_behind(opened: Opened, folder: Path) -> None:
    box = await opened(SandboxSpec(workspace=folder))
    code = """
import ctypes, os
def tried(what):
    try: what()
    except OSError: pass
libc = ctypes.CDLL(None)
open('a', 'w').close()
os.umask(0)
for mode in (0o4755, 0o2755, 0o6777):
    tried(lambda: os.chmod('a', mode))
    tried(lambda: os.fchmod(os.open('a', os.O_RDONLY), mode))
    tried(lambda: os.chmod('a', mode, dir_fd=os.open('.', os.O_RDONLY)))
    tried(lambda: os.close(os.open(f'b{mode}', os.O_CREAT | os.O_WRONLY, mode)))
    tried(lambda: os.close(os.open('.', os.O_TMPFILE | os.O_WRONLY, mode)))
    tried(lambda: os.mknod(f'c{mode}', mode | 0o100000))
    libc.syscall(452, -100, b'a', mode, 0)
    libc.creat(f'd{mode}'.encode(), mode)
    how = (ctypes.c_uint64 * 3)(os.O_CREAT | os.O_WRONLY, mode, 0)
    libc.syscall(437, -100, f'e{mode}'.encode(), ctypes.byref(how), 24)
"""
    assert (await py(box, code)).stderr.text() == ""
    lending = [path.name for path in folder.iterdir() if path.stat().st_mode & (stat.S_ISUID | stat.S_ISGID)]
    assert (folder / "a").exists()
    assert lending == []


async def test_programs_that_lend_rights_lend_none(opened: Opened) -> None:
    box = await opened(SandboxSpec())
    line = "for p in su sudo mount passwd chsh newgrp pkexec; do p=$(command -v $p) && $p -c id; done < /dev/null"
    outcome = await sh(box, line)
    assert "uid=0" not in outcome.stdout.text()
    assert (await sh(box, "grep NoNewPrivs /proc/self/status")).stdout.text().split() == ["NoNewPrivs:", "1"]


@pytest.mark.parametrize("place", ["/tmp", "/workspace", "/home/gitu", "/dev/shm"])
async def test_a_full_disk_inside_is_full_inside_only(opened: Opened, place: str) -> None:
    box = await opened(SandboxSpec(limits=Limits(tmp_bytes=2 * MIB, workspace_bytes=2 * MIB)))
    outcome = await sh(
        box, f"head -c 20000000 /dev/zero > {place}/big; stat -c %s {place}/big; rm {place}/big; echo on"
    )
    assert "No space left" in outcome.stderr.text()
    size, word = outcome.stdout.text().split()
    assert int(size) <= 2 * MIB
    assert word == "on"


async def test_a_file_ends_at_its_limit(opened: Opened, folder: Path) -> None:
    box = await opened(SandboxSpec(workspace=folder, limits=Limits(file_bytes=MIB)))
    outcome = await sh(box, "head -c 20000000 /dev/zero > big")
    assert outcome.exit_code != 0
    assert (folder / "big").stat().st_size == MIB


# -- which folders can be shared -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "place", ["/", "/etc", "/usr/lib", "/proc", "/proc/self", "/sys", "/dev", "/run", "/var", "/var/lib"]
)
async def test_folders_of_the_system_are_refused(opened: Opened, place: str) -> None:
    with pytest.raises(FolderRefused, match="belongs to the system"):
        await opened(SandboxSpec(workspace=Path(place)))


async def test_gitu_s_own_home_is_refused_whole_and_in_part_but_for_workspaces(
    needs_bubblewrap: None, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    mine = make_workspace(home / "workspaces" / "mine")
    made = Sandboxes(choice="bubblewrap", run=tmp_path, protected=[home], exempt=[home / "workspaces"])
    try:
        for place in (home, tmp_path, home / "postgres", home / "workspaces-too"):
            place.mkdir(exist_ok=True)
            with pytest.raises(FolderRefused, match="or to Gitu itself"):
                await made.open("session", OWNER, SandboxSpec(workspace=place))
        box = await made.open("session", OWNER, SandboxSpec(workspace=mine))
        assert (await sh(box, "touch here")).exit_code == 0
    finally:
        await made.aclose()


async def test_a_link_is_no_folder_to_share_wherever_it_stands_on_the_path(opened: Opened, folder: Path) -> None:
    (folder / "real").mkdir()
    (folder.parent / "link").symlink_to(folder)
    for place in (folder.parent / "link", folder.parent / "link" / "real"):
        with pytest.raises(FolderRefused, match="symbolic link"):
            await opened(SandboxSpec(workspace=place))


@pytest.mark.parametrize("place", ["relative", "/tmp/../etc", "/tmp//x", "/tmp/missing-3f9c"])
async def test_only_a_plain_path_of_a_folder_is_taken(opened: Opened, place: str) -> None:
    with pytest.raises(FolderRefused):
        await opened(SandboxSpec(workspace=Path(place) if "//" not in place else Path(place + "/../y")))


@pytest.mark.parametrize(
    "target", ["/", "/usr", "/usr/bin", "/proc/sys", "/etc/x", "/run/gitu/inside", "relative", "/a/../etc"]
)
async def test_a_folder_can_not_cover_the_sandbox_s_own(opened: Opened, folder: Path, target: str) -> None:
    with pytest.raises(FolderRefused):
        await opened(SandboxSpec(folders=(Folder(source=folder, target=target),)))


async def test_a_folder_exchanged_between_check_and_start_is_found_out(
    sandboxes: Sandboxes, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The race is won for the attacker: the exchange happens exactly between the check and the mount."""
    other = make_workspace(tmp_path / "other")
    backend = await sandboxes.backend()
    start = backend.start

    async def exchanged(plan: object) -> object:
        folder.rename(tmp_path / "away")
        other.rename(folder)
        return await start(plan)  # type: ignore[arg-type] # as it came

    monkeypatch.setattr(backend, "start", exchanged)
    with pytest.raises(SandboxFailed, match="replaced"):
        await sandboxes.open("session", OWNER, SandboxSpec(workspace=folder))
    assert sandboxes.list() == []


async def test_a_folder_exchanged_for_a_link_is_found_out(
    sandboxes: Sandboxes, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_workspace(tmp_path / "other")
    backend = await sandboxes.backend()
    start = backend.start

    async def exchanged(plan: object) -> object:
        folder.rename(tmp_path / "away")
        folder.symlink_to(other)
        return await start(plan)  # type: ignore[arg-type] # as it came

    monkeypatch.setattr(backend, "start", exchanged)
    with pytest.raises(SandboxFailed):
        await sandboxes.open("session", OWNER, SandboxSpec(workspace=folder))
    assert sandboxes.list() == []


async def test_a_link_planted_where_a_folder_is_to_appear_leads_it_nowhere(
    opened: Opened, folder: Path, tmp_path: Path
) -> None:
    (folder / "data").symlink_to("../../oldroot/etc")
    more = make_workspace(tmp_path / "more")
    with pytest.raises(SandboxFailed):
        await opened(SandboxSpec(workspace=folder, folders=(Folder(source=more, target="/workspace/data"),)))


# -- what is inherited ---------------------------------------------------------------------------------


async def test_no_descriptor_of_gitu_is_open_inside(opened: Opened, folder: Path) -> None:
    held = os.open(folder, os.O_RDONLY)
    os.set_inheritable(held, True)
    try:
        box = await opened(SandboxSpec())
        outcome = await sh(
            box, "ls -l /proc/self/fd | sed 1d | grep -v ' 3 -> /proc/'; ls /proc/1/fd; cat /proc/1/maps"
        )
        assert "Permission denied" in outcome.stderr.text()
        assert len(outcome.stdout.text().splitlines()) == 3
        assert "socket:" not in outcome.stdout.text()
        count = await sh(box, "grep FDSize /proc/1/status")
        assert count.exit_code == 0
    finally:
        os.close(held)


async def test_gitu_s_environment_is_nowhere_inside(
    monkeypatch: pytest.MonkeyPatch, opened: Opened, folder: Path
) -> None:
    for name in ("GITU_MASTER_KEYS", "DATABASE_URL", "OPENAI_API_KEY", "LD_PRELOAD_CANARY"):
        monkeypatch.setenv(name, CANARY)
    box = await opened(SandboxSpec(workspace=folder))
    outcome = await sh(box, "env; cat /proc/*/environ /proc/*/cmdline 2>/dev/null | tr '\\0' '\\n'")
    assert CANARY not in outcome.stdout.text()
    assert "GITU" not in outcome.stdout.text()


async def test_a_library_to_preload_does_not_reach_what_builds_the_sandbox(
    monkeypatch: pytest.MonkeyPatch, opened: Opened, folder: Path
) -> None:
    monkeypatch.setenv("LD_PRELOAD", f"{folder}/evil.so")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setenv("PYTHONSTARTUP", f"{folder}/evil.py")
    (folder / "json.py").write_text("import os; os._exit(66)")
    box = await opened(SandboxSpec(workspace=folder))
    outcome = await sh(box, "env | grep -c -e LD_PRELOAD -e PYTHON; true")
    assert (outcome.stdout.text(), outcome.stderr.text()) == ("0\n", "")


async def test_the_first_process_hides_its_memory_and_can_not_be_killed(opened: Opened) -> None:
    box = await opened(SandboxSpec())
    code = """
import os
for name in ('environ', 'mem', 'maps', 'fd', 'cwd', 'root', 'exe'):
    try:
        print(name, (os.listdir if name == 'fd' else os.readlink if name in ('cwd', 'root', 'exe') else
            lambda path: open(path, 'rb').read(10))('/proc/1/' + name))
    except PermissionError: pass
    except OSError as error: print(name, error)
os.kill(1, 9); os.kill(1, 15)
"""
    assert (await py(box, code)).stdout.text() == ""
    assert (await sh(box, "echo on")).stdout.text() == "on\n"
