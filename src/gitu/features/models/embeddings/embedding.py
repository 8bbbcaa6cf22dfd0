"""Texts into vectors: in batches that the model takes, some at once, in the order they were given."""

import asyncio
import time
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from gitu.features.models import repository as connections
from gitu.features.models.answers.vectors import Vectors, vector_of
from gitu.features.models.budgets.rules import Purpose
from gitu.features.models.calls import Call
from gitu.features.models.desk import ModelDesk
from gitu.features.models.embeddings import repository
from gitu.features.models.embeddings.choosing import LIMITS, Hosted, resolve
from gitu.features.models.embeddings.errors import TextEmpty, TooManyTexts
from gitu.features.models.embeddings.hosted import EmbeddingDesk
from gitu.features.models.embeddings.local.catalogue import LOCAL, LocalModel
from gitu.features.models.embeddings.local.processes import LocalModels
from gitu.features.models.embeddings.schemas import Embeddings, Kind
from gitu.features.models.errors import ModelContextTooLong
from gitu.kernel import clock
from gitu.kernel.ids import new_id

if TYPE_CHECKING:
    from array import array

    from gitu.kernel.services import Services

MOST_TEXTS = 4_096
AT_ONCE = 4  # requests of one call on their way to a provider
# Bytes of UTF-8 that are surely one token or more for common tokenizers: English has some 4 a token, Arabic some 3.
_BYTES_A_TOKEN = 3
_SHORTEST = 256  # characters; a model that finds these too long is asked no further
_TOGETHER = timedelta(minutes=1)

Placed = tuple[int, str]  # where a text stands among all, and the text


async def embed(
    services: "Services",
    user_id: UUID,
    texts: Sequence[str],
    *,
    feature: str,
    kind: Kind = "document",
    model: str | None = None,
    background: bool = False,
) -> Embeddings:
    """One vector a text, in order, by ``model`` or by the person's default; the calls are recorded for ``feature``.

    Budgets count every request; ``background`` says that nobody waits for the answer. A text longer than the model's
    window is cut, and the answer says which were. Cancelling ends what is under way.
    Raises TextEmpty, TooManyTexts (more than 4,096), EmbeddingModelUnknown, LocalModelMissing, LocalModelFailed,
    KeyUnreadable, ModelCallFailed and its kin.
    """
    if len(texts) > MOST_TEXTS:
        raise TooManyTexts(count=len(texts), limit=MOST_TEXTS)
    for place, text in enumerate(texts):
        if not text or text.isspace():
            raise TextEmpty(number=place + 1)
    async with services.database.reader() as db:
        usable = await connections.usable_connections(db, user_id)
        chosen = await repository.chosen_models(db, user_id)
    found = resolve(usable, chosen, user_id, model)
    if not texts:
        dimensions = found.dimensions if isinstance(found, LocalModel) else found.known.dimensions or 0
        return Embeddings(found.id, dimensions, [])
    if isinstance(found, LocalModel):
        return await _embed_here(services, user_id, texts, feature, found)
    purpose = Purpose(user_id, feature, background=background)
    return await _Sending(services, purpose, found, kind).run(texts)


async def _embed_here(
    services: "Services", user_id: UUID, texts: Sequence[str], feature: str, model: LocalModel
) -> Embeddings:
    began = time.perf_counter()
    vectors = await services.resource(LocalModels).embed(model, [text[: model.window] for text in texts])
    services.resource(LocalTally).count(user_id, feature, model, (time.perf_counter() - began) * 1000)
    cut = tuple(place for place, text in enumerate(texts) if len(text) > model.window)
    return Embeddings(model.id, model.dimensions, vectors, cut)


class _Sending:
    """The requests of one call of ``embed``."""

    def __init__(self, services: "Services", purpose: Purpose, model: Hosted, kind: Kind) -> None:
        self._desk = services.resource(EmbeddingDesk)
        self._purpose = purpose
        self._model = model
        self._kind: Kind = kind
        self._gate = asyncio.Semaphore(AT_ONCE)
        row = model.row
        asked_for = kind if row.provider == "google" else ""  # all others make the same vector of both
        version = row.updated_at.isoformat()
        self._kept = Vectors(services, purpose.owner_id, row.id, version, model.name, asked_for)
        self._looks = False
        self._vectors: dict[int, array[float]] = {}
        self._cut: set[int] = set()

    async def run(self, texts: Sequence[str]) -> Embeddings:
        self._looks = self._kept.looks(texts)
        if self._looks:
            known = await self._kept.find(texts)
            if known:
                self._desk.spared(self._purpose, self._model, list(known.values()))
                self._vectors.update((place, vector_of(kept)) for place, kept in known.items())
        batches = self._batches(texts)
        try:
            async with asyncio.TaskGroup() as group:
                for batch in batches:
                    group.create_task(self._send(batch))
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from None
        vectors = [self._vectors[place] for place in range(len(texts))]
        return Embeddings(self._model.id, len(vectors[0]), vectors, tuple(sorted(self._cut)))

    def _batches(self, texts: Sequence[str]) -> list[list[Placed]]:
        limits, window = LIMITS[self._model.row.provider], self._model.known.window
        most = min(limits.size, window * _BYTES_A_TOKEN) if window is not None else limits.size
        batches: list[list[Placed]] = []
        size = 0
        for place, text in enumerate(texts):
            if place in self._vectors:
                continue
            kept, cut = shortened(text, most)
            if cut:
                self._cut.add(place)
            length = len(kept.encode())
            if not batches or size + length > limits.size or len(batches[-1]) >= limits.texts:
                batches.append([])
                size = 0
            batches[-1].append((place, kept))
            size += length
        return batches

    async def _send(self, batch: list[Placed]) -> None:
        try:
            async with self._gate:
                texts = [text for _, text in batch]
                made = await self._desk.embed(self._purpose, self._model, texts, self._kind, looked=self._looks)
        except ModelContextTooLong:
            # Nobody but the model counts its tokens: halve what was sent until it fits.
            if len(batch) == 1 and len(batch[0][1]) <= _SHORTEST:
                raise
            for half in self._halves(batch):
                await self._send(half)
            return
        self._vectors.update(zip((place for place, _ in batch), made.vectors, strict=True))
        if self._looks and not self._cut.intersection(place for place, _ in batch):
            await self._kept.keep(texts, made)

    def _halves(self, batch: list[Placed]) -> list[list[Placed]]:
        middle = len(batch) // 2
        if middle:
            return [batch[:middle], batch[middle:]]
        ((place, text),) = batch
        self._cut.add(place)
        return [[(place, text[: len(text) // 2])]]


def shortened(text: str, most_bytes: int) -> tuple[str, bool]:
    """The beginning of the text in at most so many bytes of UTF-8, no letter torn, and whether that is less."""
    if len(text) * 4 <= most_bytes:
        return text, False
    encoded = text.encode()
    if len(encoded) <= most_bytes:
        return text, False
    return encoded[:most_bytes].decode(errors="ignore"), True


class LocalTally:
    """Records what models on this machine did: one row a minute for each person, feature and model, at no cost."""

    def __init__(self, services: "Services") -> None:
        self._recorder = services.resource(ModelDesk).recorder
        self._rows: dict[tuple[UUID, str, str], Call] = {}

    def count(self, owner_id: UUID, feature: str, model: LocalModel, took_ms: float) -> None:
        """Add one call; its time is added to that of the others of the same minute."""
        now, key = clock.now(), (owner_id, feature, model.id)
        row = self._rows.get(key)
        if row is None or now - row.at > _TOGETHER:
            self._rows = {one: kept for one, kept in self._rows.items() if now - kept.at <= _TOGETHER}
            row = self._rows[key] = Call(
                id=new_id(),
                owner_id=owner_id,
                at=now,
                connection_id=LOCAL,
                provider="local",
                model=model.id,
                feature=feature,
                session_id=None,
                cost=Decimal(0),
                latency_ms=0.0,
                outcome="ok",
            )
        row.latency_ms = round((row.latency_ms or 0.0) + took_ms, 3)
        self._recorder.record(row)
