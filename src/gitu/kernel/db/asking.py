"""Questions that are asked again and again, on their own connections: compiled once, and nothing around them.

SQLAlchemy's engine, result and pool cost such a question more than the driver and the database together.
"""

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import asyncpg
import orjson
from sqlalchemy import Dialect, Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

_CONNECT_S = 10
_CLOSE_S = 5

Fields = Sequence[Any]  # the values of a row, in the order of the statement's columns
Process = Callable[[Any], Any]


class Question:
    """A statement that reads, made once; its parameters' values are given each time.

    Lists behind an IN are no parameters of it: what is asked must be the same words each time.
    """

    def __init__(self, statement: Executable) -> None:
        self.statement = statement
        self._asked: _Compiled | None = None

    def compiled(self, dialect: Dialect) -> "_Compiled":
        """What the driver is given; made when it is first asked."""
        if self._asked is None:
            self._asked = _Compiled(self.statement, dialect)
        return self._asked


class _Compiled:
    def __init__(self, statement: Executable, dialect: Dialect) -> None:
        assert isinstance(statement, ClauseElement)
        compiled = statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        if compiled.post_compile_params:
            raise ValueError("A list behind an IN changes the words of a question; compare with any_() instead.")
        self.sql = compiled.string
        parameters = {compiled.bind_names[bind]: bind for bind in compiled.binds.values()}
        self._sent: list[tuple[str, Process | None]] = []
        self._own: dict[str, object] = {}  # what stands in the statement itself
        for name in compiled.positiontup or ():
            bind = parameters[name]
            self._sent.append((name, bind.type.dialect_impl(dialect).bind_processor(dialect)))
            if not bind.required:
                self._own[name] = bind.effective_value
        self._dialect = dialect
        self._columns = [column.type.dialect_impl(dialect) for column in getattr(statement, "selected_columns", ())]
        self._received: list[tuple[int, Process]] | None = None  # by the column's place; what needs nothing is left out

    async def prepare(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        """Learn once what PostgreSQL answers, which decides how it is received."""
        if self._received is not None:
            return
        answered = (await connection.prepare(self.sql)).get_attributes()
        processes = [
            (at, kind.result_processor(self._dialect, answered[at].type.oid)) for at, kind in enumerate(self._columns)
        ]
        self._received = [(at, process) for at, process in processes if process is not None]

    def sent(self, values: Mapping[str, object]) -> list[object]:
        """The parameters in their order. Raises KeyError for one that is missing."""
        given = {**self._own, **values}
        return [given[name] if process is None else process(given[name]) for name, process in self._sent]

    def rows(self, records: "list[asyncpg.Record]") -> Sequence[Fields]:
        """The rows as their columns' types want them."""
        if not self._received:
            return cast("Sequence[Fields]", records)  # a record is a sequence of its fields, undeclared
        rows: list[Fields] = []
        for record in records:
            fields = list(record)
            for at, process in self._received:
                fields[at] = process(fields[at])
            rows.append(fields)
        return rows


class Askers:
    """A bounded number of connections, each made when one is needed, the last used taken first."""

    def __init__(self, url: str, size: int, timeout_s: float, options: Mapping[str, str]) -> None:
        self._url = url
        self._timeout_s = timeout_s
        self._options = dict(options)
        self._places = asyncio.Semaphore(size)
        self._free: list[asyncpg.Connection[asyncpg.Record]] = []
        self._ending: set[asyncio.Task[None]] = set()
        self._closed = False

    async def ask(self, question: "_Compiled", values: Mapping[str, object]) -> Sequence[Fields]:
        """All rows of the answer. Raises what the driver raises, TimeoutError when none comes free or nothing comes."""
        sent = question.sent(values)
        if self._places.locked():
            async with asyncio.timeout(self._timeout_s):
                await self._places.acquire()
        else:
            await self._places.acquire()  # at once
        try:
            connection = await self._connection()
            try:
                await question.prepare(connection)
                records = await connection.fetch(question.sql, *sent, timeout=self._timeout_s)
            except asyncpg.PostgresError:
                self._give_back(connection)
                raise
            except BaseException:
                self._end(connection)  # something may still be under way on it
                raise
            self._give_back(connection)
        finally:
            self._places.release()
        return question.rows(records)

    async def _connection(self) -> "asyncpg.Connection[asyncpg.Record]":
        while self._free:
            connection = self._free.pop()
            if not connection.is_closed():
                return connection
        connection = await asyncpg.connect(self._url, timeout=_CONNECT_S, server_settings=self._options)
        for kind in ("json", "jsonb"):
            await connection.set_type_codec(kind, schema="pg_catalog", encoder=str, decoder=orjson.loads)
        return connection

    def _give_back(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        if self._closed or connection.is_closed():
            self._end(connection)
        else:
            self._free.append(connection)

    def _end(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        ending = asyncio.create_task(_close(connection))
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)

    async def aclose(self) -> None:
        """Close the connections; one that is in use is closed when it is given back."""
        self._closed = True
        free, self._free = self._free, []
        await asyncio.gather(*map(_close, free), *self._ending)


async def _close(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    with contextlib.suppress(OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
        await connection.close(timeout=_CLOSE_S)
