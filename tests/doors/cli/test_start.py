"""The command line answers at once: what it does not need, it does not load."""

import re

import pytest

from tests.support.terminal import Installation

HEAVY = {"sqlalchemy", "fastapi", "starlette", "pydantic_ai", "httpx", "httpx2", "prompt_toolkit", "alembic"}


def loaded(gitu: Installation, *words: str) -> set[str]:
    done = gitu.run(*words, PYTHONPROFILEIMPORTTIME="1")
    assert done.code == 0, done.err
    names = re.findall(r"^import time:.*\| +(\S+)$", done.err, re.MULTILINE)
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize(
    "words",
    [["--help"], ["--version"], ["identity", "--help"], ["identity", "list-devices", "--help"], ["setup", "-h"]],
    ids=" ".join,
)
def test_help_loads_nothing_heavy(fresh: Installation, words: list[str]) -> None:
    assert loaded(fresh, *words) & HEAVY == set()


def test_the_first_help_does_not_load_pydantic_either(fresh: Installation) -> None:
    # Typer loads it for a command's own options.
    assert "pydantic" not in loaded(fresh, "--help")


def test_help_names_every_command(fresh: Installation) -> None:
    done = fresh.run("--help")
    for word in ("serve", "stop", "setup", "doctor", "config", "keys", "audit", "ask", "sign-in", "identity", "models"):
        assert word in done.out


def test_the_help_of_an_action_names_its_arguments_and_what_they_may_be(fresh: Installation) -> None:
    done = fresh.run("models", "create-connection", "--help")
    assert "Usage: gitu models create-connection <provider> [OPTIONS]" in done.out
    assert "openai_compatible" in done.out
    assert "--base-url" in done.out


def test_help_writes_nothing_to_the_disk(fresh: Installation) -> None:
    fresh.run("--help")
    assert list(fresh.folder.iterdir()) == []


def test_an_unknown_command_is_one_sentence_and_a_code_of_its_own(fresh: Installation) -> None:
    done = fresh.run("serv")
    assert done.code == 2
    assert "No such command 'serv'" in done.err
    assert "Traceback" not in done.err
