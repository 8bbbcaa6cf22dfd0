"""The cache of answers, as the official OpenAI client meets it."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import openai  # noqa: TID251 - the client that people use, not a provider's
import pytest
from openai import OpenAI  # noqa: TID251
from pydantic import SecretStr

from gitu.features.models.answers.kept import Answers
from gitu.kernel import clock
from gitu.kernel.auth.principal import Role
from tests.doors.http.test_gateway import HELLO, asking, calls_of, key_of
from tests.kernel.cache.conftest import redis_url
from tests.servers.base import ModelServer
from tests.servers.openai_compatible import openai_compatible
from tests.servers.script import Script, Usage, after_tool, call, failing, say, when_said
from tests.support.chat import connect
from tests.support.server import GituServer, Person

__all__ = ["redis_url"]  # the fixture
USED = Usage(input=12, output=3)


@pytest.fixture
def person(gitu: GituServer) -> Person:
    return gitu.person(Role.ADMIN)


@pytest.fixture
def key(person: Person, model: ModelServer) -> str:
    """A key of a person who has the loopback model."""
    connect(person, model)
    body = {"name": "A program", "scopes": ["models:use"], "requests_per_minute": 1_000}
    return str(person.post("/api-keys", body)["secret"])


@pytest.fixture
def client(gitu: GituServer, key: str) -> Iterator[OpenAI]:
    with asking(gitu, key) as made:
        yield made


def ask(client: OpenAI, text: str = "Hello", **more: Any) -> tuple[str, str]:
    """The words of an answer, and what the cache did."""
    given: dict[str, Any] = {"model": "test-model", "temperature": 0, **more}
    raw = client.chat.completions.with_raw_response.create(messages=[{"role": "user", "content": text}], **given)
    answer: Any = raw.parse()
    if given.get("stream"):
        said = "".join(chunk.choices[0].delta.content or "" for chunk in answer if chunk.choices)
    else:
        said = answer.choices[0].message.content
    return said, raw.headers["x-gitu-cache"]


@pytest.mark.parametrize("second", [False, True], ids=["then whole", "then streamed"])
@pytest.mark.parametrize("first", [False, True], ids=["first whole", "first streamed"])
def test_the_same_question_is_asked_once_whole_or_streamed(
    client: OpenAI, person: Person, model: ModelServer, first: bool, second: bool
) -> None:
    model.script.then(say("one two three", usage=USED), say("something else"))
    assert ask(client, stream=first) == ("one two three", "miss")
    assert ask(client, stream=second, user="me", metadata={"run": "7"}) == ("one two three", "hit")
    assert len(model.asked) == 1
    hit, miss = calls_of(person, 2)
    assert (hit["outcome"], hit["cache"], hit["cost"], hit["input_tokens"]) == ("ok", "hit", "0", None)
    assert (miss["outcome"], miss["cache"], miss["input_tokens"]) == ("ok", "miss", 12)


def test_a_streamed_hit_has_the_form_of_a_stream(client: OpenAI, model: ModelServer) -> None:
    model.script.then(say("one two", usage=USED))
    ask(client)
    for asked in (True, False):
        more: Any = {"stream_options": {"include_usage": True}} if asked else {}
        stream = client.chat.completions.create(model="test-model", messages=HELLO, temperature=0, stream=True, **more)
        chunks = list(stream)
        assert chunks[0].choices[0].delta.role == "assistant"
        assert [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices][-1] == "stop"
        assert {chunk.object for chunk in chunks} == {"chat.completion.chunk"}
        assert [chunk.usage.prompt_tokens for chunk in chunks if chunk.usage] == ([12] if asked else [])
        assert all(chunk.choices for chunk in chunks) is not asked


@pytest.mark.parametrize("first", [False, True], ids=["first whole", "first streamed"])
def test_calls_of_tools_are_kept_as_the_words_they_are(client: OpenAI, model: ModelServer, first: bool) -> None:
    model.script.rules += [after_tool(), when_said("weather", call("weather", city="دمشق", days=[1, 2]))]
    tools: Any = [{"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}}}]
    asked: Any = {"messages": [{"role": "user", "content": "How is the weather?"}], "tools": tools, "temperature": 0}
    found: list[tuple[str, str, str]] = []
    for stream in (first, not first):
        if stream:
            chunks = client.chat.completions.create(model="test-model", stream=True, **asked)
            deltas = [one for chunk in chunks if chunk.choices for one in chunk.choices[0].delta.tool_calls or []]
            arguments = "".join(one.function.arguments or "" for one in deltas if one.function)
            assert deltas[0].function is not None
            found.append((str(deltas[0].id), str(deltas[0].function.name), arguments))
        else:
            message: Any = client.chat.completions.create(model="test-model", **asked).choices[0].message
            (one,) = message.tool_calls
            found.append((one.id, one.function.name, one.function.arguments))
    assert found[0] == found[1]
    assert found[0][1] == "weather"
    assert len(model.asked) == 1


def test_embeddings_are_asked_for_once(client: OpenAI, person: Person, model: ModelServer) -> None:
    one = client.embeddings.create(model="test-model", input=["one", "two"])
    other = client.embeddings.create(model="test-model", input=["one", "two"])
    assert [item.embedding for item in one.data] == [item.embedding for item in other.data]
    assert [record["cache"] for record in calls_of(person, 2)] == ["hit", "miss"]


def test_what_may_be_answered_otherwise_is_asked_each_time(client: OpenAI, person: Person, model: ModelServer) -> None:
    model.script.then(say("one"), say("two"), say("three", usage=USED))
    assert ask(client, temperature=0.7) == ("one", "skip")
    assert ask(client, temperature=0.7) == ("two", "skip")
    assert {record["cache"] for record in calls_of(person, 2)} == {None}


def test_a_client_may_want_an_answer_anew_or_none_kept(client: OpenAI, model: ModelServer) -> None:
    model.script.then(*(say(word, usage=USED) for word in ("one", "two", "three", "four")))
    assert ask(client) == ("one", "miss")
    assert ask(client, extra_headers={"cache-control": "no-cache"}) == ("two", "miss")
    assert ask(client) == ("two", "hit")
    assert ask(client, extra_headers={"cache-control": "no-store"}) == ("three", "skip")
    assert ask(client) == ("two", "hit")


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize(
    "bad",
    [say("cut short in the middle", cut_after=2), failing(), say("no usage", report_usage=False)],
    ids=["cut", "500", "unpaid"],
)
def test_an_answer_that_is_not_whole_and_good_is_not_kept(
    client: OpenAI, model: ModelServer, bad: Any, stream: bool
) -> None:
    model.script.then(bad, say("good", usage=USED))
    with contextlib.suppress(openai.APIError):
        ask(client, stream=stream)
    assert ask(client, stream=stream) == ("good", "miss")


def test_nobody_gets_an_answer_that_was_given_to_another(gitu: GituServer, model: ModelServer) -> None:
    admin, other = gitu.person(Role.ADMIN), gitu.person(Role.MEMBER)
    body = {"provider": "openai_compatible", "base_url": f"{model.url}/v1", "shared": True, "models": ["only-here"]}
    connection = admin.post("/models/connections", body)
    for who in (admin, other):
        with asking(gitu, key_of(who)) as client:
            assert ask(client, model=f"{connection['id']}/only-here")[1] == "miss"
            assert ask(client, model=f"{connection['id']}/only-here")[1] == "hit"
    assert len(model.asked) == 2
    admin.delete(f"/models/connections/{connection['id']}")


def test_an_edited_connection_is_asked_anew(client: OpenAI, person: Person, model: ModelServer) -> None:
    ask(client)
    assert ask(client)[1] == "hit"
    connection = person.get("/models/connections")["items"][0]["id"]
    person.patch(f"/models/connections/{connection}", {"name": "Another name"})
    assert ask(client)[1] == "miss"
    person.delete(f"/models/connections/{connection}")
    with pytest.raises(openai.APIError):
        ask(client)


def test_an_answer_is_kept_for_an_hour(client: OpenAI) -> None:
    ask(client)
    with clock.travel(timedelta(), ticking=True) as traveller:
        traveller.move(timedelta(minutes=59))
        assert ask(client)[1] == "hit"
        traveller.move(timedelta(minutes=2))
        assert ask(client)[1] == "miss"


# -- many at once ---------------------------------------------------------------------------------------


async def crowd(gitu: GituServer, key: str, size: int, **more: Any) -> list[Any]:
    """So many identical requests at once, each answered by (words, what the cache did) or an error."""

    async def one(client: openai.AsyncOpenAI, number: int) -> tuple[str, str]:
        raw = await client.chat.completions.with_raw_response.create(
            model="test-model", messages=HELLO, temperature=0, stream=number % 2 == 0, **more
        )
        answer: Any = raw.parse()
        if number % 2:
            return answer.choices[0].message.content, raw.headers["x-gitu-cache"]
        words = [chunk.choices[0].delta.content or "" async for chunk in answer if chunk.choices]
        return "".join(words), raw.headers["x-gitu-cache"]

    async with openai.AsyncOpenAI(base_url=f"{gitu.url}/v1", api_key=key, max_retries=0, timeout=30) as client:
        return list(await asyncio.gather(*(one(client, number) for number in range(size)), return_exceptions=True))


async def waiting_are(gitu: GituServer, count: int) -> None:
    """Until so many wait for the one that asks."""
    flights = gitu.services.resource(Answers).flights
    async with asyncio.timeout(10):
        while flights.waiting != count:
            await asyncio.sleep(0.01)


def test_fifty_at_once_are_one_call(gitu: GituServer, key: str, person: Person, model: ModelServer) -> None:
    model.script.otherwise = say("Good day to you", token_delay=0.05, usage=USED)
    answers = asyncio.run(crowd(gitu, key, 50))
    assert {words for words, _ in answers} == {"Good day to you"}
    assert sorted(result for _, result in answers) == ["hit"] * 49 + ["miss"]
    assert len(model.asked) == 1
    person.get("/models/calls")
    assert len(_all_calls(person)) == 50


def test_when_the_first_fails_exactly_one_goes_next(gitu: GituServer, key: str, model: ModelServer) -> None:
    model.script.then(failing()).otherwise = say("Good day", first_token_delay=0.2, token_delay=0.05, usage=USED)
    answers = asyncio.run(crowd(gitu, key, 20))
    assert sum(isinstance(answer, openai.APIError) for answer in answers) == 1
    assert sum(answer == ("Good day", "miss") for answer in answers) == 1
    assert sum(answer == ("Good day", "hit") for answer in answers) == 18
    assert len(model.asked) == 2


def test_who_leads_and_leaves_hands_on_to_one_other(gitu: GituServer, key: str, model: ModelServer) -> None:
    model.script.otherwise = say("word " * 30, token_delay=0.1, usage=USED)

    async def scene() -> list[Any]:
        async with openai.AsyncOpenAI(base_url=f"{gitu.url}/v1", api_key=key, max_retries=0, timeout=30) as client:
            leading = await client.chat.completions.create(
                model="test-model", messages=HELLO, temperature=0, stream=True
            )
            await anext(aiter(leading))
            waiting = asyncio.create_task(crowd(gitu, key, 10))
            await waiting_are(gitu, 10)
            await leading.close()
            return await waiting

    answers = asyncio.run(scene())
    assert sorted(result for _, result in answers) == ["hit"] * 9 + ["miss"]
    assert len(model.asked) == 2


def test_who_waits_and_leaves_disturbs_nobody(gitu: GituServer, key: str, model: ModelServer) -> None:
    model.script.otherwise = say("word " * 30, token_delay=0.1, usage=USED)

    async def scene() -> list[Any]:
        waiting = asyncio.create_task(crowd(gitu, key, 10))
        await waiting_are(gitu, 9)
        impatient = asyncio.create_task(crowd(gitu, key, 5))
        await waiting_are(gitu, 14)
        impatient.cancel()
        return await waiting

    answers = asyncio.run(scene())
    assert sorted(result for _, result in answers) == ["hit"] * 9 + ["miss"]
    assert len(model.asked) == 1


# -- what is told of it ---------------------------------------------------------------------------------


def test_what_was_saved_is_told_and_a_budget_pays_once(
    gitu: GituServer, person: Person, key: str, client: OpenAI
) -> None:
    (gitu.settings.home / "prices.toml").write_text('["priced-model"]\ninput = 1000\noutput = 1000\n')
    with openai_compatible(Script(otherwise=say("Yes.", usage=Usage(200, 300))), models=["priced-model"]) as server:
        person.post("/models/connections", {"provider": "openai_compatible", "base_url": f"{server.url}/v1"})
        budget = person.post("/models/budgets", {"kind": "person", "period": "day", "limit": "0.9"})
        results = [ask(client, model="priced-model", max_tokens=300)[1] for _ in range(5)]
        assert results == ["miss"] + ["hit"] * 4
        with pytest.raises(openai.RateLimitError):  # nothing is left for what has to be asked
            ask(client, "Another question", model="priced-model", max_tokens=300_000)
        calls_of(person, 6)
        (spent,) = [one for one in person.get("/models/budgets")["items"] if one["id"] == budget["id"]]
        assert float(spent["spent"]) == 0.5
        report = person.get("/models/cache", days=7)
        (day,) = report["days"]
        assert (day["hits"], day["misses"], float(day["saved"]), day["saved_tokens"]) == (4, 1, 2.0, 2_000)
        assert (report["where"], report["entries"], report["hours"]) == ("memory", 1, 1)
        assert report["size"] > 100
        (used,) = person.get("/models/usage")["items"]
        assert used["calls"] - 1 == len(server.asked) == 1  # and the refused one
        person.delete(f"/models/budgets/{budget['id']}")


def test_clearing_forgets_ones_own_answers_in_every_process(
    gitu: GituServer, person: Person, key: str, client: OpenAI
) -> None:
    stranger = gitu.person(Role.MEMBER)
    with gitu.twin() as other, asking(other, key) as there:
        assert [ask(client)[1], ask(there)[1]] == ["miss", "miss"]  # memory is a process's own
        assert stranger.post("/models/cache/clear", {})["entries"] == 0
        assert [ask(client)[1], ask(there)[1]] == ["hit", "hit"]
        assert person.post("/models/cache/clear", {})["entries"] == 1
        assert ask(client)[1] == "miss"
        deadline = time.monotonic() + 5
        while ask(there)[1] == "hit":
            assert time.monotonic() < deadline
            time.sleep(0.02)


def test_processes_share_what_is_kept_in_redis(
    fresh_gitu: Callable[..., GituServer], redis_url: str, model: ModelServer
) -> None:
    here, there = (fresh_gitu(redis_url=SecretStr(redis_url)) for _ in range(2))
    person = here.person(Role.ADMIN)
    connect(person, model)
    key = key_of(person)
    model.script.otherwise = say("one two", usage=USED)
    with asking(here, key) as one, asking(there, key) as other:
        assert [ask(one, stream=True), ask(other)] == [("one two", "miss"), ("one two", "hit")]
        calls_of(person, 2)
        report = person.get("/models/cache")
        assert (report["where"], report["entries"], report["days"][0]["hits"]) == ("redis", 1, 1)
        assert person.post("/models/cache/clear", {})["entries"] == 1
        assert ask(other)[1] == "miss"
    assert len(model.asked) == 2


def test_only_admins_forget_what_is_everyones(gitu: GituServer, person: Person, client: OpenAI) -> None:
    ask(client)
    gitu.person(Role.MEMBER).post("/models/cache/clear", {"instance": True}, status=403)
    assert ask(client)[1] == "hit"
    assert person.post("/models/cache/clear", {"instance": True})["entries"] >= 1
    assert ask(client)[1] == "miss"


def test_an_erased_persons_answers_are_gone(gitu: GituServer, person: Person, client: OpenAI) -> None:
    ask(client)
    answers = gitu.services.resource(Answers)
    assert gitu.run(answers.held(person.id)).entries == 1
    body = {"confirm": person.login, "password": "a copper kettle sings"}
    person.post("/privacy/erasure", body)
    deadline = time.monotonic() + 15
    while gitu.run(answers.held(person.id)).entries:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _all_calls(person: Person) -> list[Any]:
    deadline = time.monotonic() + 10
    while True:
        found = person.get("/models/calls", limit=100)["items"]
        if len(found) >= 50 and all(one["outcome"] != "running" for one in found):
            return found
        assert time.monotonic() < deadline, len(found)
        time.sleep(0.02)
