"""Every screen in both languages and both themes: readable by everyone, fitting phones, silent in the console."""

import os
import re
from pathlib import Path

import pytest

from tests.browser.house import House, OpenWindow, Resident, Window
from tests.browser.program import DESKTOP, PHONE
from tests.browser.seeing import expect
from tests.servers.script import say, when_said

pytestmark = pytest.mark.browser

SETTINGS = (
    "profile",
    "preferences",
    "sign-in",
    "devices",
    "api-keys",
    "privacy",
    "models",
    "models/add",
    "usage",
    "budgets",
    "nodes",
    "people",
    "folders",
)
FILES = ("/files", "/files?path=docs", "/files?query=kettle", "/files/open?path=docs/notes.md", "/files/changes")
PATHS = (
    "/",
    *(f"/settings/{section}" for section in (*SETTINGS, "instance")),
    *FILES,
    "/activity",
    "/pair",
    "/permissions",
    "/no-such-place",
)
STRANGERS = ("/sign-in", "/welcome", "/join", "/privacy", "/erased")
SHOTS = os.environ.get("SCREENSHOTS")  # a folder to keep a picture of every screen in


def live_in(house: House) -> Resident:
    """Someone with a little of everything, long words and both scripts among it."""
    amal = house.owner
    if not amal.get("/api-keys")["items"]:
        house.model.script.rules.append(when_said("INV-0042", say("Friday. **الفاتورة** مستحقة يوم الجمعة.")))
        sent = amal.post("/messages", {"text": "When is the invoice due? متى تُستحق الفاتورة INV-0042؟"})
        amal.patch(f"/sessions/{sent['session']['id']}", {"title": "Invoice INV-0042 of مصنع النور للأغذية, March"})
        amal.post("/sessions", {"title": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter" * 2})
        amal.post("/api-keys", {"name": "نسخ احتياطي nightly", "scopes": ["assistant:read"]})
        set_budgets(amal, sent["session"]["id"])
        amal.post("/invitations", {"role": "guest", "note": "للمحاسب / the bookkeeper"})
        house.person(name="سامي العبد الله")
        keep_files(house, amal)
        house.sign_in(amal)
    return amal


def set_budgets(amal: Resident, session_id: str) -> None:
    """Of her own only, as all others would count them too; for things with long names and in both scripts."""
    me = amal.get("/me")["id"]
    key = amal.get("/api-keys")["items"][0]["id"]
    for kind, subject, period, hard in (
        ("person", "", "day", True),
        ("feature", "assistant", "month", True),
        ("session", session_id, "total", True),
        ("key", key, "day", False),
    ):
        budget = {"kind": kind, "subject": subject, "period": period, "limit": "1000000", "hard": hard}
        amal.post("/models/budgets", budget | ({"person_id": me} if kind == "feature" else {}))


def keep_files(house: House, amal: Resident) -> None:
    """Files with long names and both scripts, changes of them, and an allowed folder."""
    amal.put(
        "/files/content", {"path": "docs/notes.md", "content": "A copper kettle\nإبريق نحاسي\n", "make_parents": True}
    )
    amal.put("/files/content", {"path": f"docs/{'Donaudampfschifffahrt' * 8}.txt", "content": "kettle"})
    amal.put("/files/content", {"path": "فاتورة مصنع النور.txt", "content": "INV-0042"})
    amal.put("/files/content", {"path": "docs/notes.md", "content": "A kettle\nإبريق\n"})
    shelf = house.program.home.with_name(f"{house.program.home.name}-shelf")
    shelf.mkdir(exist_ok=True)
    amal.post("/files/folders", {"person_id": amal.get("/me")["id"], "path": str(shelf), "writable": True})


def look_at(window: Window, path: str, name: str) -> list[str]:
    """What is wrong with the screen that is open, on a desktop and on a phone."""
    wrong = [f"{path}: {finding}" for finding in window.unreachable_parts()]
    for size in (DESKTOP, PHONE):
        window.page.set_viewport_size(size)
        if window.overflow() > 0:
            wrong.append(f"{path}: {window.overflow()} px too wide on {size['width']} px")
        if SHOTS:
            kept = Path(SHOTS) / f"{re.sub('[^a-z]+', '-', path).strip('-') or 'chat'}-{name}-{size['width']}.png"
            window.page.screenshot(path=kept)
    window.page.set_viewport_size(DESKTOP)
    return wrong


def opened(window: Window, url: str) -> None:
    """Go there and wait until it has been drawn."""
    window.page.goto(url)
    expect(window.page.get_by_role("heading", level=1).first).to_be_visible()
    expect(window.page.locator("[aria-busy=true]")).to_have_count(0)


@pytest.mark.parametrize(
    ("language", "theme"),
    [
        ("en", "light"),
        *(pytest.param(*one, marks=pytest.mark.slow) for one in (("en", "dark"), ("ar", "light"), ("ar", "dark"))),
    ],
)
def test_every_screen_can_be_used_by_everyone(house: House, open_window: OpenWindow, language: str, theme: str) -> None:
    amal = live_in(house)
    amal.patch("/me/preferences", {"language": language, "theme": theme})
    window = open_window(amal)
    wrong: list[str] = []
    chats = [f"/chat/{session['id']}" for session in amal.get("/sessions")["items"]]
    for path in (*PATHS, chats[0]):
        opened(window, house.program.url + path)
        expect(window.page.locator("html")).to_have_attribute("lang", language)
        wrong += look_at(window, "chat-open" if path in chats else path, f"{language}-{theme}")
    window.errors[:] = [error for error in window.errors if "no-such-place" not in error]
    assert wrong == []


@pytest.mark.parametrize(
    ("language", "theme"),
    [
        ("ar", "light"),
        *(pytest.param(*one, marks=pytest.mark.slow) for one in (("en", "light"), ("en", "dark"), ("ar", "dark"))),
    ],
)
def test_who_is_not_signed_in_is_shown_the_way_in(
    house: House, open_window: OpenWindow, language: str, theme: str
) -> None:
    window = open_window(locale=language, color_scheme=theme)
    wrong: list[str] = []
    for path in STRANGERS:
        opened(window, house.program.url + path)
        expect(window.page.locator("html")).to_have_attribute("lang", language)
        wrong += look_at(window, path, f"{language}-{theme}")
    assert wrong == []
