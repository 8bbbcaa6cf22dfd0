"""Every list is paged the same way: a limit, and an opaque cursor that names where the last page ended."""

import base64
import binascii
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import orjson
from pydantic import BaseModel, Field, StringConstraints, TypeAdapter

from gitu.kernel.actions.validation import Input, invalid_fields
from gitu.kernel.errors import FieldProblem

T = TypeVar("T")
_position = TypeAdapter(list[str])


class PageQuery(Input):
    """The part of a list's input that asks for one page."""

    limit: int = Field(default=50, ge=1, le=100, description="Most entries to return.")
    cursor: Annotated[str, StringConstraints(max_length=400)] | None = Field(
        default=None, description="The next_cursor of the page before."
    )


class Page(BaseModel, Generic[T]):
    """One page of a list; ``next_cursor`` is None on the last one."""

    items: list[T]
    next_cursor: str | None = None


def encode_cursor(*position: Any) -> str:  # Any: whatever columns the list is ordered by
    """The position of a page's last entry as opaque text."""
    return base64.urlsafe_b64encode(orjson.dumps([str(part) for part in position])).decode().rstrip("=")


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no time zone")
    return moment


def _number(text: str) -> int:
    number = int(text)
    if not 0 <= number < 1 << 63:
        raise ValueError("not a row's number")
    return number


def _text(text: str) -> str:
    if "\0" in text:
        raise ValueError("PostgreSQL holds no NUL")
    return text


_READ: dict[type, Callable[[str], Any]] = {  # Any: each kind of column has its own type
    UUID: UUID,
    datetime: _moment,
    date: date.fromisoformat,
    int: _number,
    str: _text,
}


def decode_cursor(cursor: str, *kinds: type) -> list[Any]:  # Any: one value of each kind
    """The position that ``encode_cursor`` wrote, each part as its own kind.

    ``kinds`` are UUID, datetime, date, int or str. Raises Invalid for anything else than such a cursor.
    """
    try:
        position = _position.validate_json(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return [_READ[kind](part) for kind, part in zip(kinds, position, strict=True)]
    except (binascii.Error, ValueError, OverflowError):
        pass
    raise invalid_fields([FieldProblem.of("cursor", "field-cursor")])
