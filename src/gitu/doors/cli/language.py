"""The command line's words in the person's language: their preference once known, else the system's."""

import os
from functools import lru_cache

from gitu.doors.cli import files

_WITHOUT_ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


@lru_cache(maxsize=1)
def language() -> str:
    """``en`` or ``ar``."""
    from gitu.kernel.i18n import best_locale  # noqa: PLC0415 - only when there is something to say

    system = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return best_locale(system.partition(".")[0], preference=files.remembered().get("language"))


def say(key: str, /, **params: object) -> str:
    """The message ``key`` of the locale files with its placeables filled."""
    from gitu.kernel.i18n import translate  # noqa: PLC0415 - loads Fluent

    # Isolates would travel along when a path or command is copied from the terminal, and break it.
    return translate(key, language(), **params).translate(_WITHOUT_ISOLATES)


def say_or(key: str, english: str, /) -> str:
    """The message ``key`` in the person's language if it stands there, else the English, which holds no placeables."""
    return english if language() == "en" or not has(key) else say(key)


def has(key: str) -> bool:
    """Whether the message stands in the person's language."""
    from gitu.kernel.i18n import has_translation  # noqa: PLC0415 - loads Fluent

    return has_translation(key, language())


def remember_language(chosen: str) -> None:
    """Keep the person's own choice for the next start."""
    if files.remembered().get("language") != chosen:
        files.remember(language=chosen)
        language.cache_clear()
