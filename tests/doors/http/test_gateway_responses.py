"""``/v1/responses`` by the official client: over a server that knows chat completions only, and over OpenAI's own."""

from collections.abc import Iterator
from typing import Any

import httpx2
import openai  # noqa: TID251 - the client that people use, not a provider's
import pytest
from openai import OpenAI  # noqa: TID251
from pydantic import BaseModel

from gitu.kernel.auth.principal import Role
from tests.servers.base import ModelServer
from tests.servers.openai_compatible import openai_compatible
from tests.servers.openai_responses import openai_responses
from tests.servers.script import Script, Usage, after_tool, call, failing, rate_limited, say, when_said, wrong_key
from tests.support.chat import connect
from tests.support.gateway import asking, calls_of, key_of
from tests.support.server import GituServer, Person

TRANSLATED, OWN = "test-model", "gpt-4o-mini"
BOTH, PRICED = "gpt-both", "gpt-priced"  # names that OpenAI's list would hold
WEATHER: Any = {"type": "function", "name": "weather", "parameters": {"type": "object"}, "strict": False}


@pytest.fixture
def person(gitu: GituServer) -> Person:
    return gitu.person(Role.ADMIN)


@pytest.fixture
def client(gitu: GituServer, person: Person, model: ModelServer) -> Iterator[OpenAI]:
    """A client of a person whose model is at a server that only knows chat completions."""
    connect(person, model)
    with asking(gitu, key_of(person)) as made:
        yield made


def connect_own(person: Person, server: ModelServer) -> None:
    """Connect a server as OpenAI itself."""
    body = {"provider": "openai", "base_url": f"{server.url}/v1", "api_key": "sk-canary", "name": "OpenAI"}
    person.post("/models/connections", body)


@pytest.fixture
def own(person: Person) -> Iterator[ModelServer]:
    """OpenAI itself, as far as this person's connection can tell."""
    with openai_responses(Script()) as server:
        connect_own(person, server)
        yield server


@pytest.fixture(params=[TRANSLATED, OWN])
def answering(request: pytest.FixtureRequest, model: ModelServer, own: ModelServer) -> tuple[str, ModelServer]:
    """The name of a model and its server, for what holds of both ways."""
    return request.param, model if request.param == TRANSLATED else own


def test_an_answer_in_one_piece(client: OpenAI, person: Person, answering: tuple[str, ModelServer]) -> None:
    name, server = answering
    server.script.then(say("Good day.", usage=Usage(input=12, output=3, cached=4)))
    answer = client.responses.create(model=name, input="Hello", instructions="Be brief.", metadata={"for": "a test"})
    assert (answer.output_text, answer.status, answer.object) == ("Good day.", "completed", "response")
    assert answer.usage is not None
    assert (answer.usage.input_tokens, answer.usage.output_tokens, answer.usage.total_tokens) == (12, 3, 15)
    assert server.asked[0].system == "Be brief."
    (record,) = calls_of(person, 1)
    assert (record["feature"], record["outcome"]) == ("gateway", "ok")
    assert (record["input_tokens"], record["output_tokens"], record["cached_tokens"]) == (12, 3, 4)


def test_a_stream_comes_in_pieces(client: OpenAI, person: Person, answering: tuple[str, ModelServer]) -> None:
    name, server = answering
    server.script.then(say("one two three", token_delay=0.01, usage=Usage(9, 3)))
    with client.responses.stream(model=name, input="Count.") as stream:
        words = [event.delta for event in stream if event.type == "response.output_text.delta"]
        final = stream.get_final_response()
    assert words == ["one ", "two ", "three"]
    assert final.output_text == "one two three"
    assert final.usage is not None
    assert final.usage.output_tokens == 3
    (record,) = calls_of(person, 1)
    assert (record["input_tokens"], record["output_tokens"], record["outcome"]) == (9, 3, "ok")


@pytest.mark.parametrize("streams", [False, True], ids=["whole", "stream"])
def test_tools_are_called_and_answered(client: OpenAI, answering: tuple[str, ModelServer], streams: bool) -> None:
    name, server = answering
    server.script.rules += [after_tool(), when_said("weather", call("weather", city="دمشق"))]
    said: list[Any] = [{"role": "user", "content": "How is the weather?"}]
    if streams:
        with client.responses.stream(model=name, input=said, tools=[WEATHER]) as stream:
            first: Any = stream.get_final_response()
    else:
        first = client.responses.create(model=name, input=said, tools=[WEATHER])
    (asked,) = first.output
    assert (asked.type, asked.name, asked.arguments) == ("function_call", "weather", '{"city": "دمشق"}')
    said += [*first.output, {"type": "function_call_output", "call_id": asked.call_id, "output": "Sunny"}]
    second = client.responses.create(model=name, input=said, tools=[WEATHER])
    assert second.output_text == "The tool answered: Sunny"


def test_structured_output(client: OpenAI, answering: tuple[str, ModelServer]) -> None:
    class Point(BaseModel):
        x: int

    name, server = answering
    server.script.otherwise = say('{"x": 7}')
    assert client.responses.parse(model=name, input="Where?", text_format=Point).output_parsed == Point(x=7)
    with client.responses.stream(model=name, input="Where?", text_format=Point) as stream:
        assert stream.get_final_response().output_parsed == Point(x=7)
    wanted = server.asked[0].body
    assert wanted.get("response_format", wanted.get("text", {}).get("format"))["type"] == "json_schema"


def test_a_stream_that_breaks_off_ends_in_a_failed_response(
    client: OpenAI, person: Person, answering: tuple[str, ModelServer]
) -> None:
    name, server = answering
    server.script.then(say("This is the beginning of", cut_after=3))
    events = list(client.responses.create(model=name, input="Go on.", stream=True))
    last = events[-1]
    assert last.type == "response.failed"
    assert last.response.status == "failed"
    assert last.response.error is not None
    assert "broke off" in last.response.error.message
    assert [event.sequence_number for event in events] == list(range(len(events)))
    assert calls_of(person, 1)[0]["outcome"] == "cut"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("previous_response_id", "resp_1"),
        ("conversation", "conv_1"),
        ("prompt", {"id": "pmpt_1"}),
        ("background", True),
        ("service_tier", "scale"),
        ("max_output_tokens", 0),
        ("tools[0]", [{"type": "web_search"}]),
        ("tools[1]", [WEATHER, {"type": "mcp", "server_label": "x"}]),
        ("input[0]", [{"type": "item_reference", "id": "msg_1"}]),
        ("input[0]", [{"type": "mcp_call"}]),
        ("input[0]", [7]),
    ],
)
def test_what_no_budget_could_follow_is_refused_by_name(
    client: OpenAI, answering: tuple[str, ModelServer], field: str, value: Any
) -> None:
    name, server = answering
    given: Any = {"model": name, "input": "Hello", field.partition("[")[0]: value}
    with pytest.raises(openai.BadRequestError) as caught:
        client.responses.create(**given)
    assert caught.value.param in (field, f"{field.partition('[')[0]}[...]")
    assert server.asked == []


# -- between providers, and what goes wrong -----------------------------------------------------------------


def test_nothing_is_kept_at_the_provider(client: OpenAI, own: ModelServer) -> None:
    client.responses.create(model=OWN, input="Hello", store=True)
    client.responses.create(model=OWN, input="Hello")
    assert [one.body["store"] for one in own.asked] == [False, False]
    answer = httpx2.get(f"{client.base_url}responses/resp_1", headers={"authorization": f"Bearer {client.api_key}"})
    assert answer.status_code == 404


@pytest.mark.parametrize("streams", [False, True], ids=["whole", "stream"])
def test_a_server_that_knows_only_chat_completions_stands_in_for_openai(
    gitu: GituServer, person: Person, streams: bool
) -> None:
    with (
        openai_responses(Script(otherwise=failing()), models=[BOTH]) as own,
        openai_compatible(Script(otherwise=say("I stand in.")), models=[BOTH]) as other,
        asking(gitu, key_of(person)) as client,
    ):
        connect_own(person, own)
        connect(person, other)
        answer = client.responses.create(model=BOTH, input="Hello", stream=streams)
        if isinstance(answer, openai.Stream):
            answer = next(event.response for event in answer if event.type == "response.completed")
        assert answer.output_text == "I stand in."
    assert [one["outcome"] for one in calls_of(person, 2)] == ["ok", "failed"]


def test_what_only_openai_understands_goes_to_openai_though_another_stands_first(
    gitu: GituServer, person: Person
) -> None:
    patch: Any = {"type": "custom", "name": "patch"}
    with (
        openai_compatible(models=[BOTH]) as other,
        openai_responses(Script(otherwise=say("Done.")), models=[BOTH]) as own,
        asking(gitu, key_of(person)) as client,
    ):
        connect(person, other)
        with pytest.raises(openai.BadRequestError) as caught:
            client.responses.create(model=BOTH, input="Hello", tools=[patch])
        assert caught.value.param == "tools[0]"
        assert "OpenAI" in str(caught.value)
        connect_own(person, own)
        assert client.responses.create(model=BOTH, input="Hello", tools=[patch]).output_text == "Done."
        assert other.asked == []


def test_automatic_is_a_model_too(client: OpenAI, person: Person) -> None:
    assert client.responses.create(model="gitu/auto", input="Hello").output_text == "You said: Hello"
    assert calls_of(person, 1)[0]["outcome"] == "ok"


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (failing(), openai.InternalServerError),
        (wrong_key(), openai.InternalServerError),
        (rate_limited(retry_after=7), openai.RateLimitError),
        (say("", status=400, error="Invalid value for temperature"), openai.BadRequestError),
        (say("never", garbage_after=0), openai.InternalServerError),
    ],
    ids=["500", "wrong key", "rate limit", "400", "garbage"],
)
def test_what_a_provider_does_wrong_becomes_one_error(
    client: OpenAI, person: Person, model: ModelServer, fault: Any, expected: type[Exception]
) -> None:
    model.script.otherwise = fault
    with pytest.raises(expected):
        client.responses.create(model=TRANSLATED, input="Hello")
    assert calls_of(person, 1)[0]["outcome"] == "failed"


def test_who_goes_away_in_the_middle_leaves_nothing_running(
    client: OpenAI, person: Person, answering: tuple[str, ModelServer]
) -> None:
    name, server = answering
    server.script.then(say("word " * 400, token_delay=0.02))
    with client.responses.create(model=name, input="Hello", stream=True) as stream:
        next(iter(stream))
    assert calls_of(person, 1)[0]["outcome"] == "stopped"


@pytest.mark.parametrize("streams", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("server_error", "models.server_failed"),
        ("rate_limit_exceeded", "models.rate_limited"),
        ("insufficient_quota", "models.quota_used_up"),
        ("context_length_exceeded", "models.context_too_long"),
        ("invalid_prompt", "models.rejected"),
    ],
)
def test_a_response_that_failed_is_told_as_it_came_and_logged_as_failed(
    client: OpenAI, person: Person, own: ModelServer, code: str, expected: str, streams: bool
) -> None:
    own.script.then(say("so far", error_code=code, error="It went wrong.", usage=Usage(1_000_000, 2)))
    answer: Any = client.responses.create(model=OWN, input="Hello", stream=streams)
    if streams:
        answer = list(answer)[-1].response
    assert (answer.status, answer.error.code, answer.error.message) == ("failed", code, "It went wrong.")
    (record,) = calls_of(person, 1)
    assert (record["outcome"], record["error_code"]) == ("failed", expected)
    assert (record["input_tokens"], record["output_tokens"]) == (1_000_000, 2)
    assert float(record["cost"]) == pytest.approx(0.15, rel=1e-3)  # USD


@pytest.mark.parametrize(
    ("reply", "last", "expected"),
    [
        (say("Good day.", usage=Usage(5, 2)), "response.completed", ("ok", None)),
        (
            say("So", error_code="server_error", usage=Usage(5, 2)),
            "response.failed",
            ("failed", "models.server_failed"),
        ),
    ],
    ids=["completed", "failed"],
)
def test_who_leaves_with_the_last_event_has_stopped_nothing(
    client: OpenAI, person: Person, own: ModelServer, reply: Any, last: str, expected: tuple[str, str | None]
) -> None:
    own.script.then(reply)
    with client.responses.create(model=OWN, input="Hello", stream=True) as stream:
        assert any(event.type == last for event in stream)
    (record,) = calls_of(person, 1)
    assert (record["outcome"], record["error_code"]) == expected
    assert (record["input_tokens"], record["output_tokens"]) == (5, 2)


def test_words_of_a_failed_stream_that_tells_no_usage_count_as_what_they_likely_cost(
    gitu: GituServer, person: Person
) -> None:
    (gitu.settings.home / "prices.toml").write_text(f'["{PRICED}"]\ninput = 1000\noutput = 1000\n')
    failed = say("word " * 40, error_code="server_error", report_usage=False)
    with openai_responses(Script(otherwise=failed), models=[PRICED]) as server, asking(gitu, key_of(person)) as client:
        connect_own(person, server)
        person.post("/models/budgets", {"kind": "person", "period": "day", "limit": "50", "hard": False})
        list(client.responses.create(model=PRICED, input="Hello", stream=True))
        (record,) = calls_of(person, 1)
    assert (record["outcome"], record["estimated"]) == ("failed", True)
    assert float(record["cost"]) > 0


@pytest.mark.parametrize("make", [openai_compatible, openai_responses], ids=["translated", "own"])
def test_a_budget_refuses_what_would_pass_it_and_bounds_what_it_lets_through(
    gitu: GituServer, person: Person, make: Any
) -> None:
    (gitu.settings.home / "prices.toml").write_text(f'["{PRICED}"]\ninput = 1000\noutput = 1000\n')
    with make(Script(otherwise=say("Yes.", usage=Usage(200, 800))), models=[PRICED]) as server:
        provider = "openai_compatible" if make is openai_compatible else "openai"
        body = {"provider": provider, "base_url": f"{server.url}/v1", "api_key": "sk-canary"}
        person.post("/models/connections", body)
        person.post("/models/budgets", {"kind": "person", "period": "day", "limit": "3.5"})
        with asking(gitu, key_of(person)) as client:
            ask: Any = {"model": PRICED, "input": "Hello", "extra_body": {"max_tokens": 1}}  # which bounds nothing here
            client.responses.create(**ask)
            bounds = [server.asked[0].body.get(name) for name in ("max_tokens", "max_output_tokens")]
            assert 2_048 in bounds
            with pytest.raises(openai.RateLimitError) as caught:
                for _ in range(4):
                    calls_of(person, 1)
                    client.responses.create(**ask)
        assert caught.value.code == "insufficient_quota"
        calls_of(person, len(server.asked) + 1)
        (budget,) = person.get("/models/budgets")["items"]
        assert float(budget["spent"]) == len(server.asked) <= 3
