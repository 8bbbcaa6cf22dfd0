"""One process of all does what only one may do: whoever holds an advisory lock of PostgreSQL.

The lock lives as long as its connection, so a process that dies gives it up at once.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import asyncpg
import structlog

from gitu.kernel.cancelling import end
from gitu.kernel.db.engine import Database

log = structlog.get_logger(__name__)

LEADER_LOCK = 0x6769_7476
_RETRY_S = 1.0
_ALIVE_S = 5.0
_TRY = "SELECT pg_try_advisory_lock($1)"

Duty = Callable[[], Awaitable[None]]


class Leader:
    """Runs ``duties`` (endless functions) while this process leads, and keeps ``held_lock`` all the time.

    ``held_lock`` is a pair of numbers that tells other processes that this one lives. A duty that ends or
    fails is started again after a second.
    """

    def __init__(self, database: Database, duties: Sequence[Duty], *, held_lock: tuple[int, int] | None = None) -> None:
        self._database = database
        self._duties = duties
        self._held_lock = held_lock
        self._task: asyncio.Task[None] | None = None
        self.leads = asyncio.Event()

    async def start(self) -> None:
        """Take the process's own lock and begin to stand for election."""
        held = asyncio.Event()
        self._task = asyncio.create_task(self._forever(held), name="leader")
        await asyncio.wait_for(held.wait(), timeout=15)

    async def aclose(self) -> None:
        """Step down."""
        if self._task is not None:
            await end(self._task)

    async def _forever(self, held: asyncio.Event) -> None:
        while True:
            try:
                await self._connected(held)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("leader.connection_lost", error=type(error).__name__)
            await asyncio.sleep(_RETRY_S / 2)

    async def _connected(self, held: asyncio.Event) -> None:
        connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(self._database.url, timeout=10)
        duties: list[asyncio.Task[None]] = []
        try:
            if self._held_lock is not None:
                await connection.execute("SELECT pg_advisory_lock($1, $2)", *self._held_lock, timeout=30)
            held.set()
            # Asked for again and again: a waiting lock would hold back vacuum.
            while not await connection.fetchval(_TRY, LEADER_LOCK, timeout=10):  # noqa: ASYNC110
                await asyncio.sleep(_RETRY_S)
            self.leads.set()
            duties += [asyncio.create_task(_again_and_again(duty)) for duty in self._duties]
            while True:
                await asyncio.sleep(_ALIVE_S)
                await connection.fetchval("SELECT 1", timeout=10)
        finally:
            self.leads.clear()
            await end(*duties)
            connection.terminate()


async def _again_and_again(duty: Duty) -> None:
    while True:
        try:
            await duty()
        except Exception as error:
            log.error("leader.duty_failed", duty=getattr(duty, "__qualname__", "?"), exc_info=error)
        await asyncio.sleep(_RETRY_S)
