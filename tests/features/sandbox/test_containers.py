"""The same sandbox in containers, where an engine is installed and answers."""

import os
import subprocess
from pathlib import Path

import pytest

from gitu.features.sandbox.api import Sandboxes
from gitu.features.sandbox.errors import SandboxUnavailable
from gitu.features.sandbox.schemas import MIB, Command, Folder, Limits, SandboxSpec, TerminalSize
from tests.features.sandbox.conftest import OWNER, sh

pytestmark = pytest.mark.anyio

CANARY = "canary-3f9c1b"


async def test_a_command_runs_in_a_container_as_in_any_sandbox(contained: Sandboxes, folder: Path) -> None:
    (folder / "note").write_text("shared")
    spec = SandboxSpec(workspace=folder, folders=(Folder(source=folder, target="/workspace-too"),))
    box = await contained.open("session", OWNER, spec)
    outcome = await sh(box, "cat note; echo err >&2; echo new > made; touch /workspace-too/x; exit 3")
    assert (outcome.stdout.text(), outcome.exit_code) == ("shared", 3)
    assert outcome.stderr.text().startswith("err\n")
    assert "Read-only" in outcome.stderr.text()
    assert (folder / "made").read_text() == "new\n"
    terminal = await box.run(Command(shell="stat -L -c %F /dev/stdin", terminal=TerminalSize()))
    assert terminal.stdout.text().startswith("character special file")


async def test_a_container_confines(contained: Sandboxes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text(CANARY)
    monkeypatch.setenv("GITU_MASTER_KEYS", CANARY)
    box = await contained.open("session", OWNER, SandboxSpec(limits=Limits(tmp_bytes=2 * MIB, processes=32)))
    outcome = await sh(
        box, f"id -u; cat {tmp_path}/secret /proc/*/environ; for d in / /usr /etc /run; do touch $d/x && echo $d; done"
    )
    assert outcome.stdout.text().split("\n")[0] not in ("0", "")
    assert CANARY not in outcome.stdout.text()
    assert "/usr" not in outcome.stdout.text().split()
    status = (await sh(box, "grep -E 'NoNewPrivs|CapEff|CapBnd|Seccomp:' /proc/self/status")).stdout.text().split()
    assert status == ["CapEff:", "0" * 16, "CapBnd:", "0" * 16, "NoNewPrivs:", "1", "Seccomp:", "2"]
    tracing = (
        "import ctypes; libc = ctypes.CDLL(None, use_errno=True); libc.ptrace(0, 0, 0, 0); print(ctypes.get_errno())"
    )
    assert (await box.run(Command(argv=("python3", "-c", tracing)))).stdout.text() == "1\n"
    full = await sh(box, "head -c 9000000 /dev/zero > /tmp/big; stat -c %s /tmp/big")
    assert int(full.stdout.text()) <= 2 * MIB
    assert (await sh(box, "ls /sys/class/net")).stdout.text() == "lo\n"


async def test_a_container_ends_with_its_sandbox(contained: Sandboxes) -> None:
    box = await contained.open("session", OWNER, SandboxSpec())
    execution = box.start(Command(shell="echo on; sleep 600"))
    async for chunk in execution:
        assert chunk.data == b"on\n"
        break
    engine = box.backend
    await contained.close("session", OWNER)
    mine = f"name=gitu-sandbox-{os.getpid()}-"
    left = subprocess.run([engine, "ps", "-aq", "--filter", mine], capture_output=True, check=True)
    assert left.stdout == b""


async def test_an_image_that_is_not_there_is_named_with_what_fetches_it(contained: Sandboxes, tmp_path: Path) -> None:
    engine = (await contained.backend()).name
    made = Sandboxes(choice="docker" if engine == "docker" else "podman", image="localhost/no-such:1", run=tmp_path)
    with pytest.raises(SandboxUnavailable, match=f"{engine} pull localhost/no-such:1"):
        await made.open("session", OWNER, SandboxSpec())
