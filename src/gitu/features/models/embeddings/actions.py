"""What can be done with embedding models and the vectors of indexes."""

from gitu.features.models.embeddings import service
from gitu.features.models.embeddings.schemas import (
    EmbeddingDefault,
    EmbeddingDefaultQuery,
    EmbeddingDefaultSet,
    EmbeddingModel,
    EmbeddingModelQuery,
    IndexRef,
    VectorSpace,
    VectorSpaceQuery,
    VectorSpaceRef,
)
from gitu.features.models.scopes import MODELS_CHOOSE, MODELS_READ
from gitu.kernel.actions.claims import Claim
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page
from gitu.kernel.actions.registry import Risk, action


@action("models.list_embedding_models", scope=MODELS_READ, risk=Risk.READ, http="GET /models/embeddings")
async def list_embedding_models(ctx: Context, data: EmbeddingModelQuery) -> Page[EmbeddingModel]:
    """List the models that make texts findable by meaning.

    Those on this machine come first: they cost nothing, and no text leaves.
    """
    return await service.list_embedding_models(ctx, data)


@action("models.get_embedding_default", scope=MODELS_READ, risk=Risk.READ, http="GET /models/embeddings/default")
async def get_embedding_default(ctx: Context, data: EmbeddingDefaultQuery) -> EmbeddingDefault:
    """Show which model makes your texts findable."""
    return await service.get_embedding_default(ctx, instance=data.instance)


@action(
    "models.set_embedding_default",
    scope=MODELS_CHOOSE,
    risk=Risk.WRITE,
    http="PUT /models/embeddings/default",
    external=True,
)
async def set_embedding_default(ctx: Context, data: EmbeddingDefaultSet) -> EmbeddingDefault:
    """Choose which model makes your texts findable.

    It is tried first. Vectors that another model made are computed anew, which costs what the model costs for all of
    your indexed texts; until that is done, searches use the old ones.
    """
    return await service.set_embedding_default(ctx, data)


@action("models.list_vector_spaces", scope=MODELS_READ, risk=Risk.READ, http="GET /models/vector-spaces")
async def list_vector_spaces(ctx: Context, data: VectorSpaceQuery) -> Page[VectorSpace]:
    """List the vectors of your indexes, with their model and progress."""
    return await service.list_vector_spaces(ctx, data)


@action(
    "models.start_reembedding",
    scope=MODELS_CHOOSE,
    risk=Risk.WRITE,
    http="POST /models/vector-spaces",
    claims=frozenset({Claim.SAVED}),
)
async def start_reembedding(ctx: Context, data: IndexRef) -> VectorSpace:
    """Compute the vectors of an index anew by your embedding model."""
    return await service.start_reembedding(ctx, data)


@action(
    "models.cancel_reembedding",
    scope=MODELS_CHOOSE,
    risk=Risk.WRITE,
    http="POST /models/vector-spaces/{space_id}/cancel",
    claims=frozenset({Claim.SAVED}),
)
async def cancel_reembedding(ctx: Context, data: VectorSpaceRef) -> VectorSpace:
    """Give up computing vectors anew; searches go on with those from before."""
    return await service.cancel_reembedding(ctx, data.space_id)
