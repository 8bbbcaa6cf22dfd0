"""What can't be undone waits for its person, who alone decides, once."""

import json
from datetime import timedelta
from typing import Any

from gitu.kernel import clock
from gitu.kernel.auth.principal import Role
from tests.servers.base import ModelServer
from tests.servers.script import call, say
from tests.support.chat import Answer, Chat, connect, eventually
from tests.support.server import GituServer, Person


def held_deletion(amal: Person, model: ModelServer) -> tuple[Chat, Answer, str]:
    """A conversation in which the model wants to delete another one; and that one's id."""
    connect(amal, model)
    victim = amal.post("/sessions", {"title": "Old plans"})["id"]
    model.script.then(
        call("search_tools", queries=["delete conversation"]),
        call("assistant__delete_session", session_id=victim),
        say("It waits for your approval."),
    )
    chat = Chat(amal)
    return chat, chat.say("Delete my old plans"), victim


def test_a_dangerous_call_is_held_and_runs_when_its_person_approves(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    _, answer, victim = held_deletion(amal, model)
    card = answer.calls[1]
    assert card["status"] == "held"
    assert "CUSTOM" in [event["type"] for event in answer.events if event.get("name") == "approval"]
    amal.get(f"/sessions/{victim}")
    approval = next(a for a in amal.get("/approvals")["items"] if a["id"] == card["approval_id"])
    assert approval["state"] == "pending"
    assert approval["input"] == {"session_id": victim}
    assert approval["requested_by"] == "agent"
    decided = amal.post(f"/approvals/{approval['id']}/approve")
    assert decided["approval"]["state"] == "approved"
    amal.get(f"/sessions/{victim}", status=404)


def test_the_conversation_and_the_model_learn_what_was_decided(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    chat, answer, _ = held_deletion(amal, model)
    amal.post(f"/approvals/{answer.calls[1]['approval_id']}/deny")

    def card() -> Any:
        messages = amal.get(f"/sessions/{chat.session_id}/messages")["items"]
        parts = next(message["parts"] for message in messages if message["role"] == "assistant")
        return next(part for part in parts if part.get("approval_id"))

    eventually(lambda: card()["status"] == "failed")
    assert card()["error"] == "You denied this; it did not run."
    model.script.then(say("I see that you said no."))
    chat.say("And now?")
    assert "The person denied this" in json.dumps(model.asked[-1].body)


def test_a_denied_call_never_runs(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    _, answer, victim = held_deletion(amal, model)
    approval = answer.calls[1]["approval_id"]
    assert amal.post(f"/approvals/{approval}/deny")["approval"]["state"] == "denied"
    assert amal.refused("POST", f"/approvals/{approval}/approve", status=409) == "approval.closed"
    amal.get(f"/sessions/{victim}")


def test_an_approval_is_given_once(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    _, answer, _ = held_deletion(amal, model)
    approval = answer.calls[1]["approval_id"]
    amal.post(f"/approvals/{approval}/approve")
    assert amal.refused("POST", f"/approvals/{approval}/approve", status=409) == "approval.closed"


def test_nobody_else_can_see_or_decide_it(gitu: GituServer, model: ModelServer) -> None:
    amal, owner = gitu.person(Role.ADMIN), gitu.person(Role.OWNER)
    _, answer, victim = held_deletion(amal, model)
    approval = answer.calls[1]["approval_id"]
    assert owner.get("/approvals")["items"] == []
    assert owner.refused("POST", f"/approvals/{approval}/approve", status=404) == "not_found"
    amal.get(f"/sessions/{victim}")


def test_the_assistant_and_programs_can_not_approve(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    chat, answer, victim = held_deletion(amal, model)
    approval = answer.calls[1]["approval_id"]
    program = amal.key("approvals:read", "approvals:decide")
    assert program.refused("POST", f"/approvals/{approval}/approve", status=403) == "approval.not_for_delegates"
    model.script.then(
        call("search_tools", queries=["approve held request"]),
        call("trust__approve", approval_id=approval),
        say("I can't."),
    )
    assert chat.say("Approve it yourself").calls[-1]["status"] == "failed"
    amal.get(f"/sessions/{victim}")


def test_a_forged_approval_of_a_made_up_id_runs_nothing(gitu: GituServer) -> None:
    amal = gitu.person()
    path = "/approvals/01890a5d-ac96-774b-bcce-b302099a8057/approve"
    assert amal.refused("POST", path, status=404) == "not_found"
    assert amal.refused("POST", path, {"approved": True}, status=422) == "input.invalid"


def test_a_request_nobody_answered_expires(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    _, answer, victim = held_deletion(amal, model)
    approval = answer.calls[1]["approval_id"]
    with clock.travel(timedelta(hours=25), ticking=True):
        again = gitu.again(amal)
        assert again.get("/approvals", state="pending")["items"] == []
        assert [a["id"] for a in again.get("/approvals", state="expired")["items"]] == [approval]
        assert again.refused("POST", f"/approvals/{approval}/approve", status=409) == "approval.closed"
        again.get(f"/sessions/{victim}")


def test_the_next_question_finds_out_that_nobody_answered_in_time(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    chat, _, _ = held_deletion(amal, model)
    model.script.then(say("Nobody answered."))
    with clock.travel(timedelta(hours=25), ticking=True):
        later = Chat(gitu.again(amal), chat.session_id)
        later.say("And now?")
        messages = later.messages()
    card = next(part for message in messages for part in message["parts"] if part.get("approval_id"))
    assert (card["status"], card["error"]) == ("failed", "Nobody answered in time; it did not run.")
    assert "Nobody answered in time" in json.dumps(model.asked[-1].body)


def test_an_approval_whose_action_fails_stays_pending(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    _, answer, victim = held_deletion(amal, model)
    approval = answer.calls[1]["approval_id"]
    amal.delete(f"/sessions/{victim}")
    assert amal.refused("POST", f"/approvals/{approval}/approve", status=404) == "assistant.session_not_found"
    assert [a["id"] for a in amal.get("/approvals", state="pending")["items"]] == [approval]


def test_a_person_who_lost_the_permission_can_not_approve_with_it(gitu: GituServer, model: ModelServer) -> None:
    amal, owner, basil = gitu.person(Role.ADMIN), gitu.person(Role.OWNER), gitu.person()
    connect(amal, model)
    model.script.then(
        call("search_tools", queries=["person's role"]),
        call("identity__update_user", user_id=str(basil.id), role="guest"),
        say("Waiting."),
    )
    approval = Chat(amal).say("Make Basil a guest").calls[1]["approval_id"]
    owner.patch(f"/users/{amal.id}", {"role": "member"})
    assert amal.refused("POST", f"/approvals/{approval}/approve", status=403) == "auth.denied"
    assert basil.get("/me")["role"] == "member"


def test_an_approval_asked_and_decided_is_in_the_audit_log(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    _, answer, _ = held_deletion(amal, model)
    amal.post(f"/approvals/{answer.calls[1]['approval_id']}/approve")
    rows = gitu.sql(
        "SELECT action, outcome, actor_kind FROM audit WHERE owner_id = :id AND action IN"
        " ('assistant.delete_session', 'trust.approve') ORDER BY id",
        id=amal.id,
    )
    assert [tuple(row) for row in rows] == [
        ("assistant.delete_session", "held", "agent"),
        ("assistant.delete_session", "ok", "person"),
        ("trust.approve", "ok", "person"),
    ]
