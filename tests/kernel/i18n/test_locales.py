"""Which language a person gets, and which way it runs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitu.kernel.i18n import SUPPORTED, best_locale, direction


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        ("ar", "ar"),
        ("ar-EG,ar;q=0.9,en;q=0.8", "ar"),
        ("en-GB,en;q=0.9,ar;q=0.8", "en"),
        ("fr-FR, ar;q=0.5, en;q=0.4", "ar"),
        ("en;q=0.2, ar;q=0.9", "ar"),
        ("en;q=0, ar;q=0.1", "ar"),
        ("de, *;q=0.5", "en"),
        ("de", "en"),
        ("", "en"),
        (None, "en"),
        ("ar;q=nonsense, en", "en"),
        ("AR_eg", "ar"),
    ],
)
def test_the_browsers_languages_are_weighed(header: str | None, locale: str) -> None:
    assert best_locale(header) == locale


def test_a_persons_own_choice_comes_first() -> None:
    assert best_locale("en", preference="ar") == "ar"
    assert best_locale("ar", preference="tlh") == "ar"


@given(st.text(max_size=5000))
def test_any_header_gives_a_supported_locale(header: str) -> None:
    assert best_locale(header) in SUPPORTED


def test_arabic_runs_from_right_to_left() -> None:
    assert direction("ar") == direction("ar-EG") == "rtl"
    assert direction("en") == "ltr"
