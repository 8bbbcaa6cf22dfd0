"""People, their devices and keys, invitations, this Gitu's own settings."""

from datetime import datetime
from uuid import UUID

from gitu.features.identity import accounts, devices, factors, factors_repository, keys, openid, repository
from gitu.features.identity.actions.scopes import (
    DEVICES_READ,
    DEVICES_WRITE,
    INSTANCE_WRITE,
    KEYS_READ,
    KEYS_WRITE,
    ME_READ,
    ME_WRITE,
    USERS_ADMIN,
    USERS_INVITE,
    USERS_READ,
    NoInput,
)
from gitu.features.identity.confirming import require_confirmed
from gitu.features.identity.schemas import (
    ApiKey,
    ApiKeyCreate,
    ApiKeyCreated,
    ApiKeyRef,
    Device,
    DeviceQuery,
    DeviceRef,
    Instance,
    InstanceUpdate,
    Invitation,
    InvitationAccept,
    InvitationCreate,
    InvitationCreated,
    InvitationRef,
    Me,
    MeUpdate,
    NewAccount,
    OwnerCreate,
    PasswordChange,
    PreferencesUpdate,
    Refresh,
    ScopeInfo,
    ScopeList,
    Signed,
    SignIn,
    User,
    UserQuery,
    UserUpdate,
)
from gitu.features.identity.schemas.factors import SignInAnswer
from gitu.features.identity.views import to_invitation, to_user
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page, PageQuery, decode_cursor, encode_cursor
from gitu.kernel.actions.permissions.keys import can_be_unasked, only_reads
from gitu.kernel.actions.registry import PEOPLE_DOORS, Nothing, Risk, action
from gitu.kernel.auth.scopes import Scope, all_scopes, allows, title_key
from gitu.kernel.errors import NotFound
from gitu.kernel.i18n import translate_or


@action(
    "identity.get_instance",
    scope=None,
    risk=Risk.READ,
    http="GET /instance",
    untracked=True,
    doors=PEOPLE_DOORS,
)
async def get_instance(ctx: Context, data: NoInput) -> Instance:
    """Show this Gitu's name, version and whether it has an owner."""
    return await _instance(ctx)


@action("identity.create_owner", scope=None, risk=Risk.WRITE, secret_output=True, doors=PEOPLE_DOORS)
async def create_owner(ctx: Context, data: OwnerCreate) -> Signed:
    """Create the owner with the one-time link printed at first start."""
    return await accounts.create_owner(ctx, data)


@action("identity.sign_in", scope=None, risk=Risk.WRITE, secret_output=True, doors=PEOPLE_DOORS)
async def sign_in(ctx: Context, data: SignIn) -> SignInAnswer:
    """Sign in on this device; where a second factor is set up, a ticket for that step comes first."""
    return await factors.signed_or_second_step(ctx, await devices.check_password(ctx, data), "password")


@action("identity.sign_up", scope=None, risk=Risk.WRITE, secret_output=True, doors=PEOPLE_DOORS)
async def sign_up(ctx: Context, data: NewAccount) -> Signed:
    """Create an account where the owner has opened sign-up."""
    return await accounts.sign_up(ctx, data)


@action("identity.accept_invitation", scope=None, risk=Risk.WRITE, secret_output=True, doors=PEOPLE_DOORS)
async def accept_invitation(ctx: Context, data: InvitationAccept) -> Signed:
    """Create an account with an invitation."""
    return await accounts.accept_invitation(ctx, data)


@action("identity.refresh", scope=None, risk=Risk.WRITE, secret_output=True, doors=PEOPLE_DOORS)
async def refresh(ctx: Context, data: Refresh) -> Signed:
    """Stay signed in: trade the refresh token for new tokens."""
    return await devices.refresh(ctx, data)


@action("identity.sign_out", scope=ME_READ, risk=Risk.WRITE, doors=PEOPLE_DOORS)
async def sign_out(ctx: Context, data: NoInput) -> Nothing:
    """Sign this device out."""
    if ctx.principal.device_id is not None:
        await devices.revoke(ctx, ctx.principal.device_id)
    return Nothing()


@action("identity.get_me", scope=ME_READ, risk=Risk.READ, http="GET /me", untracked=True)
async def get_me(ctx: Context, data: NoInput) -> Me:
    """Show your account, your permissions and your preferences."""
    return await accounts.get_me(ctx)


@action("identity.update_me", scope=ME_WRITE, risk=Risk.WRITE, http="PATCH /me")
async def update_me(ctx: Context, data: MeUpdate) -> Me:
    """Change the name others see."""
    return await accounts.rename_me(ctx, data.name)


@action("identity.update_preferences", scope=ME_WRITE, risk=Risk.WRITE, http="PATCH /me/preferences")
async def update_preferences(ctx: Context, data: PreferencesUpdate) -> Me:
    """Change your language, theme, time zone, quiet hours and notifications."""
    return await accounts.update_preferences(ctx, data)


@action("identity.change_password", scope=ME_WRITE, risk=Risk.WRITE, http="POST /me/password", doors=PEOPLE_DOORS)
async def change_password(ctx: Context, data: PasswordChange) -> Nothing:
    """Change your password and sign out your other devices."""
    await accounts.change_password(ctx, data)
    return Nothing()


@action("identity.list_devices", scope=DEVICES_READ, risk=Risk.READ, http="GET /devices")
async def list_devices(ctx: Context, data: DeviceQuery) -> Page[Device]:
    """List the devices you are signed in on."""
    return await devices.list_devices(ctx, data)


@action("identity.revoke_device", scope=DEVICES_WRITE, risk=Risk.DANGEROUS, http="DELETE /devices/{device_id}")
async def revoke_device(ctx: Context, data: DeviceRef) -> Nothing:
    """Sign a device out at once."""
    await devices.revoke(ctx, data.device_id)
    return Nothing()


@action("identity.revoke_other_devices", scope=DEVICES_WRITE, risk=Risk.DANGEROUS, http="POST /devices/sign-out-others")
async def revoke_other_devices(ctx: Context, data: NoInput) -> Nothing:
    """Sign out everywhere else, at once."""
    await devices.revoke_others(ctx)
    return Nothing()


@action("identity.list_api_keys", scope=KEYS_READ, risk=Risk.READ, http="GET /api-keys")
async def list_api_keys(ctx: Context, data: PageQuery) -> Page[ApiKey]:
    """List your API keys."""
    return await keys.list_keys(ctx, data)


@action("identity.create_api_key", scope=KEYS_WRITE, risk=Risk.WRITE, http="POST /api-keys", secret_output=True)
async def create_api_key(ctx: Context, data: ApiKeyCreate) -> ApiKeyCreated:
    """Create an API key with some of your permissions; it is shown once.

    What the key may do without asking you are permissions of its own, which you see and revoke like any other. It asks
    first whether it is you.
    """
    await require_confirmed(ctx)
    return await keys.create(ctx, data)


@action("identity.revoke_api_key", scope=KEYS_WRITE, risk=Risk.DANGEROUS, http="DELETE /api-keys/{key_id}")
async def revoke_api_key(ctx: Context, data: ApiKeyRef) -> Nothing:
    """Revoke an API key at once."""
    await keys.revoke(ctx, data.key_id)
    return Nothing()


@action("identity.list_scopes", scope=ME_READ, risk=Risk.READ, http="GET /scopes")
async def list_scopes(ctx: Context, data: NoInput) -> ScopeList:
    """List the permissions you have, and so may give to an API key."""
    return ScopeList(
        items=[
            ScopeInfo(
                scope=scope.name,
                title=_title(scope, ctx.locale),
                reads=only_reads(scope.name),
                unasked=can_be_unasked(scope.name),
            )
            for scope in all_scopes()
            if allows(ctx.principal, scope.name)
        ]
    )


@action("identity.list_invitations", scope=USERS_READ, risk=Risk.READ, http="GET /invitations")
async def list_invitations(ctx: Context, data: PageQuery) -> Page[Invitation]:
    """List the invitations of this Gitu."""
    rows = await repository.list_invitations(ctx.db, _after(data), data.limit + 1)
    items = [to_invitation(row) for row in rows[: data.limit]]
    more = len(rows) > data.limit
    return Page[Invitation](
        items=items, next_cursor=encode_cursor(items[-1].created_at, items[-1].id) if more else None
    )


@action(
    "identity.create_invitation",
    scope=USERS_INVITE,
    risk=Risk.WRITE,
    http="POST /invitations",
    secret_output=True,
)
async def create_invitation(ctx: Context, data: InvitationCreate) -> InvitationCreated:
    """Invite someone; the link is shown once and holds for seven days."""
    return await accounts.invite(ctx, data)


@action(
    "identity.revoke_invitation",
    scope=USERS_INVITE,
    risk=Risk.DANGEROUS,
    http="DELETE /invitations/{invitation_id}",
)
async def revoke_invitation(ctx: Context, data: InvitationRef) -> Nothing:
    """Take an invitation back."""
    if not await repository.delete_invitation(ctx.db, data.invitation_id):
        raise NotFound(what="invitation", id=str(data.invitation_id))
    return Nothing()


@action("identity.list_users", scope=USERS_READ, risk=Risk.READ, http="GET /users")
async def list_users(ctx: Context, data: UserQuery) -> Page[User]:
    """List the people of this Gitu."""
    rows = await repository.list_users(ctx.db, data.query, _after(data), data.limit + 1)
    secured = await factors_repository.who_has_totp(ctx.db, [row.id for row in rows])
    items = [to_user(row, second_factor=row.id in secured) for row in rows[: data.limit]]
    more = len(rows) > data.limit
    return Page[User](items=items, next_cursor=encode_cursor(items[-1].created_at, items[-1].id) if more else None)


@action("identity.update_user", scope=USERS_ADMIN, risk=Risk.DANGEROUS, http="PATCH /users/{user_id}")
async def update_user(ctx: Context, data: UserUpdate) -> User:
    """Change a person's role, or close and reopen their access."""
    return await accounts.update_user(ctx, data)


@action("identity.update_instance", scope=INSTANCE_WRITE, risk=Risk.DANGEROUS, http="PATCH /instance/settings")
async def update_instance(ctx: Context, data: InstanceUpdate) -> Instance:
    """Change this Gitu's name and who may sign up."""
    current = await _instance(ctx)
    await repository.save_instance(ctx.db, data.name or current.name, data.sign_up or current.sign_up)
    return await _instance(ctx)


async def _instance(ctx: Context) -> Instance:
    provider = await openid.find_provider(ctx)
    return await accounts.instance(ctx, provider.name if provider else None)


def _title(scope: Scope, locale: str) -> str:
    return scope.title if locale == "en" else translate_or(title_key(scope.name), scope.title, locale)


def _after(data: PageQuery) -> tuple[datetime, UUID] | None:
    if data.cursor is None:
        return None
    at, last_id = decode_cursor(data.cursor, datetime, UUID)
    return at, last_id
