"""Identifiers that sort by the time they were made, so that indexes stay dense (UUID version 7, RFC 9562)."""

import os
import threading
import time
from uuid import UUID

_VERSION_AND_VARIANT = 0x7 << 76 | 0x2 << 62
_MASK = ~(0xF << 76 | 0x3 << 62) & ((1 << 128) - 1)

_AT_ONCE = 100  # ids' worth of random bytes from one system call

_lock = threading.Lock()
_last = 0
_random = b""


def _forget_random() -> None:
    """A forked process must not make its parent's ids."""
    global _random  # noqa: PLW0603
    _random = b""


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_random)


def new_id() -> UUID:
    """A new UUIDv7: 48 bits of Unix milliseconds, then 74 random bits.

    Those of one process always grow, also within a millisecond: rows are listed by them.
    """
    global _last, _random  # noqa: PLW0603 - the order is the process's
    value = time.time_ns() // 1_000_000 << 80
    with _lock:
        if not _random:
            _random = os.urandom(10 * _AT_ONCE)
        value |= int.from_bytes(_random[-10:])
        _random = _random[:-10]
        value = value & _MASK | _VERSION_AND_VARIANT
        if value <= _last:
            # Into the low 62 random bits only; they would have to overflow before the order broke.
            value = _last + 1
        _last = value
    return UUID(int=value)
