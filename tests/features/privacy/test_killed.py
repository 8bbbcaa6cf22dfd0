"""`kill -9` in the middle of an erasure: the next start goes on with it until nothing is left."""

from pathlib import Path

import psycopg
import pytest

from gitu.kernel.auth.principal import Role
from tests.doors.http.test_security import running, serve
from tests.features.privacy.conftest import report
from tests.support.canaries import files_with, tables_with
from tests.support.chat import eventually
from tests.support.server import PASSWORD, Client, GituServer

pytestmark = pytest.mark.slow

WORD = "canarykilled77"


def rows(database_url: str, statement: str) -> list[tuple[object, ...]]:
    """Rows read past any server."""
    with psycopg.connect(database_url) as connection:
        return connection.execute(statement.encode()).fetchall()


def test_an_erasure_that_was_cut_off_is_finished_by_the_next_start(database_url: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with GituServer(database_url, home, jobs=False) as gitu:
        amal = gitu.person(Role.ADMIN, name=f"Amal {WORD}")
        for number in range(20):
            amal.post("/sessions", {"title": f"{WORD} {number}"})
        amal.put("/files/content", {"path": f"{WORD}.txt", "content": WORD})
        login, token = amal.login, amal.token
    first = serve(home, database_url, GITU_PORT="27611")
    client = Client(running(home, first)["url"], authorization=f"Bearer {token}")
    receipt = client.post("/privacy/erasure", {"confirm": login, "password": PASSWORD})["receipt"]
    client.http.close()
    # The conversations are gone and the account is not: in the middle of it.
    eventually(lambda: not rows(database_url, "SELECT 1 FROM assistant_sessions"), within_s=60)
    first.kill()
    first.communicate()
    assert rows(database_url, f"SELECT 1 FROM identity_users WHERE login = '{login}'")
    assert rows(database_url, "SELECT 1 FROM privacy_erasures WHERE finished_at IS NULL")
    second = serve(home, database_url, GITU_PORT="27711")
    client = Client(running(home, second)["url"])
    try:
        done = report(client, receipt)
        told = {one["kind"]: one["rows"] for one in done["going"]}
        assert told["conversations"] == 20  # as it was found, whatever the second attempt still met
        assert not rows(database_url, f"SELECT 1 FROM identity_users WHERE login = '{login}'")
    finally:
        client.http.close()
        second.kill()
        second.communicate()
    with GituServer(database_url, home, jobs=False) as gitu:
        assert tables_with(gitu, WORD) == []
    assert files_with(home, WORD) == []
