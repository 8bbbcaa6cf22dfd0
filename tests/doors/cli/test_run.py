"""``gitu run``: a command on the server as if it ran here."""

import json
import signal
import subprocess
import sys

import pytest

from tests.doors.cli.conftest import Talking
from tests.support.terminal import open_terminal

pytestmark = pytest.mark.usefixtures("needs_bubblewrap")


def notes(err: str) -> str:
    """Stderr without the note about the audit log at its end."""
    return "".join(line for line in err.splitlines(keepends=True) if not line.startswith("audit "))


def test_its_output_and_its_exit_code_are_the_command_s(talking: Talking) -> None:
    done = talking.gitu.run("run", "--", "echo out; echo err >&2; exit 3")
    assert (done.code, done.out, notes(done.err)) == (3, "out\n", "err\n")
    assert "exit code 3" in done.err
    audit_id = done.err.split("audit ")[1].split()[0]
    found = talking.gitu.run("trust", "list-audit", "--call-id", audit_id, "--json").json["items"]
    assert [(one["action"], one["outcome"]) for one in found] == [("shell.run_command", "ok")]


def test_several_words_are_a_program_and_its_arguments(talking: Talking) -> None:
    done = talking.gitu.run("run", "--", "printf", "%s|", "a b", "$HOME", "--json")
    assert done.out == "a b|$HOME|--json|"


def test_as_json_it_is_one_document(talking: Talking) -> None:
    done = talking.gitu.run("run", "--json", "--", "echo hi; exit 2")
    assert done.code == 2
    told = done.json
    assert (told["stdout"], told["stderr"], told["exit_code"], told["state"]) == ("hi\n", "", 2, "exited")
    assert set(told) == {"stdout", "stderr", "exit_code", "audit_id", "run_id", "state", "seconds"}


def test_what_is_piped_in_goes_in(talking: Talking) -> None:
    done = talking.gitu.run("run", "--", "tr a-z A-Z", piped="hello\n")
    assert (done.code, done.out) == (0, "HELLO\n")


def test_it_ends_when_its_time_is_up(talking: Talking) -> None:
    done = talking.gitu.run("run", "--timeout", "1", "--", "echo begun; sleep 300")
    assert (done.code, done.out) == (137, "begun\n")
    assert "--timeout" in done.err


def test_output_comes_while_it_runs_and_ctrl_c_stops_it(talking: Talking) -> None:
    gitu = talking.gitu
    process = subprocess.Popen(
        [sys.executable, "-m", "gitu", "run", "--", "echo begun; sleep 300"],
        env=gitu.environment(),
        cwd=gitu.folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    (newest,) = gitu.run("shell", "list-runs", "--limit", "1", "--json").json["items"]
    assert newest["state"] == "cancelled"


def test_a_host_that_was_not_allowed_is_named(talking: Talking) -> None:
    line = "python3 -c \"import urllib.request as u; u.urlopen('http://denied.invalid/', timeout=20)\" 2>/dev/null"
    done = talking.gitu.run("run", "--host", "allowed.invalid", "--", line)
    assert done.code == 1
    assert "denied.invalid:80" in done.err
    assert "--host" in done.err


def test_a_folder_that_is_not_allowed_is_named(talking: Talking) -> None:
    done = talking.gitu.run("run", "--folder", "nowhere", "--", "true")
    assert done.code == 2
    assert "nowhere" in done.err


def test_nothing_to_run_is_said(talking: Talking) -> None:
    assert talking.gitu.run("run").code == 2
    assert talking.gitu.run("run", "--", " ").code == 2


def test_without_the_sandbox_it_asks_first_and_the_server_must_permit_it(talking: Talking) -> None:
    gitu = talking.gitu
    unasked = gitu.run("run", "--no-sandbox", "--", "true")
    assert unasked.code == 2
    assert "--yes" in unasked.err
    refused = gitu.run("run", "--no-sandbox", "--yes", "--", "true")
    assert refused.code == 1
    assert "GITU_SHELL_UNSANDBOXED" in refused.err
    with open_terminal(gitu, "run", "--no-sandbox", "--", "echo done") as terminal:
        terminal.wait_for("yes")
        terminal.type("no\r")
        assert terminal.exit_code() == 1


def test_json_of_the_result_is_what_programs_read(talking: Talking) -> None:
    done = talking.gitu.run("run", "--json", "--", "printf 'مرحبا'")
    assert json.loads(done.out)["stdout"] == "مرحبا"


def test_what_a_command_changed_is_told_with_the_way_back(talking: Talking) -> None:
    done = talking.gitu.run("run", "--", "echo x > made.txt")
    undo = next(line for line in done.err.splitlines() if "undo-run" in line)
    assert undo.startswith("One file was changed; gitu files undo-run ")
    run_id = undo.split("undo-run ")[1].split()[0]
    assert talking.gitu.run("files", "undo-run", run_id, "--json").json == {"undone": 1, "left": []}
    assert "made.txt" not in talking.gitu.run("run", "--", "ls").out


def test_a_terminal_gets_no_orders_from_a_command_and_a_pipe_gets_every_byte(talking: Talking) -> None:
    line = "printf 'a\\033]52;c;ZXZpbA==\\007b\\033[6nc\\033[31mred\\033[0m end\\n'"
    piped = talking.gitu.run("run", "--", line)
    assert piped.out == "a\x1b]52;c;ZXZpbA==\x07b\x1b[6nc\x1b[31mred\x1b[0m end\n"
    with open_terminal(talking.gitu, "run", "--", line) as terminal:
        terminal.wait_for("end")
        assert terminal.exit_code() == 0
        assert "abc\x1b[31mred\x1b[0m end" in terminal.raw
        assert "\x1b]52" not in terminal.raw
        assert "\x1b[6n" not in terminal.raw
