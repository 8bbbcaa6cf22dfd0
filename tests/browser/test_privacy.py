"""Taking one's data along and having it erased, as people meet it on the screens."""

import json
import zipfile

import pytest
from playwright.sync_api import Page

from tests.browser.house import House, OpenWindow
from tests.browser.program import PHONE
from tests.browser.seeing import expect
from tests.browser.test_signing_in import by_name, type_password, with_authenticator
from tests.support.server import PASSWORD

pytestmark = pytest.mark.browser

SLOW_MS = 60_000  # a job of a machine that may be busy


def test_one_s_data_is_exported_downloaded_and_removed(house: House, open_window: OpenWindow) -> None:
    sami = house.person(name="Sami the curious")
    sami.post("/sessions", {"title": "Plans for the kettle"})
    page = open_window(sami).page
    page.goto(f"{house.program.url}/settings/privacy")
    page.get_by_role("button", name="Export my data").click()
    expect(page.get_by_text("Your archive is ready.")).to_be_visible(timeout=SLOW_MS)
    with page.expect_download() as loading:
        page.get_by_role("button", name="Download").click()
    with zipfile.ZipFile(loading.value.path()) as archive:
        sessions = json.loads(archive.read("conversations.json"))["assistant_sessions"]
    assert [one["title"] for one in sessions] == ["Plans for the kettle"]
    page.get_by_role("button", name="Remove it now").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Remove it now").click()
    expect(page.get_by_role("button", name="Export my data")).to_be_visible()


def erase(page: Page, login: str) -> None:
    """Through the dialog, with the password."""
    page.get_by_role("button", name="See what would be erased").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("list", name="Goes").get_by_text("Conversations")).to_be_visible()
    expect(dialog.get_by_role("list", name="Stays").get_by_text("Activity log")).to_be_visible()
    dialog.get_by_role("button", name="Erase for good").click()
    expect(dialog.get_by_text("Type it exactly as it stands above.")).to_be_visible()
    dialog.get_by_label(f"Type {login} to confirm").fill(login)
    dialog.get_by_label("Your password").fill(PASSWORD)
    dialog.get_by_role("button", name="Erase for good").click()


@pytest.mark.slow
def test_whoever_erases_themselves_is_out_and_reads_what_became_of_it(house: House, open_window: OpenWindow) -> None:
    sami = house.person(name="Sami the private")
    sami.post("/sessions", {"title": "Plans"})
    window, other = open_window(sami), open_window(house.sign_in(sami))
    other.page.goto(f"{house.program.url}/settings/profile")
    expect(other.page.get_by_role("heading", name="Profile")).to_be_visible()
    page = window.page
    page.goto(f"{house.program.url}/settings/privacy")
    erase(page, sami.login)
    expect(page.get_by_role("heading", name="Your data is erased")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_role("list", name="Goes").get_by_text("Account")).to_be_visible()
    assert window.unreachable_parts() == []
    page.reload()  # the receipt stands in the address, so the report can be looked at again
    expect(page.get_by_role("heading", name="Your data is erased")).to_be_visible()
    expect(other.page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    page.goto(f"{house.program.url}/sign-in")
    type_password(page, sami)
    expect(page.get_by_text("The name and password don't belong together")).to_be_visible()


@pytest.mark.slow
def test_a_passkey_is_enough_to_erase_oneself(house: House, open_window: OpenWindow) -> None:
    sami = house.person()
    window = open_window()
    page = window.page
    with_authenticator(window)
    page.goto(f"{by_name(house)}/sign-in?next=/settings/sign-in")
    type_password(page, sami)
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Workbench")
    page.get_by_role("dialog").get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("list", name="Passkeys").get_by_text("Workbench")).to_be_visible()
    page.goto(f"{by_name(house)}/settings/privacy")
    page.get_by_role("button", name="See what would be erased").click()
    dialog = page.get_by_role("dialog")
    by_passkey = dialog.get_by_role("button", name="Confirm with a passkey and erase")
    expect(by_passkey).to_be_disabled()
    dialog.get_by_label(f"Type {sami.login} to confirm").fill(sami.login)
    by_passkey.click()
    expect(page.get_by_role("heading", name="Your data is erased")).to_be_visible(timeout=SLOW_MS)


def test_an_admin_erases_someone_whose_access_is_closed(house: House, open_window: OpenWindow) -> None:
    sami = house.person(name="Sami who left")
    page = open_window(house.sign_in(house.owner)).page
    page.goto(f"{house.program.url}/settings/people")
    page.get_by_label("Search people").fill("Sami who left")
    row = page.get_by_role("listitem").filter(has_text="Sami who left")
    row.get_by_role("button", name="Close access").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Close access").click()
    page.get_by_role("button", name="Erase Sami who left for good").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(f"Type {sami.login} to confirm").fill(sami.login)
    dialog.get_by_label("Your password").fill(PASSWORD)
    dialog.get_by_role("button", name="Erase for good").click()
    expect(dialog).to_be_hidden()
    page.goto(f"{house.program.url}/settings/privacy")
    report = page.get_by_role("list", name="Reports of erasures")
    expect(report.get_by_text("Done").first).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_text("Sami who left")).to_have_count(0)


def test_the_only_owner_reads_the_way_out_instead_of_a_button(house: House, open_window: OpenWindow) -> None:
    page = open_window(house.sign_in(house.owner)).page
    page.goto(f"{house.program.url}/settings/privacy")
    page.get_by_role("button", name="See what would be erased").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("You are the only owner of this Gitu.")).to_be_visible()
    expect(dialog.get_by_role("button", name="Erase for good")).to_have_count(0)


def test_the_dialog_fits_a_phone_in_arabic_and_can_be_used_by_everyone(house: House, open_window: OpenWindow) -> None:
    sami = house.person(language="ar")
    sami.post("/sessions", {"title": "خطط"})
    window = open_window(sami, viewport=PHONE)
    window.page.goto(f"{house.program.url}/settings/privacy")
    window.page.get_by_role("button", name="عرض ما سيُمحى").click()
    expect(window.page.get_by_role("list", name="ما يُمحى").get_by_text("المحادثات")).to_be_visible()
    assert window.overflow() <= 0
    assert window.unreachable_parts() == []
