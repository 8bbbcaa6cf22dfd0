"""``gitu auth``: a terminal of another machine linked by a token or a scanned code."""

import json
import os
import re
import stat
from pathlib import Path

import pytest

from gitu.kernel.auth.principal import Role
from tests.support.server import GituServer
from tests.support.terminal import Installation, open_terminal


@pytest.fixture
def elsewhere(tmp_path: Path) -> Installation:
    """Another machine, which has never run a server."""
    return Installation(tmp_path)


def kept(installation: Installation) -> dict[str, str]:
    """What that machine keeps of its sign-in."""
    file = installation.folder / ".gitu" / "credentials.json"
    return json.loads(file.read_text())


def link(installation: Installation, gitu: GituServer) -> None:
    """Link it to a new person's account."""
    token = gitu.person(name="Amal").post("/pairing-tokens")["token"]
    done = installation.run("auth", token, "--server", gitu.url)
    assert done.code == 0, done.err


def test_a_token_signs_the_terminal_in_and_its_commands_use_it(elsewhere: Installation, gitu: GituServer) -> None:
    amal = gitu.person(name="Amal")
    done = elsewhere.run("auth", amal.post("/pairing-tokens")["token"], "--server", gitu.url)
    assert done.code == 0, done.err
    assert done.out == f"Signed in as Amal at {gitu.url}.\n"
    assert elsewhere.run("identity", "get-me", "--json").json["login"] == amal.login
    status = elsewhere.run("auth", "status", "--json").json
    assert (status["login"], status["url"]) == (amal.login, gitu.url)
    assert "Signed in as Amal" in elsewhere.run("auth", "status").out


@pytest.mark.skipif(os.name == "nt", reason="permissions of this kind are POSIX's")
def test_the_credentials_are_closed_to_others_and_the_terminals_id_stays(
    elsewhere: Installation, gitu: GituServer
) -> None:
    link(elsewhere, gitu)
    file = elsewhere.folder / ".gitu" / "credentials.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    first = kept(elsewhere)["device_id"]
    assert elsewhere.run("auth", "logout").code == 0
    assert kept(elsewhere) == {"device_id": first}
    link(elsewhere, gitu)
    assert kept(elsewhere)["device_id"] == first


def test_a_refresh_changes_the_tokens(elsewhere: Installation, gitu: GituServer) -> None:
    link(elsewhere, gitu)
    before = kept(elsewhere)
    done = elsewhere.run("auth", "refresh")
    assert done.code == 0, done.err
    after = kept(elsewhere)
    assert re.search(r"holds until \d{4}-\d\d-\d\d", done.out)
    assert before["access_token"] != after["access_token"]
    assert before["refresh_token"] != after["refresh_token"]
    assert elsewhere.run("identity", "get-me").code == 0


def test_logging_out_ends_the_sign_in_on_the_server_too(elsewhere: Installation, gitu: GituServer) -> None:
    link(elsewhere, gitu)
    token = kept(elsewhere)["access_token"]
    assert elsewhere.run("auth", "logout").code == 0
    assert gitu.client(authorization=f"Bearer {token}").refused("GET", "/me", status=401) == "auth.expired"
    assert elsewhere.run("auth", "status", "--json").json["signed_in"] is False
    assert elsewhere.run("auth", "refresh").code == 4


def test_an_unlinked_terminal_is_told_to_link_itself_again(elsewhere: Installation, gitu: GituServer) -> None:
    amal = gitu.person()
    elsewhere.run("auth", amal.post("/pairing-tokens")["token"], "--server", gitu.url)
    device = next(device for device in amal.get("/devices")["items"] if device["method"] == "pairing")
    amal.delete(f"/devices/{device['id']}")
    assert elsewhere.run("identity", "get-me").code == 4
    done = elsewhere.run("auth", "refresh")
    assert done.code == 4
    assert "link it again with gitu auth" in done.err


def test_what_is_no_token_is_refused_before_it_leaves_the_machine(elsewhere: Installation) -> None:
    done = elsewhere.run("auth", "hello", "--server", "http://127.0.0.1:9")
    assert done.code == 2
    assert "gitu_pair_" in done.err
    assert elsewhere.run("auth", "--server", "http://127.0.0.1:9").code == 2


def test_a_token_that_was_used_is_refused_in_the_person_s_language(elsewhere: Installation, gitu: GituServer) -> None:
    token = gitu.person().post("/pairing-tokens")["token"]
    assert elsewhere.run("auth", token, "--server", gitu.url).code == 0
    done = elsewhere.run("auth", token, "--server", gitu.url, LANG="ar_SA.UTF-8")
    assert done.code == 1
    assert "run out" in done.err or "انتهت مدته" in done.err
    assert "Traceback" not in done.err


def test_a_scanned_code_signs_the_terminal_in(elsewhere: Installation, gitu: GituServer) -> None:
    amal = gitu.person(Role.MEMBER, name="Amal")
    with open_terminal(elsewhere, "auth", "--qr", "--server", gitu.url) as terminal:
        shown = terminal.wait_for("/pair#")
        terminal.wait_for("\n")
        shown += terminal.seen
        code = re.search(r"[2-9A-Z]{3}-[2-9A-Z]{3}", shown)
        assert code is not None, shown
        assert "█" in shown
        assert "▄" in shown
    # What the terminal shows is tested above; the link is read from a second one, whose lines are not wrapped.
    with open_terminal(elsewhere, "auth", "--qr", "--server", gitu.url, COLUMNS="400") as terminal:
        terminal.wait_for("/pair#")
        token = terminal.wait_for("\n").strip()
        seen = amal.post("/pairings/look", {"token": token})
        assert seen["name"].startswith("Terminal · ")
        amal.post("/pairings/decide", {"token": token, "approve": True}, status=204)
        terminal.wait_for("Signed in as Amal")
        assert terminal.exit_code() == 0
    assert elsewhere.run("identity", "get-me", "--json").json["login"] == amal.login


def test_a_code_that_was_turned_down_falls_back_to_the_token(elsewhere: Installation, gitu: GituServer) -> None:
    amal = gitu.person(name="Amal")
    with open_terminal(elsewhere, "auth", "--qr", "--server", gitu.url) as terminal:
        terminal.wait_for("/pair#")
        token = terminal.wait_for("\n").strip()
        amal.post("/pairings/decide", {"token": token, "approve": False}, status=204)
        terminal.wait_for("turned down")
        terminal.wait_for("Token:")
        terminal.type(amal.post("/pairing-tokens")["token"] + "\r")
        terminal.wait_for("Signed in as Amal")
        assert terminal.exit_code() == 0
