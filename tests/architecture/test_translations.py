"""Whatever a person may read exists in both languages: every error, every action, every sentence."""

import importlib
import pkgutil

import gitu
from gitu.app import load_features
from gitu.kernel.actions.registry import registry
from gitu.kernel.errors import all_errors
from gitu.kernel.i18n import error_key, error_title_key, has_translation
from gitu.kernel.i18n.parity import locale_problems, missing_translations, unknown_variables


def english() -> dict[str, str]:
    """Every sentence that stands in the code, by its message id."""
    load_features()
    for module in pkgutil.walk_packages(gitu.__path__, "gitu."):
        if "migrations" not in module.name and "__main__" not in module.name:
            importlib.import_module(module.name)
    errors = [error for error in all_errors() if error.__module__.startswith("gitu.")]
    found = {error_key(error.code): error.text for error in errors}
    found |= {error_title_key(error.title_code()): error.title for error in errors}
    for action in registry.all():
        if not action.handler.__module__.startswith("gitu."):
            continue  # declared by another test
        found[f"action-{action.name}".replace(".", "-").replace("_", "-")] = action.summary
    return found


def test_every_error_its_title_and_every_action_has_arabic() -> None:
    assert missing_translations(english()) == []


def test_no_translation_names_what_its_english_does_not() -> None:
    assert unknown_variables(english()) == []


def test_the_locale_files_are_sound() -> None:
    assert locale_problems() == []


def test_what_is_missing_would_be_noticed() -> None:
    assert not has_translation("error-no-such-thing", "ar")
    assert missing_translations(["title-no-such-thing"]) == ["title-no-such-thing"]
