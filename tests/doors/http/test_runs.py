"""Commands over HTTP and in a window: their output as it comes, input, sizes, the end."""

import base64
import json
from uuid import uuid4

import pytest

from tests.support.chat import Window, eventually, window
from tests.support.server import API, GituServer, Json, Person

pytestmark = pytest.mark.usefixtures("needs_bubblewrap")


def streamed(person: Person, **body: Json) -> list[Json]:
    """The events of a command that is run as a stream."""
    events: list[Json] = []
    with person.http.stream("POST", f"{API}/shell/runs/stream", json=body, timeout=60) as response:
        assert response.status_code == 200, response.read()
        for line in response.iter_lines():
            if line.startswith("data: "):
                events.append(json.loads(line[6:]))
    return events


def text_of(frames: list[Json], stream: str) -> str:
    """What the frames of a stream say."""
    return "".join(frame["data"] for frame in frames if frame.get("stream") == stream)


def until_end(screen: Window, run_id: str) -> tuple[list[Json], Json]:
    """The frames with output, and the run at its end."""
    frames: list[Json] = []
    while True:
        frame = screen.until(type="run", run_id=run_id)
        if "run" in frame:
            return frames, frame["run"]
        frames.append(frame)


def begin(screen: Window, command: str, **more: Json) -> str:
    """Run a command in this window and watch it; its id."""
    run_id = str(uuid4())
    screen.send(type="watch_run", run_id=run_id)
    given = {"command": command, "run_id": run_id, **more}
    screen.send(type="execute", id=run_id, action="shell.run_command", input=given)
    return run_id


def test_a_command_answers_with_all_that_it_wrote(gitu: GituServer) -> None:
    done = gitu.person().post("/shell/runs", {"command": "echo hi; echo no >&2; exit 4"}, timeout=60)
    assert (done["exit_code"], done["stdout"], done["stderr"], done["state"]) == (4, "hi\n", "no\n", "exited")


def test_a_stream_brings_the_bytes_as_they_are_and_then_the_result(gitu: GituServer) -> None:
    *output, last = streamed(gitu.person(), command="printf '\\377\\000'; echo e >&2; exit 7")
    raw = {
        name: b"".join(base64.b64decode(e["data"]) for e in output if e["stream"] == name)
        for name in ("stdout", "stderr")
    }
    assert raw == {"stdout": b"\xff\x00", "stderr": b"e\n"}
    assert last["result"]["exit_code"] == 7


def test_a_refused_stream_is_a_refusal(gitu: GituServer) -> None:
    person = gitu.person()
    body = {"command": "true", "folders": [str(uuid4())]}
    assert person.refused("POST", "/shell/runs/stream", body, status=404) == "shell.folder_not_allowed"
    body = {"command": "true", "cwd": "/nowhere"}
    assert person.refused("POST", "/shell/runs/stream", body, status=422) == "sandbox.command_not_started"
    assert person.key("me:read").refused("POST", "/shell/runs/stream", body, status=403) == "auth.denied"


def test_who_leaves_the_stream_ends_the_command(gitu: GituServer) -> None:
    person, run_id = gitu.person(), str(uuid4())
    body = {"command": "echo begun; sleep 300", "run_id": run_id}
    with person.http.stream("POST", f"{API}/shell/runs/stream", json=body, timeout=60) as response:
        for line in response.iter_lines():
            if line.startswith("data: "):
                break
    eventually(lambda: person.get(f"/shell/runs/{run_id}")["state"] == "cancelled", within_s=30)


def test_a_window_sees_output_as_it_comes_and_then_the_end(gitu: GituServer) -> None:
    with window(gitu.person()) as screen:
        run_id = begin(screen, "echo one; read line < /dev/null; echo مرحبا >&2; exit 5")
        frames, run = until_end(screen, run_id)
    assert (text_of(frames, "stdout"), text_of(frames, "stderr")) == ("one\n", "مرحبا\n")
    assert (run["state"], run["exit_code"]) == ("exited", 5)


def test_who_watches_late_sees_what_was_kept(gitu: GituServer) -> None:
    person = gitu.person()
    done = person.post("/shell/runs", {"command": "echo kept"}, timeout=60)
    with window(person) as screen:
        screen.send(type="watch_run", run_id=done["run_id"])
        frames, run = until_end(screen, done["run_id"])
    assert text_of(frames, "stdout") == "kept\n"
    assert run["state"] == "exited"


def test_a_person_types_into_a_terminal_and_gives_it_a_size(gitu: GituServer) -> None:
    with window(gitu.person()) as screen:
        line = "tput cols || stty size; read word; stty size; echo got $word"
        run_id = begin(screen, line, terminal={"rows": 30, "columns": 90})
        screen.until(type="run", run_id=run_id)
        screen.send(type="run_resize", run_id=run_id, rows=40, columns=101)
        screen.send(type="run_input", run_id=run_id, data="sesame\n")
        frames, run = until_end(screen, run_id)
    said = text_of(frames, "stdout")
    assert "40 101" in said
    assert "got sesame" in said
    assert run["exit_code"] == 0


def test_a_window_stops_a_command(gitu: GituServer) -> None:
    with window(gitu.person()) as screen:
        run_id = begin(screen, "echo begun; sleep 300")
        screen.until(type="run", run_id=run_id)
        screen.send(type="stop_run", run_id=run_id)
        _, run = until_end(screen, run_id)
        assert (run["state"], run["exit_code"]) == ("cancelled", 137)


def test_the_end_of_a_window_ends_what_it_runs(gitu: GituServer) -> None:
    person = gitu.person()
    with window(person) as screen:
        run_id = begin(screen, "echo begun; sleep 300")
        screen.until(type="run", run_id=run_id)
    eventually(lambda: person.get(f"/shell/runs/{run_id}")["state"] == "cancelled", within_s=30)


def test_another_person_s_run_is_not_there(gitu: GituServer) -> None:
    amal, eve = gitu.person(), gitu.person()
    with window(amal) as mine, window(eve) as theirs:
        run_id = begin(mine, "echo secret; sleep 300", terminal={})
        mine.until(type="run", run_id=run_id)
        for frame in (
            {"type": "run_input", "data": "x"},
            {"type": "run_resize", "rows": 1, "columns": 1},
            {"type": "stop_run"},
            {"type": "watch_run"},
        ):
            theirs.send(run_id=run_id, **frame)
            assert theirs.until(type="error")["problem"]["code"] == "shell.run_not_found"
        mine.send(type="stop_run", run_id=run_id)
        assert until_end(mine, run_id)[1]["state"] == "cancelled"


def test_what_does_not_run_in_a_terminal_takes_no_input(gitu: GituServer) -> None:
    with window(gitu.person()) as screen:
        run_id = begin(screen, "echo begun; sleep 300")
        screen.until(type="run", run_id=run_id)
        screen.send(type="run_input", run_id=run_id, data="x")
        assert screen.until(type="error")["problem"]["code"] == "shell.run_over"
        screen.send(type="watch_run", run_id="no id")
        assert screen.until(type="error")["problem"]["code"] == "shell.run_not_found"
        screen.send(type="stop_run", run_id=run_id)
        until_end(screen, run_id)
