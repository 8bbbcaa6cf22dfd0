"""Jobs and chores of privacy."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from gitu.features.privacy import erasing, exports, repository
from gitu.features.privacy.erasure import erase
from gitu.kernel import clock
from gitu.kernel.jobs import system_schedule, workflow

if TYPE_CHECKING:
    from gitu.kernel.services import Services

BATCH = 200
LATE = timedelta(minutes=10)
# An erasure is never given up because the process died: it goes on after however many starts.
MOST_ATTEMPTS = 1_000


@workflow(exports.WORKFLOW)
async def write_export(services: "Services", export_id: str) -> None:
    """Write the archive of an export."""
    await exports.write(services, UUID(export_id))


@workflow(erasing.WORKFLOW, max_attempts=MOST_ATTEMPTS)
async def erase_person(services: "Services", erasure_id: str) -> None:
    """Erase what is held on a person."""
    await erase(services, UUID(erasure_id))


@system_schedule("privacy.finish_erasures", every=timedelta(minutes=5))
async def finish_erasures(services: "Services") -> int:
    """Go on with erasures whose job failed, and return how many; one that still runs loses nothing by it."""
    async with services.database.reader() as db:
        late = await repository.unfinished_erasures(db, clock.now() - LATE, BATCH)
    for erasure_id in late:
        await erase(services, erasure_id)
    return len(late)


@system_schedule("privacy.remove_old_exports", every=timedelta(minutes=10))
async def remove_old_exports(services: "Services") -> int:
    """Remove archives whose time is over."""
    return await exports.remove_old(services, BATCH)
