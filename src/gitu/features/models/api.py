"""What higher tiers may ask of the models feature."""

import asyncio
import importlib
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

from gitu.features.models import repository
from gitu.features.models.bedrock.addresses import is_amazons, runtime_url
from gitu.features.models.budgets.rules import Purpose
from gitu.features.models.choosing import cheapest, local, model_id, split_id, window_of
from gitu.features.models.desk import ModelDesk
from gitu.features.models.discovery import from_environment, key_of
from gitu.features.models.embeddings.embedding import embed
from gitu.features.models.embeddings.indexes import declare_index
from gitu.features.models.embeddings.schemas import Embeddings, Item, Near
from gitu.features.models.embeddings.spaces import index_items, remove_items
from gitu.features.models.embeddings.spaces import search as search_index
from gitu.features.models.errors import NoModel, NoModelFits
from gitu.features.models.gateway.errors import DatabaseAway
from gitu.features.models.gateway.gateway import Gateway, Reply
from gitu.features.models.gateway.limits import RateLimits
from gitu.features.models.gateway.shapes import error_body
from gitu.features.models.nodes.watching import NodeWatch
from gitu.features.models.notices import Notice, OnNotice, Spent
from gitu.features.models.pricing import context_window as listed_window
from gitu.features.models.pricing import preload
from gitu.features.models.providers import DEFAULT_URLS, preload_sdks
from gitu.features.models.routing.chains import chain, kept_reason
from gitu.features.models.routing.needs import Needs
from gitu.features.models.routing.router import MODES, PREFIX, mode_of
from gitu.features.models.schemas import Connection, ConnectionCreate, ProviderKind
from gitu.features.models.scopes import MODELS_USE
from gitu.kernel.actions.execute import Call, execute
from gitu.kernel.actions.registry import Door
from gitu.kernel.auth.principal import Principal
from gitu.kernel.services import Services

if TYPE_CHECKING:
    from gitu.features.models.falling_back import TurnModel
    from gitu.features.models.tables import ConnectionRow

__all__ = [
    "EVERYONE",
    "MODELS_USE",
    "DatabaseAway",
    "Embeddings",
    "Gateway",
    "Item",
    "Near",
    "Needs",
    "Notice",
    "OnNotice",
    "Reply",
    "Spent",
    "chosen_model",
    "close_abandoned",
    "connect_from_environment",
    "context_window",
    "declare_index",
    "embed",
    "error_body",
    "gateway_limit",
    "has_model",
    "index_items",
    "models_list",
    "open_model",
    "remove_items",
    "search_index",
    "warm_up",
    "watch_nodes",
]

EVERYONE = repository.INSTANCE  # the owner of an index that everyone shares


async def open_model(
    services: Services,
    user_id: UUID,
    chosen: str | None = None,
    *,
    feature: str,
    session_id: UUID | None = None,
    on_notice: OnNotice | None = None,
    background: bool = False,
    needs: Needs | None = None,
) -> "TurnModel":
    """A model for one turn (or one auxiliary request), as pydantic-ai takes it; its calls are recorded.

    ``chosen`` is a model id or a way of choosing, else the person's default, else the instance's; ``needs`` say what
    for, where the router chooses. When a model fails before
    anything was streamed, the next of the fallback chain is asked and ``on_notice`` told. ``.spent`` sums up
    tokens and cost. Budgets count every call; ``background`` says that nobody waits for the answer.
    Raises NoModel, NoModelFits, ModelUnknown, KeyUnreadable; its requests raise ModelCallFailed and its kin only.
    """
    from gitu.features.models.falling_back import TurnModel  # noqa: PLC0415 - loads the agent library
    from gitu.features.models.metering import Meter, MeteredModel  # noqa: PLC0415

    desk = services.resource(ModelDesk)
    usable, defaults, *_ = await desk.catalog.usable(user_id)
    meter = Meter(desk.recorder, desk.ledger, desk.prices, desk.loops, desk.health, desk.idle_s, desk.noticed)
    purpose, spent = Purpose(user_id, feature, session_id, background=background), Spent()
    models: list[MeteredModel] = []
    needs = needs or Needs()
    asked = chain(desk.router, desk.health, usable, defaults, user_id, chosen, needs)
    for row, name, reason in asked:
        endpoint = desk.endpoint(row)
        models.append(
            MeteredModel(
                desk.clients.model(endpoint, name),
                endpoint=endpoint,
                name=name,
                local=local(row),
                meter=meter,
                purpose=purpose,
                spent=spent,
                cheaper=partial(cheapest, desk.prices, usable),
                reason=kept_reason(reason, needs),
            )
        )
    return TurnModel(models, spent, on_notice, window=_window(asked[0].row, asked[0].name))


async def chosen_model(services: Services, user_id: UUID, chosen: str | None = None) -> str | None:
    """The id of the model that would be asked first; None when no model is connected."""
    desk = services.resource(ModelDesk)
    usable, defaults, *_ = await desk.catalog.usable(user_id)
    try:
        row, name, _ = chain(desk.router, desk.health, usable, defaults, user_id, chosen, Needs())[0]
    except (NoModel, NoModelFits):
        return None
    return model_id(row.id, name)


async def gateway_limit(services: Services, principal: Principal) -> list[tuple[bytes, bytes]]:
    """Count a request at the gateway; the headers that tell what is left. Raises TooManyRequests, LimitUnchecked."""
    asker = principal.key_id or principal.user_id
    assert asker is not None
    most = principal.requests_per_minute or services.settings.gateway_requests_per_minute
    window = await services.resource(RateLimits).take(asker, most)
    return [
        (b"x-ratelimit-limit-requests", b"%d" % most),
        (b"x-ratelimit-remaining-requests", b"%d" % max(window.remaining, 0)),
    ]


async def models_list(services: Services, principal: Principal) -> bytes:
    """The models the caller may use, in OpenAI's shape."""
    assert principal.user_id is not None
    usable = await services.resource(ModelDesk).catalog.usable(principal.user_id)
    ways = [f"{PREFIX}{mode}" for mode in MODES] if usable.by_name else []
    return services.resource(Gateway).models(usable, ways)


async def has_model(services: Services, user_id: UUID) -> bool:
    """Whether the person has any model to talk to."""
    usable = await services.resource(ModelDesk).catalog.usable(user_id)
    return bool(usable.by_name)


async def context_window(services: Services, user_id: UUID, chosen: str) -> int | None:
    """The model's window in tokens; None when neither its provider nor the price list tells, or it is not known yet."""
    if mode_of(chosen) is not None:
        return None
    connection_id, name = split_id(chosen)
    async with services.database.reader() as db:
        row = await repository.find_connection(db, user_id, connection_id)
    if row is None:
        return None
    return _window(row, name)


def _window(row: "ConnectionRow", name: str) -> int | None:
    return window_of(row, name) or listed_window(row.provider, row.base_url, name)


async def close_abandoned(services: Services) -> None:
    """End the records of calls that a dead process left."""
    await services.resource(ModelDesk).close_abandoned()


async def watch_nodes(services: Services) -> None:
    """Begin to look at the inference nodes."""
    await services.resource(NodeWatch).start()


async def warm_up(services: Services) -> None:
    """Load what the first turn needs, where a model is connected: some 40 MB, and a second of CPU in a thread."""
    async with services.database.reader() as db:
        kinds = await repository.connected_providers(db)
    if kinds:
        await asyncio.to_thread(_load, kinds)


def _load(kinds: list[str]) -> None:
    importlib.import_module("gitu.features.models.falling_back")
    preload_sdks(kinds)
    preload()


async def connect_from_environment(
    services: Services,
    owner: Principal,
    *,
    url: str | None = None,
    key: str | None = None,
    model: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> list[Connection]:
    """Connect models without anybody asking, shared with everyone; returns the connections, working or not.

    The one at ``url`` with ``key``, else one for each provider whose key the environment holds.

    Raises Invalid for an address that can't be used, KeyNeeded when a provider wants a key.
    """
    wanted: list[ConnectionCreate] = []
    if url is not None:
        provider = provider_of(url)
        base_url = None if provider in DEFAULT_URLS else url
        wanted.append(_connection(provider, base_url, key, model))
    else:
        for offer in from_environment(environment):
            url = None if offer.provider in DEFAULT_URLS else offer.base_url
            wanted.append(_connection(offer.provider, url, key_of(offer, environment), None))
    made: list[Connection] = []
    for one in wanted:
        payload = {**one.model_dump(exclude={"api_key"}), "api_key": one.api_key}
        answer = await execute(services, owner, "models.create_connection", payload, Call(door=Door.SYSTEM))
        assert isinstance(answer, Connection)
        made.append(answer)
    return made


def provider_of(url: str) -> ProviderKind:
    """The provider behind an address: a known one by its host, else an OpenAI-compatible server."""
    if is_amazons(runtime_url(url)):
        return "bedrock"
    host = urlsplit(url).hostname
    for provider, known in DEFAULT_URLS.items():
        if host is not None and host == urlsplit(known).hostname:
            return provider  # type: ignore[return-value] # DEFAULT_URLS' keys are provider kinds
    return "openai_compatible"


def _connection(provider: ProviderKind, base_url: str | None, key: str | None, model: str | None) -> ConnectionCreate:
    return ConnectionCreate.model_validate(
        {
            "provider": provider,
            "base_url": base_url,
            "api_key": key or None,
            "models": [model] if model else None,
            "shared": True,
        }
    )
