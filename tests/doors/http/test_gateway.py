"""The gateway, asked by the official OpenAI client: streams, tools, structured output, pictures, embeddings, errors."""

import asyncio
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx2
import openai  # noqa: TID251 - the client that people use, not a provider's
import pytest
from openai import OpenAI  # noqa: TID251
from pydantic import BaseModel

from gitu.kernel.auth.principal import Role
from tests.servers.base import ModelServer
from tests.servers.bedrock import OPEN_WEIGHTS, PROFILE, Bedrock, bedrock
from tests.servers.openai_compatible import openai_compatible
from tests.servers.script import (
    Script,
    Usage,
    after_tool,
    call,
    failing,
    rate_limited,
    say,
    when_said,
    wrong_key,
)
from tests.support.chat import connect
from tests.support.gateway import asking, calls_of, key_of
from tests.support.server import GituServer, Person

HELLO: list[Any] = [{"role": "user", "content": "Hello"}]


@pytest.fixture
def person(gitu: GituServer) -> Person:
    return gitu.person(Role.ADMIN)


@pytest.fixture
def client(gitu: GituServer, person: Person, model: ModelServer) -> Iterator[OpenAI]:
    """A client of a person who has the loopback model."""
    connect(person, model)
    with asking(gitu, key_of(person)) as made:
        yield made


def test_an_answer_comes_as_the_provider_gave_it_and_is_on_record(
    client: OpenAI, person: Person, model: ModelServer
) -> None:
    model.script.then(say("Good day.", usage=Usage(input=12, output=3, cached=4)))
    answer = client.chat.completions.create(model="test-model", messages=HELLO, temperature=0.5)
    assert answer.choices[0].message.content == "Good day."
    assert answer.usage is not None
    assert answer.usage.prompt_tokens == 12
    assert model.asked[0].body == {"model": "test-model", "messages": HELLO, "temperature": 0.5}
    (record,) = calls_of(person, 1)
    assert (record["feature"], record["outcome"]) == ("gateway", "ok")
    assert (record["input_tokens"], record["output_tokens"], record["cached_tokens"]) == (12, 3, 4)
    assert record["reason"] == "The request names it."


@pytest.mark.parametrize("asked", [True, False])
def test_a_stream_comes_in_pieces_with_its_usage_only_where_it_was_asked_for(
    client: OpenAI, person: Person, model: ModelServer, asked: bool
) -> None:
    model.script.then(say("one two three", token_delay=0.01, usage=Usage(9, 3)))
    more: Any = {"stream_options": {"include_usage": True}} if asked else {}
    chunks = list(client.chat.completions.create(model="test-model", messages=HELLO, stream=True, **more))
    words = [chunk.choices[0].delta.content for chunk in chunks if chunk.choices and chunk.choices[0].delta.content]
    assert words == ["one ", "two ", "three"]
    assert [chunk.usage.prompt_tokens for chunk in chunks if chunk.usage] == ([9] if asked else [])
    assert all(chunk.choices for chunk in chunks) is not asked
    (record,) = calls_of(person, 1)
    assert (record["input_tokens"], record["output_tokens"]) == (9, 3)
    assert record["first_token_ms"] is not None


def test_tools_are_called_and_answered(client: OpenAI, model: ModelServer) -> None:
    model.script.rules += [after_tool(), when_said("weather", call("weather", city="دمشق"))]
    tools: Any = [{"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}}}]
    messages: list[Any] = [{"role": "user", "content": "How is the weather?"}]
    first = client.chat.completions.create(model="test-model", messages=messages, tools=tools)
    asked = first.choices[0].message
    assert asked.tool_calls is not None
    assert "دمشق" in str(asked.tool_calls[0])
    messages += [asked, {"role": "tool", "tool_call_id": asked.tool_calls[0].id, "content": "Sunny"}]
    second = client.chat.completions.create(model="test-model", messages=messages, tools=tools)
    assert second.choices[0].message.content == "The tool answered: Sunny"


def test_structured_output_and_pictures_go_through_as_they_are(client: OpenAI, model: ModelServer) -> None:
    class Point(BaseModel):
        x: int

    model.script.then(say('{"x": 7}'))
    picture: Any = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}
    messages: list[Any] = [{"role": "user", "content": [{"type": "text", "text": "Where?"}, picture]}]
    answer = client.chat.completions.parse(model="test-model", messages=messages, response_format=Point)
    assert answer.choices[0].message.parsed == Point(x=7)
    assert model.asked[0].body["messages"] == messages
    assert model.asked[0].body["response_format"]["type"] == "json_schema"


def test_embeddings(client: OpenAI, person: Person) -> None:
    answer = client.embeddings.create(model="test-model", input=["one", "two"])
    assert len(answer.data) == 2
    (record,) = calls_of(person, 1)
    assert (record["outcome"], record["output_tokens"]) == ("ok", 0)


def test_models_lists_names_and_ways_of_choosing(client: OpenAI) -> None:
    found = [one.id for one in client.models.list()]
    assert found == ["gitu/auto", "gitu/best", "gitu/cheap", "gitu/fast", "gitu/local", "test-model"]


def test_automatic_and_ids_are_names_too(client: OpenAI, person: Person, model: ModelServer) -> None:
    connection = person.get("/models/connections")["items"][0]["id"]
    for name in ("gitu/auto", f"{connection}/test-model"):
        assert client.chat.completions.create(model=name, messages=HELLO).choices[0].message.content
    assert [one.body["model"] for one in model.asked] == ["test-model", "test-model"]


# -- what goes wrong ------------------------------------------------------------------------------------


def test_who_has_no_key_or_no_right_is_told_so_in_the_clients_own_errors(gitu: GituServer, person: Person) -> None:
    with asking(gitu, "gitu_key_wrong") as client, pytest.raises(openai.AuthenticationError):
        client.models.list()
    with asking(gitu, key_of(person, "me:read")) as client, pytest.raises(openai.PermissionDeniedError):
        client.models.list()
    answer = httpx2.get(f"{gitu.url}/v1/models")
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "invalid_api_key")
    cookie = httpx2.get(f"{gitu.url}/v1/models", headers={"cookie": "gitu_access=whatever"})
    assert cookie.status_code == 401


def test_a_revoked_key_is_refused_from_the_next_request_on(gitu: GituServer, person: Person) -> None:
    made = person.post("/api-keys", {"name": "Soon gone", "scopes": ["models:use"]})
    with asking(gitu, made["secret"]) as client:
        client.models.list()
        person.delete(f"/api-keys/{made['key']['id']}")
        with pytest.raises(openai.AuthenticationError):
            client.models.list()


def test_another_persons_models_are_not_there(gitu: GituServer, client: OpenAI, person: Person) -> None:
    connection = person.get("/models/connections")["items"][0]["id"]
    with asking(gitu, key_of(gitu.person(Role.ADMIN))) as stranger:
        for name in ("test-model", f"{connection}/test-model", str(uuid4())):
            with pytest.raises((openai.NotFoundError, openai.InternalServerError)):
                stranger.chat.completions.create(model=name, messages=HELLO)
        assert list(stranger.models.list()) == []


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"[]", 400), (b'{"model": "test', 400), (b'{"messages": []}', 400), (b'{"model": 7}', 400)],
)
def test_bodies_that_are_none_are_refused_in_openais_shape(
    gitu: GituServer, person: Person, body: bytes, status: int
) -> None:
    headers = {"authorization": f"Bearer {key_of(person)}", "content-type": "application/json"}
    answer = httpx2.post(f"{gitu.url}/v1/chat/completions", content=body, headers=headers)
    assert answer.status_code == status
    assert answer.json()["error"]["type"] == "invalid_request_error"
    assert answer.headers["x-request-id"]


def test_an_unknown_path_says_what_there_is(gitu: GituServer, person: Person) -> None:
    answer = httpx2.get(f"{gitu.url}/v1/files", headers={"authorization": f"Bearer {key_of(person)}"})
    assert answer.status_code == 404
    assert "/v1/chat/completions" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (failing(), openai.InternalServerError),
        (wrong_key(), openai.InternalServerError),  # the provider's key, which is not the client's to mend
        (rate_limited(retry_after=7), openai.RateLimitError),
        (say("never", cut_after=0), openai.InternalServerError),
        (say("", status=400, error="Invalid value for temperature"), openai.BadRequestError),
        (say("", status=404, error="no such model"), openai.NotFoundError),
    ],
    ids=["500", "wrong key", "rate limit", "cut", "400", "404"],
)
@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
def test_what_a_provider_does_wrong_becomes_one_error_without_its_key(
    client: OpenAI, person: Person, model: ModelServer, fault: Any, expected: type[Exception], stream: bool
) -> None:
    model.script.otherwise = fault
    with pytest.raises(expected) as caught:
        list(client.chat.completions.create(model="test-model", messages=HELLO, stream=stream))
    assert "sk-" not in str(caught.value)
    (record,) = calls_of(person, 1)
    assert record["outcome"] == "failed"


def test_a_stream_that_breaks_off_says_so_in_its_last_event(client: OpenAI, person: Person, model: ModelServer) -> None:
    model.script.then(say("This is the beginning of", cut_after=3))
    got: list[str] = []
    with pytest.raises(openai.APIError, match="broke off"):
        for chunk in client.chat.completions.create(model="test-model", messages=HELLO, stream=True):
            got.append(chunk.choices[0].delta.content or "")
    assert "".join(got) == "This is the "
    assert calls_of(person, 1)[0]["outcome"] == "cut"


def test_a_silent_provider_is_given_up(client: OpenAI, model: ModelServer) -> None:
    model.script.then(say("never", hang_after=0))
    with pytest.raises(openai.InternalServerError) as caught:
        client.with_options(timeout=30).chat.completions.create(model="test-model", messages=HELLO)
    assert caught.value.status_code == 504


def test_who_goes_away_in_the_middle_leaves_nothing_running(
    gitu: GituServer, person: Person, model: ModelServer, client: OpenAI
) -> None:
    model.script.then(say("word " * 400, token_delay=0.02))
    with client.chat.completions.create(model="test-model", messages=HELLO, stream=True) as stream:
        next(iter(stream))
    assert calls_of(person, 1)[0]["outcome"] == "stopped"


def test_another_connection_with_a_model_of_that_name_stands_in(
    gitu: GituServer, person: Person, model: ModelServer, client: OpenAI
) -> None:
    model.script.otherwise = failing()
    with openai_compatible(Script(otherwise=say("I stand in."))) as other:
        person.post(
            "/models/connections", {"provider": "openai_compatible", "base_url": f"{other.url}/v1", "name": "Second"}
        )
        for stream in (False, True):
            answer = client.chat.completions.create(model="test-model", messages=HELLO, stream=stream)
            if isinstance(answer, openai.Stream):
                said = "".join(chunk.choices[0].delta.content or "" for chunk in answer)
            else:
                said = answer.choices[0].message.content
            assert said == "I stand in."
    records = calls_of(person, 4)
    assert [one["outcome"] for one in records] == ["ok", "failed", "ok", "failed"]
    assert records[0]["reason"] == "Another connection has a model of the same name."


# -- limits and budgets ---------------------------------------------------------------------------------


def test_a_keys_requests_of_a_minute_and_not_one_more_over_all_processes(gitu: GituServer, person: Person) -> None:
    body = {"name": "Twenty", "scopes": ["models:use"], "requests_per_minute": 20}
    key = person.post("/api-keys", body)["secret"]
    with gitu.twin() as other:
        urls = [gitu.url, other.url] * 15
        answers = [
            httpx2.get(f"{url}/v1/models", headers={"authorization": f"Bearer {key}"}, timeout=20) for url in urls
        ]
    statuses = [answer.status_code for answer in answers]
    assert statuses.count(200) == 20
    assert statuses[:20] == [200] * 20
    refused = answers[-1]
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "rate_limit_exceeded")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert answers[0].headers["x-ratelimit-limit-requests"] == "20"
    assert answers[0].headers["x-ratelimit-remaining-requests"] == "19"


def test_a_budget_of_the_key_refuses_what_would_pass_it(
    gitu: GituServer, person: Person, model: ModelServer, client: OpenAI
) -> None:
    (gitu.settings.home / "prices.toml").write_text('["priced-model"]\ninput = 1000\noutput = 1000\n')
    with openai_compatible(Script(otherwise=say("Yes.", usage=Usage(200, 800))), models=["priced-model"]) as server:
        person.post("/models/connections", {"provider": "openai_compatible", "base_url": f"{server.url}/v1"})
        made = person.post("/api-keys", {"name": "Budgeted", "scopes": ["models:use"]})
        budget = {"kind": "key", "subject": made["key"]["id"], "period": "day", "limit": "3.5"}
        person.post("/models/budgets", budget)
        with asking(gitu, made["secret"]) as limited:
            limited.chat.completions.create(model="priced-model", messages=HELLO)
            assert server.asked[0].body["max_tokens"] == 2_048
            with pytest.raises(openai.RateLimitError) as caught:
                for _ in range(4):
                    limited.chat.completions.create(model="priced-model", messages=HELLO)
                    calls_of(person, 1)
        calls_of(person, len(server.asked) + 1)  # the refused one too
        assert caught.value.code == "insufficient_quota"
        assert "The daily budget of this API key" in str(caught.value)
        spent = next(one for one in person.get("/models/budgets")["items"] if one["kind"] == "key")
        assert float(spent["spent"]) == len(server.asked) <= 3


def test_a_hundred_at_once_stay_below_a_hard_limit(gitu: GituServer, person: Person) -> None:
    (gitu.settings.home / "prices.toml").write_text('["priced-model"]\ninput = 1000\noutput = 1000\n')
    script = Script(otherwise=say("Yes.", usage=Usage(100, 400), token_delay=0.05))
    with openai_compatible(script, models=["priced-model"]) as server:
        person.post("/models/connections", {"provider": "openai_compatible", "base_url": f"{server.url}/v1"})
        key = {"name": "Many", "scopes": ["models:use"], "requests_per_minute": 1_000}
        made = person.post("/api-keys", key)
        person.post("/models/budgets", {"kind": "person", "period": "day", "limit": "20"})

        async def all_at_once() -> list[object]:
            async with openai.AsyncOpenAI(
                base_url=f"{gitu.url}/v1", api_key=made["secret"], max_retries=0, timeout=60
            ) as client:
                asked = [
                    client.chat.completions.create(model="priced-model", messages=HELLO, max_tokens=500)
                    for _ in range(100)
                ]
                return list(await asyncio.gather(*asked, return_exceptions=True))

        ended = asyncio.run(all_at_once())
        refused = [one for one in ended if isinstance(one, openai.RateLimitError)]
        assert len(refused) + len(server.asked) == 100
        calls_of(person, 50)
        (budget,) = person.get("/models/budgets")["items"]
        assert float(budget["spent"]) == 0.5 * len(server.asked) <= 20


@pytest.mark.parametrize("key", ["ABSKloopback-key-of-bedrock", "AKIALOOPBACK00000001:a/secret+of40characters"])
@pytest.mark.parametrize("stream", [False, True])
def test_bedrock_is_asked_through_its_door_for_openais_models(
    gitu: GituServer, person: Person, key: str, stream: bool
) -> None:
    name, _, secret = key.partition(":")
    script = Script(say("one two", usage=Usage(1000, 100)))
    with bedrock(script, keys=[name], secrets={name: secret}) as server, asking(gitu, key_of(person)) as client:
        person.post("/models/connections", {"provider": "bedrock", "base_url": server.url, "api_key": key})
        assert OPEN_WEIGHTS in [one.id for one in client.models.list()]
        assert PROFILE not in [one.id for one in client.models.list()]
        answer: Any = client.chat.completions.create(model=OPEN_WEIGHTS, messages=HELLO, stream=stream)
        if stream:
            said = "".join(chunk.choices[0].delta.content or "" for chunk in answer if chunk.choices)
        else:
            said = answer.choices[0].message.content
        assert said == "one two"
        assert server.asked[0].path == "/openai/v1/chat/completions"
        assert isinstance(server.protocol, Bedrock)
        assert bool(server.protocol.signed) is bool(secret)
        assert secret == "" or secret not in str(server.asked[0].headers)
    (record,) = calls_of(person, 1)
    assert (record["outcome"], record["input_tokens"]) == ("ok", 1000)
    assert float(record["cost"]) > 0


def test_bedrocks_other_models_are_refused_or_another_stands_in(
    gitu: GituServer, person: Person, model: ModelServer
) -> None:
    with bedrock(keys=["ABSKloopback"]) as server, asking(gitu, key_of(person)) as client:
        given = {"provider": "bedrock", "base_url": server.url, "api_key": "ABSKloopback", "name": "Amazon"}
        amazon = person.post("/models/connections", given)
        with pytest.raises(openai.APIStatusError, match="for OpenAI's models only") as caught:
            client.chat.completions.create(model=PROFILE, messages=HELLO)
        assert caught.value.body["gitu_code"] == "gateway.model_not_at_door"  # type: ignore[index] # a dict it is
        other = connect(person, model)
        stand_in = f"{other['id']}/test-model"
        person.put("/models/defaults", {"default": f"{amazon['id']}/{PROFILE}", "fallbacks": [stand_in]})
        model.script.then(say("I stand in."))
        answer = client.chat.completions.create(model=PROFILE, messages=HELLO)
        assert answer.choices[0].message.content == "I stand in."
        assert server.asked == []
    refused = [one for one in calls_of(person, 3) if one["outcome"] == "refused"]
    assert {one["error_code"] for one in refused} == {"gateway.model_not_at_door"}
