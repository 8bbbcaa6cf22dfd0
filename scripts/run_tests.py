"""`make test`: everything that is not slow, in parallel.

python scripts/run_tests.py                        the suite
python scripts/run_tests.py --coverage             the suite, held against the coverage that the project asks of itself
python scripts/run_tests.py tests/kernel -k money  a part of it
python scripts/run_tests.py --slow                 long fault walks, load and soak
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "build" / "coverage.json"
LEAST_PERCENT = 80.0
# What must hold without exception: money, secrets, who may do what.
WHOLLY_COVERED = ("kernel/money", "kernel/crypto", "kernel/auth", "kernel/actions")
SHOWN_LINES = 12
NO_TESTS = 5  # pytest: nothing was collected
# Far above what any group takes; a run that hangs in a way no test's own limit catches ends with its findings.
LIMIT_S = 2400.0
GRACE_S = 60.0
# Each group in processes of its own: Playwright keeps an event loop running in the main thread, where no other
# test can then run one, and a process holds one engine for jobs, which a test's own server may have taken.
BROWSER = "browser"
GROUPS = {"not browser and not alone": "load", "alone": "loadfile", BROWSER: "load"}  # and how they are handed out
MEASURE = ("--cov", "--cov-append", "--cov-report", f"json:{REPORT}")
SLOWEST = ("--durations=10", "--durations-min=2")
RESULTS = ROOT / "build" / "tests"
SHOWN_FAILURES, SHOWN_CHARACTERS = 20, 3000


def parallel(group: str) -> tuple[str, ...]:
    """How a group is shared out: one process more than the CPUs we may use, since many a test waits for a process.

    Browsers never wait: they get no more than there are CPUs.
    """
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 2
    processes = max(2, min(usable, 8)) + (group != BROWSER)
    return "-n", str(processes), "--dist", GROUPS[group]


@dataclass
class Lines:
    """Lines that count and lines that ran."""

    total: int = 0
    covered: int = 0
    missing: list[str] = field(default_factory=list[str])

    @property
    def percent(self) -> float:
        """Per cent covered; nothing to cover is wholly covered."""
        return 100.0 * self.covered / self.total if self.total else 100.0


def tally(report: Path, area: str = "") -> Lines:
    """Count the lines of an area (a folder or module below src/gitu); all of it when empty."""
    prefix = f"src/gitu/{area}" if area else "src/gitu"
    lines = Lines()
    for name, file in json.loads(report.read_text(encoding="utf-8"))["files"].items():
        path = Path(name).as_posix()
        if not (path.startswith(f"{prefix}/") or path == f"{prefix}.py"):
            continue
        lines.total += file["summary"]["num_statements"]
        lines.covered += file["summary"]["covered_lines"]
        lines.missing += [f"{path}:{number}" for number in file["missing_lines"]]
    return lines


def coverage_problems(report: Path) -> list[str]:
    """What falls short of the project's own limits."""
    if not report.exists():
        return [f"no coverage was measured: there is no {report}"]
    whole = tally(report)
    print(f"coverage: {whole.percent:.1f} % of {whole.total} lines")
    problems: list[str] = []
    if whole.percent < LEAST_PERCENT:
        problems.append(f"{whole.percent:.1f} % of the lines ran; the least is {LEAST_PERCENT:.0f} %")
    for area in WHOLLY_COVERED:
        missing = tally(report, area).missing
        if missing:
            shown = ", ".join(missing[:SHOWN_LINES]) + (" …" if len(missing) > SHOWN_LINES else "")
            problems.append(f"{area} must be covered wholly; these lines never ran: {shown}")
    return problems


def run_pytest(*arguments: str) -> int:
    """Run pytest here and return its exit status; one that never ends is asked for what it found so far."""
    with subprocess.Popen([sys.executable, "-m", "pytest", *arguments], cwd=ROOT) as running:
        try:
            return running.wait(LIMIT_S)
        except subprocess.TimeoutExpired:
            print(f"\nNot done after {LIMIT_S:.0f} s; what runs:", *descendants(running.pid), sep="\n", flush=True)
            running.send_signal(signal.SIGINT)
        try:
            running.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            for process in psutil.Process(running.pid).children(recursive=True):
                process.kill()
            running.kill()
        return 1


def descendants(pid: int) -> list[str]:
    """A line for each process below this one: its id, its state, and what it is; test processes name their test."""
    lines: list[str] = []
    for process in psutil.Process(pid).children(recursive=True):
        try:
            lines.append(f"  {process.pid} {process.status()} {' '.join(process.cmdline())[:200]}")
        except psutil.NoSuchProcess:
            continue
    return lines


def show_failures() -> None:
    """Once more at the end, where one looks first: which tests failed, and the last that each had to say."""
    shown = 0
    for file in sorted(RESULTS.glob("*.xml")):
        for case in ET.parse(file).iter("testcase"):  # noqa: S314 - pytest has just written it
            for told in (*case.iter("failure"), *case.iter("error")):
                shown += 1
                if shown <= SHOWN_FAILURES:
                    print(f"\n✗ {case.get('classname')}::{case.get('name')}\n{(told.text or '')[-SHOWN_CHARACTERS:]}")
    if shown > SHOWN_FAILURES:
        print(f"\n… and {shown - SHOWN_FAILURES} more")


def run_groups(chosen: str, *more: str) -> None:
    """All tests of a choice of marks, group by group. Exits with what went wrong."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    for old in (REPORT, ROOT / ".coverage", *RESULTS.glob("*.xml")):
        old.unlink(missing_ok=True)  # an old one must not pass for this run's
    failed: list[str] = []
    for number, group in enumerate(GROUPS):
        results = f"--junitxml={RESULTS / f'{number}.xml'}"
        # Browsers need every CPU, and what they reach on the server others have measured.
        measure = more if group != BROWSER else ()
        code = run_pytest("-m", f"{chosen} and ({group})", *parallel(group), *SLOWEST, *measure, results)
        if code not in (0, NO_TESTS):
            failed.append(group)
    if failed:
        show_failures()
        sys.exit(f"Failed among the tests that are {' and those that are '.join(failed)}.")


def main() -> None:
    """The suite, or a part of it that is chosen as pytest takes it."""
    parser = argparse.ArgumentParser(allow_abbrev=False, description="Run the test suite, or a part of it.")
    parser.add_argument("--slow", action="store_true", help="long fault walks, load and soak, in place of all others")
    parser.add_argument("--coverage", action="store_true", help="hold what ran against the project's own limits")
    options, chosen = parser.parse_known_args()
    marks = "slow" if options.slow else "not slow"
    if chosen:
        codes = [run_pytest("-m", f"{marks} and ({group})", *parallel(group), *chosen) for group in GROUPS]
        sys.exit(max((code for code in codes if code != NO_TESTS), default=NO_TESTS))
    run_groups(marks, *(MEASURE if options.coverage else ()))
    if options.coverage and (problems := coverage_problems(REPORT)):
        sys.exit("\n".join(problems))


if __name__ == "__main__":
    main()
