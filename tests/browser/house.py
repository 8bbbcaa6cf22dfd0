"""A Gitu in use: an owner, people who join, a model that everyone shares, and their windows.

Starting the program takes seconds, so the tests of one worker share a house, each with people of its own.
"""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.browser.program import DESKTOP, STATIC, Program, start_program
from tests.browser.seeing import PATIENCE_MS
from tests.servers.base import ModelServer
from tests.servers.openai_compatible import OpenAICompatible
from tests.servers.script import Script
from tests.support.postgres import TestServer, open_folder
from tests.support.server import PASSWORD, Client

Json = Any  # a JSON answer has whatever shape its endpoint documents
AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FINDINGS = """async (tags) => (await axe.run(document, {runOnly: tags})).violations.flatMap(({id, nodes}) =>
    nodes.map(node => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`))"""


class Resident(Client):
    """Someone signed in with a browser's cookies, over the API; their windows use the same."""

    def __init__(self, url: str, login: str) -> None:
        super().__init__(url, origin=url)
        self.login = login

    def cookies(self) -> list[Any]:
        """The cookies, in the form that a browser's profile takes."""
        return [
            {"name": kept.name, "value": kept.value or "", "domain": kept.domain, "path": kept.path}
            for kept in self.http.cookies.jar
        ]


class Window:
    """A page, and everything that went wrong in it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._note)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 401" not in message.text:
            self.errors.append(message.text)

    @property
    def context(self) -> BrowserContext:
        """The profile it belongs to."""
        return self.page.context

    def overflow(self) -> int:
        """How far the page is wider than its window, in pixels."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    def unreachable_parts(self) -> list[str]:
        """What axe finds that someone with a screen reader or low sight would stumble over, one line each."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        self.page.evaluate(SETTLED)
        found: list[str] = self.page.evaluate(FINDINGS, RULES)
        return found


# A button halfway between two colours has too little contrast for the blink of an eye.
SETTLED = """() => Promise.race([
  Promise.all(document.getAnimations()
    .filter((one) => one.timeline instanceof DocumentTimeline && one.effect?.getComputedTiming().endTime !== Infinity)
    .map((one) => one.finished.catch(() => null))),
  new Promise((done) => setTimeout(done, 1000)),
])"""


@dataclass
class House:
    """The running program, the model's server, and the owner."""

    program: Program
    model: ModelServer
    owner: Resident
    people: list[Resident] = field(default_factory=list["Resident"])

    def person(self, role: str = "member", *, name: str = "", language: str = "en") -> Resident:
        """Someone who came by an invitation of the owner."""
        link = self.owner.post("/invitations", {"role": role})["link"]
        login = f"p{secrets.token_hex(4)}"
        joined = self.resident(login)
        account = {"name": name or login, "login": login, "password": PASSWORD, "language": language}
        joined.post("/auth/accept-invitation", {**account, "token": link.partition("#")[2]})
        return joined

    def resident(self, login: str) -> Resident:
        """A browser of that person, not yet signed in."""
        self.people.append(Resident(self.program.url, login))
        return self.people[-1]

    def sign_in(self, person: Resident) -> Resident:
        """The same person on one more device."""
        other = self.resident(person.login)
        other.post("/auth/sign-in", {"login": person.login, "password": PASSWORD})
        return other


def _owner(program: Program) -> Resident:
    owner = Resident(program.url, "amal")
    account = {"name": "Amal Haddad", "login": "amal", "password": PASSWORD, "time_zone": "Asia/Riyadh"}
    owner.post("/auth/setup", {**account, "token": program.owner_link.partition("#")[2]})
    return owner


@pytest.fixture(scope="session")
def house(postgres_server: TestServer) -> Iterator[House]:
    """The worker's Gitu, with an owner and a model for everyone."""
    assert STATIC.exists(), "The web app is not built; run `make web`."
    database = postgres_server.create_database()
    program = start_program(open_folder(), database)
    with ModelServer(OpenAICompatible(), Script()) as model:
        owner = _owner(program)
        connection = owner.post(
            "/models/connections",
            {"provider": "openai_compatible", "name": "Workshop", "base_url": f"{model.url}/v1", "shared": True},
        )
        default = f"{connection['id']}/{connection['models'][0]}"
        owner.put("/models/defaults", {"default": default, "instance": True})
        inhabited = House(program, model, owner)
        yield inhabited
        for person in (owner, *inhabited.people):
            person.http.close()
    program.process.terminate()
    program.process.wait(timeout=20)
    postgres_server.drop_database(database)


OpenWindow = Callable[..., Window]


@pytest.fixture
def open_window(browser: Browser) -> Iterator[OpenWindow]:
    """Opens windows: ``open_window(person)`` with their cookies, ``open_window()`` for a stranger.

    At the end nothing may have gone wrong in any of them.
    """
    windows: list[Window] = []

    def opened(person: Resident | None = None, **options: Any) -> Window:
        chosen: dict[str, Any] = {"viewport": DESKTOP, "service_workers": "block", "locale": "en", **options}
        profile = browser.new_context(**chosen)
        profile.set_default_timeout(PATIENCE_MS)
        if person is not None:
            profile.add_cookies(person.cookies())
        window = Window(profile.new_page())
        windows.append(window)
        return window

    yield opened
    for window in windows:
        window.context.close()
    errors = [error for window in windows for error in window.errors]
    assert not errors, "\n".join(errors)
