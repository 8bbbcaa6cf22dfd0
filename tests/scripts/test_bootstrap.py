"""A copy of this tree sets itself up from nothing: an empty home folder, no Node, no tools on PATH."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.copies import copy

__all__ = ["copy"]

ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 600
# What a network behind a proxy needs; everything else of our environment stays out.
NETWORK = (
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "SSL_CERT_FILE",
    "PIP_INDEX_URL",
    "UV_INDEX_URL",
    "NPM_CONFIG_REGISTRY",
)


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """A fresh machine: an empty home, and a PATH with Python, make and the usual small tools."""
    tools, home = tmp_path / "tools", tmp_path / "home"
    tools.mkdir()
    home.mkdir()
    for name in ("make", "sh", "bash", "sed", "expand", "env", "dirname", "uname"):
        if found := shutil.which(name):
            (tools / name).symlink_to(found)
    # Not a link: Python would look for its library beside the link.
    (tools / "python3").write_text(f'#!/bin/sh\nexec "{Path(sys.executable).resolve()}" "$@"\n')
    (tools / "python3").chmod(0o755)
    network = {name: os.environ[name] for name in NETWORK if name in os.environ}
    return {"HOME": str(home), "PATH": str(tools), "PYTHONDONTWRITEBYTECODE": "1", **network}


def run(folder: Path, env: dict[str, str], *command: str) -> str:
    """Run a command there and return what it printed; its failure is the test's."""
    program = shutil.which(command[0], path=env["PATH"])
    assert program, command[0]
    done = subprocess.run(
        [program, *command[1:]],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.slow
def test_a_fresh_copy_sets_itself_up_once_and_then_does_nothing(copy: Path, bare: dict[str, str]) -> None:
    assert "Installing Python packages" in run(copy, bare, "make", "web")
    if (copy / "web").exists():
        assert (copy / "src" / "gitu" / "doors" / "http" / "static" / "index.html").exists()
    assert run(copy, bare, "make", "web") == ""
    where = run(
        copy,
        bare,
        "python3",
        "scripts/bootstrap.py",
        "--",
        "python",
        "-c",
        "import gitu; print(gitu.__file__)",
    )
    assert where.strip() == str(copy / "src" / "gitu" / "__init__.py")
    assert (copy / "src" / "gitu" / "__pycache__").is_dir(), "what is started once is compiled for the next time"
    compiled = [path for path in (copy / ".venv").rglob("*.pyc") if "sqlalchemy" in path.parts]
    assert compiled, "packages are compiled at installation even where Python may not write bytecode"


def test_a_command_that_is_not_there_is_named(bare: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "bootstrap.py", "--", "no-such-command"],
        env={**os.environ, "PATH": bare["PATH"]},
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert done.returncode == 1
    assert "There is no command 'no-such-command'" in done.stderr


def test_the_syntax_stays_readable_for_a_python_that_is_too_old() -> None:
    import ast

    source = (ROOT / "scripts" / "bootstrap.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
