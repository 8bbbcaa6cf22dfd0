"""Follows a page of docs/ that is a recipe: its files, its differences and its commands, in order.

A fence opened as ``python src/gitu/x.py`` (any language, then a path) is that file; ``diff path`` changes one;
``sh follow`` is run.
"""

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^```(?P<info>[^\n`]+)\n(?P<body>.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Step:
    """One fence: ``kind`` is file, diff or command; ``path`` is empty for commands."""

    kind: str
    path: str
    body: str


def steps_of(page: Path) -> list[Step]:
    """The page's steps, in order; fences that are only to be read are left out."""
    steps: list[Step] = []
    for match in FENCE.finditer(page.read_text(encoding="utf-8")):
        language, _, rest = match["info"].strip().partition(" ")
        if language == "sh" and rest == "follow":
            steps.append(Step("command", "", match["body"].strip()))
        elif language == "diff":
            steps.append(Step("diff", rest, match["body"]))
        elif "/" in rest:
            steps.append(Step("file", rest, match["body"]))
    return steps


def follow(page: Path, tree: Path) -> None:
    """Do what the page says in ``tree``. Fails with the words of the command that failed."""
    for step in steps_of(page):
        if step.kind == "command":
            run(tree, step.body)
        elif step.kind == "file":
            target = tree / step.path
            assert not target.exists(), f"{step.path} is there already"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(step.body, encoding="utf-8")
        else:
            _apply(tree / step.path, step.body)


def run(tree: Path, command: str, **environment: str) -> str:
    """Run a command in a copy of the tree, `python` being this one; its output. Fails with its words."""
    words = shlex.split(command)
    program = [sys.executable, *words[1:]] if words[0] == "python" else words
    done = subprocess.run(
        program,
        cwd=tree,
        env={**clean_environment(), "PYTHONPATH": os.pathsep.join([str(tree / "src"), str(tree)]), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
    return done.stdout


def clean_environment() -> dict[str, str]:
    """This process's environment without what pytest, coverage and settings of ours put there."""
    strange = ("GITU_", "PYTEST_", "COV_", "COVERAGE_", "DATABASE_URL", "REDIS_URL")
    return {name: value for name, value in os.environ.items() if not name.startswith(strange)}


def _apply(file: Path, difference: str) -> None:
    lines = difference.splitlines()
    old = "\n".join(line[1:] for line in lines if not line.startswith("+"))
    new = "\n".join(line[1:] for line in lines if not line.startswith("-"))
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file.name} holds this {text.count(old)} times, not once:\n{old}"
    file.write_text(text.replace(old, new), encoding="utf-8")
