"""What can be done with models."""

from gitu.features.models import discovery, service, usage
from gitu.features.models.answers import actions as answer_actions
from gitu.features.models.budgets import actions as budget_actions
from gitu.features.models.embeddings import actions as embedding_actions
from gitu.features.models.errors import OfferGone
from gitu.features.models.nodes import actions as node_actions
from gitu.features.models.providers import DEFAULT_URLS
from gitu.features.models.schemas import (
    CallRecord,
    CallsQuery,
    Connection,
    ConnectionCreate,
    ConnectionRef,
    ConnectionTest,
    ConnectionUpdate,
    Defaults,
    DefaultsQuery,
    DefaultsSet,
    Model,
    ModelQuery,
    OfferAdopt,
    Offers,
    OffersQuery,
    PersonUsageRow,
    RoutingComparison,
    RoutingQuery,
    UsageQuery,
    UsageRow,
)
from gitu.features.models.scopes import (
    MODELS_CHOOSE,
    MODELS_CONNECT,
    MODELS_READ,
    MODELS_SHARE,
    MODELS_USAGE_ALL,
)
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page, PageQuery
from gitu.kernel.actions.registry import PEOPLE_DOORS, Nothing, Risk, action

__all__ = ["answer_actions", "budget_actions", "embedding_actions", "node_actions"]  # registered by being imported


@action("models.list_models", scope=MODELS_READ, risk=Risk.READ, http="GET /models")
async def list_models(ctx: Context, data: ModelQuery) -> Page[Model]:
    """List the models you may use, with their windows and prices."""
    return await service.list_all_models(ctx, data)


@action("models.list_connections", scope=MODELS_READ, risk=Risk.READ, http="GET /models/connections")
async def list_connections(ctx: Context, data: PageQuery) -> Page[Connection]:
    """List your connections to models and the shared ones."""
    return await service.list_connections(ctx, data)


@action(
    "models.create_connection",
    scope=MODELS_CONNECT,
    risk=Risk.WRITE,
    http="POST /models/connections",
    doors=PEOPLE_DOORS,
    external=True,
)
async def create_connection(ctx: Context, data: ConnectionCreate) -> Connection:
    """Connect a provider or a server of models.

    It is tried at once. One that does not work is kept too and says why, so that it can be mended.
    """
    return await service.create_connection(ctx, data)


@action(
    "models.update_connection",
    scope=MODELS_CONNECT,
    risk=Risk.WRITE,
    http="PATCH /models/connections/{connection_id}",
    doors=PEOPLE_DOORS,
    external=True,
)
async def update_connection(ctx: Context, data: ConnectionUpdate) -> Connection:
    """Change a connection's name, address, key, models or sharing.

    A key does not travel to another address: with a new address, give the key again.
    """
    return await service.update_connection(ctx, data)


@action(
    "models.delete_connection",
    scope=MODELS_CONNECT,
    risk=Risk.DANGEROUS,
    http="DELETE /models/connections/{connection_id}",
)
async def delete_connection(ctx: Context, data: ConnectionRef) -> Nothing:
    """Delete a connection and its key for good."""
    await service.delete_connection(ctx, data.connection_id)
    return Nothing()


@action(
    "models.test_connection",
    scope=MODELS_CONNECT,
    risk=Risk.WRITE,
    http="POST /models/connections/{connection_id}/test",
    external=True,
)
async def test_connection(ctx: Context, data: ConnectionRef) -> ConnectionTest:
    """Try a connection now, and look which models it has."""
    return await service.test_connection(ctx, data.connection_id)


@action("models.list_discovered", scope=MODELS_SHARE, risk=Risk.READ, http="GET /models/discovered")
async def list_discovered(ctx: Context, data: OffersQuery) -> Offers:
    """Look for keys in the environment and model servers on this machine."""
    return await discovery.offers(ctx)


@action(
    "models.adopt_discovered", scope=MODELS_SHARE, risk=Risk.WRITE, http="POST /models/discovered/adopt", external=True
)
async def adopt_discovered(ctx: Context, data: OfferAdopt) -> Connection:
    """Connect something that was found in the environment or on this machine."""
    found = await discovery.find(ctx, data)
    if found is None:
        raise OfferGone(name=data.base_url or data.provider)
    offer, key = found
    return await service.create_connection(
        ctx,
        ConnectionCreate.model_validate(
            {
                "provider": offer.provider,
                "name": offer.name,
                "base_url": offer.base_url if offer.provider not in DEFAULT_URLS else None,
                "api_key": key,
                "shared": True if data.shared is None else data.shared,
            }
        ),
    )


@action("models.get_defaults", scope=MODELS_READ, risk=Risk.READ, http="GET /models/defaults")
async def get_defaults(ctx: Context, data: DefaultsQuery) -> Defaults:
    """Show which model answers by default and which ones step in."""
    return await service.get_defaults(ctx, instance=data.instance)


@action("models.set_defaults", scope=MODELS_CHOOSE, risk=Risk.WRITE, http="PUT /models/defaults")
async def set_defaults(ctx: Context, data: DefaultsSet) -> Defaults:
    """Choose which model answers by default and which ones step in for it."""
    return await service.set_defaults(ctx, data)


@action("models.list_calls", scope=MODELS_READ, risk=Risk.READ, http="GET /models/calls")
async def list_calls(ctx: Context, data: CallsQuery) -> Page[CallRecord]:
    """List your calls of models with tokens, cost and latency, newest first."""
    return await usage.list_calls(ctx, data)


@action("models.get_usage", scope=MODELS_READ, risk=Risk.READ, http="GET /models/usage")
async def get_usage(ctx: Context, data: UsageQuery) -> Page[UsageRow]:
    """Sum up your use of models by day, model and feature."""
    return await usage.get_usage(ctx, data)


@action("models.get_usage_of_everyone", scope=MODELS_USAGE_ALL, risk=Risk.READ, http="GET /models/usage/everyone")
async def get_usage_of_everyone(ctx: Context, data: UsageQuery) -> Page[PersonUsageRow]:
    """Sum up everyone's use of models by day, person, model and feature; no conversation is shown."""
    return await usage.get_usage_of_everyone(ctx, data)


@action("models.compare_routing", scope=MODELS_READ, risk=Risk.READ, http="GET /models/routing")
async def compare_routing(ctx: Context, data: RoutingQuery) -> RoutingComparison:
    """Replay your recorded calls: what automatic choice costs and is worth, beside always the best or the cheapest."""
    return await usage.compare_routing(ctx, data)
