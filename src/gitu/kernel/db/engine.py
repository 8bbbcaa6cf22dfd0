"""One engine per process, with two ways in: a reader that needs no transaction, and a transaction."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import orjson
from sqlalchemy import Executable, Row, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.util import greenlet_spawn

_DATABASE = "database"  # in the info of a reader's session: whose it is


def async_url(url: str) -> str:
    """The same database through asyncpg, whatever driver the given URL names (postgres:// too)."""
    if url.startswith("postgres://"):
        url = url.replace("postgres://", "postgresql://", 1)
    return make_url(url).set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)


def plain_url(url: str) -> str:
    """The same database as a libpq URL (``postgresql://``), for asyncpg itself and for psycopg."""
    if url.startswith("postgres://"):
        url = url.replace("postgres://", "postgresql://", 1)
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


async def plain_rows(
    db: AsyncSession, statement: Executable, values: Mapping[str, object] | None = None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """All rows that a statement answers, run by the session's connection itself, for what is asked often.

    The session's own ``execute`` looks for objects in them first, which costs a quarter more. Objects that were added
    to the session and not flushed are not seen. A reader's session is left out of it altogether.
    """
    database: Database | None = db.info.get(_DATABASE)
    if database is not None:
        return await database.ask(statement, values)
    return await db.run_sync(lambda session: session.connection().execute(statement, values).all())


async def plain_write(
    db: AsyncSession, statement: Executable, values: Mapping[str, object] | Sequence[Mapping[str, object]]
) -> None:
    """Run a change in the session's transaction without the detour over its objects; several rows at once too."""
    await db.run_sync(lambda session: session.connection().execute(statement, values))


def _dumps(value: object) -> str:
    return orjson.dumps(value).decode()


class _Reading(AbstractAsyncContextManager[AsyncSession]):
    """Gives the session's connection back at the end, for which a session of single statements waits for nothing."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def __aenter__(self) -> AsyncSession:
        return self._session

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            if self._session.in_transaction():  # else it was not used, and there is nothing to give back
                self._session.sync_session.close()
        else:  # a statement may be under way
            await asyncio.shield(self._session.close())


class Database:
    """PostgreSQL as the repositories see it. Connections are made on first use and kept in a pool."""

    def __init__(self, url: str, *, pool_size: int = 10, pool_timeout_s: float = 10.0) -> None:
        self.url = plain_url(url)
        options: dict[str, Any] = {  # whatever SQLAlchemy's engine takes
            # One size, no overflow: under load connections beyond it would be opened and closed by the hundred.
            "pool_size": 2 * pool_size,
            "max_overflow": 0,
            "pool_use_lifo": True,
            "pool_timeout": pool_timeout_s,
            "pool_recycle": 1800,
            "json_serializer": _dumps,
            "json_deserializer": orjson.loads,
            "connect_args": {"timeout": 10, "server_settings": {"application_name": "gitu", "jit": "off"}},
        }
        self._engine = create_async_engine(async_url(url), **options)
        # A pool of its own: a transaction that reads beside itself never waits for other transactions to end. It is
        # smaller, since more reads at once than the machine has cores only wait in PostgreSQL instead of here.
        reading = {**options, "pool_size": pool_size, "isolation_level": "AUTOCOMMIT"}
        self._reader: AsyncEngine = create_async_engine(async_url(url), **reading)

    def reader(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session whose statements each stand alone: one round trip a query, nothing to commit."""
        return _Reading(AsyncSession(self._reader, expire_on_commit=False, autoflush=False, info={_DATABASE: self}))

    async def ask(
        self, statement: Executable, values: Mapping[str, object] | None = None
    ) -> Sequence[Row[*tuple[Any, ...]]]:
        """All rows that one question answers, without a session around it, for what every call asks."""
        return await greenlet_spawn(self._ask, statement, values)

    def _ask(self, statement: Executable, values: Mapping[str, object] | None) -> Sequence[Row[*tuple[Any, ...]]]:
        with self._reader.sync_engine.connect() as connection:
            return connection.execute(statement, values).all()

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncSession]:
        """A session in one transaction: committed when the block ends, rolled back when it raises."""
        session = AsyncSession(self._engine, expire_on_commit=False)
        try:
            async with session.begin():
                yield session
        except BaseException:
            await asyncio.shield(session.close())
            raise
        # The commit gave its connection back: there is nothing to wait for, and so no need of a task that does.
        session.sync_session.close()

    async def ping(self) -> None:
        """One round trip. Raises what the driver raises when the database can't be reached."""
        async with self._reader.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Close every pooled connection."""
        await self._engine.dispose()
        await self._reader.dispose()
