"""What the feature itself holds: archives that wait to be fetched, and reports."""

from typing import TYPE_CHECKING
from uuid import UUID

from gitu.features.privacy import archives, repository
from gitu.kernel.privacy.hooks import declare_stop, declare_store
from gitu.kernel.privacy.registry import declare_jobs, declare_kind

if TYPE_CHECKING:
    from gitu.kernel.services import Services

declare_kind("privacy", kept="for_hours", setting="keep_exports_hours")
declare_jobs("privacy_exports", "export-")


@declare_stop("privacy.exports")
async def wait_for_export(services: "Services", person_id: UUID) -> bool:
    """An archive that is being written is waited for; its job is short. True once none is."""
    async with services.database.reader() as db:
        return await repository.running_export(db, person_id) is None


@declare_store("privacy.archives", kind="privacy")
async def erase_archives(services: "Services", person_id: UUID) -> int:
    """Delete the person's archives, finished or not, and return how many there were."""
    return await archives.delete_all(services.home, person_id)
