"""Deletes what the kernel keeps for a while only, in batches that hold no lock for long."""

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import TextClause, text

from gitu.kernel import clock
from gitu.kernel.jobs.forgetting import BATCH, forget_ended_jobs
from gitu.kernel.jobs.schedules import system_schedule
from gitu.kernel.privacy.registry import personal_tables
from gitu.kernel.privacy.rows import BATCH as ROWS
from gitu.kernel.privacy.rows import delete_expired

if TYPE_CHECKING:
    from gitu.kernel.services import Services

ANSWERS_KEPT = timedelta(days=2)
BATCH_OF_OTHERS = 2_000

# Events that a subscriber has still to read stay, however old.
_EVENTS = text(
    "DELETE FROM events WHERE id IN (SELECT id FROM events WHERE at < :before AND NOT EXISTS"
    " (SELECT 1 FROM event_cursors c WHERE (events.xid, events.id) > (CAST(c.xid AS xid8), c.id))"
    " ORDER BY at LIMIT :batch)"
)
_ANSWERS = text(
    "DELETE FROM idempotency WHERE (owner_id, action, key) IN"
    " (SELECT owner_id, action, key FROM idempotency WHERE created_at < :before"
    " ORDER BY created_at LIMIT :batch)"
)


@system_schedule("kernel.forget_old_events", every=timedelta(minutes=10))
async def forget_old_events(services: "Services") -> int:
    """Delete delivered events past their time, and return how many."""
    return await _delete(services, _EVENTS, timedelta(days=services.settings.keep_events_days))


@system_schedule("kernel.forget_old_answers", every=timedelta(minutes=10))
async def forget_old_answers(services: "Services") -> int:
    """Delete answers kept for repeated calls past their time, and return how many."""
    return await _delete(services, _ANSWERS, ANSWERS_KEPT)


@system_schedule("kernel.forget_old_jobs", every=timedelta(minutes=10))
async def forget_old_jobs(services: "Services") -> int:
    """Forget jobs that ended long ago, and return how many."""
    before = clock.now() - timedelta(days=services.settings.keep_events_days)
    forgotten = 0
    while True:
        async with services.database.transaction() as db:
            count = await forget_ended_jobs(db, int(before.timestamp() * 1000))
        forgotten += count
        if count < BATCH:
            return forgotten


@system_schedule("kernel.forget_old_rows", every=timedelta(hours=1))
async def forget_old_rows(services: "Services") -> int:
    """Delete rows of people that tables keep for a while only, and return how many."""
    deleted = 0
    for found in personal_tables():
        if found.expiry is None:
            continue
        days = found.expiry.days
        kept = timedelta(days=days if isinstance(days, int) else getattr(services.settings, days))
        while True:
            async with services.database.transaction() as db:
                count = await delete_expired(db, found, clock.now() - kept)
            deleted += count
            if count < ROWS:
                break
    return deleted


async def _delete(services: "Services", statement: TextClause, kept: timedelta) -> int:
    before, deleted = clock.now() - kept, 0
    while True:
        async with services.database.transaction() as db:
            result = await db.execute(statement, {"before": before, "batch": BATCH_OF_OTHERS})
            count = int(getattr(result, "rowcount", 0))
        deleted += count
        if count < BATCH_OF_OTHERS:
            return deleted
