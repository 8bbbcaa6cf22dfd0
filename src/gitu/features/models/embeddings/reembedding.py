"""Computing an index's vectors anew by another model, as a job that goes on where it was cut off.

Each batch and the place to go on from are one transaction, so nothing is done twice and nothing left out. Searches use
the old vectors until the new ones are complete; then both change places in one transaction.
"""

import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from gitu.features.models.embeddings import repository
from gitu.features.models.embeddings.embedding import embed
from gitu.features.models.embeddings.events import VectorSpaceChanged
from gitu.features.models.embeddings.indexes import find_index
from gitu.features.models.embeddings.spaces import new_space, write
from gitu.features.models.embeddings.tables import JOB_PREFIX
from gitu.features.models.errors import (
    ModelOverloaded,
    ModelRateLimited,
    ModelServerFailed,
    ModelTimedOut,
    ModelUnreachable,
)
from gitu.features.models.repository import INSTANCE
from gitu.kernel import clock
from gitu.kernel.errors import GituError
from gitu.kernel.events.store import append_events
from gitu.kernel.jobs import Jobs, step

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from gitu.features.models.embeddings.tables import VectorSpaceRow
    from gitu.kernel.events.types import Event
    from gitu.kernel.services import Services

WORKFLOW = "models.reembed_index"
BATCH = 128  # items
SLICE_S = 10.0  # one step of the job; its end is where cancelling the job itself takes hold
LARGE = 20_000  # vectors, from which on a search needs an index
DELETED_AT_ONCE = 2_000
# Worth another try: pauses double from 2 s, about four minutes in all.
_PASSING = (ModelRateLimited, ModelOverloaded, ModelServerFailed, ModelTimedOut, ModelUnreachable)
_TRIES = 8


@dataclass(frozen=True, slots=True)
class _Within:
    db: "AsyncSession"


async def begin(services: "Services", db: "AsyncSession", owner_id: UUID, index: str, model: str) -> "VectorSpaceRow":
    """Begin to compute the index by ``model``, with the caller's transaction, unless that is under way already.

    What was under way by another model is given up. Raises IndexUnknown.
    """
    total = await find_index(index).count(services, owner_id)
    building = (await repository.open_spaces(db, owner_id, index, lock="update")).get("building")
    if building is not None and building.model == model:
        return building
    if building is not None:
        await repository.change_space(db, building.id, _ended("cancelled"))
    await repository.forget_attempts(db, owner_id, index)
    row = new_space(owner_id, index, model, "building", total)
    if await repository.add_space(db, row):
        job = f"{JOB_PREFIX}{row['id']}"
        await services.resource(Jobs).enqueue(_Within(db), WORKFLOW, str(row["id"]), workflow_id=job)
    return (await repository.open_spaces(db, owner_id, index))["building"]


async def cancel(db: "AsyncSession", space: "VectorSpaceRow") -> None:
    """Give up a space that is being computed; the job sees it before its next batch."""
    await repository.change_space(db, space.id, _ended("cancelled"))


async def run(services: "Services", space_id: UUID) -> None:
    """The job: batch after batch, then the switch. A failure is kept with the space, for its owner to see."""
    try:
        while await step("embed_some", _some, services, space_id, attempts=_TRIES, interval_s=2.0) == "more":
            pass
        await _finish(services, space_id)
    except Exception as error:  # of whatever kind: someone waits for the end
        await _fail(services, space_id, error)
        await _clean_up(services, space_id)
        raise
    await _clean_up(services, space_id)


async def _some(services: "Services", space_id: UUID) -> str:
    """Some seconds' worth of batches. ``more`` or ``end``."""
    began = told = time.monotonic()
    while time.monotonic() - began < SLICE_S:
        async with services.database.reader() as db:
            space = await repository.space_of_job(db, space_id)
        if space is None or space.state != "building":
            return "end"
        try:
            left = await _batch(services, space, tell=time.monotonic() - told > 1.0)
        except GituError as error:
            await _note(services, space_id, error)
            if isinstance(error, _PASSING):
                raise
            return "end"
        if not left:
            return "end"
        if time.monotonic() - told > 1.0:
            told = time.monotonic()
    return "more"


async def _batch(services: "Services", space: "VectorSpaceRow", *, tell: bool) -> bool:
    """The next batch; whether there was one."""
    items = await find_index(space.index).page(services, space.owner_id, space.cursor, BATCH)
    if not items:
        return False
    worded = [item for item in items if item.text and not item.text.isspace()]
    texts = [item.text for item in worded]
    made = await embed(services, space.owner_id, texts, feature=space.index, model=space.model, background=True)
    async with _telling(services) as (db, told):
        locked = await repository.space_of_job(db, space.id, lock=True)
        if locked is None or locked.state != "building" or locked.cursor != space.cursor:
            return True  # given up meanwhile, or another process was faster: the next look tells
        if worded:
            await write(db, locked, worded, made)
        locked.cursor, locked.done, locked.updated_at = items[-1].id, locked.done + len(items), clock.now()
        locked.total = max(locked.total, locked.done)
        locked.error = None
        if tell:
            told.append(locked)
    return True


async def _finish(services: "Services", space_id: UUID) -> None:
    async with services.database.reader() as db:
        space = await repository.space_of_job(db, space_id)
    if space is None or space.state != "building" or space.error is not None:
        return
    if space.done >= LARGE and space.dimensions is not None and space.dimensions <= repository.MOST_HALVED:
        await make_index(services, space)
    async with _telling(services) as (db, told):
        spaces = await repository.open_spaces(db, space.owner_id, space.index, lock="update")
        building, active = spaces.get("building"), spaces.get("active")
        if building is None or building.id != space_id:
            return
        if active is not None:
            await repository.change_space(db, active.id, {"state": "retired"})
        await repository.change_space(db, space_id, {**_ended("active"), "total": building.done})
        await repository.delete_traces(db, space_id)
        told.append(building)


async def _fail(services: "Services", space_id: UUID, error: Exception) -> None:
    async with _telling(services) as (db, told):
        space = await repository.space_of_job(db, space_id, lock=True)
        if space is None or space.state != "building":
            return
        if isinstance(error, GituError):
            space.error = kept(error)
        elif space.error is None:
            space.error = {"code": GituError.code, "params": {}}
        space.state, space.finished_at = "failed", clock.now()
        told.append(space)


async def _note(services: "Services", space_id: UUID, error: GituError) -> None:
    """Keep why it does not go on; one that no waiting mends ends it."""
    if not isinstance(error, _PASSING):
        await _fail(services, space_id, error)
        return
    async with services.database.transaction() as db:
        await repository.change_space(db, space_id, {"error": kept(error), "updated_at": clock.now()})


async def _clean_up(services: "Services", space_id: UUID) -> None:
    """Delete the vectors that this job left behind: its own when it failed, else those it replaced."""
    async with services.database.reader() as db:
        space = await repository.space_of_job(db, space_id)
    if space is not None and space.state in {"failed", "cancelled"}:
        while True:
            async with services.database.transaction() as db:
                if not await repository.delete_some_vectors(db, space_id, DELETED_AT_ONCE):
                    break
    await delete_retired(services)


async def delete_retired(services: "Services") -> int:
    """Delete spaces that nobody searches any more, in short transactions; returns how many."""
    async with services.database.reader() as db:
        gone = await repository.retired_spaces(db, 100)
        for space_id in gone:
            await repository.run_plain(db, repository.unindex_statement(space_id))
    for space_id in gone:
        while True:
            async with services.database.transaction() as db:
                if await repository.delete_space(db, space_id, DELETED_AT_ONCE):
                    break
    return len(gone)


async def make_index(services: "Services", space: "VectorSpaceRow") -> None:
    """Make an HNSW index over a space's vectors beside whatever is read and written meanwhile."""
    async with services.database.reader() as db:
        # In the 64 MB that are usual, some 20,000 vectors fit; beyond, making it takes many times as long.
        await repository.run_plain(db, "SET maintenance_work_mem = '256MB'")
        try:
            for statement in repository.index_statements(space):
                await repository.run_plain(db, statement)
        finally:
            await repository.run_plain(db, "RESET maintenance_work_mem")
    async with services.database.transaction() as db:
        await repository.change_space(db, space.id, {"indexed": True})


def kept(error: GituError) -> dict[str, Any]:  # Any: an error's params are whatever its sentence names
    """An error as it is kept: code and parameters, so that each reader gets their own language."""
    return {"code": error.code, "params": {name: str(value) for name, value in error.params.items()}}


def _ended(state: str) -> dict[str, Any]:  # Any: columns' values
    now = clock.now()
    return {"state": state, "finished_at": now, "updated_at": now}


@asynccontextmanager
async def _telling(services: "Services") -> AsyncGenerator[tuple["AsyncSession", list["VectorSpaceRow"]]]:
    """A transaction, and a list: windows are told of the spaces put into it."""
    told: list[VectorSpaceRow] = []
    async with services.database.transaction() as db:
        yield db, told
        events: list[tuple[UUID | None, Event]] = [
            (None if space.owner_id == INSTANCE else space.owner_id, VectorSpaceChanged(space_id=space.id))
            for space in told
        ]
        recorded = await append_events(db, services.bus.process_id, events, clock.now())
    services.bus.publish_local(recorded)
