"""A window that stands open makes no new way in: that asks who one is, unless it was asked within the last minutes."""

from datetime import timedelta
from uuid import uuid4

import pytest

from gitu.features.identity.confirming import HOLDS_FOR
from gitu.kernel import clock
from gitu.kernel.auth.principal import Role
from tests.features.identity.test_factors import set_up
from tests.features.identity.test_pairing import redeem, scanned, signed, start
from tests.features.identity.test_passkeys import add, authenticator
from tests.support.authenticator import Authenticator
from tests.support.server import PASSWORD, Client, GituServer, Person

NEEDED = "auth.confirmation_needed"
LATER = HOLDS_FOR + timedelta(seconds=1)


def new_ways_in(gitu: GituServer) -> dict[str, tuple[str, object]]:
    """What would let somebody come back: the path, and a body that fits."""
    waiting = scanned(start(gitu))
    return {
        "a key": ("/api-keys", {"name": "x", "scopes": ["me:read"]}),
        "a passkey": ("/me/passkeys/options", None),
        "a terminal by a token": ("/pairing-tokens", None),
        "a terminal by a code": ("/pairings/decide", {"token": waiting, "approve": True}),
        "an account elsewhere": ("/me/openid/start", {"next": "/"}),
        "codes of one's own": ("/me/second-factor", None),
    }


def confirmed(who: Client) -> bool:
    """Whether the device may make a key."""
    answer = who.http.post("/api/v1/api-keys", json={"name": "x", "scopes": ["me:read"]})
    assert answer.status_code == 200 or answer.json()["code"] == NEEDED, answer.text
    return answer.status_code == 200


def test_a_while_after_signing_in_every_new_way_in_asks_first(gitu: GituServer) -> None:
    amal = gitu.person()
    with clock.travel(LATER, ticking=True):
        for what, (path, body) in new_ways_in(gitu).items():
            assert amal.refused("POST", path, body, status=403) == NEEDED, what
        assert amal.get("/api-keys")["items"] == []
        problem = amal.ask("POST", "/pairing-tokens", status=403, headers={"accept-language": "ar"})
        assert problem["title"] == "Is it you?"  # in the person's own language, which is English here
        waiting = scanned(start(gitu))
        amal.post("/pairings/decide", {"token": waiting, "approve": False}, status=204)  # turning down opens nothing


def test_right_after_signing_in_nobody_is_asked(gitu: GituServer) -> None:
    amal = gitu.person()
    browser = gitu.browser()
    browser.post("/auth/sign-in", {"login": amal.login, "password": PASSWORD})
    assert confirmed(browser)
    with clock.travel(HOLDS_FOR - timedelta(seconds=30), ticking=True):
        assert browser.http.post("/api/v1/auth/refresh").status_code == 204  # the cookie, not the person
        assert confirmed(browser)


def test_staying_signed_in_confirms_nothing(gitu: GituServer) -> None:
    amal = gitu.person()
    browser = gitu.browser()
    browser.post("/auth/sign-in", {"login": amal.login, "password": PASSWORD})
    with clock.travel(LATER, ticking=True):
        assert browser.http.post("/api/v1/auth/refresh").status_code == 204
        assert not confirmed(browser)


def test_the_password_confirms_this_device_alone_and_for_a_while(gitu: GituServer) -> None:
    amal = gitu.person()
    other = gitu.again(amal)
    with clock.travel(LATER, ticking=True):
        until = amal.post("/me/confirmation", {"password": PASSWORD})["confirmed_until"]
        assert until == amal.get("/me/confirmation")["confirmed_until"]
        assert confirmed(amal)
        assert not confirmed(other)
    with clock.travel(2 * LATER, ticking=True):
        assert not confirmed(amal)


def test_a_code_confirms_too_and_counts_once(gitu: GituServer) -> None:
    amal = gitu.person()
    app, _ = set_up(amal)
    with clock.travel(LATER, ticking=True):
        code = app.code()
        amal.post("/me/confirmation", {"code": code})
        assert confirmed(amal)
        assert amal.refused("POST", "/me/confirmation", {"code": code}, status=422) == "auth.password_wrong"


def confirm_by_passkey(who: Person, device: Authenticator) -> str:
    """Confirm with a passkey; the outcome's code."""
    asked = who.post("/me/confirmation/passkey/options")
    given = {"ticket": asked["ticket"], "credential": device.get(asked["options"])}
    answer = who.http.post("/api/v1/me/confirmation/passkey", json=given)
    return "ok" if answer.status_code == 200 else str(answer.json()["code"])


def test_one_s_own_passkey_confirms_and_nobody_else_s(gitu: GituServer) -> None:
    amal, eve = gitu.person(), gitu.person()
    amals, eves = authenticator(gitu), authenticator(gitu)
    add(amal, amals)
    add(eve, eves)
    with clock.travel(LATER, ticking=True):
        assert confirm_by_passkey(amal, eves) == "auth.passkey_not_confirmed"
        assert not confirmed(amal)
        assert confirm_by_passkey(amal, amals) == "ok"
        assert confirmed(amal)
        assert not confirmed(eve)


def test_a_ticket_of_another_person_or_purpose_confirms_nothing(gitu: GituServer) -> None:
    amal, eve = gitu.person(), gitu.person()
    device = authenticator(gitu)
    add(amal, device)
    with clock.travel(LATER, ticking=True):
        for asked in (eve.post("/me/confirmation/passkey/options"), gitu.browser().post("/auth/passkey/options")):
            given = {"ticket": asked["ticket"], "credential": device.get(asked["options"])}
            refused = amal.refused("POST", "/me/confirmation/passkey", given, status=422)
            assert refused == "auth.passkey_not_confirmed"
        assert not confirmed(amal)


@pytest.mark.parametrize("proof", [{}, {"password": "not this one"}, {"code": "000000"}])
def test_guessing_confirms_nothing_and_is_slowed_down(gitu: GituServer, proof: dict[str, str]) -> None:
    amal = gitu.person()
    with clock.travel(LATER, ticking=True):
        for _ in range(5):
            assert amal.refused("POST", "/me/confirmation", proof, status=422) == "auth.password_wrong"
        assert amal.refused("POST", "/me/confirmation", {"password": PASSWORD}, status=429) == "auth.throttled"
        assert not confirmed(amal)
    gitu.sql("DELETE FROM identity_throttles")


def test_a_linked_terminal_was_never_confirmed(gitu: GituServer) -> None:
    amal = gitu.person()
    terminal = signed(gitu, redeem(gitu, amal.post("/pairing-tokens")["token"]))
    assert not confirmed(terminal)
    terminal.post("/me/confirmation", {"password": PASSWORD})
    assert confirmed(terminal)


def test_a_program_confirms_nothing_for_its_person(gitu: GituServer) -> None:
    amal = gitu.person()
    program = amal.key("factors:write", "factors:read", "keys:write")
    assert program.refused("POST", "/me/confirmation", {"password": PASSWORD}, status=403) == "auth.person_needed"
    body = {"name": "x", "scopes": ["factors:read"]}
    assert program.refused("POST", "/api-keys", body, status=403) == "auth.person_needed"


def test_the_screen_is_told_how_one_can_confirm(gitu: GituServer) -> None:
    amal = gitu.person(Role.ADMIN)
    how = amal.get("/me/confirmation")
    assert (how["password"], how["code"], how["passkey"], how["openid"]) == (True, False, False, None)
    set_up(amal)
    add(amal, authenticator(gitu))
    how = amal.get("/me/confirmation")
    assert (how["code"], how["passkey"]) == (True, True)


def test_an_unknown_ticket_is_no_confirmation(gitu: GituServer) -> None:
    amal = gitu.person()
    given = {"ticket": f"gitu_pks_{uuid4().hex}", "credential": {"rawId": "x", "response": {}}}
    assert amal.refused("POST", "/me/confirmation/passkey", given, status=422) == "auth.passkey_not_confirmed"
