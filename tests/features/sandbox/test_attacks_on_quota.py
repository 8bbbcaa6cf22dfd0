"""Attacks by filling folders of the machine: each is really tried inside, with small limits."""

import asyncio
import shutil
from pathlib import Path

import pytest

from gitu.features.sandbox import quota
from gitu.features.sandbox.api import Sandboxes
from gitu.features.sandbox.errors import SandboxFailed, SandboxGone
from gitu.features.sandbox.schemas import MIB, Command, Folder, Limits, SandboxSpec
from gitu.kernel.storage.usage import MOST_DEPTH
from tests.features.sandbox.conftest import OWNER, Opened, sh
from tests.features.sandbox.test_lifecycle import eventually

pytestmark = pytest.mark.anyio

SMALL = Limits(workspace_bytes=8 * MIB, file_bytes=2 * MIB)
FILL = "i=0; while :; do head -c 1000000 /dev/zero > $i || exit 3; i=$((i+1)); sleep 0.1; done"


async def test_a_command_that_fills_the_workspace_is_ended_and_told_why(opened: Opened, folder: Path) -> None:
    box = await opened(SandboxSpec(workspace=folder, limits=SMALL))
    with pytest.raises(SandboxGone, match="more than the 8388608 bytes") as ended:
        await sh(box, FILL)
    assert "تحوي مساحة العمل" in ended.value.localised("ar")
    assert sum(file.stat().st_size for file in folder.iterdir()) < 100 * MIB


async def test_what_goes_on_behind_its_command_is_ended_too(
    opened: Opened, sandboxes: Sandboxes, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quota, "COUNT_IDLE_EVERY_S", 0.5)
    box = await opened(SandboxSpec(workspace=folder, limits=SMALL))
    await sh(box, f"setsid -f sh -c '{FILL}' > /dev/null 2>&1")
    await eventually("it is ended", lambda: box.gone is not None and box.gone.key == "full")
    assert sandboxes.find("session", OWNER) is None


@pytest.mark.parametrize(
    "hiding",
    [
        "mkdir hidden; i=0; while :; do : > hidden/$i; i=$((i+1)); done",
        f"i=0; while [ $i -le {MOST_DEPTH + 2} ]; do mkdir d && cd d; i=$((i+1)); done; sleep 600",
        "truncate -s 1500000 a; for i in 1 2 3 4 5 6 7 8; do cp a b$i; done; sleep 600",
    ],
    ids=["empty files without number", "folders too deep to count", "files with holes"],
)
async def test_room_is_not_hidden_from_the_count(opened: Opened, folder: Path, hiding: str) -> None:
    box = await opened(SandboxSpec(workspace=folder, limits=SMALL))
    with pytest.raises(SandboxGone, match="more than the"):
        await sh(box, hiding, timeout_s=120)


async def test_a_link_is_not_counted_as_what_it_leads_to(opened: Opened, folder: Path) -> None:
    (folder / "usr").symlink_to("/usr")
    box = await opened(SandboxSpec(workspace=folder, limits=SMALL))
    assert not await box.over_quota()


async def test_a_full_workspace_can_be_emptied_but_not_grow(opened: Opened, folder: Path) -> None:
    for number in range(20):
        (folder / str(number)).write_bytes(bytes(MIB))
    box = await opened(SandboxSpec(workspace=folder, limits=SMALL))
    assert await box.over_quota()
    with pytest.raises(SandboxGone, match="more than the"):
        await sh(box, "head -c 1000000 /dev/zero > more; sleep 600")
    again = await opened(SandboxSpec(workspace=folder, limits=SMALL))
    assert (await sh(again, "rm -f ? 1?; ls")).stdout.text() == "more\n"
    assert not await again.over_quota()


async def test_a_workspace_many_times_too_full_is_not_opened(opened: Opened, folder: Path) -> None:
    with (folder / "huge").open("wb") as file:
        file.truncate(quota.MOST_OVER * SMALL.workspace_bytes + 1)
    with pytest.raises(SandboxFailed, match="more than the"):
        await opened(SandboxSpec(workspace=folder, limits=SMALL))


async def test_no_command_takes_the_last_of_a_disk(opened: Opened, folder: Path, tmp_path: Path) -> None:
    """The reserve is set to nearly all that is free here, so that little has to be written."""
    free = shutil.disk_usage(tmp_path).free
    reserve = Limits(disk_reserve_bytes=free)
    plan = SandboxSpec(folders=(Folder(source=folder, target="/workspace/shared", writable=True),), limits=reserve)
    box = await opened(plan)
    assert box._quota is not None
    (watched, least) = box._quota._folders[0]
    assert least == pytest.approx(free / 2, rel=0.2)  # a disk that is nearly full already hinders nobody
    box._quota._folders[0] = (watched, free * 2)
    with pytest.raises(SandboxGone, match="the disk it writes to"):
        await sh(box, "sleep 600")


async def test_a_workspace_within_its_limit_is_left_alone(opened: Opened, folder: Path) -> None:
    box = await opened(SandboxSpec(workspace=folder, limits=SMALL))
    line = "for i in 1 2 3 4 5 6 7 8 9; do head -c 1500000 /dev/zero > f; sleep 0.2; done; echo on"
    assert (await box.run(Command(shell=line, timeout_s=60))).stdout.text() == "on\n"
    await asyncio.sleep(2 * quota.LOOK_EVERY_S)
    assert box.gone is None
