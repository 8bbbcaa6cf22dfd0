"""``gitu ask``: one question, with what is piped in beside it; one answer, as text or JSON."""

import sys
from dataclasses import asdict

from gitu.doors.cli import output
from gitu.doors.cli.errors import FAILED, MISUSED, CliError
from gitu.doors.cli.language import say
from gitu.doors.cli.screens import Silent, Streaming, show_parts
from gitu.doors.cli.servers import connect
from gitu.doors.cli.turns import Json, Outcome, run_turn

MOST_PIPED = 150_000
NO_MODEL = "models.none"
INTERRUPTED = 130


def ask_once(question: str, *, session: str | None, model: str | None, as_json: bool) -> int:
    """Ask and print the answer; 1 when it failed, 130 when it was stopped."""
    message: Json = {"text": _with_piped(question)}
    if session:
        message["session_id"] = session
    if model:
        message["model"] = model
    streaming = sys.stdout.isatty() and not as_json
    screen = Streaming() if streaming else Silent()
    with connect() as client:
        outcome = run_turn(client, message, screen)
    if as_json:
        output.as_json(summary(outcome))
    elif not streaming or not outcome.text:
        said = [part for part in outcome.parts if part["type"] != "notice"]  # the screen told those as they came
        show_parts(said, only_tables=isinstance(screen, Streaming) and screen.shown)
    if outcome.error is not None and not as_json:
        output.fail(str(outcome.error.get("detail")))
    if outcome.state == "stopped":
        return INTERRUPTED
    unanswered = any(part.get("code") == NO_MODEL for part in outcome.parts)
    return 0 if outcome.state == "done" and outcome.error is None and not unanswered else FAILED


def summary(outcome: Outcome) -> Json:
    """A turn as programs read it."""
    return {
        "session_id": outcome.session["id"],
        "turn_id": outcome.turn_id,
        "state": outcome.state,
        "text": outcome.text,
        "model": outcome.model,
        "usage": outcome.usage,
        "notices": [part["text"] for part in outcome.parts if part["type"] == "notice"],
        "tool_calls": [asdict(call) for call in outcome.calls.values()],
        "error": outcome.error,
    }


def _with_piped(question: str) -> str:
    piped = "" if sys.stdin is None or sys.stdin.isatty() else sys.stdin.read(MOST_PIPED + 1)
    if len(piped) > MOST_PIPED:
        # The end of a log says more than its beginning, but it may never come; so the limit is said aloud.
        output.note(say("ask-piped-cut", characters=str(MOST_PIPED)), "yellow")
        piped = piped[:MOST_PIPED]
    if not piped.strip():
        if not question:
            raise CliError("ask-nothing", exit_code=MISUSED)
        return question
    if not question:
        return piped
    fence = "```"
    while fence in piped:
        fence += "`"
    return f"{question}\n\n{fence}\n{piped.rstrip()}\n{fence}"
