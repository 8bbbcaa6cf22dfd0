"""What goes into and comes out of embeddings, vector spaces and their actions."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from gitu.kernel.actions.paging import PageQuery
from gitu.kernel.actions.validation import Input
from gitu.kernel.money import Cost

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

# What is embedded to be found later, or what somebody looks for: some models treat the two differently.
Kind = Literal["document", "query"]
SpaceState = Literal["active", "building", "failed", "cancelled", "retired"]

EmbeddingModelId = Annotated[
    str, StringConstraints(pattern=r"^(local|[0-9a-fA-F-]{36})/.+$", max_length=240)
]  # "<connection id>/<model name>", or "local/<name>" for one on this machine
IndexName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$", max_length=40)]


@dataclass(frozen=True, slots=True)
class Embeddings:
    """One vector for each text, in the order of the texts.

    Vectors are arrays of 32-bit floats: what providers send and PostgreSQL keeps, without numpy, which the server does
    without. ``truncated`` are the places of texts of which only the beginning fitted into the model's window.
    """

    model: str
    dimensions: int
    vectors: "Sequence[array[float]]"
    truncated: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """Something of a feature that shall be found by its meaning; the later of two ``changed_at`` counts."""

    id: UUID
    text: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Near:
    """An item that was found; ``similarity`` is the cosine, 1 for the same direction."""

    item_id: UUID
    similarity: float


class EmbeddingModel(BaseModel):
    """A model that makes vectors. Price: USD per million tokens; None where nobody knows, as for dimensions."""

    id: str
    name: str
    connection_name: str
    dimensions: int | None
    window: int | None = Field(description="The longest text in tokens; longer ones are cut.")
    input_price: Cost | None
    local: bool
    is_default: bool


class EmbeddingModelQuery(PageQuery):
    query: Annotated[str, StringConstraints(max_length=100)] = Field(default="", description="Part of its name.")


class EmbeddingDefaultQuery(Input):
    instance: bool = Field(default=False, description="The instance's default instead of one's own.")


class EmbeddingDefaultSet(Input):
    model: EmbeddingModelId | None = Field(default=None, description="Nothing: the instance's, or this machine's.")
    instance: bool = Field(default=False, description="For everyone without their own; owner and admins only.")


class EmbeddingDefault(BaseModel):
    """``chosen`` is what was set; ``model`` what is used: the instance's or this machine's where nothing was."""

    chosen: str | None
    model: str
    recomputing: int = Field(default=0, description="Indexes whose vectors are now computed anew.")


class VectorSpaceQuery(PageQuery):
    instance: bool = Field(default=False, description="Those of indexes that everyone shares.")


class VectorSpaceRef(Input):
    space_id: UUID


class IndexRef(Input):
    index: IndexName = Field(description="The index, such as memory or files.")
    instance: bool = Field(default=False, description="The one that everyone shares; owner and admins only.")


class VectorSpace(BaseModel):
    """The vectors of one index by one model: those searched now (active), or those being computed (building)."""

    id: UUID
    index: str
    shared: bool
    model: str
    dimensions: int | None
    state: SpaceState
    done: int
    total: int
    vectors: int
    error: str | None
    created_at: datetime
    finished_at: datetime | None
