"""How people get accounts: the owner's link, invitations, open sign-up; and what may be changed later."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from gitu.features.identity.api import new_owner_link
from gitu.kernel import clock
from gitu.kernel.auth.principal import Role
from tests.support.server import PASSWORD, Client, GituServer, Json

FreshGitu = Callable[..., GituServer]


def newcomer(login: str, **more: Any) -> Json:
    """What every way of making an account asks."""
    return {"name": "New Person", "login": login, "password": PASSWORD, "time_zone": "Africa/Cairo", **more}


def claim(gitu: GituServer, login: str = "owner") -> Client:
    """A browser whose person opened the owner's link."""
    link = gitu.run(new_owner_link(gitu.services))
    browser = gitu.browser()
    browser.post("/auth/setup", newcomer(login, token=link))
    return browser


def test_the_owner_s_link_makes_one_owner_once(fresh_gitu: FreshGitu) -> None:
    gitu = fresh_gitu()
    anyone = gitu.browser()
    assert anyone.get("/instance")["state"] == "owner_needed"
    link = gitu.run(new_owner_link(gitu.services))
    me = anyone.post("/auth/setup", newcomer("amal", token=link, language="ar"))
    assert me["role"] == "owner"
    assert me["preferences"]["language"] == "ar"
    assert anyone.get("/me")["login"] == "amal"
    assert anyone.get("/instance")["state"] == "ready"
    thief = gitu.browser()
    assert thief.refused("POST", "/auth/setup", newcomer("eve", token=link), status=409) == "auth.owner_exists"
    assert gitu.run(new_owner_link(gitu.services)) is None


def test_a_wrong_or_replaced_owner_s_link_is_refused(fresh_gitu: FreshGitu) -> None:
    gitu = fresh_gitu()
    old = gitu.run(new_owner_link(gitu.services))
    gitu.run(new_owner_link(gitu.services))
    for token in (old, "nonsense", "", "x" * 200):
        body = newcomer("eve", token=token)
        assert gitu.browser().refused("POST", "/auth/setup", body, status=404) == "auth.link_invalid"


def test_two_browsers_at_once_make_one_owner(fresh_gitu: FreshGitu) -> None:
    gitu = fresh_gitu()
    link = gitu.run(new_owner_link(gitu.services))
    browsers = [gitu.browser() for _ in range(6)]

    def setup(number: int) -> int:
        body = newcomer(f"p{number}", token=link)
        return browsers[number].http.post("/api/v1/auth/setup", json=body).status_code

    with ThreadPoolExecutor(6) as pool:
        codes = sorted(pool.map(setup, range(6)))
    assert codes == [200, 409, 409, 409, 409, 409]


def test_an_invitation_makes_one_account_with_its_role(gitu: GituServer) -> None:
    admin = gitu.person(Role.ADMIN)
    made = admin.post("/invitations", {"role": "guest", "note": "for Basil"})
    address, _, token = made["link"].partition("#")
    assert address == f"{gitu.url}/join"
    basil = gitu.browser()
    assert basil.post("/auth/accept-invitation", newcomer("basil-1", token=token))["role"] == "guest"
    body = newcomer("basil-2", token=token)
    assert gitu.browser().refused("POST", "/auth/accept-invitation", body, status=404) == "auth.link_invalid"
    listed = next(i for i in admin.get("/invitations")["items"] if i["id"] == made["invitation"]["id"])
    assert listed["used_at"] is not None
    assert token not in str(listed)


def test_an_invitation_runs_out_and_can_be_revoked(gitu: GituServer) -> None:
    admin = gitu.person(Role.ADMIN)
    old, revoked = (admin.post("/invitations", {"role": "member"}) for _ in range(2))
    admin.delete(f"/invitations/{revoked['invitation']['id']}")
    tokens = [made["link"].partition("#")[2] for made in (old, revoked)]
    body = newcomer("late-2", token=tokens[1])
    assert gitu.browser().refused("POST", "/auth/accept-invitation", body, status=404) == "auth.link_invalid"
    with clock.travel(timedelta(days=7, seconds=1), ticking=True):
        body = newcomer("late-1", token=tokens[0])
        assert gitu.browser().refused("POST", "/auth/accept-invitation", body, status=404) == "auth.link_invalid"


def test_only_the_owner_invites_admins_and_members_invite_nobody(gitu: GituServer) -> None:
    assert gitu.person(Role.MEMBER).refused("POST", "/invitations", {}, status=403) == "auth.denied"
    admin = gitu.person(Role.ADMIN)
    assert admin.refused("POST", "/invitations", {"role": "admin"}, status=403) == "auth.owner_untouchable"
    assert gitu.person(Role.OWNER).post("/invitations", {"role": "admin"})["invitation"]["role"] == "admin"
    assert admin.refused("POST", "/invitations", {"role": "owner"}, status=422) == "input.invalid"


def test_sign_up_is_closed_until_the_owner_opens_it(fresh_gitu: FreshGitu) -> None:
    gitu = fresh_gitu()
    stranger = gitu.browser()
    assert stranger.refused("POST", "/auth/sign-up", newcomer("s"), status=403) == "auth.sign_up_closed"
    owner = claim(gitu)
    assert stranger.refused("POST", "/auth/sign-up", newcomer("s"), status=403) == "auth.sign_up_closed"
    assert owner.patch("/instance/settings", {"sign_up": "open", "name": "Home"})["name"] == "Home"
    assert stranger.post("/auth/sign-up", newcomer("s"))["role"] == "member"
    assert stranger.get("/instance")["name"] == "Home"
    owner.patch("/instance/settings", {"sign_up": "invitation"})
    assert gitu.browser().refused("POST", "/auth/sign-up", newcomer("t"), status=403) == "auth.sign_up_closed"


def test_a_sign_in_name_is_taken_whatever_its_capitals(gitu: GituServer) -> None:
    admin = gitu.person(Role.ADMIN)
    token = admin.post("/invitations", {})["link"].partition("#")[2]
    browser = gitu.browser()
    body = newcomer(admin.login.upper(), token=token)
    assert browser.refused("POST", "/auth/accept-invitation", body, status=409) == "auth.login_taken"
    browser.post("/auth/accept-invitation", newcomer(f"{admin.login}-2", token=token))


def test_two_newcomers_with_one_name_at_once_make_one_account(gitu: GituServer) -> None:
    admin = gitu.person(Role.ADMIN)
    tokens = [admin.post("/invitations", {})["link"].partition("#")[2] for _ in range(4)]
    browsers = [gitu.browser() for _ in tokens]

    def join(number: int) -> int:
        body = newcomer("twin-name", token=tokens[number])
        return browsers[number].http.post("/api/v1/auth/accept-invitation", json=body).status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(join, range(4))) == [200, 409, 409, 409]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"password": "short"}, "password"),
        ({"password": "aaaaaaaaaaaaaa"}, "password"),
        ({"login": "with space"}, "login"),
        ({"login": ""}, "login"),
        ({"login": "a\u202eb"}, "login"),
        ({"name": " "}, "name"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"language": "xx"}, "language"),
        ({"role": "owner"}, "role"),
    ],
)
def test_what_does_not_fit_a_new_account_is_named(gitu: GituServer, change: Json, field: str) -> None:
    admin = gitu.person(Role.ADMIN)
    token = admin.post("/invitations", {})["link"].partition("#")[2]
    body = newcomer("fitting", token=token) | change
    problem = gitu.browser().post("/auth/accept-invitation", body, status=422)
    assert [one["path"] for one in problem["fields"]] == [field], problem


def test_a_password_change_signs_out_the_other_devices(gitu: GituServer) -> None:
    amal = gitu.person()
    other, new = gitu.again(amal), "a quiet river bends"
    wrong = amal.post("/me/password", {"current": "not it at all", "new": new}, status=422)
    assert wrong["code"] == "auth.password_wrong"
    weak = amal.post("/me/password", {"current": PASSWORD, "new": "x"}, status=422)
    assert weak["fields"][0]["path"] == "new"
    other.get("/me")
    amal.post("/me/password", {"current": PASSWORD, "new": new}, status=204)
    amal.get("/me")
    assert other.refused("GET", "/me", status=401) == "auth.expired"
    browser = gitu.browser()
    old = {"login": amal.login, "password": PASSWORD}
    assert browser.refused("POST", "/auth/sign-in", old, status=401) == "auth.sign_in_failed"
    browser.post("/auth/sign-in", {"login": amal.login, "password": new})


def test_preferences_change_one_by_one(gitu: GituServer) -> None:
    amal = gitu.person()
    amal.patch("/me/preferences", {"theme": "dark"})
    amal.patch("/me/preferences", {"quiet_hours": {"start": "22:00", "end": "07:00"}})
    preferences = amal.patch("/me/preferences", {"language": "ar"})["preferences"]
    assert (preferences["theme"], preferences["language"]) == ("dark", "ar")
    assert preferences["quiet_hours"] == {"start": "22:00", "end": "07:00"}
    assert amal.patch("/me/preferences", {"quiet_hours": None})["preferences"]["quiet_hours"] is None
    assert amal.patch("/me", {"name": "أمل"})["name"] == "أمل"
    problem = amal.ask("PATCH", "/me/preferences", {"theme": "purple"}, status=422)
    assert [one["path"] for one in problem["fields"]] == ["theme"]


def test_errors_come_in_the_person_s_language(gitu: GituServer) -> None:
    amal = gitu.person(language="ar")
    visitor = gitu.client(**{"accept-language": "ar"})
    for problem in (amal.ask("GET", "/users", status=403), visitor.get("/me", status=401)):
        assert any("\u0600" <= letter <= "\u06ff" for letter in problem["detail"]), problem


def test_a_role_change_holds_at_once(gitu: GituServer) -> None:
    owner, amal = gitu.person(Role.OWNER), gitu.person(Role.ADMIN)
    amal.get("/users")
    owner.patch(f"/users/{amal.id}", {"role": "member"})
    assert amal.refused("GET", "/users", status=403) == "auth.denied"
    assert amal.get("/me")["role"] == "member"


def test_a_disabled_account_is_out_at_once_and_can_come_back(gitu: GituServer) -> None:
    owner, amal = gitu.person(Role.OWNER), gitu.person()
    program = amal.key("me:read")
    program.get("/me")
    owner.patch(f"/users/{amal.id}", {"disabled": True})
    assert amal.refused("GET", "/me", status=401) == "auth.expired"
    assert program.refused("GET", "/me", status=401) == "auth.token_invalid"
    body = {"login": amal.login, "password": PASSWORD}
    assert gitu.browser().refused("POST", "/auth/sign-in", body, status=401) == "auth.sign_in_failed"
    owner.patch(f"/users/{amal.id}", {"disabled": False})
    gitu.browser().post("/auth/sign-in", body)
    program.get("/me")


def test_nobody_changes_their_own_role_or_the_owner_s(gitu: GituServer) -> None:
    owner, admin, other = gitu.person(Role.OWNER), gitu.person(Role.ADMIN), gitu.person(Role.ADMIN)
    for actor, target, body in (
        (owner, owner, {"role": "member"}),
        (admin, owner, {"disabled": True}),
        (admin, admin, {"role": "guest"}),
        (admin, other, {"disabled": True}),
    ):
        path = f"/users/{target.id}"
        assert actor.refused("PATCH", path, body, status=403) == "auth.owner_untouchable"
    member = gitu.person()
    assert admin.refused("PATCH", f"/users/{member.id}", {"role": "admin"}, status=403) == "auth.owner_untouchable"
    assert member.refused("PATCH", f"/users/{admin.id}", {"role": "guest"}, status=403) == "auth.denied"
