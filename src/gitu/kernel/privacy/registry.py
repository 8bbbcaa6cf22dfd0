"""Tables say beside their definition whose rows they hold, and what becomes of them with that person.

    @personal("notes")
    class NoteRow(Base): ...

An export, an erasure, the privacy notice and the end of what is kept for a while are all made from this. A table that
says nothing fails a test.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

from sqlalchemy import Column, LargeBinary, Table
from sqlalchemy.dialects.postgresql import TSVECTOR

from gitu.kernel.db.tables import Base

Rows = TypeVar("Rows", bound=type[Base])
Kept = Literal["until_deleted", "with_account", "for_days", "for_hours", "always"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of data as people know it. ``kind-NAME``, ``kind-NAME-what`` and ``kind-NAME-why`` are its words.

    ``setting`` holds the days or hours of what is kept so long.
    """

    name: str
    kept: Kept
    setting: str | None = None


@dataclass(frozen=True, slots=True)
class Expiry:
    """Rows end when ``column`` is older than ``days``: a number, or the setting that holds it."""

    column: str
    days: str | int


@dataclass(frozen=True, slots=True)
class PersonalTable:
    """A table with rows about people: ``persons`` are the columns that name one, the owner's first.

    With ``stays`` the rows outlive the person: they name them by id alone, and ``stays-…`` says why.
    """

    table: Table
    kind: str
    persons: tuple[str, ...]
    hidden: frozenset[str]
    stays: str | None
    expiry: Expiry | None

    @property
    def name(self) -> str:
        """The table's name."""
        return str(self.table.name)  # a kind of text of SQLAlchemy's otherwise, which JSON does not take

    @property
    def exported(self) -> list[Column[object]]:
        """The columns that an export shows: no secrets, nothing that is only derived."""
        return [column for column in self.table.columns if column.name not in self.hidden and not _unreadable(column)]


@dataclass(frozen=True, slots=True)
class JobsOf:
    """Jobs that carry work of people: their ids are ``prefix`` and the id of a row in ``table``."""

    table: str
    prefix: str


_kinds: dict[str, Kind] = {}
_personal: dict[str, PersonalTable] = {}
_parts: dict[str, str] = {}
_impersonal: dict[str, str] = {}
_jobs: dict[str, JobsOf] = {}


def declare_kind(name: str, *, kept: Kept, setting: str | None = None) -> None:
    """Declare a kind of data. Raises ValueError when declared twice in different ways, or without how long."""
    if (setting is not None) != (kept in ("for_days", "for_hours")):
        raise ValueError(f"The kind {name} is kept {kept}; a setting holds days or hours, and nothing else")
    kind = Kind(name, kept, setting)
    if _kinds.setdefault(name, kind) != kind:
        raise ValueError(f"The kind {name} is declared twice in different ways")


def personal(
    kind: str,
    *,
    person: str = "owner_id",
    also: tuple[str, ...] = (),
    hidden: tuple[str, ...] = (),
    stays: str | None = None,
    expiry: Expiry | None = None,
) -> Callable[[Rows], Rows]:
    """The rows are about the person whom the column ``person`` names, or one of ``also``; erased with them.

    ``hidden`` columns are left out of exports: secrets, and what means nothing outside. ``stays`` keeps the rows
    for a reason. Raises ValueError for columns that are not there.
    """

    def register(rows: Rows) -> Rows:
        table = _table_of(rows)
        declared = PersonalTable(table, kind, (person, *also), frozenset(hidden), stays, expiry)
        named = {*declared.persons, *hidden, *([expiry.column] if expiry else ())}
        if missing := named - {column.name for column in table.columns}:
            raise ValueError(f"{table.name} has no column {', '.join(sorted(missing))}")
        _personal[table.name] = declared
        return rows

    return register


def part_of(parent: str) -> Callable[[Rows], Rows]:
    """The rows are pieces of rows of ``parent``, and go with them by its foreign key."""

    def register(rows: Rows) -> Rows:
        _parts[_table_of(rows).name] = parent
        return rows

    return register


def impersonal(reason: str) -> Callable[[Rows], Rows]:
    """The rows are about nobody, for this reason."""

    def register(rows: Rows) -> Rows:
        declare_impersonal(_table_of(rows).name, reason)
        return rows

    return register


def declare_impersonal(table: str, reason: str) -> None:
    """The same for a table that has no class of ours, by ``name`` or ``schema.name``."""
    _impersonal[table] = reason


def declare_jobs(table: str, prefix: str) -> None:
    """Jobs called ``prefix`` and the id of a row of that table are forgotten with the row's person."""
    _jobs[prefix] = JobsOf(table, prefix)


def kinds() -> list[Kind]:
    """Every kind, in the order of declaration."""
    return list(_kinds.values())


def find_kind(name: str) -> Kind:
    """The kind of that name. Raises KeyError."""
    return _kinds[name]


def personal_tables() -> list[PersonalTable]:
    """Every table with rows about people, those that refer to others first: they can be deleted in this order."""
    order = {table.name: place for place, table in enumerate(reversed(Base.metadata.sorted_tables))}
    return sorted(_personal.values(), key=lambda one: order[one.name])


def parts() -> dict[str, str]:
    """Tables whose rows go with those of another, and that other."""
    return dict(_parts)


def impersonal_tables() -> dict[str, str]:
    """Tables about nobody, and why."""
    return dict(_impersonal)


def jobs_of_people() -> list[JobsOf]:
    """Jobs that are forgotten with a person."""
    return list(_jobs.values())


def _table_of(rows: type[Base]) -> Table:
    return Base.metadata.tables[rows.__tablename__]


def _unreadable(column: Column[object]) -> bool:
    # Secrets are bytes, encrypted; what is searched is derived from what is exported.
    return isinstance(column.type, (LargeBinary, TSVECTOR))
