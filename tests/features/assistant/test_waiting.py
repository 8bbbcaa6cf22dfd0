"""An answer waits for the person's decision on a held call, and goes on with what really came of it."""

import json
from collections.abc import Iterator

import pytest

from gitu.kernel.auth.principal import Role
from tests.servers.base import ModelServer
from tests.servers.script import Asked, Reply, call, say
from tests.support.chat import Chat, connect, eventually
from tests.support.server import GituServer, Json, Person


@pytest.fixture
def patient(gitu: GituServer) -> Iterator[GituServer]:
    """The server, whose answers wait a while."""
    before = gitu.services.settings
    gitu.services.settings = before.model_copy(update={"approval_wait_s": 60})
    yield gitu
    gitu.services.settings = before


def waiting(amal: Person, model: ModelServer, says: str) -> tuple[Chat, str, Json, str]:
    """A running answer that waits to delete a conversation: the chat, the turn, the request, the conversation."""
    connect(amal, model)
    victim = amal.post("/sessions", {"title": "Old plans"})["id"]
    model.script.then(
        call("search_tools", queries=["delete conversation"]),
        call("assistant__delete_session", session_id=victim),
        say(says),
    )
    chat = Chat(amal)
    turn = chat.send("Delete my old plans")["turn"]["id"]
    request = eventually(lambda: amal.get("/approvals", state="pending")["items"], within_s=60)[0]
    return chat, turn, request, victim


def test_approved_it_runs_and_the_answer_goes_on_with_what_it_said(patient: GituServer, model: ModelServer) -> None:
    amal = patient.person(Role.ADMIN)
    chat, turn, request, victim = waiting(amal, model, "I deleted your old plans.")
    assert amal.get(f"/turns/{turn}")["state"] == "running"
    amal.get(f"/sessions/{victim}")
    amal.post(f"/approvals/{request['id']}/approve")
    answer = chat.finish(turn)
    card = answer.calls[-1]
    assert (card["status"], card["approval_id"], card["receipt"]) == ("done", request["id"], request["id"])
    assert answer.notices == []  # the claim is proven
    assert "waiting for the person" not in json.dumps(model.asked[-1].body)
    amal.get(f"/sessions/{victim}", status=404)


def test_denied_nothing_runs_and_the_model_is_told(patient: GituServer, model: ModelServer) -> None:
    amal = patient.person(Role.ADMIN)
    chat, turn, request, victim = waiting(amal, model, "I deleted your old plans.")
    amal.post(f"/approvals/{request['id']}/deny")
    answer = chat.finish(turn)
    assert answer.calls[-1]["status"] == "failed"
    assert "denied" in answer.calls[-1]["error"]
    assert "denied" in model.asked[-1].tool_results[-1]
    assert answer.notices == ["assistant.unproven"]  # it said that it did
    amal.get(f"/sessions/{victim}")


def test_a_receipt_of_another_kind_proves_nothing(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    amal.lets_assistant("me:write")
    renames = call("identity__update_me", name="Amal the second")
    model.script.then(call("search_tools", queries=["change name"]), renames, say("I changed your name."))
    assert Chat(amal).say("Call me so").notices == []
    model.script.then(call("search_tools", queries=["change name"]), renames, say("I changed it and paid the bill."))
    answer = Chat(amal).say("Call me so")
    assert answer.calls[-1]["receipt"] is not None
    assert answer.notices == ["assistant.unproven"]


def test_an_unproven_claim_is_marked_in_the_person_s_language(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN, language="ar")
    connect(amal, model)
    model.script.then(say("لقد أرسلت الرسالة."), say("لم أرسل شيئًا."))
    chat = Chat(amal)
    (notice,) = [part for part in chat.say("أرسلها").message["parts"] if part["type"] == "notice"]
    assert notice["code"] == "assistant.unproven"
    assert not notice["text"].isascii()
    assert chat.say("حقًا؟").notices == []


def test_stopped_while_it_waits_the_answer_ends_and_nothing_has_run(patient: GituServer, model: ModelServer) -> None:
    amal = patient.person(Role.ADMIN)
    chat, turn, request, victim = waiting(amal, model, "Never said.")
    amal.post(f"/turns/{turn}/stop")
    answer = chat.finish(turn)
    assert answer.state == "stopped"
    assert answer.text == ""
    amal.get(f"/sessions/{victim}")
    amal.post(f"/approvals/{request['id']}/deny")
    model.script.queue.clear()
    model.script.then(say("I see."))
    assert chat.say("And now?").state == "done"
    amal.get(f"/sessions/{victim}")


def test_what_is_revoked_in_the_middle_of_an_answer_holds_from_its_next_call_on(
    gitu: GituServer, model: ModelServer
) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    grant = amal.post("/grants", {"covers": "assistant.open_session"})["id"]

    def taken_back(asked: Asked) -> Reply:
        amal.delete(f"/grants/{grant}")
        return call("assistant__open_session", title="The second")

    model.script.then(
        call("search_tools", queries=["begin a conversation"]),
        call("assistant__open_session", title="The first"),
        taken_back,
        say("One of two."),
    )
    answer = Chat(amal).say("Open two conversations")
    assert [one["status"] for one in answer.calls[1:]] == ["done", "held"]
    titles = {session["title"] for session in amal.get("/sessions")["items"]}
    assert "The first" in titles
    assert "The second" not in titles
    (request,) = amal.get("/approvals", state="pending")["items"]
    assert request["input"]["title"] == "The second"


def test_another_process_may_take_the_decision(patient: GituServer, model: ModelServer) -> None:
    amal = patient.person(Role.ADMIN)
    chat, turn, request, victim = waiting(amal, model, "Gone.")
    with patient.twin() as other:
        there = other.client(authorization=f"Bearer {amal.token}")
        there.post(f"/approvals/{request['id']}/approve")
        answer = chat.finish(turn)
    assert answer.calls[-1]["status"] == "done"
    amal.get(f"/sessions/{victim}", status=404)


def test_a_decision_after_the_answer_s_patience_is_settled_in_the_conversation(
    gitu: GituServer, model: ModelServer
) -> None:
    amal = gitu.person(Role.ADMIN)
    chat, turn, request, _ = waiting(amal, model, "It waits for your approval.")
    answer = chat.finish(turn)
    assert answer.calls[-1]["status"] == "held"
    amal.post(f"/approvals/{request['id']}/approve")
    eventually(lambda: chat.answer(turn).calls[-1]["status"] == "done", within_s=30)
    assert chat.answer(turn).calls[-1]["approval_id"] == request["id"]
    assert chat.answer(turn).calls[-1]["receipt"] == request["id"]
