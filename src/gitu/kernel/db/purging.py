"""Makes PostgreSQL let go of what was deleted: until then the words lie on in its files, beside what is valid.

A deleted row leaves its bytes in the page, in indexes, in the planner's samples and in the write-ahead log.
"""

import asyncio
import contextlib
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.kernel.db.engine import Database

REWRITTEN_BELOW = 512 * 1024 * 1024
"""Bytes of the largest table that is written anew: it is closed to everyone meanwhile, some seconds at this size."""
_WAIT = "5s"
_MORE_TRIES = 2
_OTHERS_S = 20.0
_LOOK_EVERY_S = 0.1
_NUMBER = text("SELECT CAST(pg_current_xact_id() AS text)")
_OLDER = text(
    "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND age(backend_xmin) > age(CAST(CAST(CAST(:mine AS text) AS xid8) AS xid)))"
)


@dataclass(slots=True)
class Purge:
    """``left`` names tables that could only be tidied: their free space keeps old bytes until it is used again.

    ``log`` says whether the write-ahead log was cut off behind it.
    """

    left: list[str]
    log: bool


async def purge(database: Database, tables: Iterable[str]) -> Purge:
    """Write the tables anew without what was deleted, and begin a new write-ahead log. Harmless to repeat."""
    left: list[str] = []
    async with database.reader() as db:
        await db.execute(text(f"SET lock_timeout = '{_WAIT}'"))
        try:
            settled = await _others_have_moved_on(db)
            left = [table for table in tables if not await _rewrite(db, table) or not settled]
            for _ in range(_MORE_TRIES):  # somebody held them; meanwhile they may have let go
                settled = settled or await _others_have_moved_on(db)
                left = [table for table in left if not await _rewrite(db, table) or not settled]
            await _try(db, "VACUUM (FULL) pg_catalog.pg_statistic")
            log = await _try(db, "SELECT pg_switch_wal()") and await _try(db, "CHECKPOINT")
        finally:
            await db.execute(text("RESET lock_timeout"))
    return Purge(left, log)


async def _others_have_moved_on(db: AsyncSession) -> bool:
    """Wait until no transaction is open that could still see what was deleted: for those, it would be kept."""
    mine = await db.scalar(_NUMBER)
    until = asyncio.get_running_loop().time() + _OTHERS_S
    while await db.scalar(_OLDER, {"mine": mine}):
        if asyncio.get_running_loop().time() > until:
            return False
        await asyncio.sleep(_LOOK_EVERY_S)
    return True


async def _rewrite(db: AsyncSession, table: str) -> bool:
    size = await db.scalar(text("SELECT pg_total_relation_size(to_regclass(:name))"), {"name": table})
    if size is None:  # there is no such table
        return True
    if size <= REWRITTEN_BELOW and await _try(db, f"VACUUM (FULL, ANALYZE) {table}"):
        return True
    await _try(db, f"VACUUM (ANALYZE) {table}")
    return False


async def _try(db: AsyncSession, statement: str) -> bool:
    """Whether it went through: somebody may hold a lock for long, or the role may not do it."""
    with contextlib.suppress(DBAPIError):
        await db.execute(text(statement))
        return True
    await db.rollback()
    return False
