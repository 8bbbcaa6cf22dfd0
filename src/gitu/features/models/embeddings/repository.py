"""All SQL of embeddings. Spaces and vectors are always asked for with their owner's id."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Float,
    String,
    and_,
    cast,
    delete,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from gitu.features.models.embeddings.schemas import Near
from gitu.features.models.embeddings.tables import EmbeddingDefaultRow, Vector, VectorRow, VectorSpaceRow
from gitu.features.models.repository import INSTANCE
from gitu.features.models.tables import ConnectionRow

OPEN = ("active", "building")
# pgvector indexes up to 2,000 numbers of 32 bits, or 4,000 of 16.
MOST_INDEXED, MOST_HALVED = 2_000, 4_000

# -- defaults -------------------------------------------------------------------------------------------


async def chosen_models(db: AsyncSession, owner_id: UUID) -> dict[UUID, str]:
    """The person's chosen model and the instance's, by owner; either may be missing."""
    rows = await db.execute(
        select(EmbeddingDefaultRow.owner_id, EmbeddingDefaultRow.model).where(
            EmbeddingDefaultRow.owner_id.in_([owner_id, INSTANCE])
        )
    )
    return {row.owner_id: row.model for row in rows}


async def set_default(db: AsyncSession, owner_id: UUID, model: str | None, now: datetime) -> None:
    """Keep the choice; None forgets it."""
    if model is None:
        await db.execute(delete(EmbeddingDefaultRow).where(EmbeddingDefaultRow.owner_id == owner_id))
        return
    values = {"model": model, "updated_at": now}
    await db.execute(
        insert(EmbeddingDefaultRow)
        .values(owner_id=owner_id, **values)
        .on_conflict_do_update(index_elements=[EmbeddingDefaultRow.owner_id], set_=values)
    )


# -- spaces ---------------------------------------------------------------------------------------------


async def list_spaces(db: AsyncSession, owner_id: UUID, before: UUID | None, limit: int) -> Sequence[VectorSpaceRow]:
    """The owner's, newest first, without those whose vectors are on their way out."""
    statement = (
        select(VectorSpaceRow)
        .where(VectorSpaceRow.owner_id == owner_id, VectorSpaceRow.state != "retired")
        .order_by(VectorSpaceRow.id.desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(VectorSpaceRow.id < before)
    return (await db.scalars(statement)).all()


async def count_vectors(db: AsyncSession, owner_id: UUID, space_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many vectors each of the owner's spaces holds; linear in them, some 0.1 s a million."""
    rows = await db.execute(
        select(VectorRow.space_id, func.count().label("amount"))
        .where(VectorRow.owner_id == owner_id, VectorRow.space_id.in_(space_ids))
        .group_by(VectorRow.space_id)
    )
    return {row.space_id: row.amount for row in rows}


async def open_spaces(
    db: AsyncSession, owner_id: UUID, index: str, *, lock: str | None = None
) -> dict[str, VectorSpaceRow]:
    """What is searched and what is computed of an index, by state. ``lock`` is share or update."""
    statement = select(VectorSpaceRow).where(
        VectorSpaceRow.owner_id == owner_id, VectorSpaceRow.index == index, VectorSpaceRow.state.in_(OPEN)
    )
    if lock is not None:
        statement = statement.order_by(VectorSpaceRow.id).with_for_update(read=lock == "share")
    return {row.state: row for row in await db.scalars(statement)}


async def active_spaces(db: AsyncSession, owner_id: UUID, limit: int) -> Sequence[VectorSpaceRow]:
    """All that are searched of an owner."""
    statement = select(VectorSpaceRow).where(VectorSpaceRow.owner_id == owner_id, VectorSpaceRow.state == "active")
    return (await db.scalars(statement.order_by(VectorSpaceRow.id).limit(limit))).all()


async def find_space(
    db: AsyncSession, owners: Sequence[UUID], space_id: UUID, *, lock: bool = False
) -> VectorSpaceRow | None:
    """A space of one of these owners."""
    statement = select(VectorSpaceRow).where(VectorSpaceRow.id == space_id, VectorSpaceRow.owner_id.in_(owners))
    return await db.scalar(statement.with_for_update() if lock else statement)


async def space_of_job(db: AsyncSession, space_id: UUID, *, lock: bool = False) -> VectorSpaceRow | None:
    """For the job that computes it, which acts for nobody in particular."""
    return await db.get(VectorSpaceRow, space_id, with_for_update=lock or None)


async def add_space(db: AsyncSession, row: dict[str, Any]) -> bool:  # Any: the table's columns
    """Whether it was added: somebody else may have begun the same a moment before."""
    added = await db.scalar(insert(VectorSpaceRow).values(**row).on_conflict_do_nothing().returning(VectorSpaceRow.id))
    return added is not None


async def change_space(db: AsyncSession, space_id: UUID, values: dict[str, Any]) -> None:  # Any: columns' values
    await db.execute(update(VectorSpaceRow).where(VectorSpaceRow.id == space_id).values(**values))


async def forget_attempts(db: AsyncSession, owner_id: UUID, index: str) -> None:
    """Those that failed or were cancelled make room for the next; few vectors are left of them by then."""
    await db.execute(
        update(VectorSpaceRow)
        .where(
            VectorSpaceRow.owner_id == owner_id,
            VectorSpaceRow.index == index,
            VectorSpaceRow.state.in_(("failed", "cancelled")),
        )
        .values(state="retired")
    )


async def stale_spaces(db: AsyncSession, fallback: str, limit: int) -> Sequence[VectorSpaceRow]:
    """Spaces in use whose model is not the one their owner wants, or has gone; none that was tried already.

    ``fallback`` is the model where nobody chose. One pass over the spaces in use.
    """
    own, instance, attempt = aliased(EmbeddingDefaultRow), aliased(EmbeddingDefaultRow), aliased(VectorSpaceRow)
    wanted = func.coalesce(own.model, instance.model, literal(fallback))
    connection = func.split_part(VectorSpaceRow.model, "/", 1)
    gone = and_(connection != "local", ~exists().where(cast(ConnectionRow.id, String) == connection))
    tried = exists().where(
        attempt.owner_id == VectorSpaceRow.owner_id,
        attempt.index == VectorSpaceRow.index,
        or_(
            attempt.state == "building",
            and_(attempt.state.in_(("failed", "cancelled")), attempt.model == wanted),
        ),
    )
    statement = (
        select(VectorSpaceRow)
        .outerjoin(own, own.owner_id == VectorSpaceRow.owner_id)
        .outerjoin(instance, instance.owner_id == INSTANCE)
        .where(VectorSpaceRow.state == "active", or_(VectorSpaceRow.model != wanted, gone), ~tried)
        .order_by(VectorSpaceRow.id)
        .limit(limit)
    )
    return (await db.scalars(statement)).all()


async def retired_spaces(db: AsyncSession, limit: int) -> Sequence[UUID]:
    """Spaces that nobody searches any more."""
    return (await db.scalars(select(VectorSpaceRow.id).where(VectorSpaceRow.state == "retired").limit(limit))).all()


async def large_spaces(db: AsyncSession, at_least: int, limit: int) -> Sequence[VectorSpaceRow]:
    """Spaces in use that have grown so large that a search needs an index, and have none."""
    size = select(func.count()).where(VectorRow.space_id == VectorSpaceRow.id).scalar_subquery()
    statement = select(VectorSpaceRow).where(
        VectorSpaceRow.state == "active", ~VectorSpaceRow.indexed, VectorSpaceRow.dimensions <= MOST_HALVED
    )
    return (await db.scalars(statement.where(size >= at_least).order_by(VectorSpaceRow.id).limit(limit))).all()


async def delete_space(db: AsyncSession, space_id: UUID, batch: int) -> bool:
    """Delete a batch of its vectors; when none is left, the space. Whether it is gone."""
    if await delete_some_vectors(db, space_id, batch):
        return False
    await db.execute(delete(VectorSpaceRow).where(VectorSpaceRow.id == space_id))
    return True


async def delete_some_vectors(db: AsyncSession, space_id: UUID, batch: int) -> bool:
    """Delete at most so many of a space that nobody searches; whether there were any."""
    some = select(VectorRow.item_id).where(VectorRow.space_id == space_id).limit(batch).scalar_subquery()
    gone = delete(VectorRow).where(VectorRow.space_id == space_id, VectorRow.item_id.in_(some))
    return (await db.scalars(gone.returning(VectorRow.item_id))).first() is not None


# -- vectors --------------------------------------------------------------------------------------------


async def save_vectors(db: AsyncSession, rows: list[dict[str, Any]]) -> None:  # Any: the table's columns
    """Insert or replace; what is there of a later state of the item stays."""
    new = insert(VectorRow)
    await db.execute(
        new.on_conflict_do_update(
            index_elements=[VectorRow.space_id, VectorRow.item_id],
            set_={"vector": new.excluded.vector, "changed_at": new.excluded.changed_at},
            where=VectorRow.changed_at <= new.excluded.changed_at,
        ),
        rows,
    )


async def delete_vectors(db: AsyncSession, owner_id: UUID, space_id: UUID, item_ids: Sequence[UUID]) -> None:
    await db.execute(
        delete(VectorRow).where(
            VectorRow.owner_id == owner_id, VectorRow.space_id == space_id, VectorRow.item_id.in_(item_ids)
        )
    )


async def delete_traces(db: AsyncSession, space_id: UUID) -> None:
    """Delete what reminds of items that were removed while the space was computed."""
    await db.execute(delete(VectorRow).where(VectorRow.space_id == space_id, VectorRow.vector.is_(None)))


async def nearest(
    db: AsyncSession, owner_id: UUID, space: VectorSpaceRow, vector: Sequence[float], limit: int
) -> list[Near]:
    """The owner's items nearest to ``vector`` by cosine, nearest first.

    Exact and linear in the owner's vectors until the space has an index; then approximate, and logarithmic.
    """
    assert space.dimensions is not None
    size = space.dimensions
    sought: Any = literal(vector, Vector(size))  # Any: pgvector's operators are none of SQLAlchemy's
    if size > MOST_INDEXED:
        sought = cast(sought, _Halved(size))
    distance = _column(size).op("<=>", return_type=Float())(sought)
    # Written out for one that has an index: PostgreSQL takes a partial index only where it sees the very space.
    which: ColumnElement[UUID] = literal_column(f"'{space.id}'::uuid") if space.indexed else literal(space.id)
    if space.indexed:
        await db.execute(text(f"SET LOCAL hnsw.ef_search = {max(100, limit)}"))
    rows = await db.execute(
        select(VectorRow.item_id, distance.label("distance"))
        .where(VectorRow.space_id == which, VectorRow.owner_id == owner_id, VectorRow.vector.is_not(None))
        .order_by(distance)
        .limit(limit)
    )
    return [Near(row.item_id, 1.0 - float(row.distance)) for row in rows]


class _Halved(Vector):
    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:  # Any: SQLAlchemy's own signature
        return f"halfvec({self.dimensions})"


def _column(dimensions: int) -> Any:  # Any: an expression of a type that SQLAlchemy has no operators of
    """The vector as the index has it: with its length, and in 16 bits where 32 are too many for an index."""
    return cast(VectorRow.vector, _Halved(dimensions) if dimensions > MOST_INDEXED else Vector(dimensions))


def index_name(space_id: UUID) -> str:
    """The name of a space's index."""
    return f"ix_models_vectors_{space_id.hex}"


def index_statements(space: VectorSpaceRow) -> tuple[str, ...]:
    """What makes a space's HNSW index, outside a transaction; an unfinished one of a killed process goes first."""
    name, size = index_name(space.id), space.dimensions
    kind = "vector" if size is not None and size <= MOST_INDEXED else "halfvec"
    return (
        unindex_statement(space.id),
        f"CREATE INDEX CONCURRENTLY {name} ON models_vectors"
        f" USING hnsw ((vector::{kind}({size})) {kind}_cosine_ops) WHERE space_id = '{space.id}'",
    )


def unindex_statement(space_id: UUID) -> str:
    """What drops a space's index, outside a transaction, if there is one."""
    return f"DROP INDEX CONCURRENTLY IF EXISTS {index_name(space_id)}"


async def run_plain(db: AsyncSession, statement: str) -> None:
    """Run a statement of ``index_statements``, which holds nothing but ids and numbers."""
    await db.execute(text(statement))
