"""What the log of calls tells of the cache."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.models.tables import CallRow

_ANSWERED = ("ok", "cut", "stopped")


async def cache_days(
    db: AsyncSession, owner_id: UUID, since: datetime, time_zone: str, limit: int
) -> Sequence[Any]:  # rows of the columns below
    """Sums by day (in the person's zone), newest first. Of a request that several models were asked, one counts."""
    day = cast(func.timezone(time_zone, CallRow.at), Date).label("day")
    hit, missed = CallRow.cache == "hit", (CallRow.cache == "miss") & CallRow.outcome.in_(_ANSWERED)
    worded = CallRow.output_tokens > 0  # embeddings are not what providers keep prompts of
    statement = (
        select(
            day,
            func.count().filter(hit).label("hits"),
            func.count().filter(missed).label("misses"),
            func.coalesce(func.sum(CallRow.saved), 0).label("saved"),
            func.count().filter(hit, CallRow.saved.is_(None)).label("unknown_saved"),
            func.coalesce(func.sum(CallRow.saved_tokens), 0).label("saved_tokens"),
            func.coalesce(func.sum(CallRow.input_tokens).filter(worded), 0).label("input_tokens"),
            func.coalesce(func.sum(CallRow.cached_tokens).filter(worded), 0).label("cached_tokens"),
        )
        .where(CallRow.owner_id == owner_id, CallRow.at >= since)
        .group_by(day)
        .order_by(day.desc())
        .limit(limit)
    )
    return (await db.execute(statement)).all()
