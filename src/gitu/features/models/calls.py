"""Keeps the record of calls: written in batches beside the stream, within some hundredths of a second.

A row is written when a call begins and again when it ends, by the same statement, so that a retry after a
lost database repeats nothing, and a call whose process was killed is there too. What ended calls cost is counted
by their budgets in the same transaction.
"""

import asyncio
import contextlib
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
import structlog
from sqlalchemy.exc import DBAPIError

from gitu.features.models import repository
from gitu.features.models.budgets.ledger import Ledger
from gitu.features.models.budgets.rules import Counter
from gitu.kernel.db.engine import Database
from gitu.kernel.db.errors import DATABASE_FAILURES

log = structlog.get_logger(__name__)

_GATHER_S = 0.05
_RETRY_S = 1.0
_MOST = 50_000
_AT_ONCE = 5_000


class Call(msgspec.Struct, eq=False, gc=False):  # no cycles: nothing in it knows the call
    """One call as it stands now; the fields are the table's columns, and are written as they are."""

    id: UUID
    owner_id: UUID
    at: datetime
    connection_id: UUID
    provider: str
    model: str
    feature: str
    session_id: UUID | None
    input_tokens: int | None = None
    output_tokens: int | None = None
    cached_tokens: int | None = None
    cost: Decimal | None = None
    latency_ms: float | None = None
    first_token_ms: float | None = None
    outcome: str = "running"
    error_code: str | None = None
    key_id: UUID | None = None
    request_id: UUID | None = None
    reason: dict[str, Any] | None = None  # a message's key and what it names
    process_id: str | None = None
    reserved: Decimal | None = None
    charged: Decimal | None = None
    charges: tuple[Counter, ...] | None = None
    estimated: bool = False
    cache: str | None = None
    saved: Decimal | None = None
    saved_tokens: int | None = None

    def spare(self, saved: Decimal | None, tokens: int) -> None:
        """It need not leave, since what it would bring is kept: so much that had cost, in USD and in tokens."""
        self.outcome, self.cache, self.cost = "ok", "hit", Decimal(0)
        self.saved, self.saved_tokens = saved, tokens


_encode = msgspec.json.Encoder().encode  # amounts as texts, which lose nothing; counters as ``Counter.of`` reads them


class CallRecorder:
    """One per process. ``record`` never waits; the newest state of each call is what gets written."""

    def __init__(self, database: Database, ledger: Ledger) -> None:
        self._database = database
        self._ledger = ledger
        self._waiting: dict[Call, None] = {}  # in the order in which they came
        self._wake = asyncio.Event()
        self._awake = False
        self._writing = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    def record(self, call: Call) -> None:
        """Note the call as it is when it gets written: now, or some hundredths of a second later."""
        if len(self._waiting) >= _MOST and call not in self._waiting:
            log.error("models.calls_overflow", model=call.model, outcome=call.outcome)
            return
        self._waiting[call] = None
        if not self._awake:
            self._awake = True
            self._wake.set()
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._write_forever(), name="models-calls")

    @property
    def full(self) -> bool:
        """Whether no further call can be noted: the database was away for long."""
        return len(self._waiting) >= _MOST

    async def flush(self) -> None:
        """Write everything noted so far. Raises what the database raises; nothing is forgotten then."""
        async with self._writing:
            batch, self._waiting = list(self._waiting), {}
            try:
                while batch:
                    await self._write_or_refuse(batch[:_AT_ONCE])
                    del batch[:_AT_ONCE]
            except BaseException:
                self._waiting = {**dict.fromkeys(batch), **self._waiting}
                raise

    async def _write_or_refuse(self, batch: list[Call]) -> None:
        """Write all but those that the database will never take: the others must not wait for them for ever."""
        try:
            await self._write(batch)
        except DBAPIError as error:
            state = str(getattr(error.orig, "sqlstate", None) or "")
            if not state.startswith(("22", "23")):  # not because of what is written
                raise
            if len(batch) == 1:
                log.error("models.call_refused", call_id=str(batch[0].id), state=state)
                return
            for half in (batch[: len(batch) // 2], batch[len(batch) // 2 :]):
                await self._write_or_refuse(half)

    async def _write(self, batch: list[Call]) -> None:
        # At once with what is counted of them: they go on while this is written.
        rows = _encode(batch).decode()
        async with self._ledger.counting(batch) as count, self._database.transaction() as db:
            await count(db)
            await repository.save_calls(db, rows)

    async def aclose(self) -> None:
        """Write what is left and stop."""
        if self._task is not None:
            async with self._writing:  # cut off while it commits, nobody would know whether it did
                self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        try:
            await self.flush()
        except DATABASE_FAILURES as error:
            log.error("models.calls_lost", rows=len(self._waiting), error=type(error).__name__)

    async def _write_forever(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            await asyncio.sleep(_GATHER_S)
            self._awake = False
            try:
                await self.flush()
            except Exception as error:  # whatever it was: nobody else would ever write them
                log.error("models.calls_not_written", rows=len(self._waiting), error=type(error).__name__)
                await asyncio.sleep(_RETRY_S)
                self._awake = True
                self._wake.set()
