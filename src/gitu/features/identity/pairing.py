"""Linking a terminal: by a token that a person types there, or by a code that their phone scans.

Scanned, the terminal holds a secret of its own to claim its sign-in with; the one in the code is only good for
being looked at and decided upon by someone who is signed in.
"""

import asyncio
import secrets
from datetime import timedelta
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from gitu.features.identity import repository, tickets
from gitu.features.identity.devices import new_device
from gitu.features.identity.errors import PairingInvalid, PairingPending
from gitu.features.identity.events import PairingDecided
from gitu.features.identity.pictures import qr_picture
from gitu.features.identity.schemas import (
    PairingClaim,
    PairingDecide,
    PairingRef,
    PairingStart,
    PairingStarted,
    PairingToken,
    Signed,
    TokenRedeem,
    WaitingTerminal,
)
from gitu.features.identity.tables import TicketRow, UserRow
from gitu.features.identity.tickets import TicketKind
from gitu.kernel import clock
from gitu.kernel.actions.context import Context
from gitu.kernel.cancelling import happens
from gitu.kernel.crypto.tokens import hash_token, new_token
from gitu.kernel.events.types import Recorded
from gitu.kernel.services import Services
from gitu.kernel.settings import LOOPBACK

TOKEN_LIFETIME = timedelta(minutes=5)
CODE_LIFETIME = timedelta(minutes=2)
CLAIM_GRACE = timedelta(seconds=30)
"""A terminal that was confirmed in the last second still has time to claim its sign-in."""
_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without those that look like others


class PairingState(StrEnum):
    """How the waiting of a terminal ends."""

    CONFIRMED = "confirmed"
    DENIED = "denied"
    EXPIRED = "expired"


async def create_token(ctx: Context) -> PairingToken:
    """A token for ``gitu auth``, instead of the person's former one. Raises PersonNeeded."""
    owner_id = tickets.require_person(ctx)
    issued = await tickets.issue(
        ctx, TicketKind.PAIRING_TOKEN, "gitu_pair", TOKEN_LIFETIME, owner_id=owner_id, replace=True
    )
    base_url = ctx.services.base_url
    server = "" if urlsplit(base_url).hostname in LOOPBACK else f" --server {base_url}"
    command = f"gitu auth {issued.secret}{server}"
    return PairingToken(token=issued.secret, command=command, qr=qr_picture(command), expires_at=issued.row.expires_at)


async def redeem_token(ctx: Context, data: TokenRedeem) -> Signed:
    """Trade a token for the terminal's own sign-in. Raises PairingInvalid."""
    ticket = await tickets.take(ctx, TicketKind.PAIRING_TOKEN, data.token.get_secret_value())
    return await new_device(ctx, await _owner_of(ctx, ticket), "pairing", data.device_id)


async def start(ctx: Context, data: PairingStart) -> PairingStarted:
    """A terminal that nobody has signed in begins to wait. Raises TooMany."""
    claim = new_token("gitu_claim")
    code = "".join(secrets.choice(_CODE_LETTERS) for _ in range(6))
    seen = {"name": str(ctx.origin.get("device_name") or "Terminal")[:100], "code": f"{code[:3]}-{code[3:]}"}
    issued = await tickets.issue(
        ctx, TicketKind.TERMINAL, "gitu_scan", CODE_LIFETIME, data={**seen, "client_id": str(data.device_id)}
    )
    issued.row.claim_hash = hash_token(claim)
    return PairingStarted.model_validate(
        {
            "link": f"{ctx.services.base_url}/pair#{issued.secret}",
            "claim": claim,
            "code": seen["code"],
            "expires_at": issued.row.expires_at,
        }
    )


async def look(ctx: Context, data: PairingRef) -> WaitingTerminal:
    """Which terminal waits behind a scanned code. Raises PairingInvalid, PersonNeeded."""
    ticket = await _undecided(ctx, data)
    return WaitingTerminal(
        name=str(ticket.data["name"]),
        address=ticket.address,
        code=str(ticket.data["code"]),
        expires_at=ticket.expires_at,
    )


async def decide(ctx: Context, data: PairingDecide) -> None:
    """Link the terminal to the caller, or turn it down; once. Raises PairingInvalid, PersonNeeded."""
    ticket = await _undecided(ctx, data)
    ctx.audit_detail["approved"] = data.approve
    if data.approve:
        ticket.owner_id = ctx.user_id
        ticket.expires_at = max(ticket.expires_at, ctx.now + CLAIM_GRACE)
    else:
        ticket.data = {**ticket.data, "denied": True}  # kept until its time is over, so that the terminal hears of it
    ctx.emit(PairingDecided(pairing_id=ticket.id, approved=data.approve))


async def claim(ctx: Context, data: PairingClaim) -> Signed:
    """A confirmed terminal gets its sign-in, once. Raises PairingInvalid, PairingPending."""
    ticket = await repository.find_claim(ctx.db, hash_token(data.claim.get_secret_value()), ctx.now, lock=True)
    if ticket is not None and ticket.owner_id is None and not ticket.data.get("denied"):
        raise PairingPending(what="pairing")
    user = await _owner_of(ctx, ticket)
    assert ticket is not None
    await ctx.db.delete(ticket)
    return await new_device(ctx, user, "pairing", UUID(ticket.data["client_id"]))


async def _undecided(ctx: Context, data: PairingRef) -> TicketRow:
    tickets.require_person(ctx)
    ticket = await tickets.lock(ctx, TicketKind.TERMINAL, data.token.get_secret_value())
    if ticket is None or ticket.owner_id is not None or ticket.data.get("denied"):
        raise PairingInvalid(what="pairing", id="-")
    return ticket


async def _owner_of(ctx: Context, ticket: TicketRow | None) -> UserRow:
    user = await repository.find_user(ctx.db, ticket.owner_id) if ticket and ticket.owner_id else None
    if user is None or user.disabled_at is not None:
        raise PairingInvalid(what="pairing", id="-")
    return user


async def wait_for_decision(services: Services, claim_secret: str) -> PairingState:
    """Wait until a person has decided upon the terminal with that claim, or until its time is over."""
    changed = asyncio.Event()

    def hear(event: Recorded) -> None:
        if event.type == PairingDecided.type:
            changed.set()  # whichever it was about: the row says what holds

    stop = services.bus.listen(hear)
    try:
        while True:
            changed.clear()
            now = clock.now()
            async with services.database.reader() as db:
                ticket = await repository.find_claim(db, hash_token(claim_secret), now, lock=False)
            if ticket is None:
                return PairingState.EXPIRED
            if ticket.data.get("denied"):
                return PairingState.DENIED
            if ticket.owner_id is not None:
                return PairingState.CONFIRMED
            await happens(changed, max((ticket.expires_at - now).total_seconds(), 0.01))
    finally:
        stop()
