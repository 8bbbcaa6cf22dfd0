"""A command outside of any sandbox, as Gitu's own user: without Gitu's secrets, and ended with all that it started.

Between Gitu and the command stands a keeper, a process that sees to its end even when Gitu is killed outright.
"""

import asyncio
import contextlib
import json
import os
import re
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Literal

from gitu.features.sandbox.api import Collected, Listener, because
from gitu.features.sandbox.errors import CommandNotStarted
from gitu.features.sandbox.schemas import Chunk, Outcome, StreamName
from gitu.kernel.cancelling import to_the_end

LIVE_BYTES = 16 << 20
READ = 65_536
DRAINED_WITHIN_S = 2.0
"""What the command started may hold the output open; nobody waits for it longer."""
ENDED_WITHIN_S = 15.0
KEEPER = Path(__file__).resolve().parent / "keeper.py"
KILLED = -9
_SECRET = re.compile(r"^(GITU_.*|DATABASE_URL|REDIS_URL|PG.*)$|KEY|TOKEN|SECRET|PASSW|CREDENTIAL|AUTH|COOKIE", re.I)


def clean_environment() -> dict[str, str]:
    """Gitu's own environment without what may be secret: its settings, and whatever is named like a secret."""
    return {name: value for name, value in os.environ.items() if not _SECRET.search(name)}


class Unsandboxed:
    """Made by ``start``. ``link`` are the streams of the socket to the keeper."""

    def __init__(
        self,
        process: asyncio.subprocess.Process,
        link: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        keep: int,
        timeout_s: float,
        listener: Listener,
    ) -> None:
        self._process = process
        self._told_by, self._link = link
        self._listener = listener
        self._outputs: dict[StreamName, Collected] = {"stdout": Collected(keep), "stderr": Collected(keep)}
        self._told = 0
        self._over = False
        self._ended: Literal["exited", "timeout", "cancelled"] = "exited"
        self._started = time.monotonic()
        self._timer = asyncio.get_running_loop().call_later(timeout_s, self._kill, "timeout")

    async def wait(self, stdin: bytes) -> Outcome:
        """Feed it and read it until its end; cancelled meanwhile, all that it started is killed."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        moving = [
            asyncio.create_task(self._feed(process.stdin, stdin)),
            asyncio.create_task(self._read("stdout", process.stdout)),
            asyncio.create_task(self._read("stderr", process.stderr)),
        ]
        try:
            code = await self._code()
            self._over = True
            await asyncio.wait(moving[1:], timeout=DRAINED_WITHIN_S)
        finally:
            self._timer.cancel()
            self._end()
            await to_the_end(self._gone())
            for task in moving:
                task.cancel()
            await asyncio.gather(*moving, return_exceptions=True)
        return Outcome(
            exit_code=code if code >= 0 else 128 - code,
            signal=-code if code < 0 else None,
            ended=self._ended,
            stdout=self._outputs["stdout"].output(),
            stderr=self._outputs["stderr"].output(),
            seconds=round(time.monotonic() - self._started, 3),
            cpu_s=0.0,
        )

    def kill(self) -> None:
        """End it and all that it started at once."""
        self._kill("cancelled")

    def _kill(self, why: Literal["timeout", "cancelled"]) -> None:
        if not self._over:
            self._ended = why
            self._end()

    def _end(self) -> None:
        """Give the keeper the word to kill: the end of what we say."""
        if not self._link.is_closing():
            with contextlib.suppress(OSError):
                self._link.write_eof()

    async def _code(self) -> int:
        """The command's exit code, negative for a signal; one whose keeper was killed is killed with its group."""
        leader, said = await self._told_by.readline(), await self._told_by.readline()
        if said:
            return int(json.loads(said)["code"])
        if leader:
            with contextlib.suppress(OSError):
                os.killpg(int(json.loads(leader)["leader"]), signal.SIGKILL)
        return KILLED

    async def _gone(self) -> None:
        """Wait until the keeper has ended everything, and itself."""
        try:
            await asyncio.wait_for(self._process.wait(), ENDED_WITHIN_S)
        except TimeoutError:
            self._process.kill()
        self._link.close()

    async def _feed(self, pipe: asyncio.StreamWriter, data: bytes) -> None:
        with contextlib.suppress(OSError):
            pipe.write(data)
            await pipe.drain()
            pipe.close()

    async def _read(self, stream: StreamName, pipe: asyncio.StreamReader) -> None:
        while data := await pipe.read(READ):
            self._outputs[stream].add(data)
            self._told += len(data)
            if self._told <= LIVE_BYTES:
                self._listener(Chunk(stream=stream, data=data))


async def start(line: str, folder: Path, keep: int, timeout_s: float, listener: Listener) -> Unsandboxed:
    """Start a line of shell in ``folder``. Raises CommandNotStarted."""
    pipe = asyncio.subprocess.PIPE
    ours, theirs = socket.socketpair()
    asked = json.dumps({"line": line, "socket": theirs.fileno()})
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", str(KEEPER), asked),
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            cwd=folder,
            env=clean_environment(),
            pass_fds=(theirs.fileno(),),
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        ours.close()
        said = error.strerror if isinstance(error, OSError) else None
        raise CommandNotStarted(reason=because("said", said=f"{said or error}.")) from error
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()
    ours.setblocking(False)
    return Unsandboxed(process, await asyncio.open_connection(sock=ours), keep, timeout_s, listener)
