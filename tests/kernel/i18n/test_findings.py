"""What does not fit in a field: each of pydantic's kinds is said in English and in Arabic, never with the value."""

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal, get_args
from uuid import UUID

import pytest
from pydantic import AnyHttpUrl, BaseModel, Field, TypeAdapter, ValidationError
from pydantic_core.core_schema import ErrorType

from gitu.kernel.i18n import Unfit, Words
from gitu.kernel.i18n.findings import words_of

# What an Arabic sentence keeps in Latin letters: names of formats, and values that are typed as they stand.
LATIN = {
    "json",
    "null",
    "true",
    "false",
    "unicode",
    "ascii",
    "uuid",
    "nul",
    "https",
    "gitu",
    "example",
    "org",
    "t",
    "z",
    "pt",
    "m",
    "base",
}
# Every figure that pydantic may hand along, for kinds that need some.
CONTEXT: dict[str, Any] = {  # Any: figures and texts
    "error": "private words",
    "tag": "private words",
    "class_name": "private",
    "class": "private",
    "method_name": "private",
    "attribute": "private",
    "encoding": "utf-8",
    "encoding_error": "private words",
    "discriminator": "private",
    "pattern": "",
    "expected": "'7', '8' or '9'",
    "expected_tags": "'7', '8'",
    "expected_schemes": "'7' or '8'",
    "field_type": "List",
    **dict.fromkeys(("min_length", "max_length", "gt", "ge", "lt", "le", "multiple_of", "actual_length"), 3),
    **dict.fromkeys(("max_digits", "decimal_places", "whole_digits", "tz_expected", "tz_actual"), 3),
    "expected_version": 4,
}


def latin_words(text: str) -> set[str]:
    """The words in Latin letters that a sentence holds, formats aside."""
    return {word.lower() for word in re.findall(r"[A-Za-z]+", text)} - LATIN


def finding(value: object, kind: Any) -> Words:  # Any: whatever pydantic takes for a type
    """The words for the first thing that is wrong with a value."""
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError as error:
        return words_of(error.errors(include_input=False)[0])
    raise AssertionError(f"{value!r} fits")


@pytest.mark.parametrize("kind", get_args(ErrorType))
def test_no_english_of_pydantic_reaches_an_arabic_reader(kind: str) -> None:
    words = words_of({"type": kind, "ctx": CONTEXT})

    assert latin_words(words.localised("ar")) == set(), kind
    assert "private" not in str(words)
    assert "{" not in str(words), "a figure is missing"


class Person(BaseModel):
    name: str


@pytest.mark.parametrize(
    ("value", "kind", "english", "arabic"),
    [
        ({}, Person, "is needed", "مطلوب"),
        (7, str, "must be text", "يجب أن يكون نصًّا"),
        ("x", int, "must be a whole number", "يجب أن يكون عددًا صحيحًا"),
        (1.5, int, "must be a whole number", "يجب أن يكون عددًا صحيحًا"),
        ("perhaps", bool, "must be true or false", "يجب أن يكون true (نعم) أو false (لا)"),
        ("x", UUID, "must be an id (a UUID)", "يجب أن يكون معرّفًا (UUID)"),
        ("x", date, "must be a date such as 2026-03-14", "يجب أن يكون تاريخًا مثل"),
        ("x", datetime, "must be a date and time such as", "يجب أن يكون تاريخًا ووقتًا مثل"),
        ("x", AnyHttpUrl, "must be an address such as", "يجب أن يكون عنوانًا مثل"),
        ("fr", Literal["en", "ar"], "must be one of: en, ar", "يجب أن يكون واحدًا من"),
        ("fr", Literal["en"], "must be en", "يجب أن يكون"),
        (9, Annotated[int, Field(le=5)], "must be at most 5", "يجب ألا يزيد على"),
        ([], dict[str, str], "must be an object", "يجب أن يكون كائنًا"),
        (3, list[str], "must be a list", "يجب أن يكون قائمة"),
    ],
)
def test_what_does_not_fit_is_said_plainly(value: object, kind: object, english: str, arabic: str) -> None:
    words = finding(value, kind)

    assert str(words).startswith(english)
    assert words.localised("ar").startswith(arabic)


@pytest.mark.parametrize(
    ("minimum", "arabic"),
    [(1, "محرف واحد"), (2, "محرفان"), (3, "محارف"), (11, "محرفًا"), (100, "محرف على")],
)
def test_figures_take_the_plural_that_goes_with_them(minimum: int, arabic: str) -> None:
    words = finding("", Annotated[str, Field(min_length=minimum)])

    assert arabic in words.localised("ar")
    assert str(words).endswith("one character" if minimum == 1 else f"{minimum} characters")


class Cat(BaseModel):
    kind: Literal["cat"]


class Dog(BaseModel):
    kind: Literal["dog"]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("sk-secret", UUID),
        ("sk-secret", datetime),
        ("sk-secret", AnyHttpUrl),
        ("sk-secret", Literal["en", "ar"]),
        ({"kind": "sk-secret"}, Annotated[Cat | Dog, Field(discriminator="kind")]),
    ],
)
def test_the_value_that_does_not_fit_is_not_repeated(value: object, kind: object) -> None:
    words = finding(value, kind)

    for locale in ("en", "ar"):
        assert "secret" not in words.localised(locale)


def test_a_rule_of_our_own_says_what_it_wants_in_both_languages() -> None:
    error = Unfit("field-absolute-url")

    assert isinstance(error, ValueError)
    assert str(error) == "must be an absolute URL such as https://gitu.example.org"
    assert (
        words_of({"type": "value_error", "ctx": {"error": error}})
        .localised("ar")
        .startswith("يجب أن يكون عنوانًا كاملًا")
    )


def test_a_rule_without_words_says_only_that_the_value_does_not_fit() -> None:
    words = words_of({"type": "value_error", "ctx": {"error": ValueError("'sk-secret' is odd")}})

    assert (str(words), words.localised("ar")) == ("is not valid", "قيمة غير صالحة")


def test_a_kind_that_pydantic_adds_later_is_said_in_general() -> None:
    assert str(words_of({"type": "never_heard_of"})) == "is not valid"
