"""Passwords and keys: asked for in the terminal or read from a pipe."""

import getpass
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from gitu.doors.cli.errors import MISUSED, CliError
from gitu.doors.cli.language import say

_MOST_CHARACTERS = 10_000


def ask(key: str, **params: object) -> str:
    """Ask without echo. Raises CliError where nobody can answer."""
    if not sys.stdin.isatty():
        raise CliError("cli-secret-needs-terminal", exit_code=MISUSED)
    return getpass.getpass(say(key, **params) + " ")


def from_stdin() -> str:
    """The first line that is piped in. Raises CliError when there is none."""
    found = sys.stdin.readline(_MOST_CHARACTERS).rstrip("\r\n")
    if not found:
        raise CliError("cli-stdin-empty", exit_code=MISUSED)
    return found


def ask_for_secrets(entry: Mapping[str, Any], words: Sequence[str]) -> list[str]:  # Any: a catalogue's entry
    """The words of a command, and every secret it needs that they don't give."""
    schema = entry["input_schema"]
    asked: list[str] = []
    for name in schema.get("required", []):
        field = schema["properties"][name]
        given = any(word.startswith((f"--{name}", f"{name}=", f"--{name.replace('_', '-')}")) for word in words)
        if field.get("format") == "password" and not given and sys.stdin.isatty():
            asked.append(f"--{name}={ask('cli-ask-secret', name=name)}")
    return [*words, *asked]
