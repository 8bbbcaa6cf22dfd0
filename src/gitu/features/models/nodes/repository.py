"""All of the nodes' SQL."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.models.nodes.tables import NodeMinuteRow, NodeRow
from gitu.features.models.tables import ConnectionRow

Both = tuple[NodeRow, ConnectionRow]


async def all_nodes(db: AsyncSession, limit: int) -> list[Both]:
    """Every node with its connection, oldest first."""
    return [*await _both(db, select(NodeRow, ConnectionRow).order_by(NodeRow.id).limit(limit))]


async def list_nodes(db: AsyncSession, after: str | None, limit: int) -> list[Both]:
    """By name."""
    statement = select(NodeRow, ConnectionRow).order_by(NodeRow.name).limit(limit)
    return await _both(db, statement if after is None else statement.where(NodeRow.name > after))


async def find_node(db: AsyncSession, name: str, *, lock: bool = False) -> Both | None:
    statement = select(NodeRow, ConnectionRow).where(NodeRow.name == name)
    found = await _both(db, statement.with_for_update() if lock else statement)
    return found[0] if found else None


async def _both(db: AsyncSession, statement: Any) -> list[Both]:  # Any: a select of the two
    joined = statement.join(ConnectionRow, ConnectionRow.id == NodeRow.connection_id)
    rows: list[Any] = [*(await db.execute(joined)).all()]
    return [(row[0], row[1]) for row in rows]


async def count_nodes(db: AsyncSession) -> int:
    return await db.scalar(select(func.count()).select_from(NodeRow)) or 0


async def is_there(db: AsyncSession, name: str) -> bool:
    return await db.scalar(select(NodeRow.id).where(NodeRow.name == name)) is not None


async def set_state(
    db: AsyncSession, node_id: UUID, state: str, reason: str | None, since: datetime, facts: dict[str, Any] | None
) -> bool:
    """Keep what the leading process found; False where the node has gone."""
    changed = await db.scalar(
        update(NodeRow)
        .where(NodeRow.id == node_id)
        .values(state=state, reason=reason, state_since=since, facts=facts)
        .returning(NodeRow.id)
    )
    return changed is not None


async def set_load(db: AsyncSession, loads: dict[UUID, dict[str, Any]]) -> None:
    """Keep the newest samples."""
    for node_id, load in loads.items():
        await db.execute(update(NodeRow).where(NodeRow.id == node_id).values(load=load))


async def set_models(db: AsyncSession, connection_id: UUID, models: list[dict[str, Any]]) -> None:
    """What the node serves now."""
    await db.execute(update(ConnectionRow).where(ConnectionRow.id == connection_id).values(models=models))


# -- minutes --------------------------------------------------------------------------------------------


async def save_minutes(db: AsyncSession, rows: list[dict[str, Any]]) -> None:
    """Keep minutes; of one that two processes saw parts of, the larger part. Nodes that have gone are passed over."""
    there = set(await db.scalars(select(NodeRow.id).where(NodeRow.id.in_([row["node_id"] for row in rows]))))
    rows = [row for row in rows if row["node_id"] in there]
    if not rows:
        return
    new = insert(NodeMinuteRow)
    values = {name: new.excluded[name] for name in rows[0] if name not in ("node_id", "minute")}
    await db.execute(
        new.on_conflict_do_update(
            index_elements=[NodeMinuteRow.node_id, NodeMinuteRow.minute],
            set_=values,
            where=NodeMinuteRow.checks < new.excluded.checks,
        ),
        rows,
    )


async def minutes(db: AsyncSession, node_id: UUID, since: datetime, step: timedelta, limit: int) -> Sequence[Any]:
    """Stretches of so long, oldest first, as rows of NodePoint's figures (tokens and requests as sums)."""
    row = NodeMinuteRow
    at = func.date_bin(step, row.minute, datetime.fromisoformat("2000-01-01T00:00:00+00:00")).label("at")
    statement = (
        select(
            at,
            func.count().label("minutes"),
            func.sum(row.checks).label("checks"),
            func.sum(row.failures).label("failures"),
            func.avg(row.latency_ms).label("latency_ms"),
            func.max(row.latency_p95_ms).label("latency_p95_ms"),
            func.sum(row.tokens).label("tokens"),
            func.sum(row.requests).label("requests"),
            func.max(row.queue_length).label("queue_length"),
            func.max(row.gpu_memory_bytes).label("gpu_memory_bytes"),
        )
        .where(row.node_id == node_id, row.minute >= since)
        .group_by(at)
        .order_by(at)
        .limit(limit)
    )
    return (await db.execute(statement)).all()


async def totals(db: AsyncSession, node_id: UUID, since: datetime) -> tuple[int, int]:
    """How often it was looked at since, and how often in vain."""
    row = NodeMinuteRow
    sums = select(func.coalesce(func.sum(row.checks), 0), func.coalesce(func.sum(row.failures), 0))
    checks, failures = (await db.execute(sums.where(row.node_id == node_id, row.minute >= since))).one()
    return int(checks), int(failures)


async def forget_minutes(db: AsyncSession, before: datetime, limit: int) -> int:
    """Delete what is older, so many at most; returns how many."""
    row = NodeMinuteRow
    old = select(row.node_id, row.minute).where(row.minute < before).limit(limit).subquery()
    gone = await db.execute(
        delete(row).where(row.node_id == old.c.node_id, row.minute == old.c.minute).returning(row.minute)
    )
    return len(gone.all())
