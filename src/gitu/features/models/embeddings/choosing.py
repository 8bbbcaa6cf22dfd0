"""Which model embeds: the one asked for, one's own choice, the instance's, or the best on this machine.

Providers' lists of models leave embeddings out or say nothing of them, so those that are known are named here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from gitu.features.models.choosing import local as runs_here
from gitu.features.models.choosing import model_id, models_of, split_id
from gitu.features.models.embeddings.errors import EmbeddingModelUnknown
from gitu.features.models.embeddings.local.catalogue import PREFIX, LocalModel, best_local, find_local
from gitu.features.models.errors import ModelUnknown
from gitu.features.models.repository import INSTANCE
from gitu.features.models.tables import ConnectionRow


@dataclass(frozen=True, slots=True)
class Known:
    """What providers publish of a model: numbers a vector, and the window in tokens."""

    dimensions: int | None = None
    window: int | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one request may hold: texts, and bytes of them in all."""

    texts: int
    size: int


@dataclass(frozen=True, slots=True)
class Hosted:
    """A model of a connection."""

    row: ConnectionRow
    name: str
    known: Known

    @property
    def id(self) -> str:
        """How it is chosen and kept."""
        return model_id(self.row.id, self.name)

    @property
    def local(self) -> bool:
        """Whether it costs nothing, since it runs here or in the private network."""
        return runs_here(self.row)


# https://platform.openai.com/docs/guides/embeddings, https://docs.mistral.ai/capabilities/embeddings/overview,
# https://ai.google.dev/gemini-api/docs/embeddings
CATALOGUE: dict[str, dict[str, Known]] = {
    "openai": {
        "text-embedding-3-small": Known(1536, 8191),
        "text-embedding-3-large": Known(3072, 8191),
        "text-embedding-ada-002": Known(1536, 8191),
    },
    "mistral": {"mistral-embed": Known(1024, 8192), "codestral-embed": Known(1536, 8192)},
    "google": {"gemini-embedding-001": Known(3072, 2048)},
    "openrouter": {
        "openai/text-embedding-3-small": Known(1536, 8191),
        "openai/text-embedding-3-large": Known(3072, 8191),
        "qwen/qwen3-embedding-8b": Known(4096, 32_000),
    },
}
# Requests' published limits, tokens taken for two bytes: 2,048 texts and 300,000 tokens at OpenAI, 100 texts at Google,
# 16,384 tokens at Mistral. Servers of one's own take what fits into their memory.
LIMITS: dict[str, Limits] = {
    "openai": Limits(512, 400_000),
    "openrouter": Limits(128, 200_000),
    "mistral": Limits(64, 32_000),
    "google": Limits(100, 150_000),
    "openai_compatible": Limits(32, 64_000),
}
# What the names of open embedding models have in common, for servers that list all of theirs alike.
_TELLING = ("embed", "bge-", "e5-", "gte-", "minilm", "mpnet", "labse", "arctic", "paraphrase-")


def resolve(
    usable: Sequence[ConnectionRow], chosen: Mapping[UUID, str], owner_id: UUID, asked: str | None = None
) -> LocalModel | Hosted:
    """The model to use. A default that is gone gives way to the next; what was asked for must be there.

    Raises EmbeddingModelUnknown.
    """
    if asked is not None:
        found = find(usable, asked)
        if found is None:
            raise EmbeddingModelUnknown(model=asked[:240])
        return found
    for owner in (owner_id, INSTANCE):
        wanted = chosen.get(owner)
        found = find(usable, wanted) if wanted is not None else None
        if found is not None and (isinstance(found, Hosted) or found.there):
            return found
    return best_local()


def find(usable: Sequence[ConnectionRow], wanted: str) -> LocalModel | Hosted | None:
    """The model of that id among those one may use."""
    if wanted.startswith(PREFIX):
        return find_local(wanted)
    try:
        connection_id, name = split_id(wanted)
    except ModelUnknown:
        return None
    row = next((one for one in usable if one.id == connection_id), None)
    if row is None or row.provider not in LIMITS or not name:
        return None
    windows = dict(models_of(row))
    known = CATALOGUE.get(row.provider, {}).get(name) or Known(window=windows.get(name))
    return Hosted(row, name, known)


def embedding_models(usable: Sequence[ConnectionRow]) -> Iterator[Hosted]:
    """The models of these connections that make vectors, as far as anybody says so; at most 1,000 a connection."""
    for row in usable:
        known = CATALOGUE.get(row.provider)
        if known is not None:
            yield from (Hosted(row, name, one) for name, one in known.items())
        elif row.provider == "openai_compatible":
            for name, window in models_of(row):
                if any(part in name.lower() for part in _TELLING):
                    yield Hosted(row, name, Known(window=window))
