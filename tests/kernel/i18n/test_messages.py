"""Translations: Fluent messages with plurals, isolated placeables, and English where a word misses."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitu.kernel.i18n import error_key, format_pattern, has_translation, messages, translate, translate_or
from gitu.kernel.i18n.parity import locale_problems, missing_translations, unknown_variables

FSI, PDI = "\u2068", "\u2069"


@pytest.mark.parametrize(
    ("length", "form"),
    [(0, "فارغة"), (1, "محرف واحد"), (2, "محرفان"), (3, "محارف"), (11, "محرفًا"), (100, "محرف؛")],
)
def test_arabic_has_six_plural_forms(length: int, form: str) -> None:
    assert form in translate("password-too-short", "ar", length=length, minimum=10)


def test_english_has_two() -> None:
    assert "has one character;" in translate("password-too-short", "en", length=1, minimum=10)
    assert "has 2 characters;" in translate("password-too-short", "en", length=2, minimum=10)


def test_placeables_are_isolated_in_arabic_only() -> None:
    assert f"{FSI}INV-0042{PDI}" in format_pattern("الفاتورة { $number } مرحَّلة.", "ar", number="INV-0042")
    assert format_pattern("Invoice { $number } is posted.", "en", number="7") == "Invoice 7 is posted."


def test_a_missing_word_falls_back_to_english_and_then_to_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    assert translate("password-too-long", "tlh", maximum=256).startswith("The password")
    assert translate("no-such-message", "ar") == "no-such-message"


def test_an_error_takes_its_english_from_the_code_and_its_arabic_from_the_file() -> None:
    english = "The password is longer than { $maximum } characters; choose a shorter one."
    assert translate_or("password-too-long", english, "ar", maximum=9).startswith("كلمة المرور")
    assert translate_or("error-untranslated", "No { $thing }.", "ar", thing="key") == "No key."
    assert error_key("models.no_key") == "error-models-no-key"


def test_numbers_and_dates_are_written_for_the_locale_and_text_as_it_is() -> None:
    assert format_pattern("{ $n } rows", "en", n=12345) == "12,345 rows"
    assert format_pattern("port { $n }", "en", n="12345") == "port 12345"
    assert format_pattern("since { $day }", "en", day=date(2030, 1, 2)) == "since Jan 2, 2030"


@pytest.mark.parametrize("value", [None, True, ["a"], {"b": 1}, b"c"])
def test_any_parameter_can_be_shown(value: object) -> None:
    assert format_pattern("<{ $value }>", "en", value=value) == f"<{value}>"


def test_a_parameter_may_be_of_any_length() -> None:
    shown = format_pattern("<{ $text }>", "en", text="x" * 100_000)
    assert shown == "<" + "x" * 499 + "…>"


def test_a_forgotten_parameter_shows_its_name_and_logs_no_value(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert format_pattern("{ $who } wrote { $secret }", "en", secret="hush") == "who wrote hush"
    assert "FluentReferenceError" in caplog.text
    assert "hush" not in caplog.text


def test_a_pattern_may_have_several_lines_and_plurals() -> None:
    pattern = "{ $n ->\n    [one] one file\n   *[other] { $n } files\n}"
    assert format_pattern(pattern, "en", n=1) == "one file"
    assert format_pattern(pattern, "en", n=3) == "3 files"


@pytest.mark.parametrize("pattern", ["{ $open", "}", "", "{ }"])
def test_what_is_not_fluent_is_a_mistake_that_tests_find(pattern: str) -> None:
    with pytest.raises(ValueError, match="not a Fluent pattern"):
        format_pattern(pattern, "en")


@given(st.text(max_size=100))
def test_any_pattern_formats_or_is_refused(pattern: str) -> None:
    with suppress(ValueError):
        assert isinstance(format_pattern(pattern, "en"), str)


def test_patterns_beyond_the_bound_still_format() -> None:
    for number in range(messages.MAX_PATTERNS + 50):
        assert format_pattern(f"pattern {number}", "en") == f"pattern {number}"


def test_the_locale_files_are_fluent_and_no_id_stands_twice() -> None:
    assert locale_problems() == []


def test_everything_said_in_english_is_said_in_arabic() -> None:
    assert missing_translations() == []
    assert unknown_variables({}) == []


def test_a_missing_translation_and_a_foreign_placeable_are_found() -> None:
    assert missing_translations(["error-never-written", "password-too-long"]) == ["error-never-written"]
    assert unknown_variables({"password-too-long": "Too long."}) == ["password-too-long: $maximum"]
    assert has_translation("password-too-long", "ar")
    assert not has_translation("password-too-long", "tlh")


def only(file: Path) -> Callable[[str], list[Path]]:
    """Locale files that are this one file, whatever the locale."""

    def files(locale: str) -> list[Path]:
        return [file]

    return files


def test_mistakes_in_a_locale_file_are_named_with_their_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "ar.ftl"
    file.write_text("# remark\nhello = مرحبًا\nhello = أهلًا\nbroken { $\n", encoding="utf-8")
    monkeypatch.setattr("gitu.kernel.i18n.parity.SUPPORTED", ("ar",))
    monkeypatch.setattr("gitu.kernel.i18n.parity.locale_files", only(file))
    doubled, broken = locale_problems()
    assert "hello stands in" in doubled
    assert "not Fluent: broken" in broken


def test_a_message_without_text_shows_its_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "en.ftl"
    file.write_text("button =\n    .title = Send\n", encoding="utf-8")
    monkeypatch.setattr("gitu.kernel.i18n.messages.locale_files", only(file))
    messages.message_bundle.cache_clear()
    try:
        assert translate("button", "en") == "button"
    finally:
        messages.message_bundle.cache_clear()
