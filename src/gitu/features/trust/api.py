"""What higher tiers and doors may ask of trust."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.trust import repository
from gitu.features.trust.events import ApprovalDecidedEvent
from gitu.features.trust.titles import title_of
from gitu.kernel import clock

__all__ = ["ApprovalDecidedEvent", "Decision", "decisions", "title_of"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What came of a held call: ``state`` is approved, denied, expired or failed; ``output`` what it answered.

    Asked again under ``key``, it answers the same: the first of the same calls that waited gave it.
    """

    approval_id: UUID
    state: str
    error_code: str | None
    output: dict[str, Any] | None
    key: str | None = None


async def decisions(db: AsyncSession, owner_id: UUID, approval_ids: Sequence[UUID]) -> list[Decision]:
    """What came of those of the person's held calls of which it is known."""
    rows = await repository.decisions(db, owner_id, approval_ids, clock.now())
    return [
        Decision(row.id, "expired" if row.state == "pending" else row.state, row.error, output, row.key)
        for row, output in rows
    ]
