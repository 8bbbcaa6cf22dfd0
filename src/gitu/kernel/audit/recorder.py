"""Writes audit rows: with the change they tell of, or in batches for reads and refusals."""

import asyncio
import contextlib
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import structlog
from pydantic import BaseModel, Field
from sqlalchemy import Insert, Update, bindparam, insert
from sqlalchemy.exc import DataError
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.kernel import clock
from gitu.kernel.audit.tables import AuditRow
from gitu.kernel.db.engine import Database, plain_write

log = structlog.get_logger(__name__)

FLUSH_EVERY_S = 0.25
MOST_BUFFERED = 20_000
_TABLE = AuditRow.metadata.tables[AuditRow.__tablename__]
_INSERT = insert(_TABLE)


class AuditEntry(BaseModel):
    """What happened, without the input itself: its digest proves it, its text would leak it."""

    at: Any = Field(default_factory=clock.now)  # aware datetime; Any spares validation on the hot path
    owner_id: UUID | None
    actor_kind: str
    door: str
    action: str
    outcome: str
    error_code: str | None = None
    input_digest: str
    duration_ms: float
    cost: Decimal | None = None
    request_id: str | None = None
    detail: dict[str, Any] = {}  # ids and numbers
    risk: str | None = None  # of the action


# Its parameters are not called as columns are, or SQLAlchemy would set columns of those names in what goes along.
_TELL = insert(_TABLE).values({name: bindparam(f"told_{name}") for name in AuditEntry.model_fields})


class Along(NamedTuple):
    """A change that is made by the statement which writes a row, sparing a round trip.

    Its parameters' names are no names of columns.
    """

    statement: Update
    values: dict[str, object]


@cache
def _tell_with(along: Update) -> Insert:
    return _TELL.add_cte(along.cte("along"))


class AuditRecorder:
    """One per process. Rows recorded later are written within a quarter of a second, all of them at the end."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._buffer: list[AuditEntry] = []
        self._wake = asyncio.Event()
        self._closing = False
        self._flushing = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin writing what is recorded later."""
        self._task = asyncio.create_task(self._flush_forever(), name="audit-flush")

    async def record(self, db: AsyncSession, entry: AuditEntry, along: Along | None = None) -> None:
        """Write the row in the caller's transaction, and ``along`` by the same statement."""
        row = {f"told_{name}": value for name, value in entry}
        if along is None:
            await plain_write(db, _TELL, row)
        else:
            await plain_write(db, _tell_with(along.statement), {**row, **along.values})

    async def record_now(self, entry: AuditEntry) -> None:
        """Write the row in a transaction of its own."""
        async with self._database.transaction() as db:
            await self.record(db, entry)

    def record_later(self, entry: AuditEntry) -> None:
        """Queue the row. The queue is bounded: past it, rows are dropped and the log says how many."""
        if len(self._buffer) >= MOST_BUFFERED:
            log.error("audit.overflow", action=entry.action, outcome=entry.outcome)
            return
        self._buffer.append(entry)
        self._wake.set()

    async def flush(self) -> None:
        """Write everything queued so far; what fails to be written is queued again."""
        async with self._flushing:
            batch, self._buffer = self._buffer, []
            if not batch:
                return
            try:
                await self._write(batch)
            except DataError:
                await self._write_one_by_one(batch)
            except BaseException:
                self._buffer = batch + self._buffer
                raise

    async def _write(self, batch: list[AuditEntry]) -> None:
        async with self._database.transaction() as db:
            await plain_write(db, _INSERT, [entry.model_dump() for entry in batch])

    async def _write_one_by_one(self, batch: list[AuditEntry]) -> None:
        # One row that the database refuses may not hold back all the others.
        for entry in batch:
            try:
                await self._write([entry])
            except DataError:
                log.error("audit.refused", action=entry.action, outcome=entry.outcome, digest=entry.input_digest)

    async def aclose(self) -> None:
        """Write what is queued and stop."""
        self._closing = True
        self._wake.set()
        if self._task is not None:
            # Cut off while it commits, a batch would be written a second time.
            async with self._flushing:
                self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        try:
            await self.flush()
        except Exception as error:
            log.error("audit.lost", rows=len(self._buffer), error=type(error).__name__)

    async def _flush_forever(self) -> None:
        while not self._closing:
            await self._wake.wait()
            self._wake.clear()
            await asyncio.sleep(FLUSH_EVERY_S)
            try:
                await self.flush()
            except Exception as error:
                log.error("audit.flush_failed", rows=len(self._buffer), error=type(error).__name__)
                self._wake.set()
                await asyncio.sleep(1)
