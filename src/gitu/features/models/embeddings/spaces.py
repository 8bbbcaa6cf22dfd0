"""Vectors of indexes: written when items change, deleted when they go, searched with the model that made them.

While an index is computed anew by another model, what changes is written for both, and searches use the old vectors.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from gitu.features.models import repository as connections
from gitu.features.models.embeddings import repository
from gitu.features.models.embeddings.choosing import resolve
from gitu.features.models.embeddings.embedding import embed
from gitu.features.models.embeddings.errors import DimensionsChanged
from gitu.features.models.embeddings.indexes import find_index
from gitu.features.models.embeddings.schemas import Embeddings, Item, Near
from gitu.kernel import clock
from gitu.kernel.ids import new_id

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from gitu.features.models.embeddings.tables import VectorSpaceRow
    from gitu.kernel.services import Services

MOST_FOUND = 100


async def index_items(services: "Services", owner_id: UUID, index: str, items: Sequence[Item]) -> None:
    """Make the items findable, in their newest state; one without words is forgotten. Call it after their commit.

    At most 4,096 at once. Raises IndexUnknown, DimensionsChanged, and what ``embed`` raises.
    """
    find_index(index)
    worded = [item for item in items if item.text and not item.text.isspace()]
    wordless = [item.id for item in items if not item.text or item.text.isspace()]
    if wordless:
        await remove_items(services, owner_id, index, wordless)
    made: dict[UUID, Embeddings] = {}
    while worded:
        for space in (await _spaces(services, owner_id, index)).values():
            if space.id not in made:
                texts = [item.text for item in worded]
                made[space.id] = await embed(services, owner_id, texts, feature=index, model=space.model)
        async with services.database.transaction() as db:
            locked = await repository.open_spaces(db, owner_id, index, lock="update")
            if any(space.id not in made for space in locked.values()):
                continue  # another model began meanwhile: it needs these too
            for space in locked.values():
                await write(db, space, worded, made[space.id])
            return


async def remove_items(services: "Services", owner_id: UUID, index: str, item_ids: Sequence[UUID]) -> None:
    """Forget items that are gone. Call it after the commit of their removal. Raises IndexUnknown."""
    find_index(index)
    async with services.database.transaction() as db:
        spaces = await repository.open_spaces(db, owner_id, index, lock="share")
        for space in spaces.values():
            if space.state == "active":
                await repository.delete_vectors(db, owner_id, space.id, item_ids)
            elif item_ids:
                # The job may have read them already, and must not bring them back.
                now = clock.now()
                rows = [_row(space, item_id, now, None) for item_id in item_ids]
                await repository.save_vectors(db, rows)


async def search(
    services: "Services", user_id: UUID, index: str, text: str, limit: int = 10, *, shared: bool = False
) -> list[Near]:
    """The person's items (or everyone's shared ones) nearest to ``text`` in meaning, nearest first, at most 100.

    Empty while there is nothing in the index. Raises IndexUnknown, and what ``embed`` raises.
    """
    find_index(index)
    owner_id = connections.INSTANCE if shared else user_id
    async with services.database.reader() as db:
        space = (await repository.open_spaces(db, owner_id, index)).get("active")
    if space is None or space.dimensions is None:
        return []
    sought = await embed(services, user_id, [text], feature=index, kind="query", model=space.model)
    _check(space, sought)
    opened = services.database.transaction() if space.indexed else services.database.reader()
    async with opened as db:
        return await repository.nearest(db, owner_id, space, sought.vectors[0], min(limit, MOST_FOUND))


async def write(db: "AsyncSession", space: "VectorSpaceRow", items: Sequence[Item], made: Embeddings) -> None:
    """Keep vectors of a space that the transaction has locked. Raises DimensionsChanged."""
    _check(space, made)
    if space.dimensions is None:
        space.dimensions = made.dimensions
    rows = [_row(space, item.id, item.changed_at, vector) for item, vector in zip(items, made.vectors, strict=True)]
    await repository.save_vectors(db, rows)


async def wanted_model(services: "Services", owner_id: UUID) -> str:
    """The id of the model that the owner's vectors shall be made by."""
    async with services.database.reader() as db:
        usable = await connections.usable_connections(db, owner_id)
        chosen = await repository.chosen_models(db, owner_id)
    return resolve(usable, chosen, owner_id).id


def new_space(owner_id: UUID, index: str, model: str, state: str, total: int = 0) -> dict[str, Any]:  # Any: columns
    """A row of the table of spaces."""
    now = clock.now()
    return {
        "id": new_id(),
        "owner_id": owner_id,
        "index": index,
        "model": model,
        "dimensions": None,
        "state": state,
        "done": 0,
        "total": total,
        "cursor": None,
        "indexed": False,
        "error": None,
        "created_at": now,
        "updated_at": now,
        "finished_at": None,
    }


async def _spaces(services: "Services", owner_id: UUID, index: str) -> dict[str, "VectorSpaceRow"]:
    """Those that are written to; the first item of an index makes the first."""
    async with services.database.reader() as db:
        found = await repository.open_spaces(db, owner_id, index)
    if found:
        return found
    model = await wanted_model(services, owner_id)
    async with services.database.transaction() as db:
        await repository.add_space(db, new_space(owner_id, index, model, "active"))
        return await repository.open_spaces(db, owner_id, index)


def _check(space: "VectorSpaceRow", made: Embeddings) -> None:
    if space.dimensions is not None and made.dimensions != space.dimensions:
        raise DimensionsChanged(model=space.model, found=made.dimensions, expected=space.dimensions, index=space.index)


def _row(space: "VectorSpaceRow", item_id: UUID, changed_at: Any, vector: Any) -> dict[str, Any]:  # Any: columns
    return {
        "space_id": space.id,
        "item_id": item_id,
        "owner_id": space.owner_id,
        "vector": vector,
        "changed_at": changed_at,
    }
