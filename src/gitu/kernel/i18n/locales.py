"""Which languages there are, which way they run, and which one a person gets."""

from typing import Final, Literal

__all__ = ["DEFAULT", "SUPPORTED", "Direction", "best_locale", "direction"]

Direction = Literal["ltr", "rtl"]

DEFAULT: Final = "en"
SUPPORTED: Final = ("en", "ar")

# A browser sends a few languages; a header longer than this is not one.
_MAX_HEADER = 1000
_MAX_RANGES = 32


def direction(locale: str) -> Direction:
    """The direction in which the locale's text runs."""
    return "rtl" if _language(locale) == "ar" else "ltr"


def best_locale(accept_language: str | None = None, *, preference: str | None = None) -> str:
    """The supported locale for a person: their own choice first, then the browser's, then English.

    `accept_language` is an Accept-Language header (RFC 9110, 12.5.4). Malformed parts are skipped.
    """
    if preference is not None and _language(preference) in SUPPORTED:
        return _language(preference)
    for language in _ranked(accept_language or ""):
        if language == "*":
            return DEFAULT
        if language in SUPPORTED:
            return language
    return DEFAULT


def _ranked(header: str) -> list[str]:
    weighed: list[tuple[float, str]] = []
    for part in header[:_MAX_HEADER].split(",")[:_MAX_RANGES]:
        tag, _, parameter = part.partition(";")
        quality = _quality(parameter)
        if tag.strip() and quality > 0:
            weighed.append((quality, _language(tag)))
    # sorted() is stable: equal weights keep the order in which the browser named them.
    return [language for _, language in sorted(weighed, key=lambda pair: -pair[0])]


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if not name:
        return 1.0
    try:
        quality = float(value)
    except ValueError:
        return 0.0
    return quality if name.strip().lower() == "q" and 0 <= quality <= 1 else 0.0


def _language(tag: str) -> str:
    return tag.strip().replace("_", "-").split("-", 1)[0].lower()
