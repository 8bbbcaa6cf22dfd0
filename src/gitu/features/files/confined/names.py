"""Relative paths as people and models give them, into the names that are walked one by one.

The text is never compared with other paths: what keeps a path inside is the walk by descriptors. These rules
only refuse what could not mean anything good.
"""

import unicodedata

from gitu.features.files.errors import NameUnusable, PathOutside

LONGEST_NAME = 255
LONGEST_PATH = 4000
DEEPEST = 100
OWN_PREFIX = ".gitu-"
"""Names of what Gitu keeps in a folder itself: its trash, and files that are being written."""

Parts = tuple[str, ...]


def parse(path: str) -> Parts:
    """The names from the folder down; empty for the folder itself.

    Raises PathOutside for an absolute path or one with ``..``, NameUnusable for a name that is no name.
    """
    if path.startswith("/") or len(path.encode(errors="replace")) > LONGEST_PATH:
        raise PathOutside(path=shown(path))
    parts = tuple(part for part in path.split("/") if part not in ("", "."))
    if len(parts) > DEEPEST:
        raise PathOutside(path=shown(path))
    for part in parts:
        # macOS reads "..namedfork" below a file as its second content.
        if part in ("..", "..namedfork"):
            raise PathOutside(path=shown(path))
        if "\0" in part or not _encodes(part) or len(part.encode()) > LONGEST_NAME or is_own(part):
            raise NameUnusable(name=shown(part))
    return parts


def check_new(name: str) -> None:
    """Whether a name may be given to something new. Raises NameUnusable.

    Control and invisible characters deceive whoever reads a log, and two spellings of one name (composed and
    decomposed) look the same; what is there already under such a name can still be used.
    """
    odd = any(unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cs") for character in name)
    if odd or not unicodedata.is_normalized("NFC", name) or name != name.strip():
        raise NameUnusable(name=shown(name))


def is_own(name: str) -> bool:
    """Whether a name is Gitu's own, however a file system without case or with ignored characters spells it."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", name) if unicodedata.category(c) != "Cf")
    return plain.casefold().startswith(OWN_PREFIX)


def joined(parts: Parts) -> str:
    """The path as it is shown and logged; ``.`` for the folder itself."""
    return "/".join(parts) or "."


def shown(text: str) -> str:
    """A path for an error's sentence: short, and without characters that would turn the sentence around."""
    clean = "".join(c if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") else "\ufffd" for c in text)
    return clean if len(clean) <= 200 else f"{clean[:120]}…{clean[-60:]}"


def _encodes(part: str) -> bool:
    try:
        part.encode()
    except UnicodeEncodeError:
        return False
    return True
