"""Walks the chain of audit rows and finds the first place where it was tampered with."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from gitu.kernel.audit.chain import GENESIS, SEALED_FIELDS, link
from gitu.kernel.audit.head import Head, read_head
from gitu.kernel.audit.tables import AuditRow
from gitu.kernel.db.engine import Database
from gitu.kernel.storage.paths import Home

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Broken:
    """The first broken link: ``kind`` is missing, changed, rewritten or cut; ``seq`` the number it is at."""

    seq: int
    kind: str
    message: str
    row_id: int | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """What the walk found. Without ``head_known``, a tail that was cut off can't be noticed."""

    sealed: int
    unsealed: int
    head_known: bool
    broken: Broken | None


async def verify(
    database: Database, home: Home, on_progress: Callable[[int], None] = lambda _rows: None
) -> Verification:
    """Check every sealed row, in batches; ``on_progress`` hears how many are checked so far."""
    # The head first: rows sealed while the walk goes on lie behind it.
    head = await asyncio.to_thread(read_head, home)
    checked, previous, broken = 0, GENESIS, None
    while broken is None:
        rows = await _rows_after(database, checked)
        for row in rows:
            broken = _problem(row, checked + 1, previous, head)
            if broken is not None:
                break
            checked, previous = checked + 1, str(row["hash"])
        on_progress(checked)
        if len(rows) < BATCH:
            break
    if broken is None and head is not None and head.seq > checked:
        text = f"The audit log ends at number {checked}, but {head.seq} rows were sealed: its end was cut off."
        broken = Broken(checked + 1, "cut", text)
    async with database.reader() as db:
        unsealed = await db.scalar(select(func.count()).select_from(AuditRow).where(AuditRow.seq.is_(None)))
    return Verification(checked, unsealed or 0, head is not None, broken)


async def _rows_after(database: Database, seq: int) -> list[dict[str, Any]]:  # Any: a row's columns
    columns = [getattr(AuditRow, name) for name in (*SEALED_FIELDS, "seq", "hash")]
    async with database.reader() as db:
        found = await db.execute(select(*columns).where(AuditRow.seq > seq).order_by(AuditRow.seq).limit(BATCH))
        return [dict(row) for row in found.mappings()]


def _problem(row: dict[str, Any], expected: int, previous: str, head: Head | None) -> Broken | None:
    seq, row_id = int(row["seq"]), int(row["id"])
    if seq != expected:
        text = f"Number {expected} is missing: the next row has number {seq}. Rows were deleted or renumbered."
        return Broken(expected, "missing", text, row_id)
    if row["hash"] != link(previous, seq, row):
        text = f"Row {row_id} (number {seq}) is not what was sealed: it was edited, moved or put in."
        return Broken(seq, "changed", text, row_id)
    if head is not None and head.seq == seq and head.hash != row["hash"]:
        text = f"The chain up to number {seq} is another one than was sealed: it was written anew."
        return Broken(seq, "rewritten", text, row_id)
    return None
