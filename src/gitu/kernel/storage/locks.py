"""Locks between processes that the operating system lets go of when their holder dies, however it dies."""

import contextlib
import os
import sys
import time
from collections.abc import Generator
from pathlib import Path


class FileLock:
    """An advisory lock on a file: shared by many holders, or exclusive to one.

    The lock belongs to the open file, so a child process that inherits the descriptor keeps holding it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._descriptor is not None

    def try_acquire(self, *, shared: bool = False) -> bool:
        """Take the lock if it is free right now; True when it was. Raises OSError."""
        assert self._descriptor is None, f"{self.path} is already locked by this object"
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        if _lock(descriptor, shared=shared):
            self._descriptor = descriptor
            return True
        os.close(descriptor)
        return False

    def acquire(self, *, shared: bool = False, timeout: float) -> None:
        """Take the lock, waiting `timeout` seconds at most. Raises TimeoutError."""
        deadline = time.monotonic() + timeout
        while not self.try_acquire(shared=shared):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.path} stayed locked by another process for {timeout:.0f} s")
            time.sleep(0.02)

    def release(self) -> None:
        """Let go. Closing, rather than unlocking, leaves the lock with a child that inherited it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def fileno(self) -> int:
        """The open file that carries the lock, for handing it to a child process."""
        assert self._descriptor is not None, f"{self.path} is not locked"
        return self._descriptor

    @contextlib.contextmanager
    def holding(self, *, shared: bool = False, timeout: float) -> Generator[None]:
        """Hold the lock for a block. Raises TimeoutError."""
        self.acquire(shared=shared, timeout=timeout)
        try:
            yield
        finally:
            self.release()

    def is_busy(self) -> bool:
        """Whether anybody holds the lock at this moment."""
        if self.held:
            return True
        if self.try_acquire():
            self.release()
            return False
        return True


if sys.platform == "win32":
    import msvcrt

    # Windows locks ranges of bytes: an exclusive holder takes all of them, a shared one any free one.
    _PLACES = 64

    def _lock(descriptor: int, *, shared: bool) -> bool:
        ranges = [(place, 1) for place in range(_PLACES)] if shared else [(0, _PLACES)]
        for start, length in ranges:
            os.lseek(descriptor, start, os.SEEK_SET)
            with contextlib.suppress(OSError):
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, length)
                return True
        return False

else:
    import fcntl

    def _lock(descriptor: int, *, shared: bool) -> bool:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
