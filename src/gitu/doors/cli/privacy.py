"""``gitu privacy``: a file is written, secrets are asked for, and one sees before one says yes."""

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gitu.doors.cli import output
from gitu.doors.cli.errors import CliError
from gitu.doors.cli.language import say

if TYPE_CHECKING:
    from gitu.doors.cli.client import Client

# ruff: noqa: PLC0415 - what runs a command is loaded when it runs

LOOK_EVERY_S = 0.5
MOST_WAIT_S = 3_600.0
Json = dict[str, Any]  # answers of the server


def add_commands(group: typer.Typer) -> None:
    """Add them to the feature's group."""
    group.command("export", help="Export what is held on you into a file.")(export)
    group.command("erase-me", help="Erase your account and all that is held on you, for good.")(erase_me)
    group.command("erase-person", help="Erase all that is held on a person whose access was closed, for good.")(
        erase_person
    )
    group.command("report", help="Show the report of an erasure by its receipt.")(report)


def export(
    to: Annotated[Path, typer.Option("--to", help="The file to write; it must not exist yet.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document instead of text.")] = False,
) -> None:
    """Write the archive; readable by its owner alone."""
    from gitu.doors.cli.servers import connect

    try:
        # Made before the server works for it, and never over something else.
        opened = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise CliError("privacy-file", file=to, reason=error.strerror or str(error)) from None
    try:
        with os.fdopen(opened, "wb") as file, connect() as client:
            found = _written(client)
            found["file"] = str(to)
            client.save(f"/privacy/exports/{found['id']}/archive", file)
    except BaseException:
        to.unlink(missing_ok=True)
        raise
    if as_json:
        output.as_json(found)
    else:
        output.line("✓ " + say("privacy-exported", file=to, bytes=str(found["size_bytes"])))


def _written(client: "Client") -> Json:
    found: Json = client.call("POST", "/privacy/exports")
    until = time.monotonic() + MOST_WAIT_S
    while found["state"] in ("queued", "running") and time.monotonic() < until:
        time.sleep(LOOK_EVERY_S)
        found = client.call("GET", f"/privacy/exports/{found['id']}")
    if found["state"] != "ready":
        raise CliError("privacy-export-failed")
    return found


def erase_me(
    confirm: Annotated[str | None, typer.Option(help="Your sign-in name; asked for otherwise.")] = None,
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read your password.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document instead of text.")] = False,
) -> None:
    """See what goes and stays, confirm, and wait for the report."""
    _erase(None, confirm, password_stdin=password_stdin, as_json=as_json)


def erase_person(
    person_id: Annotated[str, typer.Argument(metavar="PERSON_ID", help="The person's id, as list-users shows it.")],
    confirm: Annotated[str | None, typer.Option(help="The person's sign-in name; asked for otherwise.")] = None,
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read your password.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document instead of text.")] = False,
) -> None:
    """The same for somebody else."""
    _erase(person_id, confirm, password_stdin=password_stdin, as_json=as_json)


def _erase(person_id: str | None, confirm: str | None, *, password_stdin: bool, as_json: bool) -> None:
    from gitu.doors.cli.client import in_path
    from gitu.doors.cli.secrets import ask, from_stdin
    from gitu.doors.cli.servers import connect

    with connect() as client:
        seen: Json = client.call("GET", "/privacy/erasure", query={"person_id": person_id})
        if seen["blocked"] is not None:
            output.fail(seen["blocked"])
            raise typer.Exit(1)
        if seen["proofs"] == ["passkey"]:  # which only a browser can ask for
            raise CliError(
                "privacy-prove-in-browser", address=f"{client.url}/settings/{'people' if person_id else 'privacy'}"
            )
        if not as_json:
            _show(seen)
        if confirm is None:
            if not sys.stdin.isatty():
                raise CliError("privacy-confirm-needed", login=seen["confirm"])
            output.note(say("privacy-confirm", login=seen["confirm"]))
            confirm = input("> ").strip()
        body: Json = {"confirm": confirm}
        if "password" in seen["proofs"]:
            body["password"] = from_stdin() if password_stdin else ask("cli-ask-password")
        elif "code" in seen["proofs"]:
            body["code"] = from_stdin() if password_stdin else ask("cli-ask-code")
        path = f"/privacy/people/{in_path(person_id)}/erase" if person_id else "/privacy/erasure"
        receipt = client.call("POST", path, body)["receipt"]
    _follow(receipt, as_json=as_json)


def report(
    receipt: Annotated[str, typer.Argument(metavar="RECEIPT", help="What the erasure printed.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document instead of text.")] = False,
) -> None:
    """Wait until the erasure is done, and show what went and what stayed."""
    _follow(receipt, as_json=as_json)


def _follow(receipt: str, *, as_json: bool) -> None:
    from gitu.doors.cli import transport
    from gitu.doors.cli.language import language
    from gitu.doors.cli.servers import connect

    if not as_json:
        output.line(say("privacy-receipt", receipt=receipt))
    with connect() as client:
        url = client.url
    until = time.monotonic() + MOST_WAIT_S
    while True:
        # Without credentials: whoever was erased has none that count.
        headers = {"accept-language": language()}
        body = {"receipt": receipt}
        found: Json = transport.request(url, "POST", "/api/v1/privacy/report", headers=headers, body=body).body
        if found["state"] == "done" or time.monotonic() > until:
            break
        time.sleep(LOOK_EVERY_S)
    if as_json:
        output.as_json({**found, "receipt": receipt})
        return
    _show(found)
    for note in found["notes"]:
        output.line(note)


def _show(found: Json) -> None:
    output.line(say("privacy-goes"))
    for one in found["going"]:
        output.line("  " + say("privacy-amount", title=one["title"], rows=one["rows"], files=one["files"]))
    output.line(say("privacy-stays"))
    for one in found["staying"]:
        output.line("  " + say("privacy-amount", title=one["title"], rows=one["rows"], files=0))
        output.line(f"    {one['why']}")
