"""``gitu stop``: ends this machine's server, however it was started."""

import os
import signal
import time

from gitu.doors.cli import output
from gitu.doors.cli.client import Client
from gitu.doors.cli.errors import FAILED, CliError
from gitu.doors.cli.language import say
from gitu.doors.cli.running import running_server

STOP_TIMEOUT_S = 30.0


def stop() -> int:
    """Ask it to stop and wait until it has. Raises CliError when it does not answer or does not go."""
    running = running_server()
    if running is None:
        output.line(say("cli-none-runs"))
        return 0
    # The file may be left over from a server that was killed, and its number another program's by now.
    Client(running.url).call("GET", "/health/live", api=False)
    os.kill(running.pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_TIMEOUT_S
    while time.monotonic() < deadline:
        if running_server() is None:
            output.line(say("cli-stopped"))
            return 0
        time.sleep(0.05)
    raise CliError("cli-stop-slow", exit_code=FAILED, seconds=str(int(STOP_TIMEOUT_S)), pid=str(running.pid))
