"""Printing: Rich for a terminal, plain text for a pipe, JSON for programs."""

import json
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from gitu.doors.cli.escapes import plain
from gitu.doors.cli.language import say
from gitu.kernel.hidden import revealed

if TYPE_CHECKING:
    from rich.console import Console

_MOST_CELL = 60
_MOST_COLUMNS = 8


def prepare() -> None:
    """Let every stream carry every script, on Windows' old code pages and in the C locale too."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and (stream.encoding or "").lower().replace("-", "") != "utf8":
            reconfigure(encoding="utf-8", errors="replace")


@lru_cache(maxsize=2)
def console(*, stderr: bool = False) -> "Console":
    """The terminal; NO_COLOR and a pipe turn colour off. Text is left in logical order: terminals do bidi."""
    from rich.console import Console  # noqa: PLC0415 - not needed for JSON and short answers

    return Console(stderr=stderr, highlight=False, emoji=False, markup=False, soft_wrap=not sys.stdout.isatty())


def line(text: str = "") -> None:
    """A line of the answer. A terminal takes no orders from what stands in it; a pipe gets it as it is."""
    print(plain(text) if sys.stdout.isatty() else text, flush=True)  # noqa: T201 - the command line's own output


def note(text: str, style: str = "") -> None:
    """A line beside the answer, on stderr, so that a pipe carries the answer alone."""
    terminal = sys.stderr.isatty()
    text = plain(text) if terminal else text
    if style and terminal:
        console(stderr=True).print(text, style=style)
    else:
        print(text, file=sys.stderr, flush=True)  # noqa: T201


def fail(sentence: str) -> None:
    """An error's one sentence."""
    note(f"gitu: {sentence}", "red")


def as_json(value: object) -> None:
    """One JSON document, readable, with every script as it is."""
    line(json.dumps(value, ensure_ascii=False, indent=2))


def answer(value: Any) -> None:  # Any: the JSON of any action's answer
    """An action's answer for a person: a table for a list, a line for each field otherwise."""
    if isinstance(value, Mapping):
        found = cast("Mapping[str, Any]", value)
        rows = found.get("items")
        if isinstance(rows, list):
            table(cast("list[Any]", rows))
            if found.get("next_cursor"):
                note(say("cli-more", cursor=found["next_cursor"]), "dim")
            return
        width = max((len(key) for key in found), default=0)
        for key, field in found.items():
            line(f"{key:<{width}}  {shown(field)}")
        return
    line(say("cli-done") if value is None else shown(value))


def table(rows: Sequence[Any]) -> None:
    """Objects as a table, one column for each field that any of them has."""
    found = [cast("Mapping[str, Any]", row) for row in rows if isinstance(row, Mapping)]
    if not found:
        note(say("cli-nothing"), "dim")
        return
    columns = list(dict.fromkeys(key for row in found for key in row))
    if not sys.stdout.isatty():
        for row in found:
            line("\t".join(shown(row.get(column)).replace("\t", " ").replace("\n", " ") for column in columns))
        return
    columns = _that_fit(columns, found)
    from rich.table import Table  # noqa: PLC0415 - see console
    from rich.text import Text  # noqa: PLC0415

    drawn = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        drawn.add_column(column, overflow="fold")
    for row in found:
        drawn.add_row(*(Text(_short(plain(shown(row.get(column))))) for column in columns))
    console().print(drawn)


def _that_fit(columns: list[str], rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The columns that a terminal has room for: nested ones and other things' ids go first."""
    if len(columns) > _MOST_COLUMNS:
        nested = {name for row in rows for name, value in row.items() if isinstance(value, list | dict)}
        columns = [name for name in columns if name not in nested and not name.endswith("_id")]
    return columns[:_MOST_COLUMNS]


def shown(value: object) -> str:
    """A JSON value as a person reads it, with nothing hidden in it."""
    return revealed(_written(value))


def _written(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(item, str) for item in cast("list[object]", value)):
        return ", ".join(cast("list[str]", value)) or "–"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _short(text: str) -> str:
    return text if len(text) <= _MOST_CELL else text[: _MOST_CELL - 1] + "…"
