"""Kept answers on the screen of usage: what they saved, the log, forgetting them; nothing there, errors."""

import re

import httpx2
import pytest

from tests.browser.house import House, OpenWindow, Resident
from tests.browser.seeing import expect
from tests.browser.test_budgets import customer, dear
from tests.browser.test_screens import look_at, opened
from tests.servers.base import ModelServer

pytestmark = pytest.mark.browser
__all__ = ["dear"]  # the fixture


def ask_by_a_program(house: House, person: Resident, *questions: str) -> None:
    """Put questions that have one answer only to the dear model."""
    key = person.post("/api-keys", {"name": "A program", "scopes": ["models:use"]})["secret"]
    for question in questions:
        body = {"model": "dear-model", "temperature": 0, "messages": [{"role": "user", "content": question}]}
        url, headers = f"{house.program.url}/v1/chat/completions", {"authorization": f"Bearer {key}"}
        httpx2.post(url, json=body, headers=headers, timeout=20).raise_for_status()


def test_what_kept_answers_save_is_shown_and_they_can_be_forgotten(
    house: House, open_window: OpenWindow, dear: ModelServer
) -> None:
    person = customer(house, dear)
    page = open_window(person).page
    page.goto(f"{house.program.url}/settings/usage")
    kept = page.locator("section").filter(has=page.get_by_role("heading", name="Kept answers"))
    expect(kept.get_by_text("No such request in this time")).to_be_visible()
    expect(kept.get_by_text("Nothing of yours is kept now.")).to_be_visible()

    ask_by_a_program(house, person, "One", "One", "One", "Two")
    page.reload()
    expect(kept.get_by_text("50%").first).to_be_visible()
    expect(kept.get_by_text("2 of 4")).to_be_visible()
    expect(kept.get_by_text("$5.00")).to_be_visible()
    expect(kept.get_by_text("100K")).to_be_visible()
    expect(kept.get_by_role("figure").get_by_role("button").last).to_have_attribute("aria-label", re.compile("50%$"))
    calls = page.get_by_role("list", name="Recent calls").get_by_role("listitem")
    expect(calls.filter(has_text="Kept answer")).to_have_count(2)
    expect(calls.filter(has_text="Kept answer").first).to_contain_text("saved $2.50")

    expect(kept.get_by_text("Now 2 answers of yours are kept in this server's memory")).to_be_visible()
    kept.get_by_role("button", name="Forget them").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Forget them").click()
    expect(kept.get_by_text("Nothing of yours is kept now.")).to_be_visible()
    ask_by_a_program(house, person, "One")
    assert len(dear.asked) == 3


def test_when_it_can_t_be_read_it_says_so_and_is_read_again(
    house: House, open_window: OpenWindow, dear: ModelServer
) -> None:
    window = open_window(customer(house, dear))
    window.page.route("**/api/v1/models/cache*", lambda route: route.abort())
    window.page.goto(f"{house.program.url}/settings/usage")
    again = window.page.get_by_role("button", name="Try again")
    expect(again).to_be_visible(timeout=20_000)
    window.page.unroute("**/api/v1/models/cache*")
    again.click()
    expect(window.page.get_by_text("No such request in this time")).to_be_visible()
    window.errors[:] = [error for error in window.errors if "ERR_FAILED" not in error]


@pytest.mark.parametrize(
    ("language", "theme"),
    [("ar", "dark"), *(pytest.param(*one, marks=pytest.mark.slow) for one in (("en", "light"), ("ar", "light")))],
)
def test_kept_answers_can_be_read_by_everyone(
    house: House, open_window: OpenWindow, dear: ModelServer, language: str, theme: str
) -> None:
    person = customer(house, dear)
    person.patch("/me/preferences", {"language": language, "theme": theme})
    window = open_window(person)
    path, name = "/settings/usage", f"{language}-{theme}"
    opened(window, house.program.url + path)
    wrong = look_at(window, path, f"kept-empty-{name}")
    ask_by_a_program(house, person, "One", "One", "Two")
    opened(window, house.program.url + path)
    forget = window.page.get_by_role("button", name="Forget them" if language == "en" else "نسيانها")
    forget.scroll_into_view_if_needed()
    wrong += look_at(window, path, f"kept-{name}")
    assert wrong == []
