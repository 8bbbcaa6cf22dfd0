"""Vectors of words as they are written, without numpy and without learned weights.

Each word counts by its Snowball stem and by its letters three by three, so that inflection, clitics, diacritics and
slips of the pen change a vector little. It knows no synonyms. Features are hashed into ``DIMENSIONS`` places, signed
(Weinberger et al. 2009, https://arxiv.org/abs/0902.2206), counts are damped by their logarithm, vectors have length 1.
"""

import math
from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any
from zlib import crc32

import snowballstemmer  # pyright: ignore[reportMissingTypeStubs] - there are none

from gitu.features.models.embeddings.local.text import normalised, words_of

DIMENSIONS = 512
_LETTERS = 1.5  # what a word's letters weigh beside its stem
_SIDE_WORD = 0.12
_SAID_ASIDE = """
    a about after all also am an and any are as at be been before but by can could did do does for from had has have he
    her here his how i if in into is it its many may me more most much must my no not of off on one only or our out over
    she should so some that the their them then there these they this those to up us very was we were what when where
    which who whom why will with without would you your
    في من على إلى عن مع هذا هذه ذلك تلك الذي التي الذين ما لا لم لن إن أن كان كانت يكون تكون هو هي هم أنا نحن أنت قد ثم
    أو حتى إذا لو كل بعض غير بعد قبل عند بين أي كيف متى أين لماذا هل ليس وقد كما لأن بل لكن فيه فيها به بها له لها منه
    منها إليه إليها عليه عليها إلي علي
"""
_SIDE_WORDS = frozenset(normalised(_SAID_ASIDE).split())

Feature = tuple[int, float]  # the place in the vector, and what is added there


def embed(texts: Sequence[str]) -> bytes:
    """The vectors of the texts, one after the other, as 32-bit floats in the machine's order."""
    vectors = array("f")
    for text in texts:
        vectors.extend(_vector(text))
    return vectors.tobytes()


def _vector(text: str) -> list[float]:
    vector = [0.0] * DIMENSIONS
    for word, count in Counter(words_of(text)).items():
        damped = 1.0 + math.log(count)
        for place, weight in _features(word):
            vector[place] += damped * weight
    length = math.sqrt(math.fsum(value * value for value in vector))
    if length == 0.0:  # no words at all; every vector has length 1
        vector[_hashed("nothing")[0]] = 1.0
        return vector
    return [value / length for value in vector]


@lru_cache(maxsize=1 << 16)
def _features(word: str) -> tuple[Feature, ...]:
    """Most words of a text come again soon: stemming is paid once."""
    weight = _SIDE_WORD if word in _SIDE_WORDS else (1.0 if len(word) > 2 or word.isdecimal() else 0.5)
    fenced = f"<{word}>"
    letters = [fenced[at : at + 3] for at in range(len(fenced) - 2)]
    each = weight * _LETTERS / math.sqrt(len(letters))
    place, sign = _hashed(f"s:{_stemmer(word)(word)}")
    found = [(place, sign * weight)]
    for three in letters:
        place, sign = _hashed(f"n:{three}")
        found.append((place, sign * each))
    return tuple(found)


def _hashed(feature: str) -> tuple[int, float]:
    # CRC-32 spreads neighbours poorly in its low bits; a multiplication mixes them (Knuth, 6.4).
    mixed = crc32(feature.encode()) * 2_654_435_761 & 0xFFFF_FFFF
    mixed ^= mixed >> 15
    return mixed % DIMENSIONS, 1.0 if mixed & 0x4000_0000 else -1.0


@lru_cache(maxsize=2)
def _snowball(language: str) -> Callable[[str], str]:
    stemmer: Any = snowballstemmer.stemmer(language)  # pyright: ignore[reportUnknownMemberType] # Any: it has no types
    stem: Callable[[str], str] = stemmer.stemWord
    return stem


def _stemmer(word: str) -> Callable[[str], str]:
    return _snowball("arabic" if "\u0600" <= word[0] <= "\u06ff" else "english")
