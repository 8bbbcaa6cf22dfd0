"""Signing in and staying signed in: devices, their short access and rotating refresh tokens, throttling."""

from datetime import datetime, timedelta
from uuid import UUID

from pydantic import SecretStr

from gitu.features.identity import repository
from gitu.features.identity.errors import SessionExpired, SignInFailed
from gitu.features.identity.events import DeviceAdded, DeviceRevoked
from gitu.features.identity.passwords import PasswordChecker
from gitu.features.identity.schemas import Device, DeviceQuery, Method, Refresh, Signed, SignIn
from gitu.features.identity.tables import DeviceRow, UserRow
from gitu.features.identity.throttling import check_throttle, count_failure, forgive, throttle_keys
from gitu.features.identity.views import to_device, to_me
from gitu.kernel import clock
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page, decode_cursor, encode_cursor
from gitu.kernel.crypto.tokens import derived_token, hash_token, new_token
from gitu.kernel.errors import NotFound
from gitu.kernel.ids import new_id

ACCESS_LIFETIME = timedelta(minutes=15)
REFRESH_LIFETIME = timedelta(days=60)
LINKED_TERMINAL_LIFETIME = timedelta(days=90)
REUSE_GRACE = timedelta(seconds=30)
"""Two tabs may refresh at the same moment; after this, an old refresh token means it was stolen."""


async def check_password(ctx: Context, data: SignIn) -> UserRow:
    """Whose name and password these are.

    Raises SignInThrottled or SignInFailed; neither tells whether the account exists.
    """
    who = f"login:{data.login.lower()}"
    keys = throttle_keys(ctx, who)
    await check_throttle(ctx, keys)
    user = await repository.find_user_by_login(ctx.db, data.login)
    password = data.password.get_secret_value()
    # A wrong name costs the same time as a wrong password, so that names can't be guessed by the clock.
    checker = ctx.services.resource(PasswordChecker)
    verdict = await checker.verify(password, user.password_hash if user else None)
    if user is None or not verdict.ok or user.disabled_at is not None:
        await count_failure(ctx, keys)
        raise SignInFailed()
    if verdict.new_hash is not None:
        user.password_hash = verdict.new_hash
    user.last_seen_at = ctx.now
    await forgive(ctx, who)
    return user


async def new_device(ctx: Context, user: UserRow, method: Method, client_id: UUID | None = None) -> Signed:
    """A signed-in device for ``user``, with its first tokens; it takes the place of the same terminal's former one."""
    if client_id is not None:
        for former in await repository.delete_devices_of_client(ctx.db, user.id, client_id):
            ctx.emit(DeviceRevoked(device_id=former), owner_id=user.id)
    device = DeviceRow(
        id=new_id(),
        owner_id=user.id,
        name=str(ctx.origin.get("device_name") or "Browser")[:100],
        kind=str(ctx.origin.get("device_kind") or "browser"),
        method=method,
        client_id=client_id,
        address=ctx.address,
        # A token or a scan links a terminal; neither shows who sits there.
        confirmed_at=None if method == "pairing" else ctx.now,
        created_at=ctx.now,
        previous_refresh_hash=None,
    )
    signed = _fresh_tokens(device, user, ctx.now)
    ctx.db.add(device)
    ctx.emit(DeviceAdded(device_id=device.id), owner_id=user.id)
    ctx.audit_detail["method"] = method
    ctx.audit_detail["device_id"] = str(device.id)
    ctx.audit_detail["user_id"] = str(user.id)
    return signed


def _fresh_tokens(
    device: DeviceRow, user: UserRow, now: datetime, access: str | None = None, refresh: str | None = None
) -> Signed:
    access, refresh = access or new_token("gitu_acc"), refresh or new_token("gitu_ref")
    device.access_hash, device.access_expires_at = hash_token(access), now + ACCESS_LIFETIME
    device.refresh_hash, device.refresh_expires_at = hash_token(refresh), now + _lifetime(device)
    device.refreshed_at = device.last_used_at = now
    return Signed(
        me=to_me(user),
        device_id=device.id,
        access_token=SecretStr(access),
        access_expires_at=device.access_expires_at,
        refresh_token=SecretStr(refresh),
        refresh_expires_at=device.refresh_expires_at,
    )


def _lifetime(device: DeviceRow) -> timedelta:
    return LINKED_TERMINAL_LIFETIME if device.method == "pairing" else REFRESH_LIFETIME


async def refresh(ctx: Context, data: Refresh) -> Signed:
    """Trade a refresh token for new tokens.

    The same token always yields the same successors, so that tabs that refresh at once end up with one pair;
    later, a token that was traded before signs the device out: it was copied. Raises SessionExpired.
    """
    token_hash = hash_token(data.token.get_secret_value())
    device = await repository.lock_device_by_refresh(ctx.db, token_hash)
    if device is None:
        raise SessionExpired()
    user = await repository.find_user(ctx.db, device.owner_id)
    reused = device.refresh_hash != token_hash and ctx.now - device.refreshed_at > REUSE_GRACE
    if user is None or user.disabled_at is not None or reused or device.refresh_expires_at <= ctx.now:
        await _revoke_in_own_transaction(ctx, device.owner_id, device.id)
        raise SessionExpired()
    seed = f"identity.refresh:{device.id}:{token_hash}"
    access = derived_token("gitu_acc", ctx.services.keyring.derive(f"{seed}:access"))
    following = derived_token("gitu_ref", ctx.services.keyring.derive(f"{seed}:refresh"))
    if device.refresh_hash != token_hash and device.refresh_hash != hash_token(following):
        raise SessionExpired()  # the master key was rotated within the last seconds; the other tab is signed in
    device.previous_refresh_hash = token_hash
    return _fresh_tokens(device, user, ctx.now, access, following)


async def _revoke_in_own_transaction(ctx: Context, owner_id: UUID, device_id: UUID) -> None:
    from gitu.kernel.events.store import append_events  # noqa: PLC0415 - only on this rare path

    await ctx.db.rollback()  # gives up the row lock that the next statement needs
    async with ctx.services.database.transaction() as db:
        await repository.delete_device(db, owner_id, device_id)
        event = DeviceRevoked(device_id=device_id)
        recorded = await append_events(db, ctx.services.bus.process_id, [(owner_id, event)], clock.now())
    ctx.services.bus.publish_local(recorded)


async def list_devices(ctx: Context, data: DeviceQuery) -> Page[Device]:
    """The caller's devices, last used first."""
    after = None
    if data.cursor:
        at, device_id = decode_cursor(data.cursor, datetime, UUID)
        after = (at, device_id)
    rows = await repository.list_devices(ctx.db, ctx.user_id, data.kind, after, data.limit + 1)
    items = [to_device(row, ctx.principal.device_id) for row in rows[: data.limit]]
    more = len(rows) > data.limit
    return Page[Device](items=items, next_cursor=encode_cursor(items[-1].last_used_at, items[-1].id) if more else None)


async def revoke(ctx: Context, device_id: UUID) -> None:
    """Sign the device out at once. Raises NotFound."""
    if not await repository.delete_device(ctx.db, ctx.user_id, device_id):
        raise NotFound(what="device", id=str(device_id))
    ctx.emit(DeviceRevoked(device_id=device_id))


async def revoke_others(ctx: Context) -> None:
    """Sign every device of the caller out but the one that asks."""
    for device_id in await repository.delete_devices_of(ctx.db, ctx.user_id, ctx.principal.device_id):
        ctx.emit(DeviceRevoked(device_id=device_id))
