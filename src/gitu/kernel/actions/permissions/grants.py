"""A grant: what one delegate may do for one person, how far, and until when."""

from datetime import datetime, timedelta
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from gitu.kernel.actions.effects import Effect
from gitu.kernel.actions.kinds import Risk
from gitu.kernel.actions.permissions.limits import Limits, within
from gitu.kernel.auth.principal import Kind, Principal

ASSISTANT = "agent"
READING = "read"
"""Covers every action that only reads what is kept in Gitu itself."""
NOTE_USE_EVERY = timedelta(minutes=1)
"""Use is told to the minute: many calls by one grant don't write its row each time."""


class Wanted(BaseModel):
    """A call for which a grant is looked for."""

    model_config = ConfigDict(frozen=True)

    delegate: str
    action: str
    scope: str
    risk: Risk
    effect: Effect
    touches: bool  # the action declares an effect: it reaches beyond Gitu's own tables
    session_id: UUID | None
    outside: bool  # content from outside is in what the delegate reads

    @property
    def changes(self) -> bool:
        """Whether something is written, or may leave."""
        return self.risk is not Risk.READ or self.effect.leaves


class Grant(BaseModel):
    """``covers`` is a scope, an action's name, or ``read``. None in a bound means that it is not bounded by it."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    owner_id: UUID
    delegate: str
    covers: str
    limits: Limits
    session_id: UUID | None
    after_outside: bool
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None = None

    def is_newly_used(self, now: datetime) -> bool:
        """Whether a use now is worth noting."""
        return self.last_used_at is None or now - self.last_used_at >= NOTE_USE_EVERY

    def holds(self, now: datetime) -> bool:
        """Whether it is in force."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)

    def allows(self, wanted: Wanted, now: datetime) -> bool:
        """Whether it covers the call.

        What can't be undone must be named by its own action. After content from outside, what changes or sends is
        covered only by a grant that says so.
        """
        if not self.holds(now) or self.delegate != wanted.delegate:
            return False
        if self.session_id is not None and self.session_id != wanted.session_id:
            return False
        if wanted.outside and wanted.changes and not self.after_outside:
            return False
        return self._names(wanted) and within(wanted.effect, self.limits)

    def _names(self, wanted: Wanted) -> bool:
        if self.covers == wanted.action:
            return True
        if wanted.risk is Risk.DANGEROUS:
            return False
        if self.covers == READING:
            return wanted.risk is Risk.READ and not wanted.touches
        return self.covers == wanted.scope


def delegate_of(principal: Principal) -> str:
    """The name by which grants know who acts: the assistant, or one key, with the assistant that it talks to."""
    if principal.kind is Kind.API_KEY or principal.key_id is not None:
        return f"api_key:{principal.key_id}"
    return principal.kind.value
