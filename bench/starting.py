"""How long Gitu takes to be ready, and what it takes while nobody uses it."""

import subprocess
import sys
import time

from bench.figures import Section
from bench.servers import ROOT, Gitu, LoopbackModel, Memory, cpu_seconds, environment, memory_of

SETTLE_S = 12  # schedules, the first election and what is loaded in the background are done by then


def starting(runs: int) -> Section:
    """Starts with a new database and with an existing one; memory after some idle seconds."""
    section = Section(
        "Start and idle memory",
        "`gitu serve` in a process of its own and an empty home folder; from the start of the process to the first "
        f"200 of `/health/ready`. Memory after {SETTLE_S} idle seconds of a warm start, nobody signed in and no turn "
        "answered yet: RSS as the system counts it (shared pages in full), PSS (shared pages divided among those "
        "that share them). PostgreSQL's processes are summed apart.",
    )
    new: list[float] = []
    warm: list[float] = []
    rss: list[float] = []
    pss: list[float] = []
    database: list[float] = []
    busy: list[float] = []
    for _ in range(runs):
        gitu = Gitu()
        try:
            new.append(gitu.start().ready_s)
            gitu.stop()
            for _ in range(2):
                warm.append(gitu.start().ready_s)
                if len(warm) % 2 == 0:
                    time.sleep(SETTLE_S)
                    server, apart = memory_of(gitu.pid), memory_of(*gitu.database_pids())
                    rss.append(server.rss)
                    pss.append(server.pss)
                    database.append(apart.pss)
                    busy.append(_idle_cpu(gitu.pid))
                gitu.stop()
        finally:
            gitu.remove()
    waiting, used = _with_a_model()
    section.add("ready, warm", warm, "s", goal=3)
    section.add("ready, with a new database", new, "s", goal=6)
    section.add("idle memory of the server, RSS", rss, "MB", goal=150)
    section.add("idle memory of the server, PSS", pss, "MB", goal=150)
    section.add("idle memory of PostgreSQL, PSS", database, "MB", goal=30)
    section.add("the same server with a model connected, nobody there, RSS", waiting.rss, "MB", goal=150)
    section.add("the same server with a model connected, somebody there, RSS", used.rss, "MB")
    section.add("the same server with a model connected, somebody there, PSS", used.pss, "MB")
    section.add("CPU of the idle server", busy, "% of a core")
    section.notes.append(
        "The agent library, its provider and the price list are loaded when a turn first needs them; where a model is "
        "connected, in the background as soon as somebody who has signed in calls, so that the first answer does not "
        f"wait. Somebody there: {SETTLE_S} s after one such call; from then on it stays so until the server stops."
    )
    return section


def _with_a_model() -> tuple[Memory, Memory]:
    """After a start that nobody used yet, and after a first request of somebody signed in."""
    with LoopbackModel() as model, Gitu() as gitu:
        gitu.connect_model(gitu.make_owner(), model.url)
        gitu.stop()
        gitu.start()
        time.sleep(SETTLE_S)
        waiting = memory_of(gitu.pid)
        gitu.call("GET", "/me", token=gitu.sign_in())
        time.sleep(SETTLE_S)
        return waiting, memory_of(gitu.pid)


def _idle_cpu(pid: int) -> float:
    before = cpu_seconds(pid)
    time.sleep(4)
    return (cpu_seconds(pid) - before) / 4 * 100


def command_line(runs: int) -> Section:
    """How long the command line takes to answer."""
    section = Section(
        "Command line",
        "Whole life of the process, from its start to its end; the first run, which may compile, is left out. "
        "An empty `python -c pass` is measured in turn with it.",
    )
    helping: list[float] = []
    bare: list[float] = []
    for _ in range(runs + 1):
        helping.append(_seconds([sys.executable, "-m", "gitu", "--help"]))
        bare.append(_seconds([sys.executable, "-c", "pass"]))
    section.add("`gitu --help`", helping[1:], "s", goal=0.5)
    section.add("`python -c pass`", bare[1:], "s")
    return section


def _seconds(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, env=environment(), cwd=ROOT, check=True, capture_output=True, timeout=60)
    return time.perf_counter() - began
