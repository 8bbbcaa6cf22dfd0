"""Brings a database to the state this code expects, once, however many processes start together.

The revisions stand in `gitu/migrations/versions/NNNN_what.py`; the number is the revision, so the newest
one is known from the files' names, and Alembic is imported only when there is something to do.
"""

import re
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from sqlalchemy.engine import make_url

import gitu
from gitu.kernel.db.errors import DatabaseNewer, DatabaseUnavailable

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy.engine import Connection

MIGRATIONS = Path(gitu.__file__).parent / "migrations"
_LOCK = 0x6769_7475  # "gitu" in ASCII: the number of the advisory lock
_LOCK_WAIT_MS = 15 * 60 * 1000
_REVISION_FILE = re.compile(r"(\d{4})_\w+\.py")


def revisions(folder: Path = MIGRATIONS) -> list[str]:
    """The revisions this code knows, oldest first."""
    names = (path.name for path in (folder / "versions").iterdir())
    return sorted(match[1] for name in names if (match := _REVISION_FILE.fullmatch(name)))


def current(url: str) -> str | None:
    """The revision a database is at; None for one that was never migrated.

    Raises DatabaseUnavailable when it can't be reached.
    """
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        with psycopg.connect(plain, connect_timeout=10, autocommit=True) as connection:
            if connection.execute("SELECT to_regclass('alembic_version')").fetchone() == (None,):
                return None
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            return str(row[0]) if row else None
    except psycopg.OperationalError as error:
        raise _unreachable(url, error) from error


def upgrade(url: str, folder: Path = MIGRATIONS) -> None:
    """Apply the revisions that the database lacks, each in a transaction of its own.

    `url` is any SQLAlchemy address of PostgreSQL. Blocking: call it before serving, or in a thread. Raises
    DatabaseNewer, DatabaseUnavailable.
    """
    known = revisions(folder)
    at = current(url)
    if at == (known[-1] if known else None):
        return
    _refuse_newer(at, known)

    from sqlalchemy import create_engine, exc, pool, text  # noqa: PLC0415 - rarely needed, and large

    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), poolclass=pool.NullPool)
    try:
        with engine.connect() as connection:
            # The lock and the migration share one connection: when this process is killed, the lock is
            # freed only after the server has rolled the half-done revision back.
            connection.execute(text(f"SET lock_timeout = {_LOCK_WAIT_MS}"))
            connection.execute(text("SELECT pg_advisory_lock(:number)"), {"number": _LOCK})
            connection.execute(text("SET lock_timeout = 0"))
            connection.commit()
            _migrate(connection, folder)
    except exc.OperationalError as error:
        raise _unreachable(url, error) from error
    finally:
        engine.dispose()


def configuration(folder: Path = MIGRATIONS) -> "Config":
    """Alembic's settings for a folder of revisions."""
    from alembic.config import Config  # noqa: PLC0415 - rarely needed, and large

    config = Config(cmd_opts=Namespace(quiet=True))
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _migrate(connection: "Connection", folder: Path) -> None:
    from alembic import command  # noqa: PLC0415 - rarely needed, and large
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415

    known = revisions(folder)
    # Another process may have migrated while this one waited for the lock.
    at = MigrationContext.configure(connection).get_current_revision()
    connection.commit()
    _refuse_newer(at, known)
    if at == known[-1]:
        return
    config = configuration(folder)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _refuse_newer(at: str | None, known: list[str]) -> None:
    if at is not None and at not in known:
        newest = known[-1] if known else "none"
        raise DatabaseNewer(
            f"The database is at revision {at}, and this version of Gitu knows revisions up to {newest}: "
            "a newer Gitu has used it. Install that version or a later one, or bring back a backup from "
            "before the update."
        )


def _unreachable(url: str, error: Exception) -> DatabaseUnavailable:
    parsed = make_url(url)
    reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    return DatabaseUnavailable(
        f"The database {parsed.database} at {parsed.host}:{parsed.port or 5432} can't be used: {reason}. "
        "Check that the server runs and that DATABASE_URL, if set, is right."
    )
