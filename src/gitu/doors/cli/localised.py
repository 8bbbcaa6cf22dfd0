"""Typer in a language other than English: the words of its own and of our commands' help, found when they are shown.

English stays where it stands, in the commands and in Typer. Commands, options and types are Latin everywhere.
"""

import gettext
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import typer
from typer.exceptions import TyperException

from gitu.doors.cli import output
from gitu.doors.cli.catalogue import catalogue
from gitu.doors.cli.language import say, say_or

Command = Any  # Typer's own copy of Click's commands and options, which it does not export
Context = Any

_USAGE: Final = "Usage: "
# Options that are the same thing wherever they stand.
_SHARED: Final = {"home", "as_json", "help", "version", "install_completion", "show_completion"}
# What Typer takes from gettext, most of it while Rich's part of it is loaded for the first help or error.
TYPERS_WORDS: Final = {
    "Arguments": "typer-arguments",
    "Options": "typer-options",
    "Commands": "typer-commands",
    "Error": "typer-error",
    "Aborted.": "typer-aborted",
    "Aborted!": "typer-aborted",
    "[required]": "typer-required",
    "required": "typer-required",
    "(deprecated) ": "typer-deprecated",
    "(dynamic)": "typer-dynamic",
}
TYPERS_PATTERNS: Final = {"[default: {}]": "typer-default", "[env var: {}]": "typer-variable"}
# What Typer says of a command line that it can't read, each with our sentence.
_REFUSALS: Final = [
    (re.compile(pattern, re.DOTALL), key)
    for pattern, key in (
        (r"No such command '(?P<name>.*)'\. Did you mean (?P<nearest>.*)\?", "misuse-command-nearest"),
        (r"No such command '(?P<name>.*)'\.", "misuse-command"),
        (r"Missing command\.", "misuse-command-missing"),
        (r"No such option: (?P<name>\S*) \(Possible options: (?P<nearest>.*)\)", "misuse-option-nearest"),
        (r"No such option: (?P<name>.*)", "misuse-option"),
        (r"Option '(?P<name>.*)' requires an argument\.", "misuse-option-empty"),
        (r"Option '(?P<name>.*)' does not take a value\.", "misuse-option-value"),
        (r"Missing (?:option|argument|parameter) '?(?P<name>[^']*?)'?\..*", "misuse-missing"),
        (r"Got unexpected extra argument\(s\) \((?P<name>.*)\)", "misuse-extra"),
        (r"Invalid value for '?(?P<name>[^']*?)'?: .*", "misuse-value"),
    )
]


@dataclass(frozen=True, slots=True)
class Text:
    """One English text of the help, the message that translates it, and how it is replaced."""

    key: str
    english: str
    put: Callable[[str], None]


def run(app: typer.Typer) -> None:
    """Run the command line; its help and its refusals are in the person's language. Always ends in SystemExit."""
    command: Command = typer.main.get_command(app)
    gettext.gettext = _typers_word
    for each, path in _tree(command):
        _prepare(each, path)
    try:
        code = command(prog_name="gitu", standalone_mode=False)
    except typer.Abort:
        output.fail(say("typer-aborted"))
        sys.exit(1)
    except TyperException as error:
        sys.exit(_refuse(error))
    sys.exit(code if isinstance(code, int) else 0)


def texts(command: Command, path: tuple[str, ...] = ()) -> Iterator[Text]:
    """Every text that the help of one command shows, those of the commands below it left out."""
    name = "-".join(path)
    if len(path) > 1 and path[0] in _features():
        yield Text(f"action-{name}", command.help, _setter(command, "help"))
    elif command.help:
        yield Text(f"help-{name or 'gitu'}", command.help, _setter(command, "help"))
    if command.epilog:
        yield Text(f"epilog-{name or 'gitu'}", command.epilog, _setter(command, "epilog"))
    panel = getattr(command, "rich_help_panel", None)
    if isinstance(panel, str):
        yield Text(f"panel-{panel.lower()}", panel, _setter(command, "rich_help_panel"))
    for param in command.params:
        if param.help:
            place = "" if param.name in _SHARED else f"{name or 'gitu'}-"
            yield Text(f"option-{place}{param.name.replace('_', '-')}", param.help, _setter(param, "help"))


def all_texts(app: typer.Typer) -> dict[str, str]:
    """The English of every text of the whole help, by its message id; for the check of the translations."""
    tree = _tree(typer.main.get_command(app))
    return {text.key: text.english for command, path in tree for text in texts(command, path)}


def _prepare(command: Command, path: tuple[str, ...]) -> None:
    """Have the command translate itself when its help or its usage is asked for, and not before."""
    format_help, get_usage = command.format_help, command.get_usage

    def help_in_words(ctx: Context, formatter: object) -> None:
        shown = [command, *(below for below in getattr(command, "commands", {}).values())]
        for each in shown:
            place = path if each is command else (*path, str(each.name))
            for text in texts(each, place):
                text.put(say_or(text.key, text.english))
        if (option := command.get_help_option(ctx)) is not None:
            option.help = say("option-help")
        format_help(ctx, formatter)

    def usage_in_words(ctx: Context) -> str:
        return say("cli-usage", usage=str(get_usage(ctx)).removeprefix(_USAGE))

    command.format_help = help_in_words
    command.get_usage = usage_in_words


def _tree(command: Command, path: tuple[str, ...] = ()) -> Iterator[tuple[Command, tuple[str, ...]]]:
    yield command, path
    for name, below in getattr(command, "commands", {}).items():
        yield from _tree(below, (*path, name))


def _features() -> set[str]:
    return {str(entry["feature"]).replace("_", "-") for entry in catalogue()}


def _setter(thing: object, name: str) -> Callable[[str], None]:
    return lambda text: setattr(thing, name, text)


def _typers_word(message: str) -> str:
    if message.startswith("Try [blue]"):
        return say("typer-try", command="[blue]{command_path} {help_option}[/]")
    if message in TYPERS_PATTERNS:
        return say(TYPERS_PATTERNS[message], value="{}")
    return say(TYPERS_WORDS[message]) if message in TYPERS_WORDS else message


def _refuse(error: TyperException) -> int:
    """Say what is wrong with the command line, how it is used and where help is; the exit code."""
    if type(error).__name__ == "NoArgsIsHelpError":  # the help was shown already
        return error.exit_code
    context: Context = getattr(error, "ctx", None)
    if context is not None:
        output.note(context.get_usage())
    output.fail(_sentence(error))
    if context is not None:
        output.note(say("cli-usage-help", command=f"{context.command_path} {context.help_option_names[0]}"))
    return error.exit_code


def _sentence(error: TyperException) -> str:
    message = error.format_message()
    for pattern, key in _REFUSALS:
        if found := pattern.fullmatch(message):
            named = {name: text.replace("'", "") for name, text in found.groupdict().items()}
            return say(key, **named, reason=_reason(error))
    return message


def _reason(error: TyperException) -> str:
    """What does not fit in an option's value, where pydantic found it."""
    findings: Callable[[], list[Any]] | None = getattr(error.__cause__, "errors", None)
    if findings is None:
        return say("field-unfit")
    from gitu.kernel.i18n.findings import words_of  # noqa: PLC0415 - only for this

    words = words_of(findings()[0])
    return say(words.key, **words.params)
