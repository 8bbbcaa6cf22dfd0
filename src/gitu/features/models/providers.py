"""A connection to a provider as pydantic-ai models, with HTTP clients that are kept and reused.

Each SDK is imported when the first model of its kind is made. No SDK retries by itself: every request that
leaves is one recorded call. Redirects are not followed, so that a key goes only where it was meant to go.
"""

import asyncio
import contextlib
import importlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from uuid import UUID

import httpx2

from gitu.features.models.addresses import PublicTransport, is_loopback
from gitu.features.models.bedrock import clients as bedrock
from gitu.kernel.tls import trusted

if TYPE_CHECKING:
    from pydantic_ai.models import Model
    from pydantic_ai.profiles import ModelProfile

CONNECT_S = 10.0
WRITE_S = 30.0
_KEPT = 64
_NO_KEY = "none"  # SDKs insist on a key where a local server wants none

DEFAULT_URLS: dict[str, str] = {
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
    "google": "https://generativelanguage.googleapis.com",
    "mistral": "https://api.mistral.ai",
    "groq": "https://api.groq.com",
    "openrouter": "https://openrouter.ai/api/v1",
}
TITLES: dict[str, str] = {
    "openai": "OpenAI",
    "anthropic": "Anthropic",
    "google": "Google",
    "mistral": "Mistral",
    "groq": "Groq",
    "openrouter": "OpenRouter",
    "bedrock": "Amazon Bedrock",
    "openai_compatible": "OpenAI-compatible server",
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where and with which key; ``version`` changes with every edit, so that a kept client is never stale.

    ``public_only``: this one belongs to somebody who may not reach into the private network.
    """

    id: UUID
    version: str
    provider: str
    name: str
    base_url: str
    api_key: str | None = field(repr=False)
    public_only: bool = False


@dataclass(slots=True)
class _Kept:
    endpoint: Endpoint
    provider: Any  # pydantic-ai's Provider of whatever SDK
    close: Callable[[], Awaitable[None]]
    models: "dict[str, Model]" = field(default_factory=dict[str, "Model"])


class ModelClients:
    """The models of this process by connection; at most 64 connections keep their HTTP clients open."""

    def __init__(self, *, idle_s: float) -> None:
        self._idle_s = idle_s
        self._kept: OrderedDict[UUID, _Kept] = OrderedDict()
        self._closing: set[asyncio.Task[None]] = set()

    def model(self, endpoint: Endpoint, model_name: str) -> "Model":
        """The model, ready to be asked; made once per connection, version and name."""
        kept = self._kept.get(endpoint.id)
        if kept is None or kept.endpoint.version != endpoint.version:
            if kept is not None:
                self._drop(endpoint.id)
            kept = self._kept[endpoint.id] = _open(endpoint, self._idle_s)
        self._kept.move_to_end(endpoint.id)
        while len(self._kept) > _KEPT:
            self._drop(next(iter(self._kept)))
        found = kept.models.get(model_name)
        if found is None:
            found = kept.models[model_name] = _model(endpoint.provider, model_name, kept.provider)
        return found

    def forget(self, connection_id: UUID) -> None:
        """Close what is kept of a connection that changed or went."""
        if connection_id in self._kept:
            self._drop(connection_id)

    def _drop(self, connection_id: UUID) -> None:
        kept = self._kept.pop(connection_id)
        task = asyncio.get_running_loop().create_task(_close_later(kept, self._idle_s))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def aclose(self) -> None:
        """Close every client now."""
        for task in self._closing:
            task.cancel()
        kept, self._kept = list(self._kept.values()), OrderedDict()
        for one in kept:
            with contextlib.suppress(Exception):
                await one.close()


async def _close_later(kept: _Kept, after_s: float) -> None:
    """An answer may still be streaming through it: wait as long as one may be silent, then close."""
    try:
        await asyncio.sleep(after_s)
    finally:
        with contextlib.suppress(Exception):
            await kept.close()


def http_client(endpoint: Endpoint, idle_s: float) -> httpx2.AsyncClient:
    """A client with every timeout set, bound to this one connection."""
    from pydantic_ai.models import create_async_httpx2_client  # noqa: PLC0415 - loads the agent library

    timeout = httpx2.Timeout(connect=CONNECT_S, read=idle_s, write=WRITE_S, pool=CONNECT_S)
    transport = None
    if endpoint.public_only:
        transport = PublicTransport(verify=trusted(), retries=0)
    elif is_loopback(endpoint.base_url):  # never through a proxy that the environment names
        transport = httpx2.AsyncHTTPTransport(verify=trusted(), retries=0)
    client = create_async_httpx2_client(timeout=timeout, transport=transport)
    _send_again_when_dropped(client, httpx2)
    return client


def _send_again_when_dropped(client: Any, http: Any) -> None:  # Any: httpx2 and its client, or httpx and its
    """Send a request a second time when its connection closes before anything of the answer is there.

    Servers close connections that rest for some seconds, now and then in the very moment in which the next request
    leaves. Nothing was answered, so nothing is asked twice.
    """
    send = client.send
    dropped = (http.ReadError, http.WriteError, http.RemoteProtocolError)

    async def patient(request: Any, *, stream: bool = False, **rest: Any) -> Any:
        try:
            response = await send(request, stream=True, **rest)
        except dropped:
            response = await send(request, stream=True, **rest)
        if not stream:
            try:
                await response.aread()
            except BaseException:
                await response.aclose()
                raise
        return response

    client.send = patient


def plain_client(endpoint: Endpoint, timeout_s: float) -> httpx2.AsyncClient:
    """A client for one short request, such as a list of models; needs nothing of the agent library."""
    transport = None
    if endpoint.public_only:
        transport = PublicTransport(verify=trusted(), retries=0)
    elif is_loopback(endpoint.base_url):
        transport = httpx2.AsyncHTTPTransport(verify=trusted(), retries=0)
    return httpx2.AsyncClient(timeout=timeout_s, transport=transport, verify=trusted(), follow_redirects=False)


def _open(endpoint: Endpoint, idle_s: float) -> _Kept:
    if endpoint.provider == "groq":
        return _open_groq(endpoint, idle_s)
    if endpoint.provider == "bedrock":
        return _open_bedrock(endpoint, idle_s)
    client = http_client(endpoint, idle_s)
    return _Kept(endpoint, _PROVIDERS[endpoint.provider](endpoint, client, idle_s), client.aclose)


def _timeout(idle_s: float) -> httpx2.Timeout:
    return httpx2.Timeout(connect=CONNECT_S, read=idle_s, write=WRITE_S, pool=CONNECT_S)


def _openai_client(endpoint: Endpoint, client: httpx2.AsyncClient, idle_s: float) -> Any:  # Any: SDK loaded lazily
    from openai import AsyncOpenAI  # noqa: PLC0415

    sdk = AsyncOpenAI(
        base_url=endpoint.base_url,
        api_key=endpoint.api_key or _NO_KEY,
        http_client=client,
        max_retries=0,
        timeout=_timeout(idle_s),
    )
    _send_as_given(sdk.chat.completions)
    return sdk


def _send_as_given(completions: Any) -> None:
    """Keep the SDK from rewriting messages and tools, which are JSON already.

    Before each request it tries every item against every type of its schema; a long conversation waits longer
    for that than for the rest of the way. What comes as ``extra_body`` it sends as it is.
    """
    create = completions.create

    async def lean(*, messages: Any, extra_body: Any = None, **rest: Any) -> Any:
        given = {"messages": messages}
        if isinstance(rest.get("tools"), list):
            given["tools"] = rest.pop("tools")
        return await create(messages=(), extra_body={**given, **(extra_body or {})}, **rest)

    completions.create = lean


def _openai(endpoint: Endpoint, client: httpx2.AsyncClient, idle_s: float) -> Any:
    from pydantic_ai.providers.openai import OpenAIProvider  # noqa: PLC0415

    return OpenAIProvider(openai_client=_openai_client(endpoint, client, idle_s))


def _openrouter(endpoint: Endpoint, client: httpx2.AsyncClient, idle_s: float) -> Any:
    from pydantic_ai.providers.openrouter import OpenRouterProvider  # noqa: PLC0415

    return OpenRouterProvider(openai_client=_openai_client(endpoint, client, idle_s))


def _anthropic(endpoint: Endpoint, client: httpx2.AsyncClient, idle_s: float) -> Any:
    from anthropic import AsyncAnthropic  # noqa: PLC0415
    from pydantic_ai.providers.anthropic import AnthropicProvider  # noqa: PLC0415

    sdk = AsyncAnthropic(
        base_url=endpoint.base_url,
        api_key=endpoint.api_key or _NO_KEY,
        http_client=client,
        max_retries=0,
        timeout=_timeout(idle_s),
    )
    return AnthropicProvider(anthropic_client=sdk)


def _google(endpoint: Endpoint, client: httpx2.AsyncClient, _idle_s: float) -> Any:
    from pydantic_ai.providers.google import GoogleProvider  # noqa: PLC0415

    return GoogleProvider(base_url=endpoint.base_url, api_key=endpoint.api_key or _NO_KEY, http_client=client)


def _mistral(endpoint: Endpoint, client: httpx2.AsyncClient, _idle_s: float) -> Any:
    from pydantic_ai.providers.mistral import MistralProvider  # noqa: PLC0415

    return MistralProvider(base_url=endpoint.base_url, api_key=endpoint.api_key or _NO_KEY, http_client=client)


def _open_groq(endpoint: Endpoint, idle_s: float) -> _Kept:
    """Groq's SDK still speaks through the older httpx."""
    import httpx  # noqa: PLC0415
    from groq import AsyncGroq  # noqa: PLC0415
    from pydantic_ai.providers.groq import GroqProvider  # noqa: PLC0415

    timeout = httpx.Timeout(connect=CONNECT_S, read=idle_s, write=WRITE_S, pool=CONNECT_S)
    client = httpx.AsyncClient(timeout=timeout, trust_env=not is_loopback(endpoint.base_url))
    _send_again_when_dropped(client, httpx)
    sdk = AsyncGroq(
        base_url=endpoint.base_url,
        api_key=endpoint.api_key or _NO_KEY,
        http_client=client,
        max_retries=0,
        timeout=timeout,
    )
    return _Kept(endpoint, GroqProvider(groq_client=sdk), client.aclose)


def _open_bedrock(endpoint: Endpoint, idle_s: float) -> _Kept:
    """Amazon's SDK brings its own HTTP client, which blocks."""
    provider, transport = bedrock.open_provider(endpoint, connect_s=CONNECT_S, idle_s=idle_s)

    async def close() -> None:
        transport.close()

    return _Kept(endpoint, provider, close)


_PROVIDERS: dict[str, Callable[[Endpoint, httpx2.AsyncClient, float], Any]] = {
    "openai": _openai,
    "openai_compatible": _openai,
    "openrouter": _openrouter,
    "anthropic": _anthropic,
    "google": _google,
    "mistral": _mistral,
}


_MODELS: dict[str, tuple[str, str]] = {
    "openai": ("pydantic_ai.models.openai", "OpenAIResponsesModel"),
    "openai_compatible": ("pydantic_ai.models.openai", "OpenAIChatModel"),
    "openrouter": ("pydantic_ai.models.openrouter", "OpenRouterModel"),
    "anthropic": ("pydantic_ai.models.anthropic", "AnthropicModel"),
    "google": ("pydantic_ai.models.google", "GoogleModel"),
    "mistral": ("pydantic_ai.models.mistral", "MistralModel"),
    "groq": ("pydantic_ai.models.groq", "GroqModel"),
    "bedrock": ("gitu.features.models.bedrock.model", "BedrockModel"),
}


KEEPS_WHEN_TOLD = frozenset({"anthropic", "openrouter"})
MAY_KEEP = KEEPS_WHEN_TOLD | {"openai"}  # and have a price of its own for what is kept anew
WRITING = Fraction(5, 4)  # what a token costs that is kept, beside one that is not


def _model(kind: str, name: str, provider: Any) -> "Model":
    """OpenAI itself is asked by its Responses API, compatible servers by chat completions.

    Those that keep prompts only when told to are told: tools, instructions and the conversation so far are read from
    there by the next step of a turn, at a tenth of the price. The others do it by themselves, or not at all.
    """
    from pydantic_ai.settings import ModelSettings  # noqa: PLC0415 - loads the agent library

    from gitu.features.models.tool_schemas import remember_schemas  # noqa: PLC0415 - loads the agent library

    def profile(known: "ModelProfile") -> "ModelProfile":
        return remember_schemas(bedrock.open_to_converse(known) if kind == "bedrock" else known)

    module, model_class = _MODELS[kind]
    made: Model = getattr(importlib.import_module(module), model_class)(
        name,
        provider=provider,
        profile=profile,
        settings=ModelSettings(cache=True) if kind in KEEPS_WHEN_TOLD else None,
    )
    return made


def preload_sdks(kinds: Iterable[str]) -> None:
    """Import what these kinds need; Anthropic's SDK alone takes more than a second."""
    for kind in kinds:
        with contextlib.suppress(ImportError):  # an extra that is gone: whoever asks its model is told
            importlib.import_module(_MODELS[kind][0])
            if kind == "bedrock":
                bedrock.preload()
