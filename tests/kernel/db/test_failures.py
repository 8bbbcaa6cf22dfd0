"""What PostgreSQL and the system say, as one sentence with the way out; and a disk that is really full."""

import contextlib
import errno
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from gitu.kernel.db.embedded import EmbeddedPostgres
from gitu.kernel.db.errors import DatabaseUnavailable
from gitu.kernel.db.failures import explain, explain_os_error
from gitu.kernel.storage.paths import Home

DATA = Path("/srv/gitu/postgres/data")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ('PANIC:  could not write to file "pg_wal/xlogtemp.1": No space left on device', "disk is full"),
        ("FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use", "still ending"),
        ("PANIC:  could not locate a valid checkpoint record at 0/1", "is damaged"),
        ("DETAIL:  The data directory was initialized by PostgreSQL version 16", "another version"),
        ('FATAL:  data directory "/x" has wrong ownership', "Give the folder"),
        ("FATAL:  could not map anonymous shared memory: Cannot allocate memory", "not enough memory"),
        ("pg_ctl: server did not start in time", "still recovering"),
    ],
)
def test_postgresql_s_words_become_one_sentence(said: str, sentence: str) -> None:
    assert sentence in explain(said, DATA)


def test_unknown_words_are_passed_on_with_the_log_s_place() -> None:
    said = explain("FATAL:  the moon is in the wrong house", DATA)

    assert str(DATA / "postgresql.log") in said
    assert "the moon is in the wrong house" in said


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "can't be written"), (errno.EIO, "can't be used")],
)
def test_the_system_s_errors_become_one_sentence(number: int, sentence: str) -> None:
    assert sentence in explain_os_error(OSError(number, os.strerror(number), str(DATA)), DATA)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root may mount a small disk")
def test_on_a_full_disk_nothing_committed_is_lost_and_the_sentence_says_so(home: Home) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=90m,mode=711", "tmpfs", home.root], check=True)
    try:
        server = EmbeddedPostgres(home.postgres, home.run)
        url = server.start()
        filler = home.root / "filler"
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE TABLE notes AS SELECT 'kept' AS text")
        server.stop()
        fill(filler)

        with pytest.raises(DatabaseUnavailable, match="disk is full"):
            server.start()

        filler.unlink()
        with psycopg.connect(server.start()) as connection:
            assert connection.execute("SELECT text FROM notes").fetchall() == [("kept",)]
        server.stop()
    finally:
        subprocess.run(["umount", "--lazy", home.root], check=True)


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))
