"""What a command in a sandbox can do, and what is told of it."""

import asyncio
import signal

import pytest

from gitu.features.sandbox.api import Sandbox
from gitu.features.sandbox.errors import CommandNotStarted, SandboxGone
from gitu.features.sandbox.schemas import Chunk, Command, SandboxSpec, TerminalSize
from tests.features.sandbox.conftest import PYTHON, Opened, py, sh

pytestmark = pytest.mark.anyio

PATIENCE_S = 60


async def heard(box: Sandbox, command: Command, word: bytes) -> tuple[asyncio.Task[object], "asyncio.Future[None]"]:
    """Start a command and wait until it has said ``word``."""
    said = asyncio.get_running_loop().create_future()
    seen = bytearray()

    def listen(chunk: Chunk) -> None:
        seen.extend(chunk.data)
        if word in seen and not said.done():
            said.set_result(None)

    task: asyncio.Task[object] = asyncio.ensure_future(box.run(command, listen))
    await asyncio.wait_for(said, PATIENCE_S)
    return task, said


async def test_a_command_tells_its_output_its_errors_and_its_exit_code(box: Sandbox) -> None:
    outcome = await sh(box, "echo out; echo err >&2; exit 3")
    assert (outcome.stdout.text(), outcome.stderr.text(), outcome.exit_code) == ("out\n", "err\n", 3)
    assert (outcome.signal, outcome.ended) == (None, "exited")


async def test_arguments_reach_the_program_as_they_are(box: Sandbox) -> None:
    outcome = await box.run(Command(argv=("printf", "%s|", "a b", "$HOME", "*", "'", "")))
    assert outcome.stdout.text() == "a b|$HOME|*|'||"


async def test_arabic_goes_in_and_comes_out_whole(box: Sandbox) -> None:
    outcome = await box.run(Command(argv=("cat",), stdin="مرحبًا يا عالم 🌍\n".encode()))
    assert outcome.stdout.text() == "مرحبًا يا عالم 🌍\n"
    named = await sh(box, "touch 'تقرير.txt' && ls")
    assert named.stdout.text() == "تقرير.txt\n"


async def test_any_bytes_pass_through_unharmed(box: Sandbox) -> None:
    every = bytes(range(256)) * 1000
    outcome = await box.run(Command(argv=("cat",), stdin=every))
    assert outcome.stdout.data == every
    assert "\ufffd" in outcome.stdout.text()


async def test_a_command_starts_in_the_workspace_or_where_it_is_told(box: Sandbox) -> None:
    assert (await sh(box, "pwd")).stdout.text() == "/workspace\n"
    there = await box.run(Command(argv=("pwd",), cwd="/tmp"))
    assert there.stdout.text() == "/tmp\n"
    with pytest.raises(CommandNotStarted, match="no folder /nowhere"):
        await box.run(Command(argv=("pwd",), cwd="/nowhere"))


async def test_a_program_that_is_missing_or_can_not_run_ends_as_in_a_shell(box: Sandbox) -> None:
    missing = await box.run(Command(argv=("no-such-program",)))
    assert (missing.exit_code, missing.stderr.text()) == (127, "no-such-program: command not found\n")
    assert (await box.run(Command(argv=("/etc/passwd",)))).exit_code == 126


async def test_the_environment_is_the_sandbox_s_own_plus_what_is_given(opened: Opened) -> None:
    box = await opened(SandboxSpec(environment={"PROJECT": "gitu"}))
    outcome = await box.run(Command(shell="echo $PROJECT $ONCE $HOME $LANG", environment={"ONCE": "now"}))
    assert outcome.stdout.text() == "gitu now /home/gitu C.UTF-8\n"


async def test_stdin_is_at_its_end_unless_something_is_given(box: Sandbox) -> None:
    assert (await box.run(Command(argv=("cat",), timeout_s=PATIENCE_S))).stdout.total == 0


async def test_commands_of_a_session_share_files_and_processes(box: Sandbox) -> None:
    await sh(box, "echo kept > /tmp/note; sleep 600 >/dev/null 2>&1 & echo $! > /tmp/pid")
    outcome = await sh(box, "cat /tmp/note; kill -0 $(cat /tmp/pid) && echo alive")
    assert outcome.stdout.text() == "kept\nalive\n"


async def test_a_background_job_does_not_hold_up_its_command_and_may_go_on_writing(box: Sandbox) -> None:
    started = await sh(box, "(while [ ! -e /tmp/go ]; do sleep 0.05; done; echo late; touch /tmp/done) & echo now")
    assert started.stdout.text() == "now\n"
    outcome = await sh(box, "touch /tmp/go; while [ ! -e /tmp/done ]; do sleep 0.05; done; echo seen")
    assert outcome.stdout.text() == "seen\n"


async def test_output_is_told_while_the_command_runs(box: Sandbox) -> None:
    execution = box.start(Command(shell="echo first; read line; echo $line >&2", interactive=True))
    pieces: list[Chunk] = []
    async for chunk in execution:
        pieces.append(chunk)
        if chunk.stream == "stdout":  # nothing has ended: the command waits for us
            assert execution.running
            await execution.write(b"second\n")
    assert [(piece.stream, piece.data) for piece in pieces] == [("stdout", b"first\n"), ("stderr", b"second\n")]
    assert (await execution.wait()).exit_code == 0


async def test_of_a_long_output_head_and_end_are_kept_and_the_gap_is_named(box: Sandbox) -> None:
    command = Command(shell="echo BEGIN; head -c 3000000 /dev/zero | tr '\\0' x; echo END", output_bytes=1000)
    outcome = await box.run(command)
    assert outcome.stdout.total == 3_000_010
    assert outcome.stdout.cut == 3_000_010 - 1000
    assert outcome.stdout.head.startswith(b"BEGIN\n")
    assert outcome.stdout.tail.endswith(b"END\n")
    assert f"[… {outcome.stdout.cut} bytes left out …]" in outcome.stdout.text()


async def test_output_that_just_fits_is_whole(box: Sandbox) -> None:
    outcome = await box.run(Command(shell="head -c 1000 /dev/zero", output_bytes=1000))
    assert (outcome.stdout.cut, outcome.stdout.data) == (0, bytes(1000))


async def test_many_commands_run_at_once_and_none_hears_another(box: Sandbox) -> None:
    outcomes = await asyncio.gather(*(sh(box, f"echo {number}; exit {number}") for number in range(30)))
    assert [(one.exit_code, one.stdout.text()) for one in outcomes] == [(n, f"{n}\n") for n in range(30)]


async def test_a_command_that_takes_too_long_is_ended_with_all_it_started(box: Sandbox) -> None:
    line = "echo said; sh -c 'sleep 600 & sleep 600' & sleep 600"
    outcome = await box.run(Command(shell=line, timeout_s=0.5))
    assert (outcome.ended, outcome.signal, outcome.exit_code) == ("timeout", signal.SIGKILL, 137)
    assert outcome.stdout.text() == "said\n"
    assert (await sh(box, "ps -eo comm | grep -c sleep")).stdout.text() == "0\n"


async def test_a_cancelled_command_is_killed_at_once_and_the_sandbox_lives_on(box: Sandbox) -> None:
    stubborn = "trap '' TERM INT HUP; echo ready; while :; do sleep 1; done"
    task, _ = await heard(box, Command(shell=stubborn), b"ready")
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    outcome = await sh(box, "while ps -eo args | grep -q '[t]rap'; do sleep 0.05; done; echo gone")
    assert outcome.stdout.text() == "gone\n"


async def test_an_execution_can_be_killed_and_tells_so(box: Sandbox) -> None:
    execution = box.start(Command(shell="echo ready; sleep 600"))
    async for chunk in execution:
        assert chunk.data == b"ready\n"
        execution.kill()
    outcome = await execution.wait()
    assert (outcome.ended, outcome.exit_code) == ("cancelled", 137)


async def test_a_signal_reaches_the_command_as_from_the_keyboard(box: Sandbox) -> None:
    execution = box.start(Command(shell="trap 'echo interrupted; exit 5' INT; echo ready; while :; do sleep 0.1; done"))
    said = b""
    async for chunk in execution:
        said += chunk.data
        if said == b"ready\n":
            execution.signal(signal.SIGINT)
    assert (said, (await execution.wait()).exit_code) == (b"ready\ninterrupted\n", 5)


async def test_more_input_than_a_pipe_holds_reaches_a_slow_reader(box: Sandbox) -> None:
    every = b"0123456789abcdef" * 40_000
    outcome = await box.run(Command(shell="sleep 0.2; wc -c", stdin=every))
    assert outcome.stdout.text().strip() == str(len(every))


async def test_input_nobody_reads_does_not_hinder_the_end(box: Sandbox) -> None:
    assert (await box.run(Command(argv=("true",), stdin=bytes(1_000_000)))).exit_code == 0


async def test_a_terminal_is_a_terminal_of_the_size_that_was_asked_for(box: Sandbox) -> None:
    command = Command(shell="tty; stty size; echo $TERM", terminal=TerminalSize(rows=33, columns=111))
    outcome = await box.run(command)
    assert outcome.stdout.text().replace("\r", "") == "/dev/pts/0\n33 111\nxterm-256color\n"


async def test_a_terminal_takes_keys_and_another_size(box: Sandbox) -> None:
    code = "import os,signal\ndef told(*_): print('size', *os.get_terminal_size(), flush=True)\n"
    code += "signal.signal(signal.SIGWINCH, told)\nprint('ready', flush=True)\n"
    code += "while (line := input()) != 'end': print('got', line, flush=True)"
    execution = box.start(Command(argv=(PYTHON, "-I", "-c", code), terminal=TerminalSize()))
    said, asked = b"", 0
    async for chunk in execution:
        said += chunk.data
        if b"ready" in said and asked == 0:
            asked = 1
            execution.resize(50, 132)
        if b"size 132 50" in said and asked == 1:
            asked = 2
            await execution.write("سلام\n".encode())
        if "got سلام".encode() in said and asked == 2:
            asked = 3
            await execution.write(b"end\n")
    assert asked == 3
    assert (await execution.wait()).exit_code == 0


async def test_control_c_in_a_terminal_interrupts_what_runs_in_front(box: Sandbox) -> None:
    shell = Command(argv=("/bin/sh",), terminal=TerminalSize(), environment={"PS1": "gitu> "}, timeout_s=PATIENCE_S)
    execution = box.start(shell)
    said, asked = b"", 0
    async for chunk in execution:
        said += chunk.data
        if said.count(b"gitu> ") == 1 and asked == 0:
            asked = 1
            # The program itself says that it runs: between it and its shell, the signal would have nobody to go to.
            await execution.write(b"sh -c \"echo be''gun; exec sleep 600\"\n")
        if b"begun" in said and asked == 1:
            asked = 2
            await execution.write(b"\x03")
        if asked == 2 and said.count(b"gitu> ") >= 2:
            asked = 3
            await execution.write(b"exit 7\n")
    assert (await execution.wait()).exit_code == 7


async def test_a_command_of_both_forms_or_none_is_refused() -> None:
    for wrong in ({}, {"argv": ("a",), "shell": "a"}, {"argv": ()}, {"argv": ("",)}, {"shell": "a\0b"}):
        with pytest.raises(ValueError, match=r"argv|NUL"):
            Command.model_validate(wrong)


async def test_paths_are_resolved_inside(box: Sandbox) -> None:
    await sh(box, "mkdir a; ln -s a b")
    assert await box.realpath("/workspace/b/c") == "/workspace/a/c"


async def test_a_command_whose_sandbox_ends_is_told_so(box: Sandbox) -> None:
    task, _ = await heard(box, Command(shell="echo ready; sleep 600"), b"ready")
    await box.aclose()
    with pytest.raises(SandboxGone):
        await task
    with pytest.raises(SandboxGone):
        await py(box, "pass")
