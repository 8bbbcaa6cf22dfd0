"""Linking terminals."""

from gitu.features.identity import pairing
from gitu.features.identity.actions.scopes import DEVICES_LINK, NoInput
from gitu.features.identity.confirming import require_confirmed
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
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.registry import PEOPLE_DOORS, Nothing, Risk, action


@action(
    "identity.create_pairing_token",
    scope=DEVICES_LINK,
    risk=Risk.WRITE,
    http="POST /pairing-tokens",
    secret_output=True,
)
async def create_pairing_token(ctx: Context, data: NoInput) -> PairingToken:
    """Make a token that links one terminal to your account within five minutes; asks first whether it is you."""
    await require_confirmed(ctx)
    return await pairing.create_token(ctx)


@action("identity.look_at_pairing", scope=DEVICES_LINK, risk=Risk.WRITE, http="POST /pairings/look", doors=PEOPLE_DOORS)
async def look_at_pairing(ctx: Context, data: PairingRef) -> WaitingTerminal:
    """Show the terminal behind a scanned code before you link it."""
    return await pairing.look(ctx, data)


@action(
    "identity.decide_pairing", scope=DEVICES_LINK, risk=Risk.WRITE, http="POST /pairings/decide", doors=PEOPLE_DOORS
)
async def decide_pairing(ctx: Context, data: PairingDecide) -> Nothing:
    """Link a waiting terminal to your account, or turn it down; to link it asks first whether it is you."""
    if data.approve:
        await require_confirmed(ctx)
    await pairing.decide(ctx, data)
    return Nothing()


@action("identity.redeem_pairing_token", scope=None, risk=Risk.WRITE, secret_output=True, doors=PEOPLE_DOORS)
async def redeem_pairing_token(ctx: Context, data: TokenRedeem) -> Signed:
    """Sign a terminal in with a pairing token."""
    return await pairing.redeem_token(ctx, data)


@action("identity.start_pairing", scope=None, risk=Risk.WRITE, secret_output=True, doors=PEOPLE_DOORS)
async def start_pairing(ctx: Context, data: PairingStart) -> PairingStarted:
    """Let a terminal wait until someone signed in confirms it."""
    return await pairing.start(ctx, data)


@action("identity.claim_pairing", scope=None, risk=Risk.WRITE, secret_output=True, doors=PEOPLE_DOORS)
async def claim_pairing(ctx: Context, data: PairingClaim) -> Signed:
    """Sign a confirmed terminal in."""
    return await pairing.claim(ctx, data)
