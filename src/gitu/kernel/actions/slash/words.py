"""Text into words as a shell does it, with Arabic and typographic quotes and raw JSON too.

Unlike a shell, a quotation mark in the middle of a word (``don't``) is just a letter: it opens a quotation
at a word's start, after ``=``, ``,`` or ``:``, and right behind another quotation.
"""

import json
from dataclasses import dataclass

from gitu.kernel.actions.slash.errors import CommandTooLong, CommandUnreadable

MOST_CHARACTERS = 20_000
CLOSING = {'"': '"', "'": "'", "«": "»", "“": "”"}
_OPENS_AFTER = frozenset("=,:")
# Each failed attempt at JSON costs a scan, so a line of nothing but brackets gets only a few.
_MOST_JSON_FAILURES = 16
_decoder = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Word:
    """One word without its quotes. The first ``bare`` characters of ``text`` stood outside quotes."""

    text: str
    start: int
    end: int
    bare: int
    closed: bool = True

    @property
    def is_bare(self) -> bool:
        """Whether no part of it was quoted or escaped."""
        return self.bare == len(self.text)

    def after(self, count: int) -> "Word":
        """The word without its first ``count`` characters."""
        return Word(self.text[count:], self.start, self.end, max(0, self.bare - count), self.closed)


def split(text: str, *, lenient: bool = False) -> list[Word]:
    """The words of ``text``. Raises CommandTooLong or, unless ``lenient``, CommandUnreadable."""
    if len(text) > MOST_CHARACTERS:
        raise CommandTooLong(limit=MOST_CHARACTERS)
    return _Splitter(text, lenient).words()


class _Splitter:
    def __init__(self, text: str, lenient: bool) -> None:
        self._text = text
        self._lenient = lenient
        self._at = 0
        self._json_failures = 0

    def words(self) -> list[Word]:
        found: list[Word] = []
        while True:
            while self._at < len(self._text) and self._text[self._at].isspace():
                self._at += 1
            if self._at >= len(self._text):
                return found
            found.append(self._word())

    def _word(self) -> Word:
        text, start = self._text, self._at
        parts: list[str] = []
        length = 0
        bare: int | None = None  # None while everything so far stood outside quotes
        opens, closed = True, True
        while self._at < len(text) and not text[self._at].isspace():
            char = text[self._at]
            if char in CLOSING and opens:
                bare = length if bare is None else bare
                piece, closed = self._quotation(CLOSING[char])
                opens = True
            elif char == "\\" and self._at + 1 < len(text):
                bare = length if bare is None else bare
                piece = text[self._at + 1]
                self._at += 2
                opens = False
            elif char in "{[" and (not parts or parts[-1] == "=") and (raw := self._json()):
                piece, opens = raw, False
            else:
                piece = char
                self._at += 1
                opens = char in _OPENS_AFTER
            parts.append(piece)
            length += len(piece)
        return Word("".join(parts), start, self._at, length if bare is None else bare, closed)

    def _quotation(self, closing: str) -> tuple[str, bool]:
        text, opened = self._text, self._at
        self._at += 1
        parts: list[str] = []
        while self._at < len(text):
            char = text[self._at]
            if char == closing:
                self._at += 1
                return "".join(parts), True
            # As in a shell, a backslash means itself between single quotes.
            if char == "\\" and closing != "'" and text[self._at + 1 : self._at + 2] in ("\\", closing):
                self._at += 1
                char = text[self._at]
            parts.append(char)
            self._at += 1
        if not self._lenient:
            raise CommandUnreadable(mark=text[opened], position=opened + 1)
        return "".join(parts), False

    def _json(self) -> str | None:
        if self._json_failures >= _MOST_JSON_FAILURES:
            return None
        try:
            _, end = _decoder.raw_decode(self._text, self._at)
        except (ValueError, RecursionError):
            self._json_failures += 1
            return None
        if end < len(self._text) and not self._text[end].isspace():
            return None
        raw = self._text[self._at : end]
        self._at = end
        return raw


def quoted(text: str) -> str:
    """``text`` so that it is read back as one word, and not as an option, a name or JSON."""
    if text and all(char.isalnum() or char in "_-./@+%,:" for char in text) and text[0] != "-" and text != "null":
        return text
    return "'" + text.replace("'", "'\"'\"'") + "'"
