"""All of the shell's SQL. What belongs to a person is asked for with their id."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.shell.schemas import RunQuery
from gitu.features.shell.tables import RunRow
from gitu.kernel.jobs.identity import executor_lock

_TRY = text("SELECT pg_try_advisory_xact_lock(:first, :second)")


async def add_run(db: AsyncSession, values: dict[str, Any]) -> bool:  # Any: the table's columns
    """Whether it was added: False when its id is taken."""
    added = insert(RunRow).values(**values).on_conflict_do_nothing().returning(RunRow.id)
    return await db.scalar(added) is not None


async def end_run(db: AsyncSession, run_id: UUID, values: dict[str, Any]) -> None:
    await db.execute(update(RunRow).where(RunRow.run_id == run_id, RunRow.state == "running").values(**values))


async def find_run(db: AsyncSession, owner_id: UUID, run_id: UUID) -> RunRow | None:
    return await db.scalar(select(RunRow).where(RunRow.owner_id == owner_id, RunRow.run_id == run_id))


async def list_runs(db: AsyncSession, owner_id: UUID, query: RunQuery, before: UUID | None) -> Sequence[RunRow]:
    """Newest first; one more than the page holds."""
    statement = select(RunRow).where(RunRow.owner_id == owner_id).order_by(RunRow.id.desc()).limit(query.limit + 1)
    if query.state is not None:
        statement = statement.where(RunRow.state == query.state)
    if query.session_id is not None:
        statement = statement.where(RunRow.session_id == query.session_id)
    if before is not None:
        statement = statement.where(RunRow.id < before)
    return (await db.scalars(statement)).all()


async def runners(db: AsyncSession) -> Sequence[str]:
    """The processes that have runs under way, living or dead."""
    return (await db.scalars(select(RunRow.runner).where(RunRow.state == "running").distinct().limit(1_000))).all()


async def is_dead(db: AsyncSession, runner: str) -> bool:
    """Whether a process that ran commands lives no more: nobody holds its lock."""
    first, second = executor_lock(runner)
    return bool(await db.scalar(_TRY, {"first": first, "second": second}))


async def cut_runs(db: AsyncSession, runner: str, now: datetime) -> int:
    """The runs of a process that died have ended with it; returns how many there were."""
    cut = update(RunRow).where(RunRow.runner == runner, RunRow.state == "running")
    return len((await db.scalars(cut.values(state="cut", finished_at=now).returning(RunRow.id))).all())


async def forget_runs(db: AsyncSession, before: datetime, limit: int) -> int:
    """Delete at most ``limit`` old runs; returns how many there were."""
    old = select(RunRow.id).where(RunRow.started_at < before, RunRow.state != "running").limit(limit)
    return len((await db.scalars(delete(RunRow).where(RunRow.id.in_(old)).returning(RunRow.id))).all())
