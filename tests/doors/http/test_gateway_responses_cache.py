"""The cache of answers at ``/v1/responses``: over a server that knows chat completions only, and over OpenAI's own."""

import asyncio
import contextlib
from typing import Any

import openai  # noqa: TID251 - the client that people use, not a provider's
import pytest
from openai import AsyncOpenAI, OpenAI  # noqa: TID251

from gitu.kernel.auth.principal import Role
from tests.doors.http.test_gateway_responses import OWN, TRANSLATED, WEATHER, answering, client, own, person
from tests.servers.base import ModelServer
from tests.servers.script import Usage, call, failing, say
from tests.support.gateway import asking, calls_of, key_of
from tests.support.server import GituServer, Person

__all__ = ["answering", "client", "own", "person"]  # fixtures
USED = Usage(input=12, output=3)


def ask(client: OpenAI, name: str, text: str = "Hello", **more: Any) -> tuple[Any, str]:
    """The response, and what the cache did."""
    given: dict[str, Any] = {"model": name, "input": text, "temperature": 0, **more}
    raw = client.responses.with_raw_response.create(**given)
    return raw.parse(), raw.headers["x-gitu-cache"]


def test_the_same_question_is_asked_once(client: OpenAI, person: Person, answering: tuple[str, ModelServer]) -> None:
    name, server = answering
    server.script.then(say("one two three", usage=USED), say("something else"))
    first, missed = ask(client, name)
    again, found = ask(client, name, stream=False)
    assert (missed, found) == ("miss", "hit")
    assert again == first  # its id, and when it was made, too
    assert again.output_text == "one two three"
    assert len(server.asked) == 1
    hit, miss = calls_of(person, 2)
    assert (hit["outcome"], hit["cache"], hit["cost"], hit["input_tokens"]) == ("ok", "hit", "0", None)
    assert (miss["outcome"], miss["cache"], miss["input_tokens"]) == ("ok", "miss", 12)
    (day,) = person.get("/models/cache", days=7)["days"]
    assert (day["hits"], day["misses"], day["saved_tokens"]) == (1, 1, 15)


def test_a_call_of_a_tool_is_kept_as_the_words_it_is(client: OpenAI, answering: tuple[str, ModelServer]) -> None:
    name, server = answering
    server.script.then(call("weather", city="دمشق"))
    (first,) = ask(client, name, tools=[WEATHER])[0].output
    response, cache = ask(client, name, tools=[WEATHER])
    assert (response.output, cache) == ([first], "hit")
    assert first.arguments == '{"city": "دمشق"}'


def test_labels_that_an_answer_repeats_are_its_own(client: OpenAI, answering: tuple[str, ModelServer]) -> None:
    name, _ = answering
    assert ask(client, name, metadata={"run": "1"})[1] == "miss"
    response, cache = ask(client, name, metadata={"run": "2"})
    assert (response.metadata, cache) == ({"run": "2"}, "miss")
    response, cache = ask(client, name, metadata={"run": "1"})
    assert (response.metadata, cache) == ({"run": "1"}, "hit")


def test_what_may_be_answered_otherwise_is_asked_each_time(
    client: OpenAI, person: Person, answering: tuple[str, ModelServer]
) -> None:
    name, server = answering
    assert ask(client, name, temperature=0.7)[1] == ask(client, name, temperature=0.7)[1] == "skip"
    assert ask(client, name, store=True)[1] == ask(client, name, store=True)[1] == "skip"
    assert len(server.asked) == 4
    assert {record["cache"] for record in calls_of(person, 4)} == {None}


def test_a_stream_is_neither_kept_nor_answered_by_what_is_kept(
    client: OpenAI, answering: tuple[str, ModelServer]
) -> None:
    name, server = answering
    for _ in range(2):
        stream, cache = ask(client, name, stream=True)
        assert [event.type for event in stream][-1] == "response.completed"
        assert cache == "skip"
    assert ask(client, name)[1] == "miss"
    assert ask(client, name, stream=True)[1] == "skip"
    assert len(server.asked) == 4


def test_a_client_may_want_an_answer_anew_or_none_kept(client: OpenAI, answering: tuple[str, ModelServer]) -> None:
    name, server = answering
    server.script.then(*(say(word, usage=USED) for word in ("one", "two", "three", "four")))

    def said(**more: Any) -> tuple[str, str]:
        response, cache = ask(client, name, **more)
        return response.output_text, cache

    assert said() == ("one", "miss")
    assert said(extra_headers={"cache-control": "no-cache"}) == ("two", "miss")
    assert said() == ("two", "hit")
    assert said(extra_headers={"cache-control": "no-store"}) == ("three", "skip")
    assert said() == ("two", "hit")


@pytest.mark.parametrize(
    "bad",
    [failing(), say("no usage", report_usage=False), say("x", garbage_after=0)],
    ids=["500", "unpaid", "garbage"],
)
def test_an_answer_that_is_not_whole_and_good_is_not_kept(
    client: OpenAI, answering: tuple[str, ModelServer], bad: Any
) -> None:
    name, server = answering
    server.script.then(bad, say("good", usage=USED))
    with contextlib.suppress(openai.APIError, ValueError):
        ask(client, name)
    response, cache = ask(client, name)
    assert (response.output_text, cache) == ("good", "miss")


@pytest.mark.parametrize("reason", ["max_output_tokens", "content_filter", "server_error"])
def test_only_what_is_completed_is_kept(client: OpenAI, own: ModelServer, reason: str) -> None:
    own.script.then(say("so far", error_code=reason, error="No more.", usage=USED), say("good", usage=USED))
    response, cache = ask(client, OWN)
    assert (response.status, cache) == ("failed" if reason == "server_error" else "incomplete", "miss")
    response, cache = ask(client, OWN)
    assert (response.status, response.output_text, cache) == ("completed", "good", "miss")
    assert ask(client, OWN)[1] == "hit"


@pytest.mark.parametrize("reason", ["length", "content_filter", "error"])
def test_of_what_is_translated_only_what_ended_by_itself_is_kept(
    client: OpenAI, model: ModelServer, reason: str
) -> None:
    model.script.then(say("so far", finish=reason, usage=USED), say("good", usage=USED))
    assert ask(client, TRANSLATED)[1] == "miss"
    response, cache = ask(client, TRANSLATED)
    assert (response.output_text, cache) == ("good", "miss")
    assert ask(client, TRANSLATED)[1] == "hit"


def test_nobody_gets_an_answer_that_was_given_to_another(gitu: GituServer, model: ModelServer) -> None:
    admin, other = gitu.person(Role.ADMIN), gitu.person(Role.MEMBER)
    body = {"provider": "openai_compatible", "base_url": f"{model.url}/v1", "shared": True, "models": ["only-here"]}
    connection = admin.post("/models/connections", body)
    for who in (admin, other):
        with asking(gitu, key_of(who)) as client:
            assert ask(client, f"{connection['id']}/only-here")[1] == "miss"
            assert ask(client, f"{connection['id']}/only-here")[1] == "hit"
    assert len(model.asked) == 2
    admin.delete(f"/models/connections/{connection['id']}")


def test_chat_and_responses_keep_answers_of_their_own(client: OpenAI, model: ModelServer) -> None:
    said: Any = [{"role": "user", "content": "Hello"}]
    client.chat.completions.create(model=TRANSLATED, messages=said, temperature=0)
    assert ask(client, TRANSLATED)[1] == "miss"
    assert len(model.asked) == 2


def test_a_refused_request_keeps_nobody_waiting(client: OpenAI, model: ModelServer) -> None:
    patch: Any = {"type": "custom", "name": "patch"}  # which chat completions do not know
    for _ in range(2):
        with pytest.raises(openai.BadRequestError):
            ask(client, TRANSLATED, tools=[patch])
    assert model.asked == []


def test_twenty_at_once_are_one_call(gitu: GituServer, client: OpenAI, answering: tuple[str, ModelServer]) -> None:
    name, server = answering
    server.script.then(failing()).otherwise = say("Good day", first_token_delay=0.3, usage=USED)

    async def crowd() -> list[Any]:
        async with AsyncOpenAI(base_url=client.base_url, api_key=client.api_key, max_retries=0, timeout=30) as made:
            create = made.responses.with_raw_response.create
            asked = [create(model=name, input="Hello", temperature=0) for _ in range(20)]
            return list(await asyncio.gather(*asked, return_exceptions=True))

    answers = asyncio.run(crowd())
    assert sum(isinstance(answer, openai.InternalServerError) for answer in answers) == 1  # and one other goes next
    told = [answer for answer in answers if not isinstance(answer, openai.APIError)]
    assert {answer.parse().output_text for answer in told} == {"Good day"}
    assert sorted(answer.headers["x-gitu-cache"] for answer in told) == ["hit"] * 18 + ["miss"]
    assert len(server.asked) == 2
