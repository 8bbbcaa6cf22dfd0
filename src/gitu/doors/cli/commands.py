"""``gitu run``: a command on the server, in its sandbox, as if it ran here: its output, its exit code."""

import base64
import binascii
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from gitu.doors.cli import output
from gitu.doors.cli.client import Client
from gitu.doors.cli.errors import FAILED, MISUSED, CliError
from gitu.doors.cli.escapes import Harmless
from gitu.doors.cli.interrupting import STOP_PATIENCE_S, interrupts, stoppable
from gitu.doors.cli.language import say
from gitu.doors.cli.servers import connect

MOST_PIPED = 1_000_000
INTERRUPTED = 130
YES = ("yes", "نعم")

Json = dict[str, Any]  # an event or an answer: JSON of its own shape


@dataclass(frozen=True)
class Wanted:
    """What shall run, and how. ``words`` is one line of shell, or a program and its arguments."""

    words: Sequence[str]
    sandbox: bool
    timeout_s: float
    hosts: Sequence[str]
    folders: Sequence[str]
    sure: bool

    @property
    def line(self) -> str:
        """As the shell takes it."""
        return self.words[0] if len(self.words) == 1 else shlex.join(self.words)


def run(wanted: Wanted, *, as_json: bool) -> int:
    """Run it and return its exit code; 130 when it was stopped by Ctrl-C. Raises CliError."""
    if not wanted.words or not wanted.line.strip():
        raise CliError("run-nothing", exit_code=MISUSED)
    if not wanted.sandbox:
        _check_unsandboxed(wanted)
    with connect() as client:
        body: Json = {"command": wanted.line, "timeout_s": wanted.timeout_s, "run_id": str(uuid4()), **_piped()}
        if wanted.sandbox:
            body |= {"hosts": list(wanted.hosts), "folders": [_folder(client, name) for name in wanted.folders]}
        result = _watch(client, "runs" if wanted.sandbox else "unsandboxed-runs", body, silent=as_json)
    if as_json:
        names = ("stdout", "stderr", "exit_code", "audit_id", "run_id", "state", "seconds")
        output.as_json({name: result[name] for name in names})
    else:
        _conclude(result)
    return INTERRUPTED if result["state"] == "cancelled" else int(result["exit_code"])


def _watch(client: Client, kind: str, body: Json, *, silent: bool) -> Json:
    """Show what comes; the result."""
    run_id = body["run_id"]
    shown = {name: Harmless() for name in ("stdout", "stderr")}

    def stop() -> None:
        client.call("POST", f"/shell/runs/{run_id}/stop", timeout=STOP_PATIENCE_S)

    with interrupts() as interrupted:
        for event in stoppable(client.post_for_events(f"/shell/{kind}/stream", body), stop, interrupted):
            told: Json = event.data
            if "result" in told or "problem" in told:
                _finish(shown)
            if "result" in told:
                return told["result"]
            if "problem" in told:
                output.fail(str(told["problem"]["detail"]))
                raise SystemExit(FAILED)
            if not silent:
                _show(told, shown[told["stream"]])
    if interrupted.is_set():
        raise SystemExit(INTERRUPTED)
    raise CliError("run-cut")


def _show(told: Json, harmless: Harmless) -> None:
    """A terminal gets what is harmless to it, a pipe the bytes as they are."""
    stream = sys.stdout if told["stream"] == "stdout" else sys.stderr
    if told["left_out"]:
        output.note(say("run-left-out", count=str(told["left_out"])), "yellow")
    raw = getattr(stream, "buffer", None)
    data = base64.b64decode(told["data"])
    if raw is None or stream.isatty():
        stream.write(harmless.feed(data))
    else:
        stream.flush()
        raw.write(data)
    stream.flush()


def _finish(shown: Mapping[str, Harmless]) -> None:
    """What was held back, and the terminal's own colours."""
    for name, harmless in shown.items():
        stream = sys.stdout if name == "stdout" else sys.stderr
        rest = harmless.feed(b"", final=True)
        stream.write(rest + ("\x1b[0m" if harmless.coloured else ""))
        stream.flush()


def _conclude(result: Json) -> None:
    if result["state"] == "timeout":
        output.note(say("run-timeout"), "yellow")
    if result["denied_hosts"]:
        output.note(say("run-denied-hosts", hosts=", ".join(result["denied_hosts"])), "yellow")
    changes = result.get("changes")
    if changes and changes["count"]:
        output.note(say("run-changed", count=changes["count"], run=result["run_id"]), "dim")
    output.note(say("run-audit", audit=result["audit_id"], code=str(result["exit_code"])), "dim")


def _check_unsandboxed(wanted: Wanted) -> None:
    """Ask for a typed yes on a terminal. Raises CliError without one, or without a yes."""
    if wanted.hosts or wanted.folders:
        raise CliError("run-sandbox-only", exit_code=MISUSED)
    if wanted.sure:
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise CliError("run-not-sure", exit_code=MISUSED)
    output.note(say("run-unsandboxed", command=wanted.line), "yellow")
    if input().strip().casefold() not in YES:
        raise CliError("run-declined")


def _piped() -> Json:
    """What is piped in. Raises CliError for more than is taken."""
    if sys.stdin is None or sys.stdin.isatty():
        return {}
    raw = sys.stdin.buffer.read(MOST_PIPED + 1)
    if len(raw) > MOST_PIPED:
        raise CliError("run-piped-too-much", exit_code=MISUSED, limit=str(MOST_PIPED))
    try:
        return {"stdin": raw.decode()} if raw else {}
    except UnicodeDecodeError:
        return {"stdin": binascii.b2a_base64(raw, newline=False).decode(), "stdin_encoding": "base64"}


def _folder(client: Client, name: str) -> str:
    """The id of an allowed folder that is named by its name, path or id. Raises CliError."""
    cursor: str | None = None
    while True:
        page = client.call("GET", "/files/folders", query={"limit": 100, "cursor": cursor})
        for folder in page["items"]:
            if name in (folder["name"], folder["path"], folder["id"]):
                return str(UUID(folder["id"]))
        cursor = page["next_cursor"]
        if cursor is None:
            raise CliError("run-no-folder", exit_code=MISUSED, name=name)
