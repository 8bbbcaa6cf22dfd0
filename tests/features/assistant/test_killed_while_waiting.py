"""`kill -9` around a held call: the request outlives the server, and what was approved runs once or is not known."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gitu.kernel.auth.principal import Role
from tests.doors.http.test_security import running, serve
from tests.features.assistant.test_killed import client, rows
from tests.servers.base import ModelServer
from tests.servers.script import call, say
from tests.support.chat import Chat, connect, eventually
from tests.support.server import Client, GituServer, Json

pytestmark = pytest.mark.slow

PATIENT = {"GITU_APPROVAL_WAIT_S": "300"}
MADE = "SELECT 1 FROM assistant_sessions WHERE title = 'Made once'"


@pytest.fixture
def token(database_url: str, tmp_path: Path, model: ModelServer) -> str:
    """Of an admin with the model connected, who granted nothing."""
    with GituServer(database_url, tmp_path, jobs=False) as gitu:
        amal = gitu.person(Role.ADMIN)
        connect(amal, model)
        found: str = amal.token
    return found


@contextmanager
def a_life(database_url: str, home: Path, token: str, port: str) -> Generator[Client]:
    """One life of the server, which ends without a warning; the person, talking to it."""
    process = serve(home, database_url, GITU_PORT=port, **PATIENT)
    try:
        amal = client(running(home, process)["url"], token)
        yield amal
    finally:
        process.kill()
        process.communicate()
    amal.http.close()


def pending(amal: Client) -> list[Json]:
    """What waits for the person."""
    found: list[Json] = amal.get("/approvals", state="pending")["items"]
    return found


def ask_to_open(amal: Client, model: ModelServer) -> tuple[Chat, str, Json]:
    """An answer that waits to open a conversation: the chat, the turn, the request."""
    model.script.then(
        call("search_tools", queries=["begin a conversation"]), call("assistant__open_session", title="Made once")
    )
    chat = Chat(amal)
    turn = chat.send("Open a conversation")["turn"]["id"]
    return chat, turn, eventually(lambda: pending(amal), within_s=60)[0]


def outcomes(database_url: str, action: str) -> list[tuple[object, ...]]:
    """What the audit log says of an action, in order."""
    return rows(database_url, f"SELECT outcome, error_code FROM audit WHERE action = '{action}' ORDER BY id")


def test_a_request_outlives_the_server_and_its_answer_goes_on_once_it_is_approved(
    database_url: str, tmp_path: Path, model: ModelServer, token: str
) -> None:
    with a_life(database_url, tmp_path, token, "28111") as amal:
        chat, turn, request = ask_to_open(amal, model)
    model.script.otherwise = say("It is open.")
    with a_life(database_url, tmp_path, token, "28211") as amal:
        assert [one["id"] for one in pending(amal)] == [request["id"]]
        eventually(lambda: amal.get(f"/turns/{turn}")["state"] == "running", within_s=60)
        assert rows(database_url, MADE) == []
        amal.post(f"/approvals/{request['id']}/approve")
        answer = Chat(amal, chat.session_id).finish(turn)
        assert (answer.state, answer.text) == ("done", "It is open."), answer.error
        card = answer.calls[-1]
        assert (card["status"], card["receipt"]) == ("done", request["id"])
        assert len(rows(database_url, MADE)) == 1
        assert pending(amal) == []
        assert [row for row in outcomes(database_url, "assistant.open_session") if row[0] == "ok"] == [("ok", None)]


def test_what_was_decided_while_nothing_answered_is_found_by_the_answer_that_goes_on(
    database_url: str, tmp_path: Path, model: ModelServer, token: str
) -> None:
    with a_life(database_url, tmp_path, token, "28311") as amal:
        chat, turn, request = ask_to_open(amal, model)
    model.script.otherwise = say("As you wish.")
    with GituServer(database_url, tmp_path, jobs=False) as gitu:  # it answers people, and takes no jobs over
        gitu.client(authorization=f"Bearer {token}").post(f"/approvals/{request['id']}/deny")
    with a_life(database_url, tmp_path, token, "28411") as amal:
        answer = Chat(amal, chat.session_id).finish(turn)
        assert (answer.state, answer.calls[-1]["status"]) == ("done", "failed")
        assert "denied" in answer.calls[-1]["error"]
        assert rows(database_url, MADE) == []


def test_a_request_that_expired_meanwhile_runs_nothing_and_the_answer_says_so(
    database_url: str, tmp_path: Path, model: ModelServer, token: str
) -> None:
    with a_life(database_url, tmp_path, token, "28511") as amal:
        chat, turn, request = ask_to_open(amal, model)
    model.script.otherwise = say("Nobody answered.")
    with GituServer(database_url, tmp_path, jobs=False) as gitu:
        gitu.sql("UPDATE approvals SET expires_at = now() WHERE id = :id", id=request["id"])
    with a_life(database_url, tmp_path, token, "28611") as amal:
        answer = Chat(amal, chat.session_id).finish(turn)
        assert (answer.state, answer.calls[-1]["status"]) == ("done", "failed")
        assert "expired before somebody answered" in answer.calls[-1]["error"]
        assert amal.refused("POST", f"/approvals/{request['id']}/approve", status=409) == "approval.closed"
        assert rows(database_url, MADE) == []
        assert ("denied", "action.approval_expired") in outcomes(database_url, "assistant.open_session")


def test_an_approved_call_outside_that_was_cut_never_runs_again_and_nobody_claims_to_know(
    database_url: str, tmp_path: Path, model: ModelServer, token: str
) -> None:
    with a_life(database_url, tmp_path, token, "28711") as amal:
        connection = amal.get("/models/connections")["items"][0]["id"]
        model.script.then(
            call("search_tools", queries=["try a connection"]),
            call("models__test_connection", connection_id=connection),
        )
        chat = Chat(amal)
        turn = chat.send("Try the connection")["turn"]["id"]
        request = eventually(lambda: pending(amal), within_s=60)[0]
        before, model.answers_after_s = model.tried, 4.0
        amal.post(f"/approvals/{request['id']}/approve")
        eventually(lambda: model.tried == before + 1, within_s=60)  # it has reached the world outside
        assert amal.get(f"/approvals/{request['id']}")["running"] is True
    model.script.otherwise = say("Look at it yourself.")
    with a_life(database_url, tmp_path, token, "28811") as amal:
        settled = eventually(lambda: _unless_running(amal, request["id"]), within_s=90)
        assert (settled["state"], settled["error_code"]) == ("failed", "action.outcome_unknown")
        answer = Chat(amal, chat.session_id).finish(turn)
        assert (answer.state, answer.text) == ("done", "Look at it yourself."), answer.error
        card = answer.calls[-1]
        assert card["status"] == "failed"
        assert "nobody knows whether it was done" in card["error"]
        assert "nobody knows whether it was done" in json.dumps(model.asked[-1].body)
        assert model.tried == before + 1
        assert ("failed", "action.outcome_unknown") in outcomes(database_url, "models.test_connection")
        assert not [row for row in outcomes(database_url, "models.test_connection") if row[0] == "ok"]


def _unless_running(amal: Client, request: str) -> Json:
    found = amal.get(f"/approvals/{request}")
    return None if found["running"] else found
