"""Signing in with an OpenID provider: who set it up, the way there and back, accounts that are linked.

Accounts are linked by the person alone, signed in at both ends; never by an address that a provider tells.
"""

from datetime import timedelta
from uuid import UUID

from pydantic import SecretStr

from gitu.features.identity import accounts, factors_repository, openid_repository, repository, tickets
from gitu.features.identity.errors import (
    LastWayIn,
    OpenIdLinkTaken,
    OpenIdStateInvalid,
    ProviderFixed,
    ProviderMissing,
    SignInFailed,
    SignUpClosed,
)
from gitu.features.identity.events import FactorsChanged
from gitu.features.identity.factors import signed_or_second_step
from gitu.features.identity.provider import Identity, Provider, ProviderClient
from gitu.features.identity.schemas.openid import (
    OpenIdFinish,
    OpenIdFinished,
    OpenIdLink,
    OpenIdLinks,
    OpenIdProvider,
    OpenIdProviders,
    OpenIdProviderSet,
    OpenIdStart,
    OpenIdStarted,
)
from gitu.features.identity.tables import OpenIdLinkRow, OpenIdProviderRow, UserRow
from gitu.features.identity.tickets import TicketKind
from gitu.kernel.actions.context import Context
from gitu.kernel.auth.principal import Role
from gitu.kernel.crypto.columns import column_context, register_encrypted_column
from gitu.kernel.crypto.tokens import hash_token, new_token, same_secret
from gitu.kernel.db.tables import Base
from gitu.kernel.errors import NotFound
from gitu.kernel.ids import new_id
from gitu.kernel.services import Services

LIFETIME = timedelta(minutes=10)
CALLBACK = "/api/v1/auth/openid/callback"
_SECRET_CONTEXT = "identity_openid_provider.client_secret"  # noqa: S105 - the name of a column

register_encrypted_column(Base.metadata.tables[OpenIdProviderRow.__tablename__], "client_secret", _SECRET_CONTEXT)


def redirect_uri(services: Services) -> str:
    """What the provider is told to send people back to."""
    return services.base_url + CALLBACK


# -- which provider -------------------------------------------------------------------------------------


async def find_provider(ctx: Context) -> Provider | None:
    """The one of the settings, else the one that an admin set up."""
    settings = ctx.services.settings
    if settings.openid_issuer and settings.openid_client_id:
        secret = settings.openid_client_secret
        return Provider(
            name=settings.openid_name,
            issuer=settings.openid_issuer,
            client_id=settings.openid_client_id,
            client_secret=secret.get_secret_value() if secret else None,
            fixed=True,
        )
    row = await openid_repository.find_provider(ctx.db)
    if row is None:
        return None
    secret_text = None
    if row.client_secret is not None:
        context = column_context(_SECRET_CONTEXT, row.id)
        secret_text = ctx.services.keyring.decrypt(row.client_secret, context=context).decode()
    return Provider(row.name, row.issuer, row.client_id, secret_text, fixed=False)


async def get_provider(ctx: Context) -> OpenIdProviders:
    """The provider as admins see it, without its secret; none or one."""
    provider = await find_provider(ctx)
    items = [_shown(ctx, provider)] if provider else []
    return OpenIdProviders(items=items, redirect_uri=redirect_uri(ctx.services))


def _shown(ctx: Context, provider: Provider) -> OpenIdProvider:
    return OpenIdProvider(
        name=provider.name,
        issuer=provider.issuer,
        client_id=provider.client_id,
        has_secret=provider.client_secret is not None,
        fixed=provider.fixed,
        redirect_uri=redirect_uri(ctx.services),
    )


async def set_provider(ctx: Context, data: OpenIdProviderSet) -> OpenIdProvider:
    """Keep it, once it has answered. Raises ProviderFixed, ProviderFailed."""
    former = await find_provider(ctx)
    if former is not None and former.fixed:
        raise ProviderFixed(what="provider")
    await ctx.services.resource(ProviderClient).discover(data.issuer)
    secret = data.client_secret.get_secret_value() if data.client_secret else ""
    if not secret and former is not None and former.issuer == data.issuer:
        secret = former.client_secret or ""  # it never goes to another issuer than it was given for
    sealed = None
    if secret:
        sealed = ctx.services.keyring.encrypt(secret.encode(), context=column_context(_SECRET_CONTEXT, 1))
    await openid_repository.save_provider(ctx.db, data.name, data.issuer, data.client_id, sealed)
    return _shown(ctx, Provider(data.name, data.issuer, data.client_id, secret or None, fixed=False))


async def remove_provider(ctx: Context) -> None:
    """Nobody signs in with it any more; links stay, for when it comes back. Raises ProviderMissing."""
    if not await openid_repository.delete_provider(ctx.db):
        raise ProviderMissing(what="provider", id="-")


async def _provider(ctx: Context) -> Provider:
    provider = await find_provider(ctx)
    if provider is None:
        raise ProviderMissing(what="provider", id="-")
    return provider


# -- there ----------------------------------------------------------------------------------------------


async def start(ctx: Context, data: OpenIdStart, *, link: bool = False) -> OpenIdStarted:
    """The way to the provider: to sign in or join, or to link it to the caller's account.

    Raises ProviderMissing, ProviderFailed, PersonNeeded.
    """
    owner_id = tickets.require_person(ctx) if link else None
    provider = await _provider(ctx)
    client = ctx.services.resource(ProviderClient)
    found = await client.discover(provider.issuer)
    browser = new_token("gitu_oib")
    invitation = hash_token(data.invitation.get_secret_value()) if data.invitation else None
    issued = await tickets.issue(
        ctx,
        TicketKind.OPENID,
        "gitu_ois",
        LIFETIME,
        owner_id=owner_id,
        data={"browser": hash_token(browser), "next": data.next, "invitation": invitation, "issuer": provider.issuer},
    )
    url = client.authorization_url(
        found, provider, redirect_uri=redirect_uri(ctx.services), state=issued.secret, browser=browser
    )
    return OpenIdStarted(url=url, browser=SecretStr(browser))


# -- and back -------------------------------------------------------------------------------------------


async def finish(ctx: Context, data: OpenIdFinish) -> OpenIdFinished:
    """Back from the provider. Raises OpenIdStateInvalid, ProviderFailed, SignUpClosed, SignInFailed, …"""
    browser = data.browser.get_secret_value()
    # Used up whatever becomes of it, and before the provider is asked, for whom no transaction should wait.
    async with ctx.services.database.transaction() as db:
        state = hash_token(data.state.get_secret_value())
        ticket = await repository.lock_ticket(db, TicketKind.OPENID, state, ctx.now)
        if ticket is None or not same_secret(str(ticket.data["browser"]), hash_token(browser)):
            raise OpenIdStateInvalid()
        owner_id, told = ticket.owner_id, dict(ticket.data)
        await db.delete(ticket)
    if owner_id is not None and owner_id != ctx.principal.user_id:
        raise OpenIdStateInvalid()
    provider = await _provider(ctx)
    if provider.issuer != told["issuer"]:
        raise OpenIdStateInvalid()
    who = await ctx.services.resource(ProviderClient).identify(
        provider,
        code=data.code.get_secret_value(),
        redirect_uri=redirect_uri(ctx.services),
        browser=browser,
    )
    if owner_id is not None:
        await _link(ctx, owner_id, provider.issuer, who)
        return OpenIdFinished(answer=None, next=told["next"])
    user = await _person(ctx, provider.issuer, who, told["invitation"])
    return OpenIdFinished(answer=await signed_or_second_step(ctx, user, "openid"), next=told["next"])


async def _person(ctx: Context, issuer: str, who: Identity, invitation_hash: str | None) -> UserRow:
    """Whose account it is, or a new one where the rules of this Gitu let them in."""
    link = await openid_repository.find_link(ctx.db, issuer, who.subject)
    if link is not None:
        user = await repository.find_user(ctx.db, link.owner_id)
        if user is None or user.disabled_at is not None:
            raise SignInFailed()
        link.last_used_at = user.last_seen_at = ctx.now
        return user
    role = await _role_of_newcomer(ctx, invitation_hash)
    user = await accounts.add_without_password(ctx, login=who.login or who.email or "member", name=who.name, role=role)
    await _link(ctx, user.id, issuer, who)
    return user


async def _role_of_newcomer(ctx: Context, invitation_hash: str | None) -> Role:
    if invitation_hash is not None:
        return await accounts.take_invitation(ctx, invitation_hash)
    instance = await repository.get_instance(ctx.db)
    if instance is None or instance.sign_up != "open" or await repository.find_owner(ctx.db) is None:
        raise SignUpClosed(scope="-")
    return Role.MEMBER


async def _link(ctx: Context, owner_id: UUID, issuer: str, who: Identity) -> None:
    existing = await openid_repository.find_link(ctx.db, issuer, who.subject)
    if existing is not None:
        if existing.owner_id == owner_id:
            return
        raise OpenIdLinkTaken(what="account")
    row = OpenIdLinkRow(
        id=new_id(),
        owner_id=owner_id,
        issuer=issuer,
        subject=who.subject,
        email=who.email,
        created_at=ctx.now,
        last_used_at=None,
    )
    ctx.db.add(row)
    ctx.emit(FactorsChanged(user_id=owner_id), owner_id=owner_id)


# -- looking after them ---------------------------------------------------------------------------------


async def list_links(ctx: Context) -> OpenIdLinks:
    """The accounts at providers that sign the caller in; few by their nature."""
    rows = await openid_repository.links_of(ctx.db, ctx.user_id)
    return OpenIdLinks(
        items=[
            OpenIdLink(
                id=row.id,
                issuer=row.issuer,
                email=row.email,
                created_at=row.created_at,
                last_used_at=row.last_used_at,
            )
            for row in rows
        ]
    )


async def unlink(ctx: Context, link_id: UUID) -> None:
    """It no longer signs the caller in. Raises NotFound, and LastWayIn where nothing else would."""
    user = await accounts.own_row(ctx)
    if link_id not in {row.id for row in await openid_repository.links_of(ctx.db, user.id)}:
        raise NotFound(what="linked account", id=str(link_id))
    if not user.password_hash and await factors_repository.count_ways_in(ctx.db, user.id) < 2:
        raise LastWayIn(what="linked account")
    await openid_repository.delete_link(ctx.db, user.id, link_id)
    ctx.emit(FactorsChanged(user_id=user.id))
