"""What every backend is."""

import asyncio
import contextlib
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from gitu.features.sandbox.folders import Shared
from gitu.features.sandbox.reasons import Reason
from gitu.features.sandbox.schemas import SandboxSpec

PROXY_PORT = 3128
"""Where programs inside find the proxy, on their own loopback."""
HOME = "/home/gitu"
MOST_WORDS = 4096
SILENT_WITHIN_S = 10.0
PATH = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin"

numbers = itertools.count(1)
"""Of the sandboxes of this process, whoever opens them: groups, containers and sockets are named by them."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a backend needs to start a sandbox. ``proxy`` is the socket of its proxy, outside."""

    number: int
    spec: SandboxSpec
    shared: list[Shared]
    proxy: Path | None


@dataclass(frozen=True, slots=True)
class Started:
    """A started agent. ``relay`` is where it finds the proxy's socket inside; ``end`` kills everything inside.

    ``filter`` is the program of system calls for the agent to put on, base64, where the backend has not done so.
    """

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    home: str
    limits: dict[str, int]
    relay: str | None
    confine: Callable[[], Awaitable[None]]
    end: Callable[[], Awaitable[None]]
    said: Callable[[], Awaitable[str]]
    environment: dict[str, str] = field(default_factory=dict[str, str])
    filter: str = ""


class Words:
    """What a program says on its error stream: the first of it kept, all of it read."""

    def __init__(self, stream: asyncio.StreamReader | None) -> None:
        assert stream is not None
        self._said = bytearray()
        self._reading = asyncio.get_running_loop().create_task(self._read(stream), name="words of a sandbox")

    async def _read(self, stream: asyncio.StreamReader) -> None:
        while data := await stream.read(MOST_WORDS):
            self._said += data[: MOST_WORDS - len(self._said)]

    async def end(self) -> str:
        """All that was said, once everyone who could has ended."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._reading, SILENT_WITHIN_S)
        return self._said.decode(errors="replace").strip()


class Backend(Protocol):
    """One way to confine."""

    name: str

    def version(self) -> str | None:
        """What is installed, for people."""
        ...

    def problem(self) -> Reason | None:
        """Why it can't be used here, with the way out; None when it seems to work. Starts nothing."""
        ...

    def notes(self) -> tuple[Reason, ...]:
        """What is weaker here than it could be."""
        ...

    async def start(self, plan: Plan) -> Started:
        """Start the agent of a new sandbox. Raises SandboxFailed, OSError."""
        ...

    def sweep(self) -> None:
        """Remove what servers that were killed have left behind."""
        ...

    def retry(self) -> None:
        """Try again to remove what sandboxes of this process have left behind, if anything."""
        ...
