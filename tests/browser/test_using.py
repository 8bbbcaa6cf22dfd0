"""What people do on the screens, by mouse and by keyboard."""

import re

import pytest

from tests.browser.house import House, OpenWindow
from tests.browser.seeing import expect
from tests.browser.talking import ask, box, open_chat
from tests.servers.script import Rule, call, say
from tests.support.server import PASSWORD, Client

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("answer", ["Approve", "Deny"])
def test_what_cannot_be_undone_waits_for_a_yes(house: House, open_window: OpenWindow, answer: str) -> None:
    sami = house.person("admin")
    plans = sami.post("/sessions", {"title": "Old plans"})["id"]
    steps = [
        call("search_tools", queries=["delete conversation"]),
        call("assistant__delete_session", session_id=plans),
        say("It waits for your approval."),
    ]
    house.model.script.rules.append(
        Rule(lambda asked: plans in asked.last_user_text, lambda asked: steps[len(asked.tool_results)])
    )
    page = open_chat(open_window, house, sami)
    ask(page, f"Delete {plans}")
    card = page.get_by_role("region", name="Your approval is needed")
    expect(card.get_by_text(plans).first).to_be_visible()
    sami.get(f"/sessions/{plans}")
    card.get_by_role("button", name=answer).click()
    expect(card).to_have_count(0)  # the call itself shows now what became of it
    sami.get(f"/sessions/{plans}", status=404 if answer == "Approve" else 200)


def test_an_edited_question_replaces_what_came_after_it(house: House, open_window: OpenWindow) -> None:
    page = open_chat(open_window, house, house.person())
    ask(page, "First question")
    expect(page.get_by_text("You said: First question")).to_be_visible()
    ask(page, "Second question")
    expect(page.get_by_text("You said: Second question")).to_be_visible()
    page.locator("article").first.hover()
    page.get_by_role("button", name="Edit and send again").first.click()
    expect(box(page)).to_have_value("First question")
    ask(page, "Better question")
    expect(page.get_by_text("You said: Better question")).to_be_visible()
    expect(page.locator("article")).to_have_count(2)
    page.reload()
    expect(page.get_by_text("You said: Better question")).to_be_visible()
    expect(page.get_by_text("Second question")).to_have_count(0)


def test_a_command_is_completed_by_keyboard(house: House, open_window: OpenWindow) -> None:
    page = open_chat(open_window, house, house.person())
    box(page).press_sequentially("/identity list-d")
    expect(page.get_by_role("option", name=re.compile("identity list-devices"))).to_be_visible()
    page.keyboard.press("Tab")
    expect(box(page)).to_have_value(re.compile("^/identity list-devices "))
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Result")).to_be_visible()


def test_the_palette_goes_anywhere_by_keyboard(house: House, open_window: OpenWindow) -> None:
    page = open_chat(open_window, house, house.person())
    page.keyboard.press("Control+k")
    search = page.get_by_role("combobox", name="Go to, find or do…")
    expect(search).to_be_focused()
    search.fill("Activity")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Activity")).to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")
    expect(search).to_have_count(0)


def test_a_new_key_is_shown_once_and_works(house: House, open_window: OpenWindow) -> None:
    page = open_window(house.person()).page
    page.goto(f"{house.program.url}/settings/api-keys")
    page.get_by_role("button", name="Create a key").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name").fill("Backup")
    dialog.get_by_role("checkbox").first.check()
    dialog.get_by_role("button", name="Create a key").click()
    secret = dialog.get_by_label("The key").input_value()
    dialog.get_by_role("button", name="I have copied it").click()
    expect(page.get_by_text("Backup")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Backup")).to_be_visible()
    assert secret not in page.content()
    program = Client(house.program.url, authorization=f"Bearer {secret}")
    assert program.http.get("/api/v1/instance").status_code == 200
    assert program.http.get("/api/v1/users").status_code == 403
    program.http.close()


def test_someone_invited_joins_and_sees_nothing_of_others(house: House, open_window: OpenWindow) -> None:
    host = house.person("admin")
    host.post("/sessions", {"title": "Salaries of all"})
    page = open_window(host).page
    page.goto(f"{house.program.url}/settings/people")
    page.get_by_role("button", name="Invite", exact=True).first.click()
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_label("Invitation link").input_value()

    guest = open_window().page
    guest.goto(link)
    guest.get_by_label("Name", exact=True).fill("Nour")
    guest.locator("input[autocomplete=username]").fill("nour")
    guest.locator("input[type=password]").first.fill(PASSWORD)
    guest.locator("form button[type=submit]").click()
    expect(guest.get_by_text("What shall we do, Nour?")).to_be_visible()
    expect(guest.get_by_text("Your conversations will stand here.")).to_be_visible()
    assert "Salaries" not in guest.content()
    guest.goto(f"{house.program.url}/activity")
    expect(guest.get_by_role("heading", level=1)).to_be_visible()
    expect(guest.get_by_text("Begin a conversation")).to_have_count(0)


def test_language_and_theme_stay_as_chosen(house: House, open_window: OpenWindow) -> None:
    sami = house.person()
    page = open_chat(open_window, house, sami)
    page.locator("aside [aria-haspopup=menu]").last.click()
    with page.expect_response("**/me/preferences"):
        page.get_by_role("menuitemradio", name="Dark").click()
    with page.expect_response("**/me/preferences"):
        page.get_by_text("العربية", exact=True).click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    elsewhere = open_chat(open_window, house, house.sign_in(sami))
    for shown in (page, elsewhere):
        expect(shown.locator("html")).to_have_attribute("dir", "rtl")
        expect(shown.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
