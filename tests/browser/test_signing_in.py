"""Passkeys, one-time codes and terminals, as people meet them on the screens."""

from typing import Any

import pytest
from playwright.sync_api import Page
from pyotp.totp import TOTP

from tests.browser.house import House, OpenWindow, Resident, Window
from tests.browser.program import PHONE
from tests.browser.seeing import expect
from tests.servers.openid import CLIENT_ID, CLIENT_SECRET, OpenIdServer
from tests.support.server import PASSWORD, Client
from tests.support.terminal import Installation, open_terminal

pytestmark = pytest.mark.browser

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def by_name(house: House) -> str:
    """The same program under a name: passkeys know no numeric addresses."""
    return house.program.url.replace("127.0.0.1", "localhost")


def with_authenticator(window: Window) -> Any:
    """Give the window Chromium's virtual authenticator; returns the session that steers it, and its id."""
    session = window.context.new_cdp_session(window.page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return session, made["authenticatorId"]


def type_password(page: Page, person: Resident) -> None:
    """Fill the form and send it."""
    page.get_by_label("Login").fill(person.login)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_passkey_is_made_and_signs_in_without_a_password(house: House, open_window: OpenWindow) -> None:
    sami = house.person()
    window = open_window()
    page = window.page
    session, authenticator = with_authenticator(window)
    page.goto(f"{by_name(house)}/sign-in?next=/settings/sign-in")
    type_password(page, sami)
    expect(page.get_by_text("No passkey yet")).to_be_visible()
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Workbench")
    page.get_by_role("dialog").get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("list", name="Passkeys").get_by_text("Workbench")).to_be_visible()
    assert len(session.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]) == 1

    page.context.clear_cookies()
    page.goto(f"{by_name(house)}/sign-in?next=/settings/devices")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("By passkey")).to_be_visible()

    page.goto(f"{by_name(house)}/settings/sign-in")
    page.get_by_role("button", name="Remove Workbench").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("No passkey yet")).to_be_visible()
    page.context.clear_cookies()
    page.goto(f"{by_name(house)}/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("does not sign anyone in")


def test_where_passkeys_can_not_work_the_screen_says_what_would_help(house: House, open_window: OpenWindow) -> None:
    page = open_window(house.person()).page
    page.goto(f"{house.program.url}/settings/sign-in")
    expect(page.get_by_role("link", name=by_name(house))).to_be_visible()


def test_codes_are_set_up_asked_for_and_switched_off(house: House, open_window: OpenWindow) -> None:
    sami = house.person()
    window = open_window(sami)
    page = window.page
    page.goto(f"{house.program.url}/settings/sign-in")
    page.get_by_role("button", name="Set up").click()
    app = TOTP(page.get_by_label("Secret").input_value())
    expect(page.get_by_role("img", name="QR code for your authenticator app")).to_be_visible()
    assert window.unreachable_parts() == []
    page.get_by_label("Code from the app").fill(app.now())
    page.get_by_role("button", name="Switch on").click()
    codes = page.get_by_role("list", name="Recovery codes").get_by_role("listitem")
    expect(codes).to_have_count(10)
    recovery = codes.first.inner_text()
    assert window.unreachable_parts() == []
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("Recovery codes left")).to_be_visible()

    page.context.clear_cookies()
    page.goto(f"{house.program.url}/sign-in?next=/settings/sign-in")
    type_password(page, sami)
    expect(page.get_by_role("heading", level=1, name="One more step")).to_be_visible()
    assert window.unreachable_parts() == []
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("not right")
    page.get_by_label("Code").fill(recovery)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Switch off").click()
    page.get_by_role("dialog").get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("dialog").get_by_role("button", name="Switch off").click()
    expect(page.get_by_role("button", name="Set up")).to_be_visible()
    window.errors[:] = []


@pytest.mark.parametrize("language", [pytest.param("en", marks=pytest.mark.slow), "ar"])
def test_a_token_is_made_counted_down_and_its_terminal_appears_and_goes(
    house: House, open_window: OpenWindow, language: str
) -> None:
    sami = house.person(language=language)
    window = open_window(sami)
    page = window.page
    page.goto(f"{house.program.url}/settings/devices")
    page.get_by_role("button", name="Link a terminal" if language == "en" else "ربط طرفية").click()
    command = page.get_by_role("dialog").locator("input").first.input_value()
    expect(page.get_by_role("timer")).to_contain_text("4:")
    assert window.unreachable_parts() == []
    terminal = Client(house.program.url, **{"user-agent": "gitu-cli workshop"})
    body = {"token": command.split()[2], "device_id": "01890a5d-ac96-774b-bcce-b302099a8057"}
    tokens = terminal.post("/auth/pairing-token", body)
    expect(page.get_by_role("dialog")).to_have_count(0)  # it heard of it
    expect(page.get_by_text("Terminal · workshop")).to_be_visible()
    page.get_by_role("button", name="Unlink" if language == "en" else "فك الربط").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Unlink" if language == "en" else "فك الربط").click()
    expect(page.get_by_text("Terminal · workshop")).to_have_count(0)
    signed = {"authorization": f"Bearer {tokens['access_token']}"}
    assert terminal.http.get("/api/v1/me", headers=signed).status_code == 401
    terminal.http.close()


def test_a_phone_that_is_not_signed_in_yet_links_a_scanned_terminal(
    house: House, open_window: OpenWindow, fresh: Installation
) -> None:
    sami = house.person()
    window = open_window(viewport=PHONE)
    page = window.page
    with open_terminal(fresh, "auth", "--qr", "--server", house.program.url, COLUMNS="400") as terminal:
        shown = terminal.wait_for("/pair#")
        token = terminal.wait_for("\n").strip()
        page.goto(f"{house.program.url}/pair#{token}")
        type_password(page, sami)
        code = page.get_by_label("Code to compare")
        expect(code).to_be_visible()
        assert code.inner_text() in shown
        assert token not in page.url
        assert window.unreachable_parts() == []
        assert window.overflow() <= 0
        page.get_by_role("button", name="Link this terminal").click()
        expect(page.get_by_role("heading", level=1, name="The terminal is linked")).to_be_visible()
        terminal.wait_for("Signed in as")
        assert terminal.exit_code() == 0
    assert fresh.run("identity", "get-me", "--json").json["login"] == sami.login


def test_signing_out_everywhere_else_is_one_press(house: House, open_window: OpenWindow) -> None:
    sami = house.person()
    other = house.sign_in(sami)
    page = open_window(sami).page
    page.goto(f"{house.program.url}/settings/devices")
    page.get_by_role("button", name="Sign out everywhere else").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Sign out everywhere else").click()
    expect(page.get_by_role("list", name="Browsers").get_by_role("listitem")).to_have_count(1)
    other.refused("GET", "/me", status=401)


def test_an_admin_sets_a_provider_up_and_someone_joins_and_comes_back_with_it(
    house: House, open_window: OpenWindow
) -> None:
    with OpenIdServer() as provider:
        try:
            window = open_window(house.person("admin"))
            page = window.page
            page.goto(f"{house.program.url}/settings/instance")
            page.get_by_label("Name of the provider").fill("Example")
            page.get_by_label("Issuer").fill(provider.url)
            page.get_by_label("Client ID").fill(CLIENT_ID)
            page.get_by_label("Client secret").fill(CLIENT_SECRET)
            page.get_by_role("button", name="Save provider").click()
            expect(page.get_by_text("One is kept")).to_be_visible()
            assert window.unreachable_parts() == []

            stranger = open_window().page
            stranger.goto(f"{house.program.url}/sign-in")
            stranger.get_by_role("button", name="Sign in with Example").click()
            expect(stranger.get_by_role("alert")).to_contain_text("by invitation")
            assert "#" not in stranger.url
            link = house.owner.post("/invitations", {"role": "member"})["link"]
            stranger.goto(link)
            stranger.get_by_role("button", name="Join with Example").click()
            expect(stranger.get_by_text("What shall we do, Amal")).to_be_visible()
            stranger.context.clear_cookies()
            stranger.goto(f"{house.program.url}/sign-in?next=/settings/sign-in")
            stranger.get_by_role("button", name="Sign in with Example").click()
            expect(stranger.get_by_role("button", name="Unlink")).to_be_visible()
            stranger.goto(f"{house.program.url}/settings/devices")
            expect(stranger.get_by_text("By provider").first).to_be_visible()
        finally:
            house.owner.ask("DELETE", "/instance/openid", status=204)
