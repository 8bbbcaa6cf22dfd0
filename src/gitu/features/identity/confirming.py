"""Asking again who someone is, before what makes a new way in: a passkey, a terminal, a key, a linked account.

Whoever finds a window open may do much in it, but nothing that lets them come back later. The device is confirmed for
a few minutes; signing in on it counts, being linked as a terminal does not.
"""

from datetime import timedelta

from gitu.features.identity import factors_repository, openid_repository, passkeys, repository, tickets
from gitu.features.identity.accounts import own_row
from gitu.features.identity.errors import ConfirmationNeeded, PasskeyNotConfirmed
from gitu.features.identity.factors import prove
from gitu.features.identity.openid import find_provider
from gitu.features.identity.schemas.confirming import Confirmation
from gitu.features.identity.schemas.factors import Proof
from gitu.features.identity.schemas.passkeys import PasskeyOptions, PasskeySignIn
from gitu.features.identity.throttling import address_key, check_throttle, count_failure
from gitu.kernel.actions.context import Context

HOLDS_FOR = timedelta(minutes=10)


async def require_confirmed(ctx: Context) -> None:
    """That the person was confirmed on this device within the last minutes.

    The terminal of this machine signs in as nobody and is let through: whoever sits there may read the keys as well.
    Raises PersonNeeded, ConfirmationNeeded.
    """
    owner_id = tickets.require_person(ctx)
    if ctx.principal.device_id is None:
        return
    confirmed_at = await repository.confirmed_at(ctx.db, owner_id, ctx.principal.device_id)
    if confirmed_at is None or ctx.now - confirmed_at >= HOLDS_FOR:
        raise ConfirmationNeeded(scope="-")


async def get(ctx: Context) -> Confirmation:
    """Whether this device is confirmed, and how it could be."""
    user, confirmed_at = await own_row(ctx), None
    if ctx.principal.device_id is not None:
        confirmed_at = await repository.confirmed_at(ctx.db, user.id, ctx.principal.device_id)
    totp = await factors_repository.find_totp(ctx.db, user.id)
    linked = await openid_repository.links_of(ctx.db, user.id)
    provider = await find_provider(ctx) if linked else None
    return Confirmation(
        confirmed_until=None if confirmed_at is None else confirmed_at + HOLDS_FOR,
        password=bool(user.password_hash),
        code=totp is not None and totp.confirmed_at is not None,
        passkey=bool(await factors_repository.passkeys_of(ctx.db, user.id)),
        openid=provider.name if provider is not None else None,
    )


async def confirm(ctx: Context, proof: Proof) -> Confirmation:
    """By password or code. Raises PersonNeeded, PasswordWrong, SignInThrottled."""
    tickets.require_person(ctx)
    await prove(ctx, proof)
    return await _confirmed(ctx)


async def start_passkey(ctx: Context) -> PasskeyOptions:
    """What the browser is asked to confirm with. Raises PersonNeeded."""
    return await passkeys.ask(ctx, tickets.TicketKind.PASSKEY_CONFIRM, owner_id=tickets.require_person(ctx))


async def confirm_with_passkey(ctx: Context, data: PasskeySignIn) -> Confirmation:
    """By one of the person's own passkeys. Raises PersonNeeded, PasskeyNotConfirmed, SignInThrottled."""
    owner_id = tickets.require_person(ctx)
    await check_throttle(ctx, address_key(ctx))
    ticket = await tickets.take(ctx, tickets.TicketKind.PASSKEY_CONFIRM, data.ticket.get_secret_value())
    row = await passkeys.used(ctx, ticket, data.credential)
    if ticket is None or row is None or {ticket.owner_id, row.owner_id} != {owner_id}:
        await count_failure(ctx, address_key(ctx))
        raise PasskeyNotConfirmed(summary="")
    ctx.audit_detail["passkey_id"] = str(row.id)
    return await _confirmed(ctx)


async def _confirmed(ctx: Context) -> Confirmation:
    if ctx.principal.device_id is not None:
        await repository.confirm_device(ctx.db, ctx.user_id, ctx.principal.device_id, ctx.now)
    return await get(ctx)
