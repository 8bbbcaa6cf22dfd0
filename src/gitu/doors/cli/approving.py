"""A request in the terminal: what would happen, shown whole, and an answer by a number and Enter.

The answer may come from elsewhere meanwhile, or never: the turn goes on as soon as the server says so.
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from gitu.doors.cli import output
from gitu.doors.cli.client import Client, in_path
from gitu.doors.cli.errors import CliError
from gitu.doors.cli.keys import Keyboard
from gitu.doors.cli.language import say
from gitu.kernel.hidden import revealed

Json = dict[str, Any]

DENY: Final = "0"
MOST_LINES = 60
_PERIOD = re.compile(r"3(?:\s+(\d{1,3})\s*([hd]))?")
_LONGEST = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person typed: a yes with what is to be remembered, or a no."""

    approves: bool
    remember: Json | None = None


def understood(typed: str, now: datetime, *, in_conversation: bool) -> Answer | None:
    """The answer that a line means; None for anything else, Enter alone included."""
    # Digits of every script count: int() reads them.
    typed = "".join(str(int(letter)) if letter.isdecimal() else letter for letter in typed.strip().lower())
    if typed == DENY:
        return Answer(approves=False)
    if typed == "1":
        return Answer(approves=True)
    if typed == "2" and in_conversation:
        return Answer(approves=True, remember={"how_long": "session"})
    if typed == "4":
        return Answer(approves=True, remember={"how_long": "always"})
    period = _PERIOD.fullmatch(typed)
    if period is None:
        return None
    number, unit = int(period[1] or 1), period[2] or "d"
    length = timedelta(hours=number) if unit == "h" else timedelta(days=number)
    if not timedelta() < length <= _LONGEST:
        return None
    return Answer(approves=True, remember={"how_long": "until", "until": (now + length).isoformat()})


class Approver:
    """Asks about the requests of one answer, one after the other."""

    def __init__(self, client: Client, keyboard: Keyboard) -> None:
        self._client = client
        self._keyboard = keyboard
        self._open: dict[str, Json] = {}  # by the tool call that waits

    def ask(self, tool_call_id: str, approval_id: str) -> None:
        """Show the request and wait for its answer; without a keyboard, say how it is answered."""
        approval: Json = self._client.call("GET", f"/approvals/{in_path(approval_id)}")
        if approval["state"] != "pending":
            return
        if not self._keyboard.answers:
            show(approval)
            output.note(say("turn-held", approval=approval_id), "yellow")
            return
        self._open[tool_call_id] = approval
        if len(self._open) == 1:  # a further one is shown in its turn: the card in sight is the one that is answered
            show(approval)
            self._question(approval)

    def settle(self, tool_call_id: str) -> None:
        """The request was decided, here or elsewhere; the next one is asked about."""
        in_sight = next(iter(self._open), None) == tool_call_id
        settled = self._open.pop(tool_call_id, None)
        if settled is None or not in_sight:
            return
        if settled.get("answered") is None:
            output.note(say("approval-answered-elsewhere"), "dim")
        self._next()

    def look(self) -> None:
        """Take an answer that was typed meanwhile. Called again and again while nothing comes."""
        if not self._open:
            return
        typed = self._keyboard.line()
        if typed is None:
            return
        approval = next(iter(self._open.values()))
        if typed == "+":
            show(approval, whole=True)
            self._question(approval)
            return
        answer = understood(typed, datetime.now(UTC), in_conversation=approval["session_id"] is not None)
        if answer is None:
            output.note(say("approval-not-understood"), "yellow")
            return
        self._keyboard.leave()
        try:
            self._decide(approval, answer)
        except CliError as error:
            output.fail(error.sentence())
            self._question(approval)

    def close(self) -> None:
        """The answer is over: nothing is asked any more."""
        self._open.clear()
        self._keyboard.leave()

    def _decide(self, approval: Json, answer: Answer) -> None:
        path = f"/approvals/{in_path(approval['id'])}"
        if not answer.approves:
            self._client.call("POST", f"{path}/deny")
        else:
            self._client.call("POST", f"{path}/approve", {"remember": answer.remember} if answer.remember else None)
        approval["answered"] = True
        output.note(say("approval-denied" if not answer.approves else "approval-given"), "dim")

    def _next(self) -> None:
        self._keyboard.leave()  # what was typed for the one before answers nothing
        if self._open:
            approval = next(iter(self._open.values()))
            show(approval)
            self._question(approval)

    def _question(self, approval: Json) -> None:
        ways = ["approval-way-once", "approval-way-until", "approval-way-always", "approval-way-deny"]
        if approval["session_id"] is not None:
            ways.insert(1, "approval-way-session")
        self._keyboard.ask()
        output.note("  ".join(say(way) for way in ways), "bold")


def show(approval: Json, *, whole: bool = False) -> None:
    """The request: what, by whom, until when, and exactly what it touches. Long changes are cut unless ``whole``."""
    output.note("")
    dangerous = " · " + say("approval-dangerous") if approval["risk"] == "dangerous" else ""
    output.note(say("approval-wanted") + dangerous, "bold yellow")
    output.note(revealed(approval["title"]), "bold")
    until = datetime.fromisoformat(approval["expires_at"]).astimezone().strftime("%Y-%m-%d %H:%M")
    output.note(say("approval-until", until=until) + f" · {revealed(approval['action'])}", "dim")
    if approval["outside"]:
        sources = ", ".join(revealed(source) for source in approval["outside"])
        output.note(say("approval-outside", sources=sources), "yellow")
    for title, text in _touched(approval):
        lines = revealed(text).splitlines() or [""]
        if len(lines) == 1:
            output.note(f"{title}: {lines[0]}")
            continue
        output.note(f"{title}:")
        shown = lines if whole else lines[:MOST_LINES]
        for line in shown:
            output.note(f"  {line}", _colour(line))
        if len(shown) < len(lines):
            output.note(say("approval-cut", count=len(lines) - len(shown)), "yellow")


def _touched(approval: Json) -> list[tuple[str, str]]:
    """Titles and texts of the effect; of the whole input where the action names no effect."""
    effect: Json = approval["effect"]
    found: list[tuple[str, str]] = []
    if effect["command"] is not None:
        found.append((say("approval-command"), effect["command"]))
    if effect["amount"] is not None:
        found.append((say("approval-amount"), f"{effect['amount']['currency']} {effect['amount']['amount']}"))
    for kind in ("recipients", "hosts", "paths"):
        if effect[kind]:
            found.append((say(f"approval-{kind}"), "\n".join(effect[kind])))
    if effect["diff"] is not None:
        found.append((say("approval-diff"), effect["diff"]))
    return found or [(say("approval-input"), json.dumps(approval["input"], ensure_ascii=False, indent=2))]


def _colour(line: str) -> str:
    return {"+": "green", "-": "red"}.get(line[:1], "")
