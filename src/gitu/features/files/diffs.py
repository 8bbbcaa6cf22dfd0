"""What a change does to a text, as a unified diff that is never long."""

import difflib
from dataclasses import dataclass

from gitu.features.files.confined.text import charset_of

MOST_LINES = 400
LONGEST_LINE = 500
LONGEST_INPUT = 4_000
"""Lines that differ, beyond which the comparison would take too long (it grows with their square)."""


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
        shown += ["-" + line for line in removed[: MOST_LINES // 2]] + ["+" + line for line in added[: MOST_LINES // 2]]
        return Diff("\n".join(line[:LONGEST_LINE] for line in shown), len(added), len(removed), cut=True)
    return _unified(old, new, path, before, after)


def _unified(old: list[str], new: list[str], path: str, before: bytes | None, after: bytes | None) -> Diff:
    names = ("/dev/null" if before is None else f"a/{path}", "/dev/null" if after is None else f"b/{path}")
    added = removed = 0
    shown: list[str] = []
    cut = False
    for index, line in enumerate(difflib.unified_diff(old, new, *names, lineterm="")):
        if index >= 2:
            added += line.startswith("+")
            removed += line.startswith("-")
        if len(shown) < MOST_LINES:
            shown.append(line[:LONGEST_LINE])
            cut = cut or len(line) > LONGEST_LINE
        else:
            cut = True
    return Diff("\n".join(shown), added, removed, cut)


def _lines(content: bytes | None) -> list[str] | None:
    if content is None:
        return []
    charset = charset_of(content)
    if charset is None:
        return None
    return content.decode(charset, errors="replace").replace("\r\n", "\n").split("\n")


def _same(old: list[str], new: list[str]) -> int:
    """How many lines are equal from the start."""
    return next(
        (i for i, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )
