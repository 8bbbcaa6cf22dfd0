"""The conversation that the prompt is in: which session, what it cost so far, and sending to it."""

import time
from decimal import Decimal
from typing import Any

from gitu.doors.cli import output
from gitu.doors.cli.catalogue import catalogue
from gitu.doors.cli.client import Client, in_path
from gitu.doors.cli.language import say
from gitu.doors.cli.screens import Streaming, show_parts
from gitu.doors.cli.turns import Json, Outcome, run_turn

_MOST_SESSIONS = 20


class Conversation:
    """One at a time; a new one begins with the first message."""

    def __init__(self, client: Client, model: str | None) -> None:
        self.client = client
        self.session: Json | None = None
        self._model = model

    def send(self, text: str) -> None:
        """Say something and show the answer as it comes. Ctrl-C stops it."""
        message: Json = {"text": text}
        if self.session is not None:
            message["session_id"] = self.session["id"]
        if self._model is not None:
            message["model"] = self._model
        screen, started = Streaming(), time.monotonic()
        outcome = run_turn(self.client, message, screen)
        self._model = None  # it is the session's own now
        show_parts(outcome.parts, only_tables=screen.shown)
        self.session = self.client.call("GET", f"/sessions/{outcome.session['id']}")
        self._report(outcome, time.monotonic() - started)

    def _report(self, outcome: Outcome, seconds: float) -> None:
        if outcome.error is not None:
            output.fail(str(outcome.error["detail"]))
        elif outcome.state == "stopped":
            output.note(say("turn-stopped"), "yellow")
        usage = outcome.usage
        if usage.get("input_tokens"):
            output.note(
                say(
                    "turn-usage",
                    sent=usage["input_tokens"],
                    received=usage["output_tokens"],
                    cost=money(usage.get("cost")),
                    total=money((self.session or {}).get("cost")),
                    seconds=f"{seconds:.1f}",
                ),
                "dim",
            )

    def run_command(self, text: str) -> None:
        """Run a typed action and show its answer; the conversation itself does not hear of it."""
        from gitu.kernel.actions.slash import parse_command  # noqa: PLC0415 - only when one is typed

        entries = {entry["name"]: entry for entry in catalogue()}
        command = parse_command(text, list(entries.values()))
        output.answer(self.client.act(entries[command.name], command.payload))

    def sessions(self) -> list[Any]:  # JSON of Sessions
        """The latest open conversations."""
        return self.client.call("GET", "/sessions", query={"limit": _MOST_SESSIONS})["items"]

    def list_sessions(self) -> None:
        """Print the latest conversations, numbered."""
        current = self.session["id"] if self.session else None
        rows: list[Json] = [
            {
                "": "•" if session["id"] == current else str(number),
                "title": session["title"],
                "updated": session["updated_at"][:16].replace("T", " "),
                "cost": money(session.get("cost")),
                "id": session["id"],
            }
            for number, session in enumerate(self.sessions(), start=1)
        ]
        output.table(rows)

    def switch(self, wanted: str) -> None:
        """Go on with another conversation: its number in the list, or its id."""
        if wanted.isdecimal() and 0 < int(wanted) <= len(found := self.sessions()):
            wanted = found[int(wanted) - 1]["id"]
        session: Json = self.client.call("GET", f"/sessions/{in_path(wanted)}")
        self.session = session
        output.note(say("repl-switched", title=session["title"] or "–"), "dim")

    def begin(self) -> None:
        """The next message opens a new conversation."""
        self.session = None
        output.note(say("repl-new"), "dim")

    def rename(self, title: str) -> None:
        """Give the conversation a title."""
        if self.session is None:
            output.note(say("repl-nothing-to-rename"), "yellow")
            return
        self.session = self.client.call("PATCH", f"/sessions/{self.session['id']}", {"title": title})
        output.note(say("repl-switched", title=title), "dim")

    def show_history(self) -> None:
        """Print what was said in this conversation."""
        if self.session is None:
            output.note(say("cli-nothing"), "dim")
            return
        page = self.client.call("GET", f"/sessions/{self.session['id']}/messages", query={"limit": 50})
        for message in reversed(page["items"]):
            if message["role"] == "person":
                output.line()
                output.note("› " + "\n".join(part.get("text", "") for part in message["parts"]), "bold")
            else:
                show_parts(message["parts"])

    def status(self) -> None:
        """Print how this Gitu is doing."""
        output.answer(self.client.call("GET", "/status"))

    def stop_everything(self) -> None:
        """Stop all that acts for the person, here and in every other window."""
        output.answer(self.client.call("POST", "/stop"))

    def chosen_model(self) -> str | None:
        """The model that would answer now; None when there is none."""
        return self._model or self.client.call("GET", "/status")["model"]

    def summary(self) -> str:
        """One line for below the prompt: the conversation and what it cost so far."""
        if self.session is None:
            return say("repl-new")
        return f"{self.session['title'] or '–'} · {money(self.session.get('cost'))}"


def money(cost: object) -> str:
    """An amount in US dollars as people write it; ``?`` where the price is unknown."""
    if cost is None:
        return "$?"
    amount = Decimal(str(cost))
    return f"${amount:.2f}" if amount == 0 or amount >= 1 else f"${amount:.4f}"
