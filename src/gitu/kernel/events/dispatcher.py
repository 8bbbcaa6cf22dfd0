"""Durable subscribers: each hears of every committed event of its types at least once, none overtaken.

A feature's ``subscribers.py`` declares ``@subscribe("trust.notify", SessionEnded)``. Events are read in the
order of their transactions, and only those before the oldest transaction still open: one that commits late
can't slip in behind what was read already. The bus tells when to read; a look now and then finds what it missed.
A handler bears being called twice for one event.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import TextClause, select, text
from sqlalchemy.dialects.postgresql import insert

from gitu.kernel import clock
from gitu.kernel.cancelling import happens, to_the_end
from gitu.kernel.events.tables import EventCursor, EventFailure
from gitu.kernel.events.types import Event, Recorded
from gitu.kernel.telemetry.metrics import metrics

if TYPE_CHECKING:
    from gitu.kernel.services import Services

log = structlog.get_logger(__name__)

Handler = Callable[["Services", Recorded], Awaitable[None]]

BATCH = 100
ATTEMPTS = 5
FIRST_PAUSE_S = 0.2
HANDLER_TIMEOUT_S = 60.0
LOOK_EVERY_S = 5.0
LOOK_AGAIN_S = 0.5  # when there is something that an open transaction keeps back
SAVE_IDLE_EVERY_S = 60.0

_BARRIER: TextClause = text(
    "SELECT CAST(edge AS text) AS edge, EXISTS(SELECT 1 FROM events WHERE xid >= edge AND type = ANY(:types)) AS kept"
    " FROM pg_snapshot_xmin(pg_current_snapshot()) AS edge"
)
_EVENTS: TextClause = text(
    "SELECT id, CAST(xid AS text) AS xid, type, at, owner_id, data FROM events"
    " WHERE (xid, id) > (CAST(CAST(:xid AS text) AS xid8), :id) AND xid < CAST(CAST(:barrier AS text) AS xid8)"
    " AND type = ANY(:types) ORDER BY xid, id LIMIT :batch"
)


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A handler under a name that its cursor is kept by."""

    name: str
    types: tuple[str, ...]
    handler: Handler


@dataclass(slots=True)
class _Position:
    xid: int
    id: int
    saved: float


subscribers: dict[str, Subscriber] = {}


def subscribe(name: str, *events: type[Event]) -> Callable[[Handler], Handler]:
    """Call ``async def handler(services, recorded)`` for every event of these types.

    A new subscriber begins with the oldest event still kept. Raises ValueError for a name of another handler.
    """

    def register(handler: Handler) -> Handler:
        known = subscribers.get(name)
        if known is not None and known.handler.__qualname__ != handler.__qualname__:
            raise ValueError(f"Two subscribers call themselves {name}")
        subscribers[name] = Subscriber(name, tuple(event.type for event in events), handler)
        return handler

    return register


class Dispatcher:
    """Delivers to every subscriber, each at its own pace; run it in one process at a time."""

    def __init__(self, services: "Services", *, attempts: int = ATTEMPTS, first_pause_s: float = FIRST_PAUSE_S) -> None:
        self._services = services
        self._attempts = attempts
        self._first_pause_s = first_pause_s

    async def run(self) -> None:
        """Deliver until cancelled."""
        async with asyncio.TaskGroup() as group:
            for subscriber in list(subscribers.values()):
                group.create_task(self._serve_forever(subscriber), name=f"events-{subscriber.name}")

    async def _serve_forever(self, subscriber: Subscriber) -> None:
        woken = asyncio.Event()

        def wake(event: Recorded) -> None:
            if event.type in subscriber.types:
                woken.set()

        stop = self._services.bus.listen(wake)
        try:
            position = await self._position_of(subscriber)
            while True:
                woken.clear()
                pause_s = await self._deliver_batch(subscriber, position)
                if pause_s:
                    await happens(woken, pause_s)
        finally:
            stop()

    async def _deliver_batch(self, subscriber: Subscriber, position: _Position) -> float:
        """Deliver up to ``BATCH`` events; how long nothing more is to be expected, unless the bus tells of it."""
        async with self._services.database.reader() as db:
            before = (await db.execute(_BARRIER, {"types": list(subscriber.types)})).one()
            barrier = int(before.edge)
            where = {"xid": str(position.xid), "id": position.id, "barrier": str(barrier)}
            values: dict[str, Any] = {**where, "types": list(subscriber.types), "batch": BATCH}
            rows = (await db.execute(_EVENTS, values)).mappings().all()
        try:
            for row in rows:
                metrics().event_lag(_age_s(row["at"]))
                fields = {name: row[name] for name in ("id", "type", "at", "owner_id", "data")}
                await self._deliver(subscriber, Recorded(**fields))
                position.xid, position.id = int(row["xid"]), row["id"]
        finally:
            # Stopped in the middle, what was delivered is not delivered again.
            if rows:
                await to_the_end(self._save(subscriber, position))
        if len(rows) == BATCH:
            return 0.0
        metrics().event_lag(0)
        if barrier > position.xid + 1:  # everything before the barrier is read
            position.xid, position.id = barrier - 1, 2**62
            if time.monotonic() - position.saved > SAVE_IDLE_EVERY_S:
                await self._save(subscriber, position)
        return LOOK_AGAIN_S if before.kept else LOOK_EVERY_S

    async def _deliver(self, subscriber: Subscriber, event: Recorded) -> None:
        pause = self._first_pause_s
        for attempt in range(1, self._attempts + 1):
            try:
                async with asyncio.timeout(HANDLER_TIMEOUT_S):
                    await subscriber.handler(self._services, event)
            except Exception as error:
                log.warning(
                    "events.handler_failed",
                    subscriber=subscriber.name,
                    event_id=event.id,
                    attempt=attempt,
                    error=type(error).__name__,
                )
                if attempt == self._attempts:
                    await self._park(subscriber, event, error)
                    return
                await asyncio.sleep(pause)
                pause *= 4
            else:
                return

    async def _park(self, subscriber: Subscriber, event: Recorded, error: Exception) -> None:
        """Set the event aside, so that those after it go on."""
        log.error("events.parked", subscriber=subscriber.name, event_id=event.id, type=event.type, exc_info=error)
        metrics().event_parked(subscriber.name)
        async with self._services.database.transaction() as db:
            await db.execute(
                insert(EventFailure)
                .values(
                    subscriber=subscriber.name,
                    event_id=event.id,
                    type=event.type,
                    attempts=self._attempts,
                    error=type(error).__name__,  # its words could hold what must not be kept
                    parked_at=clock.now(),
                )
                .on_conflict_do_nothing()
            )

    async def _position_of(self, subscriber: Subscriber) -> _Position:
        async with self._services.database.reader() as db:
            row = await db.scalar(select(EventCursor).where(EventCursor.subscriber == subscriber.name))
        if row is not None:
            return _Position(int(row.xid), row.id, time.monotonic())
        position = _Position(0, 0, 0.0)
        await self._save(subscriber, position)
        return position

    async def _save(self, subscriber: Subscriber, position: _Position) -> None:
        values = {"xid": str(position.xid), "id": position.id, "updated_at": clock.now()}
        async with self._services.database.transaction() as db:
            statement = insert(EventCursor).values(subscriber=subscriber.name, **values)
            await db.execute(statement.on_conflict_do_update(index_elements=["subscriber"], set_=values))
        position.saved = time.monotonic()


def _age_s(at: datetime) -> float:
    return max(0.0, (clock.now() - at).total_seconds())
