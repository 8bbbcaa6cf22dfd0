"""Which indexes there are: features of higher tiers declare theirs, and where their texts are read from.

    models.declare_index("memory", page=memories_after, count=count_memories)

The vectors are kept here, in one table: a feature needs no column, no job and no switch between models of its own.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from gitu.features.models.embeddings.errors import IndexUnknown
from gitu.features.models.embeddings.schemas import Item

if TYPE_CHECKING:
    from gitu.kernel.services import Services

# (services, owner, id of the last item seen, most) -> the owner's next items by ascending id
ReadPage = Callable[["Services", UUID, UUID | None, int], Awaitable[Sequence[Item]]]
Count = Callable[["Services", UUID], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Index:
    name: str
    page: ReadPage
    count: Count


_indexes: dict[str, Index] = {}


def declare_index(name: str, *, page: ReadPage, count: Count) -> Index:
    """Declare an index at import, where jobs of every process find it.

    ``page`` reads an owner's items by ascending id, after one, so that computing all vectors anew can go on after a
    crash; ``count`` tells how many there are. Raises ValueError for a name that another feature has.
    """
    known = _indexes.get(name)
    if known is not None and (known.page.__module__, known.page.__qualname__) != (page.__module__, page.__qualname__):
        raise ValueError(f"Two indexes call themselves {name}")
    _indexes[name] = index = Index(name, page, count)
    return index


def find_index(name: str) -> Index:
    """Raises IndexUnknown, which names those that are there."""
    found = _indexes.get(name)
    if found is None:
        raise IndexUnknown(index=name[:40], known=", ".join(sorted(_indexes)) or "–")
    return found
