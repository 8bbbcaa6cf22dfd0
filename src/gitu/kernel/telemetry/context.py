"""What every log line of a request carries: its id, who asked, and whatever else was bound around it."""

from collections.abc import Mapping
from contextvars import ContextVar
from types import MappingProxyType

__all__ = ["bind", "bound"]

_NOTHING: Mapping[str, str] = MappingProxyType({})
_context: ContextVar[Mapping[str, str]] = ContextVar("gitu_log_context", default=_NOTHING)


class bind:  # noqa: N801 - used like a function; a class, since every request binds and a generator costs more
    """Add fields such as `request_id` to every log line until the block ends; a None is left out.

    Follows the task: awaited functions and tasks begun inside the block carry the fields too.
    """

    def __init__(self, **fields: str | None) -> None:
        self._fields = {name: value for name, value in fields.items() if value is not None}

    def __enter__(self) -> None:
        self._token = _context.set(MappingProxyType({**_context.get(), **self._fields}))

    def __exit__(self, *_: object) -> None:
        _context.reset(self._token)


def bound() -> Mapping[str, str]:
    """The fields bound at this point."""
    return _context.get()
