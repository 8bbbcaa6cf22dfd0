"""The server is killed while a request waits for its person: they find it again, and the answer goes on."""

import psycopg
import pytest
from playwright.sync_api import Locator, Page

from tests.browser.house import Resident, Window
from tests.browser.program import Program, start_program
from tests.browser.seeing import expect
from tests.browser.talking import ask, box
from tests.servers.base import ModelServer
from tests.servers.script import call, say
from tests.support.server import PASSWORD

pytestmark = pytest.mark.browser

FIND = call("search_tools", queries=["write a file"])
WRITE = call("files__write_file", path="plan.md", content="Monday")


def owner_of(program: Program, model: ModelServer) -> Resident:
    """The owner, with a model."""
    owner = Resident(program.url, "amal")
    token = program.owner_link.partition("#")[2]
    owner.post("/auth/setup", {"name": "Amal", "login": "amal", "password": PASSWORD, "token": token})
    connection = owner.post(
        "/models/connections",
        {"provider": "openai_compatible", "name": "Workshop", "base_url": f"{model.url}/v1"},
    )
    owner.put("/models/defaults", {"default": f"{connection['id']}/{connection['models'][0]}"})
    return owner


def card(page: Page) -> Locator:
    """The request, where it is to be answered."""
    return page.get_by_role("region", name="Your approval is needed")


@pytest.mark.slow
def test_a_request_outlives_a_kill_and_its_answer_goes_on_once_it_is_approved(
    program: Program, model: ModelServer, window: Window, database_url: str
) -> None:
    owner = owner_of(program, model)
    page = window.page
    window.context.add_cookies(owner.cookies())
    page.goto(program.url)
    expect(box(page)).to_be_visible()
    model.script.then(FIND, WRITE)
    ask(page, "Write the plan")
    expect(card(page).get_by_text("+Monday", exact=True)).to_be_visible()
    model.script.otherwise = say("The plan is written.")
    program.process.kill()
    program.process.wait()
    again = start_program(program.home, database_url)
    try:
        assert again.url == program.url
        page.reload()
        window.errors.clear()  # nobody answered for a moment, which the browser notes
        card(page).get_by_role("button", name="Approve once").click()
        expect(page.get_by_text("The plan is written.")).to_be_visible()
        expect(card(page)).to_have_count(0)
        assert owner.ask("GET", "/files/content?path=plan.md")["content"] == "Monday"
    finally:
        owner.http.close()
        again.process.terminate()
        again.process.wait(timeout=20)
    with psycopg.connect(database_url) as db:
        ran = db.execute("SELECT count(*) FROM audit WHERE action = 'files.write_file' AND outcome = 'ok'").fetchone()
    assert ran == (1,)
