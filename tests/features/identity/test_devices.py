"""Signing in and staying signed in: cookies, rotation, theft, throttling, revocation that holds at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from websockets.exceptions import ConnectionClosed

from gitu.kernel import clock
from gitu.kernel.auth.principal import Role
from gitu.kernel.crypto.tokens import hash_token
from tests.support.chat import Window, window
from tests.support.server import PASSWORD, Client, GituServer, Person

FreshGitu = Callable[..., GituServer]


def sign_in(gitu: GituServer, person: Person) -> Client:
    """A browser in which the person typed name and password."""
    browser = gitu.browser()
    browser.post("/auth/sign-in", {"login": person.login, "password": PASSWORD})
    return browser


def with_cookies(gitu: GituServer, cookies: dict[str, str]) -> Client:
    """A browser that holds copies of these cookies."""
    browser = gitu.browser()
    for name, value in cookies.items():
        browser.http.cookies.set(name, value, path="/")
    return browser


def close_code(screen: Window) -> int | None:
    """How the server closed the window."""
    try:
        while True:
            screen.receive()
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


def test_a_browser_gets_cookies_that_scripts_can_not_read(gitu: GituServer) -> None:
    amal = gitu.person()
    answer = gitu.browser().http.post("/api/v1/auth/sign-in", json={"login": amal.login, "password": PASSWORD})
    access, refresh = answer.headers.get_list("set-cookie")
    for cookie in (access, refresh):
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
    assert "Path=/api/v1/auth" in refresh
    assert "gitu_acc" not in answer.text
    assert "gitu_ref" not in answer.text


def test_cookies_are_secure_behind_https(fresh_gitu: FreshGitu) -> None:
    gitu = fresh_gitu(public_url="https://gitu.example.org")
    amal = gitu.person()
    answer = gitu.client(origin=gitu.url).http.post(
        "/api/v1/auth/sign-in", json={"login": amal.login, "password": PASSWORD}
    )
    assert all("Secure" in cookie for cookie in answer.headers.get_list("set-cookie"))


def test_a_terminal_gets_its_tokens_in_the_answer(gitu: GituServer) -> None:
    amal = gitu.person()
    terminal = gitu.client(**{"user-agent": "gitu-cli/1 desk"})
    tokens = terminal.post("/auth/tokens", {"login": amal.login.upper(), "password": PASSWORD})
    signed = gitu.client(authorization=f"Bearer {tokens['access_token']}")
    current = next(device for device in signed.get("/devices")["items"] if device["current"])
    assert (current["kind"], current["name"]) == ("terminal", "Terminal · desk")
    fresh = gitu.client(authorization=f"Bearer {tokens['refresh_token']}").post("/auth/refresh")
    gitu.client(authorization=f"Bearer {fresh['access_token']}").get("/me")


def test_a_wrong_name_and_a_wrong_password_read_the_same(gitu: GituServer) -> None:
    amal = gitu.person()
    browser = gitu.browser()
    answers = [
        browser.post("/auth/sign-in", {"login": login, "password": "wrong wrong wrong"}, status=401)
        for login in (amal.login, "nobody-at-all")
    ]
    assert answers[0]["detail"] == answers[1]["detail"]


def test_too_many_failures_of_one_name_are_throttled(gitu: GituServer) -> None:
    amal = gitu.person()
    browser = gitu.browser()
    wrong = {"login": amal.login, "password": "wrong wrong wrong"}
    with clock.travel(timedelta(0)) as time:
        for _ in range(5):
            assert browser.refused("POST", "/auth/sign-in", wrong, status=401) == "auth.sign_in_failed"
        blocked = browser.http.post("/api/v1/auth/sign-in", json=wrong)
        assert blocked.status_code == 429
        assert int(blocked.headers["retry-after"]) >= 1
        right = {"login": amal.login.upper(), "password": PASSWORD}
        assert browser.refused("POST", "/auth/sign-in", right, status=429) == "auth.throttled"
        time.move(timedelta(minutes=16))
        browser.post("/auth/sign-in", right)
        gitu.sql("DELETE FROM identity_throttles")


def test_each_further_failure_blocks_for_longer(gitu: GituServer) -> None:
    amal = gitu.person()
    browser = gitu.browser()
    wrong = {"login": amal.login, "password": "wrong wrong wrong"}
    waits = []
    with clock.travel(timedelta(0)) as time:
        for _ in range(10):
            answer = browser.http.post("/api/v1/auth/sign-in", json=wrong)
            if answer.status_code == 429:
                waits.append(int(answer.headers["retry-after"]))
                time.move(timedelta(seconds=waits[-1]))
    assert waits == sorted(waits)
    assert waits[-1] >= 2 * waits[0]
    gitu.sql("DELETE FROM identity_throttles")


def test_an_address_that_tries_many_names_is_throttled(fresh_gitu: FreshGitu) -> None:
    gitu = fresh_gitu()
    browser = gitu.browser()
    with clock.travel(timedelta(0)):
        codes = [
            browser.http.post(
                "/api/v1/auth/sign-in", json={"login": f"guess-{number}", "password": "wrong wrong wrong"}
            ).status_code
            for number in range(2)
        ]
        # The other twenty-eight would take their time to be hashed; their count is what matters.
        gitu.sql(
            "UPDATE identity_throttles SET failures = 29 WHERE key_hash = :key", key=hash_token("address:127.0.0.1")
        )
        codes += [
            browser.http.post(
                "/api/v1/auth/sign-in", json={"login": f"other-{number}", "password": "wrong wrong wrong"}
            ).status_code
            for number in range(2)
        ]
    assert codes == [401, 401, 401, 429]


def test_a_refresh_gives_new_tokens(gitu: GituServer) -> None:
    browser = sign_in(gitu, gitu.person())
    old = dict(browser.http.cookies)
    browser.post("/auth/refresh", status=204)
    assert dict(browser.http.cookies) != old
    browser.get("/me")


def test_tabs_that_refresh_at_once_stay_signed_in(gitu: GituServer) -> None:
    browser = sign_in(gitu, gitu.person())
    old = dict(browser.http.cookies)
    tabs = [with_cookies(gitu, old) for _ in range(5)]
    with ThreadPoolExecutor(5) as pool:
        list(pool.map(lambda tab: tab.post("/auth/refresh", status=204), tabs))
    # Whichever answer a browser keeps, it works: now, and when it refreshes again.
    for tab in tabs:
        for cookie in list(tab.http.cookies.jar):
            if cookie.value in old.values():
                tab.http.cookies.delete(cookie.name, cookie.domain, cookie.path)
        tab.get("/me")
    with clock.travel(timedelta(minutes=10), ticking=True):
        tabs[0].post("/auth/refresh", status=204)


def test_a_refresh_token_used_again_later_signs_the_device_out(gitu: GituServer) -> None:
    browser = sign_in(gitu, gitu.person())
    thief = with_cookies(gitu, dict(browser.http.cookies))
    with clock.travel(timedelta(seconds=1)) as time:
        browser.post("/auth/refresh", status=204)
        browser.get("/me")
        time.move(timedelta(minutes=1))
        assert thief.refused("POST", "/auth/refresh", status=401) == "auth.expired"
        assert browser.refused("GET", "/me", status=401) == "auth.expired"
        assert browser.refused("POST", "/auth/refresh", status=401) == "auth.expired"


def test_access_runs_out_after_a_quarter_of_an_hour_and_refresh_after_sixty_days(gitu: GituServer) -> None:
    browser = sign_in(gitu, gitu.person())
    with clock.travel(timedelta(minutes=15, seconds=1), ticking=True):
        assert browser.refused("GET", "/me", status=401) == "auth.expired"
        browser.post("/auth/refresh", status=204)
        browser.get("/me")
        with clock.travel(timedelta(days=60, seconds=1), ticking=True):
            assert browser.refused("POST", "/auth/refresh", status=401) == "auth.expired"


def test_signing_out_ends_the_device_and_clears_the_cookies(gitu: GituServer) -> None:
    browser = sign_in(gitu, gitu.person())
    kept = dict(browser.http.cookies)
    browser.post("/auth/sign-out", status=204)
    assert dict(browser.http.cookies) == {}
    copied = with_cookies(gitu, kept)
    assert copied.refused("GET", "/me", status=401) == "auth.expired"
    assert copied.refused("POST", "/auth/refresh", status=401) == "auth.expired"


def test_a_revoked_device_is_out_at_once_everywhere(gitu: GituServer) -> None:
    amal = gitu.person()
    lost = gitu.again(amal)
    with gitu.twin() as twin, window(lost) as screen:
        elsewhere = twin.client(authorization=f"Bearer {lost.token}")
        lost.get("/me")
        elsewhere.get("/me")
        with window(Person(twin, lost.id, lost.login, lost.role, lost.device_id, lost.token)) as far:
            screen.until(type="ready")
            far.until(type="ready")
            amal.delete(f"/devices/{lost.device_id}")
            assert lost.refused("GET", "/me", status=401) == "auth.expired"
            assert close_code(screen) == 4401
            assert close_code(far) == 4401
            assert elsewhere.refused("GET", "/me", status=401) == "auth.expired"
    amal.get("/me")


def test_one_can_not_revoke_another_s_device(gitu: GituServer) -> None:
    amal, owner = gitu.person(), gitu.person(Role.OWNER)
    assert owner.refused("DELETE", f"/devices/{amal.device_id}", status=404) == "not_found"
    amal.get("/me")


def test_a_disabled_person_s_window_is_closed(gitu: GituServer) -> None:
    amal, owner = gitu.person(), gitu.person(Role.OWNER)
    with window(amal) as screen:
        screen.until(type="ready")
        owner.patch(f"/users/{amal.id}", {"disabled": True})
        assert close_code(screen) == 4401


def test_an_open_window_follows_a_change_of_role(gitu: GituServer) -> None:
    amal, owner = gitu.person(Role.ADMIN), gitu.person(Role.OWNER)
    with window(amal) as screen:
        assert screen.execute("identity.list_users")["type"] == "result"
        owner.patch(f"/users/{amal.id}", {"role": "guest"})
        screen.until_event("user.changed")
        assert screen.execute("identity.list_users")["problem"]["code"] == "auth.denied"


def test_a_window_needs_someone_signed_in(gitu: GituServer) -> None:
    nobody = gitu.client()
    with window(nobody) as screen:
        assert screen.receive()["problem"]["code"] == "auth.required"
        assert close_code(screen) == 4401
    with window(nobody, authorization="Bearer gitu_acc_nonsense") as screen:
        assert screen.receive()["problem"]["code"] == "auth.expired"


def test_a_window_is_told_what_is_wrong_with_a_frame(gitu: GituServer) -> None:
    with window(gitu.person()) as screen:
        screen.until(type="ready")
        for frame in ("", "nonsense", "[]", "1", '{"type":"dance"}', '{"type":"watch"}', "[" * 50_000, "\ud7ff"):
            screen.socket.send(frame)
            assert screen.until(type="error")["problem"]["code"] == "input.invalid", frame[:20]
        screen.socket.send('{"type":"execute","id":"1","action":"no.such","input":{}}')
        assert screen.until(id="1")["problem"]["code"] == "action.unknown"
        screen.socket.send('{"type":"execute","id":"2","action":"identity.update_me","input":{"name":"\\ud800"}}')
        assert screen.until(type="error")["problem"]["status"] == 422
        screen.send(type="ping")
        assert screen.until(type="pong")


@pytest.mark.parametrize("token", ["x", "gitu_loc", "gitu_locé", "gitu_acc_", "gitu_key_é", "\xff" * 200, "a" * 9000])
def test_a_made_up_token_is_a_401(gitu: GituServer, token: str) -> None:
    raw = f"Bearer {token}".encode("latin-1")
    answer = gitu.client().http.get("/api/v1/me", headers=[(b"authorization", raw)])
    assert answer.status_code == 401, answer.text
