"""Vectors from providers: their published protocols, batches, records of calls, and every way of failing."""

import asyncio
import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from gitu.features.models import api as models
from gitu.features.models.budgets.errors import BudgetReached, PriceUnknown
from gitu.features.models.embeddings.choosing import LIMITS
from gitu.features.models.embeddings.embedding import AT_ONCE, MOST_TEXTS
from gitu.features.models.embeddings.errors import EmbeddingModelUnknown, TextEmpty, TooManyTexts
from gitu.features.models.errors import (
    ModelAnswerMalformed,
    ModelCallFailed,
    ModelContextTooLong,
    ModelKeyRefused,
    ModelNotThere,
    ModelOverloaded,
    ModelQuotaUsedUp,
    ModelRateLimitedUntil,
    ModelServerFailed,
    ModelTimedOut,
    ModelUnreachable,
)
from gitu.kernel.auth.principal import Principal
from tests.features.models.budgets.conftest import budget, given_back, priced
from tests.features.models.conftest import KEY, World
from tests.servers.embeddings import EmbeddingServer, embedding_server, vector_of
from tests.servers.script import Reply

pytestmark = pytest.mark.anyio


@dataclass
class Provider:
    """A provider, where its protocol begins, and a model whose price is known."""

    kind: str
    path: str
    model: str


PROVIDERS = [
    Provider("openai", "/v1", "text-embedding-3-small"),
    Provider("openai_compatible", "/v1", "test-embed"),
    Provider("openrouter", "/v1", "openai/text-embedding-3-small"),
    Provider("mistral", "", "mistral-embed"),
    Provider("google", "", "gemini-embedding-001"),
]
OPENAI, COMPATIBLE = PROVIDERS[:2]


@dataclass
class Embedder:
    """A person's embedding model behind a real server."""

    world: World
    person: Principal
    server: EmbeddingServer
    model: str

    async def embed(self, *texts: str, **more: Any) -> models.Embeddings:
        assert self.person.user_id is not None
        given: dict[str, Any] = {"feature": "notes", "model": self.model, **more}
        return await models.embed(self.world.services, self.person.user_id, texts, **given)


async def embedder(world: World, server: EmbeddingServer, provider: Provider = COMPATIBLE) -> Embedder:
    person = await world.person()
    path = "/api/v1" if provider.kind == "openrouter" else provider.path
    connection = await world.do(
        person, "models.create_connection", provider=provider.kind, base_url=server.url + path, api_key=KEY
    )
    return Embedder(world, person, server, f"{connection.id}/{provider.model}")


@pytest.fixture
def server() -> Iterator[EmbeddingServer]:
    with embedding_server() as running:
        yield running


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.kind)
async def test_each_provider_is_asked_in_its_own_protocol(world: World, provider: Provider) -> None:
    with embedding_server(provider.kind, keys=[KEY]) as server:
        mine = await embedder(world, server, provider)
        made = await mine.embed("a copper kettle", "غلاية نحاس")
        wanted = [vector_of(text, 16) for text in ("a copper kettle", "غلاية نحاس")]
        for vector, expected in zip(made.vectors, wanted, strict=True):
            assert list(vector) == pytest.approx(expected, abs=1e-6)
        assert (made.model, made.dimensions, made.truncated) == (mine.model, 16, ())
        (call,) = await world.calls(mine.person)
        assert (call.model, call.feature, call.outcome) == (mine.model, "notes", "ok")
        assert call.latency_ms is not None
        if provider.kind == "google":
            assert (call.input_tokens, call.cost) == (None, None)  # it tells no tokens
        else:
            assert (call.input_tokens, call.output_tokens) == (5, 0)


@pytest.mark.parametrize("base64", [True, False], ids=["base64", "numbers"])
async def test_both_encodings_are_read_and_the_index_of_an_entry_tells_its_place(
    world: World, server: EmbeddingServer, base64: bool
) -> None:
    mine = await embedder(world, server)
    server.embeds.knows_base64, server.embeds.backwards = base64, True
    texts = [f"text number {number}" for number in range(20)]
    made = await mine.embed(*texts)
    for text, vector in zip(texts, made.vectors, strict=True):
        assert list(vector) == pytest.approx(vector_of(text, 16), abs=1e-6)
    assert server.embeds.bodies[0]["encoding_format"] == "base64"


async def test_google_is_told_whether_a_text_is_a_document_or_a_query(world: World) -> None:
    with embedding_server("google") as server:
        mine = await embedder(world, server, PROVIDERS[-1])
        await mine.embed("kettle")
        await mine.embed("kettle", kind="query")
        tasks = [body["requests"][0]["taskType"] for body in server.embeds.bodies]
    assert tasks == ["RETRIEVAL_DOCUMENT", "RETRIEVAL_QUERY"]


# -- batches --------------------------------------------------------------------------------------------


async def test_many_texts_go_out_in_batches_some_at_once_and_come_back_in_order(
    world: World, server: EmbeddingServer
) -> None:
    mine = await embedder(world, server)
    server.embeds.delay_s = 0.05
    texts = [f"note {number}" for number in range(300)]
    made = await mine.embed(*texts)
    assert [list(vector) for vector in made.vectors] == [pytest.approx(vector_of(text, 16), abs=1e-6) for text in texts]
    most = LIMITS["openai_compatible"].texts
    assert len(server.embeds.asked) == math.ceil(300 / most)
    assert max(map(len, server.embeds.asked)) == most
    assert 1 < server.embeds.at_once <= AT_ONCE
    assert len(await world.calls(mine.person)) == len(server.embeds.asked)


async def test_a_request_holds_no_more_bytes_than_the_provider_takes(world: World, server: EmbeddingServer) -> None:
    mine = await embedder(world, server)
    await mine.embed(*["ن" * 9_000] * 6)
    size = LIMITS["openai_compatible"].size
    assert all(sum(len(text.encode()) for text in texts) <= size for texts in server.embeds.asked)
    assert len(server.embeds.asked) == 2


async def test_a_text_longer_than_the_model_s_window_is_cut_and_the_answer_says_which(world: World) -> None:
    with embedding_server("openai") as server:
        mine = await embedder(world, server, OPENAI)
        made = await mine.embed("short", "ش" * 40_000, "short too")
        (sent,) = server.embeds.asked
    assert made.truncated == (1,)
    assert len(sent[1].encode()) <= 8191 * 3
    assert set(sent[1]) == {"ش"}  # no letter was torn


async def test_a_text_that_the_model_finds_too_long_is_halved_until_it_fits(
    world: World, server: EmbeddingServer
) -> None:
    mine = await embedder(world, server)
    server.embeds.longest = 1_000
    made = await mine.embed("one", "x" * 3_000, "two")
    assert made.truncated == (1,)
    assert list(made.vectors[2]) == pytest.approx(vector_of("two", 16), abs=1e-6)
    server.embeds.longest = 10
    with pytest.raises(ModelContextTooLong):
        await mine.embed("x" * 3_000)


async def test_empty_texts_and_too_many_are_refused_before_anything_is_sent(
    world: World, server: EmbeddingServer
) -> None:
    mine = await embedder(world, server)
    with pytest.raises(TextEmpty) as empty:
        await mine.embed("one", " \n")
    assert "number 2" in str(empty.value)
    with pytest.raises(TooManyTexts):
        await mine.embed(*["one"] * (MOST_TEXTS + 1))
    assert (await mine.embed()).vectors == []
    assert server.embeds.bodies == []


async def test_cancelling_ends_what_is_under_way_and_says_so_in_the_record(
    world: World, server: EmbeddingServer
) -> None:
    mine = await embedder(world, server)
    server.embeds.delay_s = 30
    asking = asyncio.create_task(mine.embed("one", "two"))
    async with asyncio.timeout(20):
        while not server.embeds.bodies:
            await asyncio.sleep(0.01)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    (call,) = await world.calls(mine.person)
    assert call.outcome == "stopped"


# -- what goes wrong ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Reply(status=401, error="Incorrect API key provided."), ModelKeyRefused),
        (Reply(status=404, error="The model does not exist."), ModelNotThere),
        (Reply(status=429, error="Slow down.", retry_after=7), ModelRateLimitedUntil),
        (Reply(status=429, error="You exceeded your quota.", error_code="insufficient_quota"), ModelQuotaUsedUp),
        (Reply(status=500, error="Oh."), ModelServerFailed),
        (Reply(status=503, error="Busy."), ModelOverloaded),
        ({"data": []}, ModelAnswerMalformed),
        ({"data": [{"index": 1, "embedding": [1.0]}]}, ModelAnswerMalformed),
        ({"data": [{"index": 0, "embedding": []}]}, ModelAnswerMalformed),
        ({"data": [{"index": 0, "embedding": "AAA"}]}, ModelAnswerMalformed),
        ({"data": [{"index": 0, "embedding": [1e300]}]}, ModelAnswerMalformed),
        ({"data": [{"index": 0, "embedding": ["one"]}]}, ModelAnswerMalformed),
        ({"data": None}, ModelAnswerMalformed),
        ({"hello": "world"}, ModelAnswerMalformed),
    ],
    ids=lambda value: str(getattr(value, "status", value))[:40],
)
async def test_a_provider_s_failure_is_one_clear_sentence_and_is_recorded(
    world: World, server: EmbeddingServer, fault: Any, expected: type[ModelCallFailed]
) -> None:
    mine = await embedder(world, server)
    server.embeds.then(fault)
    with pytest.raises(expected) as failed:
        await mine.embed("kettle")
    assert type(failed.value) is expected
    assert KEY not in str(failed.value)
    assert failed.value.localised("ar") != failed.value.localised("en")
    (call,) = await world.calls(mine.person)
    assert (call.outcome, call.error_code) == ("failed", expected.code)
    assert (await mine.embed("kettle")).dimensions == 16  # the next one goes through


async def test_vectors_of_unlike_length_are_refused(world: World, server: EmbeddingServer) -> None:
    mine = await embedder(world, server)
    entries = [{"index": 0, "embedding": [1.0, 0.0]}, {"index": 1, "embedding": [1.0]}]
    server.embeds.then({"data": entries})
    with pytest.raises(ModelAnswerMalformed):
        await mine.embed("one", "two")


async def test_a_silent_server_and_one_that_is_gone_are_told_apart(world: World) -> None:
    with embedding_server() as server:
        mine = await embedder(world, server)
        world.impatient()
        server.embeds.delay_s = 30
        with pytest.raises(ModelTimedOut):
            await mine.embed("kettle")
    with pytest.raises(ModelUnreachable):
        await mine.embed("kettle")


async def test_when_one_batch_fails_the_others_end_and_the_failure_is_told(
    world: World, server: EmbeddingServer
) -> None:
    mine = await embedder(world, server)
    server.embeds.then(Reply(status=500, error="Oh."))
    with pytest.raises(ModelServerFailed):
        await mine.embed(*["note"] * 300)
    outcomes = {call.outcome for call in await world.calls(mine.person)}
    assert "failed" in outcomes
    assert "running" not in outcomes


# -- money and people -----------------------------------------------------------------------------------


async def test_a_hosted_model_costs_what_its_list_price_says(world: World) -> None:
    with embedding_server("openai") as server:
        mine = await embedder(world, server, OPENAI)
        await mine.embed("one two three four five")
    (call,) = await world.calls(mine.person)
    assert call.input_tokens == 5
    assert call.cost == Decimal("0.0000001")  # USD 0.02 per million tokens


async def test_a_price_that_nobody_knows_is_unknown_and_not_nothing(world: World) -> None:
    with embedding_server("openai") as server:
        mine = await embedder(world, server, Provider("openai", "/v1", "text-embedding-of-tomorrow"))
        await mine.embed("kettle")
    (call,) = await world.calls(mine.person)
    assert (call.input_tokens, call.cost) == (1, None)


async def test_a_budget_counts_vectors_and_refuses_before_anything_leaves(
    world: World, server: EmbeddingServer
) -> None:
    mine = await embedder(priced(world, '["test-embed"]\ninput = 1000\noutput = 0\n'), server)
    await budget(world, mine.person, limit="0.05")  # 50 tokens
    await mine.embed("one two three")
    (counted,) = await given_back(world, mine.person)
    assert counted.spent == Decimal("0.003")
    with pytest.raises(BudgetReached):
        await mine.embed("x" * 60)
    assert len(server.embeds.bodies) == 1
    calls = await world.calls(mine.person)
    assert [(call.outcome, call.error_code) for call in calls] == [("ok", None), ("refused", "models.budget_reached")]


async def test_under_a_hard_limit_a_model_of_unknown_price_is_not_asked(world: World) -> None:
    with embedding_server("openai") as server:
        mine = await embedder(world, server, Provider("openai", "/v1", "text-embedding-of-tomorrow"))
        await budget(world, mine.person)
        with pytest.raises(PriceUnknown) as unknown:
            await mine.embed("kettle")
        assert "text-embedding-of-tomorrow" in str(unknown.value)
        assert server.embeds.bodies == []


async def test_models_here_cost_nothing_and_are_recorded_together(world: World) -> None:
    person = await world.person()
    assert person.user_id is not None
    for _ in range(3):
        await models.embed(world.services, person.user_id, ["kettle"], feature="notes", model="local/lexical-1")
    (call,) = await world.calls(person)
    assert (call.model, call.feature, call.outcome) == ("local/lexical-1", "notes", "ok")
    assert call.cost == 0
    assert call.latency_ms


async def test_nobody_embeds_through_the_connection_of_another(world: World, server: EmbeddingServer) -> None:
    mine = await embedder(world, server)
    stranger = await world.person()
    assert stranger.user_id is not None
    with pytest.raises(EmbeddingModelUnknown):
        await models.embed(world.services, stranger.user_id, ["kettle"], feature="notes", model=mine.model)
    assert server.embeds.bodies == []
