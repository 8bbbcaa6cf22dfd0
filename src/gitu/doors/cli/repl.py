"""``gitu`` alone: a conversation in the terminal, with history, completion, streaming Markdown and commands."""

import os
import sys

from prompt_toolkit import PromptSession
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import ColorDepth

from gitu.doors.cli import files, output
from gitu.doors.cli.conversation import Conversation
from gitu.doors.cli.errors import CliError
from gitu.doors.cli.language import language, remember_language, say
from gitu.doors.cli.servers import connect
from gitu.doors.cli.words import Completions, Leave, find_own, run_own
from gitu.kernel import __version__
from gitu.kernel.errors import GituError


def converse(*, session: str | None, model: str | None) -> int:
    """Talk until the person leaves. What is piped in is one question instead."""
    if not sys.stdin.isatty():
        from gitu.doors.cli.ask import ask_once  # noqa: PLC0415 - not for a conversation

        return ask_once("", session=session, model=model, as_json=False)
    conversation = _open(session, model)
    prompt: PromptSession[str] = PromptSession(
        history=FileHistory(str(files.history_file())),
        completer=Completions(conversation),
        complete_while_typing=True,
        key_bindings=_keys(),
        bottom_toolbar=lambda: FormattedText([("noreverse", " " + conversation.summary())]),
        color_depth=ColorDepth.DEPTH_1_BIT if os.environ.get("NO_COLOR") else None,
    )
    output.note(say("repl-welcome", version=__version__), "dim")
    if conversation.chosen_model() is None:
        output.note(say("repl-no-model"), "yellow")
    while True:
        try:
            text = prompt.prompt("› ").strip()
            if text:
                _answer(conversation, text)
        except (EOFError, Leave):
            output.note(say("repl-bye"), "dim")
            return 0
        except KeyboardInterrupt:
            continue
        except CliError as error:
            output.fail(error.sentence())
        except GituError as error:
            output.fail(error.localised(language()))


def _answer(conversation: Conversation, text: str) -> None:
    own = find_own(text)
    if own is not None:
        run_own(conversation, own)
    elif text.startswith("/"):
        conversation.run_command(text)
    else:
        conversation.send(text)


def _open(session: str | None, model: str | None) -> Conversation:
    client = connect()
    try:
        me = client.call("GET", "/me")
    except CliError as error:
        if error.key != "cli-owner-needed":
            raise
        from gitu.doors.cli.setup import Wishes, set_up  # noqa: PLC0415 - once in a lifetime

        set_up(Wishes(), as_json=False)
        me = client.call("GET", "/me")
    remember_language(me["preferences"]["language"])
    conversation = Conversation(client, model)
    if session is not None:
        conversation.switch(session)
    return conversation


def _keys() -> KeyBindings:
    bindings = KeyBindings()

    @bindings.add("escape", "enter")
    def new_line(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return bindings
