"""Linking terminals: by a token made in the web app, and by a code that a phone scans."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection
from websockets.sync.client import connect as open_socket

from gitu.features.identity.tickets import MOST_FROM_AN_ADDRESS
from gitu.kernel import clock
from gitu.kernel.auth.principal import Role
from tests.support.server import API, Client, GituServer, Json, Person


def terminal(gitu: GituServer, name: str = "desk") -> Client:
    """A terminal that nobody has signed in."""
    return gitu.client(**{"user-agent": f"gitu-cli {name}"})


def redeem(gitu: GituServer, token: str, *, status: int = 200, device_id: str = "", name: str = "desk") -> Json:
    """Type a token into a terminal."""
    body = {"token": token, "device_id": device_id or str(uuid4())}
    return terminal(gitu, name).post("/auth/pairing-token", body, status=status)


def signed(gitu: GituServer, tokens: Json) -> Client:
    """The terminal after it was linked."""
    return gitu.client(authorization=f"Bearer {tokens['access_token']}")


def start(gitu: GituServer, name: str = "desk") -> Json:
    """A terminal draws a code."""
    return terminal(gitu, name).post("/auth/pairings", {"device_id": str(uuid4())})


def scanned(started: Json) -> str:
    """What a phone reads from the code."""
    return str(started["link"]).partition("#")[2]


@contextmanager
def waiting(gitu: GituServer, claim: str) -> Generator[ClientConnection]:
    """The terminal's socket."""
    address = gitu.url.replace("http://", "ws://") + f"{API}/auth/pairings/wait"
    with open_socket(address, open_timeout=10, proxy=None) as socket:
        socket.send(json.dumps({"type": "wait", "claim": claim}))
        yield socket


def told(socket: ClientConnection) -> str:
    """What the server said."""
    return str(json.loads(socket.recv(timeout=20))["type"])


# -- by a token -----------------------------------------------------------------------------------------


def test_a_token_links_a_terminal_once(gitu: GituServer) -> None:
    amal = gitu.person()
    made = amal.post("/pairing-tokens")
    linked = redeem(gitu, made["token"])
    assert linked["me"]["login"] == amal.login
    assert signed(gitu, linked).get("/me")["login"] == amal.login
    assert redeem(gitu, made["token"], status=404)["code"] == "auth.pairing_invalid"


def test_a_linked_terminal_is_listed_with_its_name_and_how_it_came(gitu: GituServer) -> None:
    amal = gitu.person()
    redeem(gitu, amal.post("/pairing-tokens")["token"], name="workshop")
    found = amal.get("/devices", kind="terminal")["items"]
    assert ("Terminal · workshop", "pairing") in {(device["name"], device["method"]) for device in found}
    assert amal.get("/devices", kind="browser")["items"] == []


def test_a_token_dies_after_five_minutes(gitu: GituServer) -> None:
    made = gitu.person().post("/pairing-tokens")
    with clock.travel(timedelta(minutes=5, seconds=1), ticking=True):
        assert redeem(gitu, made["token"], status=404)["code"] == "auth.pairing_invalid"


def test_a_new_token_replaces_the_one_before(gitu: GituServer) -> None:
    amal = gitu.person()
    first, second = (amal.post("/pairing-tokens")["token"] for _ in range(2))
    redeem(gitu, first, status=404)
    redeem(gitu, second)


def test_a_linked_terminal_holds_for_ninety_days_and_longer_with_each_use(gitu: GituServer) -> None:
    linked = redeem(gitu, gitu.person().post("/pairing-tokens")["token"])
    refresh = gitu.client(authorization=f"Bearer {linked['refresh_token']}")
    with clock.travel(timedelta(days=89), ticking=True):
        again = refresh.post("/auth/refresh")
        with clock.travel(timedelta(days=89), ticking=True):
            gitu.client(authorization=f"Bearer {again['refresh_token']}").post("/auth/refresh")
    with clock.travel(timedelta(days=180), ticking=True):
        assert refresh.refused("POST", "/auth/refresh", status=401) == "auth.expired"


def test_a_terminal_unlinked_is_out_at_once(gitu: GituServer) -> None:
    amal = gitu.person()
    linked = redeem(gitu, amal.post("/pairing-tokens")["token"])
    out = signed(gitu, linked)
    mine = next(device["id"] for device in out.get("/devices")["items"] if device["current"])
    amal.delete(f"/devices/{mine}")
    assert out.refused("GET", "/me", status=401) == "auth.expired"
    refresh = gitu.client(authorization=f"Bearer {linked['refresh_token']}")
    assert refresh.refused("POST", "/auth/refresh", status=401) == "auth.expired"


def test_the_same_terminal_linked_again_takes_its_former_place(gitu: GituServer) -> None:
    amal, device_id = gitu.person(), str(uuid4())
    first = redeem(gitu, amal.post("/pairing-tokens")["token"], device_id=device_id)
    redeem(gitu, amal.post("/pairing-tokens")["token"], device_id=device_id)
    paired = [device for device in amal.get("/devices")["items"] if device["method"] == "pairing"]
    assert len(paired) == 1
    assert signed(gitu, first).refused("GET", "/me", status=401) == "auth.expired"


def test_another_person_s_terminal_with_the_same_id_stays(gitu: GituServer) -> None:
    amal, basim, device_id = gitu.person(), gitu.person(), str(uuid4())
    first = redeem(gitu, amal.post("/pairing-tokens")["token"], device_id=device_id)
    redeem(gitu, basim.post("/pairing-tokens")["token"], device_id=device_id)
    assert signed(gitu, first).get("/me")["login"] == amal.login


def test_a_program_with_a_key_can_not_make_itself_a_device(gitu: GituServer) -> None:
    program = gitu.person().key("devices:link", "me:read")
    assert program.refused("POST", "/pairing-tokens", status=403) == "auth.person_needed"
    looked = {"token": scanned(start(gitu))}
    assert program.refused("POST", "/pairings/look", looked, status=403) == "auth.person_needed"
    assert program.refused("POST", "/pairings/decide", {**looked, "approve": True}, status=403) == "auth.person_needed"


def test_a_token_of_someone_whose_access_was_closed_is_worth_nothing(gitu: GituServer) -> None:
    amal, owner = gitu.person(), gitu.person(Role.OWNER)
    made = amal.post("/pairing-tokens")
    owner.patch(f"/users/{amal.id}", {"disabled": True})
    redeem(gitu, made["token"], status=404)


def test_the_command_names_the_server_when_it_has_an_address(gitu: GituServer) -> None:
    amal = gitu.person()
    assert amal.post("/pairing-tokens")["command"].startswith("gitu auth gitu_pair_")
    here, gitu.services.base_url = gitu.services.base_url, "https://gitu.example.org"
    try:
        assert amal.post("/pairing-tokens")["command"].endswith(" --server https://gitu.example.org")
    finally:
        gitu.services.base_url = here


def test_only_hashes_of_what_links_a_terminal_are_kept(gitu: GituServer) -> None:
    made, started = gitu.person().post("/pairing-tokens"), start(gitu)
    kept = str(gitu.sql("SELECT * FROM identity_tickets"))
    assert made["token"] not in kept
    assert started["claim"] not in kept
    assert scanned(started) not in kept


# -- by a code ------------------------------------------------------------------------------------------


def test_a_scanned_terminal_is_told_and_signed_in(gitu: GituServer) -> None:
    amal, started = gitu.person(), start(gitu, "workshop")
    token = {"token": scanned(started)}
    with waiting(gitu, started["claim"]) as socket:
        seen = amal.post("/pairings/look", token)
        assert (seen["name"], seen["code"]) == ("Terminal · workshop", started["code"])
        assert seen["address"] == "127.0.0.1"
        amal.post("/pairings/decide", {**token, "approve": True}, status=204)
        assert told(socket) == "confirmed"
    linked = terminal(gitu, "workshop").post("/auth/pairings/claim", {"claim": started["claim"]})
    assert signed(gitu, linked).get("/me")["login"] == amal.login
    again = terminal(gitu).refused("POST", "/auth/pairings/claim", {"claim": started["claim"]}, status=404)
    assert again == "auth.pairing_invalid"


def test_a_terminal_that_was_turned_down_is_told_so(gitu: GituServer) -> None:
    amal, started = gitu.person(), start(gitu)
    with waiting(gitu, started["claim"]) as socket:
        amal.post("/pairings/decide", {"token": scanned(started), "approve": False}, status=204)
        assert told(socket) == "denied"
    terminal(gitu).refused("POST", "/auth/pairings/claim", {"claim": started["claim"]}, status=404)


def test_a_code_dies_after_two_minutes(gitu: GituServer) -> None:
    amal, started = gitu.person(), start(gitu)
    with clock.travel(timedelta(minutes=2, seconds=1), ticking=True):
        token = {"token": scanned(started)}
        assert amal.refused("POST", "/pairings/look", token, status=404) == "auth.pairing_invalid"
        assert (
            amal.refused("POST", "/pairings/decide", {**token, "approve": True}, status=404) == "auth.pairing_invalid"
        )
        with waiting(gitu, started["claim"]) as socket:
            assert told(socket) == "expired"


def test_a_socket_that_waits_is_told_when_the_time_is_over(gitu: GituServer) -> None:
    started = start(gitu)
    with clock.travel(timedelta(seconds=119.5), ticking=True), waiting(gitu, started["claim"]) as socket:
        assert told(socket) == "expired"


def test_a_terminal_confirmed_in_the_last_second_still_gets_its_sign_in(gitu: GituServer) -> None:
    amal, started = gitu.person(), start(gitu)
    with clock.travel(timedelta(minutes=1, seconds=58)) as time:
        amal.post("/pairings/decide", {"token": scanned(started), "approve": True}, status=204)
        time.move(timedelta(seconds=20))
        terminal(gitu).post("/auth/pairings/claim", {"claim": started["claim"]})


def test_a_confirmed_code_can_not_be_decided_upon_again(gitu: GituServer) -> None:
    amal, eve, started = gitu.person(), gitu.person(), start(gitu)
    decision = {"token": scanned(started), "approve": True}
    amal.post("/pairings/decide", decision, status=204)
    assert eve.refused("POST", "/pairings/decide", decision, status=404) == "auth.pairing_invalid"
    linked = terminal(gitu).post("/auth/pairings/claim", {"claim": started["claim"]})
    assert linked["me"]["login"] == amal.login


def test_nothing_is_to_be_claimed_before_someone_confirmed(gitu: GituServer) -> None:
    started = start(gitu)
    body = {"claim": started["claim"]}
    assert terminal(gitu).refused("POST", "/auth/pairings/claim", body, status=409) == "auth.pairing_pending"


def test_what_the_code_shows_is_not_enough_to_claim(gitu: GituServer) -> None:
    amal, started = gitu.person(), start(gitu)
    amal.post("/pairings/decide", {"token": scanned(started), "approve": True}, status=204)
    thief = {"claim": scanned(started)}
    assert terminal(gitu).refused("POST", "/auth/pairings/claim", thief, status=404) == "auth.pairing_invalid"


def test_a_token_of_one_kind_is_not_taken_for_another(gitu: GituServer) -> None:
    amal, started = gitu.person(), start(gitu)
    redeem(gitu, scanned(started), status=404)
    made = amal.post("/pairing-tokens")
    amal.refused("POST", "/pairings/look", {"token": made["token"]}, status=404)


def test_a_decision_in_one_process_is_heard_in_another(gitu: GituServer) -> None:
    amal, started = gitu.person(), start(gitu)
    with gitu.twin() as twin, waiting(twin, started["claim"]) as socket:
        amal.post("/pairings/decide", {"token": scanned(started), "approve": True}, status=204)
        assert told(socket) == "confirmed"


@pytest.mark.parametrize("frame", ["", "nonsense", "[]", '{"type":"wait"}', '{"type":"wait","claim":1}', "[" * 50_000])
def test_a_socket_that_does_not_say_what_it_waits_for_is_closed(gitu: GituServer, frame: str) -> None:
    address = gitu.url.replace("http://", "ws://") + f"{API}/auth/pairings/wait"
    with open_socket(address, open_timeout=10, proxy=None) as socket:
        socket.send(frame)
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(timeout=20)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4400


def test_strangers_can_not_have_too_many_terminals_wait(gitu: GituServer) -> None:
    gitu.sql(
        "INSERT INTO identity_tickets (id, kind, token_hash, address, data, created_at, expires_at)"
        " SELECT gen_random_uuid(), 'terminal', 'flood-' || n, '127.0.0.1', '{}', now(), now() + interval '1 minute'"
        " FROM generate_series(1, :most) AS n",
        most=MOST_FROM_AN_ADDRESS,
    )
    try:
        body = {"device_id": str(uuid4())}
        assert terminal(gitu).refused("POST", "/auth/pairings", body, status=429) == "too_many"
    finally:
        gitu.sql("DELETE FROM identity_tickets WHERE token_hash LIKE 'flood-%'")


def test_sockets_that_wait_are_bounded(gitu: GituServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gitu.doors.http.pairing.MOST_WAITING", 0)
    address = gitu.url.replace("http://", "ws://") + f"{API}/auth/pairings/wait"
    with open_socket(address, open_timeout=10, proxy=None) as socket, pytest.raises(ConnectionClosed) as closed:
        socket.recv(timeout=20)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4429


def test_what_ran_out_is_forgotten(gitu: GituServer) -> None:
    amal = gitu.person()
    amal.post("/pairing-tokens")
    with clock.travel(timedelta(minutes=20), ticking=True):
        gitu.person().post("/pairing-tokens")
    assert gitu.sql("SELECT 1 FROM identity_tickets WHERE owner_id = :id", id=amal.id) == []


# -- everywhere else ------------------------------------------------------------------------------------


def test_signing_out_everywhere_else_leaves_this_device_alone(gitu: GituServer) -> None:
    amal = gitu.person()
    others: list[Person] = [gitu.again(amal), gitu.again(amal)]
    stranger = gitu.person()
    amal.post("/devices/sign-out-others", status=204)
    for other in others:
        assert other.refused("GET", "/me", status=401) == "auth.expired"
    amal.get("/me")
    stranger.get("/me")
