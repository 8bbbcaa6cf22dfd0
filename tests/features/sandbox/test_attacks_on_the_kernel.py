"""Attacks on the kernel and on other processes: each is really tried inside."""

import asyncio
import errno
import platform
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from gitu.features.sandbox.api import Sandbox
from gitu.features.sandbox.schemas import SandboxSpec
from tests.features.sandbox.conftest import Opened, py, sh

pytestmark = pytest.mark.anyio

EPERM, ENOSYS = errno.EPERM, errno.ENOSYS


async def calls(box: Sandbox, *asked: tuple[object, ...]) -> list[int]:
    """The errors of system calls made inside; 0 for one that went through. Arguments are Python expressions.

    Each is made by a process of its own; a call that this architecture lacks counts as refused.
    """
    import pyseccomp  # pyright: ignore[reportMissingTypeStubs] - it has none

    code = "import ctypes, os\nlong, buffer = ctypes.c_ulong, ctypes.create_string_buffer(4096)\n"
    code += "libc = ctypes.CDLL(None, use_errno=True)\n"
    for name, *arguments in asked:
        number = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, str(name))
        given = "".join(f", {argument}" for argument in arguments)
        made = f"ctypes.get_errno() if libc.syscall({number}{given}) < 0 else 0" if number >= 0 else str(EPERM)
        code += f"if (child := os.fork()) == 0: os._exit({made})\n"
        code += "print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    outcome = await py(box, code)
    assert outcome.exit_code == 0, outcome.stderr.text()
    return [int(line) for line in outcome.stdout.text().split()]


async def call(box: Sandbox, *asked: object) -> int:
    """The error of one system call made inside."""
    return (await calls(box, asked))[0]


REFUSED = [
    ("bpf", 0, "buffer", 128),
    ("perf_event_open", "buffer", 0, -1, -1, 0),
    ("userfaultfd", 0),
    ("io_uring_setup", 8, "buffer"),
    ("add_key", "b'user'", "b'x'", "b'y'", 1, -3),
    ("keyctl", 0, -3, 0),
    ("fanotify_init", 0, 0),
    ("personality", 0x0040000),
    ("init_module", "buffer", 4096, "b''"),
    ("finit_module", 0, "b''", 0),
    ("kexec_load", 0, 0, 0, 0),
    ("reboot", 0xFEE1DEAD, 672274793, 0x89ABCDEF, 0),
    ("swapoff", "b'/dev/vda'"),
    ("acct", "b'/workspace/x'"),
    ("syslog", 3, "buffer", 4096),
    ("settimeofday", "buffer", 0),
    ("clock_settime", 0, "buffer"),
    ("adjtimex", "buffer"),
    ("sethostname", "b'evil'", 4),
    ("open_by_handle_at", -100, "buffer", 0),
    ("mount", "b'tmpfs'", "b'/tmp'", "b'tmpfs'", 0, 0),
    ("umount2", "b'/proc/sys'", 2),
    ("pivot_root", "b'/tmp'", "b'/tmp'"),
    ("chroot", "b'/tmp'"),
    ("open_tree", -100, "b'/'", 1),
    ("move_mount", -1, "b''", -1, "b''", 0),
    ("fsopen", "b'tmpfs'", 0),
    ("mount_setattr", -100, "b'/'", 0, "buffer", 32),
    ("setns", 0, 0),
    ("ptrace", 16, 1, 0, 0),
    ("process_vm_readv", 1, "buffer", 1, "buffer", 1, 0),
    ("pidfd_getfd", 0, 0, 0),
    ("kcmp", 1, 1, 0, 0, 0),
]


async def test_calls_for_the_machine_s_administrator_are_refused(box: Sandbox) -> None:
    found = await calls(box, *REFUSED)
    assert dict(zip((asked[0] for asked in REFUSED), found, strict=True)) == {asked[0]: EPERM for asked in REFUSED}


async def test_no_further_namespace_can_be_made(box: Sandbox) -> None:
    for flag in (0x10000000, 0x20000, 0x40000000, 0x20000000, 0x8000000, 0x4000000, 0x2000000):
        disguised = f"long({flag | 17 | 1 << 40})"
        asked = (
            ("unshare", flag),
            ("clone", flag | 17, 0, 0, 0, 0),
            ("clone", disguised, 0, 0, 0, 0),
            ("clone3", "buffer", 88),
        )
        assert await calls(box, *asked) == [EPERM, EPERM, EPERM, ENOSYS]


async def test_the_usual_tools_get_no_namespace_either(box: Sandbox) -> None:
    outcome = await sh(box, "unshare -Ur id; unshare -m true; bwrap --ro-bind / / id; nsenter -t 1 -a id; echo end")
    assert outcome.stdout.text() == "end\n"


async def test_calls_through_another_architecture_end_the_caller(box: Sandbox) -> None:
    if platform.machine() != "x86_64":
        pytest.skip("only x86_64 has the x32 and the 32-bit way into the kernel")
    x32 = "import ctypes; ctypes.CDLL(None).syscall(0x40000000 | 101, 16, 1, 0, 0); print('through')"
    outcome = await py(box, x32)
    assert (outcome.stdout.text(), outcome.signal) == ("", signal.SIGSYS)
    # mov eax, 20 (getpid); int 0x80; ret
    int80 = """
import ctypes, mmap
page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(bytes.fromhex('b814000000cd80c3'))
ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
print('through')
"""
    outcome = await py(box, int80)
    assert outcome.stdout.text() == ""
    assert outcome.signal in (signal.SIGSYS, signal.SIGSEGV)


FAMILIES = {
    "AF_PACKET": 17,
    "AF_VSOCK": 40,
    "AF_ALG": 38,
    "AF_BLUETOOTH": 31,
    "AF_TIPC": 30,
    "AF_KEY": 15,
    "AF_XDP": 44,
}


async def test_sockets_of_unusual_kinds_are_refused_however_the_number_is_written(box: Sandbox) -> None:
    plain = [("socket", family, 3, 0) for family in FAMILIES.values()]
    disguised = [("socket", f"long({family | 1 << 32})", 3, 0) for family in FAMILIES.values()]
    found = await calls(box, *plain, *disguised)
    assert found == [EPERM] * len(found)


async def test_of_netlink_only_the_part_for_addresses_is_open(box: Sandbox) -> None:
    assert await call(box, "socket", 16, 3, 0) == 0
    for protocol in (4, 12, 15, 16):  # netfilter, kobject events and others
        assert await call(box, "socket", 16, 3, protocol) == EPERM


@pytest.mark.parametrize("request_", ["0x5412", "long(0x5412 | 1 << 32)", "0x541c", "0x5423"])
async def test_nothing_can_be_typed_into_a_terminal(box: Sandbox, request_: str) -> None:
    code = f"""
import ctypes, os
master, slave = os.openpty()
libc = ctypes.CDLL(None, use_errno=True)
long = ctypes.c_ulong
os.setsid()
libc.ioctl(slave, 0x540E, 0)
print(libc.ioctl(slave, {request_}, ctypes.c_char_p(b'x')), ctypes.get_errno())
"""
    assert (
        await py(box, f"import os\nif os.fork() == 0:\n    exec({code!r})\nelse: os.wait()")
    ).stdout.text() == "-1 1\n"


async def test_kernel_settings_can_not_be_written(box: Sandbox) -> None:
    line = (
        "for f in /proc/sys/kernel/core_pattern /proc/sys/kernel/hostname /proc/sys/vm/drop_caches /proc/sysrq-trigger "
    )
    line += "/proc/sys/kernel/modprobe /proc/sys/net/ipv4/ip_forward; do echo x > $f && echo $f; done"
    assert (await sh(box, line)).stdout.text() == ""


async def test_what_writes_core_pattern_is_never_the_machine_s_root(box: Sandbox) -> None:
    """bubblewrap as real root leaves root inside, whose writes the kernel takes."""
    execution = asyncio.ensure_future(sh(box, "exec sleep 31.4159"))
    found: list[psutil.Process] = []
    while not found:
        found = [one for one in psutil.process_iter(["cmdline"]) if one.info["cmdline"] == ["sleep", "31.4159"]]
        await asyncio.sleep(0.05)
    uids, gids, groups = found[0].uids(), found[0].gids(), Path(f"/proc/{found[0].pid}/status").read_text()
    execution.cancel()
    assert 0 not in (*uids, *gids)
    assert "CapEff:\t0000000000000000" in groups
    assert "CapBnd:\t0000000000000000" in groups


async def test_processes_of_the_machine_are_neither_seen_nor_reached(box: Sandbox) -> None:
    outside = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        outcome = await sh(
            box, f"ls -d /proc/[0-9]* | wc -l; kill -9 {outside.pid} && echo hit; kill -9 -1; echo still"
        )
        # kill -9 -1 took the shell itself along, and nothing outside
        assert int(outcome.stdout.text().split()[0]) < 10
        assert "hit" not in outcome.stdout.text()
        assert outside.poll() is None
        assert (await sh(box, "echo on")).stdout.text() == "on\n"
    finally:
        outside.kill()
        outside.wait()


async def test_shared_memory_and_queues_of_the_machine_are_not_seen(box: Sandbox) -> None:
    outcome = await sh(box, "cat /proc/sysvipc/shm /proc/sysvipc/sem /proc/sysvipc/msg | grep -vc key; ls -A /dev/shm")
    assert outcome.stdout.text() == "0\n"


async def test_an_abstract_socket_of_the_machine_is_not_reached(box: Sandbox) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0gitu-canary-3f9c1b")
        server.listen()
        code = "import socket; socket.socket(socket.AF_UNIX).connect('\\0gitu-canary-3f9c1b'); print('reached')"
        outcome = await py(box, code)
    assert outcome.stdout.text() == ""
    assert "ConnectionRefusedError" in outcome.stderr.text()


async def test_a_debugger_works_inside_only_where_it_was_granted(opened: Opened) -> None:
    box = await opened(SandboxSpec(debugging=True))
    assert await call(box, "ptrace", 0, 0, 0, 0) == 0  # PTRACE_TRACEME
    assert await call(box, "ptrace", 16, 1, 0, 0) == EPERM  # the agent is closed to it all the same
    assert await call(box, "bpf", 0, "buffer", 128) == EPERM


async def test_ordinary_calls_still_work(box: Sandbox) -> None:
    code = "import threading, subprocess, tempfile, socket, os, mmap, multiprocessing\n"
    code += "t = threading.Thread(target=print, args=('thread',)); t.start(); t.join()\n"
    code += "print(subprocess.run(['echo', 'process'], capture_output=True, text=True).stdout, end='')\n"
    code += "os.chmod(tempfile.mkstemp()[1], 0o755)\ns = socket.create_server(('127.0.0.1', 0))\n"
    code += "c = socket.create_connection(s.getsockname()); print('socket')"
    assert (await py(box, code)).stdout.text() == "thread\nprocess\nsocket\n"
