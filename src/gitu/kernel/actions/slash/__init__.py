"""Typed commands: ``/assistant list-sessions --limit 5`` into an action's name and payload, and back again.

Everything here works from the catalogue (plain dicts of names and JSON schemas), never from the actions
themselves, so that the chat door and the command line share one grammar.
"""

from gitu.kernel.actions.slash.completion import Completion, complete
from gitu.kernel.actions.slash.parsing import Command, parse_arguments, parse_command
from gitu.kernel.actions.slash.rendering import render_command
from gitu.kernel.actions.slash.schemas import Argument, Entry, arguments_of

__all__ = [
    "Argument",
    "Command",
    "Completion",
    "Entry",
    "arguments_of",
    "complete",
    "parse_arguments",
    "parse_command",
    "render_command",
]
