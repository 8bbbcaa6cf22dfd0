"""Short-lived secrets that work once: pairing tokens, the step between a password and a code, challenges.

One table for all of them, so that expiry and single use are decided in one place.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from gitu.features.identity import repository
from gitu.features.identity.errors import PersonNeeded
from gitu.features.identity.tables import TicketRow
from gitu.kernel.actions.context import Context
from gitu.kernel.auth.principal import Kind
from gitu.kernel.crypto.tokens import hash_token, new_token
from gitu.kernel.errors import TooMany
from gitu.kernel.ids import new_id

KEPT_AFTERWARDS = timedelta(minutes=10)
MOST_FROM_AN_ADDRESS = 60
"""Open tickets of one kind that people who have not signed in may hold from one address."""


class TicketKind(StrEnum):
    """What a ticket is for; one of another kind does not count."""

    PAIRING_TOKEN = "pairing_token"  # noqa: S105 - a kind, not a secret
    TERMINAL = "terminal"
    SECOND_STEP = "second_step"
    OPENID = "openid"
    PASSKEY_NEW = "passkey_new"
    PASSKEY_SIGN_IN = "passkey_sign_in"
    PASSKEY_CONFIRM = "passkey_confirm"


@dataclass(frozen=True, slots=True)
class Issued:
    """A new ticket and its secret, which is not kept."""

    row: TicketRow
    secret: str


async def issue(
    ctx: Context,
    kind: TicketKind,
    prefix: str,
    lifetime: timedelta,
    *,
    owner_id: UUID | None = None,
    data: dict[str, Any] | None = None,  # JSON of the kind's own shape
    replace: bool = False,
) -> Issued:
    """A ticket that expires after ``lifetime``; with ``replace`` the person's former one of this kind dies.

    Raises TooMany for strangers who hold too many from one address.
    """
    await repository.forget_tickets(ctx.db, ctx.now - KEPT_AFTERWARDS)
    if owner_id is None:
        open_now = await repository.count_tickets(ctx.db, kind, ctx.address, ctx.now)
        if open_now >= MOST_FROM_AN_ADDRESS:
            raise TooMany(seconds=60, retry_after=60)
    elif replace:
        await repository.delete_tickets_of(ctx.db, kind, owner_id)
    secret = new_token(prefix)
    row = TicketRow(
        id=new_id(),
        kind=kind.value,
        owner_id=owner_id,
        token_hash=hash_token(secret),
        claim_hash=None,
        address=ctx.address,
        data=data or {},
        created_at=ctx.now,
        expires_at=ctx.now + lifetime,
    )
    ctx.db.add(row)
    return Issued(row, secret)


async def lock(ctx: Context, kind: TicketKind, secret: str) -> TicketRow | None:
    """The ticket with that secret, held by this transaction; None when unknown, used or run out."""
    return await repository.lock_ticket(ctx.db, kind, hash_token(secret), ctx.now)


async def take(ctx: Context, kind: TicketKind, secret: str) -> TicketRow | None:
    """The ticket with that secret, used up by this; None when unknown, used before or run out."""
    row = await lock(ctx, kind, secret)
    if row is not None:
        await ctx.db.delete(row)
    return row


def require_person(ctx: Context) -> UUID:
    """The person themself. Raises PersonNeeded for programs and delegates, which may not multiply their rights."""
    if ctx.principal.kind is not Kind.PERSON:
        raise PersonNeeded(scope="-")
    return ctx.user_id
