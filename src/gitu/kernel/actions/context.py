"""What an action is given: who calls, the open transaction, the services of this process."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from gitu.kernel import clock
from gitu.kernel.actions.kinds import Door
from gitu.kernel.auth.principal import Principal
from gitu.kernel.errors import Unauthenticated
from gitu.kernel.events.types import Event
from gitu.kernel.ids import new_id

if TYPE_CHECKING:
    from gitu.kernel.services import Services

AfterCommit = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class Context:
    """One call of one action. ``db`` is its transaction (for reads: a session without one).

    An external action has no ``db`` of its own, since a connection may not wait for the world outside; it opens
    ``transaction()`` where it needs one.
    """

    services: "Services"
    principal: Principal
    db: AsyncSession
    door: Door
    request_id: str | None = None
    address: str | None = None
    origin: dict[str, Any] = field(default_factory=dict[str, Any])  # which turn or tool call asked
    now: datetime = field(default_factory=clock.now)
    events: list[tuple[UUID | None, Event]] = field(default_factory=list[tuple[UUID | None, Event]])
    on_commit: list[AfterCommit] = field(default_factory=list[AfterCommit])
    audit_detail: dict[str, Any] = field(default_factory=dict[str, Any])  # ids and numbers, nothing personal
    call_id: UUID = field(default_factory=new_id)  # of this very run; its audit row and its receipt name it

    @property
    def user_id(self) -> UUID:
        """The person this call is for. Raises Unauthenticated before sign-in."""
        if self.principal.user_id is None:
            raise Unauthenticated()
        return self.principal.user_id

    @property
    def locale(self) -> str:
        """The language to answer in."""
        return self.principal.locale

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A short transaction of its own, for external actions: committed when the block ends."""
        return self.services.database.transaction()

    def emit(self, event: Event, *, owner_id: UUID | None = None) -> None:
        """Tell of something that happened; stored with this transaction, delivered after commit."""
        self.events.append((owner_id or self.principal.user_id, event))

    def after_commit(self, callback: AfterCommit) -> None:
        """Run ``callback`` once the transaction is committed; it must be safe to lose in a crash."""
        self.on_commit.append(callback)
