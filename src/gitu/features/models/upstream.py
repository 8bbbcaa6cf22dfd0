"""Whatever a provider, an SDK or the network may raise, as one of our own errors.

The original is never chained: it can hold the request with its key.
"""

import re
from typing import TYPE_CHECKING, Any

import httpx2
import msgspec

from gitu.features.models.bedrock.errors import ModelNotOpened
from gitu.features.models.errors import (
    ModelAnswerMalformed,
    ModelCallFailed,
    ModelContextTooLong,
    ModelCut,
    ModelKeyRefused,
    ModelNotThere,
    ModelOverloaded,
    ModelQuotaUsedUp,
    ModelRateLimited,
    ModelRateLimitedUntil,
    ModelRedirected,
    ModelRejected,
    ModelServerFailed,
    ModelTimedOut,
    ModelUnreachable,
)

_TOO_LONG = re.compile(
    r"context.{0,20}(length|window|size)|prompt is too long|maximum number of tokens|too many tokens"
    r"|exceed_context_size|max_model_len|input is too long",
    re.IGNORECASE,
)
_NOT_OPENED = re.compile(r"access to (the|this) model|model access|data retention mode", re.IGNORECASE)  # Bedrock
_WRONG_KEY = re.compile(r"api.?key (not valid|expired|invalid)|invalid (api|authentication).?key", re.IGNORECASE)
if TYPE_CHECKING:
    from pydantic_ai import exceptions as ai

Names = dict[str, Any]  # Any: an error's params are whatever its sentence names

_SECRETS = re.compile(r"\b[A-Za-z0-9_\-]{0,8}(?:sk|key|gsk|AIza|Bearer)[-_ ]?[A-Za-z0-9*_\-.]{6,}")


class Asked(msgspec.Struct, frozen=True, gc=False):
    """What was asked, for the sentence; ``key`` only to strike it from a provider's words."""

    model_id: str
    model: str
    connection: str
    address: str
    timeout_s: float
    key: str | None = None


def explain(error: BaseException, asked: Asked, *, started: bool) -> ModelCallFailed:
    """The failure as one of our errors. ``started``: whether any of the answer had arrived."""
    found = error if isinstance(error, ModelCallFailed) else _explain(error, asked, started=started)
    found.model_id = asked.model_id
    return found


def _explain(error: BaseException, asked: Asked, *, started: bool) -> ModelCallFailed:
    names: Names = {"model": asked.model, "connection": asked.connection}
    if isinstance(error, TimeoutError | httpx2.TimeoutException):
        return _timeout(error, asked, names)
    if isinstance(error, httpx2.TransportError | ConnectionError):
        return _connection(error, asked, names, started=started)
    if type(error).__module__.startswith("pydantic_ai."):  # loaded then: plain requests do without it
        found = _of_library(error, asked, names, started=started)
        if found is not None:
            return found
    if started and not isinstance(error, ValueError | TypeError | LookupError):
        return ModelCut(**names)
    return ModelAnswerMalformed(**names)


def _of_library(error: BaseException, asked: Asked, names: Names, *, started: bool) -> ModelCallFailed | None:
    from pydantic_ai import exceptions as ai  # noqa: PLC0415 - the agent library loads with the first need

    match error:
        case ai.ModelTimeoutError() | ai.ModelRequestTimeout():
            return _timeout(error, asked, names)
        case ai.ModelConnectionError():
            return _connection(error, asked, names, started=started)
        case ai.ModelAPIError():
            return _api(error, asked, names, started=started)
        case _:
            return None


def _timeout(error: BaseException, asked: Asked, names: Names) -> ModelCallFailed:
    if _phase(error) == "connect":
        return ModelUnreachable(address=asked.address, **names)
    return ModelTimedOut(seconds=f"{asked.timeout_s:g}", **names)


def _connection(error: BaseException, asked: Asked, names: Names, *, started: bool) -> ModelCallFailed:
    if started:
        return ModelCut(**names)
    if _phase(error) in {"read", "write"}:
        return ModelServerFailed(**names)
    return ModelUnreachable(address=asked.address, **names)


def _phase(error: BaseException) -> str | None:
    """Where on the way a connection failed, from the error or from what caused it."""
    phase = getattr(error, "phase", None)
    if isinstance(phase, str):
        return phase
    for one in (error, error.__cause__):
        match one:
            case httpx2.ConnectError() | httpx2.ConnectTimeout() | httpx2.PoolTimeout():
                return "connect"
            case httpx2.ReadError() | httpx2.ReadTimeout() | httpx2.RemoteProtocolError():
                return "read"
            case httpx2.WriteError() | httpx2.WriteTimeout():
                return "write"
            case _:
                continue
    return None


def _api(error: "ai.ModelAPIError", asked: Asked, names: Names, *, started: bool) -> ModelCallFailed:
    from pydantic_ai import exceptions as ai  # noqa: PLC0415 - the agent library loads with the first need

    if isinstance(error, ai.ModelRateLimitError):
        return _rate_limited(error.retry_after, names)
    if isinstance(error, ai.ModelAuthenticationError) and _NOT_OPENED.search(str(error)):
        return ModelNotOpened(**names)
    categories: tuple[tuple[type[ai.ModelAPIError], type[ModelCallFailed]], ...] = (
        (ai.ModelQuotaExceededError, ModelQuotaUsedUp),
        (ai.ModelAuthenticationError, ModelKeyRefused),
        (ai.ModelContextWindowExceededError, ModelContextTooLong),
        (ai.ModelNotFoundError, ModelNotThere),
        (ai.ModelUnavailableError, ModelOverloaded),
        (ai.ModelServerError, ModelServerFailed),
    )
    for category, ours in categories:
        if isinstance(error, category):
            return ours(**names)
    # an SDK's own error for a redirect is passed on without its status
    status = getattr(error if isinstance(error, ai.ModelHTTPError) else error.__cause__, "status_code", None)
    if not isinstance(status, int) or status < 300:
        return ModelCut(**names) if started else ModelAnswerMalformed(**names)
    return by_status(status, error.retry_after, str(error.message), asked)


_STATUSES: dict[int, type[ModelCallFailed]] = {
    401: ModelKeyRefused,
    402: ModelQuotaUsedUp,
    403: ModelKeyRefused,
    404: ModelNotThere,
    408: ModelServerFailed,
    424: ModelServerFailed,  # Bedrock's own failures while a model answers
    503: ModelOverloaded,
    529: ModelOverloaded,
}


def by_status(status: int, retry_after: float | None, said: str, asked: Asked) -> ModelCallFailed:
    """The error for an HTTP status and the provider's words with it."""
    names: Names = {"model": asked.model, "connection": asked.connection}
    if status == 429:
        return _rate_limited(retry_after, names)
    known = _STATUSES.get(status)
    if known is None and 300 <= status < 400:
        known = ModelRedirected
    if known is None and status >= 500:
        known = ModelServerFailed
    if known is None and _WRONG_KEY.search(said):
        known = ModelKeyRefused
    if known is None and _TOO_LONG.search(said):
        known = ModelContextTooLong
    return known(**names) if known else ModelRejected(reason=_reason(status, said, asked.key), **names)


def _rate_limited(retry_after: float | None, names: Names) -> ModelCallFailed:
    if retry_after is None:
        return ModelRateLimited(**names)
    return ModelRateLimitedUntil(retry_after=retry_after, seconds=f"{max(retry_after, 1):.0f}", **names)


def _reason(status: int, said: str, key: str | None) -> str:
    """The provider's own words in brief, with every key struck out."""
    found = re.search(r"'message': ['\"](.{1,300}?)['\"][,}]", said)
    words = found[1] if found else f"status {status}"
    for part in (key or "").split(":"):  # access keys have several
        words = words.replace(part, "…") if part else words
    return _SECRETS.sub("…", words)[:200].rstrip(". ")
