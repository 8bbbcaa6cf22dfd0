"""Formats Fluent messages and patterns (https://projectfluent.org), one bundle for each locale.

Arabic placeables are wrapped in bidi isolates, so that a Latin name in an Arabic sentence can't reorder it.
"""

import logging
import threading
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from gitu.kernel.i18n.locales import DEFAULT, SUPPORTED, best_locale, direction

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle

__all__ = [
    "Parameter",
    "error_key",
    "error_title_key",
    "format_pattern",
    "has_translation",
    "locale_files",
    "message_bundle",
    "translate",
    "translate_or",
]

log = logging.getLogger(__name__)

Parameter = object
"""What a placeable takes: text, a number or a date; anything else is shown as its str()."""

_PACKAGE = Path(__file__).parents[2]

# Fluent refuses a placeable beyond 2,500 characters and would show {???} for the whole sentence.
_MAX_PARAMETER = 500

# Patterns come from error classes, some hundreds of them; the bound holds if one is built at run time.
MAX_PATTERNS = 2000


def error_key(code: str) -> str:
    """The message id of an error's translation: `models.no_key` stands under `error-models-no-key`."""
    return "error-" + _dashed(code)


def error_title_key(code: str) -> str:
    """The message id of an error's title: that of `models.no_key` stands under `title-models-no-key`."""
    return "title-" + _dashed(code)


def translate(key: str, locale: str, /, **params: Parameter) -> str:
    """The message `key` in `locale`, with its placeables filled.

    Falls back to English and then to the key itself: a missing word must not turn an answer into a failure.
    Numbers are formatted for the locale; pass a port or an identifier as text.
    """
    for candidate in dict.fromkeys((best_locale(preference=locale), DEFAULT)):
        text = _format_message(key, candidate, params)
        if text is not None:
            return text
    log.warning("no message %r in any language", key)
    return key


def translate_or(key: str, pattern: str, locale: str, /, **params: Parameter) -> str:
    """The message `key` in `locale` if it stands there, else the English `pattern` formatted."""
    text = _format_message(key, best_locale(preference=locale), params)
    return format_pattern(pattern, DEFAULT, **params) if text is None else text


def has_translation(key: str, locale: str) -> bool:
    """Whether `key` stands in the locale's own files."""
    return locale in SUPPORTED and message_bundle(locale).has_message(key)


def format_pattern(pattern: str, locale: str, /, **params: Parameter) -> str:
    """Format a Fluent pattern such as ``Invoice { $number } is posted.`` that stands in the code.

    Raises ValueError when the pattern is not Fluent: that is a mistake in the code, found by its first test.
    """
    bundle, key = _patterns(best_locale(preference=locale)).entry(pattern)
    return _format(bundle, key, params)


@lru_cache(maxsize=len(SUPPORTED))
def message_bundle(locale: str) -> "FluentBundle":
    """The bundle with every message of a supported locale, read from the locale files once."""
    from fluent.runtime import FluentResource  # noqa: PLC0415 - costs 60 ms that most commands never need

    bundle = _empty_bundle(locale)
    for file in locale_files(locale):
        bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle


def locale_files(locale: str) -> Iterator[Path]:
    """Every Fluent file of a locale, the kernel's first: on a doubled id the first one holds."""
    yield from sorted(_PACKAGE.glob(f"kernel/locale/{locale}.ftl"))
    yield from sorted(_PACKAGE.glob(f"features/*/locale/{locale}.ftl"))
    yield from sorted(_PACKAGE.glob(f"doors/*/locale/{locale}.ftl"))


class _Patterns:
    """Compiled patterns of one locale; when full, it starts over rather than grow."""

    def __init__(self, locale: str) -> None:
        self._locale = locale
        self._lock = threading.Lock()
        self._bundle = _empty_bundle(locale)
        self._keys: dict[str, str] = {}

    def entry(self, pattern: str) -> "tuple[FluentBundle, str]":
        with self._lock:
            key = self._keys.get(pattern) or self._add(pattern)
            return self._bundle, key

    def _add(self, pattern: str) -> str:
        from fluent.runtime import FluentResource  # noqa: PLC0415 - see message_bundle
        from fluent.syntax import ast  # noqa: PLC0415

        if len(self._keys) >= MAX_PATTERNS:
            self._bundle = _empty_bundle(self._locale)
            self._keys = {}
        key = f"pattern-{len(self._keys)}"
        resource = FluentResource(f"{key} =\n" + "".join(f"    {line}\n" for line in pattern.splitlines()))
        if not resource.body or not all(isinstance(entry, ast.Message) for entry in resource.body):
            raise ValueError(f'{pattern!r} is not a Fluent pattern; a literal brace is written {{"{{"}}.')
        self._bundle.add_resource(resource)
        self._keys[pattern] = key
        return key


@lru_cache(maxsize=len(SUPPORTED))
def _patterns(locale: str) -> _Patterns:
    return _Patterns(locale)


def _empty_bundle(locale: str) -> "FluentBundle":
    from fluent.runtime import FluentBundle  # noqa: PLC0415 - see message_bundle

    return FluentBundle([locale], use_isolating=direction(locale) == "rtl")


def _format_message(key: str, locale: str, params: Mapping[str, Parameter]) -> str | None:
    bundle = message_bundle(locale)
    return _format(bundle, key, params) if bundle.has_message(key) else None


def _format(bundle: "FluentBundle", key: str, params: Mapping[str, Parameter]) -> str:
    value = bundle.get_message(key).value
    if value is None:
        log.warning("message %r has attributes but no text", key)
        return key
    text, problems = bundle.format_pattern(value, {name: _readable(given) for name, given in params.items()})
    if problems:
        # Types only: a problem's words may hold a parameter, and a parameter may be private.
        log.warning("message %r: %s", key, ", ".join(type(problem).__name__ for problem in problems))
    return str(text)


def _dashed(code: str) -> str:
    return code.replace(".", "-").replace("_", "-")


def _readable(value: Parameter) -> Parameter:
    if isinstance(value, (int, float, Decimal, date)) and not isinstance(value, bool):
        return value
    text = str(value)
    return text if len(text) <= _MAX_PARAMETER else text[: _MAX_PARAMETER - 1] + "…"
