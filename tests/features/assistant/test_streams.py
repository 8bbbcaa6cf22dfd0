"""Watching an answer: from several windows, after a lost connection, after the end, by others."""

import threading

from gitu.kernel.auth.principal import Role
from tests.servers.base import ModelServer
from tests.servers.script import call, say
from tests.support.chat import Chat, connect, spoken, watch, window
from tests.support.server import API, GituServer

LONG = "The quick brown fox jumps over the lazy dog again and again until it is tired. "


def test_a_lost_connection_resumes_where_it_was(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.then(say(LONG, token_delay=0.05))
    turn = Chat(amal).send("Tell me")["turn"]["id"]
    first, seq = [], 0
    for seq, event in watch(amal, turn):  # noqa: B007 - used below
        first.append(event)
        if len(first) == 6:
            break
    rest = [event for _, event in watch(amal, turn, after=seq)]
    assert spoken(first + rest) == LONG.strip() or spoken(first + rest) == LONG
    assert rest[-1]["type"] == "RUN_FINISHED"
    assert not any(event["type"] == "RUN_STARTED" for event in rest)


def test_numbers_are_consecutive(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.then(say(LONG, token_delay=0.02))
    turn = Chat(amal).send("Tell me")["turn"]["id"]
    numbers = [seq for seq, _ in watch(amal, turn)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_finished_answer_is_told_anew(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.then(call("assistant__get_status"), say("All is well."))
    chat = Chat(amal)
    answer = chat.say("Status?")
    for after in (None, 3, 10_000):
        replayed = [event for _, event in watch(amal, answer.turn["id"], after=after)]
        assert spoken(replayed) == "All is well."
        assert [e["toolCallName"] for e in replayed if e["type"] == "TOOL_CALL_START"] == ["assistant__get_status"]
        assert replayed[-1]["type"] == "RUN_FINISHED"


def test_two_windows_see_the_same_answer(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.then(say(LONG, token_delay=0.02, first_token_delay=0.2))
    with window(amal) as one, window(gitu.again(amal)) as two:
        turn = Chat(amal).send("Tell me")["turn"]["id"]
        seen: dict[str, str] = {}

        def look(name: str) -> None:
            seen[name] = spoken([event for _, event in {"one": one, "two": two}[name].follow(turn)])

        threads = [threading.Thread(target=look, args=[name]) for name in ("one", "two")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
    assert seen["one"] == seen["two"]
    assert seen["one"].startswith("The quick")


def test_a_window_hears_of_what_another_device_does(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    with window(amal) as screen:
        screen.until(type="ready")
        chat = Chat(gitu.again(amal))
        sent = chat.send("Hello")
        assert screen.until_event("session.created")["session_id"] == chat.session_id
        assert screen.until_event("turn.started")["turn_id"] == sent["turn"]["id"]
        assert screen.until_event("turn.finished")["state"] == "done"


def test_a_window_resumes_from_a_number(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.then(say(LONG, token_delay=0.05))
    turn = Chat(amal).send("Tell me")["turn"]["id"]
    first, seq = [], 0
    with window(amal) as screen:
        for seq, event in screen.follow(turn):  # noqa: B007 - used below
            first.append(event)
            if len(first) == 5:
                break
    with window(amal) as screen:
        rest = [event for _, event in screen.follow(turn, after=seq)]
    assert spoken(first + rest).split() == LONG.split()


def test_another_process_can_be_asked_to_watch(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.then(say(LONG, token_delay=0.05))
    turn = Chat(amal).send("Tell me")["turn"]["id"]
    with gitu.twin() as twin:
        elsewhere = twin.client(authorization=f"Bearer {amal.token}")
        events = [event for _, event in watch(elsewhere, turn)]
    assert spoken(events).split() == LONG.split()
    assert events[-1]["type"] == "RUN_FINISHED"


def test_a_stop_from_another_process_is_heard(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    with gitu.twin() as twin:
        model.script.then(say(LONG * 20, token_delay=0.05))
        chat = Chat(amal)
        turn = chat.send("Tell me")["turn"]["id"]
        twin.client(authorization=f"Bearer {amal.token}").post(f"/turns/{turn}/stop")
        assert chat.finish(turn).state == "stopped"


def test_nobody_else_can_watch_stop_or_read_an_answer(gitu: GituServer, model: ModelServer) -> None:
    amal, owner = gitu.person(Role.ADMIN), gitu.person(Role.OWNER)
    connect(amal, model)
    chat = Chat(amal)
    turn = chat.say("Private").turn["id"]
    assert owner.refused("GET", f"/turns/{turn}", status=404) == "assistant.turn_not_found"
    assert owner.refused("GET", f"/turns/{turn}/events", status=404) == "assistant.turn_not_found"
    assert owner.refused("POST", f"/turns/{turn}/stop", status=404) == "assistant.turn_not_found"
    assert gitu.client().refused("GET", f"/turns/{turn}/events", status=401) == "auth.required"
    with window(owner) as screen:
        screen.send(type="watch", turn_id=turn, after=0)
        assert screen.until(type="error")["problem"]["code"] == "assistant.turn_not_found"


def test_a_malformed_turn_or_position_is_refused_or_ignored(gitu: GituServer) -> None:
    amal = gitu.person()
    assert amal.refused("GET", "/turns/nonsense/events", status=404) == "assistant.turn_not_found"
    with window(amal) as screen:
        screen.send(type="watch", turn_id="nonsense", after=-5)
        assert screen.until(type="error")["problem"]["code"] == "assistant.turn_not_found"


def test_a_conversation_deleted_while_it_is_answered_ends_the_answer(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.then(say(LONG * 20, token_delay=0.05))
    chat = Chat(amal)
    turn = chat.send("Tell me")["turn"]["id"]
    lines = []
    with amal.http.stream("GET", f"{API}/turns/{turn}/events") as response:
        for line in response.iter_lines():
            lines.append(line)
            if len(lines) == 9:
                amal.delete(f"/sessions/{chat.session_id}")
    assert "RUN_ERROR" in lines[-2]
    amal.get(f"/turns/{turn}", status=404)
    assert "Traceback" not in gitu.log.getvalue()
