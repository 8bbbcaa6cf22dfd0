"""`make check`: every check of this checkout, side by side, all failures shown.

    python scripts/check.py [name …]     only the named ones

A check whose subject does not exist (say, no web app) is reported as skipped with the path it waits for.
"""

import asyncio
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMIT_S = 900
AT_ONCE = max(2, min(4, os.cpu_count() or 2))


@dataclass(frozen=True)
class Check:
    """One command, what it proves, and the path without which it has no subject."""

    name: str
    command: list[str]
    needs: str = ""


PYTHON = sys.executable
# The slow ones stand first, so that the quick ones fill the gaps.
CHECKS = [
    Check("types", ["basedpyright", "--level", "warning"]),
    # It is built first: its check looks at the sizes of what browsers load.
    Check(
        "web",
        [PYTHON, "scripts/bootstrap.py", "--web", "--", "npm", "--prefix", "web", "run", "--silent", "check"],
        "web/package.json",
    ),
    Check("migrations", [PYTHON, "-m", "gitu.migrations", "check"], "src/gitu/migrations/__main__.py"),
    Check("docs", [PYTHON, "scripts/check_docs.py"]),
    Check("generated", [PYTHON, "scripts/generate.py", "--check"]),
    Check("lint", ["ruff", "check", "--output-format", "concise", "."]),
    Check("format", ["ruff", "format", "--check", "--output-format", "concise", "."]),
    Check("imports", ["lint-imports", "--no-cache", "--no-logo"], "src/gitu/doors/cli/__init__.py"),
    Check("sizes", [PYTHON, "scripts/check_sizes.py"]),
    Check("translations", [PYTHON, "scripts/check_translations.py"]),
]


@dataclass(frozen=True)
class Outcome:
    """How a check went; `output` is shown only when it failed."""

    check: Check
    failed: bool
    output: str


async def run(check: Check, slots: asyncio.Semaphore) -> Outcome:
    """Run one check and print its line."""
    if check.needs and not (ROOT / check.needs).exists():
        print(f"  –  {check.name:<13} skipped: there is no {check.needs}", flush=True)
        return Outcome(check, failed=False, output="")
    async with slots:
        started = time.monotonic()
        process = await asyncio.create_subprocess_exec(
            *check.command,
            cwd=ROOT,
            env={
                **os.environ,
                "PATH": os.pathsep.join([str(Path(PYTHON).parent), os.environ.get("PATH", os.defpath)]),
                "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            },
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            raw, _ = await asyncio.wait_for(process.communicate(), LIMIT_S)
            output, failed = raw.decode(errors="replace").strip(), process.returncode != 0
        except TimeoutError:
            process.kill()
            await process.wait()
            output, failed = f"stopped after {LIMIT_S} s", True
    print(f"  {'✗' if failed else '✓'}  {check.name:<13} {time.monotonic() - started:5.1f} s", flush=True)
    return Outcome(check, failed, output)


async def run_all(checks: list[Check]) -> list[Outcome]:
    """Run the checks, a few at a time."""
    slots = asyncio.Semaphore(AT_ONCE)
    return await asyncio.gather(*(run(check, slots) for check in checks))


def main() -> None:
    """Run what the command line names, or everything; exit 1 with every failure's output if any failed."""
    wanted = sys.argv[1:]
    unknown = set(wanted) - {check.name for check in CHECKS}
    if unknown:
        sys.exit(f"No such check: {', '.join(sorted(unknown))}. There are: {', '.join(c.name for c in CHECKS)}.")
    outcomes = asyncio.run(run_all([check for check in CHECKS if not wanted or check.name in wanted]))
    failures = [outcome for outcome in outcomes if outcome.failed]
    for outcome in failures:
        print(f"\n── {outcome.check.name}: {' '.join(outcome.check.command)}\n{outcome.output}")
    if failures:
        sys.exit(f"\n{len(failures)} of {len(outcomes)} checks failed: {', '.join(f.check.name for f in failures)}")
    print(f"All {len(outcomes)} checks passed.")


if __name__ == "__main__":
    main()
