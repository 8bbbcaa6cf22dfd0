"""From the owner's link to a conversation, as a newcomer goes through it in a browser."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.house import Window
from tests.browser.program import DESKTOP, PHONE, Program
from tests.browser.seeing import expect
from tests.servers.base import ModelServer
from tests.servers.script import Asked, Rule, call, say

pytestmark = pytest.mark.browser

PASSWORD = "a copper kettle sings"
SLOW_ANSWER = " ".join(f"word{number}" for number in range(400))


def teach(model: ModelServer) -> None:
    """Questions that the scripted model knows."""

    def last(asked: Asked) -> str:
        return asked.last_user_text.lower()

    def results(asked: Asked) -> str:
        return f"Gitu says: **{asked.tool_results[-1][:60]}**"

    model.script.rules = [
        Rule(lambda asked: bool(asked.tool_results), lambda asked: say(results(asked))),
        Rule(lambda asked: "how are you" in last(asked) or "كيف حال" in last(asked), call("assistant__get_status")),
        Rule(lambda asked: "slowly" in last(asked), say(SLOW_ANSWER, token_delay=0.05)),
        Rule(lambda asked: "مرحبا" in last(asked), say("أهلًا بك في **Gitu**، كيف أساعدك؟")),
    ]


def become_owner(page: Page, program: Program, *, arabic: bool = False) -> None:
    """Open the owner's link and make the account."""
    page.goto(program.owner_link)
    if arabic:
        page.locator("label", has_text="العربية").click()
    page.get_by_label(re.compile("^(Name|الاسم)")).first.fill("أمل" if arabic else "Amal")
    page.get_by_label(re.compile("^(Login|اسم الدخول|اسم تسجيل الدخول)")).fill("amal")
    page.locator("input[type=password]").first.fill(PASSWORD)
    page.get_by_role("button", name=re.compile("Continue|متابعة|تابع")).click()


def connect(page: Page, model: ModelServer) -> None:
    """Connect the scripted model by its address, and take it as the default."""
    page.get_by_role("combobox").first.select_option("openai_compatible")
    page.locator("[data-path=base_url]").fill(f"{model.url}/v1")
    page.locator("form button[type=submit]").click()
    page.get_by_role("button", name=re.compile("Use this model|استخد")).click()


def ask(page: Page, text: str) -> None:
    """Write into the conversation and send, once the answer before it has ended."""
    expect(page.get_by_role("button", name=re.compile("^(Send|أرسل|إرسال)"))).to_be_visible()
    box = page.locator("textarea").last
    box.fill(text)
    box.press("Enter")


def test_the_owner_signs_in_connects_a_model_and_talks(program: Program, model: ModelServer, window: Window) -> None:
    teach(model)
    page = window.page
    become_owner(page, program)
    connect(page, model)

    ask(page, "Hello there")
    expect(page.get_by_text("You said: Hello there")).to_be_visible()

    ask(page, "How are you?")
    expect(page.get_by_text(re.compile("Gitu says:"))).to_be_visible()
    tool = page.get_by_text("Show how this Gitu is doing", exact=False).first
    expect(tool).to_be_visible()
    tool.click()
    expect(page.get_by_text("uptime_s").first).to_be_visible()

    ask(page, "Count slowly")
    expect(page.get_by_text("word3", exact=False).first).to_be_visible()
    page.get_by_role("button", name=re.compile(r"^Stop \(")).click()
    expect(page.get_by_text("Stopped.")).to_be_visible(timeout=5_000)

    page.reload()
    expect(page.get_by_text("You said: Hello there")).to_be_visible()
    expect(page.get_by_text("Stopped.")).to_be_visible()

    # Every conversation is listed; a new sign-in finds it.
    page.context.clear_cookies()
    page.goto(program.url)
    page.locator("input:not([type=password])").first.fill("amal")
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("Hello there")).first.click()
    expect(page.get_by_text("You said: Hello there")).to_be_visible()


def test_the_same_in_arabic_from_right_to_left(program: Program, model: ModelServer, window: Window) -> None:
    teach(model)
    page = window.page
    become_owner(page, program, arabic=True)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    connect(page, model)

    ask(page, "مرحبا")
    expect(page.get_by_text("أهلًا بك في")).to_be_visible()
    ask(page, "كيف حالك؟")
    expect(page.get_by_text(re.compile("Gitu says:"))).to_be_visible()
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{size['width']} px wide, the page scrolls sideways by {overflow} px"


def test_without_a_model_commands_work_and_nothing_is_pretended(program: Program, window: Window) -> None:
    page = window.page
    become_owner(page, program)
    page.get_by_text(re.compile("Not now")).click()

    ask(page, "What is the answer?")
    expect(page.get_by_text("No model is connected yet, so I can't answer freely", exact=False)).to_be_visible()
    ask(page, "/identity list-devices")
    expect(page.get_by_text("Chrome", exact=False).first).to_be_visible()


@pytest.mark.slow
def test_a_link_that_was_used_makes_nobody_owner(program: Program, window: Window) -> None:
    page = window.page
    become_owner(page, program)
    expect(page.get_by_text(re.compile("Connect a model"))).to_be_visible()
    page.context.clear_cookies()
    used = program.owner_link
    page.goto("about:blank")
    page.goto(used)
    expect(
        page.get_by_text(re.compile("used already|has an owner already|Sign in", re.IGNORECASE)).first
    ).to_be_visible()
    window.errors.clear()
