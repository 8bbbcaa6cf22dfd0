"""Vectors that a provider has made of a text already: kept as answers are, by the text itself."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gitu.features.models.answers.kept import Answers, Kept
from gitu.features.models.answers.keys import digest
from gitu.features.models.budgets.purses import FINEST

if TYPE_CHECKING:
    from gitu.kernel.services import Services

MOST_TEXTS: Final = 256  # of one call; one with more indexes much that is new, and would drive all else out


@dataclass(frozen=True, slots=True)
class Made:
    """What one request brought: vectors, USD (None where unknown), tokens (None where the provider tells none)."""

    vectors: "list[array[float]]"
    cost: Decimal | None
    tokens: int | None


class Vectors:
    """The vectors of one person by one model of one connection as it stands; ``kind`` where the model knows kinds."""

    def __init__(
        self, services: "Services", owner_id: UUID, connection_id: UUID, version: str, model: str, kind: str
    ) -> None:
        self._answers = services.resource(Answers)
        self._owner_id = owner_id
        self._what = (connection_id, version, model, kind)
        self._moment = self._answers.moment

    def looks(self, texts: Sequence[str]) -> bool:
        """Whether these are looked up and kept at all."""
        return self._answers.on and len(texts) <= MOST_TEXTS

    async def find(self, texts: Sequence[str]) -> dict[int, Kept]:
        """What is kept, by the places of the texts."""
        found = {place: await self._answers.find(self._owner_id, self._key(text)) for place, text in enumerate(texts)}
        return {place: kept for place, kept in found.items() if kept is not None}

    async def keep(self, texts: Sequence[str], made: Made) -> None:
        """Keep the vectors of whole texts, each with its share of what the request cost."""
        sizes = [len(text.encode()) for text in texts]
        for text, vector, size in zip(texts, made.vectors, sizes, strict=True):
            share = Decimal(size) / sum(sizes)
            cost = None if made.cost is None else str((made.cost * share).quantize(FINEST))
            kept = Kept(vector.tobytes(), cost, round((made.tokens or 0) * share))
            await self._answers.keep(self._owner_id, self._key(text), kept, self._moment)

    def _key(self, text: str) -> str:
        return digest("vector", self._owner_id, *self._what, text)


def vector_of(kept: Kept) -> "array[float]":
    """The vector that was kept."""
    vector = array("f")
    vector.frombytes(kept.body)
    return vector
