"""Random tokens that a scanner can recognise and a typing mistake can't survive, and their hashes.

The form is GitHub's: prefix, random part, CRC-32 of what stands before it, all in base 62, so that one
double click selects a whole token.
"""

import hashlib
import hmac
import re
import secrets
import zlib

__all__ = ["TOKEN_PATTERN", "derived_token", "hash_token", "is_well_formed", "new_token", "same_secret"]

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_RANDOM_DIGITS = 43  # 62**43 is just above 2**256
_CHECK_DIGITS = 6  # 62**6 is above 2**32

TOKEN_PATTERN = re.compile(rf"\bgitu_[a-z]{{1,16}}_[0-9A-Za-z]{{{_RANDOM_DIGITS + _CHECK_DIGITS}}}\b")
"""Matches every token of Gitu; logs are cleaned with it."""

_PREFIX = re.compile(r"gitu_[a-z]{1,16}")


def new_token(prefix: str) -> str:
    """A token of 256 random bits, such as ``gitu_pat_…`` for the prefix ``gitu_pat``. Safe in a URL.

    Raises ValueError for a prefix that is not ``gitu_`` and 1 to 16 small letters.
    """
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"{prefix!r} is not a token prefix such as gitu_pat.")
    start = f"{prefix}_{_base62(secrets.randbits(256), _RANDOM_DIGITS)}"
    return start + _checksum(start)


def derived_token(prefix: str, key: bytes) -> str:
    """The token that belongs to a secret ``key`` of 32 bytes: the same key always makes the same token."""
    start = f"{prefix}_{_base62(int.from_bytes(key), _RANDOM_DIGITS)}"
    return start + _checksum(start)


def is_well_formed(token: str, prefix: str | None = None) -> bool:
    """Whether a token has our form and checksum (and prefix): refuses before a query does."""
    if not TOKEN_PATTERN.fullmatch(token):
        return False
    start, check = token[:-_CHECK_DIGITS], token[-_CHECK_DIGITS:]
    return _checksum(start) == check and (prefix is None or token.startswith(prefix + "_"))


def hash_token(token: str) -> str:
    """SHA-256 of a token in hex, the only form in which one is stored.

    A fast hash is enough: 256 random bits can't be guessed, whatever guessing costs.
    """
    return hashlib.sha256(token.encode()).hexdigest()


def same_secret(one: str, other: str) -> bool:
    """Compare two secrets in a time that says nothing about where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def _checksum(text: str) -> str:
    return _base62(zlib.crc32(text.encode()), _CHECK_DIGITS)


def _base62(number: int, digits: int) -> str:
    written = ""
    for _ in range(digits):
        number, digit = divmod(number, len(_ALPHABET))
        written = _ALPHABET[digit] + written
    return written
