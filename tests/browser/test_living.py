"""What happens while people use it: connections that go, windows side by side, answers in the middle of their way."""

import pytest
from playwright.sync_api import Page, WebSocketRoute

from tests.browser.house import House, OpenWindow
from tests.browser.seeing import expect
from tests.browser.talking import ask, box, open_chat
from tests.servers.script import say, when_said

pytestmark = pytest.mark.browser

LONG = " ".join(f"word{number}" for number in range(120))
END = "word119"
READ_WITHIN_MS = 15_000  # what the page waits for an answer to a reading request


class Lines:
    """A page's WebSockets, which can be cut: going offline leaves a browser's open ones alone."""

    def __init__(self, page: Page) -> None:
        self.down = False
        self.open: list[WebSocketRoute] = []
        page.route_web_socket("**/api/v1/ws", self._connect)

    def _connect(self, line: WebSocketRoute) -> None:
        if self.down:
            line.close()
            return
        line.connect_to_server()
        self.open.append(line)

    def cut(self) -> None:
        """Close every line, and each that is opened from now on."""
        self.down = True
        for line in self.open:
            line.close()

    def mend(self) -> None:
        """Let new lines through."""
        self.down = False


def answer_at(pace_s: float, house: House, question: str) -> None:
    """Have the model answer this question word by word."""
    house.model.script.rules.append(when_said(question, say(LONG, token_delay=pace_s)))


def test_a_reload_in_the_middle_of_an_answer_goes_on_where_it_was(house: House, open_window: OpenWindow) -> None:
    answer_at(0.05, house, "Count for a reload")
    page = open_chat(open_window, house, house.person())
    ask(page, "Count for a reload")
    expect(page.get_by_text("word9 ")).to_be_visible()
    page.reload()
    expect(page.locator("article[aria-busy=true]")).to_be_visible()
    expect(page.get_by_text(END)).to_be_visible()
    assert page.locator("article").last.inner_text().count("word9 ") == 1


def test_a_lost_connection_is_said_and_the_answer_is_whole_when_it_is_back(
    house: House, open_window: OpenWindow
) -> None:
    answer_at(0.05, house, "Count through a tunnel")
    window = open_window(house.person())
    page = window.page
    lines = Lines(page)
    page.goto(house.program.url)
    ask(page, "Count through a tunnel")
    expect(page.get_by_text("word9 ")).to_be_visible()
    window.context.set_offline(True)
    lines.cut()
    expect(page.get_by_text("No connection. Trying again…")).to_be_visible()
    window.context.set_offline(False)
    lines.mend()
    expect(page.get_by_text("No connection. Trying again…")).to_have_count(0)
    expect(page.get_by_text(END)).to_be_visible()
    assert page.locator("article").last.inner_text().count("word9 ") == 1
    window.errors[:] = [error for error in window.errors if "ERR_INTERNET_DISCONNECTED" not in error]


@pytest.mark.slow
def test_a_question_that_nobody_answers_is_given_up_and_can_be_asked_again(
    house: House, open_window: OpenWindow
) -> None:
    sami = house.person()
    sami.post("/sessions", {"title": "Spring"})
    page = open_window(sami).page
    page.clock.install()
    page.route("**/api/v1/audit?*", lambda _: None)
    page.goto(f"{house.program.url}/activity")
    expect(page.get_by_role("heading", name="Activity")).to_be_visible()
    for _ in range(10):  # three tries, with a pause between them
        page.clock.fast_forward(READ_WITHIN_MS)
        page.wait_for_timeout(100)
    expect(page.get_by_text("has not answered for a while")).to_be_visible()
    page.unroute("**/api/v1/audit?*")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Begin a conversation")).to_be_visible()


def test_two_windows_of_one_person_show_the_same_as_it_happens(house: House, open_window: OpenWindow) -> None:
    answer_at(0.03, house, "Count for two")
    sami = house.person()
    here = open_chat(open_window, house, sami)
    ask(here, "Hello")
    expect(here.get_by_text("You said: Hello")).to_be_visible()
    there = open_window(sami).page
    there.goto(here.url)
    expect(there.get_by_text("You said: Hello")).to_be_visible()
    ask(here, "Count for two")
    expect(there.locator("article[aria-busy=true]")).to_be_visible()
    expect(there.get_by_text(END)).to_be_visible()
    ask(there, "Hello again")
    expect(here.get_by_text("You said: Hello again")).to_be_visible()


def test_a_device_that_is_signed_out_is_out_at_once(house: House, open_window: OpenWindow) -> None:
    sami = house.person()
    lost = open_chat(open_window, house, house.sign_in(sami))
    expect(box(lost)).to_be_visible()
    page = open_window(sami).page
    page.goto(f"{house.program.url}/settings/devices")
    page.get_by_role("button", name="Sign out").last.click()
    page.get_by_role("alertdialog").get_by_role("button", name="Sign out").click()
    expect(lost).to_have_url(f"{house.program.url}/sign-in", timeout=3_000)
    expect(page.get_by_text("Signed out.")).to_be_visible()


def test_a_long_history_comes_in_as_one_scrolls_up(house: House, open_window: OpenWindow) -> None:
    sami = house.person()
    session = sami.post("/sessions", {"title": "A long one"})["id"]
    for number in range(40):
        sent = sami.post("/messages", {"session_id": session, "text": f"/no-such-command {number}."})
        while sami.get(f"/turns/{sent['turn']['id']}")["state"] in ("queued", "running"):
            pass
    page = open_window(sami).page
    page.goto(f"{house.program.url}/chat/{session}")
    expect(page.get_by_text("/no-such-command 39.").first).to_be_visible()
    assert page.get_by_text("/no-such-command 0.").count() == 0
    scroll_to_the_start(page)
    expect(page.get_by_text("/no-such-command 0.").first).to_be_attached()
    assert page.locator("article").count() == 80


def scroll_to_the_start(page: Page) -> None:
    """As one does with a wheel."""
    page.get_by_role("log").hover()
    for _ in range(60):
        page.mouse.wheel(0, -1500)
        page.wait_for_timeout(50)
        if page.get_by_text("/no-such-command 0.").count():
            return
