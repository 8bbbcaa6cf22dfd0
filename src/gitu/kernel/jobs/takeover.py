"""Finds jobs whose process died: their executor no longer holds its advisory lock."""

from collections.abc import AsyncIterator, Sequence

from sqlalchemy import text

from gitu.kernel.db.engine import Database
from gitu.kernel.jobs.identity import APPLICATION, executor_lock

_MOST = 1_000
_OWNERS = text(
    "SELECT DISTINCT executor_id FROM dbos.workflow_status"
    " WHERE status = 'PENDING' AND application_name = :application AND executor_id <> :own LIMIT 100"
)
_JOBS = text(
    "SELECT workflow_uuid FROM dbos.workflow_status"
    " WHERE status = 'PENDING' AND executor_id = :owner ORDER BY created_at LIMIT :most"
)
_UNKNOWN = text(
    "SELECT id FROM unnest(CAST(:ids AS text[])) AS id"
    " WHERE NOT EXISTS (SELECT 1 FROM dbos.workflow_status WHERE workflow_uuid = id)"
)
_TRY = text("SELECT pg_try_advisory_xact_lock(:first, :second)")


async def abandoned_jobs(database: Database, own_executor: str) -> AsyncIterator[tuple[str, str]]:
    """Jobs of dead executors as (job id, executor id), at most a thousand of each executor.

    The dead executor's lock is held meanwhile, so that two processes do not take over the same jobs.
    """
    async with database.reader() as db:
        owners = list(await db.scalars(_OWNERS, {"application": APPLICATION, "own": own_executor}))
    for owner in owners:
        first, second = executor_lock(owner)
        async with database.transaction() as db:
            if not await db.scalar(_TRY, {"first": first, "second": second}):
                continue
            for job_id in list(await db.scalars(_JOBS, {"owner": owner, "most": _MOST})):
                yield job_id, owner


async def unknown_jobs(database: Database, job_ids: Sequence[str]) -> list[str]:
    """Those of the ids that no job was ever registered under."""
    if not job_ids:
        return []
    async with database.reader() as db:
        return list(await db.scalars(_UNKNOWN, {"ids": list(job_ids)}))
