"""Which requests have one answer only, and what tells one such request from another."""

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Final
from uuid import UUID

import msgspec

Fields = Mapping[str, msgspec.Raw]

CHAT: Final = "/chat/completions"
RESPONSES: Final = "/responses"
EMBEDDINGS: Final = "/embeddings"

# What changes nothing of the words of an answer: who asks, labels for the provider's own books, the form of delivery.
IGNORED: Final = frozenset(
    {"user", "metadata", "safety_identifier", "prompt_cache_key", "stream", "stream_options", "model"}
)
# Answers with these come from elsewhere than the model, or do something at the provider.
_OUTSIDE: Final = ("web_search_options", "audio", "background", "plugins")
# A response repeats what it was asked with, labels too: only the form of delivery is ignored.
_DELIVERY: Final = frozenset({"stream", "stream_options", "model"})
# All that a request to /responses may say to have one answer only: what is not named here may look something up.
_TELLING: Final = frozenset(
    {"model", "input", "instructions", "tools", "tool_choice", "parallel_tool_calls", "text", "reasoning", "include"}
    | {"temperature", "top_p", "top_logprobs", "max_output_tokens", "truncation", "service_tier", "store", "background"}
    | {"metadata", "user", "safety_identifier", "prompt_cache_key", "prompt_cache_retention", "stream"}
    | {"stream_options"}
)
_INCLUDED: Final = ("reasoning.encrypted_content", "message.output_text.logprobs", "message.input_image.image_url")
# In a text that is quoted in an input these have a backslash before their second quotation mark.
_NAMED: Final = (b'"file_id"', b'"file_url"', b'"item_reference"')
_PICTURE: Final = b'"image_url"'
_ENCLOSED: Final = re.compile(rb'"image_url"\s*:\s*(?:null|"data:)')
_encode = msgspec.json.Encoder(order="deterministic").encode


class _Tool(msgspec.Struct):
    type: str = "function"


_tools = msgspec.json.Decoder(list[_Tool] | None)
_texts = msgspec.json.Decoder(list[str] | None)


def is_deterministic(path: str, fields: Fields) -> bool:
    """Whether the same request gets the same answer, as far as its provider keeps its word.

    Chat and responses: a temperature of 0, one answer, nothing kept or looked up by the provider. That an answer calls
    tools is no hindrance: a call is words until the client carries it out. Costs a look into a dictionary where the
    answer is no.
    """
    if path == EMBEDDINGS:
        return True
    if "temperature" not in fields or _number(fields["temperature"]) != 0 or path not in (CHAT, RESPONSES):
        return False
    if bytes(fields.get("store", b"false")) == b"true" or not _only_functions(fields.get("tools")):
        return False
    if path == RESPONSES:
        return _is_told_whole(fields)
    return ("n" not in fields or _number(fields["n"]) in (1, None)) and not any(name in fields for name in _OUTSIDE)


def _is_told_whole(fields: Fields) -> bool:
    """Whether a request to /responses says itself all that its answer comes of, and wants it in one piece."""
    if any(name not in _TELLING and bytes(value) != b"null" for name, value in fields.items()):
        return False
    if any(bytes(fields.get(name, b"false")) == b"true" for name in ("stream", "background")):
        return False
    given = bytes(fields.get("input", b""))
    if any(mark in given for mark in _NAMED) or given.count(_PICTURE) != len(_ENCLOSED.findall(given)):
        return False
    try:
        return all(one in _INCLUDED for one in _texts.decode(fields.get("include", b"null")) or ())
    except msgspec.DecodeError:
        return False


def key_of(owner_id: UUID, connection_id: UUID, version: str, model: str, path: str, fields: Fields) -> str | None:
    """The key of a request: SHA-256 over its owner, the connection as it stands, the model and the body.

    The order of fields and spaces between them don't matter, nor do those that change no answer. None for a body that
    is no proper JSON in its depths.
    """
    ignored = _DELIVERY if path == RESPONSES else IGNORED
    try:
        told = {name: msgspec.json.decode(value) for name, value in fields.items() if name not in ignored}
        return digest("answer", owner_id, connection_id, version, model, path, _encode(told))
    except (msgspec.DecodeError, msgspec.EncodeError, UnicodeError, RecursionError, ValueError, OverflowError):
        return None


def digest(*parts: str | bytes | UUID) -> str:
    """SHA-256 over the parts, each with its length before it, so that none can pass for two."""
    said = hashlib.sha256()
    for part in parts:
        data = part.bytes if isinstance(part, UUID) else part.encode() if isinstance(part, str) else part
        said.update(len(data).to_bytes(8, "big"))
        said.update(data)
    return said.hexdigest()


def wishes(headers: Callable[[], Mapping[bytes, bytes]]) -> tuple[bool, bool]:
    """Whether the client takes a kept answer, and lets this one be kept (RFC 9111, 5.2.1)."""
    said = headers().get(b"cache-control", b"").lower()
    keeps = b"no-store" not in said
    return keeps and b"no-cache" not in said, keeps


def _number(raw: msgspec.Raw | None) -> float | None:
    try:
        return None if raw is None else msgspec.json.decode(raw, type=float)
    except msgspec.DecodeError:
        return None


def _only_functions(raw: msgspec.Raw | None) -> bool:
    try:
        return raw is None or all(tool.type in ("function", "custom") for tool in _tools.decode(raw) or ())
    except msgspec.DecodeError:
        return False
