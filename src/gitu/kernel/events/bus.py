"""Live delivery: every process hears of every committed event at once, and passes it to who listens here.

Events of this process arrive directly; those of others through LISTEN/NOTIFY, whose messages name the
committed rows. When the connection is lost, it is made anew and what was missed meanwhile is read.
"""

import asyncio
import contextlib
from collections.abc import Callable
from uuid import UUID, uuid4

import asyncpg
import structlog
from sqlalchemy import func, select

from gitu.kernel.cancelling import end
from gitu.kernel.db.engine import Database
from gitu.kernel.events.store import CHANNEL
from gitu.kernel.events.tables import EventRow
from gitu.kernel.events.types import Recorded

log = structlog.get_logger(__name__)

Listener = Callable[[Recorded], None]
_CATCH_UP_AT_MOST = 1_000


class EventBus:
    """One per process. Listeners are called in the event loop and must not block."""

    def __init__(self, database: Database) -> None:
        self.process_id = uuid4().hex[:12]
        self._database = database
        self._by_owner: dict[UUID, set[Listener]] = {}
        self._for_all: set[Listener] = set()
        self._task: asyncio.Task[None] | None = None
        self._messages: asyncio.Queue[str] = asyncio.Queue(maxsize=10_000)
        self._last_id = 0

    async def start(self) -> None:
        """Begin to hear other processes; returns once the connection stands."""
        async with self._database.reader() as db:
            self._last_id = await db.scalar(select(func.coalesce(func.max(EventRow.id), 0))) or 0
        ready = asyncio.Event()
        self._task = asyncio.create_task(self._listen_forever(ready), name="event-bus")
        await asyncio.wait_for(ready.wait(), timeout=15)

    def listen(self, listener: Listener, *, owner_id: UUID | None = None) -> Callable[[], None]:
        """Call ``listener`` for one person's events, or for all; returns the function that ends it."""
        listeners = self._for_all if owner_id is None else self._by_owner.setdefault(owner_id, set())
        listeners.add(listener)

        def stop() -> None:
            listeners.discard(listener)
            if owner_id is not None and not listeners:
                self._by_owner.pop(owner_id, None)

        return stop

    def publish_local(self, events: list[Recorded]) -> None:
        """Deliver events that this process has just committed."""
        for event in events:
            self._last_id = max(self._last_id, event.id)
            self._deliver(event)

    async def aclose(self) -> None:
        """Stop hearing."""
        if self._task is not None:
            await end(self._task)

    def _deliver(self, event: Recorded) -> None:
        owned = self._by_owner.get(event.owner_id, ()) if event.owner_id else ()
        for listener in (*self._for_all, *owned):
            try:
                listener(event)
            except Exception:
                log.exception("events.listener_failed", type=event.type)

    async def _listen_forever(self, ready: asyncio.Event) -> None:
        while True:
            try:
                await self._listen(ready)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("events.connection_lost", error=type(error).__name__)
                await asyncio.sleep(1)

    async def _listen(self, ready: asyncio.Event) -> None:
        connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(self._database.url, timeout=10)
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _connection: lost.set())
        try:
            await connection.add_listener(CHANNEL, self._heard)
            if ready.is_set():
                await self._fetch_since()
            ready.set()
            while not lost.is_set():
                message = await self._next_message(lost)
                if message is not None:
                    await self._handle(message)
        finally:
            connection.terminate()
        raise ConnectionResetError("the event connection was closed")

    def _heard(self, _connection: object, _pid: object, _channel: object, payload: object) -> None:
        with contextlib.suppress(asyncio.QueueFull):
            self._messages.put_nowait(str(payload))

    async def _next_message(self, lost: asyncio.Event) -> str | None:
        getting = asyncio.ensure_future(self._messages.get())
        losing = asyncio.ensure_future(lost.wait())
        try:
            done, _ = await asyncio.wait({getting, losing}, return_when=asyncio.FIRST_COMPLETED)
            return getting.result() if getting in done else None
        finally:
            for task in (getting, losing):
                task.cancel()

    async def _handle(self, message: str) -> None:
        process_id, _, ids = message.partition(":")
        if process_id == self.process_id:
            return
        if not ids:
            await self._fetch_since()
            return
        wanted = [int(part) for part in ids.split(",")]
        async with self._database.reader() as db:
            rows = await db.scalars(select(EventRow).where(EventRow.id.in_(wanted)).order_by(EventRow.id))
            self.publish_local([_recorded(row) for row in rows])

    async def _fetch_since(self) -> None:
        async with self._database.reader() as db:
            rows = await db.scalars(
                select(EventRow).where(EventRow.id > self._last_id).order_by(EventRow.id).limit(_CATCH_UP_AT_MOST)
            )
            self.publish_local([_recorded(row) for row in rows])


def _recorded(row: EventRow) -> Recorded:
    return Recorded(id=row.id, type=row.type, at=row.at, owner_id=row.owner_id, data=row.data)
