"""Keys that say what they may do without asking, being asked who one is, and nothing hidden in what one reads."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from gitu.kernel.auth.principal import Role
from tests.browser.house import OpenWindow, Resident, Window
from tests.browser.program import PHONE
from tests.browser.seeing import expect
from tests.support.server import PASSWORD, Client, GituServer, Person

pytestmark = pytest.mark.browser
WORDS = {
    "en": ("Create a key", "Name", "Change your own account and preferences", "Without asking you", "Is it you?"),
    "ar": ("إنشاء مفتاح", "الاسم", "تغيير حسابك وتفضيلاتك", "دون أن يسألك", "أهذا أنت؟"),
}


class Desk:
    """Somebody signed in, with a window; their account is at hand for what only the API does quickly."""

    def __init__(self, gitu: GituServer, open_window: OpenWindow, language: str = "en", **window: object) -> None:
        self.gitu = gitu
        self.account: Person = gitu.person(Role.ADMIN, name="Amal Haddad", language=language)
        self.person = Resident(gitu.url, self.account.login)
        self.person.post("/auth/sign-in", {"login": self.account.login, "password": PASSWORD})
        self.window: Window = open_window(self.person, **window)

    @property
    def page(self) -> Page:
        """What the person sees."""
        return self.window.page

    def leave_for_an_hour(self) -> None:
        """The window stands open, and its person was confirmed long ago."""
        past = "UPDATE identity_devices SET confirmed_at = now() - interval '1 hour' WHERE owner_id = :id"
        self.gitu.sql(past, id=self.account.id)

    def was_asked(self) -> None:
        """The server refused until the person was confirmed, which the browser notes too."""
        told = ("status of 403", "status of 422")
        self.window.errors[:] = [error for error in self.window.errors if not any(one in error for one in told)]


@pytest.fixture
def sit_down(gitu: GituServer, open_window: OpenWindow) -> Iterator[Callable[..., Desk]]:
    """Makes desks, in English unless told otherwise."""
    desks: list[Desk] = []

    def made(*language: str, **window: object) -> Desk:
        desks.append(Desk(gitu, open_window, *language, **window))
        return desks[-1]

    yield made
    for desk in desks:
        desk.person.http.close()


@pytest.fixture
def desk(sit_down: Callable[..., Desk]) -> Desk:
    """Someone at a desk, in English."""
    return sit_down()


def program_of(desk: Desk, page: Page) -> Client:
    """The program that was given the key on the screen."""
    secret = page.get_by_role("dialog").locator("input[readonly]").first.input_value()
    return desk.gitu.client(authorization=f"Bearer {secret}")


def test_a_key_is_made_with_what_it_may_do_unasked_and_permissions_show_it(desk: Desk) -> None:
    page = desk.page
    page.goto(f"{desk.gitu.url}/settings/api-keys")
    page.get_by_role("button", name="Create a key").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name").fill("Backup")
    asked = dialog.get_by_role("group", name="It may ask for")
    asked.get_by_label("See your own account").check()
    asked.get_by_label("Change your own account and preferences").check()
    asked.get_by_label("Rename, share, end and delete conversations").check()
    unasked = dialog.get_by_role("group", name="Without asking you")
    expect(unasked.get_by_label("Read what it may see")).to_be_checked()
    expect(unasked.get_by_label("Change your own account and preferences")).not_to_be_checked()
    expect(unasked.get_by_label("See your own account")).to_have_count(0)
    unasked.get_by_label("Change your own account and preferences").check()
    assert desk.window.unreachable_parts() == []
    dialog.get_by_role("button", name="Create a key").click()
    expect(dialog.get_by_text("Copy it now")).to_be_visible()
    program = program_of(desk, page)
    program.get("/me")
    program.patch("/me", {"name": "By a program"})
    assert program.refused("POST", "/sessions/01890a5d-ac96-774b-bcce-b302099a8057/end", status=403)
    dialog.get_by_role("button", name="I have copied it").click()
    expect(page.get_by_text("Changes things without asking: 1 permission")).to_be_visible()

    page.goto(f"{desk.gitu.url}/permissions")
    grants = page.get_by_role("list", name="May be done without asking")
    row = grants.get_by_role("listitem").filter(has_text="Change your own account and preferences")
    expect(row).to_contain_text("Backup")
    request = page.get_by_role("region", name="Your approval is needed")
    expect(request).to_contain_text("Asked by: API key · Backup")
    row.get_by_role("button", name="Revoke").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Revoke").click()
    expect(row).to_have_count(0)
    assert program.refused("PATCH", "/me", {"name": "Again"}, status=403) == "action.approval_needed"


@pytest.mark.parametrize("language", [pytest.param("en", marks=pytest.mark.slow), "ar"])
def test_an_open_window_is_asked_who_sits_there_before_it_makes_a_key(
    sit_down: Callable[..., Desk], language: str
) -> None:
    create, name, scope, _, title = WORDS[language]
    more = {"viewport": PHONE, "has_touch": True, "locale": "ar"} if language == "ar" else {}
    desk = sit_down(language, **more)
    page = desk.page
    page.goto(f"{desk.gitu.url}/settings/api-keys")
    desk.leave_for_an_hour()
    page.get_by_role("button", name=create).first.click()
    form = page.get_by_role("dialog", name=create)
    form.get_by_role("textbox", name=name).fill("Backup")
    form.get_by_label(scope).first.check()
    form.get_by_role("button", name=create).click()
    asked = page.get_by_role("dialog", name=title)
    password = asked.locator("input[type=password]")
    expect(password).to_be_focused()
    assert desk.window.overflow() <= 0
    assert desk.window.unreachable_parts() == []
    password.fill("not this one")
    password.press("Enter")
    expect(asked.locator("[aria-invalid=true]")).to_be_visible()
    assert desk.person.get("/api-keys")["items"] == []
    password.fill(PASSWORD)
    password.press("Enter")
    expect(asked).to_have_count(0)
    expect(form.or_(page.get_by_role("dialog")).locator("input[readonly]").first).to_be_visible()
    assert [key["name"] for key in desk.person.get("/api-keys")["items"]] == ["Backup"]
    desk.was_asked()


def test_who_turns_the_question_down_has_made_nothing(desk: Desk) -> None:
    page = desk.page
    page.goto(f"{desk.gitu.url}/settings/sign-in")
    desk.leave_for_an_hour()
    page.get_by_role("button", name="Set up").click()
    page.get_by_role("dialog", name="Is it you?").get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Confirm with your password, a code or a passkey")).to_be_visible()
    assert desk.person.get("/me/second-factor")["enabled"] is False
    desk.was_asked()


def test_nothing_is_hidden_in_what_somebody_decides_by(desk: Desk) -> None:
    evil = "Backup\u202egpj\u200b"
    made = desk.account.post("/api-keys", {"name": evil, "scopes": ["me:read", "me:write"]})["key"]
    grant = {"covers": "me:write", "delegate": f"api_key:{made['id']}", "reason": "for\u2066 her"}
    desk.account.post("/grants", {**grant, "limits": {"paths": ["/home/\u202eamal"]}})
    desk.account.post("/sessions", {"title": "Plans\U000e0041 of May"})
    page = desk.page
    page.goto(f"{desk.gitu.url}/settings/api-keys")
    expect(page.get_by_text("Backup⟨U+202E⟩gpj⟨U+200B⟩").first).to_be_visible()
    expect(page.get_by_text("Plans⟨U+E0041⟩ of May").first).to_be_visible()
    page.goto(f"{desk.gitu.url}/permissions")
    row = page.get_by_role("list", name="May be done without asking").get_by_role("listitem").filter(has_text="for⟨")
    expect(row).to_contain_text("for⟨U+2066⟩ her")
    expect(row).to_contain_text("/home/⟨U+202E⟩amal")
    expect(row).to_contain_text("Backup⟨U+202E⟩gpj⟨U+200B⟩")
