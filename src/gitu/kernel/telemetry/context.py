"""What every log line of a request carries: its id, who asked, and whatever else was bound around it."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

__all__ = ["bind", "bound"]

_NOTHING: Mapping[str, str] = MappingProxyType({})
_context: ContextVar[Mapping[str, str]] = ContextVar("gitu_log_context", default=_NOTHING)


@contextmanager
def bind(**fields: str | None) -> Generator[None]:
    """Add fields such as `request_id` to every log line until the block ends; a None is left out.

    Follows the task: awaited functions and tasks begun inside the block carry the fields too.
    """
    added = {name: value for name, value in fields.items() if value is not None}
    token = _context.set(MappingProxyType({**_context.get(), **added}))
    try:
        yield
    finally:
        _context.reset(token)


def bound() -> Mapping[str, str]:
    """The fields bound at this point."""
    return _context.get()
