"""How well what is asked for is found: floors under what docs/benchmarks-embeddings.md reports."""

from collections import Counter

import pytest

from gitu.features.models.embeddings.local.catalogue import LOCAL_MODELS, LocalModel
from gitu.features.models.embeddings.local.processes import LocalModels
from gitu.kernel.services import Services
from tests.features.models.embeddings.retrieval import Scores, passages, queries, rank, score

pytestmark = pytest.mark.anyio

MULTILINGUAL, LEXICAL = LOCAL_MODELS


async def scores_of(services: Services, model: LocalModel) -> Scores:
    local = services.resource(LocalModels)
    found = await local.embed(model, [passage.text for passage in passages()])
    asked = await local.embed(model, [query.text for query in queries()])
    return score(rank(found, asked))


def test_the_set_is_what_it_says_it_is() -> None:
    known = {passage.id for passage in passages()}
    assert len(known) == len(passages()) >= 200
    assert len(queries()) >= 60
    assert all(query.wanted <= known for query in queries())
    by_language = Counter(query.language for query in queries())
    assert by_language["en"] == by_language["ar"]


async def test_the_default_finds_meaning_in_both_languages_and_across_them(services: Services) -> None:
    scores = await scores_of(services, MULTILINGUAL)
    assert scores.mrr("all") > 0.92
    assert scores.recall("en", 1) > 0.88
    assert scores.recall("ar", 1) > 0.85
    assert scores.recall("ar", 5) > 0.9
    assert scores.recall("mixed", 1) == scores.recall("cross", 1) == 1.0
    assert scores.recall("ar/diacritics", 1) == 1.0


async def test_without_it_words_are_found_in_every_spelling(services: Services) -> None:
    scores = await scores_of(services, LEXICAL)
    for group in ("en/inflection", "en/typo", "en/words", "ar/clitics", "ar/diacritics", "ar/spelling", "ar/typo"):
        assert scores.recall(group, 1) == 1.0, group
    assert scores.mrr("all") > 0.7
