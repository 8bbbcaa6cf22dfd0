"""Signing in with an OpenID provider: a real one on loopback, honest or not."""

import hmac
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from joserfc.jwk import RSAKey

from gitu.kernel import clock
from gitu.kernel.auth.principal import Role
from gitu.kernel.tls import trusted
from tests.servers.openid import CLIENT_ID, CLIENT_SECRET, OpenIdServer
from tests.support.authenticator import b64
from tests.support.server import Client, GituServer, Json

FreshGitu = Callable[..., GituServer]
OWNERS: dict[str, Client] = {}  # of the servers of these tests, by their address


@pytest.fixture
def provider() -> Iterator[OpenIdServer]:
    """A provider at which everyone is Amal, until told otherwise."""
    with OpenIdServer() as server:
        yield server


@pytest.fixture
def home(fresh_gitu: FreshGitu, provider: OpenIdServer) -> GituServer:
    """A Gitu whose owner has set the provider up."""
    gitu = fresh_gitu()
    OWNERS[gitu.url] = gitu.person(Role.OWNER)
    set_up(gitu, provider)
    return gitu


def set_up(gitu: GituServer, provider: OpenIdServer, **more: Any) -> Json:
    """Tell Gitu of the provider."""
    body = {"name": "Example", "issuer": provider.url, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, **more}
    return owner(gitu).put("/instance/openid", body)


def owner(gitu: GituServer) -> Client:
    """The owner of that Gitu."""
    return OWNERS[gitu.url]


def go(browser: Client, path: str = "/auth/openid/start", **body: Any) -> str:
    """Go to the provider; returns where it sends the browser back to."""
    url = browser.post(path, body)["url"]
    return httpx2.get(url, follow_redirects=False, trust_env=False, verify=trusted()).headers["location"]


def come_back(browser: Client, location: str) -> str:
    """Come back; returns where Gitu leads to."""
    answer = browser.http.get(location, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def sign_in(browser: Client, **body: Any) -> str:
    """There and back."""
    return come_back(browser, go(browser, **body))


def open_the_door(gitu: GituServer) -> None:
    """Let everyone sign up."""
    owner(gitu).patch("/instance/settings", {"sign_up": "open"})


def link(gitu: GituServer, browser: Client) -> None:
    """Link the account at the provider to whoever is signed in there."""
    assert come_back(browser, go(browser, "/me/openid/start", next="/settings/sign-in")) == "/settings/sign-in"


def signed_in_browser(gitu: GituServer, role: Role = Role.MEMBER) -> Client:
    """A browser with someone's cookies."""
    person = gitu.person(role)
    browser = gitu.browser()
    browser.http.cookies.set("gitu_access", person.token, path="/")
    return browser


def test_someone_new_joins_where_the_door_is_open_and_comes_back_as_the_same(home: GituServer) -> None:
    open_the_door(home)
    browser = home.browser()
    assert sign_in(browser, next="/settings/devices") == "/settings/devices"
    me = browser.get("/me")
    assert (me["name"], me["login"], me["role"]) == ("Amal Haddad", "amal-h", "member")
    assert {device["method"] for device in browser.get("/devices")["items"]} == {"openid"}
    again = home.browser()
    assert sign_in(again) == "/"
    assert again.get("/me")["id"] == me["id"]


def test_someone_new_is_turned_away_where_one_comes_by_invitation(home: GituServer) -> None:
    browser = home.browser()
    assert sign_in(browser) == "/sign-in#problem=auth.sign_up_closed"
    assert browser.refused("GET", "/me", status=401) == "auth.required"


def test_an_invitation_lets_someone_in_once_with_its_role(home: GituServer, provider: OpenIdServer) -> None:
    made = owner(home).post("/invitations", {"role": "guest"})
    token = made["link"].partition("#")[2]
    browser = home.browser()
    assert sign_in(browser, invitation=token) == "/"
    assert browser.get("/me")["role"] == "guest"
    provider.someone = {"sub": "s-2"}
    assert sign_in(home.browser(), invitation=token) == "/sign-in#problem=auth.link_invalid"


def test_an_address_that_the_provider_tells_links_nothing_by_itself(home: GituServer, provider: OpenIdServer) -> None:
    open_the_door(home)
    amal = home.person()
    provider.someone = {"sub": "thief", "preferred_username": amal.login, "email": amal.login, "email_verified": True}
    browser = home.browser()
    sign_in(browser)
    me = browser.get("/me")
    assert me["id"] != str(amal.id)
    assert me["login"] == f"{amal.login}-2"


def test_an_account_is_linked_by_whoever_is_signed_in_and_unlinked_again(home: GituServer) -> None:
    amal = signed_in_browser(home)
    link(home, amal)
    kept = amal.get("/me/openid")["items"]
    assert len(kept) == 1
    browser = home.browser()
    sign_in(browser)
    assert browser.get("/me")["id"] == amal.get("/me")["id"]
    link(home, amal)  # a second time changes nothing
    eve = home.person(Role.ADMIN)
    assert eve.get("/me/openid")["items"] == []
    assert eve.refused("DELETE", f"/me/openid/{kept[0]['id']}", status=404) == "not_found"
    amal.delete(f"/me/openid/{kept[0]['id']}")
    assert sign_in(home.browser()) == "/sign-in#problem=auth.sign_up_closed"


def test_an_account_that_signs_somebody_else_in_can_not_be_linked(home: GituServer) -> None:
    link(home, signed_in_browser(home))
    eve = signed_in_browser(home)
    assert come_back(eve, go(eve, "/me/openid/start")) == "/sign-in#problem=auth.openid_taken"


def test_a_link_begun_by_one_is_not_finished_by_another(home: GituServer) -> None:
    amal, eve = signed_in_browser(home), signed_in_browser(home)
    location = go(amal, "/me/openid/start")
    eve.http.cookies.set("gitu_openid", amal.http.cookies["gitu_openid"], path="/api/v1/auth/openid")
    assert come_back(eve, location) == "/sign-in#problem=auth.openid_state"
    assert eve.get("/me/openid")["items"] == []


def test_a_sign_in_counts_only_in_the_browser_that_began_it_and_once(home: GituServer) -> None:
    open_the_door(home)
    thief, victim = home.browser(), home.browser()
    location = go(thief)
    go(victim)
    assert come_back(victim, location) == "/sign-in#problem=auth.openid_state"
    browser = home.browser()
    location = go(browser)
    cookie = browser.http.cookies["gitu_openid"]
    assert come_back(browser, location) == "/"
    browser.http.cookies.set("gitu_openid", cookie, path="/api/v1/auth/openid")
    assert come_back(browser, location) == "/sign-in#problem=auth.openid_state"


def test_a_sign_in_that_took_too_long_begins_again(home: GituServer) -> None:
    from datetime import timedelta

    browser = home.browser()
    location = go(browser)
    with clock.travel(timedelta(minutes=11), ticking=True):
        assert come_back(browser, location) == "/sign-in#problem=auth.openid_state"


def test_whoever_turns_back_at_the_provider_is_told_so(home: GituServer) -> None:
    browser = home.browser()
    go(browser)
    back = "/api/v1/auth/openid/callback?error=access_denied"
    assert come_back(browser, back) == "/sign-in#problem=auth.openid_cancelled"


def test_the_second_factor_is_asked_for_here_too(home: GituServer) -> None:
    from tests.features.identity.test_factors import App

    amal = signed_in_browser(home)
    link(home, amal)
    app = App(amal.post("/me/second-factor")["secret"])
    amal.post("/me/second-factor/confirm", {"code": app.code(-1)})
    browser = home.browser()
    where = sign_in(browser)
    assert where.startswith("/sign-in#step=gitu_step_")
    assert browser.refused("GET", "/me", status=401) == "auth.required"
    browser.post("/auth/second-step", {"ticket": where.partition("=")[2], "code": app.code()})
    assert browser.get("/me")["id"] == amal.get("/me")["id"]


def test_someone_whose_access_was_closed_does_not_come_in(home: GituServer) -> None:
    amal = signed_in_browser(home)
    link(home, amal)
    owner(home).patch(f"/users/{amal.get('/me')['id']}", {"disabled": True})
    assert sign_in(home.browser()) == "/sign-in#problem=auth.sign_in_failed"


def test_without_a_password_the_last_link_stays(home: GituServer) -> None:
    open_the_door(home)
    browser = home.browser()
    sign_in(browser)
    kept = browser.get("/me/openid")["items"][0]["id"]
    assert browser.refused("DELETE", f"/me/openid/{kept}", status=409) == "auth.last_way_in"


# -- a provider that is not what it says ----------------------------------------------------------------


SPOILS: dict[str, Callable[[dict[str, Any]], None]] = {
    "issuer": lambda claims: claims.update(iss="https://evil.example"),
    "audience": lambda claims: claims.update(aud="another program"),
    "azp": lambda claims: claims.update(aud=[CLIENT_ID, "another program"], azp="another program"),
    "nonce": lambda claims: claims.update(nonce="replayed"),
    "no nonce": lambda claims: claims.pop("nonce"),
    "expired": lambda claims: claims.update(exp=claims["iat"] - 600),
    "no subject": lambda claims: claims.pop("sub"),
    "future": lambda claims: claims.update(iat=claims["iat"] + 3600),
}


@pytest.mark.parametrize("spoil", SPOILS.values(), ids=SPOILS)
def test_a_proof_that_does_not_hold_signs_nobody_in(
    home: GituServer, provider: OpenIdServer, spoil: Callable[[dict[str, Any]], None]
) -> None:
    open_the_door(home)
    provider.spoil = spoil
    assert sign_in(home.browser()) == "/sign-in#problem=auth.provider_failed"


def test_a_proof_under_another_key_signs_nobody_in(home: GituServer, provider: OpenIdServer) -> None:
    open_the_door(home)
    provider.signing_key = RSAKey.generate_key(2048, {"kid": "one"})
    assert sign_in(home.browser()) == "/sign-in#problem=auth.provider_failed"


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_proof_that_is_not_signed_by_the_provider_alone_is_refused(provider: OpenIdServer, algorithm: str) -> None:
    from gitu.features.identity.errors import ProviderFailed
    from gitu.features.identity.provider import Provider, prove

    known = Provider("x", provider.url, CLIENT_ID, CLIENT_SECRET, fixed=False)
    head, body = (b64(json.dumps(part).encode()) for part in ({"alg": algorithm}, {"sub": "s-1"}))
    signed = hmac.digest(CLIENT_SECRET.encode(), f"{head}.{body}".encode(), "sha256") if algorithm != "none" else b""
    keys = {"keys": [{"kty": "oct", "k": b64(CLIENT_SECRET.encode())}]}
    with pytest.raises(ProviderFailed):
        prove(known, f"{head}.{body}.{b64(signed)}", keys, nonce="x")
    assert CLIENT_SECRET not in repr(known)


# -- which provider -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "discovery",
    [{"issuer": "https://evil.example"}, {"token_endpoint": "http://elsewhere.example/"}, {"jwks_uri": ""}],
    ids=["another issuer", "plain http", "no keys"],
)
def test_a_provider_that_does_not_fit_is_not_kept(
    home: GituServer, provider: OpenIdServer, discovery: dict[str, str]
) -> None:
    provider.discovery = discovery
    body = {"name": "x", "issuer": provider.url, "client_id": "x"}
    assert owner(home).refused("PUT", "/instance/openid", body, status=502) == "auth.provider_failed"


@pytest.mark.parametrize("issuer", ["http://elsewhere.example", "ftp://x", "nonsense", "http://127.0.0.1:9"])
def test_an_issuer_has_to_answer_over_https(home: GituServer, issuer: str) -> None:
    body = {"name": "x", "issuer": issuer, "client_id": "x"}
    assert owner(home).refused("PUT", "/instance/openid", body, status=502) == "auth.provider_failed"


def test_the_secret_stays_here_and_with_its_issuer(home: GituServer, provider: OpenIdServer) -> None:
    shown = owner(home).get("/instance/openid")["items"][0]
    assert shown["has_secret"] is True
    assert CLIENT_SECRET not in str(shown)
    assert CLIENT_SECRET not in str(home.sql("SELECT encode(client_secret, 'escape') FROM identity_openid_provider"))
    assert set_up(home, provider, client_secret=None, name="Renamed")["has_secret"] is True
    with OpenIdServer() as other:
        assert set_up(home, other, client_secret=None)["has_secret"] is False


@pytest.mark.parametrize("methods", [["client_secret_post"], ["client_secret_basic"]])
def test_the_secret_goes_as_the_provider_wants_it(home: GituServer, provider: OpenIdServer, methods: list[str]) -> None:
    open_the_door(home)
    provider.methods = methods
    assert sign_in(home.browser()) == "/"


def test_a_program_without_a_secret_proves_itself_by_the_verifier(home: GituServer, provider: OpenIdServer) -> None:
    owner(home).delete("/instance/openid")
    provider.secret = None
    set_up(home, provider, client_secret=None)
    open_the_door(home)
    assert sign_in(home.browser()) == "/"


def test_only_admins_say_which_provider_and_a_removed_one_signs_nobody_in(home: GituServer) -> None:
    member = home.person()
    assert member.refused("GET", "/instance/openid", status=403) == "auth.denied"
    assert member.refused("DELETE", "/instance/openid", status=403) == "auth.denied"
    assert home.client().get("/instance")["openid"] == "Example"
    owner(home).delete("/instance/openid")
    assert home.client().get("/instance")["openid"] is None
    assert home.browser().refused("POST", "/auth/openid/start", {}, status=404) == "auth.provider_missing"
    assert owner(home).refused("DELETE", "/instance/openid", status=404) == "auth.provider_missing"


def test_a_provider_of_the_settings_wins_and_stays(fresh_gitu: FreshGitu, provider: OpenIdServer) -> None:
    gitu = fresh_gitu(
        openid_issuer=provider.url, openid_client_id=CLIENT_ID, openid_client_secret=CLIENT_SECRET, openid_name="Work"
    )
    OWNERS[gitu.url] = gitu.person(Role.OWNER)
    assert gitu.client().get("/instance")["openid"] == "Work"
    assert owner(gitu).get("/instance/openid")["items"][0]["fixed"] is True
    body = {"name": "x", "issuer": provider.url, "client_id": "x"}
    assert owner(gitu).refused("PUT", "/instance/openid", body, status=409) == "auth.provider_fixed"
    open_the_door(gitu)
    assert sign_in(gitu.browser()) == "/"


@pytest.mark.parametrize("wanted", ["https://evil.example", "//evil.example", "/\\evil.example", "x"])
def test_the_way_back_leads_to_our_own_pages_only(home: GituServer, wanted: str) -> None:
    assert home.browser().refused("POST", "/auth/openid/start", {"next": wanted}, status=422) == "input.invalid"


def test_the_way_there_says_what_it_must(home: GituServer) -> None:
    browser = home.browser()
    query = parse_qs(urlsplit(browser.post("/auth/openid/start", {})["url"]).query)
    assert query["redirect_uri"] == [f"{home.services.base_url}/api/v1/auth/openid/callback"]
    assert query["response_type"] == ["code"]
    cookie = browser.http.cookies["gitu_openid"]
    assert cookie not in str(query)
    assert cookie not in str(home.sql("SELECT * FROM identity_tickets"))
    assert query["nonce"][0] not in str(home.sql("SELECT * FROM identity_tickets"))


def test_a_program_with_a_key_can_not_link_an_account(home: GituServer) -> None:
    program = home.person().key("factors:write")
    assert program.refused("POST", "/me/openid/start", {}, status=403) == "auth.person_needed"
