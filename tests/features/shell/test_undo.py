"""What a command changed in one's folders: told, logged, taken back."""

from pathlib import Path
from typing import Any

import pytest

from gitu.features.files import errors, watching
from gitu.features.shell.schemas import RunResult
from gitu.kernel.auth.principal import Principal
from gitu.kernel.services import Services
from tests.features.shell.conftest import Allowed
from tests.support.services import make_person, run

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("needs_bubblewrap")]


async def sh(services: Services, who: Principal, line: str, **more: Any) -> RunResult:
    given: dict[str, Any] = {"timeout_s": 60, **more}
    done = await run(services, who, "shell.run_command", command=line, **given)
    assert isinstance(done, RunResult)
    return done


async def undo(services: Services, who: Principal, done: RunResult, **more: Any) -> dict[str, Any]:
    return (await run(services, who, "files.undo_run", run_id=str(done.run_id), **more)).model_dump()


def told(done: RunResult) -> set[tuple[str, str, bool]]:
    assert done.changes is not None
    return {(one.path, one.kind, one.undoable) for one in done.changes.items}


async def everything(services: Services, who: Principal) -> str:
    """All files of the workspace with their contents."""
    shown = await sh(
        services, who, "find . -type f ! -path './.gitu-*' | sort | while read f; do echo $f; cat $f; done"
    )
    assert told(shown) == set()
    return shown.stdout


@pytest.fixture
async def amal(services: Services) -> Principal:
    """Someone with a few files in their workspace."""
    amal = await make_person(services, "amal")
    for path, content in (("plan.md", "the plan\n"), ("a/b/deep.txt", "deep\n"), ("خطة.txt", "مهم\n")):
        await run(services, amal, "files.write_file", path=path, content=content, make_parents=True)
    return amal


async def test_what_a_command_made_changed_and_deleted_is_told_and_taken_back(
    services: Services, amal: Principal
) -> None:
    before = await everything(services, amal)
    done = await sh(services, amal, "echo new > new.txt; echo more >> plan.md; rm -r a; rm خطة.txt; touch new.txt")
    assert told(done) == {
        ("new.txt", "made", True),
        ("plan.md", "changed", True),
        ("a/b/deep.txt", "deleted", True),
        ("خطة.txt", "deleted", True),
    }
    assert done.changes is not None
    assert (done.changes.count, done.changes.undoable, done.changes.complete) == (4, 4, True)
    logged = (await run(services, amal, "files.list_changes", run_id=str(done.run_id))).model_dump()["items"]
    assert {one["path"] for one in logged} == {path for path, _, _ in told(done)}
    assert await undo(services, amal, done) == {"undone": 4, "left": []}
    assert await everything(services, amal) == before
    assert await undo(services, amal, done) == {"undone": 0, "left": []}


async def test_one_change_of_a_command_can_be_looked_at_and_undone_alone(services: Services, amal: Principal) -> None:
    done = await sh(services, amal, "rm -r a plan.md")
    rows = (await run(services, amal, "files.list_changes", run_id=str(done.run_id))).model_dump(mode="json")["items"]
    deep = next(row["id"] for row in rows if row["path"] == "a/b/deep.txt")
    shown = await run(services, amal, "files.preview_change", change="files.undo_change", input={"change_id": deep})
    assert "path" in shown.model_dump()
    await run(services, amal, "files.undo_change", change_id=deep)
    back = await run(services, amal, "files.read_file", path="a/b/deep.txt")
    assert back.model_dump()["content"] == "deep\n"


async def test_what_was_changed_again_since_stays_unless_forced(services: Services, amal: Principal) -> None:
    done = await sh(services, amal, "echo one > plan.md; echo two > two.txt")
    await run(services, amal, "files.write_file", path="plan.md", content="by hand")
    answer = await undo(services, amal, done)
    assert (answer["undone"], [one["path"] for one in answer["left"]]) == (1, ["plan.md"])
    assert (await run(services, amal, "files.read_file", path="plan.md")).model_dump()["content"] == "by hand"
    assert (await undo(services, amal, done, force=True))["undone"] == 1
    assert (await run(services, amal, "files.read_file", path="plan.md")).model_dump()["content"] == "the plan\n"


async def test_a_time_that_was_faked_hides_no_change(services: Services, amal: Principal) -> None:
    write = "printf 'THE PLAN\\n' | dd of=plan.md conv=notrunc 2>/dev/null"
    line = f't=$(stat -c %y plan.md); {write}; touch -d "$t" plan.md; chmod 640 a/b/deep.txt'
    done = await sh(services, amal, line)
    assert told(done) == {("plan.md", "changed", True)}
    assert (await undo(services, amal, done))["undone"] == 1
    assert "the plan\n" in await everything(services, amal)


async def test_a_command_that_is_ended_has_its_changes_logged_too(services: Services, amal: Principal) -> None:
    done = await sh(services, amal, "rm plan.md; sleep 600", timeout_s=2)
    assert done.state == "timeout"
    assert (await undo(services, amal, done))["undone"] == 1


async def test_a_folder_that_may_be_written_is_watched_and_a_link_in_it_is_not_followed(
    services: Services, amal: Principal, allow: Allowed, shelf: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("not yours")
    (shelf / "book.txt").chmod(0o666)
    folder = await allow(amal, shelf, writable=True)
    line = f"cd /folders/shelf; echo x > book.txt; ln -s {outside} link; ln -s / root; mkdir d; echo y > d/new"
    done = await sh(services, amal, line, folders=[folder])
    assert told(done) == {("book.txt", "changed", True), ("d/new", "made", True)}
    assert (await undo(services, amal, done))["undone"] == 2
    assert outside.read_text() == "not yours"
    assert not (shelf / "d" / "new").exists()


async def test_what_is_too_large_to_keep_is_told_and_not_undone(
    services: Services, amal: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "MOST_COPY", 4)
    done = await sh(services, amal, "rm plan.md")
    assert told(done) == {("plan.md", "deleted", False)}
    answer = await undo(services, amal, done)
    assert (answer["undone"], answer["left"][0]["path"]) == (0, "plan.md")


async def test_a_folder_with_too_many_files_and_too_many_changes_are_not_passed_over_silently(
    services: Services, amal: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "MOST_LOGGED", 5)
    done = await sh(services, amal, "for i in 1 2 3 4 5 6 7 8; do echo $i > $i; done")
    assert done.changes is not None
    assert (done.changes.count, done.changes.undoable, done.changes.complete) == (8, 5, False)
    monkeypatch.setattr(watching, "MOST_NAMES", 5)
    unseen = await sh(services, amal, "echo x > plan.md")
    assert unseen.changes is not None
    assert (unseen.changes.count, unseen.changes.complete) == (0, False)


async def test_nobody_undoes_the_command_of_another(services: Services, amal: Principal) -> None:
    basim = await make_person(services, "basim")
    done = await sh(services, amal, "rm plan.md")
    with pytest.raises(errors.RunUnknown) as refused:
        await undo(services, basim, done)
    assert "لم يغيّر التشغيل" in refused.value.localised("ar")


async def test_a_full_workspace_is_told(services: Services, amal: Principal) -> None:
    object.__setattr__(services.settings, "files_workspace_bytes", 1_000_000)
    done = await sh(services, amal, "head -c 900000 /dev/zero > a1; head -c 900000 /dev/zero > a2")
    assert done.workspace_full
    assert not (await sh(services, amal, "rm a1 a2")).workspace_full
