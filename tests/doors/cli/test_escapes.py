"""What others wrote can colour a terminal and do nothing else to it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitu.doors.cli.escapes import MOST_KEPT, PASSES, Harmless, plain

ATTACKS = {
    "the clipboard": "\x1b]52;c;cm0gLXJmIH4K\x07",
    "the title, read back by some terminals": "\x1b]0;rm -rf ~\x1b\\\x1b[21t",
    "a question answered into the shell": "\x1b[6n\x1b[c\x1b[>c\x1b[5n\x1bZ\x05",
    "a question in a string": '\x1bP$q"p\x1b\\',
    "a link with other words": "\x1b]8;;https://evil.example\x1b\\bank\x1b]8;;\x1b\\",
    "a printer": "\x1b[5i secret \x1b[4i",
    "another screen": "\x1b[?1049h\x1b[?25l\x1b[2J\x1b[H",
    "the line above": "\x1b[1A\x1b[2Kapproved",
    "keys of the keyboard": "\x1b[?1000h\x1b=\x1b[>4;2m",
    "a hard reset": "\x1bc",
    "controls of eight bits": "\u009b6n\u009d52;c;eA==\u009c\u0090x\u009c",
    "a sequence within a sequence": "\x1b\x1b[6n\x1b[\x1b]52;c;eA==\x07c",
    "a string that never ends": "\x1b]52;c;" + "A" * 3 * MOST_KEPT,
    "a backspace over a sequence": "\x1b\x08[6n",
}


def is_harmless(text: str) -> bool:
    """Whether nothing but colours, erasing and plain text is in it."""
    return re.search(r"[\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x9f]", PASSES.sub("", text)) is None


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("size", [1, 3, 100_000])
def test_no_sequence_reaches_the_terminal_in_whatever_pieces_it_comes(attack: str, size: int) -> None:
    data = f"before {ATTACKS[attack]} after".encode()
    harmless = Harmless()
    written = "".join(harmless.feed(data[at : at + size]) for at in range(0, len(data), size))
    written += harmless.feed(b"", final=True)
    assert written.startswith("before ")
    assert is_harmless(written)
    assert not is_harmless(f"before {ATTACKS[attack]}")


def test_colours_progress_and_every_script_pass() -> None:
    harmless = Harmless()
    text = "\x1b[1;31mأحمر\x1b[0m \x1b[38;5;208morange\x1b[m\r50 %\x1b[K\r\ttab\n🌍 a\x08b"
    data = text.encode()
    assert "".join(harmless.feed(data[at : at + 1]) for at in range(len(data))) == text
    assert harmless.coloured


@given(st.lists(st.text("\x1b[]P?;0123mKcn\\\x07\x9b\x9d\x9cab ", max_size=8)))
def test_pieces_make_no_difference_to_what_is_harmless(pieces: list[str]) -> None:
    harmless = Harmless()
    written = "".join(harmless.feed(piece.encode()) for piece in pieces) + harmless.feed(b"", final=True)
    assert is_harmless(written)
    assert written == Harmless().feed("".join(pieces).encode(), final=True)


@given(st.text())
def test_plain_text_commands_nothing_and_keeps_its_letters(text: str) -> None:
    assert is_harmless(plain(text))
    assert "\x1b" not in plain(text)
    letters = "".join(c for c in text if c.isprintable())
    assert "".join(c for c in plain(text) if c.isprintable() and c != "\ufffd") == letters.replace("\ufffd", "")
