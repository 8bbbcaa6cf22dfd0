"""What can go wrong with the database."""

from typing import Final

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from gitu.kernel.errors import Unavailable

# What the ways to the database raise when it is away.
DATABASE_FAILURES: Final = (
    OSError,
    TimeoutError,
    DBAPIError,
    NoConnectionFree,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
)


class DatabaseUnavailable(Unavailable):
    """The database can't be started, reached or used; `reason` says why and what to do."""

    code = "database.unavailable"
    title = "The database is not available"
    text = "{$reason}"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


class DatabaseNewer(DatabaseUnavailable):
    """The database was used by a newer version of the code; going on could damage it."""

    code = "database.newer"
