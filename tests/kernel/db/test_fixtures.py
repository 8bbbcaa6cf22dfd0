"""The databases that tests get."""

import psycopg
import pytest

from tests.support.cleaning import clean, shape_of


@pytest.mark.parametrize("_time", range(6))
def test_each_test_gets_a_database_of_its_own(database_url: str, _time: int) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("CREATE TABLE only_here (n int)")
        connection.execute("INSERT INTO only_here VALUES (1)")


@pytest.mark.parametrize("_time", range(3))
def test_one_that_was_used_before_shows_nothing_of_it(database_url: str, _time: int) -> None:
    with psycopg.connect(database_url) as connection:
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (0,)
        kept = connection.execute(
            "INSERT INTO events (type, at, data) VALUES ('testing.rang', now(), '{}') RETURNING id"
        )
        assert kept.fetchone() == (1,)


def test_rows_are_taken_away_with_what_counts_them_and_the_guards_stay(database_url: str) -> None:
    shape = shape_of(database_url)
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("INSERT INTO event_cursors (subscriber, xid, id, updated_at) VALUES ('one', '1', 1, now())")
        connection.execute("SELECT nextval('audit_id_seq')")
    assert clean(database_url, shape)
    with psycopg.connect(database_url, autocommit=True) as connection:
        assert connection.execute("SELECT count(*) FROM event_cursors").fetchone() == (0,)
        assert connection.execute("SELECT nextval('audit_id_seq')").fetchone() == (1,)
    assert shape_of(database_url) == shape


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE more (n int)",
        "CREATE SCHEMA more",
        "CREATE INDEX more ON events (type)",
        "ALTER TABLE events ADD COLUMN more int",
        "ALTER TABLE events DROP COLUMN type",
        "ALTER TABLE events ALTER COLUMN type SET DEFAULT 'more'",
        "ALTER TABLE audit DISABLE TRIGGER audit_guard_rows",
        "DROP TRIGGER audit_guard_truncate ON audit",
        "CREATE OR REPLACE FUNCTION audit_guard() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "UPDATE alembic_version SET version_num = '0001'",
    ],
)
def test_one_that_was_changed_otherwise_is_not_used_again(database_url: str, change: str) -> None:
    shape = shape_of(database_url)
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(change.encode())
    assert not clean(database_url, shape)


def test_vectors_are_ready_to_use(empty_database_url: str) -> None:
    with psycopg.connect(empty_database_url) as connection:
        assert connection.execute("SELECT '[1,2]'::vector <-> '[1,3]'::vector").fetchone() == (1.0,)
