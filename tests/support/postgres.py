"""PostgreSQL for tests: one server for the whole run, and a fresh database for each test that asks.

    def test_something(database_url: str) -> None: ...        # migrated, empty of rows
    def test_migrations(empty_database_url: str) -> None: ... # no tables at all

The addresses read `postgresql://gitu:…@127.0.0.1:PORT/NAME`. All workers of pytest-xdist share the server;
the last one stops it. A template is migrated once and copied; a database whose test left only rows is cleaned and
used again.
"""

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import make_url

from gitu.kernel.db import migrate
from gitu.kernel.db.embedded import EmbeddedPostgres
from gitu.kernel.storage.locks import FileLock
from tests.support.cleaning import clean, shape_of

# Tests throw their data away: nothing needs to survive a power cut.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "300",
}
_PREFIX = f"gitu-tests-{os.environ.get('USER', 'user')}-"
_TEMPLATE = "gitu_test_template"
_MOST_CLEAN = 4


@dataclass(frozen=True)
class TestServer:
    """The run's PostgreSQL server; `url` is the address of its maintenance database, `data` its files."""

    __test__ = False

    url: str
    data: Path
    _clean: list[str] = field(default_factory=list[str])
    _shapes: list[str] = field(default_factory=list[str])

    def lend(self) -> str:
        """A database with all tables and no rows, for one test; give it to `take_back`."""
        if self._clean:
            return self._clean.pop()
        url = self.create_database()
        if not self._shapes:
            self._shapes.append(shape_of(url))
        return url

    def take_back(self, url: str) -> None:
        """Keep a lent database for another test if it can be cleaned, else drop it."""
        if len(self._clean) < _MOST_CLEAN and clean(url, self._shapes[0]):
            self._clean.append(url)
        else:
            self.drop_database(url)

    def create_database(self, template: str = _TEMPLATE) -> str:
        """Make a database and return its address."""
        name = f"test_{secrets.token_hex(8)}"
        self._execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        return self.address(name)

    def drop_database(self, url: str) -> None:
        """Remove a database, cutting whatever connections a test left open."""
        name = make_url(url).database or ""
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def has_database(self, name: str) -> bool:
        """Whether a database of that name exists."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            return found is not None

    def address(self, name: str) -> str:
        """The address of a database of this server."""
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def make_template(self) -> None:
        """Migrate the database that tests' databases are copied from."""
        if self.has_database(_TEMPLATE):
            return
        new = self.create_database("template1")
        migrate.upgrade(new)
        self._execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(make_url(new).database or ""), sql.Identifier(_TEMPLATE)
            )
        )

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


def open_folder(prefix: str = _PREFIX) -> Path:
    """A new temporary folder that the database server's user can reach, even when root runs the tests."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    folder.chmod(0o711)
    return folder


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[TestServer]:
    """The run's server, started by whoever comes first."""
    folder = _run_folder()
    _remove_abandoned(folder)
    server = EmbeddedPostgres(folder / "postgres", folder / "run", settings=FAST)
    test_server = TestServer(server.start(), server.data)
    with FileLock(folder / "template.lock").holding(timeout=120):
        test_server.make_template()
    yield test_server
    server.stop()
    if not server.is_running():
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database_url(postgres_server: TestServer) -> Iterator[str]:
    """The address of a database of this test's own, with all tables and no rows."""
    url = postgres_server.lend()
    yield url
    postgres_server.take_back(url)


@pytest.fixture
def empty_database_url(postgres_server: TestServer) -> Iterator[str]:
    """The address of a database of this test's own, with no tables."""
    url = postgres_server.create_database("template1")
    yield url
    postgres_server.drop_database(url)


def _run_folder() -> Path:
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if run is None:
        return open_folder()
    folder = Path(tempfile.gettempdir()) / f"{_PREFIX}{run}"
    folder.mkdir(mode=0o711, exist_ok=True)
    folder.chmod(0o711)
    return folder


def _remove_abandoned(own: Path) -> None:
    """Stop the servers of test runs that were killed; a living run holds its users' lock."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        users = folder / "run" / "postgres.users"
        if folder == own or not users.exists() or FileLock(users).is_busy():
            continue
        with contextlib.suppress(Exception):  # another run may be clearing the same folder
            server = EmbeddedPostgres(folder / "postgres", folder / "run", settings=FAST)
            if server.is_running():
                server.start()
                server.stop()
            shutil.rmtree(folder, ignore_errors=True)
