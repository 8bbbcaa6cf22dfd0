"""Identifiers that sort by the time they were made, so that indexes stay dense (UUID version 7, RFC 9562)."""

import os
import threading
import time
from uuid import UUID

_VERSION_AND_VARIANT = 0x7 << 76 | 0x2 << 62
_MASK = ~(0xF << 76 | 0x3 << 62) & ((1 << 128) - 1)

_lock = threading.Lock()
_last = 0


def new_id() -> UUID:
    """A new UUIDv7: 48 bits of Unix milliseconds, then 74 random bits.

    Those of one process always grow, also within a millisecond: rows are listed by them.
    """
    global _last  # noqa: PLW0603 - the order is the process's
    value = (time.time_ns() // 1_000_000 << 80) | int.from_bytes(os.urandom(10))
    value = value & _MASK | _VERSION_AND_VARIANT
    with _lock:
        if value <= _last:
            # Into the low 62 random bits only; they would have to overflow before the order broke.
            value = _last + 1
        _last = value
    return UUID(int=value)
