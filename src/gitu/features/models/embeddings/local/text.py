"""How text is made even before it is embedded: what readers take for the same word becomes the same letters."""

import re
import unicodedata

# Vowel signs and the tatweel: what is set on or between Arabic letters without changing the word.
_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]")
# Letters that writers exchange for each other, after the marks are off; the last four are Persian forms.
_LETTERS = str.maketrans(
    {"ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ء": None, "ی": "ي", "ک": "ك", "گ": "ك", "پ": "ب"}
)
_WORD = re.compile(r"[^\W_]+")


def without_marks(text: str) -> str:
    """The text without Arabic vowel signs and tatweel; everything else as it was."""
    return _MARKS.sub("", text)


def normalised(text: str) -> str:
    """Letters in one form: small, without accents or vowel signs, hamza carriers plain, digits ASCII.

    Idempotent. Compatibility decomposition does most of it: alef with hamza or madda is alef and a mark.
    """
    before = ""
    while before != text:  # folding may bring forth what decomposes once more; twice is the most for what is assigned
        before = text
        decomposed = unicodedata.normalize("NFKD", text).casefold()
        kept = (one for one in decomposed if unicodedata.category(one) not in ("Mn", "Me", "Cf"))
        text = "".join(kept).translate(_LETTERS)
        text = "".join(map(_digit, text)) if not text.isascii() else text
    return text


def words_of(text: str) -> list[str]:
    """The words and numbers of a text, normalised, in order."""
    return _WORD.findall(normalised(_MARKS.sub("", text)))


def _digit(letter: str) -> str:
    value = unicodedata.decimal(letter, None)
    return letter if value is None else str(value)
