"""Words in the person's language: Fluent messages, the choice of a locale, and (`parity`) a check of them.

The Fluent library and its language data are loaded by the first translation, not by this import.
"""

from gitu.kernel.i18n.locales import DEFAULT, SUPPORTED, Direction, best_locale, direction
from gitu.kernel.i18n.messages import (
    error_key,
    error_title_key,
    format_pattern,
    has_translation,
    translate,
    translate_or,
)
from gitu.kernel.i18n.words import Localisable, Unfit, Words, said

__all__ = [
    "DEFAULT",
    "SUPPORTED",
    "Direction",
    "Localisable",
    "Unfit",
    "Words",
    "best_locale",
    "direction",
    "error_key",
    "error_title_key",
    "format_pattern",
    "has_translation",
    "said",
    "translate",
    "translate_or",
]
