"""`kill -9` in the middle of an answer: the next start goes on, nothing is lost, and no action runs twice."""

import json
from pathlib import Path

import psycopg
import pytest

from gitu.kernel.auth.principal import Role
from tests.doors.http.test_security import running, serve
from tests.servers.base import ModelServer
from tests.servers.script import Reply, call, say
from tests.support.chat import Chat, connect, eventually, spoken, watch
from tests.support.server import Client, GituServer, Person

pytestmark = pytest.mark.slow

LONG = "Here is a long answer that takes its time to come out word by word. " * 4


def rows(database_url: str, statement: str) -> list[tuple[object, ...]]:
    """Rows read past any server."""
    with psycopg.connect(database_url) as connection:
        return connection.execute(statement.encode()).fetchall()


def prepared(database_url: str, home: Path, model: ModelServer) -> str:
    """A token of an admin with the model connected."""
    with GituServer(database_url, home, jobs=False) as gitu:
        amal = gitu.person(Role.ADMIN)
        connect(amal, model)
        token: str = amal.token
    return token


def client(url: str, token: str) -> Client:
    """The person, at the server that runs now."""
    return Client(url, authorization=f"Bearer {token}")


def test_a_killed_answer_goes_on_after_the_next_start(database_url: str, tmp_path: Path, model: ModelServer) -> None:
    token = prepared(database_url, tmp_path, model)
    first = serve(tmp_path, database_url, GITU_PORT="27211")
    amal = client(running(tmp_path, first)["url"], token)
    model.script.then(say(LONG, token_delay=0.1))
    chat = Chat(amal)
    turn = chat.send("Tell me")["turn"]["id"]
    seen = 0
    for seq, event in watch(amal, turn):
        seen = seq
        if event["type"] == "TEXT_MESSAGE_CONTENT" and seq > 12:
            break
    first.kill()
    first.communicate()
    amal.http.close()
    model.script.otherwise = say("The whole answer, again.")
    second = serve(tmp_path, database_url, GITU_PORT="27311")
    amal = client(running(tmp_path, second)["url"], token)
    try:
        rest = [event for _, event in watch(amal, turn, after=seen)]
        assert rest[-1]["type"] == "RUN_FINISHED"
        assert spoken(rest) == "The whole answer, again."
        answer = Chat(amal, chat.session_id).answer(turn)
        assert answer.state == "done"
        assert answer.text == "The whole answer, again."
        assert [m["role"] for m in Chat(amal, chat.session_id).messages()] == ["person", "assistant"]
        assert chat.session_id is not None
        assert Chat(amal, chat.session_id).say("Still there?").state == "done"
    finally:
        amal.http.close()
        second.kill()
        second.communicate()


def test_an_action_that_committed_before_the_kill_does_not_run_again(
    database_url: str, tmp_path: Path, model: ModelServer
) -> None:
    token = prepared(database_url, tmp_path, model)
    first = serve(tmp_path, database_url, GITU_PORT="27411")
    amal = client(running(tmp_path, first)["url"], token)
    connection = amal.get("/models/connections")["items"][0]["id"]
    for covers in ("assistant.open_session", "models.test_connection"):
        amal.post("/grants", {"covers": covers})
    opened, slow = (
        call("assistant__open_session", title="Made once"),
        call("models__test_connection", connection_id=connection),
    )
    model.script.then(
        call("search_tools", queries=["begin a conversation", "try a connection"]),
        Reply(tool_calls=(*opened.tool_calls, *slow.tool_calls)),
    )
    # The second call hangs, so the first one has committed and its answer stands in no checkpoint yet.
    tried, model.answers_after_s = model.tried, 30.0
    chat = Chat(amal)
    turn = chat.send("Open a conversation, and try the connection")["turn"]["id"]
    made = "SELECT 1 FROM assistant_sessions WHERE title = 'Made once'"
    eventually(lambda: rows(database_url, made) and model.tried == tried + 1, within_s=30)
    first.kill()
    first.communicate()
    amal.http.close()
    model.script.otherwise = say("Opened.")
    second = serve(tmp_path, database_url, GITU_PORT="27511")
    amal = client(running(tmp_path, second)["url"], token)
    try:
        answer = Chat(amal, chat.session_id).finish(turn)
        assert answer.state == "done", answer.error
        assert answer.text == "Opened."
        assert len(rows(database_url, made)) == 1
        assert [c["status"] for c in answer.calls[1:]] == ["done", "failed"]
        assert "look at what came of it" in answer.calls[-1]["error"]  # nobody knows, and it was not tried again
        assert model.tried == tried + 1
        audit = "SELECT 1 FROM audit WHERE action = 'assistant.open_session' AND outcome = 'ok'"
        assert len(rows(database_url, audit)) == 1
    finally:
        amal.http.close()
        second.kill()
        second.communicate()


def test_a_turn_that_takes_its_server_down_every_time_is_cut(gitu: GituServer, model: ModelServer) -> None:
    from gitu.features.assistant.runner import MOST_ATTEMPTS

    amal: Person = gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.then(say("slow " * 50, token_delay=0.1))
    chat = Chat(amal)
    turn = chat.send("Hello")["turn"]["id"]
    eventually(lambda: amal.get(f"/turns/{turn}")["state"] == "running")
    amal.post(f"/turns/{turn}/stop")
    chat.finish(turn)
    # As if it had been tried too often before: the next attempt gives up and says so.
    gitu.sql(
        "UPDATE assistant_turns SET state = 'queued', stop_requested_at = NULL, finished_at = NULL, attempts = :most"
        " WHERE id = :id",
        most=MOST_ATTEMPTS,
        id=turn,
    )

    async def again() -> None:
        from uuid import UUID

        from gitu.features.assistant.runner import TurnRunner

        await TurnRunner(gitu.services, UUID(turn), "another").run()

    gitu.run(again())
    answer = chat.answer(turn)
    assert (answer.state, answer.message["status"]) == ("cut", "cut")
    assert answer.error["code"] == "assistant.turn_cut"
    assert json.dumps(answer.message["parts"])
