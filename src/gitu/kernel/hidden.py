"""Characters that are not seen, written out, wherever somebody decides by reading.

Controls, joiners and direction marks, fillers, tags, and the selectors that can carry text: with them a path, a name or
a command could show as another, and in a terminal do worse. The web app has the same list (``web/src/ui/revealed.ts``).
"""

import re

_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def revealed(text: str) -> str:
    """The text with hidden characters as ``⟨U+202E⟩``; tabs and line breaks stay."""
    return _HIDDEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text.replace("\r\n", "\n"))
