"""The embedded server: started by whoever comes first, shared, and found again after any crash."""

import asyncio
import contextlib
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import LiteralString

import psutil
import psycopg
import pytest
from sqlalchemy.engine import make_url

from gitu.kernel.db.embedded import EmbeddedPostgres
from gitu.kernel.db.errors import DatabaseUnavailable
from gitu.kernel.storage.paths import Home
from tests.kernel.db.conftest import kill_server, server_processes
from tests.support.processes import line_of, python

pytestmark = pytest.mark.slow

MakeServer = Callable[[], EmbeddedPostgres]

# A process of Gitu: prints the server's address, and leaves the server when its input ends.
USER = """
    import sys
    from pathlib import Path
    from gitu.kernel.db.embedded import EmbeddedPostgres
    server = EmbeddedPostgres(Path(sys.argv[1]), Path(sys.argv[2]))
    print(server.start(), flush=True)
    sys.stdin.read()
    server.stop()
    print("left", flush=True)
"""


def execute(url: str, statement: LiteralString) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_a_first_start_makes_a_database_for_vectors_and_arabic_text(make_server: MakeServer) -> None:
    url = make_server().start()

    assert execute(url, "SELECT '[1,2]'::vector <-> '[1,3]'::vector") == [(1.0,)]
    assert execute(url, "SELECT to_tsvector('arabic', 'الكتب، كتب') @@ to_tsquery('arabic', 'الكتب')") == [(True,)]
    assert execute(url, "SELECT lower('ÄÉ')") == [("äé",)]


def test_it_listens_on_this_machine_only_and_asks_for_a_password(home: Home, server: EmbeddedPostgres) -> None:
    url = make_url(server.start())

    listening = [
        (connection.family, connection.laddr.ip)
        for process in server_processes(home.root)
        for connection in process.net_connections("all")
        if connection.status == psutil.CONN_LISTEN or connection.family == socket.AF_UNIX
    ]
    assert listening == [(socket.AF_INET, "127.0.0.1")]
    for intruder in (url.set(password="wrong"), url.set(username="postgres", database="postgres")):
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(intruder.render_as_string(hide_password=False))
    password = server.folder / "password"
    assert stat.S_IMODE(password.stat().st_mode) == 0o600
    assert stat.S_IMODE(server.data.stat().st_mode) == 0o700


def test_a_later_start_finds_the_same_data_at_the_same_address(make_server: MakeServer) -> None:
    first = make_server()
    url = first.start()
    execute(url, "CREATE TABLE notes AS SELECT 'kept' AS text")
    first.stop()
    assert not first.is_running()

    second = make_server()

    assert second.start() == url
    assert execute(url, "SELECT text FROM notes") == [("kept",)]
    assert not second.recovered


def test_processes_that_start_together_share_one_server(home: Home) -> None:
    with contextlib.ExitStack() as stack:
        users = [stack.enter_context(python(USER, str(home.postgres), str(home.run))) for _ in range(3)]
        assert len({line_of(user) for user in users}) == 1

        for user in users[:2]:
            user.communicate("")
        assert server_processes(home.root), "one process still uses the server"

        users[2].communicate("")
        assert not server_processes(home.root)


def test_a_server_whose_owner_was_killed_is_joined_and_stopped_by_the_next(
    home: Home, server: EmbeddedPostgres
) -> None:
    with python(USER, str(home.postgres), str(home.run)) as owner:
        url = line_of(owner)
        execute(url, "CREATE TABLE notes AS SELECT 'kept' AS text")
        before = {process.pid for process in server_processes(home.root)}
        owner.kill()
        owner.wait()

    assert server.start() == url
    assert before & {process.pid for process in server_processes(home.root)}
    assert execute(url, "SELECT text FROM notes") == [("kept",)]
    server.stop()
    assert not server_processes(home.root)


def test_no_committed_row_is_lost_when_every_server_process_is_killed(home: Home, server: EmbeddedPostgres) -> None:
    url = server.start()
    execute(url, "CREATE TABLE rows (n int)")
    committed: list[int] = []

    def write() -> None:
        with contextlib.suppress(psycopg.Error), psycopg.connect(url, autocommit=True) as connection:
            for n in range(1_000_000):
                connection.execute("INSERT INTO rows VALUES (%s)", [n])
                committed.append(n)

    writer = threading.Thread(target=write)
    writer.start()
    while len(committed) < 50:
        time.sleep(0.01)
    kill_server(home.root)
    writer.join()

    assert not server.is_running()
    assert server.start() == url, "the process that used it starts it again"
    assert server.recovered
    kept = {row[0] for row in execute(url, "SELECT n FROM rows")}
    assert set(committed) <= kept
    assert len(kept) <= len(committed) + 1, "only the row that was under way may be there unacknowledged"


def test_a_server_that_is_killed_comes_back_while_its_process_goes_on(home: Home, server: EmbeddedPostgres) -> None:
    url = server.start()
    execute(url, "CREATE TABLE notes AS SELECT 'kept' AS text")

    async def live_through_a_kill() -> None:
        watch = asyncio.create_task(server.keep_running(every=0.02))
        kill_server(home.root)
        async with asyncio.timeout(30):
            while not server.is_running():
                await asyncio.sleep(0.02)
        watch.cancel()

    asyncio.run(live_through_a_kill())
    assert execute(url, "SELECT text FROM notes") == [("kept",)]


def test_left_over_processes_of_a_killed_server_are_waited_for(home: Home, server: EmbeddedPostgres) -> None:
    url = server.start()
    with psycopg.connect(url, autocommit=True) as connection:
        busy = connection.execute("SELECT pg_backend_pid()").fetchone()
        assert busy is not None
        os.kill(int(busy[0]), signal.SIGSTOP)
        record = next(p for p in server_processes(home.root) if "-D" in p.cmdline())
        record.kill()
        threading.Timer(1.0, os.kill, (int(busy[0]), signal.SIGCONT)).start()
        started = time.monotonic()
        assert server.start() == url
        assert time.monotonic() - started > 0.9


@pytest.mark.parametrize("content", ["", "123", "{pid}", "{pid}\n/elsewhere\n1\n5432\n\n\n\nready\n"])
def test_a_stale_pid_file_never_harms_another_process(home: Home, server: EmbeddedPostgres, content: str) -> None:
    url = server.start()
    kill_server(home.root)
    with subprocess.Popen(["sleep", "600"]) as bystander:
        (server.data / "postmaster.pid").write_text(content.format(pid=bystander.pid))

        assert server.start() == url
        server.stop()

        assert bystander.poll() is None
        bystander.kill()


@pytest.mark.parametrize("content", [None, "", "1"])
def test_a_running_server_with_a_damaged_pid_file_is_restarted_cleanly(
    server: EmbeddedPostgres, make_server: MakeServer, content: str | None
) -> None:
    url = server.start()
    execute(url, "CREATE TABLE notes AS SELECT 'kept' AS text")
    pid_file = server.data / "postmaster.pid"
    pid_file.unlink() if content is None else pid_file.write_text(content)

    assert make_server().start() == url
    assert execute(url, "SELECT text FROM notes") == [("kept",)]


def test_a_first_start_that_was_killed_is_begun_anew(home: Home, make_server: MakeServer) -> None:
    with python(USER, str(home.postgres), str(home.run)) as owner:
        while not (home.postgres / "data.new" / "PG_VERSION").exists():
            assert owner.poll() is None
            time.sleep(0.005)
        owner.kill()
        owner.wait()

    assert execute(make_server().start(), "SELECT 1") == [(1,)]


def test_a_lost_password_is_replaced(server: EmbeddedPostgres) -> None:
    old = server.start()
    server.stop()
    (server.folder / "password").unlink()

    new = server.start()

    assert new != old
    assert execute(new, "SELECT 1") == [(1,)]


def test_a_data_folder_that_is_open_to_others_is_closed_again(server: EmbeddedPostgres) -> None:
    server.start()
    server.stop()
    server.data.chmod(0o777)

    server.start()

    assert stat.S_IMODE(server.data.stat().st_mode) == 0o700


def test_another_port_is_taken_when_the_usual_one_is_not_free(server: EmbeddedPostgres) -> None:
    port = make_url(server.start()).port
    server.stop()
    with socket.create_server(("127.0.0.1", port or 0)):
        url = server.start()
        assert make_url(url).port != port
        assert execute(url, "SELECT 1") == [(1,)]


def test_failed_statements_leave_no_values_in_the_log(server: EmbeddedPostgres) -> None:
    url = server.start()
    execute(url, "CREATE TABLE keys (key text PRIMARY KEY)")
    execute(url, "INSERT INTO keys VALUES ('sk-very-secret')")
    with pytest.raises(psycopg.errors.UniqueViolation):
        execute(url, "INSERT INTO keys VALUES ('sk-very-secret')")

    log = server.log_file.read_text()
    assert "ready to accept connections" in log
    assert "sk-very-secret" not in log


def test_a_folder_without_a_database_is_left_alone(home: Home, make_server: MakeServer) -> None:
    (home.postgres / "data").mkdir()
    (home.postgres / "data" / "thesis.txt").write_text("three years of work")

    with pytest.raises(DatabaseUnavailable, match="holds files but no PostgreSQL database"):
        make_server().start()

    assert (home.postgres / "data" / "thesis.txt").read_text() == "three years of work"


def test_data_of_another_major_version_is_named_with_the_way_out(server: EmbeddedPostgres) -> None:
    server.start()
    server.stop()
    (server.data / "PG_VERSION").write_text("12\n")

    with pytest.raises(DatabaseUnavailable, match=r"made by PostgreSQL 12.*pg_dump"):
        server.start()


def test_damaged_data_is_named_with_the_way_out(server: EmbeddedPostgres) -> None:
    server.start()
    server.stop()
    control = server.data / "global" / "pg_control"
    control.write_bytes(bytes(control.stat().st_size))

    with pytest.raises(DatabaseUnavailable, match=r"is damaged.*backup"):
        server.start()
    assert not server.is_running()


def test_a_file_in_place_of_a_folder_is_named(home: Home, make_server: MakeServer) -> None:
    home.postgres.rmdir()
    home.postgres.write_text("")

    with pytest.raises(DatabaseUnavailable, match="is a file where a folder is needed"):
        make_server().start()


@pytest.mark.skipif(sys.platform != "linux", reason="proportional memory is known on Linux only")
def test_an_idle_server_stays_under_30_mb(home: Home, make_server: MakeServer) -> None:
    make_server().start()

    used = sum(process.memory_full_info().pss for process in server_processes(home.root))

    assert used < 30e6
