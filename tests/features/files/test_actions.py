"""What a person can do with files: in their workspace, and in folders that an admin allowed."""

import base64
from pathlib import Path
from typing import Any

import pytest

from gitu.features.files import errors
from gitu.features.files.api import places_of, workspace_of
from gitu.kernel.actions.registry import Door
from gitu.kernel.auth.principal import Principal, Role
from gitu.kernel.errors import ApprovalNeeded, Denied, Invalid
from gitu.kernel.services import Services
from tests.support.services import make_person, run

pytestmark = pytest.mark.anyio


async def do(services: Services, who: Principal, verb: str, **data: Any) -> Any:
    """Run an action of files and return its answer as JSON."""
    return (await run(services, who, f"files.{verb}", **data)).model_dump(mode="json")


async def names(services: Services, who: Principal, **data: Any) -> list[str]:
    """What a folder lists."""
    return [entry["name"] for entry in (await do(services, who, "list_entries", **data))["items"]]


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder of the machine with a file."""
    folder = tmp_path.resolve() / "shelf"
    folder.mkdir()
    (folder / "book.txt").write_text("Once upon a time\n")
    return folder


async def allowed(services: Services, person: Principal, folder: Path, **more: Any) -> str:
    """Let an admin allow the folder; its id."""
    admin = await make_person(services, f"admin-{person.name}", Role.ADMIN)
    made = await do(services, admin, "allow_folder", person_id=str(person.user_id), path=str(folder), **more)
    return str(made["id"])


async def test_everyone_has_a_workspace_of_their_own(services: Services) -> None:
    amal, guest = await make_person(services, "amal"), await make_person(services, "guest", Role.GUEST)
    await do(services, amal, "write_file", path="plan.md", content="Mine")
    await do(services, guest, "write_file", path="plan.md", content="Theirs")
    assert (await do(services, amal, "read_file", path="plan.md"))["content"] == "Mine"
    folders = (await do(services, amal, "list_folders"))["items"]
    assert [(one["name"], one["kind"], one["id"]) for one in folders] == [("workspace", "workspace", str(amal.user_id))]
    assert Path(folders[0]["path"]).stat().st_mode & 0o077 == 0
    with pytest.raises(errors.FolderUnknown):
        await do(services, guest, "read_file", folder_id=str(amal.user_id), path="plan.md")


async def test_files_are_written_read_edited_moved_copied_and_deleted(services: Services) -> None:
    amal = await make_person(services, "amal")
    await do(services, amal, "make_folder", path="notes")
    await do(services, amal, "write_file", path="notes/a.txt", content="one\ntwo\n")
    read = await do(services, amal, "read_file", path="notes/a.txt")
    assert (read["content"], read["size"], read["charset"]) == ("one\ntwo\n", 8, "utf-8")
    await do(services, amal, "edit_file", path="notes/a.txt", old_text="two", new_text="zwei")
    await do(services, amal, "copy_file", path="notes/a.txt", to="notes/b.txt")
    await do(services, amal, "move_file", path="notes/b.txt", to="b.txt")
    assert await names(services, amal) == ["notes", "b.txt"]
    assert (await do(services, amal, "read_file", path="b.txt"))["content"] == "one\nzwei\n"
    await do(services, amal, "delete_file", path="notes")
    assert await names(services, amal) == ["b.txt"]
    assert (await do(services, amal, "stat_file", path="b.txt"))["kind"] == "file"
    with pytest.raises(errors.PathNotFound):
        await do(services, amal, "stat_file", path="notes")


async def test_an_allowed_folder_is_open_until_it_is_taken_back(services: Services, shelf: Path) -> None:
    amal = await make_person(services, "amal")
    folder = await allowed(services, amal, shelf, writable=True)
    assert await names(services, amal, folder_id=folder) == ["book.txt"]
    await do(services, amal, "write_file", folder_id=folder, path="new.txt", content="x")
    assert (shelf / "new.txt").read_text() == "x"
    await do(services, amal, "revoke_folder", folder_id=folder)
    for verb, data in (
        ("list_entries", {}),
        ("read_file", {"path": "book.txt"}),
        ("write_file", {"path": "book.txt", "content": "y"}),
        ("search_files", {"query": "once"}),
    ):
        with pytest.raises(errors.FolderUnknown):
            await do(services, amal, verb, folder_id=folder, **data)
    assert (shelf / "book.txt").read_text().startswith("Once")


async def test_a_folder_for_reading_can_not_be_changed(services: Services, shelf: Path) -> None:
    amal = await make_person(services, "amal")
    folder = await allowed(services, amal, shelf)
    assert "Once" in (await do(services, amal, "read_file", folder_id=folder, path="book.txt"))["content"]
    for verb, data in (
        ("write_file", {"path": "x", "content": "y"}),
        ("edit_file", {"path": "book.txt", "old_text": "Once", "new_text": "Twice"}),
        ("delete_file", {"path": "book.txt"}),
        ("move_file", {"path": "book.txt", "to": "x"}),
        ("copy_file", {"path": "book.txt", "to": "x"}),
        ("make_folder", {"path": "x"}),
    ):
        with pytest.raises(errors.FolderReadOnly):
            await do(services, amal, verb, folder_id=folder, **data)
    await do(services, amal, "copy_file", folder_id=folder, path="book.txt", to="b", to_folder_id=str(amal.user_id))
    assert await names(services, amal) == ["b"]


async def test_nobody_reaches_the_folder_of_another_by_any_action(services: Services, shelf: Path) -> None:
    amal, eve = await make_person(services, "amal"), await make_person(services, "eve")
    folder = await allowed(services, amal, shelf, writable=True)
    change = await do(services, amal, "write_file", folder_id=folder, path="secret.txt", content="s")
    given = {"folder_id": folder, "path": "book.txt"}
    for verb, data in (
        ("list_entries", {"folder_id": folder}),
        ("stat_file", given),
        ("read_file", given),
        ("search_files", {"folder_id": folder, "query": "once"}),
        ("write_file", {**given, "content": "x"}),
        ("edit_file", {**given, "old_text": "Once", "new_text": "x"}),
        ("move_file", {**given, "to": "x"}),
        ("copy_file", {**given, "to": "x", "to_folder_id": str(eve.user_id)}),
        ("copy_file", {"path": "own", "to": "x", "to_folder_id": folder}),
        ("delete_file", given),
        ("make_folder", {**given, "path": "x"}),
        ("revoke_folder", {"folder_id": folder}),
        ("preview_change", {"change": "files.delete_file", "input": given}),
    ):
        with pytest.raises(errors.FolderUnknown):
            await do(services, eve, verb, **data)
    with pytest.raises(errors.ChangeUnknown):
        await do(services, eve, "undo_change", change_id=change["id"])
    with pytest.raises(errors.ChangeUnknown):
        await do(services, eve, "preview_change", change="files.undo_change", input={"change_id": change["id"]})
    assert (await do(services, eve, "list_changes"))["items"] == []
    assert (await do(services, eve, "list_changes", folder_id=folder))["items"] == []
    assert sorted(path.name for path in shelf.iterdir()) == ["book.txt", "secret.txt"]


async def test_only_an_admin_allows_folders_and_never_through_the_assistant_alone(
    services: Services, shelf: Path
) -> None:
    amal, admin = await make_person(services, "amal"), await make_person(services, "ada", Role.ADMIN)
    given = {"person_id": str(admin.user_id), "path": str(shelf)}
    with pytest.raises(Denied):
        await do(services, amal, "allow_folder", **given)
    with pytest.raises(Denied):
        await do(services, amal, "list_folders", everyone=True)
    with pytest.raises(ApprovalNeeded):
        await run(services, admin.as_agent(), "files.allow_folder", door=Door.AGENT, **given)
    made = await do(services, admin, "allow_folder", **given)
    with pytest.raises(errors.FolderAllowedAlready):
        await do(services, admin, "allow_folder", **given)
    everyone = (await do(services, admin, "list_folders", everyone=True))["items"]
    assert [one["id"] for one in everyone] == [made["id"]]
    await do(services, admin, "revoke_folder", folder_id=made["id"])
    assert (await do(services, admin, "list_folders", everyone=True))["items"] == []
    assert len((await do(services, admin, "list_folders", everyone=True, revoked=True))["items"]) == 1


@pytest.mark.parametrize(
    "path", ["/", "/proc", "/proc/self", "/sys", "/dev", "/etc", "/etc/ssl", "{home}", "{above}", "{code}"]
)
async def test_folders_of_the_system_and_of_gitu_stay_closed(services: Services, path: str) -> None:
    admin = await make_person(services, "ada", Role.ADMIN)
    home = services.home.root
    wanted = path.format(home=home, above=home.parent, code=Path(errors.__file__).parent)
    if not Path(wanted).is_dir():
        pytest.skip(f"there is no {wanted}")
    for asked in (wanted, f"{home.parent}/link"):
        if asked != wanted:
            Path(asked).symlink_to(wanted)
        with pytest.raises(errors.FolderForbidden):
            await do(services, admin, "allow_folder", person_id=str(admin.user_id), path=asked)


async def test_a_folder_with_keys_stays_closed_and_so_does_the_one_that_holds_it(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = await make_person(services, "ada", Role.ADMIN)
    user = tmp_path.resolve() / "user"
    (user / ".ssh" / "old").mkdir(parents=True)
    (user / "documents").mkdir()
    monkeypatch.setenv("HOME", str(user))
    for path in (user, user / ".ssh", user / ".ssh" / "old"):
        with pytest.raises(errors.FolderForbidden):
            await do(services, admin, "allow_folder", person_id=str(admin.user_id), path=str(path))
    await do(services, admin, "allow_folder", person_id=str(admin.user_id), path=str(user / "documents"))


async def test_what_is_no_folder_or_no_person_is_said_so(services: Services, shelf: Path) -> None:
    admin = await make_person(services, "ada", Role.ADMIN)
    for path in ("shelf", "/nowhere/at/all", str(shelf / "book.txt"), "/tmp\0x"):
        with pytest.raises((errors.FolderNotFound, Invalid)):
            await do(services, admin, "allow_folder", person_id=str(admin.user_id), path=path)
    with pytest.raises(errors.PersonUnknown):
        nobody = "01890a5d-ac96-774b-bcce-b302099a8057"
        await do(services, admin, "allow_folder", person_id=nobody, path=str(shelf))
    with pytest.raises(errors.WorkspaceStays):
        await do(services, admin, "revoke_folder", folder_id=str(admin.user_id))


async def test_a_folder_exchanged_after_it_was_allowed_is_refused(services: Services, shelf: Path) -> None:
    amal = await make_person(services, "amal")
    folder = await allowed(services, amal, shelf)
    shelf.rename(shelf.with_name("old"))
    shelf.mkdir()
    with pytest.raises(errors.FolderGone):
        await names(services, amal, folder_id=folder)
    shelf.rmdir()
    shelf.symlink_to(services.home.root)
    with pytest.raises(errors.FolderGone):
        await names(services, amal, folder_id=folder)


async def test_paths_and_links_that_lead_out_are_refused(services: Services, shelf: Path) -> None:
    amal = await make_person(services, "amal")
    folder = await allowed(services, amal, shelf, writable=True)
    (shelf / "out").symlink_to(services.home.root)
    for path in ("../x", "/etc/passwd", "a/../../x"):
        with pytest.raises(errors.PathOutside):
            await do(services, amal, "read_file", folder_id=folder, path=path)
    with pytest.raises(errors.PathLinked):
        await do(services, amal, "read_file", folder_id=folder, path="out/keys.json")
    with pytest.raises(errors.PathLinked):
        await do(services, amal, "write_file", folder_id=folder, path="out/new", content="x")
    with pytest.raises(errors.PathOutside):
        await do(services, amal, "delete_file", folder_id=folder, path=".")


async def test_a_long_folder_is_listed_page_by_page_folders_first(services: Services, shelf: Path) -> None:
    amal = await make_person(services, "amal")
    folder = await allowed(services, amal, shelf)
    for name in ("B.txt", "a.txt", "Ä.txt"):
        (shelf / name).touch()
    (shelf / "zoo").mkdir()
    (shelf / "link").symlink_to("zoo")
    seen: list[str] = []
    cursor = None
    while True:
        page = await do(services, amal, "list_entries", folder_id=folder, limit=2, cursor=cursor)
        seen += [entry["name"] for entry in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == ["zoo", "a.txt", "B.txt", "book.txt", "link", "Ä.txt"]


async def test_binary_files_come_as_base64_and_large_ones_in_pieces(services: Services) -> None:
    amal = await make_person(services, "amal")
    raw = bytes(range(256))
    await do(services, amal, "write_file", path="b.bin", content=base64.b64encode(raw).decode(), encoding="base64")
    with pytest.raises(errors.FileBinary):
        await do(services, amal, "read_file", path="b.bin")
    got = await do(services, amal, "read_file", path="b.bin", encoding="base64")
    assert base64.b64decode(got["content"]) == raw
    text = "كتاب، 書籍, livre\n" * 500
    await do(services, amal, "write_file", path="t.txt", content=text)
    pieces, offset = "", 0
    while offset is not None:
        piece = await do(services, amal, "read_file", path="t.txt", offset=offset, limit=777)
        pieces += piece["content"]
        offset = piece["next_offset"]
    assert pieces == text
    with pytest.raises(Invalid):
        await do(services, amal, "write_file", path="x", content="not base64!", encoding="base64")


async def test_a_text_keeps_its_encoding_and_its_line_ends(services: Services) -> None:
    amal = await make_person(services, "amal")
    assert amal.user_id is not None
    home = workspace_of(services, amal.user_id).path
    arabic = "هذا نص عربي قديم مكتوب بترميز ويندوز، وفيه كلمات كثيرة ليُعرف ترميزه.\r\n" * 5
    (home / "old.txt").write_bytes(arabic.encode("cp1256", errors="ignore"))
    (home / "wide.txt").write_bytes("first\r\nsecond\r\n".encode("utf-16"))
    read = await do(services, amal, "read_file", path="wide.txt")
    assert (read["content"], read["charset"]) == ("first\r\nsecond\r\n", "utf-16")
    await do(services, amal, "edit_file", path="wide.txt", old_text="first\nsecond", new_text="1\n2")
    assert (home / "wide.txt").read_bytes().decode("utf-16") == "1\r\n2\r\n"
    read = await do(services, amal, "read_file", path="old.txt")
    assert "عربي" in read["content"]
    await do(services, amal, "edit_file", path="old.txt", old_text="عربي", new_text="قصير", replace_all=True)
    assert "قصير" in (home / "old.txt").read_bytes().decode("cp1256")
    with pytest.raises(errors.FileNotEncodable):
        await do(services, amal, "write_file", path="old.txt", content="書", charset="cp1256")


async def test_an_edit_must_be_clear(services: Services) -> None:
    amal = await make_person(services, "amal")
    await do(services, amal, "write_file", path="t", content="a b a")
    with pytest.raises(errors.TextNotFound):
        await do(services, amal, "edit_file", path="t", old_text="c", new_text="d")
    with pytest.raises(errors.TextNotUnique):
        await do(services, amal, "edit_file", path="t", old_text="a", new_text="d")
    await do(services, amal, "edit_file", path="t", old_text="a", new_text="d", replace_all=True)
    assert (await do(services, amal, "read_file", path="t"))["content"] == "d b d"
    with pytest.raises(errors.PathNotFound):
        await do(services, amal, "edit_file", path="nothing", old_text="a", new_text="d")


async def test_who_writes_what_they_saw_is_told_when_it_changed(services: Services) -> None:
    amal = await make_person(services, "amal")
    await do(services, amal, "write_file", path="t", content="one")
    seen = (await do(services, amal, "read_file", path="t"))["digest"]
    await do(services, amal, "write_file", path="t", content="two", expected_digest=seen)
    with pytest.raises(errors.FileChanged):
        await do(services, amal, "write_file", path="t", content="three", expected_digest=seen)
    with pytest.raises(errors.PathTaken):
        await do(services, amal, "write_file", path="t", content="three", overwrite=False)
    assert (await do(services, amal, "read_file", path="t"))["content"] == "two"


async def test_names_and_lines_are_found(services: Services) -> None:
    amal = await make_person(services, "amal")
    await do(services, amal, "write_file", path="a/b/Kettle.md", content="tea\nA copper KETTLE\n", make_parents=True)
    await do(services, amal, "write_file", path="other.txt", content="nothing here")
    found = await do(services, amal, "search_files", query="kettle")
    assert [(m["path"], m["line"], m["text"]) for m in found["items"]] == [
        ("a/b/Kettle.md", None, ""),
        ("a/b/Kettle.md", 2, "A copper KETTLE"),
    ]
    assert found["stopped"] == ""
    few = await do(services, amal, "search_files", query="e", limit=1)
    assert (len(few["items"]), few["stopped"]) == (1, "matches")
    assert (await do(services, amal, "search_files", query="kettle", path="a", where="names"))["items"][0][
        "line"
    ] is None


async def test_a_workspace_has_a_most(services: Services) -> None:
    amal = await make_person(services, "amal")
    object.__setattr__(services.settings, "files_workspace_bytes", 1_000_000)
    await do(services, amal, "write_file", path="a", content="x" * 900_000)
    with pytest.raises(errors.WorkspaceFull):
        await do(services, amal, "write_file", path="b", content="x" * 200_000)
    await do(services, amal, "write_file", path="a", content="x" * 100)


async def test_a_sandbox_learns_which_folders_it_may_mount(services: Services, shelf: Path) -> None:
    amal = await make_person(services, "amal")
    await allowed(services, amal, shelf)
    assert amal.user_id is not None
    async with services.database.reader() as db:
        places = await places_of(services, db, amal.user_id)
    assert [(one.is_workspace, one.writable) for one in places] == [(True, True), (False, False)]
    assert places[1].path == shelf


async def test_errors_speak_arabic(services: Services) -> None:
    amal = await make_person(services, "amal")
    with pytest.raises(errors.PathNotFound) as refused:
        await do(services, amal, "read_file", path="غائب.txt")
    assert "لا يوجد" in refused.value.localised("ar")
