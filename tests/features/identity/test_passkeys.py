"""Passkeys: made for this Gitu alone, proved by a signature over a challenge that counts once."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from gitu.features.identity.passkeys import MOST, relying_party
from gitu.kernel import clock
from gitu.kernel.auth.principal import Role
from tests.support.authenticator import PRESENT, Authenticator
from tests.support.server import Client, GituServer, Json, Person


def authenticator(gitu: GituServer) -> Authenticator:
    """A device on a page of this Gitu."""
    return Authenticator(f"http://localhost:{urlsplit(gitu.url).port}")


def add(person: Person, device: Authenticator, name: str = "Laptop", *, status: int = 200) -> Json:
    """Make a passkey and keep it."""
    asked = person.post("/me/passkeys/options")
    made = device.create(asked["options"])
    return person.post("/me/passkeys", {"ticket": asked["ticket"], "name": name, "credential": made}, status=status)


def sign_in(gitu: GituServer, device: Authenticator, *, status: int = 200) -> tuple[Client, Json]:
    """Sign in with the passkey, in a fresh browser."""
    browser = gitu.browser()
    asked = browser.post("/auth/passkey/options")
    body = {"ticket": asked["ticket"], "credential": device.get(asked["options"])}
    return browser, browser.post("/auth/passkey", body, status=status)


def test_a_passkey_signs_in_without_name_and_password(gitu: GituServer) -> None:
    amal, device = gitu.person(), authenticator(gitu)
    assert add(amal, device)["last_used_at"] is None
    browser, me = sign_in(gitu, device)
    assert me["login"] == amal.login
    methods = {one["method"] for one in browser.get("/devices")["items"] if one["current"]}
    assert methods == {"passkey"}
    assert amal.get("/me/passkeys")["items"][0]["last_used_at"] is not None


def test_a_passkey_is_both_factors_at_once(gitu: GituServer) -> None:
    from tests.features.identity.test_factors import set_up

    amal, device = gitu.person(), authenticator(gitu)
    add(amal, device)
    set_up(amal)
    sign_in(gitu, device)


def test_passkeys_are_listed_renamed_and_removed(gitu: GituServer) -> None:
    amal, device = gitu.person(), authenticator(gitu)
    kept = add(amal, device)
    add(amal, authenticator(gitu), "Phone")
    amal.patch(f"/me/passkeys/{kept['id']}", {"name": "Old laptop"})
    assert [one["name"] for one in amal.get("/me/passkeys")["items"]] == ["Phone", "Old laptop"]
    first = amal.get("/me/passkeys", limit=1)
    assert [one["name"] for one in amal.get("/me/passkeys", cursor=first["next_cursor"])["items"]] == ["Old laptop"]
    amal.delete(f"/me/passkeys/{kept['id']}")
    assert sign_in(gitu, device, status=401)[1]["code"] == "auth.passkey_refused"
    assert amal.refused("DELETE", f"/me/passkeys/{kept['id']}", status=404) == "not_found"


def test_another_person_s_passkeys_are_not_there(gitu: GituServer) -> None:
    amal, eve = gitu.person(), gitu.person(Role.ADMIN)
    kept = add(amal, authenticator(gitu))
    assert eve.get("/me/passkeys")["items"] == []
    assert eve.refused("PATCH", f"/me/passkeys/{kept['id']}", {"name": "Eve's"}, status=404) == "not_found"
    assert eve.refused("DELETE", f"/me/passkeys/{kept['id']}", status=404) == "not_found"


def test_a_passkey_of_another_person_can_not_be_made_one_s_own(gitu: GituServer) -> None:
    amal, eve, device = gitu.person(), gitu.person(), authenticator(gitu)
    add(amal, device)
    assert add(eve, device, status=422)["code"] == "auth.passkey_invalid"
    asked = amal.post("/me/passkeys/options")
    body = {"ticket": asked["ticket"], "name": "Eve's", "credential": authenticator(gitu).create(asked["options"])}
    assert eve.refused("POST", "/me/passkeys", body, status=422) == "auth.passkey_invalid"


def spoil_origin(device: Authenticator) -> None:
    device.origin = "https://evil.example"


def spoil_party(device: Authenticator) -> None:
    device.rp_id = "evil.example"


def spoil_verification(device: Authenticator) -> None:
    device.flags = PRESENT


def spoil_presence(device: Authenticator) -> None:
    device.flags = 0


def spoil_key(device: Authenticator) -> None:
    device.key = Authenticator("").key


def spoil_handle(device: Authenticator) -> None:
    device.handle = bytes(16)


def spoil_count(device: Authenticator) -> None:
    device.sign_count = 0  # a copy that was made before the passkey was used


SPOILS = [spoil_origin, spoil_party, spoil_verification, spoil_presence, spoil_key, spoil_handle, spoil_count]


@pytest.mark.parametrize("spoil", SPOILS)
def test_what_does_not_fit_signs_nobody_in(gitu: GituServer, spoil: Callable[[Authenticator], None]) -> None:
    amal, device = gitu.person(), authenticator(gitu)
    device.sign_count = 5
    add(amal, device)
    spoil(device)
    assert sign_in(gitu, device, status=401)[1]["code"] == "auth.passkey_refused"
    gitu.sql("DELETE FROM identity_throttles")


@pytest.mark.parametrize("spoil", SPOILS[:4])
def test_what_does_not_fit_is_not_kept(gitu: GituServer, spoil: Callable[[Authenticator], None]) -> None:
    amal, device = gitu.person(), authenticator(gitu)
    spoil(device)
    assert add(amal, device, status=422)["code"] == "auth.passkey_invalid"
    assert amal.get("/me/passkeys")["items"] == []


def test_an_answer_counts_once(gitu: GituServer) -> None:
    amal, device, browser = gitu.person(), authenticator(gitu), gitu.browser()
    add(amal, device)
    asked = browser.post("/auth/passkey/options")
    body = {"ticket": asked["ticket"], "credential": device.get(asked["options"])}
    browser.post("/auth/passkey", body)
    assert gitu.browser().refused("POST", "/auth/passkey", body, status=401) == "auth.passkey_refused"
    # Nor does it fit another challenge.
    other = gitu.browser().post("/auth/passkey/options")
    moved = {**body, "ticket": other["ticket"]}
    assert gitu.browser().refused("POST", "/auth/passkey", moved, status=401) == "auth.passkey_refused"


def test_a_challenge_dies_after_five_minutes(gitu: GituServer) -> None:
    amal, device, browser = gitu.person(), authenticator(gitu), gitu.browser()
    add(amal, device)
    asked = browser.post("/auth/passkey/options")
    body = {"ticket": asked["ticket"], "credential": device.get(asked["options"])}
    new = amal.post("/me/passkeys/options")
    made = {"ticket": new["ticket"], "name": "x", "credential": authenticator(gitu).create(new["options"])}
    with clock.travel(timedelta(minutes=5, seconds=1), ticking=True):
        assert browser.refused("POST", "/auth/passkey", body, status=401) == "auth.passkey_refused"
        assert amal.refused("POST", "/me/passkeys", made, status=422) == "auth.passkey_invalid"


def test_someone_whose_access_was_closed_does_not_come_in(gitu: GituServer) -> None:
    amal, owner, device = gitu.person(), gitu.person(Role.OWNER), authenticator(gitu)
    add(amal, device)
    owner.patch(f"/users/{amal.id}", {"disabled": True})
    sign_in(gitu, device, status=401)


@pytest.mark.parametrize(
    "credential",
    [
        {},
        {"rawId": 1},
        {"rawId": "é"},
        {"rawId": "AAAA", "response": []},
        {"rawId": "A", "response": {"userHandle": {}}},
    ],
)
def test_nonsense_is_refused_and_not_a_failure(gitu: GituServer, credential: Json) -> None:
    browser, amal = gitu.browser(), gitu.person()
    ticket = browser.post("/auth/passkey/options")["ticket"]
    body = {"ticket": ticket, "credential": credential}
    assert browser.refused("POST", "/auth/passkey", body, status=401) == "auth.passkey_refused"
    new = {"ticket": amal.post("/me/passkeys/options")["ticket"], "name": "x", "credential": credential}
    assert amal.refused("POST", "/me/passkeys", new, status=422) == "auth.passkey_invalid"


def test_nonsense_for_a_passkey_that_is_there_is_refused_too(gitu: GituServer) -> None:
    amal, device, browser = gitu.person(), authenticator(gitu), gitu.browser()
    add(amal, device)
    asked = browser.post("/auth/passkey/options")
    credential = {**device.get(asked["options"]), "response": {"userHandle": None}}
    body = {"ticket": asked["ticket"], "credential": credential}
    assert browser.refused("POST", "/auth/passkey", body, status=401) == "auth.passkey_refused"


def test_a_program_with_a_key_can_not_add_a_passkey(gitu: GituServer) -> None:
    program = gitu.person().key("factors:write")
    assert program.refused("POST", "/me/passkeys/options", status=403) == "auth.person_needed"
    body = {"ticket": "x", "name": "x", "credential": {}}
    assert program.refused("POST", "/me/passkeys", body, status=403) == "auth.person_needed"


def test_there_is_a_bound_to_how_many_one_has(gitu: GituServer) -> None:
    amal = gitu.person()
    gitu.sql(
        "INSERT INTO identity_passkeys (id, owner_id, name, credential_id, public_key, sign_count, synced, created_at)"
        " SELECT gen_random_uuid(), :id, 'x', decode(md5(:text || n), 'hex'), '', 0, false, now()"
        " FROM generate_series(1, :most) AS n",
        id=amal.id,
        text=str(amal.id),
        most=MOST,
    )
    assert amal.refused("POST", "/me/passkeys/options", status=409) == "auth.too_many_passkeys"


def test_the_only_way_in_can_not_be_removed(gitu: GituServer) -> None:
    amal = gitu.person()
    first = add(amal, authenticator(gitu))
    gitu.sql("UPDATE identity_users SET password_hash = '' WHERE id = :id", id=amal.id)
    assert amal.refused("DELETE", f"/me/passkeys/{first['id']}", status=409) == "auth.last_way_in"
    add(amal, authenticator(gitu), "Phone")
    amal.delete(f"/me/passkeys/{first['id']}")


def test_a_passkey_is_for_the_public_address_where_there_is_one(fresh_gitu: Callable[..., GituServer]) -> None:
    gitu = fresh_gitu(public_url="https://gitu.example.org")
    assert relying_party(gitu.services) == ("gitu.example.org", "https://gitu.example.org")
    device = Authenticator("https://gitu.example.org", rp_id="gitu.example.org")
    amal = gitu.person()
    add(amal, device)
    sign_in(gitu, device)
    assert add(amal, Authenticator(gitu.url), status=422)["code"] == "auth.passkey_invalid"
