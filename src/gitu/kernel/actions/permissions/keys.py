"""What a program with a key of its own may do without asking: grants of that very key, and none of anybody else's."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from gitu.kernel.actions.kinds import Risk
from gitu.kernel.actions.permissions import store
from gitu.kernel.actions.permissions.grants import READING
from gitu.kernel.actions.permissions.limits import ANY, Limits
from gitu.kernel.actions.registry import registry
from gitu.kernel.errors import TooManyGrants

OWN_FILES = Limits(paths=(ANY,))
"""Every file that the permission itself reaches; nothing that leaves Gitu."""


def delegate_of_key(key_id: UUID) -> str:
    """The name by which grants know a key."""
    return f"api_key:{key_id}"


def only_reads(scope: str) -> bool:
    """Whether a permission is one to read, by the name that all of them bear."""
    return scope.endswith(":read")


def can_be_unasked(scope: str) -> bool:
    """Whether a grant of the scope lets anything through: what can't be undone must be named by its own action."""
    return any(action.scope == scope and action.risk is not Risk.DANGEROUS for action in registry.all())


def starting_grants(
    scopes: Iterable[str], *, reads: bool, unasked: Iterable[str], limits: Limits
) -> list[tuple[str, Limits]]:
    """What a new key is granted: reading what its scopes reach, and the scopes that its person chose."""
    granted: list[tuple[str, Limits]] = []
    if reads:
        granted.append((READING, Limits()))
        touching = {action.scope for action in registry.all() if action.effect and action.risk is Risk.READ}
        granted += [(scope, limits) for scope in sorted(set(scopes)) if only_reads(scope) and scope in touching]
    known = {covers for covers, _ in granted}
    return granted + [(scope, limits) for scope in sorted(set(unasked) - known)]


async def add_grants(
    db: AsyncSession,
    owner_id: UUID,
    key_id: UUID,
    granted: list[tuple[str, Limits]],
    now: datetime,
    expires_at: datetime | None,
) -> list[UUID]:
    """Keep them, for as long as the key holds. Raises TooManyGrants."""
    if await store.count(db, owner_id, now) + len(granted) > store.MOST_GRANTS:
        raise TooManyGrants(limit=store.MOST_GRANTS, what="permissions")
    rows = [
        await store.add(
            db, owner_id, delegate_of_key(key_id), covers, limits, now, origin=store.BY_PERSON, expires_at=expires_at
        )
        for covers, limits in granted
    ]
    return [row.id for row in rows]
