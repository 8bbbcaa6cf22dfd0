"""Attacks on what connects a sandbox to Gitu: descriptors sent along, forged words, /proc, environments, the proxy."""

import asyncio
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from gitu.features.sandbox.api import Sandbox, Sandboxes
from gitu.features.sandbox.errors import CommandNotStarted
from gitu.features.sandbox.inside import wire
from gitu.features.sandbox.link import Link
from gitu.features.sandbox.schemas import Command, Folder, Network, SandboxSpec
from tests.features.sandbox.conftest import OWNER, Names, Opened, py, sh
from tests.features.sandbox.test_attacks_on_the_network import asked

pytestmark = pytest.mark.anyio


def held() -> int:
    """How many descriptors this process has."""
    return len(os.listdir("/proc/self/fd"))


async def test_descriptors_sent_to_the_proxy_are_not_taken(sandboxes: Sandboxes) -> None:
    box = await sandboxes.open("session", OWNER, SandboxSpec(network=Network(hosts=("example.invalid",))))
    assert (await sh(box, "true")).exit_code == 0
    before = held()
    code = """
import socket
kept = []
for _ in range(10):
    s = socket.socket(socket.AF_UNIX)
    s.connect('/run/gitu/proxy.sock')
    socket.send_fds(s, [b'GET '], [0, 1, 2] * 20)
    kept.append(s)
print('sent', flush=True)
import time; time.sleep(600)
"""
    execution = box.start(Command(argv=("python3", "-I", "-S", "-c", code)))
    async for chunk in execution:
        assert chunk.data == b"sent\n"
        await asyncio.sleep(0.5)
        assert held() - before < 20  # the ten connections themselves
        execution.kill()


async def test_descriptors_sent_by_an_agent_that_was_taken_over_are_not_taken() -> None:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    reader, writer = await asyncio.open_unix_connection(sock=ours)
    link = Link(reader, writer)
    before = held()
    frame = wire.HEADER.pack(3, wire.STDOUT, 1) + b"abc"
    for _ in range(20):
        socket.send_fds(theirs, [frame], [0, 1, 2] * 60)
    theirs.shutdown(socket.SHUT_WR)
    frames = [payload async for _, _, payload in link.frames()]
    assert frames == [b"abc"] * 20
    assert held() <= before
    theirs.close()
    await link.aclose()


async def test_what_a_command_says_is_never_taken_for_the_agent_s_words(box: Sandbox) -> None:
    forged = b"".join(
        wire.HEADER.pack(len(said), kind, number) + said
        for kind, number, said in ((wire.EXITED, 1, b'{"code":0,"seconds":0,"cpu":0}'), (wire.READY, 0, b"{}"))
    )
    outcome = await box.run(Command(shell="cat; exit 3", stdin=forged))
    assert (outcome.stdout.data, outcome.exit_code) == (forged, 3)


async def test_the_links_of_proc_lead_nowhere_and_lend_nothing(opened: Opened, folder: Path) -> None:
    box = await opened(SandboxSpec(workspace=folder))
    code = """
import os
def tried(what):
    try: print('did', what())
    except OSError: pass
for pid in ('1', 'self', 'thread-self', str(os.getppid())):
    for way in ('root/etc/shadow', 'root/../../etc/shadow', 'cwd/../../etc/shadow'):
        tried(lambda: (way, open(f'/proc/{pid}/{way}').read(9)))
for name in ('/proc/kcore', '/proc/sysrq-trigger', '/proc/1/mem', '/proc/1/oom_score_adj', '/proc/self/uid_map',
        '/proc/self/setgroups', '/proc/irq/default_smp_affinity', '/proc/self/exe', '/proc/fs/xfs/stat'):
    tried(lambda: (name, os.open(name, os.O_WRONLY)))
tried(lambda: ('kcore', os.open('/proc/kcore', os.O_RDONLY)))
tried(lambda: ('last to be ended', os.write(os.open('/proc/self/oom_score_adj', os.O_WRONLY), b'-1000')))
# The addresses of the kernel, which exploits begin with.
there = os.path.exists('/proc/kallsyms')
print({line.split()[0] for line in open('/proc/kallsyms')} - {'0' * 16} if there else set())
"""
    outcome = await py(box, code)
    lines = [line for line in outcome.stdout.text().splitlines() if "uid_map" not in line and "setgroups" not in line]
    assert lines == ["set()"], outcome.stderr.text()
    mapped = await sh(box, "echo '0 0 4294967295' > /proc/self/uid_map; cat /proc/self/uid_map")
    assert mapped.stdout.text().split()[2] == "1"


async def test_of_a_read_only_folder_not_even_modes_and_times_change(opened: Opened, folder: Path) -> None:
    """Where walls are made of rules for paths alone, these calls are forgotten (the reason against sandlock)."""
    note = folder / "note"
    note.write_text("as it was")
    note.chmod(0o666)
    os.utime(note, (1_000_000_000, 1_000_000_000))
    before, top = note.stat(), folder.stat()
    box = await opened(SandboxSpec(folders=(Folder(source=folder, target="/workspace/shared"),)))
    code = """
import os
def tried(what):
    try: what(); print('did')
    except OSError: pass
os.chdir('/workspace/shared')
opened, named = os.open('note', os.O_RDONLY), os.open('note', os.O_PATH)
for way in ('note', '.', opened, f'/proc/self/fd/{opened}', f'/proc/self/fd/{named}'):
    tried(lambda: os.chmod(way, 0o777))
    tried(lambda: os.utime(way, (1, 1)))
    tried(lambda: os.setxattr(way, 'user.x', b'1'))
    tried(lambda: os.chown(way, 1000, 1000))
    tried(lambda: os.truncate(way, 0))
"""
    assert (await py(box, code)).stdout.text() == ""
    after = note.stat()
    assert (after.st_mode, after.st_mtime, after.st_size) == (before.st_mode, before.st_mtime, before.st_size)
    assert folder.stat().st_mode == top.st_mode
    assert os.listxattr(note) == []


async def test_files_that_were_not_granted_can_be_neither_asked_about_nor_changed(
    opened: Opened, folder: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("x")
    secret.chmod(0o666)
    tmp_path.chmod(0o777)
    box = await opened(SandboxSpec(workspace=folder))
    code = f"""
import os
for what in (os.stat, lambda path: os.chmod(path, 0), lambda path: os.utime(path, (1, 1)), os.listdir, os.access):
    for path in ({str(secret)!r}, {str(tmp_path)!r}, '/var/lib', '/srv'):
        try:
            found = what(path) if what is not os.access else os.access(path, os.F_OK)
            if found is not False: print('did', path)
        except OSError: pass
"""
    assert (await py(box, code)).stdout.text() == ""
    assert secret.stat().st_mode & 0o777 == 0o666


@pytest.mark.parametrize("name", ["A=B", "", "=", "A\nLD_PRELOAD=/x"])
async def test_a_variable_s_name_smuggles_no_other_in(box: Sandbox, name: str) -> None:
    try:
        outcome = await box.run(Command(shell="env -0 | tr '\\0' '|'", environment={name: "value"}))
    except CommandNotStarted:
        pass
    else:
        names = [one.partition("=")[0] for one in outcome.stdout.text().split("|")]
        assert "LD_PRELOAD" not in names
        assert "B" not in names
    assert (await sh(box, "echo on")).stdout.text() == "on\n"


AUTHORITIES = (
    *(
        "good.example@evil.example",
        "good.example:80@evil.example",
        "evil.example#good.example",
        "evil.example/good.example",
    ),
    *(
        "evil.example?good.example",
        "evil.example\\good.example",
        "evil.example%00.good.example",
        "good.example%2eevil.example",
    ),
    *("good.example.evil.example", "xgood.example", "good.example\t.evil.example", "good.example,evil.example"),
    *("[good.example]", "[::ffff:127.0.0.1%25good.example]", "good.example:80:80", "good。example.evil.example"),
)


async def test_no_spelling_of_a_host_leads_to_one_that_was_not_granted(
    named: Callable[[Names], Sandboxes],
) -> None:
    looked_up: list[str] = []

    class Listening(dict[str, list[str]]):
        def __contains__(self, name: object) -> bool:
            looked_up.append(str(name))
            return False

    sandboxes = named(Listening())
    box = await sandboxes.open("session", OWNER, SandboxSpec(network=Network(hosts=("good.example",))))
    for authority in AUTHORITIES:
        for request in (
            f"CONNECT {authority}:443 HTTP/1.1\r\nHost: good.example\r\n\r\n",
            f"GET http://{authority}/ HTTP/1.1\r\nHost: good.example\r\n\r\n",
        ):
            answer = await asked(box, request)
            assert answer.startswith(("HTTP/1.1 400", "HTTP/1.1 403", "HTTP/1.1 502")) or answer == "", request
    assert set(looked_up) <= {"good.example"}


async def test_what_follows_a_refused_tunnel_is_never_read_as_another_request(sandboxes: Sandboxes) -> None:
    box = await sandboxes.open("session", OWNER, SandboxSpec(network=Network(hosts=("good.example",))))
    second = "CONNECT good.example:443 HTTP/1.1\r\n\r\n"
    answer = await asked(box, f"CONNECT evil.example:443 HTTP/1.1\r\nContent-Length: 5\r\n\r\n{second}{second}")
    assert answer.count("HTTP/1.1 ") <= 1
    assert "200" not in answer.split("\r\n")[0]
