"""What is not seen is written out, in the terminal as in the browser."""

import re
from pathlib import Path

import pytest

from gitu.doors.cli import output
from gitu.kernel.hidden import revealed

ROOT = Path(__file__).parents[2]
HIDDEN = [
    "\u0000",
    "\u0007",
    "\u001b",
    "\u007f",
    "\u009b",
    "\u00ad",
    "\u034f",
    "\u061c",
    "\u115f",
    "\u180e",
    "\u200b",
    "\u200d",
    "\u200e",
    "\u200f",
    "\u2028",
    "\u202a",
    "\u202e",
    "\u2060",
    "\u2066",
    "\u2069",
    "\u3164",
    "\ufe00",
    "\ufeff",
    "\ufff9",
    "\U000e0041",
    "\U000e0100",
]


@pytest.mark.parametrize("hidden", HIDDEN, ids=lambda one: f"{ord(one):04X}")
def test_it_is_written_out(hidden: str) -> None:
    assert revealed(f"pay{hidden}ment") == f"pay⟨U+{ord(hidden):04X}⟩ment"


@pytest.mark.parametrize("plain", ["تقرير مارس.txt", "Größe 100 %", "☂\ufe0f", "a\n\tb", "يَكْتُبُ", "日本語", "—…“”"])
def test_what_is_seen_stays_as_it_is(plain: str) -> None:
    assert revealed(plain) == plain
    assert revealed(plain + "\r\n") == plain + "\n"


def test_the_web_app_writes_out_the_very_same() -> None:
    source = (ROOT / "web/src/ui/revealed.ts").read_text(encoding="utf-8")
    ranges = re.search(r"const HIDDEN = /(.*)/gu;", source)
    assert ranges is not None
    as_python = re.sub(r"\\u\{([0-9A-F]+)\}", lambda found: f"\\U{int(found[1], 16):08x}", ranges[1])
    web = re.compile(as_python)
    for code in range(0x110000):
        if not 0xD800 <= code <= 0xDFFF and chr(code) not in "\r":
            assert bool(web.match(chr(code))) == (revealed(chr(code)) != chr(code)), hex(code)


def test_the_terminal_prints_nothing_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    output.answer(
        {"items": [{"name": "evil\u202egpj.exe\u001b[2J", "scopes": ["a\u200bb"], "limits": {"paths": ["/\u2066x"]}}]}
    )
    output.answer({"title": "wipe\u001b]0;x\u0007"})
    printed = capsys.readouterr().out
    assert "evil⟨U+202E⟩gpj.exe⟨U+001B⟩[2J" in printed
    assert "a⟨U+200B⟩b" in printed
    assert "⟨U+2066⟩x" in printed
    assert not set("\u202e\u001b\u200b\u2066\u0007") & set(printed)
