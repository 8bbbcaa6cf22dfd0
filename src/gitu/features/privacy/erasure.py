"""Carrying an erasure out: what runs for the person ends, then all that is held goes, the account itself last.

Everything here bears being done again, so that whoever takes it up after a crash begins from the start.
"""

import asyncio
from uuid import UUID

import structlog

from gitu.features.privacy import repository
from gitu.features.privacy.events import ErasureFinished
from gitu.features.privacy.tables import ErasureRow
from gitu.kernel import clock
from gitu.kernel.db.purging import purge
from gitu.kernel.events.store import append_events
from gitu.kernel.jobs.forgetting import TABLES as JOBS
from gitu.kernel.jobs.forgetting import forget_jobs_of
from gitu.kernel.privacy.hooks import stops, stores
from gitu.kernel.privacy.registry import PersonalTable, parts, personal_tables
from gitu.kernel.privacy.rows import BATCH, delete_rows
from gitu.kernel.services import Services

log = structlog.get_logger(__name__)

ACCOUNTS = "identity_users"
STOP_WITHIN_S = 30.0
LOOK_EVERY_S = 0.25
LATE_S = 2.0
"""What was recorded in batches when the account was closed is written by then."""


async def erase(services: Services, erasure_id: UUID) -> None:
    """Erase what is held on the person, write the database's files anew, finish the report."""
    async with services.database.reader() as db:
        row = await repository.find_erasure(db, erasure_id)
    if row is None or row.finished_at is not None:
        return
    await _stop(services, row.person_id)
    await _delete_all(services, row, with_account=False)
    await asyncio.sleep(LATE_S)
    await _delete_all(services, row, with_account=True)
    # What refers to the account can't come any more; what does not may have been written meanwhile.
    await _delete_all(services, row, with_account=False)
    await _finish(services, row)


def _going(*, with_account: bool) -> list[PersonalTable]:
    tables = [table for table in personal_tables() if table.stays is None]
    accounts = [table for table in tables if table.name == ACCOUNTS]
    return [table for table in tables if table.name != ACCOUNTS] + (accounts if with_account else [])


async def _stop(services: Services, person_id: UUID) -> None:
    """Until nothing runs for the person; what does not end in time loses its rows, and ends by that."""
    waiting, loop = stops(), asyncio.get_running_loop()
    until = loop.time() + STOP_WITHIN_S
    while waiting and loop.time() < until:
        waiting = {name: stop for name, stop in waiting.items() if not await stop(services, person_id)}
        if waiting:
            await asyncio.sleep(LOOK_EVERY_S)
    if waiting:
        log.warning("privacy.still_running", parts=sorted(waiting))


async def _delete_all(services: Services, row: ErasureRow, *, with_account: bool) -> None:
    # Files and jobs are found by the rows that name them, so those go last.
    await _delete_files(services, row)
    async with services.database.transaction() as db:
        await forget_jobs_of(db, row.person_id)
    for table in _going(with_account=with_account):
        await _delete(services, table, row.person_id)


async def _delete(services: Services, table: PersonalTable, person_id: UUID) -> None:
    while True:
        async with services.database.transaction() as db:
            if await delete_rows(db, table, person_id) < BATCH:
                return


async def _delete_files(services: Services, row: ErasureRow) -> None:
    for store in stores():
        count = await store.erase(services, row.person_id)
        if count:
            async with services.database.transaction() as db:
                fresh = await repository.find_erasure(db, row.id, lock=True)
                if fresh is not None:
                    fresh.files = {**fresh.files, store.kind: fresh.files.get(store.kind, 0) + count}


async def _finish(services: Services, row: ErasureRow) -> None:
    tables = [*(table.name for table in _going(with_account=True)), *parts(), *(f"dbos.{name}" for name in JOBS)]
    purged = await purge(services.database, tables)
    events = [] if row.requested_by == row.person_id else [(row.requested_by, ErasureFinished(erasure_id=row.id))]
    now = clock.now()
    async with services.database.transaction() as db:
        values = {"finished_at": now, "left_behind": purged.left, "log_cut": purged.log}
        await repository.change_erasure(db, row.id, values)
        recorded = await append_events(db, services.bus.process_id, [*events], now)
    services.bus.publish_local(recorded)
