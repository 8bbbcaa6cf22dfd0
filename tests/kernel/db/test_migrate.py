"""Migrations: once, whole or not at all, and never behind the code's back."""

import contextlib
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Integer, MetaData, Table, Text
from sqlalchemy.exc import ProgrammingError

from gitu.kernel.db import migrate
from gitu.kernel.db.errors import DatabaseNewer, DatabaseUnavailable
from gitu.migrations.maintain import check, make_revision
from tests.support.processes import line_of, python

AddRevision = Callable[[int, str], None]

MIGRATE = """
    import sys
    from pathlib import Path
    from gitu.kernel.db.migrate import upgrade
    print("started", flush=True)
    upgrade(sys.argv[1], Path(sys.argv[2]))
    print("done", flush=True)
"""

REVISION = '''
"""Revision {number}."""

from alembic import op

revision = "{number:04d}"
down_revision = {previous!r}


def upgrade() -> None:
    op.execute("""{statements}""")
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Migrations of this test's own, with none so far."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for name in ("env.py", "script.py.mako"):
        shutil.copy(migrate.MIGRATIONS / name, folder)
    return folder


@pytest.fixture
def add_revision(folder: Path) -> AddRevision:
    """Writes (or replaces) a revision that runs SQL."""

    def add(number: int, statements: str) -> None:
        previous = f"{number - 1:04d}" if number > 1 else None
        text = REVISION.format(number=number, previous=previous, statements=statements)
        (folder / "versions" / f"{number:04d}_step.py").write_text(text)

    return add


def tables(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {str(row[0]) for row in rows} - {"alembic_version"}


def test_a_new_database_gets_every_revision_in_order(
    empty_database_url: str, folder: Path, add_revision: AddRevision
) -> None:
    add_revision(1, "CREATE TABLE first ()")
    add_revision(2, "ALTER TABLE first RENAME TO second")

    assert migrate.current(empty_database_url) is None
    migrate.upgrade(empty_database_url, folder)

    assert migrate.current(empty_database_url) == "0002"
    assert tables(empty_database_url) == {"second"}


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+asyncpg", "postgresql+psycopg"])
def test_the_address_may_name_any_driver(
    empty_database_url: str, folder: Path, add_revision: AddRevision, scheme: str
) -> None:
    add_revision(1, "CREATE TABLE first ()")

    migrate.upgrade(empty_database_url.replace("postgresql", scheme, 1), folder)

    assert tables(empty_database_url) == {"first"}


def test_a_database_that_is_up_to_date_costs_no_alembic(
    empty_database_url: str, folder: Path, add_revision: AddRevision
) -> None:
    add_revision(1, "CREATE TABLE first ()")
    migrate.upgrade(empty_database_url, folder)
    code = MIGRATE + "\n    assert 'alembic' not in sys.modules, 'alembic was imported'"

    with python(code, empty_database_url, str(folder)) as process:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors


def test_processes_that_start_together_migrate_once(
    empty_database_url: str, folder: Path, add_revision: AddRevision
) -> None:
    add_revision(1, "CREATE TABLE runs (n int)")
    add_revision(2, "SELECT pg_sleep(0.5); INSERT INTO runs VALUES (1)")

    with contextlib.ExitStack() as stack:
        processes = [stack.enter_context(python(MIGRATE, empty_database_url, str(folder))) for _ in range(3)]
        for process in processes:
            assert "done" in process.communicate(timeout=60)[0]

    with psycopg.connect(empty_database_url) as connection:
        assert connection.execute("SELECT count(*) FROM runs").fetchone() == (1,)


def test_a_migration_that_is_killed_leaves_the_state_before_it(
    empty_database_url: str, folder: Path, add_revision: AddRevision
) -> None:
    add_revision(1, "CREATE TABLE first ()")
    add_revision(2, "CREATE TABLE half (); SELECT pg_sleep(300)")
    with python(MIGRATE, empty_database_url, str(folder)) as process:
        line_of(process)
        wait_for_statement(empty_database_url, "pg_sleep")
        process.kill()
        process.wait()

    assert migrate.current(empty_database_url) == "0001"
    assert tables(empty_database_url) == {"first"}

    add_revision(2, "CREATE TABLE half (); CREATE TABLE whole ()")
    migrate.upgrade(empty_database_url, folder)  # waits until the server has dropped the killed one
    assert tables(empty_database_url) == {"first", "half", "whole"}


def test_a_revision_that_fails_keeps_those_before_it_and_nothing_of_itself(
    empty_database_url: str, folder: Path, add_revision: AddRevision
) -> None:
    add_revision(1, "CREATE TABLE first ()")
    add_revision(2, "CREATE TABLE half (); SELECT * FROM nowhere")

    with pytest.raises(ProgrammingError, match="nowhere"):
        migrate.upgrade(empty_database_url, folder)

    assert migrate.current(empty_database_url) == "0001"
    assert tables(empty_database_url) == {"first"}


def test_a_database_of_a_newer_version_is_refused(
    empty_database_url: str, folder: Path, add_revision: AddRevision
) -> None:
    add_revision(1, "CREATE TABLE first ()")
    add_revision(2, "CREATE TABLE second ()")
    migrate.upgrade(empty_database_url, folder)
    (folder / "versions" / "0002_step.py").unlink()

    with pytest.raises(DatabaseNewer, match=r"at revision 0002.*up to 0001.*newer Gitu"):
        migrate.upgrade(empty_database_url, folder)


def test_a_database_that_can_t_be_reached_is_named_without_its_password() -> None:
    with pytest.raises(DatabaseUnavailable, match=r"gitu at 127\.0\.0\.1:1 can't be used.*DATABASE_URL") as caught:
        migrate.upgrade("postgresql://gitu:sk-very-secret@127.0.0.1:1/gitu")

    assert "sk-very-secret" not in str(caught.value)


def test_the_files_names_tell_what_alembic_reads_in_them() -> None:
    script = ScriptDirectory.from_config(migrate.configuration())

    assert [revision.revision for revision in script.walk_revisions()] == migrate.revisions()[::-1]
    assert script.get_heads() == migrate.revisions()[-1:]


def test_a_new_revision_is_written_from_the_tables(empty_database_url: str, folder: Path) -> None:
    metadata = MetaData()
    Table("notes", metadata, Column("id", Integer, primary_key=True), Column("text", Text, nullable=False))
    assert "notes" in check(empty_database_url, metadata, folder)[0]

    written = make_revision(empty_database_url, "Add notes", metadata, folder)

    assert written.name == "0001_add_notes.py"
    assert check(empty_database_url, metadata, folder) == []
    metadata.tables["notes"].append_column(Column("title", Text))
    assert make_revision(empty_database_url, "Give notes a title", metadata, folder).name.startswith("0002_")
    assert check(empty_database_url, metadata, folder) == []


def test_the_command_says_how_it_is_used() -> None:
    with python("import runpy; runpy.run_module('gitu.migrations', run_name='__main__')") as process:
        assert "check | new" in process.communicate(timeout=60)[1]
        assert process.returncode == 2


def wait_for_statement(url: str, part: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for _ in range(1000):
            found = connection.execute(
                "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE %s"
                " AND pid <> pg_backend_pid()",
                [f"%{part}%"],
            ).fetchone()
            if found:
                return
            time.sleep(0.01)
    raise AssertionError(f"no statement with {part} runs")
