"""Commands of the assistant: seen while they run, stopped with the answer, approved in their exact words."""

import contextlib
import os
import threading
from pathlib import Path

import httpx2
import pytest

from gitu.kernel.auth.principal import Role
from tests.doors.http.test_security import running, serve
from tests.servers.base import ModelServer
from tests.servers.script import call, say
from tests.support.chat import Chat, connect, eventually, watch
from tests.support.server import API, Client, GituServer, Json, Person

pytestmark = pytest.mark.usefixtures("needs_bubblewrap")


def runs(person: Client) -> list[Json]:
    """The person's runs, newest first."""
    found: list[Json] = person.get("/shell/runs")["items"]
    return found


def living(marker: str) -> list[str]:
    """Processes of this machine with the marker among their arguments."""
    found: list[str] = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and int(entry.name) != os.getpid():
            try:
                words = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if marker.encode() in words:
                found.append(entry.name)
    return found


def ask(person: Person, model: ModelServer, line: str) -> tuple[Chat, str]:
    """Let the assistant run a line; the conversation and the turn."""
    connect(person, model)
    person.post("/grants", {"covers": "shell.run_command", "limits": {"commands": ["*"], "paths": ["*"]}})
    model.script.then(call("search_tools", queries=["run a command"]), call("shell__run_command", command=line))
    model.script.otherwise = say("That was it.")
    chat = Chat(person)
    return chat, chat.send("Run it")["turn"]["id"]


def test_who_watches_the_answer_sees_the_output_come(gitu: GituServer, model: ModelServer) -> None:
    chat, turn = ask(gitu.person(Role.ADMIN), model, "echo hello; echo oops >&2; exit 2")
    answer = chat.finish(turn)
    told = [event["value"] for event in answer.events if event.get("name") == "output"]
    assert sorted((one["stream"], one["text"]) for one in told) == [("stderr", "oops\n"), ("stdout", "hello\n")]
    shown = answer.calls[1]
    assert told[0]["tool_call_id"] == shown["id"]
    assert (shown["status"], shown["origin"]) == ("done", "outside")
    content = shown["output"]["content"]
    assert (content["exit_code"], content["stdout"], content["audit_id"]) == (2, "hello\n", shown["receipt"])


def test_the_end_of_an_answer_ends_its_command(gitu: GituServer, model: ModelServer) -> None:
    person, marker = gitu.person(Role.ADMIN), "gitu-stopped-with-the-answer"
    _, turn = ask(person, model, f"echo begun; sh -c 'sleep 300; : {marker}'")
    for _, event in watch(person, turn):
        if event.get("name") == "output":
            break
    assert eventually(lambda: living(marker), within_s=20)
    person.post(f"/turns/{turn}/stop")
    eventually(lambda: not living(marker), within_s=20)
    eventually(lambda: runs(person)[0]["state"] == "cancelled", within_s=20)
    eventually(lambda: person.get(f"/turns/{turn}")["state"] == "stopped", within_s=20)


def test_what_a_person_approved_stays_the_assistants_change(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    model.script.then(
        call("search_tools", queries=["run a command"]),
        call("shell__run_command", command="echo hello > hi.txt"),
        say("It waits."),
    )
    held = Chat(amal).say("Make a file").calls[1]
    amal.post(f"/approvals/{held['approval_id']}/approve")
    (change,) = eventually(lambda: amal.get("/files/changes")["items"], within_s=20)
    assert (change["path"], change["actor"]) == ("hi.txt", "agent")


@pytest.mark.slow
def test_a_killed_server_leaves_no_command_behind_and_says_so_after_its_next_start(
    database_url: str, tmp_path: Path
) -> None:
    marker = "gitu-outlived-its-server"
    with GituServer(database_url, tmp_path, jobs=False) as gitu:
        token = gitu.person(Role.MEMBER).token
    body = {"command": f"echo begun; sh -c 'sleep 300; : {marker}'"}
    first = serve(tmp_path, database_url, GITU_PORT="27611")
    amal = Client(running(tmp_path, first)["url"], authorization=f"Bearer {token}")
    try:
        with amal.http.stream("POST", f"{API}/shell/runs/stream", json=body) as response:
            lines = response.iter_lines()  # kept: given up, it would close the stream
            line = next(lines)
            assert '"stream":"stdout"' in line, line
            eventually(lambda: living(marker), within_s=20)
    finally:
        first.kill()
        first.communicate()
        amal.http.close()
    eventually(lambda: not living(marker), within_s=20)
    second = serve(tmp_path, database_url, GITU_PORT="27711")
    amal = Client(running(tmp_path, second)["url"], authorization=f"Bearer {token}")
    try:
        eventually(lambda: runs(amal)[0]["state"] == "cut", within_s=30)
    finally:
        amal.http.close()
        second.kill()
        second.communicate()


@pytest.mark.slow
def test_a_killed_server_leaves_no_command_behind_that_ran_outside_of_the_sandbox(
    database_url: str, tmp_path: Path
) -> None:
    marker = "gitu-outside-outlived-its-server"
    with GituServer(database_url, tmp_path, jobs=False) as gitu:
        token = gitu.person(Role.ADMIN).token
    line = f"(setsid sh -c 'trap \"\" HUP TERM; sleep 300; : {marker}' &) ; echo begun; sh -c 'sleep 300; : {marker}'"
    server = serve(tmp_path, database_url, GITU_PORT="27811", GITU_SHELL_UNSANDBOXED="true")
    admin = Client(running(tmp_path, server)["url"], authorization=f"Bearer {token}")
    asking = threading.Thread(target=_asked_in_vain, args=(admin, line), daemon=True)
    try:
        asking.start()
        # The shell of the whole line, the one that left its session, the one in front; all but Gitu and its keeper.
        eventually(lambda: len(living(marker)) >= 4, within_s=30)
    finally:
        server.kill()
        server.communicate()
        asking.join(30)
        admin.http.close()
    eventually(lambda: not living(marker), within_s=30)


def _asked_in_vain(admin: Client, line: str) -> None:
    """Ask a server that is killed before it answers."""
    with contextlib.suppress(httpx2.HTTPError):
        admin.http.post(f"{API}/shell/unsandboxed-runs", json={"command": line, "timeout_s": 300}, timeout=60)
