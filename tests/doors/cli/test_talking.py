"""Asking, conversing and running actions from the terminal, with a model that really streams."""

import json
import signal
import subprocess
import sys
import time

import pytest

from tests.doors.cli.conftest import Talking
from tests.servers.script import call, say, wrong_key
from tests.support.terminal import PASSWORD, open_terminal


def test_an_answer_goes_to_a_pipe_as_plain_text(talking: Talking) -> None:
    talking.script.then(say("It is **forty-two**."))
    done = talking.gitu.run("ask", "What is the answer?")
    assert (done.code, done.out) == (0, "It is **forty-two**.\n"), done.err


def test_what_is_piped_in_goes_along_with_the_question(talking: Talking) -> None:
    talking.script.then(say("A full disk."))
    talking.gitu.run("ask", "why", piped="no space left ```on device```\n")
    asked = talking.script.asked[-1].last_user_text
    assert asked == "why\n\n````\nno space left ```on device```\n````"


def test_json_is_one_object_with_everything_about_the_turn(talking: Talking) -> None:
    talking.script.then(call("assistant__get_status"), say("All is well."))
    done = talking.gitu.run("ask", "--json", "How are you?")
    answer = done.json
    assert answer["state"] == "done"
    assert answer["text"] == "All is well."
    assert [(tool["name"], tool["status"]) for tool in answer["tool_calls"]] == [("assistant__get_status", "done")]
    assert answer["usage"]["input_tokens"] > 0
    more = talking.gitu.run("ask", "--json", "--session", answer["session_id"], "And now?").json
    assert more["session_id"] == answer["session_id"]


def test_a_failed_answer_is_one_sentence_and_a_code(talking: Talking) -> None:
    talking.script.then(wrong_key())
    done = talking.gitu.run("ask", "Hello?")
    assert done.code == 1
    assert done.out == ""
    assert done.err.startswith("gitu: ")
    assert "key" in done.err
    assert "Traceback" not in done.err


def test_asking_nothing_is_refused(talking: Talking) -> None:
    done = talking.gitu.run("ask")
    assert done.code == 2
    assert "Ask something" in done.err


def test_an_interrupt_stops_the_turn_on_the_server(talking: Talking) -> None:
    talking.script.then(say("One more word. " * 400, token_delay=0.05))
    process = subprocess.Popen(
        [sys.executable, "-m", "gitu", "ask", "--json", "Talk long"],
        env=talking.gitu.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    wait_until_asked(talking)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=15)
    answer = json.loads(out)
    assert process.returncode == 130
    assert answer["state"] == "stopped"
    assert answer["text"].startswith("One more word.")
    turn = talking.gitu.run("assistant", "get-turn", answer["turn_id"], "--json").json
    assert turn["state"] == "stopped"


def wait_until_asked(talking: Talking) -> None:
    deadline = time.monotonic() + 30
    while not talking.script.asked:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_every_action_is_a_command_with_json_or_a_table(talking: Talking) -> None:
    named = talking.gitu.run("identity", "update-me", "Sara of the sea", "--json")
    assert named.json["name"] == "Sara of the sea"
    flat = talking.gitu.run("identity", "get-me")
    assert "name         Sara of the sea" in flat.out
    talking.gitu.run("identity", "update-me", "--name=sara")
    wrong = talking.gitu.run("identity", "update-preferences", "--theme", "pink")
    assert wrong.code == 2
    assert wrong.err == "gitu: theme can't be pink. Possible: system, light, dark, null.\n"
    unknown = talking.gitu.run("assistant", "get-session", "018f0000-0000-7000-8000-000000000000")
    assert unknown.code == 1
    assert unknown.err.startswith("gitu: ")


def test_signing_in_makes_this_terminal_a_device_that_stays_signed_in(talking: Talking) -> None:
    gitu = talking.gitu
    kept = gitu.folder / ".gitu" / "credentials.json"
    wrong = gitu.run("sign-in", "--login", "sara", "--password-stdin", piped="not the password\n")
    assert wrong.code == 4
    assert not kept.exists()
    signed = gitu.run("sign-in", "--login", "sara", "--password-stdin", piped=f"{PASSWORD}\n")
    assert signed.code == 0, signed.err
    try:
        # An access token lives for minutes; when it has run out, the refresh token fetches the next.
        credentials = json.loads(kept.read_text())
        kept.write_text(json.dumps({**credentials, "access_token": "gitu_acc_run_out"}))
        devices = gitu.run("identity", "list-devices", "--json")
        assert [device["kind"] for device in devices.json["items"] if device["current"]] == ["terminal"]
        assert json.loads(kept.read_text())["refresh_token"] != credentials["refresh_token"]
    finally:
        assert gitu.run("sign-out").code == 0
    assert "token" not in kept.read_text()  # the terminal's own id stays, so that it is known again
    assert gitu.run("identity", "list-devices", "--json").json["items"] == []


def test_another_server_that_is_not_there_is_one_sentence(talking: Talking) -> None:
    done = talking.gitu.run(
        "sign-in", "--server", "http://127.0.0.1:9", "--login", "x", "--password-stdin", piped="y\n"
    )
    assert done.code == 3
    assert "can't be reached" in done.err


def test_the_conversation_streams_completes_and_remembers(talking: Talking) -> None:
    talking.script.then(call("assistant__get_status"), say("## Well\n\nAll is **well**."))
    with open_terminal(talking.gitu) as terminal:
        terminal.wait_for("help lists the commands")
        terminal.type("How are you?\r")
        terminal.wait_for("✓ assistant get-status")
        terminal.wait_for("All is well.")
        terminal.wait_for("so far $")
        terminal.type("session rename خطة السفر\r")
        terminal.wait_for("Conversation: خطة السفر")
        terminal.type("/list-dev")
        terminal.wait_for("List the devices you are signed in on")
        terminal.type("ices\r")
        terminal.wait_for("There is nothing here.")
        terminal.type("/update-preferences --theme pink\r")
        terminal.wait_for("Possible: system, light, dark")
        terminal.type("history\r")
        terminal.wait_for("› How are you?")
        terminal.type("session\r")
        terminal.wait_for("خطة السفر")
        terminal.type("exit\r")
        terminal.wait_for("Goodbye.")
        assert terminal.exit_code() == 0
    assert "+How are you?" in (talking.gitu.folder / ".gitu" / "history").read_text()


def test_ctrl_c_stops_an_answer_and_ctrl_d_leaves(talking: Talking) -> None:
    talking.script.then(say("One more word. " * 400, token_delay=0.05))
    with open_terminal(talking.gitu) as terminal:
        terminal.wait_for("help lists the commands")
        terminal.type("Talk long\r")
        terminal.wait_for("One more word.")
        terminal.type("\x03")
        terminal.wait_for("Stopped.", seconds=5)
        terminal.wait_for("›")
        terminal.type("\x04")
        terminal.wait_for("Goodbye.")
        assert terminal.exit_code() == 0


def test_the_conversation_speaks_the_persons_language(talking: Talking) -> None:
    talking.gitu.run("identity", "update-preferences", "--language", "ar")
    try:
        with open_terminal(talking.gitu) as terminal:
            terminal.wait_for("تعرض help الأوامر")
            terminal.type("خروج\r")
            terminal.wait_for("إلى اللقاء")
            assert terminal.exit_code() == 0
    finally:
        talking.gitu.run("identity", "update-preferences", "--language", "en")


@pytest.mark.slow
def test_a_server_is_started_when_none_runs(talking: Talking) -> None:
    talking.gitu.stop()
    done = talking.gitu.run("status")
    assert done.code == 0
    assert "Starting Gitu" in done.err
    assert talking.gitu.server_pid() is not None


@pytest.mark.slow
def test_a_server_that_cannot_start_says_why(talking: Talking) -> None:
    talking.gitu.stop()
    done = talking.gitu.run("status", DATABASE_URL="postgresql://gitu@127.0.0.1:1/gitu")
    assert done.code == 3
    assert "could not start" in done.err
    assert "server.log" in done.err
    assert "Traceback" not in done.err
