"""A response that failed, as OpenAI tells of it in an answer that is well in every other way: as one of our errors."""

import re
from typing import Final, Protocol

import msgspec

from gitu.features.models.errors import (
    ModelCallFailed,
    ModelContextTooLong,
    ModelOverloaded,
    ModelQuotaUsedUp,
    ModelRateLimited,
    ModelRejected,
    ModelServerFailed,
)
from gitu.features.models.upstream import Asked, explain

# https://platform.openai.com/docs/api-reference/responses/object, error; what is not here is wrong with the request.
_CODES: Final[dict[str, type[ModelCallFailed]]] = {
    "": ModelServerFailed,
    "server_error": ModelServerFailed,
    "vector_store_timeout": ModelServerFailed,
    "server_is_overloaded": ModelOverloaded,
    "slow_down": ModelOverloaded,
    "rate_limit_exceeded": ModelRateLimited,
    "insufficient_quota": ModelQuotaUsedUp,
    "context_length_exceeded": ModelContextTooLong,
}
_CODE: Final = re.compile(r"[a-z0-9_.-]{1,60}")


class _Why(msgspec.Struct):
    code: str | None = None


class _Response(msgspec.Struct):
    status: str = ""
    error: _Why | None = None


class _Event(msgspec.Struct):
    response: _Response | None = None
    code: str | None = None


_response = msgspec.json.Decoder(_Response)
_event = msgspec.json.Decoder(_Event)


class Reader(Protocol):
    """What reads a streamed answer: whether its last event has come, and OpenAI's code where that told of a failure."""

    @property
    def over(self) -> bool: ...

    @property
    def failed(self) -> str | None: ...


def failure_of(whole: bytes, asked: Asked) -> ModelCallFailed | None:
    """Why a response failed; None where it did not."""
    if b'"failed"' not in whole:
        return None
    try:
        response = _response.decode(whole)
    except (msgspec.DecodeError, RecursionError):
        return None
    if response.status != "failed":
        return None
    return _explained((response.error and response.error.code) or "", asked)


def code_of(event: bytes) -> str:
    """The code in the last event of a stream that failed; empty where there is none."""
    try:
        told = _event.decode(event)
    except (msgspec.DecodeError, RecursionError):
        return ""
    error = told.response.error if told.response is not None else None
    return (error.code if error is not None else told.code) or ""


def judged(
    reader: Reader, asked: Asked, outcome: str, failure: ModelCallFailed | None
) -> tuple[str, ModelCallFailed | None]:
    """How a stream ended that seems to have ended so: its last event says more than what came of the connection."""
    if reader.failed is not None:
        return "failed", _explained(reader.failed, asked)
    return ("ok", None) if reader.over else (outcome, failure)


def _explained(code: str, asked: Asked) -> ModelCallFailed:
    kind = _CODES.get(code)
    if kind is not None:
        failure = kind(model=asked.model, connection=asked.connection)
    else:
        reason = code if _CODE.fullmatch(code) else "?"
        failure = ModelRejected(model=asked.model, connection=asked.connection, reason=reason)
    return explain(failure, asked, started=True)
