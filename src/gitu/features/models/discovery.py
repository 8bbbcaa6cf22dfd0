"""What could be connected at once: keys in the environment, and servers on this machine's usual ports."""

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from gitu.features.models import repository
from gitu.features.models.bedrock.addresses import is_amazons, runtime_url
from gitu.features.models.errors import ModelCallFailed
from gitu.features.models.listing import list_models
from gitu.features.models.providers import DEFAULT_URLS, TITLES, Endpoint, plain_client
from gitu.features.models.schemas import Offer, OfferAdopt, Offers, ProviderKind
from gitu.kernel.actions.context import Context

PROBE_S = 0.3

VARIABLES: tuple[tuple[str, ProviderKind], ...] = (
    ("OPENAI_API_KEY", "openai"),
    ("ANTHROPIC_API_KEY", "anthropic"),
    ("GOOGLE_API_KEY", "google"),
    ("GEMINI_API_KEY", "google"),
    ("MISTRAL_API_KEY", "mistral"),
    ("GROQ_API_KEY", "groq"),
    ("OPENROUTER_API_KEY", "openrouter"),
    ("AWS_BEARER_TOKEN_BEDROCK", "bedrock"),
)


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A model server that people run on their own machine."""

    name: str
    port: int

    @property
    def base_url(self) -> str:
        """Its OpenAI-compatible address."""
        return f"http://127.0.0.1:{self.port}/v1"


LOCAL_SERVERS = (
    LocalServer("Ollama", 11434),
    LocalServer("vLLM", 8000),
    LocalServer("llama.cpp", 8080),
    LocalServer("LM Studio", 1234),
)


def from_environment(environment: Mapping[str, str] | None = None) -> list[Offer]:
    """One offer for each provider whose key is set; the first of two names wins."""
    given = os.environ if environment is None else environment
    offers: dict[str, Offer] = {}
    for variable, provider in VARIABLES:
        if given.get(variable, "").strip() and provider not in offers:
            url = DEFAULT_URLS.get(provider) or _bedrock_url(given)
            if url is None:
                continue
            offers[provider] = Offer(
                provider=provider,
                name=TITLES[provider],
                base_url=url,
                source="environment",
                variable=variable,
            )
    return list(offers.values())


def _bedrock_url(given: Mapping[str, str]) -> str | None:
    """Bedrock's address in the region that is set; without one there is nobody to ask."""
    region = given.get("AWS_REGION", "").strip() or given.get("AWS_DEFAULT_REGION", "").strip()
    url = runtime_url(region)
    return url if is_amazons(url) else None


def key_of(offer: Offer, environment: Mapping[str, str] | None = None) -> str | None:
    """The key behind an environment's offer."""
    given = os.environ if environment is None else environment
    return given.get(offer.variable or "", "").strip() or None


async def from_this_machine(own_port: int, servers: tuple[LocalServer, ...] | None = None) -> list[Offer]:
    """One offer for each usual port where a model server answers within 0.3 s; never Gitu's own."""
    probed = [server for server in servers or LOCAL_SERVERS if server.port != own_port]
    found = await asyncio.gather(*(_probe(server) for server in probed))
    return [offer for offer in found if offer is not None]


async def _probe(server: LocalServer) -> Offer | None:
    endpoint = Endpoint(UUID(int=0), "probe", "openai_compatible", server.name, server.base_url, None)
    client = plain_client(endpoint, PROBE_S)
    try:
        async with asyncio.timeout(PROBE_S):
            listed = await list_models(endpoint, client, PROBE_S)
    except (ModelCallFailed, TimeoutError):
        return None
    finally:
        await client.aclose()
    models = [one.id for one in listed[:50]]
    return Offer(
        provider="openai_compatible",
        name=server.name,
        base_url=server.base_url,
        source="local",
        models=models,
    )


async def offers(ctx: Context) -> Offers:
    """What is there and not connected yet."""
    settings = ctx.services.settings
    if not settings.discover_models:
        return Offers(items=[])
    rows = await repository.usable_connections(ctx.db, ctx.user_id)
    connected = {(row.provider, row.base_url) for row in rows}
    found = [*from_environment(), *await from_this_machine(settings.port)]
    return Offers(items=[offer for offer in found if (offer.provider, offer.base_url) not in connected])


async def find(ctx: Context, wanted: OfferAdopt) -> tuple[Offer, str | None] | None:
    """The offer that is meant, looked for afresh, and its key."""
    if wanted.source == "environment":
        for offer in from_environment():
            if offer.provider == wanted.provider:
                return offer, key_of(offer)
        return None
    for offer in await from_this_machine(ctx.services.settings.port):
        if offer.provider == wanted.provider and wanted.base_url in {None, offer.base_url}:
            return offer, None
    return None
