"""Takes secrets out of whatever is about to be logged, traced or shown.

Two nets: the name under which a value stands, and the forms that known tokens have. What has no form of its
own (a password in the middle of a sentence) only the first one can catch, so log such things never.
"""

import re
from collections.abc import Mapping, Sequence, Set
from typing import Final, cast

__all__ = ["REDACTED", "is_secret_name", "redact", "redact_text"]

REDACTED: Final = "[redacted]"

_MAX_DEPTH: Final = 8
_MAX_ITEMS: Final = 200
_MAX_TEXT: Final = 10_000
# Cut before searching, far behind what is shown, so that no secret is halved at the visible edge.
_MAX_SEARCHED: Final = 4 * _MAX_TEXT

_SECRET_NAMES: Final = (
    "password", "passwd", "passphrase", "secret", "token", "apikey", "authorization", "cookie",
    "credential", "privatekey", "masterkey", "accesskey", "signingkey", "encryptionkey", "sessionid",
    "recoverycode", "bearer", "jwt", "csrf",
)  # fmt: skip
_SECRET_WHOLE_NAMES: Final = frozenset({"auth", "otp", "totp", "pin", "pwd", "pass", "masterkeys", "webhookurl"})
_SHORTEST_SECRET: Final = 6  # "pwd=x" is not worth the search
_SEPARATORS = re.compile(r"[^a-z0-9]")

# Forms of tokens that outsiders document; ours is in crypto.tokens.
_TOKEN_FORMS: Final = (
    r"\bgitu_[a-z]{1,16}_[0-9A-Za-z]{16,}",
    r"\b(?:sk|pk|rk)[-_][A-Za-z0-9_-]{16,}",  # OpenAI, Anthropic, OpenRouter, Stripe
    r"\bAIza[0-9A-Za-z_-]{30,}",  # Google
    r"\bya29\.[0-9A-Za-z_-]{16,}",
    r"\b(?:gsk|hf|r8|xai|npm|pypi|pplx|nvapi|glpat|dop_v1|shpat|lin_api|ntn|secret)[-_][0-9A-Za-z_-]{16,}",
    r"\bgh[pousr]_[0-9A-Za-z]{16,}",
    r"\bgithub_pat_[0-9A-Za-z_]{16,}",
    r"\bxox[a-z]-[0-9A-Za-z-]{10,}",  # Slack
    r"\bxapp-[0-9A-Za-z-]{10,}",
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}(?::[A-Za-z0-9/+=]{16,})*",
    r"\b(?:ABSK|bedrock-api-key-)[A-Za-z0-9/+=]{16,}",  # Amazon Bedrock
    r"\bSG\.[0-9A-Za-z_-]{16,100}\.[0-9A-Za-z_-]{16,}",
    r"\b[0-9]{8,10}:[A-Za-z0-9_-]{35}",  # Telegram bots
    r"\beyJ[0-9A-Za-z_-]{8,1000}\.[0-9A-Za-z_-]{8,}(?:\.[0-9A-Za-z_-]*)?",  # JSON web tokens (RFC 7519)
    r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)",
)
_TOKENS = re.compile("|".join(_TOKEN_FORMS), re.DOTALL)
_USER_INFO = re.compile(r"(?P<before>://)[^\s/@\"']{1,500}@")
_SCHEME = re.compile(r"(?P<before>\b(?:bearer\s|basic\s(?=[a-z+/]{0,200}[0-9=]))\s{0,4})[^\s\"',;]{4,}", re.IGNORECASE)
_HEADER = re.compile(
    r"(?P<before>\b(?:set-cookie|cookie|(?:proxy-)?authorization)[\"']?\s*[:=]\s*[\"']?)[^\r\n\"']+",
    re.IGNORECASE,
)
_ASSIGNMENT = re.compile(
    r"(?P<before>(?:password|passwd|passphrase|secret|token|api[_-]?key|private[_-]?key|credential|pwd)"
    r"[\w-]{0,20}[\"']?\s{0,4}[:=]\s{0,4})(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"'&,;)}\]]+)",
    re.IGNORECASE,
)


def is_secret_name(name: str) -> bool:
    """Whether a value under this name is taken for a secret: ``X-Api-Key``, ``refreshToken``."""
    plain = _SEPARATORS.sub("", name.lower())
    return plain in _SECRET_WHOLE_NAMES or any(part in plain for part in _SECRET_NAMES)


def redact(value: object) -> object:
    """A copy of a value that may be logged: secrets replaced, depth, length and text bounded.

    Gives text, numbers, None, lists and dicts only; any other object becomes its redacted repr().
    """
    return _redact(value, _MAX_DEPTH)


def redact_text(text: str) -> str:
    """Text without what has the form of a secret, cut at 10,000 characters."""
    if len(text) < _SHORTEST_SECRET:
        return text
    found = text[:_MAX_SEARCHED]
    found = _TOKENS.sub(REDACTED, found)
    # Looking for a plain word first is ten times faster than a search that ignores case.
    lower = found.lower()
    if "://" in lower:
        found = _USER_INFO.sub(rf"\g<before>{REDACTED}@", found)
    if "cookie" in lower or "authorization" in lower:
        found = _HEADER.sub(rf"\g<before>{REDACTED}", found)
    if "bearer" in lower or "basic" in lower:
        found = _SCHEME.sub(rf"\g<before>{REDACTED}", found)
    if ":" in lower or "=" in lower:
        found = _ASSIGNMENT.sub(_assigned, found)
    return found if len(found) <= _MAX_TEXT else found[:_MAX_TEXT] + "…"


def _assigned(match: re.Match[str]) -> str:
    value = match["value"]
    # "output_tokens=512" is a measurement, and what is redacted already reads better once.
    harmless = value.isdecimal() and "token" in match["before"].lower()
    return match[0] if harmless or value.startswith(REDACTED) else match["before"] + REDACTED


def _redact(value: object, depth: int) -> object:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, (str, bytes, bytearray)):
        return redact_text(_text(value))
    return _redact_container(value, depth) if depth else "…"


def _redact_container(value: object, depth: int) -> object:
    if isinstance(value, Mapping):
        return _redact_mapping(cast("Mapping[object, object]", value), depth)
    if isinstance(value, (Sequence, Set)):
        return _redact_items(list(cast("Sequence[object]", value)), depth)
    return redact_text(_shown(value))


def _redact_mapping(value: Mapping[object, object], depth: int) -> dict[str, object]:
    shown: dict[str, object] = {}
    for name, inner in list(value.items())[:_MAX_ITEMS]:
        text = _text(name)
        shown[redact_text(text)] = _under(text, inner, depth)
    return shown


def _redact_items(items: list[object], depth: int) -> list[object]:
    if len(items) == 2 and isinstance(items[0], (str, bytes)):  # a header as name and value
        name = _text(items[0])
        return [redact_text(name), _under(name, items[1], depth)]
    return [_redact(item, depth - 1) for item in items[:_MAX_ITEMS]]


def _under(name: str, value: object, depth: int) -> object:
    if not is_secret_name(name):
        return _redact(value, depth - 1)
    # Counts of tokens are wanted; a number under "pin" or "password" is not a count.
    harmless = value is None or isinstance(value, bool) or (isinstance(value, (int, float)) and "token" in name.lower())
    return value if harmless else REDACTED


def _text(value: object) -> str:
    if isinstance(value, (bytes, bytearray)):
        return bytes(value[:_MAX_SEARCHED]).decode("utf-8", "replace")
    return str(value)


def _shown(value: object) -> str:
    try:
        return repr(value)
    except Exception as problem:
        return f"<{type(value).__name__}: its repr raised {type(problem).__name__}>"
