"""Forgets jobs: those of a person with the person, those that ended long ago in time.

A job's arguments are ids, but the words of an error, or a step's answer, may hold more.
"""

from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.kernel.privacy.registry import declare_impersonal, jobs_of_people

BATCH = 500

# Where the engine keeps words of a job, each by the job's id; its own row goes last.
TABLES = {
    "operation_outputs": "workflow_uuid",
    "notifications": "destination_uuid",
    "workflow_events": "workflow_uuid",
    "workflow_events_history": "workflow_uuid",
    "streams": "workflow_uuid",
    "workflow_input": "workflow_uuid",
    "workflow_output": "workflow_uuid",
    "workflow_status": "workflow_uuid",
}

for _name in TABLES:
    declare_impersonal(f"dbos.{_name}", "Jobs of people are found by their ids, and forgotten with them.")
for _name, _why in {
    "alembic_version": "How far this database is migrated.",
    "dbos.application_versions": "The versions of jobs' code.",
    "dbos.dbos_migrations": "How far the job engine's tables are migrated.",
    "dbos.event_dispatch_kv": "The job engine's own place for outside events, which nothing here uses.",
    "dbos.queues": "The queues' names and sizes.",
    "dbos.workflow_schedules": "The job engine's own schedules, which nothing here uses.",
}.items():
    declare_impersonal(_name, _why)

# An installation that never ran a job has no such tables.
_THERE = text("SELECT to_regclass('dbos.workflow_status') IS NOT NULL")
_ENDED = text(
    "SELECT workflow_uuid FROM dbos.workflow_status WHERE updated_at < :before"
    " AND status IN ('SUCCESS', 'ERROR', 'CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED') LIMIT :batch"
)


async def forget_jobs_of(db: AsyncSession, person_id: UUID) -> None:
    """Forget the jobs that did the person's work; call it before the rows go that name them."""
    if not await db.scalar(_THERE):
        return
    for jobs in jobs_of_people():
        mine = f"SELECT :prefix || id::text FROM {jobs.table} WHERE owner_id = :person"  # noqa: S608 - a declared name
        for statement in _deletions(mine):
            await db.execute(statement, {"prefix": jobs.prefix, "person": person_id})


async def forget_ended_jobs(db: AsyncSession, before_ms: int) -> int:
    """Forget at most a batch of jobs that ended before then (milliseconds since 1970), and return how many."""
    if not await db.scalar(_THERE):
        return 0
    ids = list(await db.scalars(_ENDED, {"before": before_ms, "batch": BATCH}))
    for statement in _deletions("SELECT unnest(CAST(:ids AS text[]))"):
        await db.execute(statement, {"ids": ids})
    return len(ids)


def _deletions(ids: str) -> list[TextClause]:
    return [text(f"DELETE FROM dbos.{name} WHERE {column} IN ({ids})") for name, column in TABLES.items()]  # noqa: S608
