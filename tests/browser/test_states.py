"""What opens on a screen: menus, dialogs, entries, answers of every kind; usable by everyone, fitting phones."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.house import House, OpenWindow, Resident
from tests.browser.seeing import expect
from tests.browser.talking import ask, box, open_chat
from tests.browser.test_screens import look_at, opened
from tests.servers.script import Rule, call, failing, say, when_said

pytestmark = pytest.mark.browser

MARKDOWN = """# Heading

A **bold** word, `code`, and a list:

- one
- اثنان

| Item | Price |
|---|---:|
| kettle | 12.50 |

```python
def greet(name: str) -> str:
    return f"Salam, {name}"
```

فقرة عربية فيها `code` ورقم 42.
"""


def teach(house: House, person: Resident) -> None:
    """Answers of every kind, for this person's questions alone."""
    steps = [call("assistant__get_status"), say("It is well.")]
    plans = person.post("/sessions", {"title": "Old plans"})["id"]
    person.post("/models/budgets", {"kind": "session", "subject": plans, "period": "total", "limit": "1.5"})
    held = [
        call("search_tools", queries=["delete conversation"]),
        call("assistant__delete_session", session_id=plans),
        say("It waits for you."),
    ]
    me = person.login
    house.model.script.rules += [
        when_said(f"markdown {me}", say(MARKDOWN)),
        when_said(f"fail {me}", failing()),
        Rule(
            lambda asked: f"tool {me}" in asked.last_user_text,
            lambda asked: steps[min(len(asked.tool_results), 1)],
        ),
        Rule(lambda asked: f"hold {me}" in asked.last_user_text, lambda asked: held[len(asked.tool_results)]),
    ]


def answered(page: Page, question: str) -> None:
    """Ask, and wait until the whole answer is there."""
    ask(page, question)
    expect(page.locator("article[aria-busy=false] footer[data-last]")).to_be_visible()


def fail(page: Page, me: str) -> None:
    ask(page, f"fail {me}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("article").nth(1)).to_have_attribute("aria-busy", "false")


def unfold_tool(page: Page, me: str) -> None:
    answered(page, f"tool {me}")
    page.locator("article details summary").first.click()


def command_table(page: Page, me: str) -> None:
    ask(page, "/models list-models ")
    expect(page.locator("table").first).to_be_visible()


def complete(page: Page, me: str) -> None:
    box(page).fill("/mo")
    expect(page.locator("[role=option]").first).to_be_visible()


def palette(page: Page, me: str) -> None:
    expect(box(page)).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.locator("dialog [role=option]").first).to_be_visible()


def model_menu(page: Page, me: str) -> None:
    page.locator("form [aria-haspopup=menu]").click()
    expect(page.locator(":popover-open")).to_be_visible()


def access_keys(page: Page, me: str) -> None:
    page.locator("main form select").first.select_option("bedrock")
    page.locator("main form fieldset label").nth(1).click()
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main form [aria-invalid=true]")).to_have_count(2)


def quiet_hours(page: Page, me: str) -> None:
    page.locator("main input[type=checkbox]").first.click()
    expect(page.locator("input[type=time]").first).to_be_visible()


def dialog(page: Page, me: str) -> None:
    page.locator("main header button").first.click()
    expect(page.locator("dialog[open]")).to_be_visible()


def budget_menu(page: Page, me: str) -> None:
    page.locator("main li [aria-haspopup=menu]").first.click()
    expect(page.locator(":popover-open")).to_be_visible()


def change_budget(page: Page, me: str) -> None:
    budget_menu(page, me)
    page.locator(":popover-open [role=menuitem]").first.click()
    expect(page.locator("dialog[open] input").first).to_be_visible()


def budget_of_a_key(page: Page, me: str) -> None:
    dialog(page, me)
    page.locator("dialog[open] select").first.select_option("key")
    page.locator("dialog[open] button[type=submit]").click()
    expect(page.locator("dialog[open] [aria-invalid=true]").first).to_be_visible()


def unfold_reason(page: Page, me: str) -> None:
    page.locator("main li details summary").first.click()
    expect(page.locator("main li details p").first).to_be_visible()


def unfold_entry(page: Page, me: str) -> None:
    page.locator("main ul li button").first.click()
    expect(page.locator("main dl")).to_be_visible()


def hold(page: Page, me: str) -> None:
    ask(page, f"hold {me}")
    expect(page.locator("article section[tabindex='-1'] button").last).to_be_visible()


STATES: list[tuple[str, str, Callable[[Page, str], None]]] = [
    ("markdown", "/", lambda page, me: answered(page, f"markdown {me}")),
    ("failed-answer", "/", fail),
    ("tool-unfolded", "/", unfold_tool),
    ("approval", "/", hold),
    ("command-table", "/", command_table),
    ("completion", "/", complete),
    ("palette", "/", palette),
    ("model-menu", "/", model_menu),
    (
        "approvals-pending",
        "/permissions",
        lambda page, me: expect(page.locator("main details pre")).to_be_visible(),
    ),
    ("access-keys", "/settings/models/add", access_keys),
    ("quiet-hours", "/settings/preferences", quiet_hours),
    ("key-dialog", "/settings/api-keys", dialog),
    ("invite-dialog", "/settings/people", dialog),
    ("budget-dialog", "/settings/budgets", dialog),
    ("budget-of-a-key", "/settings/budgets", budget_of_a_key),
    ("budget-menu", "/settings/budgets", budget_menu),
    ("budget-change", "/settings/budgets", change_budget),
    ("reason", "/settings/usage", unfold_reason),
    ("activity-unfolded", "/activity", unfold_entry),
]


@pytest.mark.parametrize(("language", "theme"), [pytest.param("en", "light", marks=pytest.mark.slow), ("ar", "dark")])
def test_whatever_opens_on_a_screen_can_be_used_by_everyone(
    house: House, open_window: OpenWindow, language: str, theme: str
) -> None:
    sami = house.person("admin", language=language)
    sami.patch("/me/preferences", {"language": language, "theme": theme})
    teach(house, sami)
    window = open_window(sami)
    wrong: list[str] = []
    for name, path, reach in STATES:
        opened(window, house.program.url + path)
        reach(window.page, sami.login)
        wrong += look_at(window, name, f"{language}-{theme}")
    window.errors[:] = [error for error in window.errors if "status of 50" not in error]
    assert wrong == []


def test_a_message_that_could_not_be_sent_is_kept_and_goes_on_a_second_try(
    house: House, open_window: OpenWindow
) -> None:
    window = open_window(house.person())
    page = window.page
    page.goto(house.program.url)
    page.route("**/api/v1/messages", lambda route: route.abort())
    ask(page, "Keep this")
    expect(page.get_by_text("Not sent")).to_be_visible()
    expect(page.get_by_text("Keep this").first).to_be_visible()
    page.unroute("**/api/v1/messages")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("You said: Keep this")).to_be_visible()
    window.errors[:] = [error for error in window.errors if "ERR_FAILED" not in error]


def test_an_empty_conversation_says_what_one_can_ask(house: House, open_window: OpenWindow) -> None:
    sami = house.person()
    empty = sami.post("/sessions", {"title": "Spring"})["id"]
    page = open_window(sami).page
    page.goto(f"{house.program.url}/chat/{empty}")
    expect(page.get_by_text("Ask in your own words")).to_be_visible()
    page.get_by_role("button", name="Plan with me:").click()
    expect(box(page)).to_have_value("Plan with me: ")
    ask(page, "Plan with me: a garden")
    expect(page.get_by_text("You said: Plan with me: a garden")).to_be_visible()
    expect(page.get_by_text("Ask in your own words")).to_have_count(0)


def test_the_activity_shows_changes_and_reads_when_asked_for(house: House, open_window: OpenWindow) -> None:
    sami = house.person()
    sami.post("/sessions", {"title": "Spring"})
    sami.get("/devices")
    page = open_window(sami).page
    page.goto(f"{house.program.url}/activity")
    expect(page.get_by_text("Begin a conversation")).to_be_visible()
    expect(page.get_by_text("List the devices")).to_have_count(0)
    page.get_by_label("Changes only").uncheck()
    expect(page.get_by_text("List the devices").first).to_be_visible()
    page.reload()
    expect(page.get_by_text("List the devices").first).to_be_visible()
    expect(page.get_by_label("Changes only")).not_to_be_checked()


@pytest.mark.parametrize(("language", "start"), [("en", "ltr"), ("ar", "rtl")])
def test_a_field_begins_where_the_page_does_and_follows_what_is_typed(
    house: House, open_window: OpenWindow, language: str, start: str
) -> None:
    page = open_chat(open_window, house, house.person(language=language))
    for path, field in (("/", "textarea"), ("/", "input[type=search]"), ("/settings/profile", "[autocomplete=name]")):
        page.goto(house.program.url + path)
        field_shown = page.locator(field).last
        for text, direction in (("", start), ("kettle", "ltr"), ("غلاية", "rtl")):
            field_shown.fill(text)
            expect(field_shown).to_have_css("direction", direction)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_title_too_long_for_the_list_ends_with_an_ellipsis_of_its_own_direction(
    house: House, open_window: OpenWindow, language: str
) -> None:
    sami = house.person(language=language)
    titles = {
        "Spring": ("ltr", "none"),
        "ربيع": ("rtl", "none"),
        "Invoice INV-0042 of مصنع النور للأغذية, March": ("ltr", '"…" / ""'),
        "فاتورة مصنع النور للأغذية INV-0042 of the month of March": ("rtl", '"…" / ""'),
    }
    for title in titles:
        sami.post("/sessions", {"title": title})
    page = open_chat(open_window, house, sami)
    for title, (direction, mark) in titles.items():
        link = page.get_by_role("link", name=title, exact=True)  # read out whole, without the mark
        shown = link.locator("span").last
        expect(shown).to_have_css("direction", direction)
        expect(shown).to_have_css("text-align", "right" if language == "ar" else "left")
        assert shown.evaluate("it => getComputedStyle(it, '::after').content") == mark
