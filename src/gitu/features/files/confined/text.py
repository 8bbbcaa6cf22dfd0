"""Bytes of a file as text and back, in the encoding it is kept in."""

import codecs
from dataclasses import dataclass

from gitu.features.files.confined.names import shown
from gitu.features.files.errors import FileBinary, FileNotEncodable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LOOKED_AT = 64 * 1024


@dataclass(frozen=True, slots=True)
class Text:
    """A text and the encoding that its bytes are in."""

    text: str
    charset: str


def charset_of(content: bytes) -> str | None:
    """The encoding of a text, judged by its beginning; None when it is no text.

    A byte order mark decides; else UTF-8 if it is valid; else what charset-normalizer finds most likely.
    """
    for mark, charset in _MARKS:
        if content.startswith(mark):
            return charset
    sample = content[:LOOKED_AT]
    if b"\0" in sample:
        return None
    try:
        # The last character may be cut in two.
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return _guessed(sample)
    return "utf-8"


def _guessed(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - its tables load only for old encodings

    best = from_bytes(sample).best()
    return best.encoding if best is not None else None


def decode(content: bytes, path: str) -> Text:
    """A whole file as text. Raises FileBinary."""
    charset = charset_of(content)
    if charset is None:
        raise FileBinary(path=shown(path))
    try:
        return Text(content.decode(charset), charset)
    except UnicodeDecodeError:
        raise FileBinary(path=shown(path)) from None


def decode_part(content: bytes, charset: str, path: str, *, last: bool) -> tuple[str, int]:
    """A stretch of a file as text, and how many of its bytes that was: a character cut in two is left for later.

    Raises FileBinary for bytes that are not text in ``charset``.
    """
    decoder = codecs.getincrementaldecoder(charset)()
    try:
        text = decoder.decode(content, final=last)
    except UnicodeDecodeError:
        raise FileBinary(path=shown(path)) from None
    pending = decoder.getstate()[0]
    return text, len(content) - len(pending)


def continuing(charset: str, head: bytes) -> str:
    """The encoding of a stretch that does not begin with the file's byte order mark ``head`` has."""
    if charset in ("utf-16", "utf-32"):
        little = head.startswith(codecs.BOM_UTF16_LE)
        return f"{charset}-{'le' if little else 'be'}"
    return "utf-8" if charset == "utf-8-sig" else charset


def encode(text: str, charset: str, path: str) -> bytes:
    """Raises FileNotEncodable."""
    try:
        return text.encode(charset)
    except (UnicodeEncodeError, LookupError):
        raise FileNotEncodable(path=shown(path), charset=charset) from None


def replaced(text: str, old: str, new: str, *, everywhere: bool) -> tuple[str, int]:
    """``text`` with ``old`` replaced, and how often it was there; nothing is replaced when that is not clear.

    Where the file's lines end in CR LF and the given text's in LF, both are taken in the file's way.
    """
    if old not in text and "\r\n" in text and "\r" not in old:
        old, new = old.replace("\n", "\r\n"), new.replace("\n", "\r\n")
    count = text.count(old)
    if count == 0 or (count > 1 and not everywhere):
        return text, count
    return text.replace(old, new), count
