"""What a command in a sandbox costs: the first of a session, every further one, and a plain process beside them."""

import asyncio
import shutil
import time
from pathlib import Path
from tempfile import mkdtemp

from bench.figures import Section
from gitu.features.sandbox.api import Sandboxes, check
from gitu.features.sandbox.schemas import Command, SandboxSpec

STARTS, COMMANDS, WARMING = 15, 200, 10


def sandbox(starts: int = STARTS, commands: int = COMMANDS) -> Section:
    """Cold and warm, each beside a plain process, in turn so that a busy moment meets both."""
    section = Section(
        "Commands in a sandbox",
        f"`/bin/true`, started by asyncio as a plain process and in the sandbox of a session, in turn ({commands} of "
        f"each after {WARMING} that don't count). Cold: from asking for a sandbox to the end of its first command "
        f"({starts} times). Both in one process, without a server.",
    )
    found = asyncio.run(check("bubblewrap", ""))
    if found.problem is not None:
        section.notes.append(f"Not measured: {found.problem}")
        return section
    cold, warm, plain = asyncio.run(_measure(starts, commands))
    over = [inside - outside for inside, outside in zip(sorted(warm), sorted(plain), strict=True)]
    section.add("first command of a session", cold, "ms", goal=150)
    section.add("command in a warm sandbox", warm, "ms")
    section.add("plain process", plain, "ms")
    section.add("sandbox beyond the plain process", over, "ms", goal=5)
    section.add("warm sandbox to plain process", section.figures[1].value / section.figures[2].value, "times")
    section.notes.append(f"Confined by {found.version}. {' '.join(found.notes)}".strip())
    return section


async def _measure(starts: int, commands: int) -> tuple[list[float], list[float], list[float]]:
    run = Path(mkdtemp(prefix="gitu-bench-"))
    made = Sandboxes(choice="bubblewrap", run=run)
    nothing = Command(argv=("/bin/true",))
    cold: list[float] = []
    warm: list[float] = []
    plain: list[float] = []
    try:
        for number in range(starts + 1):
            began = time.perf_counter()
            box = await made.open(str(number), "bench", SandboxSpec())
            await box.run(nothing)
            if number:  # the first one makes the filter of system calls
                cold.append((time.perf_counter() - began) * 1000)
            await made.close(str(number), "bench")
        box = await made.open("warm", "bench", SandboxSpec())
        for number in range(commands + WARMING):
            began = time.perf_counter()
            await box.run(nothing)
            between = time.perf_counter()
            process = await asyncio.create_subprocess_exec("/bin/true", stdin=asyncio.subprocess.DEVNULL)
            await process.wait()
            ended = time.perf_counter()
            if number >= WARMING:
                warm.append((between - began) * 1000)
                plain.append((ended - between) * 1000)
    finally:
        await made.aclose()
        shutil.rmtree(run)
    return cold, warm, plain
