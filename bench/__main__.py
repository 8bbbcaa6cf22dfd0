"""``python -m bench``: measure, print each figure, write docs/benchmarks.md and build/bench.json."""

import argparse
import sys
from collections.abc import Callable

from bench import report
from bench.figures import Section, noise, short
from bench.gate import gate
from bench.reads import reads
from bench.sandbox import sandbox
from bench.screens import screens
from bench.servers import Gitu, LoopbackModel
from bench.sockets import sockets
from bench.starting import command_line, starting
from bench.turns import turns
from bench.web import web

PARTS = ("start", "turns", "reads", "sockets", "gate", "sandbox", "cli", "web", "screens")


def main() -> int:
    """Run the parts; 1 when a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, help="only these parts; nothing is written then")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter runs; nothing is written then")
    parser.add_argument("--note", default="", help="what was special about this run, for the report")
    chosen = parser.parse_args()
    wanted = set(chosen.only or PARTS)
    sections: list[Section] = []

    def told(measure: Callable[[], Section]) -> None:
        busy = noise()
        section = measure()
        section.notes.append(busy)
        sections.append(section)
        print(f"\n{section.title}")
        for figure in section.figures:
            verdict = {None: "", True: "ok", False: "MISSED"}[figure.reached]
            print(f"  {figure.name:<50} {short(figure.value):>9} {figure.unit:<6} {verdict:<7} {figure.spread}")
        for note in section.notes:
            print(f"  {note}")
        sys.stdout.flush()

    if "start" in wanted:
        told(lambda: starting(1 if chosen.quick else 5))
    if wanted & {"turns", "reads", "sockets", "gate", "screens"}:
        with Gitu() as gitu, LoopbackModel() as model:
            token = gitu.make_owner()
            gitu.connect_model(token, model.url)
            if "turns" in wanted:
                told(lambda: turns(gitu, model, token, 15 if chosen.quick else 60))
            if "sockets" in wanted:
                told(lambda: sockets(gitu, token))
            if "reads" in wanted:
                told(lambda: reads(gitu, gitu.sign_in(), 2 if chosen.quick else 5))
            if "screens" in wanted:
                told(lambda: screens(gitu, 2 if chosen.quick else 5))
            if "gate" in wanted:
                told(lambda: gate(gitu))
    if "sandbox" in wanted:
        told(lambda: sandbox(5, 50) if chosen.quick else sandbox())
    if "cli" in wanted:
        told(lambda: command_line(3 if chosen.quick else 10))
    if "web" in wanted:
        told(web)
    missed = [figure.name for section in sections for figure in section.figures if figure.reached is False]
    if chosen.only is None and not chosen.quick:
        report.write(sections, chosen.note)
        print(f"\nWritten: {report.MARKDOWN} and {report.JSON}")
    print(f"\nMissed: {', '.join(missed)}" if missed else "\nEvery goal was reached.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
