"""What trust tells the rest."""

from typing import Any
from uuid import UUID

from gitu.kernel.actions.permissions.events import GrantChanged
from gitu.kernel.events.types import Event

__all__ = ["ApprovalDecidedEvent", "GrantChanged"]


class ApprovalDecidedEvent(Event):
    """``origin`` names the turn and the tool call that asked; ``output`` is what the approved action answered."""

    type = "approval.decided"
    approval_id: UUID
    state: str
    origin: dict[str, Any]
    output: dict[str, Any] | None = None
    error_code: str | None = None
