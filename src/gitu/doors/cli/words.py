"""The prompt's own commands, as plain words or behind a slash, in English and Arabic; and its completion."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.shortcuts import clear

from gitu.doors.cli import output
from gitu.doors.cli.catalogue import catalogue
from gitu.doors.cli.language import say
from gitu.kernel.actions.slash import complete

if TYPE_CHECKING:
    from gitu.doors.cli.conversation import Conversation

OWN = ("help", "status", "session", "clear", "history", "stop", "exit")
SESSION = ("list", "new", "switch", "rename")
ALSO = {
    "quit": "exit",
    "?": "help",
    "مساعدة": "help",
    "الحالة": "status",
    "جلسة": "session",
    "مسح": "clear",
    "السجل": "history",
    "توقف": "stop",
    "خروج": "exit",
}


class Leave(Exception):
    """The person asked to leave."""


@dataclass(frozen=True, slots=True)
class Own:
    """One of the prompt's own commands."""

    name: str
    verb: str = ""
    rest: str = ""


def find_own(text: str) -> Own | None:
    """The command that ``text`` is; None for a message, even one that begins with such a word."""
    first, *rest = text.removeprefix("/").split(maxsplit=2)
    name = ALSO.get(first.lower(), first.lower())
    if name not in OWN:
        return None
    if not rest:
        return Own(name, "list" if name == "session" else "")
    verb, argument = rest[0].lower(), rest[1] if len(rest) > 1 else ""
    fits = (
        (verb in ("list", "new") and not argument)
        or (verb == "switch" and len(argument.split()) == 1)
        or (verb == "rename" and bool(argument))
    )
    return Own(name, verb, argument) if name == "session" and fits else None


def run_own(conversation: "Conversation", own: Own) -> None:
    """Run one of them. Raises Leave."""
    match own:
        case Own("help"):
            _help()
        case Own("status"):
            conversation.status()
        case Own("clear"):
            clear()
        case Own("history"):
            conversation.show_history()
        case Own("stop"):
            conversation.stop_everything()
        case Own("session", "new"):
            conversation.begin()
        case Own("session", "switch", wanted):
            conversation.switch(wanted)
        case Own("session", "rename", title):
            conversation.rename(title)
        case Own("session"):
            conversation.list_sessions()
        case _:
            raise Leave


def _help() -> None:
    commands = [(name, say(f"repl-help-{name}")) for name in OWN]
    commands += [(f"session {verb}", say(f"repl-help-session-{verb}")) for verb in SESSION]
    width = max(len(name) for name, _ in commands)
    for name, about in sorted(commands):
        output.line(f"  {name:<{width}}  {about}")
    output.line()
    output.line("  " + say("repl-help-actions", count=len(catalogue())))
    output.line("  " + say("repl-help-keys"))


class Completions(Completer):
    """Offers the prompt's own commands, then actions with their arguments, then conversations to switch to."""

    def __init__(self, conversation: "Conversation") -> None:
        self._conversation = conversation

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """What may come next at the cursor."""
        del complete_event
        typed = document.text_before_cursor
        words = typed.split()
        if typed.startswith("/") and len(words) == 1 and not typed.endswith(" "):
            for name in OWN:
                if name.startswith(typed[1:].lower()):
                    yield Completion(f"/{name}", -len(typed), display_meta=say(f"repl-help-{name}"))
        if words and words[0].removeprefix("/") == "session":
            yield from self._session(typed, words)
            return
        for offer in complete(typed, len(typed), catalogue()):
            yield Completion(offer.text, offer.start - len(typed), display=offer.label, display_meta=offer.detail)

    def _session(self, typed: str, words: list[str]) -> Iterable[Completion]:
        said = "" if typed.endswith(" ") else words[-1]
        place = len(words) + typed.endswith(" ")
        if place == 2:
            for verb in SESSION:
                if verb.startswith(said):
                    yield Completion(verb, -len(said), display_meta=say(f"repl-help-session-{verb}"))
