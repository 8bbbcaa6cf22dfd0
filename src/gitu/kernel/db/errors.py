"""What can go wrong with the database before the first query."""

from gitu.kernel.errors import Unavailable


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
