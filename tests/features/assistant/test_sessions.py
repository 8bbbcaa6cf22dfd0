"""Conversations: found, renamed, ended, resumed, shared, deleted, tidied up."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from gitu.features.assistant.workflows import end_idle_sessions
from gitu.features.models.pricing import PriceList
from gitu.kernel import clock
from gitu.kernel.auth.principal import Role
from gitu.kernel.db import migrate
from tests.servers.base import ModelServer
from tests.servers.script import say
from tests.support.chat import Chat, connect, window
from tests.support.server import GituServer, Person


def titles(person: Person, **query: Any) -> list[str]:
    """The titles that a list or a search shows."""
    return [session["title"] for session in person.get("/sessions", status=200, **query)["items"]]


def test_a_search_finds_words_of_titles_and_messages_in_both_languages(gitu: GituServer) -> None:
    amal = gitu.person()
    Chat(amal).send("We were running along the beaches")
    Chat(amal).send("اشتريت كتابين من المكتبة الكبيرة")
    Chat(amal).send("Nothing of the sort")
    assert titles(amal, query="run beach") == ["We were running along the beaches"]
    assert titles(amal, query="المكتبات") == ["اشتريت كتابين من المكتبة الكبيرة"]
    assert titles(amal, query="كتابين") == ["اشتريت كتابين من المكتبة الكبيرة"]
    assert titles(amal, query="nothing") == ["Nothing of the sort"]
    assert titles(amal, query="absent") == []
    assert titles(gitu.person(), query="beach") == []


def test_a_search_takes_any_text_literally(gitu: GituServer) -> None:
    amal = gitu.person()
    Chat(amal).send("50% off")
    assert titles(amal, query="50%") == ["50% off"]
    for query in ("%", "_", "'", '"', "\\", "a & | !", "<->", "(((", "or or", "-x", "\u202e"):
        amal.get("/sessions", query=query)


def test_a_search_does_not_find_what_was_edited_away(gitu: GituServer) -> None:
    amal = gitu.person()
    chat = Chat(amal)
    chat.send("Start")
    secret = chat.send("zeppelin")["message"]["id"]
    chat.send("airship", edit_of=secret)
    assert titles(amal, query="zeppelin") == []
    assert titles(amal, query="airship") == ["Start"]


def test_the_list_is_paged_newest_first(gitu: GituServer) -> None:
    amal = gitu.person()
    for number in range(5):
        amal.post("/sessions", {"title": f"No. {number}"})
    found, cursor = [], None
    while True:
        page = amal.get("/sessions", limit=2, **({"cursor": cursor} if cursor else {}))
        found += [session["title"] for session in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert found == [f"No. {number}" for number in (4, 3, 2, 1, 0)]


def test_a_thread_of_a_channel_has_one_open_conversation_however_many_ask(gitu: GituServer) -> None:
    amal = gitu.person()
    body = {"channel": "telegram", "thread": "42"}
    with ThreadPoolExecutor(8) as pool:
        ids = {s["id"] for s in pool.map(lambda _: amal.post("/sessions", body), range(16))}
    assert len(ids) == 1
    first = ids.pop()
    amal.post(f"/sessions/{first}/end")
    second = amal.post("/sessions", body)["id"]
    assert second != first
    assert amal.post(f"/sessions/{first}/resume")["thread"] is None
    assert amal.post("/sessions", body)["id"] == second


def test_an_ended_conversation_takes_messages_again_once_resumed(gitu: GituServer) -> None:
    amal = gitu.person()
    chat = Chat(amal)
    chat.send("Hello")
    assert amal.post(f"/sessions/{chat.session_id}/end")["state"] == "ended"
    assert titles(amal) == []
    assert titles(amal, state="ended") == ["Hello"]
    assert chat.send("More", status=409)["code"] == "assistant.session_ended"
    amal.post(f"/sessions/{chat.session_id}/resume")
    chat.send("More")


def test_a_reader_reads_a_shared_conversation_and_changes_nothing(gitu: GituServer) -> None:
    amal, basil, other = gitu.person(name="Amal"), gitu.person(), gitu.person()
    chat = Chat(amal)
    chat.send("Read this")
    path = f"/sessions/{chat.session_id}"
    assert basil.refused("GET", path, status=404) == "assistant.session_not_found"
    assert amal.post(f"{path}/share", {"login": basil.login})["shared"] is True
    assert basil.get(path)["owner_name"] == "Amal"
    assert len(basil.get(f"{path}/messages")["items"]) == 2
    assert titles(basil) == ["Read this"]
    for method, where, body in (
        ("PATCH", path, {"title": "Mine now"}),
        ("POST", f"{path}/end", None),
        ("POST", f"{path}/share", {"login": other.login}),
        ("DELETE", path, None),
        ("POST", "/messages", {"text": "Hi", "session_id": chat.session_id}),
    ):
        assert basil.refused(method, where, body, status=404) == "assistant.session_not_found", where
    assert amal.refused("POST", f"{path}/share", {"login": "nobody-here"}, status=404) == "assistant.no_such_person"
    other.get(path, status=404)


def test_a_reader_can_watch_an_answer_and_hears_of_the_share(gitu: GituServer, model: ModelServer) -> None:
    amal, basil = gitu.person(Role.ADMIN), gitu.person()
    connect(amal, model)
    chat = Chat(amal)
    turn = chat.say("Read this").turn["id"]
    with window(basil) as screen:
        screen.until(type="ready")
        amal.post(f"/sessions/{chat.session_id}/share", {"login": basil.login})
        assert screen.until_event("session.updated")["session_id"] == chat.session_id
        assert [event for _, event in screen.follow(turn)][-1]["type"] == "RUN_FINISHED"
    assert basil.refused("POST", f"/turns/{turn}/stop", status=404) == "assistant.turn_not_found"


def test_a_deleted_conversation_is_gone_with_its_messages(gitu: GituServer) -> None:
    amal = gitu.person()
    chat = Chat(amal)
    chat.send("Secret")
    amal.delete(f"/sessions/{chat.session_id}")
    amal.get(f"/sessions/{chat.session_id}", status=404)
    for table in ("assistant_messages", "assistant_turns"):
        assert gitu.sql(f"SELECT 1 FROM {table} WHERE owner_id = :id", id=amal.id) == []


def test_idle_conversations_are_ended_by_the_clean_up(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    idle, busy = Chat(amal), Chat(amal)
    idle.say("Old")
    model.script.then(say("word " * 100, token_delay=0.05))
    turn = busy.send("Running")["turn"]["id"]
    with clock.travel(timedelta(hours=73), ticking=True):

        async def clean_up() -> None:
            await end_idle_sessions(gitu.services)

        gitu.run(clean_up())
    assert amal.get(f"/sessions/{idle.session_id}")["state"] == "ended"
    assert amal.get(f"/sessions/{busy.session_id}")["state"] == "open"
    amal.post(f"/turns/{turn}/stop")
    busy.finish(turn)


def test_ending_a_conversation_stops_its_answer(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.then(say("word " * 200, token_delay=0.05))
    chat = Chat(amal)
    turn = chat.send("Go")["turn"]["id"]
    amal.post(f"/sessions/{chat.session_id}/end")
    assert chat.finish(turn).state == "stopped"


def test_the_model_of_a_conversation_can_be_chosen_and_given_back(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connection = connect(amal, model)
    session = amal.post("/sessions", {})
    chosen = f"{connection['id']}/test-model-large"
    path = f"/sessions/{session['id']}"
    assert amal.patch(path, {"model": chosen})["model"] == chosen
    assert amal.patch(path, {"title": "Kept"})["model"] == chosen
    assert amal.patch(path, {"model": None})["model"] is None
    assert amal.refused("PATCH", path, {"model": "nonsense"}, status=422)


def test_a_session_costs_what_its_answers_cost(
    gitu: GituServer, model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    chat = Chat(amal)
    assert amal.get(f"/sessions/{chat.send('/models list-models')['session']['id']}")["cost"] is None
    prices = iter([Decimal("0.01"), None, Decimal("0.0205")])
    monkeypatch.setattr(PriceList, "cost", lambda *_, **__: next(prices))
    for words in ("One.", "Two.", "Three."):
        model.script.then(say(words))
        chat.say("Count")
    assert amal.get(f"/sessions/{chat.session_id}")["cost"] == "0.0305"
    assert [one["cost"] for one in amal.get("/sessions")["items"] if one["id"] == chat.session_id] == ["0.0305"]


def test_sessions_of_before_know_what_they_cost(empty_database_url: str, tmp_path: Path) -> None:
    before = tmp_path / "migrations"
    shutil.copytree(migrate.MIGRATIONS, before, ignore=shutil.ignore_patterns("__pycache__", "001[5-9]_*", "00[2-9]*"))
    migrate.upgrade(empty_database_url, before)
    owner, spent, free = uuid4(), uuid4(), uuid4()
    with psycopg.connect(empty_database_url) as connection:
        for session in (spent, free):
            connection.execute(
                "INSERT INTO assistant_sessions"
                " (id, owner_id, channel, title, state, preview, created_at, updated_at)"
                " VALUES (%s, %s, 'web', '', 'open', '', now(), now())",
                [session, owner],
            )
        for session, cost in ((spent, "0.01"), (spent, "0.02"), (spent, None), (free, None)):
            connection.execute(
                "INSERT INTO assistant_turns"
                " (id, owner_id, session_id, state, attempts, input_tokens, output_tokens, cost, created_at)"
                " VALUES (%s, %s, %s, 'done', 1, 0, 0, %s, now())",
                [uuid4(), owner, session, cost],
            )
    migrate.upgrade(empty_database_url)
    with psycopg.connect(empty_database_url) as connection:
        rows = connection.execute("SELECT id, cost FROM assistant_sessions").fetchall()
    assert dict(rows) == {spent: Decimal("0.03"), free: None}
