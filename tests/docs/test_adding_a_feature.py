"""docs/adding-a-feature.md, followed literally on a copy of the tree; then the feature is used.

One test, since making the copy takes longer than all the rest.
"""

import contextlib
import json
import os
import shlex
import shutil
import signal
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.recipe import follow, run

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "adding-a-feature.md"
COPIED = ("src", "tests/support", "tests/servers", "tests/conftest.py", "scripts", "pyproject.toml", ".importlinter")
# The last pattern: what another process is compiling at this moment.
LEFT_OUT = shutil.ignore_patterns("static", "node_modules", ".*_cache", "*.pyc.[0-9]*")
STOP_WITHIN_S = 15


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the tree in which the page was followed, its own test run and what is generated made anew."""
    tree = tmp_path / "tree"
    for name in COPIED:
        source, target = ROOT / name, tree / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=LEFT_OUT)
        else:
            shutil.copy(source, target)
    follow(PAGE, tree)
    run(tree, "python scripts/generate.py")
    return tree


@dataclass(frozen=True)
class Gitu:
    """The server of the copy, its terminal and its API, as the owner."""

    tree: Path
    environment: dict[str, str]
    url: str
    token: str

    def terminal(self, words: str) -> Any:  # Any: JSON
        """What a command of the terminal answers with --json."""
        return json.loads(run(self.tree, f"python -m gitu {words} --json", **self.environment))

    def api(self, method: str, path: str, body: object = None) -> Any:  # Any: JSON
        """What the API answers."""
        request = urllib.request.Request(
            f"{self.url}/api/v1{path}",
            method=method,
            data=json.dumps(body).encode() if body is not None else None,
            headers={"authorization": f"Bearer {self.token}", "content-type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read() or b"null")


@pytest.fixture
def enlarged(tree: Path, empty_database_url: str, tmp_path: Path) -> Iterator[Gitu]:
    """The copy's server over an empty database, with an owner."""
    home = tmp_path / "home"
    environment = {
        "HOME": str(home),
        "GITU_HOME": str(home / "gitu"),
        "GITU_DISCOVER_MODELS": "false",
        "DATABASE_URL": empty_database_url,
    }
    secret = {"GITU_OWNER_PASSWORD": "a copper kettle sings"}
    run(tree, "python -m gitu setup --owner amal", **environment, **secret)
    run(tree, "python -m gitu status", **environment)  # starts the server
    state = json.loads((home / "gitu" / "run" / "server.json").read_text())
    try:
        token = (home / "gitu" / "run" / "local-token").read_text()
        yield Gitu(tree, environment, state["url"], token)
    finally:
        os.kill(state["pid"], signal.SIGTERM)
        wait_until_gone(state["pid"])


def wait_until_gone(pid: int) -> None:
    """Wait for a process that is not our child; kill it when it does not go."""
    deadline = time.monotonic() + STOP_WITHIN_S
    with contextlib.suppress(ProcessLookupError):
        while time.monotonic() < deadline:
            os.kill(pid, 0)
            time.sleep(0.05)
        os.kill(pid, signal.SIGKILL)


def test_a_feature_added_as_the_page_says_works_at_every_door_and_keeps_the_rules(enlarged: Gitu) -> None:
    answers_over_rest(enlarged)
    is_a_slash_command(enlarged)
    is_a_command_of_the_terminal(enlarged)
    keeps_to_the_import_rules(enlarged.tree)
    is_written_in_the_houses_style(enlarged.tree)
    speaks_arabic(enlarged.tree)


def answers_over_rest(enlarged: Gitu) -> None:
    """Written, found, described and deleted."""
    note = enlarged.api("POST", "/notes", {"text": "Buy a copper kettle"})
    assert enlarged.api("GET", "/notes?query=kettle")["items"] == [note]
    assert "/api/v1/notes" in enlarged.api("GET", "/openapi.json")["paths"]
    enlarged.api("DELETE", f"/notes/{note['id']}")
    assert enlarged.api("GET", "/notes?query=kettle")["items"] == []


def is_a_slash_command(enlarged: Gitu) -> None:
    """Typed in a conversation, without a model."""
    sent = enlarged.api("POST", "/messages", {"text": "/notes create-note Call the dentist"})
    assert sent["turn"]["state"] == "done"
    assert [note["text"] for note in enlarged.api("GET", "/notes?query=dentist")["items"]] == ["Call the dentist"]


def is_a_command_of_the_terminal(enlarged: Gitu) -> None:
    """From the catalogue that was made anew."""
    note = enlarged.terminal('notes create-note --text "Water the plants"')
    assert enlarged.terminal("notes list-notes --query plants")["items"] == [note]


def keeps_to_the_import_rules(tree: Path) -> None:
    """Its place in the tiers was picked."""
    linter = Path(sys.executable).parent / "lint-imports"
    assert "0 broken" in run(tree, f"{shlex.quote(str(linter))} --no-cache --no-logo")


def is_written_in_the_houses_style(tree: Path) -> None:
    """As `make check` would see it."""
    ruff = shlex.quote(str(Path(sys.executable).parent / "ruff"))
    written = "src/gitu/features/notes tests/features/notes src/gitu/app.py"
    run(tree, f"{ruff} check --no-cache {written}")
    run(tree, f"{ruff} format --no-cache --check {written}")


def speaks_arabic(tree: Path) -> None:
    """Every error and every title."""
    code = (
        "from gitu.app import load_features; load_features();"
        "from gitu.kernel.actions.registry import registry;"
        "from gitu.kernel.errors import all_errors;"
        "from gitu.kernel.i18n import error_key, has_translation;"
        "keys = [error_key(e.code) for e in all_errors() if e.code.startswith('notes.')];"
        "keys += ['action-' + a.name.replace('.', '-').replace('_', '-')"
        " for a in registry.all() if a.feature == 'notes'];"
        "keys += ['scope-notes-read', 'scope-notes-write'];"
        "print(len(keys), [key for key in keys if not has_translation(key, 'ar')])"
    )
    assert run(tree, f'python -c "{code}"').strip() == "7 []"
