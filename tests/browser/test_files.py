"""What people do with files on the screens."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.house import House, OpenWindow, Resident, Window
from tests.browser.seeing import expect
from tests.browser.test_screens import look_at

pytestmark = pytest.mark.browser

WORDS = {
    "en": {"undo": "Undo the whole command", "changed": "What the command changed", "force": "Undo these anyway"},
    "ar": {"undo": "تراجع عن الأمر كله", "changed": "ما غيّره الأمر", "force": "التراجع عن هذه على أي حال"},
}


def window_at(open_window: OpenWindow, house: House, who: Resident, path: str) -> Window:
    """A window of theirs at an address."""
    window = open_window(who)
    window.page.goto(house.program.url + path)
    return window


def opened(open_window: OpenWindow, house: House, who: Resident, path: str) -> Page:
    """The page of such a window."""
    return window_at(open_window, house, who, path).page


def refused(window: Window, *statuses: int) -> None:
    """That the server refused something was the point; the browser notes it as an error."""
    window.errors[:] = [error for error in window.errors if not any(f"status of {one}" in error for one in statuses)]


def test_a_text_is_changed_after_its_difference_was_seen_and_brought_back(
    house: House, open_window: OpenWindow
) -> None:
    sami = house.person()
    sami.put("/files/content", {"path": "plan.md", "content": "Monday\nTuesday\n"})
    page = opened(open_window, house, sami, "/files")
    page.get_by_role("link", name="plan.md").click()
    page.get_by_label("Content of plan.md").fill("Monday\nFriday\n")
    page.keyboard.press("Control+s")
    dialog = page.get_by_role("alertdialog")
    expect(dialog.get_by_text("-Tuesday", exact=True)).to_be_visible()
    expect(dialog.get_by_text("+Friday", exact=True)).to_be_visible()
    assert sami.ask("GET", "/files/content?path=plan.md")["content"] == "Monday\nTuesday\n"
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    assert sami.ask("GET", "/files/content?path=plan.md")["content"] == "Monday\nFriday\n"
    page.goto(house.program.url + "/files/changes")
    page.get_by_role("button", name="Undo the change of plan.md").first.click()
    expect(dialog.get_by_text("+Tuesday", exact=True)).to_be_visible()
    dialog.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Was an undo")).to_be_visible()
    assert sami.ask("GET", "/files/content?path=plan.md")["content"] == "Monday\nTuesday\n"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_all_that_a_command_changed_is_brought_back_and_what_stays_is_named(
    house: House, open_window: OpenWindow, language: str
) -> None:
    sami = house.person(language=language)
    for path in ("plan.md", "notes.md"):
        sami.put("/files/content", {"path": path, "content": "Monday\n"})
    sami.post("/shell/runs", {"command": "echo Friday | tee plan.md notes.md new.txt"})
    sami.put("/files/content", {"path": "notes.md", "content": "Mine\n", "overwrite": True})
    window, words = window_at(open_window, house, sami, "/files/changes"), WORDS[language]
    page = window.page
    page.get_by_role("button", name=words["undo"]).first.click()
    dialog = page.get_by_role("alertdialog")
    expect(dialog.get_by_role("list", name=words["changed"]).get_by_role("listitem")).to_have_count(3)
    assert look_at(window, "undo-run", language) == []
    dialog.get_by_role("button", name=words["undo"]).click()
    left = page.get_by_role("dialog")
    expect(left.get_by_text("notes.md")).to_be_visible()  # changed again since
    assert look_at(window, "undo-run-left", language) == []
    assert sami.ask("GET", "/files/content?path=plan.md")["content"] == "Monday\n"
    assert sami.ask("GET", "/files/content?path=notes.md")["content"] == "Mine\n"
    assert "new.txt" not in [entry["name"] for entry in sami.get("/files/entries")["items"]]
    left.get_by_role("button", name=words["force"]).click()
    expect(left).to_have_count(0)
    assert sami.ask("GET", "/files/content?path=notes.md")["content"] == "Monday\n"


def test_a_text_that_changed_meanwhile_is_not_overwritten(house: House, open_window: OpenWindow) -> None:
    sami = house.person()
    sami.put("/files/content", {"path": "plan.md", "content": "one"})
    window = window_at(open_window, house, sami, "/files/open?path=plan.md")
    page = window.page
    page.get_by_label("Content of plan.md").fill("mine")
    sami.put("/files/content", {"path": "plan.md", "content": "theirs"})
    expect(page.get_by_label("Content of plan.md")).to_have_value("mine")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alertdialog").get_by_text("not any more what you saw").first).to_be_visible()
    assert sami.ask("GET", "/files/content?path=plan.md")["content"] == "theirs"
    refused(window, 409)


def test_files_go_up_and_come_down(house: House, open_window: OpenWindow, tmp_path: Path) -> None:
    sami = house.person()
    picture = tmp_path / "صورة one.bin"
    picture.write_bytes(bytes(range(256)))
    window = window_at(open_window, house, sami, "/files")
    page = window.page
    expect(page.get_by_role("heading", name="This folder is empty")).to_be_visible()
    page.locator("input[type=file]").set_input_files(picture)
    expect(page.get_by_role("link", name="صورة one.bin")).to_be_visible()
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download صورة one.bin").click()
    assert Path(downloading.value.path()).read_bytes() == bytes(range(256))
    page.locator("input[type=file]").set_input_files(picture)
    page.get_by_role("alertdialog").get_by_role("button", name="Replace").click()
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    page.get_by_role("link", name="صورة one.bin").click()
    expect(page.get_by_role("heading", name="This is no text")).to_be_visible()
    refused(window, 409, 422)


def test_folders_are_made_and_things_renamed_deleted_and_found_by_keyboard(
    house: House, open_window: OpenWindow
) -> None:
    sami = house.person()
    page = opened(open_window, house, sami, "/files")
    page.get_by_role("button", name="New folder").press("Enter")
    page.keyboard.type("letters")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Where you are in the folder").get_by_text("letters")).to_be_visible()
    page.get_by_role("button", name="New file").press("Enter")
    page.keyboard.type("draft.txt")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="draft.txt")).to_be_visible()
    page.get_by_role("button", name="Show the folder").click()
    page.get_by_role("button", name="Rename or move draft.txt").press("Enter")
    page.get_by_label("New path").fill("letters/final.txt")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="final.txt")).to_be_visible()
    page.get_by_label("Search names and texts").fill("FINAL")
    expect(page.get_by_role("list", name="Matches").get_by_role("link", name="letters/final.txt")).to_be_visible()
    page.get_by_label("Search names and texts").fill("")
    page.get_by_role("button", name="Delete final.txt").press("Enter")
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").press("Enter")
    expect(page.get_by_role("heading", name="This folder is empty")).to_be_visible()


def test_an_admin_allows_a_folder_and_takes_it_back(house: House, open_window: OpenWindow, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "book.txt").write_text("Once")
    sami = house.person(name=f"Sami {shelf.parent.name[-12:]}")
    window = window_at(open_window, house, house.owner, "/settings/folders")
    page = window.page
    page.get_by_role("button", name="Allow a folder").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Person").select_option(label=f"Sami {shelf.parent.name[-12:]}")
    dialog.get_by_label("Full path on the server's machine").fill("/etc")
    dialog.get_by_role("button", name="Allow a folder").click()
    expect(dialog.get_by_text(re.compile("stays closed"))).to_be_visible()
    dialog.get_by_label("Full path on the server's machine").fill(str(shelf))
    dialog.get_by_role("button", name="Allow a folder").click()
    expect(dialog).to_have_count(0)
    other = window_at(open_window, house, sami, "/files")
    theirs = other.page
    theirs.get_by_role("combobox", name="Folder").select_option(label="shelf (only for reading)")
    expect(theirs.get_by_role("link", name="book.txt")).to_be_visible()
    expect(theirs.get_by_role("button", name="Delete book.txt")).to_have_count(0)
    page.get_by_role("button", name=f"Take back {shelf}").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Take back").click()
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    expect(theirs.get_by_role("combobox", name="Folder")).to_have_count(0)  # told at once, over the open socket
    expect(theirs.get_by_text("is not yours any more")).to_be_visible()
    refused(window, 403)
    refused(other, 404)
