"""Tiers of service at the gateway: what is asked for, what the answer names, and what budgets count of it."""

from collections.abc import Callable, Iterator
from typing import Any

import openai  # noqa: TID251 - the client that people use, not a provider's
import pytest
from openai import OpenAI  # noqa: TID251

from gitu.kernel.auth.principal import Role
from tests.servers.base import ModelServer
from tests.servers.openai_compatible import openai_compatible
from tests.servers.openai_responses import openai_responses
from tests.servers.script import Script, Usage, say
from tests.support.gateway import asking, calls_of, key_of
from tests.support.server import GituServer, Person

MODEL = "gpt-5"  # 1.25 USD for a million tokens in, 10 out; fast twice that, flex half
Ask = Callable[..., None]


@pytest.fixture
def person(gitu: GituServer) -> Person:
    return gitu.person(Role.ADMIN)


@pytest.fixture
def client(gitu: GituServer, person: Person) -> Iterator[OpenAI]:
    with asking(gitu, key_of(person)) as made:
        yield made


@pytest.fixture(params=[openai_compatible, openai_responses], ids=["chat", "responses"])
def server(request: pytest.FixtureRequest, person: Person) -> Iterator[ModelServer]:
    """OpenAI itself, as far as the person's connection can tell: one of its doors."""
    with request.param(Script(), models=[MODEL]) as made:
        body = {"provider": "openai", "base_url": f"{made.url}/v1", "api_key": "sk-canary"}
        person.post("/models/connections", body)
        yield made


@pytest.fixture(params=[False, True], ids=["whole", "stream"])
def ask(request: pytest.FixtureRequest, client: OpenAI, server: ModelServer) -> Ask:
    """Asks at the door that the server has, and reads the whole answer."""

    def put(**more: Any) -> None:
        given: dict[str, Any] = {"model": MODEL, "stream": request.param, **more}
        if server.protocol.name == "openai":
            answer: Any = client.responses.create(input="Hello", **given)
        else:
            answer = client.chat.completions.create(messages=[{"role": "user", "content": "Hello"}], **given)
        if request.param:
            list(answer)

    return put


@pytest.mark.parametrize(
    ("asked", "served", "cost", "estimated"),
    [
        ("priority", "priority", 2.5, False),
        ("fast", "priority", 2.5, False),
        ("priority", "default", 1.25, False),
        ("priority", None, 2.5, True),
        ("ultrafast", "ultrafast", 7.5, True),
        ("flex", "flex", 0.625, False),
        (None, "priority", 2.5, False),  # as the project at OpenAI may be set
        (None, "default", 1.25, False),
        (None, None, 1.25, False),
    ],
)
def test_a_call_costs_what_its_tier_costs(
    ask: Ask, person: Person, server: ModelServer, asked: str | None, served: str | None, cost: float, estimated: bool
) -> None:
    server.script.then(say("Yes.", usage=Usage(1_000_000, 0), tier=served))
    ask(**({} if asked is None else {"service_tier": asked}))
    assert server.asked[0].body.get("service_tier") == asked
    (record,) = calls_of(person, 1)
    assert (float(record["cost"]), record["estimated"]) == (cost, estimated)


def test_a_hard_limit_sets_aside_what_the_tier_may_cost(ask: Ask, person: Person, server: ModelServer) -> None:
    """1,000 tokens of output are 0.01 USD at the standard price, and 0.02 in fast mode."""
    bound = "max_output_tokens" if server.protocol.name == "openai" else "max_completion_tokens"
    server.script.otherwise = say("Yes.", usage=Usage(1, 1), tier="default")
    person.post("/models/budgets", {"kind": "person", "period": "day", "limit": "0.015"})
    for tier in ("priority", "ultrafast"):
        with pytest.raises(openai.RateLimitError) as caught:
            ask(service_tier=tier, **{bound: 1_000})
        assert caught.value.code == "insufficient_quota"
    assert server.asked == []
    ask(**{bound: 1_000})
    ask(service_tier="flex", **{bound: 1_000})
    assert len(server.asked) == 2


def test_words_of_unknown_usage_count_at_the_tier_that_was_asked_for(
    ask: Ask, person: Person, server: ModelServer
) -> None:
    server.script.otherwise = say("word " * 300, report_usage=False)
    person.post("/models/budgets", {"kind": "person", "period": "day", "limit": "50", "hard": False})
    ask()
    ask(service_tier="priority")
    fast, usual = (float(record["cost"]) for record in calls_of(person, 2))
    assert fast == pytest.approx(usual * 2, rel=0.05)


def test_a_tier_that_is_not_sent_is_not_counted(client: OpenAI, person: Person) -> None:
    """The Responses API's field goes to OpenAI alone, and Anthropic's door takes no notice of it."""
    name = "claude-opus-4-1"
    with openai_compatible(Script(otherwise=say("Yes.", usage=Usage(1_000, 0))), models=[name]) as made:
        body = {"provider": "anthropic", "base_url": made.url, "api_key": "sk-canary", "models": [name]}
        person.post("/models/connections", body)
        for tier in ("default", "priority"):
            client.chat.completions.create(
                model=name, messages=[{"role": "user", "content": "Hello"}], service_tier=tier
            )
            client.responses.create(model=name, input="Hello", service_tier=tier)
    records = calls_of(person, 4)
    assert len({record["cost"] for record in records}) == 1
    assert float(records[0]["cost"]) > 0
    assert not any(record["estimated"] for record in records)
