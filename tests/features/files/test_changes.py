"""Every change is shown before, logged, and can be undone for a while."""

import base64
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from gitu.features.files import errors
from gitu.features.files.api import workspace_of
from gitu.features.files.confined.writing import temp_name
from gitu.features.files.journal import Journal
from gitu.features.files.records import Intent
from gitu.features.files.tables import ChangeRow
from gitu.features.files.workflows import forget_old_changes, settle_cut_off_changes
from gitu.kernel import clock
from gitu.kernel.auth.principal import Principal
from gitu.kernel.services import Services
from tests.support.services import make_person, run

pytestmark = pytest.mark.anyio

AT_ONCE: dict[str, Any] = {"older_than_s": -60}  # what a schedule leaves at its default


async def do(services: Services, who: Principal, verb: str, **data: Any) -> Any:
    """Run an action of files and return its answer as JSON."""
    return (await run(services, who, f"files.{verb}", **data)).model_dump(mode="json")


async def content(services: Services, who: Principal, path: str) -> str | None:
    """A file's text, None when it is not there."""
    try:
        return str((await do(services, who, "read_file", path=path))["content"])
    except errors.PathNotFound:
        return None


async def preview(services: Services, who: Principal, verb: str, **data: Any) -> Any:
    """What an action would do."""
    return await do(services, who, "preview_change", change=f"files.{verb}", input=data)


def home_of(services: Services, who: Principal) -> Path:
    """The person's workspace on the disk."""
    assert who.user_id is not None
    return workspace_of(services, who.user_id).path


def kept_files(services: Services) -> list[Path]:
    """Every former content that is kept."""
    return [path for path in (services.home.root / "files" / "kept").rglob("*") if path.is_file()]


async def test_a_write_shows_its_difference_before_and_nothing_happens_yet(services: Services) -> None:
    amal = await make_person(services, "amal")
    new = await preview(services, amal, "write_file", path="a/t.txt", content="one\n", make_parents=True)
    assert (new["size_before"], new["size_after"], new["added"]) == (None, 4, 1)
    await do(services, amal, "write_file", path="t.txt", content="one\ntwo\nthree\n")
    shown = await preview(services, amal, "edit_file", path="t.txt", old_text="two", new_text="zwei")
    assert shown["diff"].splitlines()[:2] == ["--- a/t.txt", "+++ b/t.txt"]
    assert {"-two", "+zwei", " one"} <= set(shown["diff"].splitlines())
    assert (shown["added"], shown["removed"], shown["diff_cut"]) == (1, 1, False)
    gone = await preview(services, amal, "delete_file", path="t.txt")
    assert gone["removed"] == 3
    unended = await preview(services, amal, "write_file", path="v.txt", content="no end")
    assert unended["diff"].splitlines()[-2:] == ["+no end", "\\ No newline at end of file"]
    assert gone["size_after"] is None
    moved = await preview(services, amal, "move_file", path="t.txt", to="u.txt")
    assert (moved["path"], moved["to_path"]) == ("t.txt", "u.txt")
    assert (await preview(services, amal, "copy_file", path="t.txt", to="u.txt"))["kind"] == "copy"
    assert (await preview(services, amal, "make_folder", path="d"))["entry"] == "folder"
    assert await content(services, amal, "t.txt") == "one\ntwo\nthree\n"
    assert await content(services, amal, "u.txt") is None


async def test_a_preview_refuses_what_the_change_would_refuse(services: Services) -> None:
    amal = await make_person(services, "amal")
    await do(services, amal, "write_file", path="t.txt", content="one")
    for verb, data, refusal in (
        ("edit_file", {"path": "t.txt", "old_text": "x", "new_text": "y"}, errors.TextNotFound),
        ("write_file", {"path": "t.txt", "content": "y", "expected_digest": "0" * 64}, errors.FileChanged),
        ("move_file", {"path": "t.txt", "to": "t.txt"}, errors.PathTaken),
        ("delete_file", {"path": "nothing"}, errors.PathNotFound),
        ("read_file", {"path": "t.txt"}, errors.PreviewUnknown),
    ):
        with pytest.raises(refusal):
            await preview(services, amal, verb, **data)


async def test_a_long_difference_is_cut_and_soon_there(services: Services) -> None:
    amal = await make_person(services, "amal")
    await do(services, amal, "write_file", path="t", content="\n".join(f"{n} old" for n in range(20_000)))
    other = "\n".join(f"{n} new" for n in range(20_000))
    shown = await preview(services, amal, "write_file", path="t", content=other)
    assert shown["diff_cut"]
    assert len(shown["diff"].splitlines()) <= 401
    assert (shown["added"], shown["removed"]) == (20_000, 20_000)
    raw = base64.b64encode(bytes(range(256))).decode()
    assert (await preview(services, amal, "write_file", path="b", content=raw, encoding="base64"))["diff"] == ""


async def test_every_kind_of_change_can_be_undone(services: Services) -> None:
    amal = await make_person(services, "amal")
    made = await do(services, amal, "write_file", path="t", content="one")
    over = await do(services, amal, "write_file", path="t", content="two")
    edit = await do(services, amal, "edit_file", path="t", old_text="two", new_text="three")
    copy = await do(services, amal, "copy_file", path="t", to="c")
    move = await do(services, amal, "move_file", path="c", to="m")
    folder = await do(services, amal, "make_folder", path="f")
    gone = await do(services, amal, "delete_file", path="m")
    for change, path, wanted in (
        (gone, "m", "three"),
        (move, "c", "three"),
        (copy, "c", None),
        (edit, "t", "two"),
        (over, "t", "one"),
        (made, "t", None),
    ):
        shown = await preview(services, amal, "undo_change", change_id=change["id"])
        undo = await do(services, amal, "undo_change", change_id=change["id"])
        assert (shown["kind"], shown["path"]) == (undo["kind"], undo["path"])
        assert undo["undoes"] == change["id"]
        assert await content(services, amal, path) == wanted
        with pytest.raises(errors.NotUndoable):
            await do(services, amal, "undo_change", change_id=change["id"])
    await do(services, amal, "undo_change", change_id=folder["id"])
    assert (await do(services, amal, "list_entries"))["items"] == []


async def test_an_undo_can_be_undone(services: Services) -> None:
    amal = await make_person(services, "amal")
    await do(services, amal, "write_file", path="t", content="one")
    over = await do(services, amal, "write_file", path="t", content="two")
    undo = await do(services, amal, "undo_change", change_id=over["id"])
    assert await content(services, amal, "t") == "one"
    await do(services, amal, "undo_change", change_id=undo["id"])
    assert await content(services, amal, "t") == "two"
    gone = await do(services, amal, "delete_file", path="t")
    back = await do(services, amal, "undo_change", change_id=gone["id"])
    again = await do(services, amal, "undo_change", change_id=back["id"])
    await do(services, amal, "undo_change", change_id=again["id"])
    assert await content(services, amal, "t") == "two"


async def test_an_undo_refuses_to_lose_a_later_change_unless_forced(services: Services) -> None:
    amal = await make_person(services, "amal")
    await do(services, amal, "write_file", path="t", content="one")
    over = await do(services, amal, "write_file", path="t", content="two")
    (home_of(services, amal) / "t").write_text("by another program")
    with pytest.raises(errors.UndoConflict):
        await do(services, amal, "undo_change", change_id=over["id"])
    assert await content(services, amal, "t") == "by another program"
    forced = await do(services, amal, "undo_change", change_id=over["id"], force=True)
    assert await content(services, amal, "t") == "one"
    await do(services, amal, "undo_change", change_id=forced["id"])
    assert await content(services, amal, "t") == "by another program", "what was forced away was kept"


async def test_what_stands_in_the_way_of_an_undo_stays(services: Services) -> None:
    amal = await make_person(services, "amal")
    await do(services, amal, "write_file", path="t", content="one")
    gone = await do(services, amal, "delete_file", path="t")
    await do(services, amal, "write_file", path="t", content="another")
    with pytest.raises(errors.PathTaken):
        await do(services, amal, "undo_change", change_id=gone["id"], force=True)
    folder = await do(services, amal, "make_folder", path="f")
    await do(services, amal, "write_file", path="f/x", content="x")
    with pytest.raises(errors.FolderFull):
        await do(services, amal, "undo_change", change_id=folder["id"])
    await do(services, amal, "undo_change", change_id=folder["id"], force=True)
    assert [one["name"] for one in (await do(services, amal, "list_entries"))["items"]] == ["t"]


async def test_the_log_is_paged_and_searched(services: Services) -> None:
    amal = await make_person(services, "amal")
    for name in ("plan.md", "list.md", "plan.txt"):
        await do(services, amal, "write_file", path=name, content=name)
    await do(services, amal, "move_file", path="list.md", to="plan-list.md")
    first = await do(services, amal, "list_changes", limit=3)
    rest = await do(services, amal, "list_changes", limit=3, cursor=first["next_cursor"])
    assert [one["path"] for one in first["items"] + rest["items"]] == ["list.md", "plan.txt", "list.md", "plan.md"]
    assert rest["next_cursor"] is None
    assert len((await do(services, amal, "list_changes", query="PLAN"))["items"]) == 3
    change = first["items"][1]
    assert (change["kind"], change["size_before"], change["size_after"]) == ("write", None, 8)
    assert (change["actor"], change["folder_name"], change["undoable"]) == ("person", "workspace", True)
    await do(services, amal, "undo_change", change_id=change["id"])
    assert len((await do(services, amal, "list_changes", undoable=True))["items"]) == 4


async def test_a_repeated_call_with_its_key_changes_once(services: Services) -> None:
    amal = await make_person(services, "amal")
    given: dict[str, Any] = {"path": "t", "to": "u"}
    await do(services, amal, "write_file", path="t", content="one")
    one = await run(services, amal, "files.move_file", key="k1", **given)
    two = await run(services, amal, "files.move_file", key="k1", **given)
    assert one == two


async def test_after_its_time_what_was_kept_is_forgotten_and_the_log_stays(services: Services) -> None:
    amal = await make_person(services, "amal")
    await do(services, amal, "write_file", path="t", content="one")
    over = await do(services, amal, "write_file", path="t", content="two")
    gone = await do(services, amal, "delete_file", path="t")
    trash = home_of(services, amal) / ".gitu-trash"
    assert await forget_old_changes(services) == 0
    assert len(kept_files(services)) == len(list(trash.iterdir())) == 1
    for kept in kept_files(services):
        age(kept)
    with clock.travel(timedelta(days=8)):
        assert await forget_old_changes(services) == 2
        assert kept_files(services) == list(trash.iterdir()) == []
        for change in (over, gone):
            with pytest.raises(errors.NotUndoable):
                await do(services, amal, "undo_change", change_id=change["id"])
        assert len((await do(services, amal, "list_changes"))["items"]) == 3
        assert (await do(services, amal, "list_changes", undoable=True))["items"] == []
        assert await forget_old_changes(services) == 0


def age(path: Path) -> None:
    """Let a file look as if it had been there for an hour."""
    facts = path.stat()
    os.utime(path, (facts.st_atime - 3600, facts.st_mtime - 3600))


async def test_a_content_that_another_change_needs_is_kept(services: Services) -> None:
    amal = await make_person(services, "amal")
    for path in ("a", "b"):
        await do(services, amal, "write_file", path=path, content="same")
    await do(services, amal, "write_file", path="a", content="new a")
    with clock.travel(timedelta(days=5)):
        later = await do(services, amal, "write_file", path="b", content="new b")
    for kept in kept_files(services):
        age(kept)
    with clock.travel(timedelta(days=8)):
        assert await forget_old_changes(services) == 1
        await do(services, amal, "undo_change", change_id=later["id"])
        assert await content(services, amal, "b") == "same"


async def test_when_too_much_is_kept_the_oldest_goes_first(services: Services) -> None:
    amal = await make_person(services, "amal")
    object.__setattr__(services.settings, "files_undo_bytes", 250)
    changes = [
        await do(services, amal, "write_file", path="t", content=letter * 100) for letter in ("a", "b", "c", "d", "e")
    ]
    undoable = [one["id"] for one in (await do(services, amal, "list_changes", undoable=True))["items"]]
    assert undoable == [changes[4]["id"], changes[3]["id"], changes[0]["id"]], "the first replaced nothing"


async def test_a_change_cut_off_before_the_database_knew_is_logged_later(services: Services) -> None:
    amal = await make_person(services, "amal")
    home = home_of(services, amal)
    await do(services, amal, "write_file", path="t", content="one")
    over = await do(services, amal, "write_file", path="t", content="two")
    pending = services.home.root / "files" / "pending"
    assert list(pending.iterdir()) == [], "what is committed is not pending"
    await cut_off(services, amal, over["id"])
    assert await settle_cut_off_changes(services) == 0, "it may still be under way"
    assert await settle_cut_off_changes(services, **AT_ONCE) == 1
    assert list(pending.iterdir()) == []
    assert (await do(services, amal, "list_changes", limit=1))["items"][0]["id"] == over["id"]
    await do(services, amal, "undo_change", change_id=over["id"])
    assert await content(services, amal, "t") == "one"
    assert sorted(path.name for path in home.iterdir()) == ["t"]


async def test_a_change_cut_off_before_the_disk_leaves_no_trace(services: Services) -> None:
    amal = await make_person(services, "amal")
    home = home_of(services, amal)
    await do(services, amal, "write_file", path="t", content="one")
    over = await do(services, amal, "write_file", path="t", content="two")
    temp = await cut_off(services, amal, over["id"])
    (home / "t").write_text("one")
    (home / temp).write_text("tw")
    assert await settle_cut_off_changes(services, **AT_ONCE) == 1
    assert sorted(path.name for path in home.iterdir()) == ["t"]
    assert len((await do(services, amal, "list_changes"))["items"]) == 1


async def cut_off(services: Services, who: Principal, change_id: str) -> str:
    """Put a change back to where its process would have died: noted, and not in the database. Its unfinished file."""
    async with services.database.transaction() as db:
        row = await db.get(ChangeRow, change_id)
        assert row is not None
        home = home_of(services, who)
        same = {name: getattr(row, name) for name in Intent.model_fields if hasattr(row, name)}
        intent = Intent.model_validate(
            {
                **same,
                "change_id": row.id,
                "root": str(home),
                "inode": home.stat().st_ino,
                "temp": temp_name(),
                "at": row.created_at,
            }
        )
        await db.execute(text("DELETE FROM files_changes WHERE id = :id"), {"id": change_id})
    Journal(services.home.root / "files").begin(intent)
    return intent.temp


async def test_a_full_disk_is_said_so_and_nothing_is_lost(services: Services, mounted: Callable[[Path], None]) -> None:
    amal = await make_person(services, "amal")
    home = home_of(services, amal)
    mounted(home)
    await do(services, amal, "write_file", path="t", content="one")
    with pytest.raises(errors.DiskFull) as full:
        await do(services, amal, "write_file", path="t", content="x" * 2_000_000)
    assert full.value.status == 507
    assert await content(services, amal, "t") == "one"
    assert list((services.home.root / "files" / "pending").iterdir()) == []
    assert len((await do(services, amal, "list_changes"))["items"]) == 1
