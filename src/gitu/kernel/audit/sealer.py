"""Numbers committed audit rows and chains them by hash; one process at a time, within about a second."""

import asyncio

import structlog
from sqlalchemy import BigInteger, Text, bindparam, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.kernel.audit.chain import GENESIS, SEALED_FIELDS, link
from gitu.kernel.audit.head import Head, read_head, write_head
from gitu.kernel.audit.tables import AuditRow
from gitu.kernel.db.asking import Question
from gitu.kernel.db.engine import Database
from gitu.kernel.storage.paths import Home

log = structlog.get_logger(__name__)

BATCH = 2_000
EVERY_S = 1.0
_ANY = Question(text("SELECT 1 FROM audit WHERE seq IS NULL LIMIT 1"))
_LOCK = text("SELECT pg_try_advisory_xact_lock(1735947381)")  # sealing, in all processes
_SEAL = text(
    "UPDATE audit SET seq = sealed.seq, hash = sealed.hash"
    " FROM unnest(:ids, :seqs, :hashes) AS sealed(id, seq, hash) WHERE audit.id = sealed.id"
).bindparams(
    bindparam("ids", type_=ARRAY(BigInteger)),
    bindparam("seqs", type_=ARRAY(BigInteger)),
    bindparam("hashes", type_=ARRAY(Text)),
)


class Sealer:
    """Seals rows in the order of their ids, as far as they are committed; later ones get later numbers."""

    def __init__(self, database: Database, home: Home) -> None:
        self._database = database
        self._home = home
        self._said_broken = False

    async def run(self) -> None:
        """Seal what there is, again and again, until cancelled."""
        while True:
            if not await self._database.ask(_ANY) or await self.seal_batch() < BATCH:
                await asyncio.sleep(EVERY_S)

    async def seal_batch(self) -> int:
        """Seal up to ``BATCH`` rows and return how many; zero when another process is at it."""
        async with self._database.transaction() as db:
            if not await db.scalar(_LOCK):
                return 0
            columns = [getattr(AuditRow, name) for name in SEALED_FIELDS]
            unsealed = select(*columns).where(AuditRow.seq.is_(None)).order_by(AuditRow.id).limit(BATCH)
            rows = (await db.execute(unsealed)).mappings().all()
            if not rows:
                return 0
            before = await last_sealed(db)
            trusted = await self._fits_the_head(db, before)
            seq, previous = before.seq, before.hash
            hashes: list[str] = []
            for number, row in enumerate(rows, start=seq + 1):
                previous = link(previous, number, dict(row))
                hashes.append(previous)
            await db.execute(
                _SEAL,
                {
                    "ids": [row["id"] for row in rows],
                    "seqs": list(range(seq + 1, seq + 1 + len(rows))),
                    "hashes": hashes,
                },
            )
        if trusted:
            # After the commit: a head that is behind is harmless, one that is ahead looks like a cut tail.
            await asyncio.to_thread(write_head, self._home, Head(seq + len(rows), previous))
        return len(rows)

    async def _fits_the_head(self, db: AsyncSession, before: Head) -> bool:
        """Whether what was sealed so far is what was sealed; otherwise the head stays, as evidence."""
        head = await asyncio.to_thread(read_head, self._home)
        if head is None:
            return True
        kept = await db.scalar(select(AuditRow.hash).where(AuditRow.seq == head.seq))
        if head.seq <= before.seq and kept == head.hash:
            return True
        if not self._said_broken:
            log.error("audit.chain_broken", sealed_to=head.seq, found_to=before.seq)
            self._said_broken = True
        return False


async def last_sealed(db: AsyncSession) -> Head:
    """The end of the chain in the database; number 0 for an empty one."""
    statement = (
        select(AuditRow.seq, AuditRow.hash).where(AuditRow.seq.is_not(None)).order_by(AuditRow.seq.desc()).limit(1)
    )
    row = (await db.execute(statement)).first()
    return Head(row[0] or 0, row[1] or "") if row is not None else Head(0, GENESIS)
