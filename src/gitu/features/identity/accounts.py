"""Making accounts and changing them: the owner's link, invitations, open sign-up, profiles, roles."""

from datetime import timedelta
from uuid import UUID

from gitu.features.identity import factors_repository, repository
from gitu.features.identity.devices import new_device
from gitu.features.identity.errors import (
    LinkInvalid,
    LoginTaken,
    OwnerExists,
    OwnerUntouchable,
    PasswordWrong,
    SignUpClosed,
)
from gitu.features.identity.events import DeviceRevoked, PreferencesChanged, UserChanged
from gitu.features.identity.passwords import PasswordChecker
from gitu.features.identity.schemas import (
    Instance,
    InvitationAccept,
    InvitationCreate,
    InvitationCreated,
    Me,
    NewAccount,
    OwnerCreate,
    PasswordChange,
    Preferences,
    PreferencesUpdate,
    Signed,
    User,
    UserUpdate,
)
from gitu.features.identity.tables import InvitationRow, UserRow
from gitu.features.identity.views import to_invitation, to_me, to_user
from gitu.kernel import __version__, clock
from gitu.kernel.actions.context import Context
from gitu.kernel.auth.principal import Role
from gitu.kernel.crypto.tokens import hash_token, new_token
from gitu.kernel.errors import FieldProblem, NotFound
from gitu.kernel.ids import new_id
from gitu.kernel.services import Services

INVITATION_LIFETIME = timedelta(days=7)
DEFAULT_NAME = "Gitu"


async def instance(ctx: Context, openid_name: str | None) -> Instance:
    """The name, version and state of this Gitu."""
    row = await repository.get_instance(ctx.db)
    owner = await repository.find_owner(ctx.db)
    return Instance.model_validate(
        {
            "name": row.name if row else DEFAULT_NAME,
            "version": __version__,
            "state": "ready" if owner else "owner_needed",
            "sign_up": row.sign_up if row else "invitation",
            "openid": openid_name,
        }
    )


async def new_owner_link(services: Services) -> str | None:
    """A fresh one-time token for the owner's link, replacing the one before; None once there is an owner."""
    token = new_token("gitu_own")
    async with services.database.transaction() as db:
        await repository.lock_accounts(db)
        if await repository.find_owner(db) is not None:
            return None
        await repository.replace_owner_link(db, hash_token(token), clock.now())
    return token


async def create_owner(ctx: Context, data: OwnerCreate) -> Signed:
    """Raises OwnerExists or LinkInvalid."""
    await repository.lock_accounts(ctx.db)
    if await repository.find_owner(ctx.db) is not None:
        raise OwnerExists(what="owner")
    if not await repository.take_owner_link(ctx.db, hash_token(data.token.get_secret_value())):
        raise LinkInvalid()
    user = await _add_user(ctx, data, Role.OWNER)
    return await new_device(ctx, user, "password")


async def accept_invitation(ctx: Context, data: InvitationAccept) -> Signed:
    """Raises LinkInvalid when the invitation is unknown, used, revoked or has run out."""
    # Held by this transaction until the account is made, and free again if that fails.
    role = await take_invitation(ctx, hash_token(data.token.get_secret_value()))
    user = await _add_user(ctx, data, role)
    return await new_device(ctx, user, "password")


async def take_invitation(ctx: Context, token_hash: str) -> Role:
    """Use an invitation up; the role it gives. Raises LinkInvalid."""
    invitation = await repository.lock_invitation(ctx.db, token_hash)
    if invitation is None or invitation.used_at is not None or invitation.expires_at <= ctx.now:
        raise LinkInvalid()
    invitation.used_at = ctx.now
    return Role(invitation.role)


async def sign_up(ctx: Context, data: NewAccount) -> Signed:
    """Raises SignUpClosed unless the owner opened the door and there is an owner."""
    row = await repository.get_instance(ctx.db)
    if row is None or row.sign_up != "open" or await repository.find_owner(ctx.db) is None:
        raise SignUpClosed(scope="-")
    user = await _add_user(ctx, data, Role.MEMBER)
    return await new_device(ctx, user, "password")


async def _add_user(ctx: Context, data: NewAccount, role: Role) -> UserRow:
    checker = ctx.services.resource(PasswordChecker)
    password_hash = await checker.hash_new(
        data.password, login=data.login, name=data.name, field="password", locale=ctx.locale
    )
    await repository.lock_accounts(ctx.db)  # two at once may not get one name; hashing is done by now
    if await repository.find_user_by_login(ctx.db, data.login) is not None:
        raise LoginTaken(login=data.login, what="login", fields=[FieldProblem.of("login", "field-taken")])
    preferences = Preferences(language=data.language, time_zone=data.time_zone)
    return await _insert_user(ctx, data.login, data.name, role, password_hash, preferences)


async def add_without_password(ctx: Context, *, login: str, name: str | None, role: Role) -> UserRow:
    """An account that another proof signs in; its login is the wished one, or the nearest that is free."""
    await repository.lock_accounts(ctx.db)
    wished = "".join(login.split())[:180] or "member"
    free, number = wished, 1
    while await repository.find_user_by_login(ctx.db, free) is not None:
        number += 1
        free = f"{wished}-{number}"
    language = "ar" if ctx.locale == "ar" else "en"
    return await _insert_user(ctx, free, (name or wished)[:100], role, "", Preferences(language=language))


async def _insert_user(
    ctx: Context, login: str, name: str, role: Role, password_hash: str, preferences: Preferences
) -> UserRow:
    user = UserRow(
        id=new_id(),
        login=login,
        name=name,
        role=role.value,
        password_hash=password_hash,
        preferences=preferences.model_dump(mode="json"),
        created_at=ctx.now,
        last_seen_at=ctx.now,
        disabled_at=None,
    )
    ctx.db.add(user)
    await ctx.db.flush()
    ctx.audit_detail["user_id"] = str(user.id)
    return user


async def get_me(ctx: Context) -> Me:
    """The caller's own account."""
    return to_me(await own_row(ctx), ctx.principal)


async def own_row(ctx: Context) -> UserRow:
    """The caller's row. Raises NotFound when it is gone."""
    user = await repository.find_user(ctx.db, ctx.user_id)
    if user is None:
        raise NotFound(what="account", id=str(ctx.user_id))
    return user


async def rename_me(ctx: Context, name: str) -> Me:
    """Change the name others see."""
    user = await own_row(ctx)
    user.name = name
    ctx.emit(UserChanged(user_id=user.id))
    return to_me(user, ctx.principal)


async def update_preferences(ctx: Context, data: PreferencesUpdate) -> Me:
    """Change what is given; None for quiet hours takes them away."""
    user = await own_row(ctx)
    given = data.model_dump(mode="json", exclude_unset=True)
    for field in PreferencesUpdate.model_fields:
        if given.get(field, "absent") is None and field != "quiet_hours":
            del given[field]
    user.preferences = {**Preferences.model_validate(user.preferences).model_dump(mode="json"), **given}
    ctx.emit(UserChanged(user_id=user.id))
    ctx.emit(PreferencesChanged(user_id=user.id))
    return to_me(user, ctx.principal)


async def change_password(ctx: Context, data: PasswordChange) -> None:
    """Also signs out every other device. Raises PasswordWrong."""
    user = await own_row(ctx)
    checker = ctx.services.resource(PasswordChecker)
    if not (await checker.verify(data.current.get_secret_value(), user.password_hash)).ok:
        raise PasswordWrong(summary="", fields=[FieldProblem.of("current", "field-wrong")])
    user.password_hash = await checker.hash_new(
        data.new, login=user.login, name=user.name, field="new", locale=ctx.locale
    )
    for device_id in await repository.delete_devices_of(ctx.db, user.id, ctx.principal.device_id):
        ctx.emit(DeviceRevoked(device_id=device_id))


async def invite(ctx: Context, data: InvitationCreate) -> InvitationCreated:
    """The link is shown once; its token stands in the fragment, which never reaches a server or a log."""
    if ctx.principal.role is not Role.OWNER and data.role is Role.ADMIN:
        raise OwnerUntouchable(scope="users:admin")
    token = new_token("gitu_inv")
    row = InvitationRow(
        id=new_id(),
        owner_id=ctx.user_id,
        role=data.role.value,
        note=data.note,
        token_hash=hash_token(token),
        created_at=ctx.now,
        expires_at=ctx.now + INVITATION_LIFETIME,
        used_at=None,
    )
    ctx.db.add(row)
    return InvitationCreated(invitation=to_invitation(row), link=f"{ctx.services.base_url}/join#{token}")


async def update_user(ctx: Context, data: UserUpdate) -> User:
    """Change a role, or close an account's access at once. Raises OwnerUntouchable, NotFound."""
    user = await repository.find_user(ctx.db, data.user_id)
    if user is None:
        raise NotFound(what="user", id=str(data.user_id))
    if user.id == ctx.user_id or user.role == Role.OWNER:
        raise OwnerUntouchable(scope="users:admin")
    if ctx.principal.role is not Role.OWNER and Role.ADMIN in (data.role, user.role):
        raise OwnerUntouchable(scope="users:admin")
    if data.role is not None:
        user.role = data.role.value
    if data.disabled is not None:
        user.disabled_at = ctx.now if data.disabled else None
        if data.disabled:
            await _close_access(ctx, user.id)
    ctx.emit(UserChanged(user_id=user.id, disabled=user.disabled_at is not None), owner_id=user.id)
    secured = await factors_repository.who_has_totp(ctx.db, [user.id])
    return to_user(user, second_factor=bool(secured))


async def _close_access(ctx: Context, user_id: UUID) -> None:
    for device_id in await repository.delete_devices_of(ctx.db, user_id, None):
        ctx.emit(DeviceRevoked(device_id=device_id), owner_id=user_id)
