"""Budgets on the screens: set one, see calls counted, be refused at its end, raise it and go on; usage and the log."""

import csv
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.house import House, OpenWindow, Resident
from tests.browser.seeing import expect
from tests.browser.talking import ask, open_chat
from tests.servers.base import ModelServer
from tests.servers.openai_compatible import OpenAICompatible
from tests.servers.script import Script, Usage, say

pytestmark = pytest.mark.browser

PRICES = '["dear-model"]\ninput = 50\noutput = 50\n\n["plain-model"]\ninput = 0.1\noutput = 0.1\n'
TWO_AND_A_HALF = Usage(input=48_000, output=2_000)  # dollars, of the dear model


@pytest.fixture
def dear() -> Iterator[ModelServer]:
    """A server with a model that costs something, and a cheap one."""
    script = Script(otherwise=say("Here you are.", usage=TWO_AND_A_HALF))
    with ModelServer(OpenAICompatible(("dear-model", "plain-model")), script) as server:
        yield server


def customer(house: House, dear: ModelServer) -> Resident:
    """An admin, who may connect what is on this machine; the dear model answers by default."""
    (house.program.home / "prices.toml").write_text(PRICES)
    person = house.person("admin")
    shop = person.post(
        "/models/connections", {"provider": "openai_compatible", "name": "Shop", "base_url": f"{dear.url}/v1"}
    )
    person.put("/models/defaults", {"default": f"{shop['id']}/dear-model"})
    return person


def budgets(page: Page) -> Locator:
    """The rows of the list of budgets."""
    return page.get_by_role("list", name="Budgets").get_by_role("listitem")


def test_a_budget_counts_refuses_at_its_end_and_goes_on_once_raised(
    house: House, open_window: OpenWindow, dear: ModelServer
) -> None:
    page = open_window(customer(house, dear)).page
    page.goto(f"{house.program.url}/settings/budgets")
    page.get_by_role("button", name="Set a budget").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Begins anew").select_option("Each day")
    dialog.get_by_label("Limit in US dollars").fill("three")
    dialog.get_by_role("button", name="Set it").click()
    expect(dialog.get_by_text("Enter an amount such as 12.50")).to_be_visible()
    dialog.get_by_label("Limit in US dollars").fill("3")
    dialog.get_by_role("button", name="Set it").click()
    row = budgets(page).filter(has_text="Your daily budget")
    expect(row).to_contain_text("$0.00 spent of $3.00")

    page.get_by_role("link", name="New chat").click()
    ask(page, "A first question")
    expect(page.get_by_text("Here you are.")).to_be_visible()
    told = page.get_by_role("status").filter(has_text="80% of your daily budget is spent.")
    told.get_by_role("link", name="Budgets").click()
    meter = page.get_by_role("meter", name="Your daily budget")
    expect(meter).to_have_attribute("aria-valuetext", re.compile(r"^\$2\.50 of \$3\.00 spent"))
    expect(meter).to_have_attribute("aria-valuenow", "2.5")

    page.go_back()
    ask(page, "A second question")
    refused = page.get_by_role("alert").filter(has_text="Your daily budget leaves $0.5 of $3")
    expect(refused).to_contain_text("costs less and would still fit")
    refused.get_by_role("link", name="See the budgets").click()
    page.get_by_role("button", name="Menu of: Your daily budget").click()
    page.get_by_role("menuitem", name="Change").click()
    dialog.get_by_label("Limit in US dollars").fill("10")
    dialog.get_by_role("button", name="Save").click()
    expect(row).to_contain_text("$2.50 spent of $10.00")

    page.go_back()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Here you are.")).to_have_count(2)

    page.goto(f"{house.program.url}/settings/budgets")
    expect(row).to_contain_text("$5.00 spent of $10.00")
    page.get_by_role("button", name="Menu of: Your daily budget").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(row).to_have_count(0)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_without_a_budget_one_reads_what_they_are_for(house: House, open_window: OpenWindow, language: str) -> None:
    for role in ("member", "guest"):
        window = open_window(house.person(role, language=language))
        window.page.goto(f"{house.program.url}/settings/budgets")
        expect(
            window.page.get_by_role("heading", level=2).filter(has_text=re.compile("No budget yet|لا ميزانية بعد"))
        ).to_be_visible()
        expect(window.page.locator("main header button")).to_have_count(1 if role == "member" else 0)
        assert window.unreachable_parts() == []


def test_only_admins_are_offered_budgets_of_others(house: House, open_window: OpenWindow) -> None:
    nour = house.person(name="Nour Haddad")
    for role, offered in (("member", 0), ("admin", 1)):
        page = open_window(house.person(role)).page
        page.goto(f"{house.program.url}/settings/budgets")
        page.get_by_role("button", name="Set a budget").click()
        kinds = page.get_by_role("dialog").get_by_label("What it counts")
        expect(kinds.get_by_role("option", name="This Gitu as a whole")).to_have_count(offered)
        expect(kinds.get_by_role("option", name="Another person")).to_have_count(offered)
    kinds.select_option("Another person")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Another person").select_option(f"Nour Haddad ({nour.login})")
    dialog.get_by_label("Limit in US dollars").fill("20")
    dialog.get_by_role("button", name="Set it").click()
    row = budgets(page).filter(has_text="Nour Haddad")
    expect(row).to_contain_text("The monthly budget of")
    expect(row).to_contain_text("Set by an admin")

    page = open_window(nour).page
    page.goto(f"{house.program.url}/settings/budgets")
    row = budgets(page).filter(has_text="Your monthly budget")
    expect(row).to_contain_text("Set by an admin")
    expect(row.get_by_role("button")).to_have_count(0)


def test_a_budget_is_named_after_the_key_or_conversation_it_is_for(house: House, open_window: OpenWindow) -> None:
    sami = house.person()
    sami.post("/api-keys", {"name": "نسخ احتياطي", "scopes": ["assistant:read"]})
    sami.post("/sessions", {"title": "Spring plans"})
    page = open_window(sami).page
    page.goto(f"{house.program.url}/settings/budgets")
    for kind, chosen in (("An API key", "نسخ احتياطي"), ("A conversation", "Spring plans")):
        page.get_by_role("button", name="Set a budget").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("What it counts").select_option(kind)
        dialog.get_by_label("Limit in US dollars").fill("٢٫٥")
        dialog.get_by_role("button", name="Set it").click()
        expect(dialog.get_by_text("Choose one.")).to_be_visible()
        subject = dialog.get_by_label(kind, exact=True)
        subject.select_option(subject.get_by_role("option", name=chosen).get_attribute("value"))
        dialog.get_by_role("button", name="Set it").click()
        expect(budgets(page).filter(has_text=chosen)).to_contain_text("$0.00 spent of $2.50")


def test_usage_is_split_exported_and_logged_with_the_reason(
    house: House, open_window: OpenWindow, dear: ModelServer
) -> None:
    person = customer(house, dear)
    page = open_chat(open_window, house, person)
    ask(page, "A question")
    expect(page.get_by_text("Here you are.")).to_be_visible()
    page.locator("form [aria-haspopup=menu]").click()
    choices = page.locator(":popover-open")
    expect(choices.get_by_text("Gitu chooses for each question")).to_be_visible()
    with page.expect_response("**/api/v1/sessions/*"):
        choices.get_by_role("menuitemradio", name="Automatic: always the strongest").click()
    page.keyboard.press("Escape")
    ask(page, "Another question")
    expect(page.locator("article[aria-busy=false] footer")).to_have_count(2)

    page.goto(f"{house.program.url}/settings/usage")
    calls = page.get_by_role("list", name="Recent calls").get_by_role("listitem")
    expect(calls).to_have_count(2)
    calls.first.get_by_text("Why this model").click()
    expect(calls.first).to_contain_text("The strongest")
    table = page.get_by_role("table")
    expect(table.get_by_role("row").nth(1)).to_contain_text("100%")
    page.get_by_text("By feature", exact=True).click()
    expect(table.get_by_role("row").nth(1)).to_contain_text("Assistant")
    page.get_by_text("7 days", exact=True).click()
    expect(page.get_by_role("figure", name="By day").get_by_role("button")).to_have_count(7)
    with page.expect_download() as loading:
        page.get_by_role("button", name="Export as CSV").click()
    lines = list(csv.reader(loading.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert lines[0][:4] == ["Day", "Model", "Feature", "Calls"]
    used = person.get("/models/usage")["items"]
    assert sum(Decimal(line[6]) for line in lines[1:]) == sum(Decimal(row["cost"]) for row in used) > 0

    person.post("/messages", {"text": "Asked by a program"})
    expect(calls).to_have_count(3)

    other = customer(house, dear)
    names = {one.get("/me")["name"] for one in (person, other)}
    other.post("/messages", {"text": "Asked by somebody else"})
    page.get_by_text("Everyone", exact=True).click()
    people = page.get_by_role("table", name="By person")
    for name in names:
        expect(people.get_by_role("row").filter(has_text=name)).to_have_count(1, timeout=15_000)
    expect(calls).to_have_count(0)  # others' calls are summed up, never listed
    with page.expect_download() as loading:
        page.get_by_role("button", name="Export as CSV").click()
    everyones = list(csv.reader(loading.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert everyones[0][:3] == ["Day", "Person", "Model"]
    assert names <= {line[1] for line in everyones[1:]}


def test_ways_of_choosing_are_among_the_defaults_and_not_among_the_prices(
    house: House, open_window: OpenWindow, dear: ModelServer
) -> None:
    page = open_window(customer(house, dear)).page
    page.goto(f"{house.program.url}/settings/models")
    ways = page.get_by_label("Default model").locator("optgroup").first
    expect(ways).to_have_attribute("label", "Gitu chooses for each question")
    page.get_by_label("Default model").select_option("Automatic: always the cheapest")
    expect(page.get_by_text("Saved")).to_be_visible()
    prices = page.get_by_role("table", name="Models and prices")
    expect(prices.get_by_text("dear-model")).to_be_visible()
    expect(prices.get_by_text("Automatic")).to_have_count(0)
