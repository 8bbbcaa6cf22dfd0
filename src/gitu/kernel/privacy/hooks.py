"""What a feature holds of people outside of tables, and runs for them: its ``privacy.py`` says so."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from gitu.kernel.services import Services

Stop = Callable[["Services", UUID], Awaitable[bool]]
Erase = Callable[["Services", UUID], Awaitable[int]]
Files = Callable[["Services", UUID], Iterator[tuple[str, Iterator[bytes]]]]


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom data is sent to: ``host`` is where, ``local`` whether that is this machine or its own network."""

    name: str
    host: str
    local: bool


Recipients = Callable[["AsyncSession", UUID], Awaitable[list[Recipient]]]


@dataclass(frozen=True, slots=True)
class Store:
    """Files and the like of one kind: ``erase`` deletes a person's and counts them; ``files`` is for exports."""

    name: str
    kind: str
    erase: Erase
    files: Files | None


_stops: dict[str, Stop] = {}
_stores: dict[str, Store] = {}
_recipients: dict[str, Recipients] = {}


def declare_stop(name: str) -> Callable[[Stop], Stop]:
    """``async def stop(services, person_id)`` ends what runs for a person; called until it answers True (none does)."""

    def register(stop: Stop) -> Stop:
        _stops[name] = stop
        return stop

    return register


def declare_store(name: str, *, kind: str, files: Files | None = None) -> Callable[[Erase], Erase]:
    """``async def erase(services, person_id)`` deletes what is held beyond the rows, and bears being called again.

    ``files(services, person_id)`` gives the path in the archive and the content of each file; it runs in a thread.
    """

    def register(erase: Erase) -> Erase:
        _stores[name] = Store(name, kind, erase, files)
        return erase

    return register


def declare_recipients(name: str) -> Callable[[Recipients], Recipients]:
    """``async def recipients(db, person_id)`` tells whom the person's data may be sent to now."""

    def register(recipients: Recipients) -> Recipients:
        _recipients[name] = recipients
        return recipients

    return register


def stops() -> dict[str, Stop]:
    """How what runs for people is ended, by name."""
    return dict(_stops)


def stores() -> list[Store]:
    """Every store."""
    return list(_stores.values())


def all_recipients() -> list[Recipients]:
    """Everyone who tells of recipients."""
    return list(_recipients.values())
