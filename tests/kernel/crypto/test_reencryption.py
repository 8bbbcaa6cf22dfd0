"""Rotation of the master key: every registered secret follows, beside writers, and after any kill."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import anyio
import pytest
from sqlalchemy import (
    Column,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    String,
    Table,
    insert,
    select,
    update,
)

from gitu.kernel import clock
from gitu.kernel.crypto import Keyring, column_context, columns, reencrypt_all, register_encrypted_column
from gitu.kernel.db.engine import Database

pytestmark = pytest.mark.anyio

vault = Table(
    "vault_secrets",
    MetaData(),
    Column("owner", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("secret", LargeBinary),
    Column("note", String),
)


@pytest.fixture(autouse=True)
def _only_the_vault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gitu.kernel.crypto.columns._columns", {})
    register_encrypted_column(vault, "secret")


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring.open_file(tmp_path / "keys.json")


@pytest.fixture
async def database(empty_database_url: str) -> AsyncIterator[Database]:
    database = Database(empty_database_url)
    async with database.transaction() as transaction:
        connection = await transaction.connection()
        await connection.run_sync(vault.metadata.create_all)
    yield database
    await database.close()


async def put(database: Database, keyring: Keyring, count: int, owner: str = "mina") -> None:
    rows = [
        {
            "owner": owner,
            "number": number,
            "secret": keyring.encrypt(f"{owner}{number}".encode(), context=context(owner, number)),
        }
        for number in range(count)
    ]
    async with database.transaction() as transaction:
        await transaction.execute(insert(vault), rows)


def context(owner: str, number: int) -> str:
    return column_context("vault_secrets.secret", owner, number)


async def rows(database: Database) -> list[Row[tuple[str, int, bytes, str]]]:
    async with database.reader() as reader:
        return list((await reader.execute(select(vault).order_by(*vault.primary_key))).all())


async def assert_all_readable(database: Database, keyring: Keyring) -> None:
    for row in await rows(database):
        assert not keyring.needs_reencryption(row.secret)
        assert keyring.decrypt(row.secret, context=context(row.owner, row.number)).startswith(row.owner.encode())


async def test_every_secret_follows_to_the_new_key(database: Database, keyring: Keyring) -> None:
    await put(database, keyring, 25)
    await put(database, keyring, 25, owner="noor")
    keyring.rotate()
    done = await reencrypt_all(database, keyring, batch=7)
    assert (done.rewritten, done.complete, done.unreadable) == (50, True, [])
    await assert_all_readable(database, keyring)


async def test_a_second_walk_has_nothing_to_do(database: Database, keyring: Keyring) -> None:
    await put(database, keyring, 5)
    keyring.rotate()
    await reencrypt_all(database, keyring)
    before = await rows(database)
    assert (await reencrypt_all(database, keyring)).rewritten == 0
    assert await rows(database) == before


async def test_an_empty_column_is_left_empty(database: Database, keyring: Keyring) -> None:
    async with database.transaction() as transaction:
        await transaction.execute(insert(vault).values(owner="mina", number=1, secret=None))
    keyring.rotate()
    assert (await reencrypt_all(database, keyring)).complete
    assert (await rows(database))[0].secret is None


async def test_the_old_key_is_deleted_by_a_clean_walk_after_the_grace(database: Database, keyring: Keyring) -> None:
    await put(database, keyring, 3)
    old = keyring.primary_id
    keyring.rotate()
    assert (await reencrypt_all(database, keyring)).dropped_keys == []
    with clock.travel(timedelta(hours=2)):
        assert (await reencrypt_all(database, keyring)).dropped_keys == [old]
    await assert_all_readable(database, keyring)


async def test_a_blob_written_late_under_the_old_key_is_still_found(database: Database, keyring: Keyring) -> None:
    late = keyring.encrypt(b"mina0", context=context("mina", 0))
    keyring.rotate()
    await reencrypt_all(database, keyring)
    async with database.transaction() as transaction:
        await transaction.execute(insert(vault).values(owner="mina", number=0, secret=late))
    with clock.travel(timedelta(hours=2)):
        assert (await reencrypt_all(database, keyring)).rewritten == 1
    await assert_all_readable(database, keyring)


async def test_a_damaged_secret_is_reported_and_keeps_its_key(database: Database, keyring: Keyring) -> None:
    await put(database, keyring, 3)
    async with database.transaction() as transaction:
        await transaction.execute(
            update(vault).where(vault.c.number == 1).values(secret=keyring.encrypt(b"x", context="elsewhere"))
        )
        await transaction.execute(insert(vault).values(owner="noise", number=1, secret=b"not a blob"))
    old = keyring.primary_id
    keyring.rotate()
    with clock.travel(timedelta(hours=2)):
        await reencrypt_all(database, keyring)
    with clock.travel(timedelta(hours=4)):
        done = await reencrypt_all(database, keyring)
    assert done.unreadable == ["vault_secrets.secret:mina:1", "vault_secrets.secret:noise:1"]
    assert done.complete
    assert old in keyring.key_ids


async def test_a_concurrent_writer_never_loses_its_secret(database: Database, keyring: Keyring) -> None:
    await put(database, keyring, 40)
    keyring.rotate()

    async def write() -> None:
        for number in range(0, 40, 2):
            blob = keyring.encrypt(f"mina-new{number}".encode(), context=context("mina", number))
            async with database.transaction() as transaction:
                await transaction.execute(update(vault).where(vault.c.number == number).values(secret=blob))

    async with anyio.create_task_group() as group:
        group.start_soon(write)
        group.start_soon(lambda: reencrypt_all(database, keyring, batch=5))
    await assert_all_readable(database, keyring)
    for row in await rows(database):
        expected = f"mina-new{row.number}" if row.number % 2 == 0 else f"mina{row.number}"
        assert keyring.decrypt(row.secret, context=context("mina", row.number)).decode() == expected


async def test_readers_and_writers_need_no_pause_however_often_keys_change(
    database: Database, keyring: Keyring
) -> None:
    await put(database, keyring, 10)
    for _ in range(3):
        keyring.rotate()
        await assert_some_readable(database, keyring)
        await reencrypt_all(database, keyring, batch=3)
    await assert_all_readable(database, keyring)


async def assert_some_readable(database: Database, keyring: Keyring) -> None:
    for row in await rows(database):
        assert keyring.decrypt(row.secret, context=context(row.owner, row.number))


KILLED_WALK = textwrap.dedent(
    """
    import asyncio, pathlib, sys
    from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table
    from gitu.kernel.crypto import Keyring, reencrypt_all, register_encrypted_column
    from gitu.kernel.db.engine import Database

    url, keys = sys.argv[1:]
    register_encrypted_column(
        Table("vault_secrets", MetaData(), Column("owner", String, primary_key=True),
              Column("number", Integer, primary_key=True), Column("secret", LargeBinary)), "secret")
    print("walking", flush=True)
    asyncio.run(reencrypt_all(Database(url), Keyring.open_file(pathlib.Path(keys)), batch=1))
    print("done", flush=True)
    """
)


async def test_a_walk_killed_in_the_middle_goes_on_where_it_was(
    database: Database, keyring: Keyring, tmp_path: Path
) -> None:
    await put(database, keyring, 1000)
    keyring.rotate()
    with subprocess.Popen(
        [sys.executable, "-c", KILLED_WALK, database.url, str(tmp_path / "keys.json")],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": "src"},
    ) as walk:
        assert walk.stdout is not None
        assert walk.stdout.readline() == b"walking\n"
        while True:
            done = sum(not keyring.needs_reencryption(row.secret) for row in await rows(database))
            if done:
                break
            await anyio.sleep(0.01)
        walk.send_signal(signal.SIGKILL)
    assert await stale(database, keyring) > 0
    assert (await reencrypt_all(database, keyring)).complete
    await assert_all_readable(database, keyring)
    assert len(await rows(database)) == 1000


async def stale(database: Database, keyring: Keyring) -> int:
    return sum(keyring.needs_reencryption(row.secret) for row in await rows(database))


async def test_a_context_may_be_a_function_of_the_row(database: Database, keyring: Keyring) -> None:
    declared = register_encrypted_column(vault, "secret", lambda row: f"secret of {row['owner']}")
    assert declared.name == "vault_secrets.secret"
    blob = keyring.encrypt(b"x", context="secret of mina")
    async with database.transaction() as transaction:
        await transaction.execute(insert(vault).values(owner="mina", number=1, secret=blob))
    keyring.rotate()
    assert (await reencrypt_all(database, keyring)).rewritten == 1
    assert keyring.decrypt((await rows(database))[0].secret, context="secret of mina") == b"x"


async def test_a_walk_that_never_catches_up_says_so(database: Database, keyring: Keyring) -> None:

    def rotating(row: object) -> str:
        keyring.rotate()
        return "always"

    register_encrypted_column(vault, "secret", rotating)
    blob = keyring.encrypt(b"x", context="always")
    async with database.transaction() as transaction:
        await transaction.execute(insert(vault).values(owner="mina", number=1, secret=blob))
        await transaction.execute(insert(vault).values(owner="mina", number=2, secret=blob))
    keyring.rotate()
    done = await reencrypt_all(database, keyring)
    assert not done.complete
    assert done.dropped_keys == []


async def test_of_many_damaged_secrets_a_hundred_are_named(database: Database, keyring: Keyring) -> None:
    async with database.transaction() as transaction:
        noise = [{"owner": "noise", "number": number, "secret": b"not a blob"} for number in range(150)]
        await transaction.execute(insert(vault), noise)
    assert len((await reencrypt_all(database, keyring)).unreadable) == 100


def test_a_column_that_cannot_hold_blobs_is_refused() -> None:
    with pytest.raises(ValueError, match=r"vault_secrets\.note is not a LargeBinary column"):
        register_encrypted_column(vault, "note")
    with pytest.raises(ValueError, match="is not a LargeBinary column"):
        register_encrypted_column(vault, "nowhere")
    with pytest.raises(ValueError, match="no primary key"):
        register_encrypted_column(Table("loose", MetaData(), Column("secret", LargeBinary)), "secret")


def test_declaring_a_column_again_is_fine_but_not_by_another_table() -> None:
    register_encrypted_column(vault, "secret", "vault_secrets.secret:")
    assert [column.name for column in columns.registered_columns()] == ["vault_secrets.secret"]
    other = Table("vault_secrets", MetaData(), Column("id", Integer, primary_key=True), Column("secret", LargeBinary))
    with pytest.raises(ValueError, match="two tables"):
        register_encrypted_column(other, "secret")
