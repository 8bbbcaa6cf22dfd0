"""Every sentence exists in Arabic, with no placeable that its English lacks: locale files, errors, actions, scopes."""

import importlib
import pkgutil
import sys

import gitu
from gitu.app import load_features
from gitu.doors.cli.catalogue import catalogue
from gitu.doors.cli.generated import about_keys
from gitu.doors.cli.localised import all_texts
from gitu.doors.cli.main import app
from gitu.kernel.actions.registry import action_key, registry
from gitu.kernel.auth.scopes import all_scopes, title_key
from gitu.kernel.errors import GituError
from gitu.kernel.i18n import error_key, error_title_key, has_translation
from gitu.kernel.i18n.parity import locale_problems, missing_translations, unknown_variables


def error_words() -> dict[str, str]:
    """The English sentence and title of every error, by their message ids."""
    for module in pkgutil.walk_packages(gitu.__path__, "gitu."):
        if "errors" in module.name.split("."):
            importlib.import_module(module.name)
    found: dict[str, str] = {}
    waiting: list[type[GituError]] = [GituError]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        found[error_key(kind.code)] = kind.text
        found[error_title_key(kind.title_code())] = kind.title
    return found


def titles() -> dict[str, str]:
    """What every action does and every scope allows, by message id."""
    load_features()
    actions = {action_key(action.name): action.summary for action in registry.all()}
    return actions | {title_key(scope.name): scope.title for scope in all_scopes()}


def help_texts() -> dict[str, str]:
    """What the command line's help says of its own commands, by message id."""
    return all_texts(app)


def fields_without_arabic() -> list[str]:
    """Fields of actions whose description the command line's help can't give in Arabic, by message id."""
    return sorted(
        about_keys(entry, name)[0]
        for entry in catalogue()
        for name, field in entry["input_schema"].get("properties", {}).items()
        if "description" in field and not any(has_translation(key, "ar") for key in about_keys(entry, name))
    )


def main() -> None:
    """Print every gap at once and exit 1 if there is one."""
    english = error_words() | titles() | help_texts()
    problems = locale_problems()
    problems += [f"{name} has no Arabic" for name in [*missing_translations(english), *fields_without_arabic()]]
    problems += [f"Arabic names what English does not: {name}" for name in unknown_variables(english)]
    if problems:
        sys.exit("\n".join(problems))


if __name__ == "__main__":
    main()
