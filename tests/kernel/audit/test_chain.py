"""The audit log: appended and sealed, guarded by the database, and any tampering found."""

import asyncio
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from gitu.kernel.audit import ddl
from gitu.kernel.audit.chain import GENESIS, SEALED_FIELDS, link
from gitu.kernel.audit.head import Head, read_head, write_head
from gitu.kernel.audit.recorder import AuditEntry, AuditRecorder
from gitu.kernel.audit.sealer import Sealer
from gitu.kernel.audit.verify import verify
from gitu.kernel.clock import now
from gitu.kernel.db.engine import Database
from gitu.kernel.storage.paths import Home

pytestmark = pytest.mark.anyio


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


@pytest.fixture
async def database(database_url: str, anyio_backend: str):
    database = Database(database_url)
    yield database
    await database.close()


def entry(number: int) -> AuditEntry:
    return AuditEntry(
        owner_id=None,
        actor_kind="person",
        door="cli",
        action="testing.do_it",
        outcome="ok",
        input_digest=f"{number:064x}",
        duration_ms=1.25,
        detail={"number": number, "name": "أمل"},
    )


async def fill(database: Database, home: Home, rows: int) -> None:
    recorder = AuditRecorder(database)
    for number in range(rows):
        recorder.record_later(entry(number))
    await recorder.flush()
    while await Sealer(database, home).seal_batch():
        pass


async def tamper(database: Database, *statements: str) -> None:
    """As someone would who owns the database: past the trigger."""
    async with database.transaction() as db:
        await db.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
        for statement in statements:
            await db.execute(text(statement))
        await db.execute(text("ALTER TABLE audit ENABLE TRIGGER USER"))


async def test_rows_are_numbered_and_chained_from_the_first(database: Database, home: Home) -> None:
    await fill(database, home, 5)
    async with database.reader() as db:
        rows = (await db.execute(text("SELECT * FROM audit ORDER BY seq"))).mappings().all()
    assert [row["seq"] for row in rows] == [1, 2, 3, 4, 5]
    previous = GENESIS
    for row in rows:
        assert row["hash"] == (previous := link(previous, row["seq"], dict(row)))
    assert read_head(home) == Head(5, previous)


async def test_an_untouched_log_verifies_and_tells_how_far_it_is(database: Database, home: Home) -> None:
    await fill(database, home, 7)
    recorder = AuditRecorder(database)
    await recorder.record_now(entry(8))
    progress: list[int] = []
    result = await verify(database, home, progress.append)
    assert (result.sealed, result.unsealed, result.head_known, result.broken) == (7, 1, True, None)
    assert progress == [7]


async def test_an_empty_log_verifies(database: Database, home: Home) -> None:
    result = await verify(database, home)
    assert (result.sealed, result.head_known, result.broken) == (0, False, None)


@pytest.mark.parametrize(
    ("statements", "seq", "kind"),
    [
        (["UPDATE audit SET outcome = 'denied' WHERE seq = 3"], 3, "changed"),
        (["UPDATE audit SET detail = '{}' WHERE seq = 1"], 1, "changed"),
        (["UPDATE audit SET risk = 'read' WHERE seq = 2"], 2, "changed"),
        (["DELETE FROM audit WHERE seq = 4"], 4, "missing"),
        (["DELETE FROM audit WHERE seq = 1"], 1, "missing"),
        (["DELETE FROM audit WHERE seq > 4"], 5, "cut"),
        (["DELETE FROM audit"], 1, "cut"),
        (["UPDATE audit SET seq = NULL, hash = NULL WHERE seq = 6"], 6, "cut"),
        (
            [
                "UPDATE audit SET seq = 99 WHERE seq = 2",
                "UPDATE audit SET seq = 2 WHERE seq = 3",
                "UPDATE audit SET seq = 3 WHERE seq = 99",
            ],
            2,
            "changed",
        ),
        (
            [
                "UPDATE audit SET seq = -seq WHERE seq > 2",
                "INSERT INTO audit (seq, at, actor_kind, door, action, outcome, input_digest, duration_ms,"
                " detail, hash) VALUES (3, now(), 'person', 'cli', 'x.y', 'ok', '', 1, '{}', repeat('0', 64))",
                "UPDATE audit SET seq = 1 - seq WHERE seq < 0",
            ],
            3,
            "changed",
        ),
    ],
)
async def test_tampering_is_found_where_it_happened(
    database: Database, home: Home, statements: list[str], seq: int, kind: str
) -> None:
    await fill(database, home, 6)
    await tamper(database, *statements)
    broken = (await verify(database, home)).broken
    assert broken is not None
    assert (broken.seq, broken.kind) == (seq, kind)


async def test_a_chain_written_anew_by_someone_who_knows_how_is_found(database: Database, home: Home) -> None:
    await fill(database, home, 6)
    await tamper(
        database,
        "UPDATE audit SET outcome = 'denied' WHERE seq = 4",
        "UPDATE audit SET seq = NULL, hash = NULL WHERE seq >= 4",
    )
    await Sealer(database, home).seal_batch()  # our own sealer closes the gap, but keeps the old head
    broken = (await verify(database, home)).broken
    assert broken is not None
    assert (broken.seq, broken.kind) == (6, "rewritten")


async def test_a_head_that_was_forged_is_not_believed(home: Home) -> None:
    write_head(home, Head(3, "a" * 64))
    file = home.root / "audit-head.json"
    file.write_text(file.read_text().replace('"seq":3', '"seq":2'))
    assert read_head(home) is None
    file.write_text("{")
    assert read_head(home) is None


async def test_the_database_refuses_to_change_or_delete_audit_rows(database: Database, home: Home) -> None:
    await fill(database, home, 2)
    for statement in (
        "UPDATE audit SET outcome = 'ok'",
        "UPDATE audit SET seq = NULL, hash = NULL",
        "DELETE FROM audit",
        "TRUNCATE audit",
        "INSERT INTO audit (seq, at, actor_kind, door, action, outcome, input_digest, duration_ms, detail, hash)"
        " VALUES (9, now(), 'person', 'cli', 'x.y', 'ok', '', 1, '{}', 'x')",
    ):
        with pytest.raises(DBAPIError, match="audit rows are"):
            async with database.transaction() as db:
                await db.execute(text(statement))


async def test_sealers_of_many_processes_make_one_chain(database: Database, home: Home) -> None:
    recorder = AuditRecorder(database)
    for number in range(300):
        recorder.record_later(entry(number))
    await recorder.flush()
    sealed = await asyncio.gather(*(Sealer(database, home).seal_batch() for _ in range(8)))
    assert sum(sealed) == 300
    assert (await verify(database, home)).broken is None


_VALUES = st.fixed_dictionaries(
    {
        "id": st.integers(1, 2**62),
        "at": st.just(now()),
        "owner_id": st.none() | st.uuids(),
        "actor_kind": st.sampled_from(["person", "agent"]),
        "door": st.text(max_size=8),
        "action": st.text(max_size=8),
        "outcome": st.sampled_from(["ok", "denied"]),
        "error_code": st.none() | st.text(max_size=8),
        "input_digest": st.text(max_size=8),
        "duration_ms": st.floats(0, 1e6),
        "cost": st.none() | st.decimals(0, 100, places=10),
        "request_id": st.none() | st.text(max_size=8),
        "detail": st.dictionaries(st.text(max_size=4), st.text(max_size=4), max_size=2),
        "risk": st.none() | st.sampled_from(["read", "write"]),
    }
)


@settings(max_examples=100)
@given(st.lists(_VALUES, min_size=1, max_size=6), st.data())
def test_any_change_of_any_field_breaks_the_chain(rows: list[dict[str, object]], data: st.DataObject) -> None:
    def hashes(of: list[dict[str, object]]) -> list[str]:
        previous = GENESIS
        found: list[str] = []
        for seq, row in enumerate(of, start=1):
            found.append(previous := link(previous, seq, row))
        return found

    before = hashes(rows)
    at = data.draw(st.integers(0, len(rows) - 1))
    name = data.draw(st.sampled_from(SEALED_FIELDS))
    other = data.draw(_VALUES)[name]
    changed = [*rows[:at], {**rows[at], name: other}, *rows[at + 1 :]]
    after = hashes(changed)
    assert before[:at] == after[:at]
    if other == rows[at][name]:
        assert before == after
    else:
        assert all(old != new for old, new in zip(before[at:], after[at:], strict=True))
    swapped = rows[:]
    random.Random(at).shuffle(swapped)
    if swapped != rows:
        assert hashes(swapped)[-1] != before[-1]


def test_a_row_sealed_before_the_risk_was_kept_has_the_hash_it_had() -> None:
    row = {
        "id": 7,
        "at": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        "owner_id": None,
        "actor_kind": "person",
        "door": "cli",
        "action": "testing.do_it",
        "outcome": "ok",
        "error_code": None,
        "input_digest": "00000000",
        "duration_ms": 1.25,
        "cost": None,
        "request_id": None,
        "detail": {"name": "أمل"},
        "risk": None,
    }
    assert link(GENESIS, 1, row) == "9e3fa6bb0fd78d31038faedac77121c0059a1c7b996a382d055bed40bd49e3ec"
    assert link(GENESIS, 1, {**row, "risk": "read"}) != link(GENESIS, 1, {**row, "risk": "write"})


async def test_the_guard_can_be_taken_off_for_going_back(database: Database) -> None:
    async with database.transaction() as db:
        for statement in ddl.UNGUARD.strip().split(";\n"):
            await db.execute(text(statement))
        await db.execute(text("DELETE FROM audit"))
