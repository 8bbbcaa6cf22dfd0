"""Starts this machine's server in the background and waits until it can serve."""

import os
import subprocess
import sys
import time
from pathlib import Path

from gitu.doors.cli import files, output
from gitu.doors.cli.client import Client
from gitu.doors.cli.errors import UNREACHABLE, CliError
from gitu.doors.cli.language import say
from gitu.doors.cli.running import running_server
from gitu.kernel.storage.locks import FileLock

START_TIMEOUT_S = 90.0
LONGEST_LOG_BYTES = 5_000_000
_LAST_LINES = 5


def start_server() -> None:
    """Start the server unless another process is just doing so. Raises CliError with the log's last lines."""
    home = files.home().create()
    log_file = home.logs / "server.log"
    with FileLock(home.run / "starting.lock").holding(timeout=START_TIMEOUT_S):
        if running_server() is not None:
            return
        output.note(say("cli-starting"), "dim")
        make_room(log_file)
        process = _launch(log_file)
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise CliError("cli-start-failed", exit_code=UNREACHABLE, file=log_file, lines=_last_lines(log_file))
            if _is_ready():
                return
            time.sleep(0.05)
        process.terminate()
        raise CliError("cli-start-slow", exit_code=UNREACHABLE, file=log_file, seconds=str(int(START_TIMEOUT_S)))


def make_room(log_file: Path) -> None:
    """Set a long log aside as ``server.log.1``, in the place of the one before, so that they do not grow for ever."""
    if log_file.exists() and log_file.stat().st_size > LONGEST_LOG_BYTES:
        log_file.replace(log_file.with_name(log_file.name + ".1"))


def _launch(log_file: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "gitu", "serve"]
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    descriptor = os.open(log_file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        return subprocess.Popen(  # noqa: S603 - this very program
            command,
            stdin=subprocess.DEVNULL,
            stdout=descriptor,
            stderr=descriptor,
            cwd=files.home().root,  # not the folder it happens to be called from, which may go away
            env={
                **os.environ,
                "GITU_HOME": str(files.home().root),
                "PYTHONPATH": os.pathsep.join(_import_path()),
            },
            start_new_session=True,
            creationflags=flags,
        )
    finally:
        os.close(descriptor)


def _import_path() -> list[str]:
    # Relative entries would point elsewhere from the server's folder.
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    return [str(Path(entry).absolute()) for entry in given if entry]


def _is_ready() -> bool:
    running = running_server()
    if running is None:
        return False
    try:
        Client(running.url).call("GET", "/health/ready", api=False, timeout=2)
    except CliError:
        return False
    return True


def _last_lines(log_file: Path) -> str:
    with log_file.open("rb") as file:
        file.seek(max(0, log_file.stat().st_size - 4000))
        lines = file.read().decode("utf-8", "replace").strip().splitlines()
    return "\n".join(f"  {line}" for line in lines[-_LAST_LINES:])
