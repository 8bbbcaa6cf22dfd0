"""Jobs and chores of vector spaces."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from gitu.features.models.embeddings import reembedding, repository
from gitu.features.models.embeddings.errors import IndexUnknown
from gitu.features.models.embeddings.local.catalogue import best_local
from gitu.features.models.embeddings.spaces import wanted_model
from gitu.kernel.jobs import system_schedule, workflow

if TYPE_CHECKING:
    from gitu.kernel.services import Services

AT_ONCE = 20
# A job is never given up because the process died: it goes on after however many starts.
MOST_ATTEMPTS = 1_000


@workflow(reembedding.WORKFLOW, max_attempts=MOST_ATTEMPTS)
async def reembed_index(services: "Services", space_id: str) -> None:
    """Compute a vector space."""
    await reembedding.run(services, UUID(space_id))


@system_schedule("models.renew_vector_spaces", every=timedelta(minutes=5))
async def renew_vector_spaces(services: "Services") -> int:
    """Begin to compute what a model made that its owner doesn't want any more, or that has gone; returns how many.

    So a new default of the instance reaches everyone without one of their own, and a deleted connection nobody's search
    for long. What failed is not tried again by itself.
    """
    async with services.database.reader() as db:
        stale = await repository.stale_spaces(db, best_local().id, AT_ONCE)
    begun = 0
    for space in stale:
        model = await wanted_model(services, space.owner_id)
        if model == space.model:
            continue
        try:
            async with services.database.transaction() as db:
                await reembedding.begin(services, db, space.owner_id, space.index, model)
        except IndexUnknown:  # of a feature that isn't there any more
            continue
        begun += 1
    return begun


@system_schedule("models.tend_vector_spaces", every=timedelta(minutes=10))
async def tend_vector_spaces(services: "Services") -> int:
    """Index what has grown large, delete what nobody searches; returns how many spaces that were."""
    async with services.database.reader() as db:
        large = await repository.large_spaces(db, reembedding.LARGE, AT_ONCE)
    for space in large:
        await reembedding.make_index(services, space)
    return len(large) + await reembedding.delete_retired(services)
