"""Attacks by using too much: each is really tried inside."""

import asyncio
import os
import signal

import psutil
import pytest

from gitu.features.sandbox import cgroups
from gitu.features.sandbox.api import Sandbox, Sandboxes
from gitu.features.sandbox.backends.bubblewrap import Bubblewrap
from gitu.features.sandbox.schemas import MIB, Command, Limits, SandboxSpec
from tests.features.sandbox.conftest import OWNER, PYTHON, Opened, py, sh

pytestmark = pytest.mark.anyio


async def test_processor_time_runs_out(opened: Opened) -> None:
    box = await opened(SandboxSpec(limits=Limits(cpu_s=1)))
    outcome = await sh(box, "exec sh -c 'while :; do :; done'", timeout_s=120)
    assert (outcome.ended, outcome.signal) == ("exited", signal.SIGKILL)
    assert outcome.cpu_s < 10


async def test_a_limit_can_not_be_raised_again(opened: Opened) -> None:
    box = await opened(SandboxSpec(limits=Limits(open_files=64)))
    code = "import resource\nfor name in ('NOFILE', 'NPROC', 'CPU', 'FSIZE', 'CORE', 'MEMLOCK'):\n"
    code += "    kind = getattr(resource, 'RLIMIT_' + name); soft, hard = resource.getrlimit(kind)\n"
    code += "    try: resource.setrlimit(kind, (hard + 1, hard + 1)); print(name, 'raised')\n"
    code += "    except (ValueError, PermissionError): pass\n"
    outcome = await py(box, code)
    assert (outcome.stdout.text(), outcome.exit_code) == ("", 0)


async def test_open_files_run_out(opened: Opened) -> None:
    box = await opened(SandboxSpec(limits=Limits(open_files=64)))
    outcome = await py(box, "files = [open('/dev/null') for _ in range(100)]")
    assert "Too many open files" in outcome.stderr.text()


async def eat(box: Sandbox, size: int) -> bool:
    """Whether one process inside got this much memory."""
    outcome = await py(
        box, f"held = bytearray({size})\nfor at in range(0, {size}, 4096): held[at] = 1\nprint('eaten')", 120
    )
    return outcome.stdout.text() == "eaten\n"


@pytest.fixture(params=["control groups", "limits of processes alone"])
async def small(request: pytest.FixtureRequest, sandboxes: Sandboxes) -> Sandbox:
    """A sandbox of 128 MiB and 32 processes, with control groups and as it is without."""
    whole = request.param == "control groups"
    if whole and cgroups.find() is None:
        pytest.skip("no control group can be written on this machine")
    sandboxes._backend = Bubblewrap(use_cgroups=whole)
    return await sandboxes.open("small", OWNER, SandboxSpec(limits=Limits(memory_bytes=128 * MIB, processes=32)))


async def test_memory_runs_out_and_the_sandbox_lives_on(small: Sandbox) -> None:
    assert await eat(small, 32 * MIB)
    assert not await eat(small, 256 * MIB)
    assert (await sh(small, "echo on")).stdout.text() == "on\n"


async def test_many_processes_together_get_no_more_memory_than_one(sandboxes: Sandboxes) -> None:
    found = cgroups.find()
    if found is None or "memory" not in found.parents:
        pytest.skip("no control group for memory can be written on this machine")
    box = await sandboxes.open("small", OWNER, SandboxSpec(limits=Limits(memory_bytes=128 * MIB)))
    eaten = await asyncio.gather(*(_hold(box, 48 * MIB) for _ in range(6)))
    assert 0 < sum(eaten) < 6


async def _hold(box: Sandbox, size: int) -> bool:
    line = f"held = bytearray(b'x') * {size}; open('/tmp/held', 'a').write('x')\nimport time, os\n"
    line += "began = time.monotonic()\n"
    line += "while os.path.getsize('/tmp/held') < 6 and time.monotonic() < began + 5: time.sleep(0.05)"
    return (await py(box, line)).exit_code == 0


UNTIL_NO_BOMB = """
import os, time
def bombs():
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            yield int(pid) != os.getpid() and b"bomb()" in open(f"/proc/{pid}/cmdline", "rb").read()
        except OSError:  # ended meanwhile
            pass
while any(bombs()):
    time.sleep(0.05)
print("none")
"""


async def test_a_fork_bomb_stays_small_and_ends_with_its_command(small: Sandbox) -> None:
    count = "import os, time\nmade = 0\ntry:\n    while made < 500:\n        if os.fork() == 0: time.sleep(600)\n"
    count += "        made += 1\nexcept OSError: pass\nprint(made, flush=True); time.sleep(600)"
    execution = small.start(Command(argv=(PYTHON, "-I", "-S", "-c", count)))
    async for chunk in execution:
        assert int(chunk.data) < 40
        execution.kill()
    assert (await execution.wait()).ended == "cancelled"
    bomb = "bomb() { bomb | bomb & }; bomb & exec sleep 600"  # one process before it, none after: it leaves none
    assert (await sh(small, bomb, timeout_s=2)).ended == "timeout"
    assert (await py(small, UNTIL_NO_BOMB)).stdout.text() == "none\n"


async def test_threads_count_as_processes(small: Sandbox) -> None:
    code = "import threading, time\nstarted = 0\nthreading.stack_size(65536)\ntry:\n    for _ in range(200):\n"
    code += "        threading.Thread(target=time.sleep, args=(20,), daemon=True).start(); started += 1\n"
    code += "except RuntimeError: print(started < 40, flush=True)\nimport os; os._exit(0)"
    assert (await py(small, code)).stdout.text() == "True\n"


async def test_a_flood_of_output_costs_gitu_little(box: Sandbox) -> None:
    before = psutil.Process(os.getpid()).memory_info().rss
    outcome = await box.run(
        Command(shell="yes 0123456789 | head -c 300000000; yes x | head -c 100000000 >&2", timeout_s=120)
    )
    assert (outcome.stdout.total, outcome.stderr.total) == (300_000_000, 100_000_000)
    assert len(outcome.stdout.data) + len(outcome.stderr.data) <= 2 * MIB
    assert psutil.Process(os.getpid()).memory_info().rss - before < 200 * MIB


async def test_an_endless_flood_is_ended_by_its_timeout_and_others_are_heard_meanwhile(box: Sandbox) -> None:
    flood = asyncio.ensure_future(box.run(Command(argv=("yes",), timeout_s=2)))
    others = [await sh(box, "echo heard") for _ in range(3)]
    assert [one.stdout.text() for one in others] == ["heard\n"] * 3
    assert (await flood).ended == "timeout"


async def test_empty_files_without_number_fill_nothing_outside(opened: Opened) -> None:
    box = await opened(SandboxSpec(limits=Limits(memory_bytes=64 * MIB)))
    outcome = await sh(
        box, "i=0; while [ $i -lt 2000 ]; do : > /tmp/$i; i=$((i+1)); done; ls /tmp | wc -l", timeout_s=120
    )
    assert outcome.stdout.text() == "2000\n"
    await box.aclose()
