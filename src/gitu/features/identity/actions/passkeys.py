"""Passkeys."""

from gitu.features.identity import passkeys
from gitu.features.identity.actions.scopes import FACTORS_READ, FACTORS_WRITE, NoInput
from gitu.features.identity.confirming import require_confirmed
from gitu.features.identity.schemas import Signed
from gitu.features.identity.schemas.passkeys import (
    Passkey,
    PasskeyCreate,
    PasskeyOptions,
    PasskeyRef,
    PasskeyRename,
    PasskeySignIn,
)
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page, PageQuery
from gitu.kernel.actions.registry import PEOPLE_DOORS, Nothing, Risk, action


@action("identity.start_passkey_sign_in", scope=None, risk=Risk.WRITE, secret_output=True, doors=PEOPLE_DOORS)
async def start_passkey_sign_in(ctx: Context, data: NoInput) -> PasskeyOptions:
    """Begin to sign in with a passkey."""
    return await passkeys.start_sign_in(ctx)


@action("identity.sign_in_with_passkey", scope=None, risk=Risk.WRITE, secret_output=True, doors=PEOPLE_DOORS)
async def sign_in_with_passkey(ctx: Context, data: PasskeySignIn) -> Signed:
    """Sign in with a passkey, without a password."""
    return await passkeys.sign_in(ctx, data)


@action("identity.start_passkey", scope=FACTORS_WRITE, risk=Risk.WRITE, secret_output=True, doors=PEOPLE_DOORS)
async def start_passkey(ctx: Context, data: NoInput) -> PasskeyOptions:
    """Begin to make a passkey; asks first whether it is you."""
    await require_confirmed(ctx)
    return await passkeys.start(ctx)


@action("identity.add_passkey", scope=FACTORS_WRITE, risk=Risk.WRITE, http="POST /me/passkeys", doors=PEOPLE_DOORS)
async def add_passkey(ctx: Context, data: PasskeyCreate) -> Passkey:
    """Keep a passkey that your browser made."""
    return await passkeys.add(ctx, data)


@action("identity.list_passkeys", scope=FACTORS_READ, risk=Risk.READ, http="GET /me/passkeys")
async def list_passkeys(ctx: Context, data: PageQuery) -> Page[Passkey]:
    """List your passkeys."""
    return await passkeys.list_passkeys(ctx, data)


@action("identity.rename_passkey", scope=FACTORS_WRITE, risk=Risk.WRITE, http="PATCH /me/passkeys/{passkey_id}")
async def rename_passkey(ctx: Context, data: PasskeyRename) -> Passkey:
    """Give a passkey another name."""
    return await passkeys.rename(ctx, data)


@action("identity.remove_passkey", scope=FACTORS_WRITE, risk=Risk.DANGEROUS, http="DELETE /me/passkeys/{passkey_id}")
async def remove_passkey(ctx: Context, data: PasskeyRef) -> Nothing:
    """Remove a passkey; it no longer signs you in."""
    await passkeys.remove(ctx, data.passkey_id)
    return Nothing()
