"""Who answers a turn: the process that was asked, at once; a job where it lasts; another process where that died."""

from uuid import UUID

import pytest

from gitu.features.assistant.answering import REGISTER_AFTER_S, Answering, workflow_id
from gitu.features.assistant.workflows import start_stranded_turns
from gitu.kernel.auth.principal import Role
from gitu.kernel.jobs import Jobs, unknown_jobs
from tests.servers.base import ModelServer
from tests.servers.script import say
from tests.support.chat import Chat, connect, eventually, watch
from tests.support.server import GituServer


def has_job(gitu: GituServer, turn: str) -> bool:
    """Whether a durable job was ever registered for the turn."""
    return not gitu.run(unknown_jobs(gitu.services.database, [workflow_id(UUID(turn))]))


def attempts(gitu: GituServer, turn: str) -> int:
    """How often it was begun."""
    ((number,),) = gitu.sql("SELECT attempts FROM assistant_turns WHERE id = :id", id=turn)
    return int(number)


def test_an_answer_that_lasts_gets_a_job_and_is_not_begun_a_second_time(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.then(say("word " * 20, token_delay=3 * REGISTER_AFTER_S / 20))
    chat = Chat(amal)
    turn = chat.send("Count")["turn"]["id"]
    eventually(lambda: has_job(gitu, turn))
    assert chat.finish(turn).state == "done"
    assert attempts(gitu, turn) == 1
    job = eventually(
        lambda: (found := gitu.run(gitu.services.resource(Jobs).status(workflow_id(UUID(turn))))).ended and found
    )
    assert job.state == "success"


def test_an_answer_that_is_soon_over_needs_no_job(
    gitu: GituServer, model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gitu.features.assistant.answering.REGISTER_AFTER_S", 60)
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.then(say("Yes."))
    turn = Chat(amal).say("Is it?").turn["id"]
    answering = gitu.services.resource(Answering)
    eventually(lambda: answering.find(UUID(turn)) is None)
    assert not has_job(gitu, turn)
    assert attempts(gitu, turn) == 1


def test_a_turn_whose_process_died_before_it_had_a_job_is_answered_by_another(
    gitu: GituServer, model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gitu.features.assistant.answering.REGISTER_AFTER_S", 60)
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.then(say("word " * 50, token_delay=0.1), say("The whole answer."))
    chat = Chat(amal)
    turn = chat.send("Tell me")["turn"]["id"]
    next(event for _, event in watch(amal, turn) if event["type"] == "TEXT_MESSAGE_CONTENT")
    gitu.run(gitu.services.resource(Answering).aclose())  # as a process ends
    assert amal.get(f"/turns/{turn}")["state"] == "running"
    gitu.run(start_stranded_turns(gitu.services))
    assert not has_job(gitu, turn)  # it may have been asked only now: its process would be about to register it
    gitu.sql("UPDATE assistant_turns SET created_at = created_at - interval '1 minute' WHERE id = :id", id=turn)
    gitu.run(start_stranded_turns(gitu.services))
    answer = chat.finish(turn)
    assert (answer.state, answer.text) == ("done", "The whole answer.")
    assert attempts(gitu, turn) == 2
