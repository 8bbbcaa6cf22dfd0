"""OpenAI's shapes, as far as the gateway reads them: a request's few fields, an answer's usage, errors.

Requests and answers go through as they are; msgspec reads a field in a microsecond where a whole model takes twenty.
"""

from typing import Final

import msgspec

from gitu.features.models.errors import (
    ModelCallFailed,
    ModelContextTooLong,
    ModelNotThere,
    ModelRateLimited,
    ModelRejected,
    ModelTimedOut,
    ModelUnknown,
)
from gitu.features.models.pricing import Tokens
from gitu.kernel.errors import Denied, GituError, Invalid, TooLarge, TooMany, Unauthenticated

Fields = dict[str, msgspec.Raw]  # a request's fields, each as it was written


class Details(msgspec.Struct):
    """Of the tokens of a request."""

    cached_tokens: int | None = 0
    cache_write_tokens: int | None = 0


_UNTOLD: Final = msgspec.Raw(b"null")


class Usage(msgspec.Struct):
    """Tokens, as chat completions and embeddings tell them, or responses."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    prompt_tokens_details: Details | None = None
    input_tokens_details: Details | None = None
    service_tier: msgspec.Raw = _UNTOLD  # taken over from the answer around it

    @property
    def tier(self) -> str | None:
        """The tier of service that was really given, where that is told."""
        return None if self.service_tier is _UNTOLD else text_of(self.service_tier)

    @property
    def given(self) -> int:
        """Tokens of the request; none below zero."""
        return max(self.prompt_tokens or self.input_tokens or 0, 0)

    @property
    def written(self) -> int:
        """Tokens of the answer."""
        return max(self.completion_tokens or self.output_tokens or 0, 0)

    def counted(self) -> Tokens:
        """What is paid for."""
        given, cached = self.given, self.cached
        details = self.prompt_tokens_details or self.input_tokens_details
        kept = 0 if details is None else min(max(details.cache_write_tokens or 0, 0), given - cached)
        return Tokens(given, self.written, cached, kept)

    @property
    def cached(self) -> int:
        """Tokens of the request that the provider had kept."""
        details = self.prompt_tokens_details or self.input_tokens_details
        return 0 if details is None else min(max(details.cached_tokens or 0, 0), self.given)


class _WithUsage(msgspec.Struct):
    usage: Usage | None = None
    service_tier: msgspec.Raw = _UNTOLD

    def told(self) -> Usage | None:
        """The usage with the tier."""
        usage = self.usage
        if usage is not None and self.service_tier is not _UNTOLD:
            usage.service_tier = self.service_tier
        return usage


class _Chunk(_WithUsage):
    choices: list[msgspec.Raw] = []


_fields = msgspec.json.Decoder(Fields)
_usage = msgspec.json.Decoder(_WithUsage)
_chunk = msgspec.json.Decoder(_Chunk)
_text = msgspec.json.Decoder(str)
_encode = msgspec.json.Encoder().encode

_MOST_HELD: Final = 1_000_000  # bytes of one event
_ENDS: Final = (b"\n\n", b"\r\n\r\n")
_MARKS: Final = (b'"usage":{', b'"usage": {')


def read_fields(body: bytes) -> Fields:
    """A request's fields. Raises Invalid for what is no JSON object."""
    try:
        return _fields.decode(body)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Invalid(summary=f"The body is no JSON object: {str(error)[:200]}") from None


def text_of(raw: msgspec.Raw | None) -> str | None:
    """A field that is a text; None for anything else."""
    try:
        return None if raw is None else _text.decode(raw)
    except msgspec.DecodeError:
        return None


def number_of(raw: msgspec.Raw | None) -> int | None:
    """A field that is a whole number; None for anything else."""
    try:
        return None if raw is None else msgspec.json.decode(raw, type=int)
    except msgspec.DecodeError:
        return None


def fields_of(raw: msgspec.Raw | None) -> Fields:
    """A field that is an object; empty for anything else."""
    try:
        return {} if raw is None else _fields.decode(raw)
    except msgspec.DecodeError:
        return {}


def is_true(raw: msgspec.Raw | None) -> bool:
    """Whether a field is there and true."""
    return raw is not None and bytes(raw) == b"true"


def raw(value: object) -> msgspec.Raw:
    """A value as a field holds it."""
    return msgspec.Raw(_encode(value))


def write(value: object) -> bytes:
    """JSON."""
    return _encode(value)


def usage_of(answer: bytes) -> Usage | None:
    """What an answer tells of its tokens; None when it tells nothing that makes sense."""
    try:
        return _usage.decode(answer).told()
    except msgspec.DecodeError:
        return None


def _tells_usage(data: bytes) -> bool:
    return b'"usage"' in data and (_MARKS[0] in data or _MARKS[1] in data)


class StreamedUsage:
    """Finds the usage in a stream of chat completion chunks, and keeps back the chunk of it that nobody asked for."""

    def __init__(self, *, asked: bool) -> None:
        self.usage: Usage | None = None
        self._asked = asked
        self._rest = b""  # an event that has not ended yet

    def passed(self, data: bytes) -> bytes:
        """What of the data the client shall get: whole events. Those without usage pass as they are."""
        if not self._rest and data.endswith(_ENDS) and not _tells_usage(data):
            return data
        data = self._rest + data
        if b"\r\n\r\n" in data:  # both are ends of events; one is what we write
            data = data.replace(b"\r\n", b"\n")
        events = data.split(b"\n\n")
        self._rest = events.pop()
        if len(self._rest) > _MOST_HELD:  # no usage is so long
            events.append(self._rest)
            self._rest = b""
            return b"\n\n".join(events)
        return b"".join(event + b"\n\n" for event in events if not self._is_bare_usage(event))

    def end(self) -> bytes:
        """What was kept back at the end of the stream."""
        rest, self._rest = self._rest, b""
        return b"" if not rest.strip() or self._is_bare_usage(rest) else rest

    def broken(self, error: GituError, locale: str) -> bytes:
        """The event that tells that no more comes."""
        return b"data: " + error_body(error, locale)[1] + b"\n\n"

    def _is_bare_usage(self, event: bytes) -> bool:
        if not _tells_usage(event):
            return False
        try:
            chunk = _chunk.decode(event.partition(b"data:")[2].strip())
        except msgspec.DecodeError:
            return False
        if chunk.usage is not None:
            self.usage = chunk.told()
        return not self._asked and not chunk.choices


def error_body(error: GituError, locale: str = "en") -> tuple[int, bytes]:
    """A status and OpenAI's shape for an error."""
    status, kind, code = _kind_of(error)
    message = error.localised(locale)
    param = error.params.get("field")
    body = {"error": {"message": message, "type": kind, "param": param, "code": code, "gitu_code": error.code}}
    return status, _encode(body)


def _kind_of(error: GituError) -> tuple[int, str, str | None]:
    match error:
        case Unauthenticated():
            return 401, "invalid_request_error", "invalid_api_key"
        case Denied():
            return 403, "insufficient_permissions", None
        case ModelUnknown() | ModelNotThere():
            return 404, "invalid_request_error", "model_not_found"
        case ModelContextTooLong():
            return 400, "invalid_request_error", "context_length_exceeded"
        case ModelRejected() | Invalid():
            return 400, "invalid_request_error", None
        case TooLarge():
            return 413, "invalid_request_error", None
        case ModelRateLimited():
            return 429, "rate_limit_error", "rate_limit_exceeded"
        case ModelTimedOut():
            return 504, "api_error", None
        case _ if error.code == "models.budget_reached":
            return 429, "insufficient_quota", "insufficient_quota"
        case TooMany():
            return 429, "rate_limit_error", "rate_limit_exceeded"
        case ModelCallFailed():
            return (503 if error.status == 503 else 502), "api_error", None
        case _:
            return error.status, "api_error", None
