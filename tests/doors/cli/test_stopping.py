"""``gitu stop``: a server that runs, none at all, and what one that was killed left behind."""

import json
import os

from tests.doors.cli.conftest import Talking
from tests.support.terminal import Installation


def test_stop_ends_the_server_and_says_so(talking: Talking) -> None:
    done = talking.gitu.run("stop")
    assert (done.code, done.out.strip()) == (0, "Gitu has stopped.")
    assert talking.gitu.server_pid() is None
    assert talking.gitu.run("stop").out.strip() == "No server runs here."


def test_stop_never_ends_another_program_that_has_the_number_of_a_killed_server(fresh: Installation) -> None:
    run = fresh.home / "run"
    run.mkdir(parents=True)
    # This very process: the test would not survive being taken for the server.
    left = {"url": "http://127.0.0.1:1", "pid": os.getpid(), "version": "0.1.0"}
    (run / "server.json").write_text(json.dumps(left))
    done = fresh.run("stop")
    assert done.code == 3
    assert "can't be reached" in done.err
