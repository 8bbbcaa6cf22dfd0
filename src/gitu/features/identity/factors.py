"""A second factor: one-time codes by the clock (TOTP, RFC 6238) and recovery codes for when the app is gone."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from pydantic import SecretStr

from gitu.features.identity import factors_repository, passkeys, repository, tickets
from gitu.features.identity.accounts import own_row
from gitu.features.identity.devices import new_device
from gitu.features.identity.errors import (
    CodeWrong,
    OwnerUntouchable,
    PasswordWrong,
    SecondFactorMissing,
    SecondFactorThere,
    SecondStepExpired,
    SignInAgain,
)
from gitu.features.identity.events import FactorsChanged
from gitu.features.identity.passwords import PasswordChecker
from gitu.features.identity.pictures import qr_picture
from gitu.features.identity.schemas import Method, Signed
from gitu.features.identity.schemas.factors import (
    Proof,
    RecoveryCodes,
    SecondFactor,
    SecondFactorStarted,
    SecondStep,
    SecondStepTake,
    SignInAnswer,
)
from gitu.features.identity.tables import TotpRow, UserRow
from gitu.features.identity.throttling import (
    address_key,
    check_throttle,
    count_attempt,
    count_failure,
    forgive,
    throttle_keys,
)
from gitu.features.identity.tickets import TicketKind
from gitu.kernel.actions.context import Context
from gitu.kernel.auth.principal import Kind, Role
from gitu.kernel.crypto.columns import column_context, register_encrypted_column
from gitu.kernel.crypto.tokens import hash_token, same_secret
from gitu.kernel.db.tables import Base
from gitu.kernel.errors import FieldProblem, NotFound

STEP_S = 30
FRESH = timedelta(minutes=10)
"""For those whom only a provider signs in: so long a sign-in proves who they are."""
STEP_LIFETIME = timedelta(minutes=5)
RECOVERY_CODES = 10
_RECOVERY_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 of them without 0, O, 1 and I: 16 letters have 80 bits
_SECRET_CONTEXT = "identity_totp.secret"  # noqa: S105 - the name of a column

register_encrypted_column(Base.metadata.tables[TotpRow.__tablename__], "secret", _SECRET_CONTEXT)


# -- at sign-in -----------------------------------------------------------------------------------------


async def signed_or_second_step(ctx: Context, user: UserRow, method: Method) -> SignInAnswer:
    """The first proof was right: a device, or a ticket for the second step where the person has set one up."""
    totp = await factors_repository.find_totp(ctx.db, user.id)
    if totp is None or totp.confirmed_at is None:
        return SignInAnswer(signed=await new_device(ctx, user, method))
    issued = await tickets.issue(
        ctx, TicketKind.SECOND_STEP, "gitu_step", STEP_LIFETIME, owner_id=user.id, data={"method": method}
    )
    ctx.audit_detail["second_step"] = True
    ctx.audit_detail["user_id"] = str(user.id)
    return SignInAnswer(second_step=SecondStep(ticket=SecretStr(issued.secret), expires_at=issued.row.expires_at))


async def take_second_step(ctx: Context, data: SecondStepTake) -> Signed:
    """The code after the password. Raises SecondStepExpired, CodeWrong, SignInThrottled."""
    secret = data.ticket.get_secret_value()
    # Counted before the code is looked at, so that guesses sent at once are not all free; and before the action's
    # own transaction needs a connection.
    async with ctx.services.database.transaction() as db:
        known = await repository.lock_ticket(db, TicketKind.SECOND_STEP, hash_token(secret), ctx.now)
        if known is None or known.owner_id is None:
            raise SecondStepExpired()
        who = throttled(known.owner_id)
        await count_attempt(db, ctx, who)
    ticket = await tickets.take(ctx, TicketKind.SECOND_STEP, secret)
    user = await repository.find_user(ctx.db, ticket.owner_id) if ticket and ticket.owner_id else None
    if ticket is None or user is None or user.disabled_at is not None:
        raise SecondStepExpired()
    if not await _use_code(ctx, user.id, data.code.get_secret_value()):
        await count_failure(ctx, address_key(ctx))
        raise CodeWrong()
    await forgive(ctx, who)
    return await new_device(ctx, user, ticket.data["method"])


def throttled(user_id: UUID) -> str:
    """What wrong codes and passwords of a person who is signed in are counted under."""
    return f"second:{user_id}"


async def _use_code(ctx: Context, user_id: UUID, given: str) -> bool:
    """Whether the code is right and was not used before; it is used up by this."""
    code = "".join(given.split()).replace("-", "").upper()
    if len(code) == 6 and code.isascii() and code.isdigit():
        totp = await factors_repository.find_totp(ctx.db, user_id)
        step = matching_step(_secret_of(ctx, totp), code, ctx.now) if totp else None
        return step is not None and await factors_repository.use_totp_step(ctx.db, user_id, step)
    if await factors_repository.use_recovery_code(ctx.db, user_id, _recovery_hash(user_id, code)):
        ctx.audit_detail["recovery_code"] = True
        return True
    return False


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is: the present one, the one before or the one after (RFC 6238, 5.2)."""
    from pyotp.totp import TOTP  # noqa: PLC0415 - only where codes are in use

    totp, present, found = TOTP(secret, interval=STEP_S), int(now.timestamp()) // STEP_S, None
    for step in (present - 1, present, present + 1):  # all of them, whichever it is
        if same_secret(totp.generate_otp(step), code):
            found = step
    return found


def _secret_of(ctx: Context, totp: TotpRow) -> str:
    context = column_context(_SECRET_CONTEXT, totp.owner_id)
    return ctx.services.keyring.decrypt(totp.secret, context=context).decode()


def _recovery_hash(user_id: UUID, code: str) -> str:
    return hash_token(f"recovery:{user_id}:{code}")


# -- setting it up --------------------------------------------------------------------------------------


async def get_second_factor(ctx: Context) -> SecondFactor:
    """Whether the caller has one."""
    totp = await factors_repository.find_totp(ctx.db, ctx.user_id)
    since = totp.confirmed_at if totp else None
    left = await factors_repository.count_recovery_codes(ctx.db, ctx.user_id) if since else 0
    return SecondFactor(enabled=since is not None, since=since, recovery_codes_left=left)


async def start(ctx: Context) -> SecondFactorStarted:
    """A new secret for the caller's app; it counts once a code of it was given. Raises SecondFactorThere."""
    from pyotp import random_base32  # noqa: PLC0415 - only where codes are in use
    from pyotp.totp import TOTP  # noqa: PLC0415

    owner_id = tickets.require_person(ctx)
    user, instance = await own_row(ctx), await repository.get_instance(ctx.db)
    secret = random_base32()
    sealed = ctx.services.keyring.encrypt(secret.encode(), context=column_context(_SECRET_CONTEXT, owner_id))
    if not await factors_repository.save_unconfirmed_totp(ctx.db, owner_id, sealed, ctx.now):
        raise SecondFactorThere(what="second factor")
    issuer = instance.name if instance else "Gitu"
    # A colon parts the issuer from the name in such a link.
    uri = TOTP(secret, interval=STEP_S).provisioning_uri(name=user.login, issuer_name=issuer.replace(":", " "))
    return SecondFactorStarted(secret=secret, uri=uri, qr=qr_picture(uri))


async def confirm(ctx: Context, code: SecretStr) -> RecoveryCodes:
    """Switch it on with a first code. Raises CodeNotRight, SecondFactorThere, SecondFactorMissing."""
    owner_id = tickets.require_person(ctx)
    totp = await factors_repository.find_totp(ctx.db, owner_id)
    if totp is None:
        raise SecondFactorMissing(what="second factor", id="-")
    if totp.confirmed_at is not None:
        raise SecondFactorThere(what="second factor")
    keys = throttle_keys(ctx, throttled(owner_id))
    await check_throttle(ctx, keys)
    given = code.get_secret_value().replace(" ", "")
    if not (given.isascii() and given.isdigit() and await _use_code(ctx, owner_id, given)):
        await count_failure(ctx, keys)
        raise _wrong_code()
    await factors_repository.confirm_totp(ctx.db, owner_id, ctx.now)
    ctx.emit(FactorsChanged(user_id=owner_id))
    return await _new_recovery_codes(ctx, owner_id)


async def renew_recovery_codes(ctx: Context, proof: Proof) -> RecoveryCodes:
    """Ten fresh ones instead of what is left. Raises SecondFactorMissing, PasswordWrong."""
    owner_id = tickets.require_person(ctx)
    await _require_enabled(ctx, owner_id)
    await prove(ctx, proof)
    ctx.emit(FactorsChanged(user_id=owner_id))
    return await _new_recovery_codes(ctx, owner_id)


async def disable(ctx: Context, proof: Proof) -> None:
    """Switch it off. Raises SecondFactorMissing, PasswordWrong."""
    owner_id = tickets.require_person(ctx)
    await _require_enabled(ctx, owner_id)
    await prove(ctx, proof)
    await factors_repository.delete_totp(ctx.db, owner_id)
    ctx.emit(FactorsChanged(user_id=owner_id))


async def reset(ctx: Context, user_id: UUID) -> None:
    """Take a person's second factor away, since their app and their codes are gone.

    Admins do it for others. For the owner only the terminal of this machine can, which acts as the owner
    without having signed in. Raises NotFound, OwnerUntouchable, SecondFactorMissing.
    """
    user = await repository.find_user(ctx.db, user_id)
    if user is None:
        raise NotFound(what="user", id=str(user_id))
    at_the_machine = ctx.principal.kind is Kind.PERSON and ctx.principal.device_id is None
    above = user.role == Role.OWNER or (user.role == Role.ADMIN and ctx.principal.role is not Role.OWNER)
    if (above or user.id == ctx.user_id) and not (at_the_machine and ctx.principal.role is Role.OWNER):
        raise OwnerUntouchable(scope="users:admin")
    if not await factors_repository.delete_totp(ctx.db, user.id):
        raise SecondFactorMissing(what="second factor", id="-")
    ctx.audit_detail["user_id"] = str(user.id)
    ctx.emit(FactorsChanged(user_id=user.id), owner_id=user.id)


async def prove(ctx: Context, proof: Proof) -> None:
    """That the caller is who they say, by password, code or passkey.

    Raises PasswordWrong, PasskeyRefused, SignInThrottled, SignInAgain.
    """
    user = await own_row(ctx)
    if not user.password_hash and await count_ways_to_prove(ctx, user.id) == 0:
        await _require_fresh_sign_in(ctx)
        return
    if proof.passkey is not None:
        await passkeys.prove(ctx, proof.passkey)
        return
    keys = throttle_keys(ctx, throttled(user.id))
    await check_throttle(ctx, keys)
    if proof.password is not None:
        checker = ctx.services.resource(PasswordChecker)
        if (await checker.verify(proof.password.get_secret_value(), user.password_hash)).ok:
            return
        await count_failure(ctx, keys)
        raise PasswordWrong(summary="", fields=[FieldProblem.of("password", "field-wrong")])
    if proof.code is None or not await _use_code(ctx, user.id, proof.code.get_secret_value()):
        await count_failure(ctx, keys)
        raise _wrong_code()


async def count_ways_to_prove(ctx: Context, user_id: UUID) -> int:
    """How many passkeys and one-time codes the person can answer with."""
    totp = await factors_repository.find_totp(ctx.db, user_id)
    codes = totp is not None and totp.confirmed_at is not None
    return len(await factors_repository.passkeys_of(ctx.db, user_id)) + codes


async def _require_fresh_sign_in(ctx: Context) -> None:
    device_id = ctx.principal.device_id
    since = await repository.signed_in_at(ctx.db, ctx.user_id, device_id) if device_id else None
    if since is None or ctx.now - since > FRESH:
        raise SignInAgain(minutes=int(FRESH.total_seconds() // 60), scope="-")


def _wrong_code() -> PasswordWrong:
    return PasswordWrong(summary="", fields=[FieldProblem.of("code", "field-code-wrong")])


async def _require_enabled(ctx: Context, owner_id: UUID) -> None:
    totp = await factors_repository.find_totp(ctx.db, owner_id)
    if totp is None or totp.confirmed_at is None:
        raise SecondFactorMissing(what="second factor", id="-")


async def _new_recovery_codes(ctx: Context, owner_id: UUID) -> RecoveryCodes:
    codes = ["".join(secrets.choice(_RECOVERY_LETTERS) for _ in range(16)) for _ in range(RECOVERY_CODES)]
    hashes = [_recovery_hash(owner_id, code) for code in codes]
    await factors_repository.replace_recovery_codes(ctx.db, owner_id, hashes, ctx.now)
    return RecoveryCodes(codes=["-".join(code[i : i + 4] for i in range(0, 16, 4)) for code in codes])
