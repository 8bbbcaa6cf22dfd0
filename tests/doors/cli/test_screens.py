"""Markdown that streams: which part of a growing text is finished."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from gitu.doors.cli.markdown import Markdown
from gitu.doors.cli.screens import finished
from gitu.doors.cli.words import Own, find_own


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("Half a par", ""),
        ("One.\n\nTw", "One.\n\n"),
        ("One.\n\n```py\na\n\nb\n", "One.\n\n"),
        ("```py\na\n\nb\n```\n\nAfter", "```py\na\n\nb\n```\n\n"),
        ("````\n```\n\n````\n\nx", "````\n```\n\n````\n\n"),
        ("~~~\n\n```\n\n~~~\n\n", "~~~\n\n```\n\n~~~\n\n"),
    ],
)
def test_a_block_is_finished_at_a_blank_line_outside_of_code(text: str, done: str) -> None:
    assert text[: finished(text)] == done


@given(st.text("a`~\n "))
def test_what_is_finished_stays_finished(text: str) -> None:
    for length in range(len(text)):
        assert finished(text[:length]) <= finished(text)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("help", Own("help")),
        ("/exit", Own("exit")),
        ("quit", Own("exit")),
        ("خروج", Own("exit")),
        ("/stop", Own("stop")),
        ("session", Own("session", "list")),
        ("session switch 3", Own("session", "switch", "3")),
        ("/session rename My trip", Own("session", "rename", "My trip")),
        ("history of Rome", None),
        ("session new ideas for lunch", None),
        ("help me with this", None),
        ("/list-models", None),
    ],
)
def test_plain_words_are_commands_only_when_they_are_the_whole_line(text: str, own: Own | None) -> None:
    assert find_own(text) == own


def test_links_and_pictures_show_the_whole_address_that_they_lead_to() -> None:
    text = "Our [bank](https://evil.example/?q=secret), a ![cat](https://evil.example/c.png?d=1)."
    told = io.StringIO()
    Console(file=told, force_terminal=True, width=200).print(Markdown(text))
    shown = told.getvalue()
    assert "https://evil.example/?q=secret" in shown
    assert "https://evil.example/c.png?d=1" in shown
    assert "\x1b]8" not in shown  # no address hides behind words
