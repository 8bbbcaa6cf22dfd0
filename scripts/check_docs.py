"""Run what the documentation tells people to type.

A fenced block opened with "sh run" or "python run", in a Markdown file at the top or in docs/, is run:
all blocks of a page in order, in one empty folder that is the home too, like one terminal: exported
variables go on, and a server that a page started is stopped at its end. "sh run needs:curl" is run where
there is curl. A block "text output" right after one holds lines that its output must contain. Every other
"sh" block must at least parse; every link to a file must lead to one.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMIT_S = 180
CARRY = '[ ! -e "$EXPORTED" ] || . "$EXPORTED"; trap \'export -p > "$EXPORTED"\' EXIT\n'
FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^)#\s]+)(?:#[^)]*)?\)")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page: its language, whether it is to be run, and what its output must contain."""

    place: str
    language: str
    run: bool
    body: str
    expected: list[str]


def blocks_of(page: Path) -> list[Block]:
    """The page's `sh` and `python` blocks, in order."""
    text = page.read_text(encoding="utf-8")
    matches = list(FENCE.finditer(text))
    found: list[Block] = []
    for index, match in enumerate(matches):
        language, *marks = match["info"].split() or [""]
        if language not in ("sh", "python"):
            continue
        following = matches[index + 1] if index + 1 < len(matches) else None
        expected = (
            following["body"].splitlines() if following and following["info"].split() == ["text", "output"] else []
        )
        line = text.count("\n", 0, match.start()) + 1
        place = f"{shown(page)}:{line}"
        run = "run" in marks and all(shutil.which(mark[6:]) for mark in marks if mark.startswith("needs:"))
        found.append(Block(place, language, run, match["body"], [e for e in expected if e.strip()]))
    return found


def shown(page: Path) -> str:
    """The page's path as one reads it from the checkout."""
    return os.path.relpath(page, ROOT)


def problems_of(page: Path) -> tuple[list[str], int]:
    """Everything wrong with a page, and how many of its blocks were run."""
    problems, ran = dead_links(page), 0
    with tempfile.TemporaryDirectory(prefix="gitu-docs-") as folder:
        try:
            for block in blocks_of(page):
                ran += block.run
                if problem := problem_of(block, Path(folder)):
                    problems.append(problem)
                    break  # what follows on the page builds on it
        finally:
            stop_server(Path(folder))
    return problems, ran


def stop_server(folder: Path) -> None:
    """Stop the server that a page's commands left running."""
    if (folder / "gitu" / "run" / "server.json").exists():
        command = [sys.executable, "-m", "gitu", "stop"]
        subprocess.run(command, cwd=folder, env=environment(folder), capture_output=True, timeout=LIMIT_S, check=False)


def environment(home: Path) -> dict[str, str]:
    """A new person's environment: an empty home, this checkout's commands on PATH, no settings of ours."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GITU_", "XDG_", "DATABASE_URL"))}
    path = os.pathsep.join([str(own_command(home)), str(Path(sys.executable).parent), kept.get("PATH", os.defpath)])
    source = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    return {
        **kept,
        "HOME": str(home),
        "GITU_HOME": str(home / "gitu"),
        "PATH": path,
        "PYTHONPATH": source,
        "ROOT": str(ROOT),
        "EXPORTED": str(home / ".exported"),
    }


def own_command(home: Path) -> Path:
    """A folder with the command `gitu` of this checkout in it, whatever is installed."""
    folder = home / ".bin"
    folder.mkdir(exist_ok=True)
    program = folder / "gitu"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m gitu "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return folder


def problem_of(block: Block, folder: Path) -> str:
    """Run or parse one block; what is wrong with it, or nothing."""
    if block.language == "sh":
        body = CARRY + block.body if block.run else block.body
        command = ["bash", "-euo", "pipefail", *([] if block.run else ["-n"]), "-c", body]
    elif block.run:
        command = [sys.executable, "-W", "error", "-c", block.body]
    else:
        return ""  # excerpts of Python need their surroundings
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment(folder),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"{block.place}: not done after {LIMIT_S} s"
    if done.returncode:
        return f"{block.place}: exit {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
    missing = [line for line in block.expected if line.strip() not in done.stdout] if block.run else []
    return f"{block.place}: its output lacks {missing}; it was:\n{done.stdout[-2000:]}" if missing else ""


def dead_links(page: Path) -> list[str]:
    """Links of a page to files that are not there."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    targets = [match["target"] for match in LINK.finditer(text)]
    return [
        f"{shown(page)}: links to {target}, which is not there"
        for target in targets
        if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists()
    ]


def main() -> None:
    """Check every page; exit 1 with all problems."""
    pages = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
    problems: list[str] = []
    ran = 0
    for page in pages:
        found, count = problems_of(page)
        problems += found
        ran += count
    if problems:
        sys.exit("\n".join(problems))
    print(f"{len(pages)} pages, {ran} blocks run")


if __name__ == "__main__":
    main()
