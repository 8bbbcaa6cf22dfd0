"""Events into the stream, inside the transaction of the change they tell of."""

from datetime import datetime
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.kernel.db.engine import plain_rows
from gitu.kernel.events.types import Event, Recorded

CHANNEL = "gitu_events"
_MOST_IDS = 7_000  # characters; NOTIFY holds 8,000 bytes, past that processes are told to look for themselves
# All events and the wake-up in one round trip. Ids follow the order of the events.
_APPEND = text(
    f"""
    WITH added AS (
        INSERT INTO events (owner_id, type, at, data)
        SELECT owner_id, type, :now, CAST(data AS jsonb)
        FROM unnest(CAST(:owners AS uuid[]), CAST(:types AS text[]), CAST(:data AS text[])) WITH ORDINALITY
            AS given (owner_id, type, data, place)
        ORDER BY place
        RETURNING id
    ), said AS (SELECT array_agg(id ORDER BY id) AS ids, string_agg(id::text, ',' ORDER BY id) AS listed FROM added)
    SELECT ids, pg_notify(
        :channel, CAST(:process_id AS text) || ':' || CASE WHEN length(listed) < {_MOST_IDS} THEN listed ELSE '' END
    ) FROM said
    """  # noqa: S608 - the one value put in is a number of ours
)


async def append_events(
    db: AsyncSession, process_id: str, events: list[tuple[UUID | None, Event]], now: datetime
) -> list[Recorded]:
    """Store the events and wake every process once the transaction commits."""
    if not events:
        return []
    data = [event.model_dump(mode="json") for _, event in events]
    given = {
        "now": now,
        "owners": [owner_id for owner_id, _ in events],
        "types": [event.type for _, event in events],
        "data": [orjson.dumps(one).decode() for one in data],
        "channel": CHANNEL,
        "process_id": process_id,
    }
    ((ids, _),) = await plain_rows(db, _APPEND, given)
    return [
        Recorded(id=event_id, type=event.type, at=now, owner_id=owner_id, data=one)
        for event_id, (owner_id, event), one in zip(ids, events, data, strict=True)
    ]
