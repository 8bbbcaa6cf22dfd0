"""A request in the terminal: what would happen stands there whole, and nothing happens without a number and Enter."""

import secrets
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from gitu.doors.cli.approving import Answer, Approver, understood
from tests.doors.cli.conftest import Talking
from tests.servers.script import Reply, ToolCall, call, say
from tests.support.terminal import Terminal, open_terminal

FIND = call("search_tools", queries=["write a file"])
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def until(length: timedelta) -> Answer:
    """A yes that holds for so long."""
    return Answer(approves=True, remember={"how_long": "until", "until": (NOW + length).isoformat()})


def write(talking: Talking, content: str, path: str = "") -> str:
    """The model writes a file and says so; returns the file's path."""
    path = path or f"note-{secrets.token_hex(4)}.md"
    talking.script.then(FIND, call("files__write_file", path=path, content=content), say("So it is."))
    return path


def content(talking: Talking, path: str) -> str | None:
    """What stands in the file; None when there is none."""
    read = talking.gitu.run("files", "read-file", path, "--json")
    return str(read.json["content"]) if read.code == 0 else None


def requests(talking: Talking, **query: str) -> list[dict[str, Any]]:
    """The person's requests, newest first."""
    words = [word for name, value in query.items() for word in (f"--{name}", value)]
    return list(talking.gitu.run("trust", "list-approvals", *words, "--json").json["items"])


def ask(terminal: Terminal, text: str = "Write it") -> str:
    """Say something, and see the request that comes of it."""
    terminal.wait_for("›")
    terminal.type(f"{text}\r")
    return terminal.wait_for("0 deny")


def test_what_is_approved_runs_and_leaves_a_receipt_and_an_entry_in_the_log(talking: Talking) -> None:
    path = write(talking, "Monday\nTuesday\n")
    with open_terminal(talking.gitu) as terminal:
        card = ask(terminal)
        assert "Your approval is needed" in card
        assert "files.write_file" in card
        assert path in card
        assert "+Monday" in card
        terminal.type("\r")  # Enter alone answers nothing
        terminal.wait_for("nothing happens without it")
        assert content(talking, path) is None
        terminal.type("1\r")
        terminal.wait_for("You approved this")
        receipt = terminal.wait_for("So it is.")
    (request, *_) = requests(talking)
    assert request["state"] == "approved"
    assert f"Receipt {request['id']}" in receipt
    assert content(talking, path) == "Monday\nTuesday\n"
    entries = talking.gitu.run("trust", "list-audit", "--action", "files.write_file", "--json").json["items"]
    assert [entry["outcome"] for entry in entries[:2]] == ["ok", "held"]


def test_what_is_denied_does_not_run(talking: Talking) -> None:
    path = write(talking, "never")
    with open_terminal(talking.gitu) as terminal:
        ask(terminal)
        terminal.type("0\r")
        terminal.wait_for("nothing ran")
        terminal.wait_for("So it is.")
    assert requests(talking)[0]["state"] == "denied"
    assert content(talking, path) is None


@pytest.mark.slow
def test_always_is_not_asked_again_until_it_is_revoked(talking: Talking) -> None:
    path = write(talking, "first")
    with open_terminal(talking.gitu) as terminal:
        ask(terminal)
        terminal.type("4\r")
        terminal.wait_for("So it is.")
        write(talking, "second", path)
        terminal.type("Again\r")
        assert "0 deny" not in terminal.wait_for("So it is.")
        assert content(talking, path) == "second"
        grants = talking.gitu.run("trust", "list-grants", "--json").json["items"]
        (grant,) = [one for one in grants if one["covers"] == "files.write_file"]
        assert [limit.rpartition("/")[2] for limit in grant["limits"]["paths"]] == [path]
        assert talking.gitu.run("trust", "revoke-grant", grant["id"]).code == 0
        write(talking, "third", path)
        terminal.type("Once more\r")
        terminal.wait_for("0 deny")
        terminal.type("0\r")
        terminal.wait_for("So it is.")
    assert content(talking, path) == "second"


def test_an_answer_given_elsewhere_ends_the_question(talking: Talking) -> None:
    path = write(talking, "from afar")
    with open_terminal(talking.gitu) as terminal:
        ask(terminal)
        request = requests(talking, state="pending")[0]
        assert talking.gitu.run("trust", "approve", request["id"]).code == 0
        terminal.wait_for("answered elsewhere")
        terminal.wait_for("So it is.")
        terminal.type("1\r")  # goes to the conversation, and answers nothing
        terminal.wait_for("›")
    assert content(talking, path) == "from afar"


@pytest.mark.slow
def test_a_request_whose_time_is_over_runs_nothing_and_the_answer_goes_on(talking: Talking) -> None:
    path = write(talking, "too late")
    with open_terminal(talking.gitu) as terminal:
        ask(terminal)
        request = requests(talking, state="pending")[0]
        with psycopg.connect(talking.gitu.variables["DATABASE_URL"]) as db:
            db.execute("UPDATE approvals SET expires_at = now() WHERE id = %s", [request["id"]])
        terminal.type("1\r")
        terminal.wait_for("expired", seconds=20)
        terminal.wait_for("So it is.", seconds=60)
    assert requests(talking)[0]["state"] == "expired"
    assert content(talking, path) is None


def test_what_was_typed_before_the_question_answers_nothing(talking: Talking) -> None:
    path = f"note-{secrets.token_hex(4)}.md"
    writing = ToolCall("files__write_file", {"path": path, "content": "hasty"})
    talking.script.then(FIND, Reply("Let me see. " * 9, token_delay=0.1, tool_calls=(writing,)), say("So it is."))
    with open_terminal(talking.gitu) as terminal:
        terminal.wait_for("›")
        terminal.type("Write it\r")
        terminal.wait_for("Let me see")
        terminal.type("1\r")
        terminal.wait_for("0 deny")
        time.sleep(0.5)  # an answer that was taken would be under way
        assert content(talking, path) is None
        terminal.type("0\r")
        terminal.wait_for("So it is.")


def test_a_pipe_is_told_beside_the_answer_how_to_approve(talking: Talking) -> None:
    write(talking, "later")
    command = [sys.executable, "-m", "gitu", "ask", "Write it"]
    environment, pipe = talking.gitu.environment(), subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe) as asking:
        try:
            assert asking.stderr is not None
            said = b""
            while b"gitu trust approve " not in said:
                said += asking.stderr.readline() or pytest.fail(said.decode())
            request = requests(talking, state="pending")[0]
            assert f"gitu trust approve {request['id']}" in said.decode()
            assert talking.gitu.run("trust", "deny", request["id"]).code == 0
            out, _ = asking.communicate(timeout=30)
        finally:
            asking.kill()
    assert out == b"So it is.\n"


class Desk:
    """A server's requests and a keyboard, of which a test says what is typed when."""

    answers = True

    def __init__(self) -> None:
        self.typed: str | None = None
        self.asked = False
        self.decided: list[str] = []

    def call(self, method: str, path: str, body: object = None) -> Any:
        """Tells of a request, or notes that one was decided."""
        del body
        if method == "POST":
            self.decided.append(path)
            return None
        touched = {"command": None, "amount": None, "diff": None, "recipients": [], "hosts": []}
        return {
            "id": path.rpartition("/")[2], "title": "Write", "action": "files.write_file", "risk": "write",
            "outside": [], "state": "pending", "session_id": None, "input": {}, "expires_at": NOW.isoformat(),
            "effect": touched | {"paths": [path]},
        }  # fmt: skip

    def ask(self) -> None:
        """What was typed before counts no more."""
        if not self.asked:
            self.asked, self.typed = True, None

    def line(self) -> str | None:
        """What is typed."""
        typed, self.typed = self.typed, None
        return typed

    def leave(self) -> None:
        """No line is wanted."""
        self.asked = False


def test_the_card_in_sight_is_the_one_that_is_answered(capsys: pytest.CaptureFixture[str]) -> None:
    desk = Desk()
    approver = Approver(desk, desk)  # pyright: ignore[reportArgumentType] - a client and a keyboard as far as it needs them
    approver.ask("call-1", "first")
    approver.ask("call-2", "second")
    assert "/approvals/second" not in capsys.readouterr().err
    desk.typed = "1"
    approver.settle("call-1")  # answered elsewhere in that very moment
    assert "/approvals/second" in capsys.readouterr().err
    approver.look()
    assert desk.decided == []
    desk.typed = "1"
    approver.look()
    assert desk.decided == ["/approvals/second/approve"]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("0", Answer(approves=False)),
        ("1", Answer(approves=True)),
        ("١", Answer(approves=True)),
        ("2", Answer(approves=True, remember={"how_long": "session"})),
        ("4", Answer(approves=True, remember={"how_long": "always"})),
        ("3", until(timedelta(days=1))),
        ("3 8h", until(timedelta(hours=8))),
        *((other, None) for other in ("", " ", "yes", "y", "11", "5", "3 0h", "3 999d", "-1", "²", "1 and 2")),
    ],
)
def test_only_a_number_from_the_list_is_an_answer(typed: str, answer: Answer | None) -> None:
    assert understood(typed, NOW, in_conversation=True) == answer
