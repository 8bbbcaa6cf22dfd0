"""What one does in a conversation, in one line each."""

from playwright.sync_api import Locator, Page

from tests.browser.house import House, OpenWindow, Resident
from tests.browser.seeing import expect


def open_chat(open_window: OpenWindow, house: House, person: Resident) -> Page:
    """A new conversation in a window of that person."""
    page = open_window(person).page
    page.goto(house.program.url)
    expect(box(page)).to_be_visible()
    return page


def box(page: Page) -> Locator:
    """Where one writes."""
    return page.locator("textarea").last


def ask(page: Page, text: str) -> None:
    """Write and send, once the answer before it has ended."""
    expect(page.locator("[data-stop]")).to_have_count(0)
    box(page).fill(text)
    box(page).press("Enter")
