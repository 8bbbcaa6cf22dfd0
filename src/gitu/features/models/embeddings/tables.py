"""Who embeds with which model, the vector spaces of indexes, and the vectors themselves."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, cast, text, type_coerce
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, REAL
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import UserDefinedType

from gitu.kernel.db.tables import Base
from gitu.kernel.privacy.registry import declare_jobs, personal

if TYPE_CHECKING:
    from sqlalchemy import BindParameter, ColumnElement

JOB_PREFIX = "reembed-"


class Vector(UserDefinedType[Sequence[float]]):
    """pgvector's type, of any length unless one is given; goes in as an array of 32-bit floats, which is binary."""

    cache_ok = True

    def __init__(self, dimensions: int | None = None) -> None:
        self.dimensions = dimensions

    def get_col_spec(self, **_: Any) -> str:  # Any: SQLAlchemy's own signature
        return "vector" if self.dimensions is None else f"vector({self.dimensions})"

    def bind_expression(self, bindvalue: "BindParameter[Sequence[float]]") -> "ColumnElement[Sequence[float]]":
        # The parameter itself, under another type: a new one would keep the first value in the cache of statements.
        return cast(type_coerce(bindvalue, ARRAY(REAL)), Vector(self.dimensions))


@personal("models")
class EmbeddingDefaultRow(Base):
    """One row for each person who chose, and one for the instance under the nil UUID."""

    __tablename__ = "models_embedding_defaults"

    owner_id: Mapped[UUID] = mapped_column(primary_key=True)
    model: Mapped[str]
    updated_at: Mapped[datetime]


@personal("models")
class VectorSpaceRow(Base):
    """The vectors of one index of one owner (the nil UUID: everyone's) by one model.

    At most one is searched (active) and one computed (building). The job goes on after ``cursor``, the last item done.
    """

    __tablename__ = "models_vector_spaces"
    __table_args__ = (
        Index("ix_models_vector_spaces_owner_id_id", "owner_id", "id"),
        Index(
            "uq_models_vector_spaces_active",
            "index",
            "owner_id",
            unique=True,
            postgresql_where=text("state = 'active'"),
        ),
        Index(
            "uq_models_vector_spaces_building",
            "index",
            "owner_id",
            unique=True,
            postgresql_where=text("state = 'building'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID]
    index: Mapped[str]
    model: Mapped[str]
    dimensions: Mapped[int | None]
    state: Mapped[str]
    done: Mapped[int]
    total: Mapped[int]
    cursor: Mapped[UUID | None]
    indexed: Mapped[bool]  # whether there is an HNSW index over these vectors
    error: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


@personal("models", hidden=("vector",))
class VectorRow(Base):
    """One item's vector; none is left of an item that was removed while its space was computed."""

    __tablename__ = "models_vectors"
    __table_args__ = (Index("ix_models_vectors_owner_id", "owner_id"),)

    space_id: Mapped[UUID] = mapped_column(ForeignKey("models_vector_spaces.id", ondelete="CASCADE"), primary_key=True)
    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID]
    vector: Mapped[Sequence[float] | None] = mapped_column(Vector())
    changed_at: Mapped[datetime]


declare_jobs(VectorSpaceRow.__tablename__, JOB_PREFIX)
