"""``python -m bench.node``: measure the inference node, write docs/benchmarks-node.md and build/bench-node.json.

The servers run on the first core and the load generator on the others, where there are several. What is compared takes
turns on the same core within a minute, so that a busy neighbour slows both.
"""

import argparse
import os
import sys
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from bench import report
from bench.figures import Section, noise, short
from bench.node.load import Found, Plan, load
from bench.node.model import SHAPE, make_models
from bench.node.servers import Server, llama, node
from bench.servers import ROOT, cpu_seconds, memory_of

MARKDOWN, JSON = ROOT / "docs" / "benchmarks-node.md", ROOT / "build" / "bench-node.json"
PARTS = ("start", "open", "batch", "llama", "share")
_HEAD = """\
# Benchmarks of the inference node

Written by `make bench-node`; every figure below comes from one run of it. Medians, with their spread beside them. The
model has ten million random parameters, since what its words mean costs no time; every answer has 64 tokens, after a
prompt of about 32. "By the processor" counts the server's own processor time, that of all its threads: other programs
on the machine change what the clock says, and hardly that.
"""

Models = dict[str, Path]


def main() -> int:
    """Run the parts; 1 when a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.node", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, help="only these parts; nothing is written then")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter runs; nothing is written then")
    parser.add_argument("--note", default="", help="what was special about this run, for the report")
    chosen = parser.parse_args()
    rounds, seconds = (2, 2.0) if chosen.quick else (7, 3.0)
    models = make_models()
    server_cpus = _share_cpus()
    parts = {
        "start": lambda: _starting(models, rounds),
        "open": lambda: _open_loop(models, server_cpus, rounds=min(rounds, 5), seconds=seconds * 4),
        "batch": lambda: _batching(models, server_cpus, rounds, seconds),
        "llama": lambda: _beside_llama(models, server_cpus, 2 * rounds, seconds / 2),
        "share": lambda: _sharing(models, server_cpus, min(rounds, 3), seconds * 3),
    }
    sections: list[Section] = []
    for name, measure in parts.items():
        if name not in (chosen.only or PARTS):
            continue
        busy = noise()
        section = measure()
        section.notes.append(busy)
        sections.append(section)
        print(f"\n{section.title}")
        for figure in section.figures:
            verdict = {None: "", True: "ok", False: "MISSED"}[figure.reached]
            print(f"  {figure.name:<62} {short(figure.value):>9} {figure.unit:<10} {verdict:<7} {figure.spread}")
        sys.stdout.flush()
    if chosen.only is None and not chosen.quick:
        report.write(sections, chosen.note, markdown=MARKDOWN, data=JSON, head=_HEAD)
        print(f"\nWritten: {MARKDOWN} and {JSON}")
    missed = [figure.name for section in sections for figure in section.figures if figure.reached is False]
    print(f"\nMissed: {', '.join(missed)}" if missed else "\nEvery goal was reached.")
    return 1 if missed else 0


def _share_cpus() -> set[int] | None:
    """The servers' core; this process and what it starts keep to the others."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    first, *others = sorted(os.sched_getaffinity(0))
    if others:
        os.sched_setaffinity(0, others)
    return {first}


# -- the parts -------------------------------------------------------------------------------------------


def _starting(models: Models, rounds: int) -> Section:
    section = Section(
        "Starting, and memory",
        f"A node with the int8 model ({SHAPE.parameters:,} parameters, {_megabytes(models['int8']):.1f} MB) and one "
        "worker, from the start of its process until /health says ready; its resident memory then, and after a load.",
    )
    ready, idle, loaded = list[float](), list[float](), list[float]()
    for _ in range(rounds):
        with node(models["int8"]) as server:
            ready.append(server.ready_s)
            idle.append(memory_of(server.pid).rss)
            load(server.port, Plan(1.5, clients=16))
            loaded.append(memory_of(server.pid).rss)
    section.add("time to ready", ready, "s")
    section.add("memory when ready, RSS", idle, "MB")
    section.add("memory after sixteen clients, RSS", loaded, "MB")
    return section


def _open_loop(models: Models, cpus: set[int] | None, rounds: int, seconds: float) -> Section:
    section = Section(
        "Ten requests a second on one core",
        f"Requests leave at random moments, ten a second on average, for {seconds:g} s, {rounds} times; a node with "
        "one worker on one core.",
    )
    whole, streamed = list[Found](), list[Found]()
    with node(models["int8"], cpus=cpus) as server:
        load(server.port, Plan(1, clients=1))
        for number in range(rounds):
            whole.append(load(server.port, Plan(seconds, rate=10, seed=number)))
            streamed.append(load(server.port, Plan(seconds, rate=10, seed=number, stream=True)))
    section.add("an answer, p50", [found.quantile(0.5) for found in whole], "ms")
    section.add("an answer, p95", [found.quantile(0.95) for found in whole], "ms", goal=500)
    section.add("a streamed answer, p95", [found.quantile(0.95) for found in streamed], "ms")
    firsts = [sorted(found.firsts) for found in streamed]
    section.add("first token of a streamed answer, p50", [one[len(one) // 2] for one in firsts], "ms")
    section.add("first token of a streamed answer, p95", [one[int(len(one) * 0.95)] for one in firsts], "ms")
    section.notes.append(
        f"The generator itself was late by {max(found.late for found in whole + streamed):.0f} ms at its worst."
    )
    return section


def _batching(models: Models, cpus: set[int] | None, rounds: int, seconds: float) -> Section:
    section = Section(
        "Batches against one at a time",
        "Sixteen clients, each with one request under way, on a node with one worker: batches of eight at most, and "
        f"of one, in turns of {seconds:g} s, {rounds} times.",
    )
    plan = Plan(seconds, clients=16)
    batched, alone = _in_turns(
        node(models["int8"], cpus=cpus, batch=8), node(models["int8"], cpus=cpus, batch=1), plan, rounds
    )
    _compare(section, ("in batches", batched), ("one at a time", alone), goal=2.0)
    return section


def _beside_llama(models: Models, cpus: set[int] | None, rounds: int, seconds: float) -> Section:
    section = Section(
        "Beside llama.cpp's server, one request at a time",
        "One client; a node with one worker and llama.cpp's server (xllamacpp) with one thread and one slot on the "
        f"same core, the same weights in eight bits (int8 and q8_0), in turns of {seconds:g} s, {rounds} times.",
    )
    if "q8_0" not in models:
        section.notes.append("llama.cpp could not be installed here, so it was left out.")
        return section
    ours, theirs = _in_turns(
        node(models["int8"], cpus=cpus), llama(models["q8_0"], cpus), Plan(seconds, clients=1), rounds
    )
    _compare(section, ("gitu node, int8", ours), ("llama.cpp, q8_0", theirs), goal=1.5)
    ours, theirs = _in_turns(
        node(models["float16"], cpus=cpus), llama(models["f16"], cpus), Plan(seconds, clients=1), max(2, rounds // 2)
    )
    _compare(section, ("gitu node, float16 computed in float32", ours), ("llama.cpp, f16", theirs), goal=None)
    section.notes.append(
        "CTranslate2 computes float16 on GPUs alone; on a processor it takes float32, which moves twice the bytes. "
        "Serve int8 there."
    )
    return section


def _sharing(models: Models, cpus: set[int] | None, rounds: int, seconds: float) -> Section:
    section = Section(
        "Short answers beside long ones",
        "One worker; one client sends requests for 2,000 tokens without a pause, others come twice a second for 64. "
        f"With shares a long answer yields to whoever waits; without, a batch runs to its end. {seconds:g} s, "
        f"{rounds} times.",
    )
    plan = Plan(seconds, rate=2, long_tokens=2_000)
    for name, share in (("with shares", 64), ("without", 10**9)):
        times = list[float]()
        for number in range(rounds):
            with node(models["int8"], cpus=cpus, share=share) as server:
                times.append(load(server.port, replace(plan, seed=number)).quantile(0.5))
        section.add(f"a short answer {name}, p50", times, "ms")
    return section


# -- what they share -------------------------------------------------------------------------------------


def _in_turns(
    one: AbstractContextManager[Server], other: AbstractContextManager[Server], plan: Plan, rounds: int
) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """For both: tokens a second by the clock and by the server's own processor time, of each round."""
    found: tuple[list[tuple[float, float]], list[tuple[float, float]]] = ([], [])
    with one as first, other as second:
        for server in (first, second):
            load(server.port, Plan(0.5, clients=plan.clients))
        for _ in range(rounds):
            for server, figures in zip((first, second), found, strict=True):
                before = cpu_seconds(server.pid)
                came = load(server.port, plan)
                figures.append((came.tokens / came.seconds, came.tokens / (cpu_seconds(server.pid) - before)))
    return found


def _compare(
    section: Section,
    one: tuple[str, list[tuple[float, float]]],
    other: tuple[str, list[tuple[float, float]]],
    goal: float | None,
) -> None:
    for name, figures in (one, other):
        section.add(f"{name}: tokens a second", [clock for clock, _ in figures], "tokens/s")
        section.add(f"{name}: tokens a second of the processor", [cpu for _, cpu in figures], "tokens/s")
    pairs = list(zip(one[1], other[1], strict=True))
    section.add(f"{one[0]} / {other[0]}, by the clock", [a[0] / b[0] for a, b in pairs], "×")
    ratios = [a[1] / b[1] for a, b in pairs]
    section.add(f"{one[0]} / {other[0]}, by the processor", ratios, "×", goal=goal, bound="min")


def _megabytes(folder: Path) -> float:
    return (folder / "model.bin").stat().st_size / 1e6


if __name__ == "__main__":
    sys.exit(main())
