"""``python -m bench.gateway``: measure the gateway, write docs/benchmarks-gateway.md and build/bench-gateway.json.

What is measured runs on the first core; the provider behind it, the load generator and PostgreSQL on the others. All
take turns within a minute, so that a busy neighbour slows each of them. The figure to compare is CPU per request.
"""

import argparse
import contextlib
import os
import statistics
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench import report
from bench.figures import Section, noise, short
from bench.gateway import servers
from bench.gateway.load import Found, load
from bench.gateway.servers import Target
from bench.servers import ROOT

MARKDOWN, JSON = ROOT / "docs" / "benchmarks-gateway.md", ROOT / "build" / "bench-gateway.json"
CLIENTS = (1, 50, 500)
PAUSE_US = 10_000
PIECES = 23  # of a stream, the head of the message, its usage and its end included
_HEAD = """\
# Benchmarks of the models' gateway

Written by `make bench-gateway`; every figure below comes from one run of it. Medians, with their spread beside them. A
provider that answers at once stands behind nginx, LiteLLM's proxy and Gitu, one worker each. CPU is that of the
gateway's own processes, which other programs on the machine change less than requests a second and waiting. PostgreSQL,
which only Gitu uses here, is shown apart.
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how often. ``slow``: of LiteLLM, which answers some twenty requests a second."""

    rounds: int = 5
    seconds: float = 1.5
    slow_rounds: int = 2
    slow_seconds: float = 3.0


@dataclass(slots=True)
class Row:
    """What was found of each target with so many clients, in the rounds' order."""

    clients: int
    stream: bool
    found: dict[str, list[Found]] = field(default_factory=lambda: defaultdict(list))

    def median(self, target: str, what: str) -> float:
        """Of one attribute of its rounds."""
        return statistics.median(self.values(target, what))

    def values(self, target: str, what: str) -> list[float]:
        """One attribute of all its rounds."""
        return [getattr(one, what) for one in self.found[target]]


def main() -> int:
    """Measure; 1 when a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.gateway", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer and shorter runs; nothing is written then")
    parser.add_argument("--without-litellm", action="store_true", help="nothing is written then")
    parser.add_argument("--note", default="", help="what was special about this run, for the report")
    chosen = parser.parse_args()
    plan = Plan(2, 1.0, 1, 1.0) if chosen.quick else Plan()
    partly = chosen.quick or chosen.without_litellm
    busy = noise()
    sections = _measure(plan, with_litellm=not chosen.without_litellm)
    sections[0].notes.append(busy)
    for section in sections:
        _print(section)
    if not partly:
        report.write(sections, chosen.note, markdown=MARKDOWN, data=JSON, head=_HEAD)
        print(f"\nWritten: {MARKDOWN} and {JSON}")
    missed = [figure.name for section in sections for figure in section.figures if figure.reached is False]
    print(f"\nMissed: {', '.join(missed)}" if missed else "\nEvery goal was reached.")
    return 1 if missed else 0


def _print(section: Section) -> None:
    print(f"\n{section.title}")
    for figure in section.figures:
        verdict = {None: "", True: "ok", False: "MISSED"}[figure.reached]
        print(f"  {figure.name:<60} {short(figure.value):>9} {figure.unit:<11} {verdict:<7} {figure.spread}")
    for note in section.notes:
        print(f"  {note}")


def _measure(plan: Plan, *, with_litellm: bool) -> list[Section]:
    servers.pin(measured=False, pids=[os.getpid()])
    with contextlib.ExitStack() as stack:
        direct = stack.enter_context(servers.provider())
        slow = stack.enter_context(servers.provider(PAUSE_US))
        nginx = stack.enter_context(servers.nginx(direct))
        gitu = stack.enter_context(servers.gitu(direct, slow))
        litellm = stack.enter_context(servers.lite_llm(direct)) if with_litellm else None
        gateways = [one for one in (nginx, gitu, litellm) if one is not None]
        for target in gateways:
            load(target, 1, 0.5, stream=False)
        idle = {one.name: one.rss() for one in gateways}
        targets, both = [direct, *gateways], (False, True)
        usual = [_row(plan, targets, clients, stream=stream) for stream in both for clients in CLIENTS[:2]]
        used = {one.name: one.rss() for one in gateways}
        many = [_row(plan, targets, clients, stream=stream) for stream in both for clients in CLIENTS[2:]]
        rows = sorted([*usual, *many], key=lambda row: (row.stream, row.clients))
        routed = [load(gitu, 50, plan.seconds, stream=False, model="gitu/auto") for _ in range(plan.rounds)]
        paced = [load(gitu, 50, plan.seconds * 2, stream=True, model=servers.SLOW_MODEL) for _ in range(plan.rounds)]
        loaded = {one.name: one.rss() for one in gateways}
    names = [one.name for one in gateways]
    return [*(_section(row, names) for row in rows), _more(routed, paced), _memory(idle, used, loaded)]


def _row(plan: Plan, targets: Sequence[Target], clients: int, *, stream: bool) -> Row:
    row = Row(clients, stream)
    for target in targets:
        if target.name != "LiteLLM":
            load(target, clients, 0.4, stream=stream)
    for number in range(plan.rounds):
        for target in targets:
            slow = target.name == "LiteLLM"
            if not slow or number < (plan.slow_rounds if clients <= 50 else 1):
                seconds = plan.slow_seconds if slow else plan.seconds
                row.found[target.name].append(load(target, clients, seconds, stream=stream))
    return row


def _section(row: Row, names: Sequence[str]) -> Section:
    at_once = "one client" if row.clients == 1 else f"{row.clients} clients"
    where = f"{at_once}, {'streams' if row.stream else 'whole answers'}"
    section = Section(
        where[0].upper() + where[1:],
        f'{at_once.capitalize()}, each with one request under way. "Added" is beyond the provider asked directly.',
    )
    usual = row.clients == 50
    direct = {what: row.median("direct", what) for what in ("p50", "p99")}
    section.add("direct: requests a second", row.values("direct", "rate"), "/s")
    section.add("direct: p50", row.values("direct", "p50"), "ms")
    section.add("direct: p99", row.values("direct", "p99"), "ms")
    for name in names:
        goal = (400 if row.stream else 200) if name == "Gitu" and usual else None
        section.add(f"{name}: CPU a request, {where}", row.values(name, "cpu_us"), "µs", goal=goal)
        if name == "Gitu":
            section.add("PostgreSQL beside it: CPU a request", row.values(name, "database_us"), "µs")
        section.add(f"{name}: requests a second", row.values(name, "rate"), "/s")
        for one in ("p50", "p99"):
            section.add(f"{name}: {one}", row.values(name, one), "ms")
            added = [value - direct[one] for value in row.values(name, one)]
            goal = 0.4 if (name, one, row.clients, row.stream) == ("Gitu", "p50", 1, False) else None
            section.add(f"{name}: added {one}, {where}", added, "ms", goal=goal)
    ours = row.median("Gitu", "rate")
    if "nginx" in names:
        goal = 10 if usual and not row.stream else None
        section.add(f"nginx / Gitu, requests a second, {where}", row.median("nginx", "rate") / ours, "×", goal=goal)
    if "LiteLLM" in names:
        goal = 50 if usual and not row.stream else None
        ratio = ours / row.median("LiteLLM", "rate")
        section.add(f"Gitu / LiteLLM, requests a second, {where}", ratio, "×", goal=goal, bound="min")
        for one in ("p50", "p99"):
            share = (row.median("Gitu", one) - direct[one]) / (row.median("LiteLLM", one) - direct[one])
            section.add(f"added {one}, Gitu / LiteLLM, {where}", share, "×", goal=1)
    return section


def _more(routed: list[Found], paced: list[Found]) -> Section:
    section = Section(
        "What else Gitu's gateway does",
        "50 clients. Chosen: the model is gitu/auto, so that each request is looked at and the router picks. Written "
        f"slowly: the provider writes a piece every {PAUSE_US // 1000} ms, as a model would, and each is passed on by "
        "itself.",
    )
    section.add("chosen by the router: CPU a request", [one.cpu_us for one in routed], "µs")
    section.add("written slowly: CPU a stream", [one.cpu_us for one in paced], "µs")
    section.add("written slowly: CPU a piece", [one.cpu_us / PIECES for one in paced], "µs")
    section.add("written slowly: first piece, p50", [one.first_p50 for one in paced], "ms")
    section.add("written slowly: first piece, p99", [one.first_p99 for one in paced], "ms")
    return section


def _memory(idle: dict[str, float], used: dict[str, float], loaded: dict[str, float]) -> Section:
    section = Section(
        "Memory",
        "Resident memory before the first load, after that of 1 and of 50 clients, and after all of the above.",
    )
    for name, before in idle.items():
        section.add(f"{name}: before", before, "MB")
        section.add(f"{name}: after 50 clients", used[name], "MB")
        section.add(f"{name}: after all", loaded[name], "MB")
    section.add("Gitu: what 50 clients added", used["Gitu"] - idle["Gitu"], "MB", goal=20)
    section.add("Gitu: what all added", loaded["Gitu"] - idle["Gitu"], "MB")
    return section


if __name__ == "__main__":
    sys.exit(main())
