"""The rules of embedding models, defaults, and what is shown and begun of vector spaces."""

from typing import TYPE_CHECKING
from uuid import UUID

from gitu.features.models import repository as connections
from gitu.features.models.desk import ModelDesk
from gitu.features.models.embeddings import reembedding, repository
from gitu.features.models.embeddings.choosing import CATALOGUE, Hosted, embedding_models, find, resolve
from gitu.features.models.embeddings.embedding import embed
from gitu.features.models.embeddings.errors import EmbeddingModelUnknown, NotBuilding, VectorSpaceUnknown
from gitu.features.models.embeddings.local.catalogue import LOCAL_MODELS, LocalModel
from gitu.features.models.embeddings.schemas import (
    EmbeddingDefault,
    EmbeddingDefaultSet,
    EmbeddingModel,
    EmbeddingModelQuery,
    IndexRef,
    VectorSpace,
    VectorSpaceQuery,
)
from gitu.features.models.errors import SharingDenied
from gitu.features.models.pricing import FREE, Tokens, context_window
from gitu.features.models.repository import INSTANCE
from gitu.features.models.service import may_share
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page, decode_cursor, encode_cursor
from gitu.kernel.errors import GituError
from gitu.kernel.i18n import error_key, format_pattern, translate_or

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from gitu.features.models.embeddings.tables import VectorSpaceRow

MOST_INDEXES = 200
PROBE = "Gitu"  # what a model is tried with before it becomes a default

# -- models and defaults --------------------------------------------------------------------------------


async def list_embedding_models(ctx: Context, data: EmbeddingModelQuery) -> Page[EmbeddingModel]:
    """Every model one may embed with: those of this machine first, then those of connections."""
    usable = await connections.usable_connections(ctx.db, ctx.user_id)
    chosen = await repository.chosen_models(ctx.db, ctx.user_id)
    default, wanted = resolve(usable, chosen, ctx.user_id).id, data.query.lower()
    desk = ctx.services.resource(ModelDesk)
    every: list[LocalModel | Hosted] = [*(one for one in LOCAL_MODELS if one.there), *embedding_models(usable)]
    found = [one for one in (_shown(model, default, desk) for model in every) if wanted in _searched(one)]
    start = decode_cursor(data.cursor, int)[0] if data.cursor else 0
    more = start + data.limit < len(found)
    return Page[EmbeddingModel](
        items=found[start : start + data.limit], next_cursor=encode_cursor(start + data.limit) if more else None
    )


def _searched(model: EmbeddingModel) -> str:
    return f"{model.name} {model.connection_name}".lower()


def _shown(model: LocalModel | Hosted, default: str, desk: ModelDesk) -> EmbeddingModel:
    if isinstance(model, LocalModel):
        return EmbeddingModel(
            id=model.id,
            name=model.name,
            connection_name="Gitu",
            dimensions=model.dimensions,
            window=None,
            input_price=FREE.input,
            local=True,
            is_default=model.id == default,
        )
    row, known = model.row, model.known
    # What a million tokens cost: a list price of input and output, as chat models have it, doesn't exist here.
    price = desk.prices.cost(row.provider, row.base_url, model.name, Tokens(1_000_000), local=model.local)
    window = known.window
    if window is None and model.name not in CATALOGUE.get(row.provider, {}):
        window = context_window(row.provider, row.base_url, model.name)
    return EmbeddingModel(
        id=model.id,
        name=model.name,
        connection_name=row.name,
        dimensions=known.dimensions,
        window=window,
        input_price=price,
        local=model.local,
        is_default=model.id == default,
    )


async def get_embedding_default(ctx: Context, *, instance: bool) -> EmbeddingDefault:
    """What was chosen, and what is used."""
    owner_id = INSTANCE if instance else ctx.user_id
    return await _default(ctx.db, owner_id)


async def _default(db: "AsyncSession", owner_id: UUID, recomputing: int = 0) -> EmbeddingDefault:
    usable = await connections.usable_connections(db, owner_id)
    chosen = await repository.chosen_models(db, owner_id)
    return EmbeddingDefault(
        chosen=chosen.get(owner_id), model=resolve(usable, chosen, owner_id).id, recomputing=recomputing
    )


async def set_embedding_default(ctx: Context, data: EmbeddingDefaultSet) -> EmbeddingDefault:
    """Try the model, keep the choice, and begin to compute anew what was made by another one.

    The vectors of others who follow the instance's default are found within minutes by a chore.
    Raises SharingDenied, EmbeddingModelUnknown, LocalModelMissing, ModelCallFailed and its kin.
    """
    if data.instance and not may_share(ctx):
        raise SharingDenied()
    owner_id = INSTANCE if data.instance else ctx.user_id
    if data.model is not None:
        async with ctx.transaction() as db:
            # For the instance: through a connection that everyone has.
            found = find(await connections.usable_connections(db, owner_id), data.model)
        if found is None:
            raise EmbeddingModelUnknown(model=data.model)
        await embed(ctx.services, ctx.user_id, [PROBE], feature="models", model=data.model)
    async with ctx.transaction() as db:
        await repository.set_default(db, owner_id, data.model, ctx.now)
        wanted = (await _default(db, owner_id)).model
        begun = 0
        for space in await repository.active_spaces(db, owner_id, MOST_INDEXES):
            if space.model != wanted:
                await reembedding.begin(ctx.services, db, owner_id, space.index, wanted)
                begun += 1
        ctx.audit_detail |= {"instance": data.instance, "model": wanted, "recomputing": begun}
        return await _default(db, owner_id, begun)


# -- vector spaces --------------------------------------------------------------------------------------


async def list_vector_spaces(ctx: Context, data: VectorSpaceQuery) -> Page[VectorSpace]:
    """One's own, or those that everyone shares, newest first."""
    owner_id = INSTANCE if data.instance else ctx.user_id
    before = decode_cursor(data.cursor, UUID)[0] if data.cursor else None
    rows = await repository.list_spaces(ctx.db, owner_id, before, data.limit + 1)
    counts = await repository.count_vectors(ctx.db, owner_id, [row.id for row in rows[: data.limit]])
    items = [to_space(row, counts.get(row.id, 0), ctx.locale) for row in rows[: data.limit]]
    return Page[VectorSpace](items=items, next_cursor=encode_cursor(items[-1].id) if len(rows) > data.limit else None)


async def start_reembedding(ctx: Context, data: IndexRef) -> VectorSpace:
    """Compute an index's vectors anew by the model in force, whatever made those that are there."""
    if data.instance and not may_share(ctx):
        raise SharingDenied()
    owner_id = INSTANCE if data.instance else ctx.user_id
    wanted = (await _default(ctx.db, owner_id)).model
    row = await reembedding.begin(ctx.services, ctx.db, owner_id, data.index, wanted)
    ctx.audit_detail |= {"space_id": str(row.id), "index": row.index, "model": row.model}
    return to_space(row, 0, ctx.locale)


async def cancel_reembedding(ctx: Context, space_id: UUID) -> VectorSpace:
    """Give it up; searches go on with the vectors from before. Raises VectorSpaceUnknown, NotBuilding."""
    owners = [ctx.user_id, INSTANCE] if may_share(ctx) else [ctx.user_id]
    row = await repository.find_space(ctx.db, owners, space_id, lock=True)
    if row is None:
        raise VectorSpaceUnknown(id=str(space_id))
    if row.state != "building":
        raise NotBuilding(index=row.index)
    await reembedding.cancel(ctx.db, row)
    await ctx.db.refresh(row)
    ctx.audit_detail |= {"space_id": str(row.id), "index": row.index}
    return to_space(row, 0, ctx.locale)


def to_space(row: "VectorSpaceRow", vectors: int, locale: str) -> VectorSpace:
    """A space as people see it."""
    return VectorSpace.model_validate(
        {
            "id": row.id,
            "index": row.index,
            "shared": row.owner_id == INSTANCE,
            "model": row.model,
            "dimensions": row.dimensions,
            "state": row.state,
            "done": row.done,
            "total": row.total,
            "vectors": vectors,
            "error": _sentence(row, locale),
            "created_at": row.created_at,
            "finished_at": row.finished_at,
        }
    )


def _sentence(row: "VectorSpaceRow", locale: str) -> str | None:
    """Why it failed, in the reader's language."""
    if row.error is None:
        return None
    code, params = str(row.error.get("code")), {"request_id": "-", **row.error.get("params", {})}
    classes: list[type[GituError]] = [GituError]
    for one in classes:
        classes.extend(one.__subclasses__())
    english = next((one.text for one in classes if one.code == code), GituError.text)
    if locale == "en":
        return format_pattern(english, locale, **params)
    return translate_or(error_key(code), english, locale, **params)
