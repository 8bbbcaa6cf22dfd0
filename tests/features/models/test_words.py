"""Every error and every action of the models speaks Arabic too."""

import pytest

from gitu.features.models import actions
from gitu.kernel.actions.registry import Action, registry
from gitu.kernel.errors import GituError, all_errors
from gitu.kernel.i18n import error_key, has_translation
from gitu.kernel.i18n.parity import locale_problems, unknown_variables

assert actions, "importing them registers them"
ERRORS = sorted(
    {one for one in all_errors() if one.__module__.startswith("gitu.features.models")}, key=lambda one: one.code
)
ACTIONS = [one for one in registry.all() if one.feature == "models"]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.code)
def test_each_error_is_translated(error: type[GituError]) -> None:
    assert has_translation(error_key(error.code), "ar")


def test_codes_stand_once() -> None:
    codes = [error.code for error in ERRORS]
    assert len(codes) == len(set(codes))


def test_the_arabic_names_only_what_the_english_names() -> None:
    assert unknown_variables({error_key(error.code): error.text for error in ERRORS}) == []
    assert locale_problems() == []


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_each_action_has_an_arabic_summary(action: Action) -> None:
    assert has_translation(f"action-{action.name}".replace(".", "-").replace("_", "-"), "ar")
