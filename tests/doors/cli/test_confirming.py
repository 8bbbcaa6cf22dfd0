"""A terminal that was linked asks for the password before it makes a key; a script is told why it can't."""

import os
from pathlib import Path

import pytest

from tests.support.server import PASSWORD, GituServer, Person
from tests.support.terminal import Installation, open_terminal

pytestmark = pytest.mark.skipif(os.name == "nt", reason="terminals of this kind are POSIX's")
CREATE = ("identity", "create-api-key", "--name", "backup", "--scopes", "me:read")


@pytest.fixture
def linked(tmp_path: Path, gitu: GituServer) -> tuple[Installation, Person]:
    """Another machine, linked to somebody's account by a token."""
    amal, elsewhere = gitu.person(name="Amal"), Installation(tmp_path)
    done = elsewhere.run("auth", amal.post("/pairing-tokens")["token"], "--server", gitu.url)
    assert done.code == 0, done.err
    return elsewhere, amal


def test_the_password_is_asked_for_and_the_command_goes_on(linked: tuple[Installation, Person]) -> None:
    elsewhere, amal = linked
    with open_terminal(elsewhere, *CREATE) as terminal:
        terminal.wait_for("Password (empty for a code):")
        terminal.type("not this one\n")
        terminal.wait_for("not right")
        terminal.wait_for("Password (empty for a code):")
        terminal.type(f"{PASSWORD}\n")
        terminal.wait_for("gitu_key_")
        assert terminal.exit_code() == 0
    assert [key["name"] for key in amal.get("/api-keys")["items"]] == ["backup"]


def test_a_script_is_told_and_makes_nothing(linked: tuple[Installation, Person]) -> None:
    elsewhere, amal = linked
    done = elsewhere.run(*CREATE)
    assert done.code == 1
    assert "Confirm with your password" in done.err
    assert amal.get("/api-keys")["items"] == []
