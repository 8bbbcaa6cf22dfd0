"""How many requests one answer, one conversation and one key may leave waiting.

Without these bounds a single answer that somebody else's words took over could fill every place there is, and bury
what the person waits for. Asked within the lock of the person's requests, so that calls at once are counted too.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.kernel import clock
from gitu.kernel.actions.permissions.grants import ASSISTANT
from gitu.kernel.actions.tables import ApprovalRow
from gitu.kernel.errors import TooManyHeld, TooManyPending

MOST_PENDING = 1_000
MOST_OF_A_KEY = 100
MOST_OF_A_CONVERSATION = 20
MOST_OF_AN_ANSWER = 5
"""Different calls that wait or were turned down: whoever hears "no" five times has nothing more to ask for now."""
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")


async def lock_requests(db: AsyncSession, owner_id: UUID) -> None:
    """Let one call at a time be counted and added, until this transaction ends."""
    await db.execute(_LOCK, {"key": f"approvals:{owner_id}"})


async def check_room(db: AsyncSession, owner_id: UUID, delegate: str, origin: dict[str, str]) -> None:
    """Raises TooManyHeld where the answer or its conversation has asked enough, TooManyPending for all together."""
    pending = and_(ApprovalRow.state == "pending", ApprovalRow.expires_at > clock.now())
    turn, session = origin.get("turn_id"), origin.get("session_id")
    if turn is not None:
        asked = and_(_of(origin="turn_id", value=turn), or_(pending, ApprovalRow.state == "denied"))
        if await _count(db, owner_id, asked, MOST_OF_AN_ANSWER) >= MOST_OF_AN_ANSWER:
            raise TooManyHeld(limit=MOST_OF_AN_ANSWER)
    if session is not None:
        asked = and_(_of(origin="session_id", value=session), pending)
        if await _count(db, owner_id, asked, MOST_OF_A_CONVERSATION) >= MOST_OF_A_CONVERSATION:
            raise TooManyHeld(limit=MOST_OF_A_CONVERSATION)
    if delegate != ASSISTANT:
        asked = and_(ApprovalRow.delegate == delegate, pending)
        if await _count(db, owner_id, asked, MOST_OF_A_KEY) >= MOST_OF_A_KEY:
            raise TooManyPending(limit=MOST_OF_A_KEY)
    if await _count(db, owner_id, pending, MOST_PENDING) >= MOST_PENDING:
        raise TooManyPending(limit=MOST_PENDING)


async def same_pending(
    db: AsyncSession,
    owner_id: UUID,
    delegate: str,
    action: str,
    input_digest: str,
    key: str | None,
    origin: dict[str, str],
) -> UUID | None:
    """The request that waits already for this very call: within one answer, or where no key tells calls apart."""
    turn, session = origin.get("turn_id"), origin.get("session_id")
    if turn is not None:
        same = _of(origin="turn_id", value=turn)
    elif key is None:
        same = and_(ApprovalRow.key.is_(None), ApprovalRow.origin["session_id"].astext.is_not_distinct_from(session))
    else:
        return None
    return await db.scalar(
        select(ApprovalRow.id)
        .where(
            ApprovalRow.owner_id == owner_id,
            ApprovalRow.delegate == delegate,
            ApprovalRow.action == action,
            ApprovalRow.input_digest == input_digest,
            ApprovalRow.state == "pending",
            ApprovalRow.expires_at > clock.now(),
            same,
        )
        .limit(1)
    )


def _of(*, origin: str, value: str | None) -> ColumnElement[bool]:
    return ApprovalRow.origin[origin].astext == value


async def _count(db: AsyncSession, owner_id: UUID, which: ColumnElement[bool], most: int) -> int:
    found = select(ApprovalRow.id).where(ApprovalRow.owner_id == owner_id, which).limit(most)
    return await db.scalar(select(func.count()).select_from(found.subquery())) or 0
