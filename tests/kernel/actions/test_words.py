"""Whoever reads Arabic reads Arabic about their input too, whatever the action and whatever is wrong."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from gitu.app import load_features
from gitu.kernel.actions.registry import registry
from gitu.kernel.actions.slash.errors import ArgumentUnfit
from gitu.kernel.actions.validation import Input, invalid_fields, validate
from gitu.kernel.errors import FieldProblem, Invalid
from gitu.kernel.i18n import Unfit

ODD: list[Any] = [  # Any: whatever could be sent
    None,
    "",
    "\ud800",
    "x" * 200_000,
    " private \n words ",
    -(10**30),
    10**30,
    1.5,
    float("nan"),
    True,
    [],
    [[]],
    ["private"] * 3000,
    {},
    {"private": "words"},
]
# Words of the vocabulary that pydantic explains itself in.
PYDANTIC = re.compile(
    r"\b(input|should|valid|field|required|extra|permitted|string|integer|number|least|most|characters?|items?|after|"
    r"validation|dictionary|instance|unable|parse|boolean|greater|less|than|equal|match|pattern|or|expected|value|error|"
    r"must|may|needed|known|text|date|list|object|private|words)\b",
    re.IGNORECASE,
)


def inputs() -> list[type[BaseModel]]:
    """The input of every action."""
    load_features()
    found = {action.input for action in registry.all() if action.handler.__module__.startswith("gitu.")}
    return sorted(found, key=lambda model: f"{model.__module__}.{model.__name__}")


def refusals(model: type[BaseModel]) -> Iterator[Invalid]:
    """What is said when nothing is given, when every field holds something odd, and when there is a field too many."""
    for payload in [None, [], {}, {"private": 1}, *(dict.fromkeys(model.model_fields, odd) for odd in ODD)]:
        try:
            validate(model, payload)
        except Invalid as error:
            yield error


@pytest.mark.parametrize("model", inputs(), ids=lambda model: model.__name__)
def test_no_english_about_any_input_reaches_an_arabic_reader(model: type[BaseModel]) -> None:
    told = 0
    for error in refusals(model):
        problem = error.problem("ar")
        for field in problem.fields:
            told += 1
            # What stands between isolates is a figure, a pattern or the names one may choose from.
            own_words = re.sub("\u2068.*?\u2069", "", field.message)
            assert not PYDANTIC.search(own_words), field
            assert field.message in problem.detail or len(problem.fields) > 5 or len(problem.detail) > 490
    assert told


class Invitation(Input):
    login: str
    role: str


def test_the_sentence_and_each_field_are_in_the_readers_language() -> None:
    with pytest.raises(Invalid) as caught:
        validate(Invitation, {"login": 7})

    english, arabic = caught.value.problem("en"), caught.value.problem("ar")
    assert english.detail == "login: must be text; role: is needed"
    assert {field.path: field.message for field in english.fields} == {"login": "must be text", "role": "is needed"}
    assert {field.path: field.message for field in arabic.fields} == {"login": "يجب أن يكون نصًّا", "role": "مطلوب"}
    assert "login: يجب أن يكون نصًّا؛ role: مطلوب" in arabic.detail
    assert arabic.title == "المدخلات غير ملائمة"
    assert str(caught.value) == english.detail, "logs are in English"


def test_a_sentence_lists_the_first_problems_and_the_fields_hold_all() -> None:
    error = invalid_fields([FieldProblem.of(f"rows.{number}", "field-missing") for number in range(9)])

    assert error.problem().detail.count("is needed") == 5
    assert len(error.problem("ar").fields) == 9


def test_what_concerns_the_whole_input_has_no_path() -> None:
    with pytest.raises(Invalid) as caught:
        validate(Invitation, [])

    assert caught.value.problem().detail == "input: must be an object"
    assert "المدخلات: يجب أن يكون كائنًا" in caught.value.problem("ar").detail


def test_an_argument_of_a_typed_command_is_told_in_the_readers_language_too() -> None:
    error = ArgumentUnfit(
        argument="role", command="/identity create-invitation", value="boss", expected="admin, member"
    )

    assert error.problem().fields[0].message == "role can't be boss. Possible: admin, member."
    assert error.problem("ar").fields[0].message == error.localised("ar")


def test_a_validator_of_our_own_has_words_in_both_languages() -> None:
    assert str(Unfit("field-time-zone")) == "is not a time zone; use a name such as Europe/Berlin or Asia/Riyadh"
    assert Unfit("field-time-zone").words.localised("ar").startswith("ليس منطقة زمنية")
