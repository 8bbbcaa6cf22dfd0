"""Root runs Gitu: the server runs as another user, and no folder but Gitu's own is opened for it."""

import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from gitu.kernel.db.account import reachable, server_account
from gitu.kernel.db.binaries import Binaries, find_binaries
from gitu.kernel.db.embedded import EmbeddedPostgres
from gitu.kernel.storage.paths import Home
from tests.kernel.db.conftest import server_processes

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only for root"),
]


@pytest.fixture
def outside(home: Home) -> Path:
    return home.root.parent / "outside"


@pytest.fixture
def server(home: Home, outside: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(home.postgres, home.run, outside=outside)
    yield server
    server.stop()


def mode(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode)


def test_the_server_runs_as_another_user(home: Home, server: EmbeddedPostgres) -> None:
    server.start()

    account = server_account()
    assert account is not None
    assert {process.uids().effective for process in server_processes(home.root)} == {account.uid}


def test_its_group_may_pass_through_gitu_s_own_folders_and_no_more(home: Home, server: EmbeddedPostgres) -> None:
    server.start()

    account = server_account()
    assert account is not None
    assert server.data == home.postgres / "data"
    for folder in (home.root, home.postgres):
        assert mode(folder) == 0o710
        assert folder.stat().st_uid == 0
        assert folder.stat().st_gid == account.gid
    assert mode(home.run) == mode(home.logs) == 0o700
    home.create()
    assert mode(home.root) == 0o710, "making the home again does not lock the server out"


def test_below_a_closed_folder_the_data_lies_elsewhere_and_the_folder_stays_closed(
    home: Home, server: EmbeddedPostgres, outside: Path
) -> None:
    home.root.parent.chmod(0o700)  # as root's own home is
    outside_of_it = Path(f"{home.root.parent}-outside")
    server = EmbeddedPostgres(home.postgres, home.run, outside=outside_of_it)
    try:
        with psycopg.connect(server.start(), autocommit=True) as connection:
            connection.execute("CREATE TABLE notes AS SELECT 'kept' AS text")
        server.stop()

        assert mode(home.root.parent) == 0o700
        assert (home.postgres / "data").is_symlink()
        assert server.data.is_relative_to(outside_of_it)
        with psycopg.connect(server.start()) as connection:
            assert connection.execute("SELECT text FROM notes").fetchall() == [("kept",)]
    finally:
        server.stop()
        shutil.rmtree(outside_of_it)


def test_a_database_whose_home_was_closed_later_moves_out_of_it(home: Home, server: EmbeddedPostgres) -> None:
    with psycopg.connect(server.start(), autocommit=True) as connection:
        connection.execute("CREATE TABLE notes AS SELECT 'kept' AS text")
    server.stop()
    home.root.parent.chmod(0o700)
    outside_of_it = Path(f"{home.root.parent}-outside")
    server = EmbeddedPostgres(home.postgres, home.run, outside=outside_of_it)
    try:
        with psycopg.connect(server.start()) as connection:
            assert connection.execute("SELECT text FROM notes").fetchall() == [("kept",)]
        assert server.data.is_relative_to(outside_of_it)
    finally:
        server.stop()
        shutil.rmtree(outside_of_it)


def test_programs_in_a_closed_folder_are_copied_to_where_the_server_can_run_them(home: Home) -> None:
    account = server_account()
    assert account is not None
    found = find_binaries()
    top = found.bundle[0].parent.parent
    closed = home.root / "closed"
    for part in found.bundle:
        shutil.copytree(part, closed / part.relative_to(top), symlinks=True)
    hidden = Binaries(
        closed / found.bin.relative_to(top),
        found.major,
        tuple(closed / part.relative_to(top) for part in found.bundle),
    )
    closed.chmod(0o700)

    usable = reachable(hidden, account, home.root.parent)

    assert usable.bin.is_relative_to(home.root.parent)
    assert not account.closed_folders(usable.bin / "postgres")
    version = subprocess.run(
        [usable.program("postgres"), "--version"],
        user=account.uid,
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"(PostgreSQL) {found.major}" in version.stdout
    assert reachable(hidden, account, home.root.parent) == usable, "the copy is made once"
