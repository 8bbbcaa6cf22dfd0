"""Who a process is among those that share the jobs: the application's name, and each executor's lock."""

import zlib

APPLICATION = "gitu"
EXECUTOR_LOCKS = 4242  # the first number of every executor's advisory lock; the second is its id's CRC


def executor_lock(executor_id: str) -> tuple[int, int]:
    """The two numbers (32 bits, signed) of the advisory lock that an executor holds while it lives."""
    crc = zlib.crc32(executor_id.encode())
    return EXECUTOR_LOCKS, crc - (1 << 32) if crc >= 1 << 31 else crc
