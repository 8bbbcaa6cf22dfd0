"""What the shell holds of people, and runs for them."""

from typing import TYPE_CHECKING
from uuid import UUID

from gitu.features.sandbox.api import because, sandboxes
from gitu.features.shell import repository
from gitu.features.shell.schemas import RunQuery
from gitu.kernel.privacy.hooks import declare_stop
from gitu.kernel.privacy.registry import declare_kind

if TYPE_CHECKING:
    from gitu.kernel.services import Services

declare_kind("commands", kept="for_days", setting="keep_commands_days")


@declare_stop("shell.runs")
async def stop_runs(services: "Services", person_id: UUID) -> bool:
    """End the sandboxes of this process; other processes end theirs when the account is closed. True once none runs."""
    for one in sandboxes(services).list(str(person_id)):
        await sandboxes(services).close(one.key, one.owner, because("withdrawn"))
    async with services.database.reader() as db:
        running = await repository.list_runs(db, person_id, RunQuery(state="running", limit=1), None)
    return not running
