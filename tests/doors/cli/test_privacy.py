"""``gitu privacy``: the export into a file, the erasure with its report, from a terminal."""

import json
import stat
import zipfile
from pathlib import Path

import psycopg
import pytest

from tests.doors.cli.conftest import Talking
from tests.support.server import Client
from tests.support.terminal import PASSWORD, Installation

pytestmark = pytest.mark.slow


def url_of(gitu: Installation) -> str:
    """Where the server of this home listens."""
    return str(json.loads((gitu.home / "run" / "server.json").read_text())["url"])


def a_member(talking: Talking, folder: Path, login: str) -> Installation:
    """Another machine, whose terminal is signed in as a new member."""
    link = talking.gitu.run("identity", "create-invitation", "--json").json["link"]
    url = url_of(talking.gitu)
    account = {"name": login, "login": login, "password": PASSWORD, "token": link.partition("#")[2]}
    client = Client(url, origin=url)
    client.post("/auth/accept-invitation", account)
    client.http.close()
    other = Installation(folder)
    done = other.run("sign-in", "--server", url, "--login", login, "--password-stdin", piped=f"{PASSWORD}\n")
    assert done.code == 0, done.err
    return other


def test_one_s_data_comes_into_a_file_that_nobody_else_can_read(talking: Talking, tmp_path: Path) -> None:
    to = tmp_path / "mine.zip"
    done = talking.gitu.run("privacy", "export", "--to", str(to), "--json")
    assert done.code == 0, done.err
    assert (done.json["state"], done.json["size_bytes"]) == ("ready", to.stat().st_size)
    assert done.json["file"] == str(to)
    assert stat.S_IMODE(to.stat().st_mode) == 0o600
    with zipfile.ZipFile(to) as archive:
        assert json.loads(archive.read("account.json"))["identity_users"][0]["login"] == "sara"
    again = talking.gitu.run("privacy", "export", "--to", str(to))
    assert again.code == 1
    assert "does not exist yet" in again.err


def test_the_only_owner_is_told_the_way_out(talking: Talking) -> None:
    done = talking.gitu.run("privacy", "erase-me", "--confirm", "sara", "--password-stdin", piped=f"{PASSWORD}\n")
    assert done.code == 1
    assert "gitu identity hand-over" in done.err


def test_a_member_sees_what_goes_erases_themselves_and_keeps_the_report(talking: Talking, tmp_path: Path) -> None:
    other = a_member(talking, tmp_path, "dana")
    wrong = other.run("privacy", "erase-me", "--confirm", "sara", "--password-stdin", piped=f"{PASSWORD}\n")
    assert wrong.code == 1
    assert "not the sign-in name" in wrong.err
    done = other.run("privacy", "erase-me", "--confirm", "dana", "--password-stdin", piped=f"{PASSWORD}\n")
    assert done.code == 0, done.err
    assert "Account (entries: 1, files: 0)" in done.out
    assert "The log proves" in done.out
    receipt = done.out.partition("gitu privacy report): ")[2].split()[0]
    told = other.run("privacy", "report", receipt, "--json")
    assert told.json["state"] == "done"
    assert other.run("identity", "get-me").code != 0


def test_who_has_but_a_passkey_is_sent_to_the_browser(talking: Talking, tmp_path: Path) -> None:
    other = a_member(talking, tmp_path, "lina")
    with psycopg.connect(talking.gitu.variables["DATABASE_URL"]) as connection:
        connection.execute(
            "INSERT INTO identity_passkeys"
            " (id, owner_id, name, credential_id, public_key, sign_count, synced, created_at)"
            " SELECT gen_random_uuid(), id, 'Phone', 'lina', 'key', 0, false, now() FROM identity_users"
            " WHERE login = 'lina'"
        )
        connection.execute("UPDATE identity_users SET password_hash = '' WHERE login = 'lina'")
    done = other.run("privacy", "erase-me", "--confirm", "lina")
    assert done.code == 1
    assert f"Do this in a browser: {url_of(talking.gitu)}/settings/privacy" in done.err
    assert other.run("identity", "get-me").code == 0


def test_the_owner_erases_a_person_whose_access_was_closed(talking: Talking, tmp_path: Path) -> None:
    a_member(talking, tmp_path, "karim")
    people = talking.gitu.run("identity", "list-users", "--query", "karim", "--json").json["items"]
    person = people[0]["id"]
    given = ("privacy", "erase-person", person, "--confirm", "karim", "--password-stdin", "--json")
    early = talking.gitu.run(*given, piped=f"{PASSWORD}\n")
    assert early.code == 1
    assert "still has access" in early.err
    assert talking.gitu.run("identity", "update-user", person, "--disabled", "true").code == 0
    done = talking.gitu.run(*given, piped=f"{PASSWORD}\n")
    assert (done.json["state"], done.json["by"]) == ("done", "admin")
    assert talking.gitu.run("identity", "list-users", "--query", "karim", "--json").json["items"] == []
