"""What a change does to a text, as a unified diff that is never long."""

import difflib
import re
from dataclasses import dataclass

from gitu.features.files.confined.text import charset_of

MOST_LINES = 400
LONGEST_LINE = 500
NO_END = "\\ No newline at end of file"  # as every diff says it
LONGEST_INPUT = 4_000
"""Lines that differ, beyond which the comparison would take too long (it grows with their square)."""
_ENDS = re.compile("(?<=\n)")  # lines keep their end: whether the last one has any is part of the text


@dataclass(frozen=True, slots=True)
class Diff:
    """``text`` is empty for what is no text; ``added`` and ``removed`` count lines; ``cut`` if not all is shown."""

    text: str
    added: int
    removed: int
    cut: bool


def diff_of(before: bytes | None, after: bytes | None, path: str) -> Diff:
    """From one content to the next; None stands for "no file"."""
    old, new = _lines(before), _lines(after)
    if old is None or new is None:
        return Diff("", 0, 0, cut=False)
    head = _same(old, new)
    tail = _same(old[head:][::-1], new[head:][::-1])
    removed, added = old[head : len(old) - tail], new[head : len(new) - tail]
    if max(len(removed), len(added)) > LONGEST_INPUT and removed and added:
        # Everything between the first and the last difference counts as exchanged.
        shown = [f"@@ -{head + 1},{len(removed)} +{head + 1},{len(added)} @@"]
        for sign, lines in (("-", removed), ("+", added)):
            shown += [sign + line.rstrip("\n") for line in lines[: MOST_LINES // 2]]
        return Diff("\n".join(line[:LONGEST_LINE] for line in shown), len(added), len(removed), cut=True)
    return _unified(old, new, path, before, after)


def _unified(old: list[str], new: list[str], path: str, before: bytes | None, after: bytes | None) -> Diff:
    names = ("/dev/null" if before is None else f"a/{path}", "/dev/null" if after is None else f"b/{path}")
    added = removed = 0
    shown: list[str] = []
    cut = False
    for index, whole in enumerate(difflib.unified_diff(old, new, *names)):
        line = whole.rstrip("\n")
        if index >= 2:
            added += line.startswith("+")
            removed += line.startswith("-")
        if len(shown) < MOST_LINES:
            shown.append(line[:LONGEST_LINE])
            cut = cut or len(line) > LONGEST_LINE
            if line == whole:
                shown.append(NO_END)
        else:
            cut = True
    return Diff("\n".join(shown), added, removed, cut)


def _lines(content: bytes | None) -> list[str] | None:
    if content is None:
        return []
    charset = charset_of(content)
    if charset is None:
        return None
    return [line for line in _ENDS.split(content.decode(charset, errors="replace").replace("\r\n", "\n")) if line]


def _same(old: list[str], new: list[str]) -> int:
    """How many lines are equal from the start."""
    return next(
        (i for i, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )
