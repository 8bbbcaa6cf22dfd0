"""What docs/security.md claims, seen from outside: as a browser, a program, a stranger."""

import re
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from gitu.features.identity.accounts import new_owner_link
from gitu.kernel import clock
from gitu.kernel.auth.principal import Role
from gitu.server import Exposed, check_exposure
from tests.support.server import API, PASSWORD, GituServer

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "security.md"
NAMED = re.compile(r"`(?P<file>tests/[\w/]+\.py)::(?P<test>\w+)`")


def test_every_test_that_the_page_names_is_there() -> None:
    named = NAMED.findall(PAGE.read_text(encoding="utf-8"))
    texts = {file: (ROOT / file).read_text(encoding="utf-8") for file, _ in named}
    assert len(named) > 100
    assert [name for name in named if f"def {name[1]}(" not in texts[name[0]]] == []


def test_the_owners_link_works_once(fresh_gitu: Callable[..., GituServer]) -> None:
    gitu = fresh_gitu()
    token = gitu.run(new_owner_link(gitu.services))
    account = {"token": token, "name": "Amal", "login": "amal", "password": PASSWORD}
    assert gitu.browser().post("/auth/setup", account)["role"] == "owner"
    thief = {**account, "login": "thief"}
    assert gitu.browser().refused("POST", "/auth/setup", thief, status=409) == "auth.owner_exists"
    assert gitu.run(new_owner_link(gitu.services)) is None


def test_guessing_a_password_is_slowed_down(gitu: GituServer) -> None:
    person, browser = gitu.person(), gitu.browser()
    wrong = {"login": person.login, "password": "not this one"}
    for _ in range(5):
        assert browser.refused("POST", "/auth/sign-in", wrong, status=401) == "auth.sign_in_failed"
    right = {"login": person.login, "password": PASSWORD}
    assert browser.refused("POST", "/auth/sign-in", right, status=429) == "auth.throttled"


def test_a_device_signed_out_is_refused_from_the_next_request(gitu: GituServer) -> None:
    person = gitu.person()
    lost = gitu.again(person)
    assert lost.get("/me")["login"] == person.login
    person.delete(f"/devices/{lost.device_id}")
    assert lost.refused("GET", "/me", status=401) == "auth.expired"


def test_a_refresh_token_used_again_later_signs_the_device_out(gitu: GituServer) -> None:
    person = gitu.person()
    tokens = gitu.client().post("/auth/tokens", {"login": person.login, "password": PASSWORD})
    old = gitu.client(authorization=f"Bearer {tokens['refresh_token']}")
    fresh = old.post("/auth/refresh")
    with clock.travel(timedelta(minutes=1)):
        assert old.refused("POST", "/auth/refresh", status=401) == "auth.expired"
    owner = gitu.client(authorization=f"Bearer {fresh['access_token']}")
    assert owner.refused("GET", "/me", status=401) == "auth.expired"


def test_the_token_of_the_terminal_lies_closed_and_dies_with_the_server(gitu: GituServer) -> None:
    from gitu.doors.http.local import LocalAccess

    gitu.services.resource(LocalAccess).write()
    file = gitu.services.home.local_token_file
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with gitu.twin() as next_start:
        terminal = next_start.client(authorization=f"Bearer {file.read_text()}")
        assert terminal.refused("GET", "/me", status=401) == "auth.expired"


def test_a_member_may_not_do_what_needs_an_admin(gitu: GituServer) -> None:
    member, admin = gitu.person(), gitu.person(Role.ADMIN)
    assert member.refused("GET", "/users", status=403) == "auth.denied"
    assert member.refused("POST", "/invitations", {}, status=403) == "auth.denied"
    assert admin.get("/users")["items"]


def test_a_key_never_may_more_than_it_was_given(gitu: GituServer) -> None:
    member = gitu.person()
    program = member.key("me:read")
    assert program.get("/me")["scopes"] == ["me:read"]
    assert program.refused("GET", "/devices", status=403) == "auth.denied"
    beyond = {"name": "more", "scopes": ["users:admin"]}
    assert member.refused("POST", "/api-keys", beyond, status=403) == "auth.scope_beyond_yours"


def test_another_persons_conversation_is_not_there(gitu: GituServer) -> None:
    session = gitu.person().post("/sessions", {"title": "Mine"})["id"]
    for other in (gitu.person(), gitu.person(Role.ADMIN), gitu.person(Role.OWNER)):
        for method, path in (("GET", ""), ("DELETE", ""), ("POST", "/end"), ("GET", "/messages")):
            code = other.refused(method, f"/sessions/{session}{path}", status=404)
            assert code == "assistant.session_not_found"


def test_a_program_can_not_approve_its_own_request(gitu: GituServer) -> None:
    person = gitu.person()
    session = person.post("/sessions", {"title": "Keep"})["id"]
    program = person.key("assistant:write", "approvals:read", "approvals:decide")
    assert program.refused("DELETE", f"/sessions/{session}", status=403) == "action.approval_needed"
    (held,) = program.get("/approvals", state="pending")["items"]
    approve = f"/approvals/{held['id']}/approve"
    assert program.refused("POST", approve, status=403) == "approval.not_for_delegates"
    assert person.post(approve)["approval"]["state"] == "approved"
    assert person.refused("GET", f"/sessions/{session}", status=404) == "assistant.session_not_found"


def test_secrets_stay_out_of_conversations(gitu: GituServer) -> None:
    sent = gitu.person().post("/messages", {"text": "/identity create-api-key x --scopes me:read"})
    assert sent["turn"]["state"] == "failed"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", ""])
def test_gitu_answers_only_to_its_own_names(gitu: GituServer, host: str) -> None:
    assert gitu.client(host=host).refused("GET", "/instance", status=403) == "request.host_unknown"


def test_a_page_of_another_site_changes_nothing(gitu: GituServer) -> None:
    person, browser = gitu.person(), gitu.browser()
    browser.post("/auth/sign-in", {"login": person.login, "password": PASSWORD})
    assert browser.patch("/me", {"name": "Here"})["name"] == "Here"
    for origin in ("https://evil.example", "null", gitu.url + "0"):
        code = browser.refused("PATCH", "/me", {"name": "Elsewhere"}, status=403, headers={"origin": origin})
        assert code == "request.origin_foreign"
    assert browser.get("/me")["name"] == "Here"


def test_the_cookies_of_a_browser_are_out_of_reach_of_scripts_and_other_sites(gitu: GituServer) -> None:
    sign_in = {"login": gitu.person().login, "password": PASSWORD}
    answer = gitu.browser().http.post(f"{API}/auth/sign-in", json=sign_in)
    cookies = answer.headers.get_list("set-cookie")
    assert len(cookies) == 2
    assert all("HttpOnly" in cookie and "SameSite=lax" in cookie for cookie in cookies)
    assert "gitu_acc" not in answer.text


def test_answers_tell_browsers_to_be_strict(gitu: GituServer) -> None:
    headers = gitu.client().http.get(f"{API}/instance").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in headers
    policy = gitu.client().http.get("/").headers["content-security-policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["frame-ancestors"] == "'none'"
    assert "'unsafe-inline'" not in rules.get("script-src", rules["default-src"])


def test_an_oversized_body_is_refused(gitu: GituServer) -> None:
    person = gitu.person()
    huge = {"text": "x" * (gitu.settings.max_body_bytes + 1)}
    assert person.refused("POST", "/messages", huge, status=413) == "input.too_large"


def test_cookies_beside_another_kind_of_authorization_are_still_checked(gitu: GituServer) -> None:
    person, browser = gitu.person(), gitu.browser()
    browser.post("/auth/sign-in", {"login": person.login, "password": PASSWORD})
    forged = {"origin": "https://evil.example", "authorization": "Basic eDp5"}
    for path in ("/me/preferences", "/auth/refresh"):
        method = "PATCH" if path.startswith("/me") else "POST"
        assert browser.refused(method, path, {}, status=403, headers=forged) == "request.origin_foreign"


def test_the_address_behind_a_proxy_on_this_machine_is_the_visitors(gitu: GituServer) -> None:
    person, visitor = gitu.person(), {"x-forwarded-for": "203.0.113.9"}
    sign_in = {"login": person.login, "password": PASSWORD}
    gitu.browser().post("/auth/sign-in", sign_in, headers=visitor)
    assert "203.0.113.9" in {device["address"] for device in person.get("/devices")["items"]}


def test_the_terminals_token_is_worth_nothing_from_elsewhere(gitu: GituServer) -> None:
    from gitu.doors.http.local import LocalAccess

    gitu.person(Role.OWNER)
    gitu.services.resource(LocalAccess).write()
    token = gitu.services.home.local_token_file.read_text()
    assert gitu.client(authorization=f"Bearer {token}").get("/me")["role"] == "owner"
    elsewhere = gitu.client(**{"authorization": f"Bearer {token}", "x-forwarded-for": "203.0.113.9"})
    assert elsewhere.refused("GET", "/me", status=401) == "auth.expired"


def test_gitu_does_not_open_itself_to_the_network_unprepared(fresh_gitu: Callable[..., GituServer]) -> None:
    gitu = fresh_gitu(host="192.0.2.1")
    with pytest.raises(Exposed, match=r"no public URL is declared.*no owner"):
        gitu.run(check_exposure(gitu.services))


def test_gitu_answers_to_its_public_name(fresh_gitu: Callable[..., GituServer]) -> None:
    gitu = fresh_gitu(public_url="https://gitu.example.org")
    assert gitu.client(host="gitu.example.org").get("/instance")["state"] == "owner_needed"
    assert gitu.client(host="other.example.org").refused("GET", "/instance", status=403) == "request.host_unknown"
