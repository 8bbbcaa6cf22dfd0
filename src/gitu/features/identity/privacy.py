"""What identity holds of people."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from gitu.features.identity import repository
from gitu.features.identity.closing import find_person, throttled_names
from gitu.kernel import clock
from gitu.kernel.crypto.tokens import hash_token
from gitu.kernel.jobs.schedules import system_schedule
from gitu.kernel.privacy.hooks import declare_store
from gitu.kernel.privacy.registry import declare_kind

if TYPE_CHECKING:
    from gitu.kernel.services import Services

FAILURES_KEPT = timedelta(days=1)
BATCH = 1_000

declare_kind("account", kept="with_account")
declare_kind("sign_in", kept="with_account")


@declare_store("identity.failures", kind="sign_in")
async def forget_failures(services: "Services", person_id: UUID) -> int:
    """Forget wrong passwords and codes, which are counted under a hash of the person's name."""
    async with services.database.transaction() as db:
        person = await find_person(db, person_id)
        if person is not None:
            names = throttled_names(person_id, person.login)
            await repository.forget_failures(db, [hash_token(name) for name in names])
    return 0


@system_schedule("identity.forget_old_failures", every=timedelta(hours=1))
async def forget_old_failures(services: "Services") -> int:
    """Forget failed sign-ins that slow nobody down any more, and return how many."""
    forgotten = 0
    while True:
        async with services.database.transaction() as db:
            count = await repository.forget_old_failures(db, clock.now() - FAILURES_KEPT, BATCH)
        forgotten += count
        if count < BATCH:
            return forgotten
