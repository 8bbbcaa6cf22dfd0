"""Every column that holds encrypted secrets, and the walk that puts them all under the primary key.

The walk needs no downtime and no bookkeeping: a blob's first bytes name its key, so what is left to do is
always what the database says, however the last walk ended.
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final, Protocol

from sqlalchemy import (
    Column,
    ColumnElement,
    Executable,
    LargeBinary,
    Result,
    RowMapping,
    Select,
    Table,
    func,
    literal,
    select,
    tuple_,
    update,
)

from gitu.kernel.crypto.envelope import header, key_id_of
from gitu.kernel.crypto.errors import Undecipherable, UnknownKey
from gitu.kernel.crypto.keyring import Keyring

__all__ = [
    "EncryptedColumn",
    "Reencryption",
    "column_context",
    "reencrypt_all",
    "register_encrypted_column",
    "registered_columns",
]

_BATCH: Final = 200
_MAX_PASSES: Final = 5
_MAX_UNREADABLE: Final = 100

DEFAULT_GRACE: Final = timedelta(hours=1)
"""How long a retired key stays: longer than any transaction that may hold a blob made before the rotation."""

_Row = RowMapping  # its values are of whatever type the columns have: the one reason for Any in this file

Context = str | Callable[[_Row], str]


class _Transaction(Protocol):
    async def execute(self, statement: Executable, /) -> Result[Any]: ...


class _Database(Protocol):
    def transaction(self) -> AbstractAsyncContextManager[_Transaction]: ...


@dataclass(frozen=True)
class EncryptedColumn:
    """A column of blobs, and how the context of each is told from its row's primary key."""

    table: Table
    column: str
    context: Callable[[_Row], str]

    @property
    def blob(self) -> Column[bytes]:
        """The column itself."""
        return self.table.columns[self.column]

    @property
    def primary_key(self) -> list[Column[Any]]:
        """The columns of the primary key."""
        return list(self.table.primary_key.columns)

    @property
    def name(self) -> str:
        """``table.column``."""
        return f"{self.table.name}.{self.column}"


@dataclass
class Reencryption:
    """What a walk did."""

    rewritten: int = 0
    unreadable: list[str] = field(default_factory=list[str])
    """Blobs that no key opens, as ``table.column:primary key``; the first hundred of them."""
    dropped_keys: list[str] = field(default_factory=list[str])
    complete: bool = False
    """Whether every blob that can be read is under the primary key."""


_columns: dict[str, EncryptedColumn] = {}


def register_encrypted_column(table: Table, column: str, context: Context | None = None) -> EncryptedColumn:
    """Declare that a bytea column holds blobs of the keyring, so that a rotation reaches it.

    `context` is a prefix (``table.column`` unless given), completed by `column_context`, or a function of the
    row's primary key. Raises ValueError for a column that is not there, is not bytea, or is declared twice.
    """
    found = table.columns.get(column)
    if found is None or not isinstance(found.type, LargeBinary):
        raise ValueError(f"{table.name}.{column} is not a LargeBinary column.")
    if not table.primary_key.columns:
        raise ValueError(f"{table.name} has no primary key; without one its blobs can't be told apart.")
    prefix = f"{table.name}.{column}" if context is None or callable(context) else context.removesuffix(":")
    declared = EncryptedColumn(table, column, context if callable(context) else _by_primary_key(prefix, table))
    if _columns.get(declared.name, declared).table is not table:
        raise ValueError(f"{declared.name} is declared by two tables.")
    _columns[declared.name] = declared
    return declared


def registered_columns() -> list[EncryptedColumn]:
    """All columns of secrets, sorted by name."""
    return [_columns[name] for name in sorted(_columns)]


def column_context(prefix: str, *primary_key: object) -> str:
    """The context of a secret in a row: ``models_connections.api_key:<row id>``."""
    return ":".join((prefix, *(str(part) for part in primary_key)))


async def reencrypt_all(
    database: _Database, keyring: Keyring, *, grace: timedelta = DEFAULT_GRACE, batch: int = _BATCH
) -> Reencryption:
    """Put every registered secret under the primary key, then retire the keys that nothing needs any more.

    Runs beside readers and writers, in transactions of `batch` rows; killed at any moment, it can simply be
    run again. A retired key is deleted by a walk that ends clean more than `grace` after it was retired.
    """
    report = Reencryption()
    for _ in range(_MAX_PASSES):
        # A pass may lose a row to a writer; the next one finds what that writer left.
        one = _Pass()
        for column in registered_columns():
            await _walk(database, keyring, column, batch, one)
        report.rewritten += one.rewritten
        report.unreadable = one.unreadable
        if one.found == one.unreadable_count:
            report.complete = True
            report.dropped_keys = keyring.retire_old_keys(still_used=one.keys_of_unreadable, grace=grace)
            break
    return report


@dataclass
class _Pass:
    found: int = 0
    rewritten: int = 0
    unreadable_count: int = 0
    unreadable: list[str] = field(default_factory=list[str])
    keys_of_unreadable: set[str] = field(default_factory=set[str])

    def leave(self, blob: bytes, context: str) -> None:
        self.unreadable_count += 1
        if len(self.unreadable) < _MAX_UNREADABLE:
            self.unreadable.append(context)
        with suppress(Undecipherable):
            self.keys_of_unreadable.add(key_id_of(blob))


async def _walk(database: _Database, keyring: Keyring, column: EncryptedColumn, batch: int, one: _Pass) -> None:
    primary = header(keyring.primary_id)
    after: _Row | None = None
    while True:
        async with database.transaction() as transaction:
            found = (await transaction.execute(_stale(column, primary, after, batch))).mappings().all()
            for row in found:
                await _rewrite(transaction, keyring, column, row, one)
        if len(found) < batch:
            return
        after = found[-1]


def _stale(column: EncryptedColumn, primary: bytes, after: _Row | None, batch: int) -> Select[Any]:
    """The next rows, by primary key, whose blob is not under the primary master key."""
    blob, keys = column.blob, column.primary_key
    head: ColumnElement[bytes] = func.substring(blob, 1, len(primary), type_=LargeBinary())
    statement = select(*keys, blob).where(blob.is_not(None), head != primary).order_by(*keys).limit(batch)
    if after is None:
        return statement
    return statement.where(tuple_(*keys) > tuple_(*(literal(after[key.name], key.type) for key in keys)))


async def _rewrite(transaction: _Transaction, keyring: Keyring, column: EncryptedColumn, row: _Row, one: _Pass) -> None:
    one.found += 1
    old, context = row[column.column], column.context(row)
    try:
        secret = keyring.decrypt(old, context=context)
    except (Undecipherable, UnknownKey):
        one.leave(old, f"{column.name}:{':'.join(str(row[key.name]) for key in column.primary_key)}")
        return
    # Compare and swap: where a writer was faster, its blob stands.
    same = [key == row[key.name] for key in column.primary_key]
    change = update(column.table).where(*same, column.blob == old)
    new = keyring.encrypt(secret, context=context)
    swapped = await transaction.execute(change.values({column.blob: new}).returning(column.primary_key[0]))
    one.rewritten += len(swapped.all())


def _by_primary_key(prefix: str, table: Table) -> Callable[[_Row], str]:
    keys = [key.name for key in table.primary_key.columns]
    return lambda row: column_context(prefix, *(row[key] for key in keys))
