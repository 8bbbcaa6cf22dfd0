"""A small bilingual retrieval set, and how well vectors find what is in it.

``passages.tsv`` says everything twice, in English and in Arabic (e017 and a017 say the same); ``queries.tsv`` names for
each query its language, what makes it hard, and the passages that answer it. A passage's translation answers as well,
except where the query asks across languages: there the passage in the query's own language is left out.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from array import array

FOLDER = Path(__file__).parent / "retrieval"


@dataclass(frozen=True)
class Passage:
    id: str
    text: str


@dataclass(frozen=True)
class Query:
    """``language`` is en, ar, mixed or cross; ``kind`` what stands between the words of the query and the passage's."""

    language: str
    kind: str
    wanted: frozenset[str]
    left_out: frozenset[str]
    text: str


@dataclass
class Scores:
    """Ranks of the first passage that answers, by language and by language and kind."""

    ranks: dict[str, list[int]]

    def recall(self, group: str, at: int) -> float:
        """The share of queries that are answered among the first ``at``."""
        return sum(rank <= at for rank in self.ranks[group]) / len(self.ranks[group])

    def mrr(self, group: str) -> float:
        """The mean of one divided by the rank."""
        return math.fsum(1 / rank for rank in self.ranks[group]) / len(self.ranks[group])


def _rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (FOLDER / name).read_text(encoding="utf-8").splitlines() if line]


def passages() -> list[Passage]:
    return [Passage(id_, text) for id_, _, text in _rows("passages.tsv")]


def queries() -> list[Query]:
    found: list[Query] = []
    for language, kind, ids, text in _rows("queries.tsv"):
        wanted = frozenset(ids.split(","))
        twins = frozenset(_twin(one) for one in wanted)
        across = language == "cross"
        found.append(
            Query(language, kind, wanted if across else wanted | twins, twins if across else frozenset(), text)
        )
    return found


def _twin(id_: str) -> str:
    return ("a" if id_[0] == "e" else "e") + id_[1:]


def score(rankings: Sequence[Sequence[str]]) -> Scores:
    """How good these rankings are: for each query the passages' ids, best first; what is missing comes last."""
    ranks: dict[str, list[int]] = defaultdict(list)
    for query, ranking in zip(queries(), rankings, strict=True):
        kept = [one for one in ranking if one not in query.left_out]
        rank = next((place for place, one in enumerate(kept, 1) if one in query.wanted), len(passages()))
        for group in ("all", query.language, f"{query.language}/{query.kind}"):
            ranks[group].append(rank)
    return Scores(dict(ranks))


def rank(passage_vectors: "Sequence[array[float]]", query_vectors: "Sequence[array[float]]") -> list[list[str]]:
    """The passages' ids for each query by descending cosine of vectors of length 1."""
    ids = [passage.id for passage in passages()]
    rankings: list[list[str]] = []
    for query in query_vectors:
        likeness = [_dot(query, vector) for vector in passage_vectors]
        order = sorted(range(len(ids)), key=lambda place: -likeness[place])
        rankings.append([ids[place] for place in order])
    return rankings


def _dot(one: "array[float]", other: "array[float]") -> float:
    return sum(map(float.__mul__, one, other))
