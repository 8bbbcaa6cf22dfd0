"""A question and its answer: streamed, counted, kept; with tools, with errors, stopped, edited."""

import time
from decimal import Decimal

from gitu.kernel.auth.principal import Role
from tests.servers.base import ModelServer
from tests.servers.script import Usage, after_tool, call, failing, rate_limited, say, when_said, wrong_key
from tests.support.chat import Chat, connect, eventually, kinds, spoken, watch
from tests.support.server import GituServer, Json


def test_an_answer_streams_word_by_word_and_is_kept(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.then(say("The sea is calm today.", usage=Usage(120, 6)))
    chat = Chat(amal)
    answer = chat.say("How is the sea?")
    assert kinds(answer.events) == [
        "RUN_STARTED",
        "TEXT_MESSAGE_START",
        "TEXT_MESSAGE_CONTENT",
        "TEXT_MESSAGE_END",
        "CUSTOM usage",
        "RUN_FINISHED",
    ]
    assert spoken(answer.events) == answer.text == "The sea is calm today."
    usage = answer.turn["usage"]
    assert (usage["input_tokens"], usage["output_tokens"]) == (120, 6)
    assert Decimal(usage["cost"]) == 0  # a model on this machine costs nothing
    assert [m["role"] for m in chat.messages()] == ["person", "assistant"]


def test_a_session_shows_its_title_preview_and_running_turn(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.then(say("Four.", token_delay=0.2, first_token_delay=0.3))
    chat = Chat(amal)
    sent = chat.send("What is two and two?")
    assert sent["session"]["active_turn_id"] == sent["turn"]["id"]
    chat.finish(sent["turn"]["id"])
    session = amal.get(f"/sessions/{chat.session_id}")
    assert session["title"] == "What is two and two?"
    assert session["last_message_preview"] == "Four."
    assert session["active_turn_id"] is None


def test_a_rare_tool_is_found_by_search_and_run(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    amal.lets_assistant("identity.update_me")
    connect(amal, model)
    model.script.then(
        call("search_tools", queries=["rename my account name"]),
        call("identity__update_me", name="Amal Haddad"),
        say("Done, you are Amal Haddad now."),
    )
    answer = Chat(amal).say("Call me Amal Haddad")
    assert answer.state == "done", answer.error
    assert "identity__update_me" not in model.asked[0].tools
    assert "identity__update_me" in model.asked[1].tools
    assert [c["name"] for c in answer.calls] == ["search_tools", "identity__update_me"]
    assert answer.calls[1]["status"] == "done"
    assert answer.calls[1]["input"] == {"name": "Amal Haddad"}
    assert amal.get("/me")["name"] == "Amal Haddad"


def test_a_refused_tool_call_is_told_to_the_model_and_shown(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.then(
        call("search_tools", queries=["preferences theme", "conversation"]),
        call("identity__update_preferences", theme="purple"),
        call("assistant__get_session", session_id="00000000-0000-7000-8000-000000000000"),
        say("I could not."),
    )
    answer = Chat(amal).say("Make it purple")
    assert answer.state == "done", answer.error
    assert [c["status"] for c in answer.calls] == ["done", "failed", "failed"]
    assert "theme" in answer.calls[1]["error"]
    assert "theme" in model.asked[2].tool_results[-1]
    assert "There is no conversation" in model.asked[3].tool_results[-1]


def test_a_tool_the_person_may_not_use_is_not_there(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    gitu.person(Role.OWNER).patch(f"/users/{amal.id}", {"role": "guest"})
    model.script.then(call("identity__list_users"), say("I can't see them."))
    answer = Chat(amal).say("Who is here?")
    assert answer.calls[0]["status"] == "failed"
    assert "users" not in str(answer.calls[0]["output"])


def test_a_stop_during_streaming_ends_the_answer_at_once(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.then(say("word " * 400, token_delay=0.1), say("Another answer."))
    chat = Chat(amal)
    turn = chat.send("Tell me everything")["turn"]["id"]
    events: list[Json] = []
    asked_at = 0.0
    for _, event in watch(amal, turn):
        events.append(event)
        if event["type"] == "TEXT_MESSAGE_CONTENT" and len(events) == 6:
            asked_at = time.monotonic()
            amal.post(f"/turns/{turn}/stop")
    assert time.monotonic() - asked_at < 10  # of the 40 s that it would have gone on
    assert events[-1]["result"] == {"state": "stopped"}
    answer = chat.answer(turn)
    assert answer.message["status"] == "stopped"
    assert answer.text.startswith("word word")
    assert chat.say("Go on").text == "Another answer."
    assert "word word" in str(model.asked[1].body["messages"])


def test_a_stop_during_a_tool_call_ends_the_turn(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connection = connect(amal, model)
    # The tool asks a model server that says nothing for a while.
    model.script.then(call("models__test_connection", connection_id=connection["id"]))
    model.script.otherwise = say("", first_token_delay=20)
    chat = Chat(amal)
    turn = chat.send("Try the connection")["turn"]["id"]
    eventually(lambda: len(model.asked) >= 1)
    time.sleep(0.3)
    asked_at = time.monotonic()
    amal.post(f"/turns/{turn}/stop")
    answer = chat.finish(turn)
    assert time.monotonic() - asked_at < 10
    assert answer.state == "stopped"


def test_an_edited_message_replaces_what_came_after_it(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    chat = Chat(amal)
    chat.say("First question")
    second = chat.send("Secnd question")
    chat.finish(second["turn"]["id"])
    answer = chat.say("Second question", edit_of=second["message"]["id"])
    assert answer.text == "You said: Second question"
    assert [m["parts"][0]["text"] for m in chat.messages()] == [
        "First question",
        "You said: First question",
        "Second question",
        "You said: Second question",
    ]
    assert "Secnd" not in str(model.asked[-1].body)


def test_only_ones_own_messages_of_this_conversation_can_be_edited(gitu: GituServer, model: ModelServer) -> None:
    amal, basil = gitu.person(Role.ADMIN), gitu.person(Role.ADMIN)
    connect(amal, model)
    chat = Chat(amal)
    answer = chat.say("Mine")
    other = Chat(amal)
    other.say("Elsewhere")
    for message_id in (answer.message["id"], other.messages()[0]["id"]):
        problem = chat.send("Changed", edit_of=message_id, status=422)
        assert problem["code"] == "assistant.message_not_editable"
    stranger = Chat(basil, chat.session_id)
    assert stranger.send("Changed", status=404)["code"] == "assistant.session_not_found"


def test_a_second_message_waits_until_the_answer_is_done(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.then(say("slow " * 20, token_delay=0.05))
    chat = Chat(amal)
    turn = chat.send("One")["turn"]["id"]
    assert chat.send("Two", status=409)["code"] == "assistant.turn_running"
    chat.finish(turn)
    assert chat.say("Three").state == "done"
    assert "Two" not in [m["parts"][0]["text"] for m in chat.messages()]


def test_a_repeated_send_with_its_key_makes_one_turn(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    sent = [amal.post("/messages", {"text": "Once"}, headers={"idempotency-key": "k-1"}) for _ in range(2)]
    assert sent[0] == sent[1]
    Chat(amal, sent[0]["session"]["id"]).finish(sent[0]["turn"]["id"])
    assert len(model.asked) == 1


def test_reasoning_is_told_and_kept_apart_from_the_answer(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.then(say("Blue.", reasoning="The sky scatters light"))
    answer = Chat(amal).say("What colour is the sky?")
    assert "REASONING_MESSAGE_CONTENT" in kinds(answer.events)
    assert [part["type"] for part in answer.message["parts"]] == ["reasoning", "text"]
    assert answer.text == "Blue."


def test_each_failure_of_the_model_is_one_clear_sentence_and_the_message_is_kept(
    gitu: GituServer, model: ModelServer
) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    faults = {
        "wrong key": wrong_key(),
        "rate limit": rate_limited(2),
        "failing": failing(500),
        "cut": say("one two three four", cut_after=2),
        "garbage": say("one two three four", garbage_after=2),
    }
    for name, fault in faults.items():
        model.script.rules = []
        model.script.otherwise = fault
        chat = Chat(amal)
        answer = chat.say(f"Please: {name}")
        assert answer.state in ("failed", "cut"), name
        assert answer.events[-1]["type"] == "RUN_ERROR", name
        assert answer.events[-1]["message"] == answer.error["detail"]
        assert answer.error["code"].startswith("models."), (name, answer.error)
        assert 20 < len(answer.error["detail"]) < 400, answer.error
        assert chat.messages()[0]["parts"] == [{"type": "text", "text": f"Please: {name}", "origin": "person"}]
        model.script.otherwise = say("Good again.")
        assert chat.say("And now?").text == "Good again.", name


def test_an_unreachable_model_is_named_with_the_way_out(gitu: GituServer) -> None:
    from tests.servers.openai_compatible import openai_compatible

    amal = gitu.person(Role.ADMIN)
    with openai_compatible() as server:
        connect(amal, server)
    answer = Chat(amal).say("Anyone there?")
    assert answer.state == "failed"
    assert answer.error["code"].startswith("models.")
    assert answer.message["parts"] == []


def test_a_model_that_falls_silent_is_given_up(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.then(say("one two three", hang_after=2))
    answer = Chat(amal).say("Hello")
    assert answer.state in ("failed", "cut")
    assert answer.text.startswith("one two")


def test_a_fallback_answers_and_says_so(gitu: GituServer, model: ModelServer) -> None:
    from tests.servers.openai_compatible import openai_compatible

    amal = gitu.person(Role.ADMIN)
    first = connect(amal, model)
    with openai_compatible() as second:
        spare = connect(amal, second, name="Spare")
        amal.put(
            "/models/defaults",
            {"default": f"{first['id']}/test-model", "fallbacks": [f"{spare['id']}/test-model"]},
        )
        model.script.otherwise = failing(500)
        answer = Chat(amal).say("Hello")
    assert answer.state == "done", answer.error
    assert answer.text == "You said: Hello"
    assert answer.notices == ["models.fallback"]


def test_a_model_that_calls_tools_without_end_is_stopped(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.otherwise = call("assistant__get_status")
    chat = Chat(amal)
    answer = chat.say("Loop")
    assert answer.state == "failed"
    assert answer.error["code"] == "assistant.too_many_steps"
    assert len(model.asked) == 30
    model.script.otherwise = say("Fine.")
    assert chat.say("And now?").text == "Fine."


def test_a_huge_answer_of_a_tool_is_cut_for_the_model(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    chat = Chat(amal)
    for number in range(4):
        model.script.then(say(f"{number} " + "long-" * 3000))
        more = chat.say("More")
        assert more.state == "done", more.error
    model.script.then(call("assistant__list_messages", session_id=chat.session_id))
    model.script.rules = [after_tool(say("Read."))]
    answer = chat.say("Read it again")
    assert answer.state == "done", answer.error
    assert len(model.asked[-1].tool_results[-1]) < 30_000
    assert "Ask for less" in model.asked[-1].tool_results[-1]


def test_a_message_longer_than_the_model_can_read_is_refused_in_words(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    answer = Chat(amal).say("word " * 30_000)
    assert answer.error["code"] == "assistant.message_too_long"
    assert model.asked == []


def test_old_messages_are_left_out_when_the_window_is_full(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    chat = Chat(amal)
    for number in range(6):
        model.script.then(say("noted"))
        chat.say(f"Fact {number}: " + "filler " * 2200)
    answer = chat.say("What was the last fact?")
    assert "assistant.context_trimmed" in answer.notices
    sent = str(model.asked[-1].body["messages"])
    assert "Fact 5" in sent
    assert "Fact 0" not in sent


def test_without_a_model_the_answer_says_how_to_connect_one(gitu: GituServer) -> None:
    amal = gitu.person()
    answer = Chat(amal).say("Hello?")
    assert answer.state == "done"
    assert answer.notices == ["models.none"]
    assert "Settings, Models" in answer.message["parts"][0]["text"]
    basil = gitu.person(language="ar")
    assert "الإعدادات" in Chat(basil).say("مرحبا").message["parts"][0]["text"]


def test_a_tool_result_reaches_the_model_and_is_quoted(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.rules = [when_said("status", call("assistant__get_status")), after_tool()]
    answer = Chat(amal).say("What is your status?")
    assert "TOOL_CALL_RESULT" in kinds(answer.events)
    assert "running_turns" in answer.text
