"""STOP from anywhere: every answer of the person ends, and no tool call begins after it."""

import secrets

import pytest

from gitu.kernel.auth.principal import Role
from tests.servers.base import ModelServer
from tests.servers.script import call, say
from tests.support.chat import Chat, connect, eventually, watch
from tests.support.server import GituServer, Json, Person
from tests.support.workshop import done, patient_gitu

__all__ = ["patient_gitu"]

pytestmark = pytest.mark.alone  # its patient server has a job engine of its own, and a process holds one


def waiting(amal: Person, session_id: str | None) -> Json:
    """The request that waits in this conversation, once it is there."""
    return eventually(lambda: amal.get("/approvals", state="pending", session_id=session_id)["items"])[0]


def test_all_answers_of_the_person_end_and_nobody_elses(patient_gitu: GituServer, model: ModelServer) -> None:
    amal, basil = patient_gitu.person(Role.ADMIN), patient_gitu.person(Role.ADMIN)
    long = say("word " * 200, token_delay=0.05)
    for person in (amal, basil):
        connect(person, model)
    model.script.then(long, long, long)
    first, second, other = Chat(amal), Chat(amal), Chat(basil)
    turns = [(first, first.send("One")["turn"]["id"]), (second, second.send("Two")["turn"]["id"])]
    basils = other.send("Mine")["turn"]["id"]
    for person, turn in ((amal, turns[0][1]), (amal, turns[1][1]), (basil, basils)):
        next(event for _, event in watch(person, turn) if event["type"] == "TEXT_MESSAGE_CONTENT")
    assert amal.post("/stop") == {"answers": 2}
    assert [chat.finish(turn).state for chat, turn in turns] == ["stopped", "stopped"]
    assert basil.get(f"/turns/{basils}")["state"] == "running"
    assert amal.post("/stop") == {"answers": 0}
    basil.post("/stop")


def test_a_wait_for_an_approval_ends_at_once_and_no_tool_runs_after_it(
    patient_gitu: GituServer, model: ModelServer
) -> None:
    amal, word = patient_gitu.person(Role.ADMIN), secrets.token_hex(4)
    connect(amal, model)
    model.script.then(
        call("workshop__write_note", path="/home/amal/a.txt", text=f"first {word}"),
        call("workshop__write_note", path="/home/amal/b.txt", text=f"second {word}"),
        say("Done."),
    )
    chat = Chat(amal)
    turn = chat.send("Write both")["turn"]["id"]
    request = waiting(amal, chat.session_id)
    assert amal.post("/stop") == {"answers": 1}
    answer = chat.finish(turn)
    assert answer.state == "stopped"
    assert len(model.asked) == 1  # the model was not asked what to do next
    assert amal.post(f"/approvals/{request['id']}/deny")["approval"]["state"] == "denied"
    assert [text for text in done if word in text] == []


def test_the_slash_command_stops_the_conversation_it_is_typed_in(patient_gitu: GituServer, model: ModelServer) -> None:
    amal = patient_gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.then(say("word " * 200, token_delay=0.05))
    chat = Chat(amal)
    turn = chat.send("Count")["turn"]["id"]
    next(event for _, event in watch(amal, turn) if event["type"] == "TEXT_MESSAGE_CONTENT")
    assert chat.send("/stop")["turn"]["state"] == "done"
    assert chat.finish(turn).state == "stopped"


def test_a_stop_before_the_answer_began_lets_it_do_nothing(patient_gitu: GituServer, model: ModelServer) -> None:
    amal = patient_gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.then(say("word " * 200, token_delay=0.05, first_token_delay=0.5))
    chat = Chat(amal)
    turn = chat.send("Count")["turn"]["id"]
    assert amal.post("/stop")["answers"] == 1
    answer = chat.finish(turn)
    assert (answer.state, answer.text) == ("stopped", "")
    model.script.queue.clear()


def test_what_acts_for_a_person_can_not_stop_for_them(patient_gitu: GituServer, model: ModelServer) -> None:
    amal = patient_gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.then(call("assistant__stop_everything"), say("I can't."))
    assert Chat(amal).say("Stop").calls[0]["status"] == "failed"
