"""One engine per process, with two ways in: a reader that needs no transaction, and a transaction."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import orjson
from sqlalchemy import Executable, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from gitu.kernel.db.asking import Askers, Fields, Question

_SERVER = {"application_name": "gitu", "jit": "off"}


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
    db: AsyncSession, asked: Question | Executable, values: Mapping[str, object] | None = None
) -> Sequence[Fields]:
    """All rows that a statement answers, run by the session's connection itself, for what is asked often.

    The session's own ``execute`` looks for objects in them first, which costs a quarter more. Objects that were added
    to the session and not flushed are not seen. A ``Question`` leaves a reader's session out of it altogether.
    """
    if isinstance(asked, Question):
        if isinstance(db, _ReaderSession):
            return await db.database.ask(asked, values)
        asked = asked.statement
    statement = asked
    return await db.run_sync(lambda session: session.connection().execute(statement, values).all())


async def plain_write(
    db: AsyncSession, statement: Executable, values: Mapping[str, object] | Sequence[Mapping[str, object]]
) -> None:
    """Run a change in the session's transaction without the detour over its objects; several rows at once too."""
    await db.run_sync(lambda session: session.connection().execute(statement, values))


def _dumps(value: object) -> str:
    return orjson.dumps(value).decode()


class _ReaderSession(AsyncSession):
    """Made whole when something of it is first used: most readers only lead ``plain_rows`` to their database."""

    def __init__(self, database: "Database", engine: AsyncEngine) -> None:
        self.database = database
        self._engine = engine

    @property
    def used(self) -> bool:
        """Whether it was made whole."""
        return "sync_session" in self.__dict__

    def __getattr__(self, name: str) -> Any:  # Any: whatever AsyncSession has
        if self.used:
            raise AttributeError(name)
        super().__init__(self._engine, expire_on_commit=False, autoflush=False)
        return getattr(self, name)


class _Reading(AbstractAsyncContextManager[AsyncSession]):
    """Gives the session's connection back at the end, for which a session of single statements waits for nothing."""

    def __init__(self, session: _ReaderSession) -> None:
        self._session = session

    async def __aenter__(self) -> AsyncSession:
        return self._session

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        session = self._session
        if not session.used:
            return
        if kind is not None:  # a statement may be under way
            await asyncio.shield(session.close())
        elif session.in_transaction():  # else there is nothing to give back
            session.sync_session.close()


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
            "connect_args": {"timeout": 10, "server_settings": _SERVER},
        }
        self._engine = create_async_engine(async_url(url), **options)
        self._askers = Askers(self.url, pool_size, pool_timeout_s, _SERVER)
        # A pool of its own: a transaction that reads beside itself never waits for other transactions to end. It is
        # smaller, since more reads at once than the machine has cores only wait in PostgreSQL instead of here.
        reading = {**options, "pool_size": pool_size, "isolation_level": "AUTOCOMMIT"}
        self._reader: AsyncEngine = create_async_engine(async_url(url), **reading)

    def reader(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session whose statements each stand alone: one round trip a query, nothing to commit."""
        return _Reading(_ReaderSession(self, self._reader))

    async def ask(self, question: Question, values: Mapping[str, object] | None = None) -> Sequence[Fields]:
        """All rows that one question answers, without a session around it, for what every call asks."""
        return await self._askers.ask(question.compiled(self._reader.dialect), values or {})

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
        await self._askers.aclose()
        await self._engine.dispose()
        await self._reader.dispose()
