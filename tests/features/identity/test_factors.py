"""A second factor: set up, asked for at sign-in, never taken twice, switched off only by whoever owns it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from pyotp.totp import TOTP

from gitu.kernel import clock
from gitu.kernel.auth.principal import Role
from tests.support.server import PASSWORD, Client, GituServer, Json, Person


class App:
    """A person's authenticator app."""

    def __init__(self, secret: str) -> None:
        self._totp = TOTP(secret)

    def code(self, steps: int = 0) -> str:
        """What it shows now, or would so many steps later."""
        return self._totp.at(int(clock.now().timestamp()) + 30 * steps)


def set_up(person: Person) -> tuple[App, list[str]]:
    """Switch the second factor on; the code of one step ago is used up by that."""
    app = App(person.post("/me/second-factor")["secret"])
    codes = person.post("/me/second-factor/confirm", {"code": app.code(-1)})["codes"]
    return app, codes


def first_step(gitu: GituServer, person: Person) -> tuple[Client, str]:
    """A browser in which the password was right, and the ticket for the second step."""
    browser = gitu.browser()
    step = browser.post("/auth/sign-in", {"login": person.login, "password": PASSWORD}, status=202)
    assert "gitu_access" not in dict(browser.http.cookies)
    return browser, step["ticket"]


def second_step(browser: Client, ticket: str, code: str, *, status: int = 200) -> Json:
    """Give a code."""
    return browser.post("/auth/second-step", {"ticket": ticket, "code": code}, status=status)


# -- signing in -----------------------------------------------------------------------------------------


def test_signing_in_asks_for_a_code_once_it_is_set_up(gitu: GituServer) -> None:
    amal = gitu.person()
    app, _ = set_up(amal)
    browser, ticket = first_step(gitu, amal)
    assert browser.refused("GET", "/me", status=401) == "auth.required"
    assert second_step(browser, ticket, app.code())["login"] == amal.login
    assert browser.get("/me")["login"] == amal.login


def test_a_terminal_gives_its_code_too(gitu: GituServer) -> None:
    amal = gitu.person()
    app, _ = set_up(amal)
    terminal = gitu.client(**{"user-agent": "gitu-cli desk"})
    step = terminal.post("/auth/tokens", {"login": amal.login, "password": PASSWORD}, status=202)
    tokens = terminal.post("/auth/tokens/second-step", {"ticket": step["ticket"], "code": app.code()})
    assert gitu.client(authorization=f"Bearer {tokens['access_token']}").get("/me")["login"] == amal.login


def test_a_code_is_taken_once_even_in_two_windows_at_the_same_moment(gitu: GituServer) -> None:
    amal = gitu.person()
    app, _ = set_up(amal)
    steps = [first_step(gitu, amal) for _ in range(3)]
    code = app.code()

    def give(step: tuple[Client, str]) -> int:
        browser, ticket = step
        return browser.http.post("/api/v1/auth/second-step", json={"ticket": ticket, "code": code}).status_code

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(give, steps)) == [200, 401, 401]


def test_a_code_of_a_step_before_the_last_one_used_is_refused(gitu: GituServer) -> None:
    amal = gitu.person()
    app, _ = set_up(amal)
    browser, ticket = first_step(gitu, amal)
    second_step(browser, ticket, app.code(1))
    browser, ticket = first_step(gitu, amal)
    assert second_step(browser, ticket, app.code(), status=401)["code"] == "auth.code_wrong"


@pytest.mark.parametrize(("steps", "status"), [(-2, 401), (0, 200), (1, 200), (2, 401)])
def test_a_clock_may_be_half_a_minute_off(gitu: GituServer, steps: int, status: int) -> None:
    amal = gitu.person()
    app, _ = set_up(amal)
    with clock.travel(timedelta(minutes=10)):
        browser, ticket = first_step(gitu, amal)
        second_step(browser, ticket, app.code(steps), status=status)


def test_the_ticket_between_the_steps_works_once(gitu: GituServer) -> None:
    amal = gitu.person()
    app, _ = set_up(amal)
    browser, ticket = first_step(gitu, amal)
    second_step(browser, ticket, app.code())
    again = second_step(gitu.browser(), ticket, app.code(1), status=401)
    assert again["code"] == "auth.second_step_expired"


def test_the_ticket_between_the_steps_dies_after_five_minutes(gitu: GituServer) -> None:
    amal = gitu.person()
    app, _ = set_up(amal)
    browser, ticket = first_step(gitu, amal)
    with clock.travel(timedelta(minutes=5, seconds=1), ticking=True):
        assert second_step(browser, ticket, app.code(), status=401)["code"] == "auth.second_step_expired"


def test_a_ticket_of_someone_whose_access_was_closed_is_worth_nothing(gitu: GituServer) -> None:
    amal, owner = gitu.person(), gitu.person(Role.OWNER)
    app, _ = set_up(amal)
    browser, ticket = first_step(gitu, amal)
    owner.patch(f"/users/{amal.id}", {"disabled": True})
    assert second_step(browser, ticket, app.code(), status=401)["code"] == "auth.second_step_expired"


def test_another_person_s_code_does_not_count(gitu: GituServer) -> None:
    amal, eve = gitu.person(), gitu.person()
    set_up(amal)
    eves_app, eves_codes = set_up(eve)
    browser, ticket = first_step(gitu, amal)
    for code in (eves_app.code(), eves_codes[0]):
        assert second_step(browser, ticket, code, status=401)["code"] == "auth.code_wrong"


def test_guessing_codes_is_slowed_down_also_when_all_are_sent_at_once(gitu: GituServer) -> None:
    amal = gitu.person()
    app, _ = set_up(amal)
    steps = [first_step(gitu, amal) for _ in range(12)]

    def guess(step: tuple[Client, str]) -> int:
        browser, ticket = step
        return browser.http.post("/api/v1/auth/second-step", json={"ticket": ticket, "code": "000000"}).status_code

    with clock.travel(timedelta(0)) as time:
        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(guess, steps))
        assert answers.count(401) == 5
        assert answers.count(429) == 7
        browser, ticket = first_step(gitu, amal)
        assert second_step(browser, ticket, app.code(), status=429)["code"] == "auth.throttled"
        time.move(timedelta(minutes=16))
        browser, ticket = first_step(gitu, amal)
        second_step(browser, ticket, app.code())
    gitu.sql("DELETE FROM identity_throttles")


def test_a_success_takes_the_counted_attempts_back(gitu: GituServer) -> None:
    amal = gitu.person()
    _, codes = set_up(amal)
    for round_ in range(2):
        browser, ticket = first_step(gitu, amal)
        for _ in range(4):
            second_step(browser, ticket, "000000", status=401)
        second_step(browser, ticket, codes[round_])
    gitu.sql("DELETE FROM identity_throttles")


# -- recovery codes -------------------------------------------------------------------------------------


def test_a_recovery_code_stands_in_for_the_app_once(gitu: GituServer) -> None:
    amal = gitu.person()
    _, codes = set_up(amal)
    assert len(set(codes)) == 10
    browser, ticket = first_step(gitu, amal)
    second_step(browser, ticket, codes[3].lower().replace("-", " "))
    assert amal.get("/me/second-factor")["recovery_codes_left"] == 9
    browser, ticket = first_step(gitu, amal)
    assert second_step(browser, ticket, codes[3], status=401)["code"] == "auth.code_wrong"
    second_step(browser, ticket, codes[4])


def test_fresh_recovery_codes_kill_the_old_ones(gitu: GituServer) -> None:
    amal = gitu.person()
    _, old = set_up(amal)
    fresh = amal.post("/me/second-factor/recovery-codes", {"password": PASSWORD})["codes"]
    browser, ticket = first_step(gitu, amal)
    second_step(browser, ticket, old[0], status=401)
    second_step(browser, ticket, fresh[0])


def test_neither_secret_nor_codes_lie_readable_in_the_database(gitu: GituServer) -> None:
    amal = gitu.person()
    started = amal.post("/me/second-factor")
    codes = amal.post("/me/second-factor/confirm", {"code": App(started["secret"]).code()})["codes"]
    kept = str(gitu.sql("SELECT encode(secret, 'escape') FROM identity_totp")) + str(
        gitu.sql("SELECT * FROM identity_recovery_codes")
    )
    assert started["secret"] not in kept
    assert not [code for code in codes if code in kept or code.replace("-", "") in kept]


def test_the_secret_is_among_those_that_a_key_rotation_reaches(gitu: GituServer) -> None:
    from gitu.kernel.crypto import reencrypt_all

    amal = gitu.person()
    app, _ = set_up(amal)
    keyring = gitu.services.keyring
    keyring.rotate()
    report = gitu.run(reencrypt_all(gitu.services.database, keyring))
    assert report.complete
    assert report.rewritten >= 1
    browser, ticket = first_step(gitu, amal)
    second_step(browser, ticket, app.code())


# -- setting up and switching off -----------------------------------------------------------------------


def test_setting_up_shows_the_secret_as_text_link_and_picture(gitu: GituServer) -> None:
    amal = gitu.person()
    started = amal.post("/me/second-factor")
    assert started["uri"].startswith("otpauth://totp/Gitu:")
    assert started["secret"] in started["uri"]
    assert started["qr"].startswith("data:image/svg+xml")
    assert amal.get("/me/second-factor") == {"enabled": False, "since": None, "recovery_codes_left": 0}
    # Nothing is asked for before it was confirmed.
    gitu.browser().post("/auth/sign-in", {"login": amal.login, "password": PASSWORD})


def test_a_first_code_must_be_right_and_beginning_anew_replaces_the_secret(gitu: GituServer) -> None:
    amal = gitu.person()
    old = App(amal.post("/me/second-factor")["secret"])
    new = App(amal.post("/me/second-factor")["secret"])
    for wrong in (old.code(), "000000", "ABCDEFGH"):
        problem = amal.post("/me/second-factor/confirm", {"code": wrong}, status=422)
        assert problem["fields"][0]["path"] == "code"
    amal.post("/me/second-factor/confirm", {"code": new.code()})
    assert amal.refused("POST", "/me/second-factor", status=409) == "auth.second_factor_there"
    again = amal.refused("POST", "/me/second-factor/confirm", {"code": new.code(1)}, status=409)
    assert again == "auth.second_factor_there"


def test_what_was_never_begun_can_not_be_confirmed_or_switched_off(gitu: GituServer) -> None:
    amal = gitu.person()
    missing = "auth.second_factor_missing"
    assert amal.refused("POST", "/me/second-factor/confirm", {"code": "123456"}, status=404) == missing
    assert amal.refused("POST", "/me/second-factor/disable", {"password": PASSWORD}, status=404) == missing
    assert amal.refused("POST", "/me/second-factor/recovery-codes", {"password": PASSWORD}, status=404) == missing


@pytest.mark.parametrize("by", ["password", "code", "recovery"])
def test_it_is_switched_off_by_password_or_code(gitu: GituServer, by: str) -> None:
    amal = gitu.person()
    app, codes = set_up(amal)
    proof = {"password": {"password": PASSWORD}, "code": {"code": app.code()}, "recovery": {"code": codes[0]}}[by]
    amal.post("/me/second-factor/disable", proof, status=204)
    assert amal.get("/me/second-factor")["enabled"] is False
    gitu.browser().post("/auth/sign-in", {"login": amal.login, "password": PASSWORD})


@pytest.mark.parametrize("proof", [{}, {"password": "not this one"}, {"code": "000000"}])
def test_whoever_only_has_the_open_window_can_not_switch_it_off(gitu: GituServer, proof: dict[str, str]) -> None:
    amal = gitu.person()
    set_up(amal)
    assert amal.refused("POST", "/me/second-factor/disable", proof, status=422) == "auth.password_wrong"
    for _ in range(4):
        amal.post("/me/second-factor/disable", proof, status=422)
    assert amal.refused("POST", "/me/second-factor/disable", {"password": PASSWORD}, status=429) == "auth.throttled"
    assert amal.get("/me/second-factor")["enabled"] is True
    gitu.sql("DELETE FROM identity_throttles")


def test_a_program_with_a_key_can_not_change_how_one_signs_in(gitu: GituServer) -> None:
    program = gitu.person().key("factors:read", "factors:write")
    assert program.get("/me/second-factor")["enabled"] is False
    for path in ("", "/confirm", "/recovery-codes", "/disable"):
        body = {"code": "123456"} if path else None
        assert program.refused("POST", f"/me/second-factor{path}", body, status=403) == "auth.person_needed"


# -- when the app and the codes are gone ----------------------------------------------------------------


def test_an_admin_takes_a_lost_second_factor_away_and_it_is_audited(gitu: GituServer) -> None:
    amal, admin, owner = gitu.person(), gitu.person(Role.ADMIN), gitu.person(Role.OWNER)
    set_up(amal)
    listed = admin.get("/users", query=amal.login)["items"]
    assert [user["second_factor"] for user in listed] == [True]
    admin.post(f"/users/{amal.id}/reset-second-factor", status=204)
    assert amal.get("/me/second-factor")["enabled"] is False
    rows = owner.get("/audit", action="identity.reset_second_factor", actor_id=str(admin.id))["items"]
    assert [row["outcome"] for row in rows] == ["ok"]
    assert admin.refused("POST", f"/users/{amal.id}/reset-second-factor", status=404) == "auth.second_factor_missing"


def test_nobody_takes_it_from_those_above_or_from_themselves(gitu: GituServer) -> None:
    member, admin, other, owner = (gitu.person(role) for role in (Role.MEMBER, Role.ADMIN, Role.ADMIN, Role.OWNER))
    for person in (admin, other, owner):
        set_up(person)
    path = "/users/{}/reset-second-factor"
    assert member.refused("POST", path.format(admin.id), status=403) == "auth.denied"
    for whose in (other, owner, admin):
        assert admin.refused("POST", path.format(whose.id), status=403) == "auth.owner_untouchable"
    assert owner.refused("POST", path.format(owner.id), status=403) == "auth.owner_untouchable"
    owner.post(path.format(other.id), status=204)
    assert member.refused("POST", path.format(member.id), status=403) == "auth.denied"


def test_the_terminal_of_the_machine_lets_the_owner_back_in(gitu: GituServer) -> None:
    from gitu.features.identity.schemas.factors import SecondFactor
    from gitu.kernel.auth.principal import Kind, Principal
    from tests.support.services import run

    owner = gitu.person(Role.OWNER)
    set_up(owner)
    # As the local token makes it: the owner, on no device.
    local = Principal(Kind.PERSON, owner.id, Role.OWNER, "owner")
    gitu.run(run(gitu.services, local, "identity.reset_second_factor", user_id=str(owner.id)))
    answer = gitu.run(run(gitu.services, local, "identity.get_second_factor"))
    assert isinstance(answer, SecondFactor)
    assert not answer.enabled
