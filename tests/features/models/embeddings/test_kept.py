"""Texts that a provider has embedded before are not sent to it again."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from gitu.kernel import clock
from tests.features.models.budgets.conftest import priced
from tests.features.models.conftest import World
from tests.features.models.embeddings.test_hosted import Embedder, Provider, embedder
from tests.servers.embeddings import EmbeddingServer, embedding_server

pytestmark = pytest.mark.anyio

GOOGLE = Provider("google", "", "gemini-embedding-001")


@pytest.fixture
def server() -> Iterator[EmbeddingServer]:
    with embedding_server() as running:
        yield running


async def did(mine: Embedder) -> list[str | None]:
    """What the cache did at each call on record."""
    return [call.cache for call in await mine.world.calls(mine.person)]


async def test_only_what_is_new_is_asked_for_and_the_order_stays(world: World, server: EmbeddingServer) -> None:
    mine = await embedder(priced(world, '["test-embed"]\ninput = 1000\noutput = 0\n'), server)
    first = await mine.embed("one", "two two two")
    second = await mine.embed("two two two", "three", "one")
    assert [list(second.vectors[2]), list(second.vectors[0])] == [list(vector) for vector in first.vectors]
    assert server.embeds.asked == [["one", "two two two"], ["three"]]
    asked, spared, more = await world.calls(mine.person)
    assert [asked.cache, spared.cache, more.cache] == ["miss", "hit", "miss"]
    assert (asked.cost, spared.cost, spared.saved) == (Decimal("0.004"), 0, Decimal("0.004"))
    report = await world.do(mine.person, "models.get_cache")
    assert (report.entries, report.days[0].saved_tokens) == (3, 4)


async def test_nobody_is_given_the_vectors_of_another_person(world: World, server: EmbeddingServer) -> None:
    mine, theirs = await embedder(world, server), await embedder(world, server)
    await mine.embed("kettle")
    await theirs.embed("kettle")
    assert (await did(mine), await did(theirs)) == (["miss"], ["miss"])


async def test_an_edited_connection_and_an_hour_later_are_asked_anew(world: World, server: EmbeddingServer) -> None:
    mine = await embedder(world, server)
    await mine.embed("kettle")
    await world.do(mine.person, "models.update_connection", connection_id=mine.model.partition("/")[0], name="New")
    await mine.embed("kettle")
    with clock.travel(timedelta(), ticking=True) as traveller:
        traveller.move(timedelta(minutes=61))
        await mine.embed("kettle")
    assert await did(mine) == ["miss", "miss", "miss"]


async def test_a_model_that_knows_documents_from_queries_is_asked_for_both(world: World) -> None:
    with embedding_server("google") as server:
        mine = await embedder(world, server, GOOGLE)
        await mine.embed("kettle", kind="document")
        await mine.embed("kettle", kind="query")
        await mine.embed("kettle", kind="query")
    assert await did(mine) == ["miss", "miss", "hit"]


async def test_many_texts_at_once_pass_by_the_cache(world: World, server: EmbeddingServer) -> None:
    mine = await embedder(world, server)
    await mine.embed(*(f"text {number}" for number in range(300)))
    assert set(await did(mine)) == {None}
    assert (await world.do(mine.person, "models.get_cache")).entries == 0


async def test_a_text_that_was_cut_is_not_taken_for_the_whole(world: World, server: EmbeddingServer) -> None:
    mine = await embedder(world, server)
    server.embeds.longest = 1_000
    long = "word " * 400  # 2,000 characters
    for _ in range(2):
        assert (await mine.embed(long)).truncated == (0,)
    assert "hit" not in await did(mine)
