"""What others wrote, made harmless for a terminal: it may be coloured, and command nothing.

Escape sequences can set the clipboard, write into the window's title, hide lines, or ask the terminal a question whose
answer is typed into the person's shell. Colours pass, and what erases the rest of a line; all else is left out.
"""

import codecs
import re

MOST_KEPT = 4096
PASSES = re.compile(r"\x1b\[(?:[0-9;:]*m|[0-2]?K)")
_STRING = r"(?:\x1b[PX^_\]]|[\x90\x98\x9d\x9e\x9f])[^\x07\x1b\x9c\x18\x1a]*"
_CONTROL = r"(?:\x1b\[|\x9b)[0-?]*[ -/]*"
_TOKEN = re.compile(
    rf"(?P<open>(?:{_STRING}\x1b?|{_CONTROL}|\x1b[ -/]*)\Z)"
    rf"|{_STRING}(?:\x07|\x9c|\x1b\\|[\x18\x1a])|{_CONTROL}[@-~]|\x1b[ -/]*[0-~]"
    r"|[\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def plain(text: str) -> str:
    """Text for a terminal that commands nothing at all: control characters are shown as a sign."""
    return _ODD.sub("\N{REPLACEMENT CHARACTER}", text)


class Harmless:
    """A stream of output, piece by piece; a sequence that a piece cuts through is held until it is whole."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self.coloured = False

    def feed(self, data: bytes, *, final: bool = False) -> str:
        """What may be written of it."""
        text = self._held + self._decoder.decode(data, final)
        self._held = ""
        written: list[str] = []
        at = 0
        for found in _TOKEN.finditer(text):
            written.append(text[at : found.start()])
            at = found.end()
            if found["open"] is not None and not final:
                # Of a long one its beginning is enough: none that passes is so long.
                self._held = found[0] if len(found[0]) <= MOST_KEPT else found[0][:2]
            elif PASSES.fullmatch(found[0]):
                self.coloured = True
                written.append(found[0])
        return "".join((*written, text[at:]))
