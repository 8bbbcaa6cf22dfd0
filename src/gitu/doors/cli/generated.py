"""One command for every action, ``gitu identity list-devices --json``, in the grammar of the chat."""

import sys
from collections.abc import Sequence
from typing import Any

import typer

from gitu.doors.cli import output
from gitu.doors.cli.catalogue import Entry, catalogue
from gitu.doors.cli.language import has, language, remember_language, say, say_or

# ruff: noqa: PLC0415 - what runs a command is loaded when it runs

_TITLES = {
    "identity": "People, devices and keys",
    "trust": "Audit log and approvals",
    "models": "Models and their connections",
    "assistant": "Conversations",
    "privacy": "What is held on you: see, export and erase it",
}
_LOOSE = {"allow_extra_args": True, "ignore_unknown_options": True, "allow_interspersed_args": False}


def add_commands(app: typer.Typer) -> None:
    """Add a group for every feature; the commands of only that feature which the command line names."""
    named = set(sys.argv[1:])
    features: dict[str, list[Entry]] = {}
    for entry in catalogue():
        features.setdefault(entry["feature"], []).append(entry)
    for feature, entries in features.items():
        name = feature.replace("_", "-")
        title = _TITLES.get(feature, feature.replace("_", " ").capitalize())
        group = typer.Typer(help=title + ".", no_args_is_help=True)
        if named & {name, "--show-completion", "--install-completion"} or len(sys.argv) == 1:
            for entry in entries:
                _add(group, entry)
            if feature == "privacy":
                from gitu.doors.cli.privacy import add_commands as add_own

                add_own(group)  # in place of the generated ones: a file to write, secrets to ask for
        app.add_typer(group, name=name, rich_help_panel="Actions")


def _add(group: typer.Typer, entry: Entry) -> None:
    def command(ctx: typer.Context) -> None:
        raise typer.Exit(run(entry, list(ctx.args)))

    verb = str(entry["name"]).partition(".")[2].replace("_", "-")
    # Its help is printed by hand, since its arguments are the schema's, not Typer's.
    group.command(verb, help=entry["summary"], context_settings=_LOOSE, add_help_option=False)(command)


def _help(entry: Entry) -> str:
    # The schema is read by hand: the grammar's own module would load pydantic for every --help.
    schema: dict[str, Any] = entry["input_schema"]
    required = set(schema.get("required", []))
    fields: dict[str, Any] = schema.get("properties", {})
    usage = " ".join(f"<{name}>" for name in fields if name in required)
    rows: list[tuple[str, str]] = []
    for name, field in sorted(fields.items(), key=lambda item: item[0] not in required):
        branches: list[Any] = [field, *field.get("anyOf", [])]
        values = next((branch["enum"] for branch in branches if "enum" in branch), None)
        about = [_about(entry, name, field), f"({', '.join(map(str, values))})" if values else ""]
        option = f"<{name}>" if name in required else f"--{name.replace('_', '-')}"
        rows.append((option, " ".join(part for part in about if part)))
    rows.append(("--json", say_or("option-as-json", "One JSON document instead of text.")))
    width = max(len(option) for option, _ in rows)
    command = "gitu " + str(entry["name"]).replace(".", " ").replace("_", "-")
    summary = say_or(f"action-{_dashed(entry['name'])}", entry["summary"])
    lines = [_usage(f"{command} {usage} [OPTIONS]".replace("  ", " ")), "", f"{summary}.", ""]
    return "\n".join([*lines, *(f"  {option:<{width}}  {about}".rstrip() for option, about in rows)])


def _usage(usage: str) -> str:
    return f"Usage: {usage}" if language() == "en" else say("cli-usage", usage=usage)


def _about(entry: Entry, name: str, field: dict[str, Any]) -> str:
    english = str(field.get("description", ""))
    if not english or language() == "en":
        return english
    return next((say(key) for key in about_keys(entry, name) if has(key)), english)


def about_keys(entry: Entry, field: str) -> list[str]:
    """The messages that may say what a field of an action is: its own, its feature's, and everyone's."""
    places = (f"{entry['name']}-", f"{entry['feature']}-", "")
    return [_dashed(f"about-{place}{field}") for place in places]


def _dashed(name: str) -> str:
    return name.replace(".", "-").replace("_", "-")


def run(entry: Entry, arguments: Sequence[str]) -> int:
    """Run one action with the words a shell gave; prints its answer."""
    from gitu.doors.cli.secrets import ask_for_secrets
    from gitu.doors.cli.servers import connect
    from gitu.kernel.actions.slash import parse_arguments

    if {"--help", "-h"} & set(arguments):
        output.line(_help(entry))
        return 0
    as_json = "--json" in arguments
    words = [word for word in arguments if word != "--json"]
    payload = parse_arguments(ask_for_secrets(entry, words), entry)
    with connect() as client:
        answer = client.act(entry, payload)
    if entry["name"] == "identity.update_preferences":
        remember_language(answer["preferences"]["language"])
    (output.as_json if as_json else output.answer)(answer)
    return 0
