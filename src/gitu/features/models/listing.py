"""Which models a connection has, asked of the provider itself; also how a connection is tested.

OpenAI's list is the form most follow; Anthropic (https://docs.anthropic.com/en/api/models-list) and Google
(https://ai.google.dev/api/models) have their own. OpenRouter's list is public, so its key is tried by
https://openrouter.ai/docs/api-reference/limits first.
"""

from dataclasses import asdict, dataclass
from typing import Any, cast

import httpx2
import orjson

from gitu.features.models.bedrock import listing as bedrock
from gitu.features.models.bedrock.addresses import control_url
from gitu.features.models.bedrock.credentials import authorisation
from gitu.features.models.errors import ModelAnswerMalformed
from gitu.features.models.providers import Endpoint
from gitu.features.models.upstream import Asked, by_status, explain

_LARGEST = 8_000_000  # bytes; OpenRouter's list of some 400 models has 600 kB
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Listed:
    """One model of a provider's list."""

    id: str
    context_window: int | None = None

    def as_json(self) -> dict[str, Any]:
        """For the database."""
        return asdict(self)


async def list_models(endpoint: Endpoint, client: httpx2.AsyncClient, timeout_s: float) -> list[Listed]:
    """The models of the connection that can talk, in the provider's order, at most 1,000.

    Raises ModelCallFailed saying why there is no list.
    """
    asked = Asked(
        model_id="",
        model=endpoint.name,
        connection=endpoint.name,
        address=endpoint.base_url,
        timeout_s=timeout_s,
        key=endpoint.api_key,
    )
    try:
        if endpoint.provider == "openrouter":
            await _get(endpoint, client, "/key", asked, timeout_s)
        if endpoint.provider == "bedrock":
            found = await _of_bedrock(endpoint, client, asked, timeout_s)
        else:
            answer = await _get(endpoint, client, _path(endpoint.provider), asked, timeout_s)
            found = _parse(endpoint.provider, answer)
    except Exception as error:
        raise explain(error, asked, started=False) from None
    if found is None:
        raise explain(ModelAnswerMalformed(connection=endpoint.name, model=endpoint.name), asked, started=False)
    return found[:_MOST]


def _path(provider: str) -> str:
    match provider:
        case "anthropic":
            return "/v1/models?limit=1000"
        case "google":
            return "/v1beta/models?pageSize=1000"
        case "mistral":
            return "/v1/models"
        case "groq":
            return "/openai/v1/models"
        case _:
            return "/models"


def _headers(endpoint: Endpoint) -> dict[str, str]:
    if endpoint.api_key is None:
        return {}
    match endpoint.provider:
        case "anthropic":
            return {"x-api-key": endpoint.api_key, "anthropic-version": "2023-06-01"}
        case "google":
            return {"x-goog-api-key": endpoint.api_key}
        case _:
            return {"authorization": f"Bearer {endpoint.api_key}"}


async def _of_bedrock(
    endpoint: Endpoint, client: httpx2.AsyncClient, asked: Asked, timeout_s: float
) -> list[Listed] | None:
    models = await _get(endpoint, client, bedrock.MODELS_PATH, asked, timeout_s)
    profiles = await _get(endpoint, client, bedrock.PROFILES_PATH, asked, timeout_s)
    names = bedrock.names_of(models, profiles)
    return None if names is None else [Listed(name) for name in names]


async def _get(endpoint: Endpoint, client: httpx2.AsyncClient, path: str, asked: Asked, timeout_s: float) -> object:
    timeout = httpx2.Timeout(timeout_s)
    if endpoint.provider == "bedrock":
        url = control_url(endpoint.base_url) + path
        headers = authorisation(endpoint, "GET", url)
    else:
        url, headers = endpoint.base_url + path, _headers(endpoint)
    request = client.build_request("GET", url, headers=headers, timeout=timeout)
    response = await client.send(request, stream=True, follow_redirects=False)
    try:
        body = bytearray()
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > _LARGEST:
                raise ValueError("the list is too large")
    finally:
        await response.aclose()
    if response.status_code != 200:
        retry_after = response.headers.get("retry-after", "")
        said = bytes(body[:2000]).decode(errors="replace")
        raise by_status(response.status_code, float(retry_after) if retry_after.isdigit() else None, said, asked)
    return orjson.loads(body)


def _parse(provider: str, answer: object) -> list[Listed] | None:
    if not isinstance(answer, dict):
        return None
    entries = cast("dict[str, Any]", answer).get("models" if provider == "google" else "data")
    if not isinstance(entries, list):
        return None
    listed = [_entry(provider, entry) for entry in cast("list[object]", entries)]
    return [one for one in listed if one is not None]


def _entry(provider: str, entry: object) -> Listed | None:
    """One entry, None for what can't talk (embeddings, speech, pictures) as far as the list says so."""
    if not isinstance(entry, dict):
        return None
    given = cast("dict[str, Any]", entry)  # Any: whatever the provider sends, checked below
    name = given.get("name") if provider == "google" else given.get("id")
    if not isinstance(name, str) or not name or len(name) > 200:
        return None
    if provider == "google":
        if "generateContent" not in (given.get("supportedGenerationMethods") or []):
            return None
        name = name.removeprefix("models/")
    capabilities: dict[str, Any] = given.get("capabilities") or {}
    if provider == "mistral" and capabilities.get("completion_chat") is False:
        return None
    if provider == "openai" and not _talks(name):
        return None
    return Listed(name, _window(given))


def _talks(name: str) -> bool:
    """OpenAI lists everything it has; those that answer text requests begin like this."""
    beginnings = ("gpt-", "o1", "o3", "o4", "o5", "chatgpt", "ft:gpt", "codex")
    others = ("audio", "realtime", "image", "transcribe", "tts", "instruct", "search-api")
    return name.startswith(beginnings) and not any(part in name for part in others)


def _window(entry: dict[str, Any]) -> int | None:
    """The window where the list tells it: vLLM, OpenRouter, Mistral, Google, Groq have their own words."""
    for key in ("max_model_len", "context_length", "max_context_length", "inputTokenLimit", "context_window"):
        value = entry.get(key)
        if isinstance(value, int) and value > 0:
            return value
    return None
