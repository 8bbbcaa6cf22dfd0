"""Signing in with an OpenID provider."""

from gitu.features.identity import openid
from gitu.features.identity.actions.scopes import FACTORS_READ, FACTORS_WRITE, INSTANCE_WRITE, NoInput
from gitu.features.identity.confirming import require_confirmed
from gitu.features.identity.schemas.openid import (
    OpenIdFinish,
    OpenIdFinished,
    OpenIdLinkRef,
    OpenIdLinks,
    OpenIdProvider,
    OpenIdProviders,
    OpenIdProviderSet,
    OpenIdStart,
    OpenIdStarted,
)
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.registry import PEOPLE_DOORS, Nothing, Risk, action


@action("identity.start_openid", scope=None, risk=Risk.WRITE, secret_output=True, doors=PEOPLE_DOORS)
async def start_openid(ctx: Context, data: OpenIdStart) -> OpenIdStarted:
    """Begin to sign in, or to join, with the OpenID provider."""
    return await openid.start(ctx, data)


@action("identity.start_openid_link", scope=FACTORS_WRITE, risk=Risk.WRITE, secret_output=True, doors=PEOPLE_DOORS)
async def start_openid_link(ctx: Context, data: OpenIdStart) -> OpenIdStarted:
    """Begin to link your account at the OpenID provider; asks first whether it is you."""
    await require_confirmed(ctx)
    return await openid.start(ctx, data, link=True)


@action("identity.finish_openid", scope=None, risk=Risk.WRITE, secret_output=True, doors=PEOPLE_DOORS)
async def finish_openid(ctx: Context, data: OpenIdFinish) -> OpenIdFinished:
    """Come back from the OpenID provider: signed in, or with your account linked."""
    return await openid.finish(ctx, data)


@action("identity.list_openid_links", scope=FACTORS_READ, risk=Risk.READ, http="GET /me/openid")
async def list_openid_links(ctx: Context, data: NoInput) -> OpenIdLinks:
    """List the accounts at OpenID providers that sign you in."""
    return await openid.list_links(ctx)


@action("identity.remove_openid_link", scope=FACTORS_WRITE, risk=Risk.DANGEROUS, http="DELETE /me/openid/{link_id}")
async def remove_openid_link(ctx: Context, data: OpenIdLinkRef) -> Nothing:
    """Unlink an account at an OpenID provider; it no longer signs you in."""
    await openid.unlink(ctx, data.link_id)
    return Nothing()


@action("identity.get_openid_provider", scope=INSTANCE_WRITE, risk=Risk.READ, http="GET /instance/openid")
async def get_openid_provider(ctx: Context, data: NoInput) -> OpenIdProviders:
    """Show the OpenID provider that people can sign in with."""
    return await openid.get_provider(ctx)


@action(
    "identity.set_openid_provider",
    scope=INSTANCE_WRITE,
    risk=Risk.DANGEROUS,
    http="PUT /instance/openid",
    doors=PEOPLE_DOORS,
)
async def set_openid_provider(ctx: Context, data: OpenIdProviderSet) -> OpenIdProvider:
    """Let people sign in with an OpenID provider."""
    return await openid.set_provider(ctx, data)


@action("identity.remove_openid_provider", scope=INSTANCE_WRITE, risk=Risk.DANGEROUS, http="DELETE /instance/openid")
async def remove_openid_provider(ctx: Context, data: NoInput) -> Nothing:
    """Let nobody sign in with the OpenID provider any more."""
    await openid.remove_provider(ctx)
    return Nothing()
