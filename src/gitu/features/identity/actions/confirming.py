"""Showing again that it is you."""

from gitu.features.identity import confirming
from gitu.features.identity.actions.scopes import FACTORS_READ, FACTORS_WRITE, NoInput
from gitu.features.identity.schemas.confirming import Confirmation
from gitu.features.identity.schemas.factors import Proof
from gitu.features.identity.schemas.passkeys import PasskeyOptions, PasskeySignIn
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.registry import PEOPLE_DOORS, Risk, action


@action("identity.get_confirmation", scope=FACTORS_READ, risk=Risk.READ, http="GET /me/confirmation", untracked=True)
async def get_confirmation(ctx: Context, data: NoInput) -> Confirmation:
    """Show until when this device counts as confirmed, and how you confirm that it is you."""
    return await confirming.get(ctx)


@action("identity.confirm", scope=FACTORS_WRITE, risk=Risk.WRITE, http="POST /me/confirmation", doors=PEOPLE_DOORS)
async def confirm(ctx: Context, data: Proof) -> Confirmation:
    """Confirm with your password or a code that it is you, for the next minutes on this device."""
    return await confirming.confirm(ctx, data)


@action(
    "identity.start_passkey_confirmation",
    scope=FACTORS_WRITE,
    risk=Risk.WRITE,
    secret_output=True,
    doors=PEOPLE_DOORS,
)
async def start_passkey_confirmation(ctx: Context, data: NoInput) -> PasskeyOptions:
    """Begin to confirm with a passkey that it is you."""
    return await confirming.start_passkey(ctx)


@action(
    "identity.confirm_with_passkey",
    scope=FACTORS_WRITE,
    risk=Risk.WRITE,
    http="POST /me/confirmation/passkey",
    doors=PEOPLE_DOORS,
)
async def confirm_with_passkey(ctx: Context, data: PasskeySignIn) -> Confirmation:
    """Confirm with a passkey that it is you, for the next minutes on this device."""
    return await confirming.confirm_with_passkey(ctx, data)
