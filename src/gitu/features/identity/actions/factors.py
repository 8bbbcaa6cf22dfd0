"""The second factor, and what asks for it again."""

from gitu.features.identity import factors, ownership
from gitu.features.identity.actions.scopes import FACTORS_READ, FACTORS_WRITE, USERS_ADMIN, NoInput
from gitu.features.identity.confirming import require_confirmed
from gitu.features.identity.schemas import Signed
from gitu.features.identity.schemas.factors import (
    CodeGiven,
    PersonRef,
    Proof,
    RecoveryCodes,
    SecondFactor,
    SecondFactorStarted,
    SecondStepTake,
)
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.registry import PEOPLE_DOORS, Nothing, Risk, action


@action("identity.take_second_step", scope=None, risk=Risk.WRITE, secret_output=True, doors=PEOPLE_DOORS)
async def take_second_step(ctx: Context, data: SecondStepTake) -> Signed:
    """Finish signing in with a one-time code or a recovery code."""
    return await factors.take_second_step(ctx, data)


@action("identity.get_second_factor", scope=FACTORS_READ, risk=Risk.READ, http="GET /me/second-factor")
async def get_second_factor(ctx: Context, data: NoInput) -> SecondFactor:
    """Show whether signing in asks you for a code, and how many recovery codes are left."""
    return await factors.get_second_factor(ctx)


@action(
    "identity.start_second_factor",
    scope=FACTORS_WRITE,
    risk=Risk.WRITE,
    http="POST /me/second-factor",
    secret_output=True,
)
async def start_second_factor(ctx: Context, data: NoInput) -> SecondFactorStarted:
    """Begin to set up one-time codes: a secret for your app; asks first whether it is you."""
    await require_confirmed(ctx)
    return await factors.start(ctx)


@action(
    "identity.confirm_second_factor",
    scope=FACTORS_WRITE,
    risk=Risk.WRITE,
    http="POST /me/second-factor/confirm",
    secret_output=True,
)
async def confirm_second_factor(ctx: Context, data: CodeGiven) -> RecoveryCodes:
    """Switch one-time codes on with the first code of your app; shows ten recovery codes, this once."""
    return await factors.confirm(ctx, data.code)


@action(
    "identity.renew_recovery_codes",
    scope=FACTORS_WRITE,
    risk=Risk.WRITE,
    http="POST /me/second-factor/recovery-codes",
    secret_output=True,
)
async def renew_recovery_codes(ctx: Context, data: Proof) -> RecoveryCodes:
    """Make ten fresh recovery codes; the old ones are dead."""
    return await factors.renew_recovery_codes(ctx, data)


@action(
    "identity.disable_second_factor",
    scope=FACTORS_WRITE,
    risk=Risk.WRITE,
    http="POST /me/second-factor/disable",
    doors=PEOPLE_DOORS,
)
async def disable_second_factor(ctx: Context, data: Proof) -> Nothing:
    """Switch one-time codes off, with your password or a code."""
    await factors.disable(ctx, data)
    return Nothing()


@action(
    "identity.reset_second_factor",
    scope=USERS_ADMIN,
    risk=Risk.DANGEROUS,
    http="POST /users/{user_id}/reset-second-factor",
)
async def reset_second_factor(ctx: Context, data: PersonRef) -> Nothing:
    """Take a person's second factor away when their app and their codes are gone."""
    await factors.reset(ctx, data.user_id)
    return Nothing()


@action(
    "identity.hand_over",
    scope=USERS_ADMIN,
    risk=Risk.DANGEROUS,
    http="POST /users/{user_id}/hand-over",
    doors=PEOPLE_DOORS,
)
async def hand_over(ctx: Context, data: PersonRef) -> Nothing:
    """Make an admin the owner of this Gitu in your place; you stay an admin."""
    await ownership.hand_over(ctx, data)
    return Nothing()
