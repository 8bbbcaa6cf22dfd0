"""Identifiers that sort by the time they were made, so that indexes stay dense (UUID version 7, RFC 9562)."""

import os
import threading
import time
from uuid import UUID, SafeUUID

_VERSION_AND_VARIANT = 0x7 << 76 | 0x2 << 62
_VERSION_AND_VARIANT_BITS = 0xF << 76 | 0x3 << 62
_RANDOM = ~_VERSION_AND_VARIANT_BITS & ((1 << 80) - 1)

_AT_ONCE = 100  # ids' worth of random bytes from one system call

# UUID(int=value) in a quarter of the time: its own looks at six arguments first, and ids are made at every request.
_new, _UNKNOWN = object.__new__, SafeUUID.unknown
_set_int, _set_safe = UUID.__dict__["int"].__set__, UUID.__dict__["is_safe"].__set__
_lock = threading.Lock()
_last = 0
_low: list[int] = []  # the lower 80 bits of ids to come


def _forget_random() -> None:
    """A forked process must not make its parent's ids."""
    _low.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_random)


def new_id() -> UUID:
    """A new UUIDv7: 48 bits of Unix milliseconds, then 74 random bits.

    Those of one process always grow, also within a millisecond: rows are listed by them.
    """
    global _last  # noqa: PLW0603 - the order is the process's
    milliseconds = time.time_ns() // 1_000_000
    with _lock:
        if not _low:
            data = os.urandom(10 * _AT_ONCE)
            _low.extend(
                int.from_bytes(data[start : start + 10]) & _RANDOM | _VERSION_AND_VARIANT
                for start in range(0, len(data), 10)
            )
        value = milliseconds << 80 | _low.pop()
        if value <= _last:
            # Into the low 62 random bits only; they would have to overflow before the order broke.
            value = _last + 1
        _last = value
    made = _new(UUID)
    _set_int(made, value)
    _set_safe(made, _UNKNOWN)
    return made
