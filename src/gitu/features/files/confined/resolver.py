"""Opening something below an opened folder so that no link, race or trick leads out of it.

Linux does it in one call, openat2(2) with RESOLVE_BENEATH, RESOLVE_NO_SYMLINKS, RESOLVE_NO_MAGICLINKS and
RESOLVE_NO_XDEV. Elsewhere each name is opened from the descriptor of the one before it with O_NOFOLLOW.
Both raise plain OSErrors: ELOOP for a link, EXDEV for another disk.
"""

import ctypes
import errno
import os
import stat
import sys
from collections.abc import Sequence
from functools import cache
from typing import Protocol

from gitu.features.files.errors import FilesUnsupported

# linux/openat2.h
_RESOLVE_NO_XDEV = 0x01
_RESOLVE_NO_MAGICLINKS = 0x02
_RESOLVE_NO_SYMLINKS = 0x04
_RESOLVE_BENEATH = 0x08
_CONFINED = _RESOLVE_BENEATH | _RESOLVE_NO_SYMLINKS | _RESOLVE_NO_MAGICLINKS
_SYS_OPENAT2 = 437  # one number on every architecture: calls added since Linux 5.1 share it
_TRIES = 200

COMMON = os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_NONBLOCK", 0)
"""Every opening: never inherited, never through a link, never a terminal of ours, never waiting for a peer."""
FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)


class Resolver(Protocol):
    """A way to open ``parts`` below the folder ``root``; the descriptor returned is the caller's to close."""

    def open(self, root: int, parts: Sequence[str], flags: int, mode: int = 0, *, one_disk: bool = True) -> int:
        """Raises OSError: ELOOP for a link on the way, EXDEV for a mount point when ``one_disk``."""
        ...


class _How(ctypes.Structure):
    _fields_ = (("flags", ctypes.c_uint64), ("mode", ctypes.c_uint64), ("resolve", ctypes.c_uint64))


class KernelResolver:
    """openat2(2): the kernel itself refuses to leave the folder, whatever is renamed meanwhile."""

    def __init__(self) -> None:
        self._syscall = ctypes.CDLL(None, use_errno=True).syscall

    def open(self, root: int, parts: Sequence[str], flags: int, mode: int = 0, *, one_disk: bool = True) -> int:
        """One call; repeated while the kernel can't be sure because of renames (EAGAIN)."""
        # Without O_NOFOLLOW, so that a link at the end is told as one (ELOOP) also where a folder is asked for.
        how = _How((flags | COMMON) & ~os.O_NOFOLLOW, mode, _CONFINED | (_RESOLVE_NO_XDEV if one_disk else 0))
        path = os.fsencode("/".join(parts) or ".")
        for _ in range(_TRIES):
            found = self._syscall(
                ctypes.c_long(_SYS_OPENAT2),
                ctypes.c_int(root),
                ctypes.c_char_p(path),
                ctypes.byref(how),
                ctypes.c_size_t(ctypes.sizeof(how)),
            )
            if found >= 0:
                return int(found)
            number = ctypes.get_errno()
            if number not in (errno.EAGAIN, errno.EINTR):
                raise OSError(number, os.strerror(number))
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))


class PortableResolver:
    """Name by name with O_NOFOLLOW, each from the descriptor of its parent: a swapped name can only fail."""

    def open(self, root: int, parts: Sequence[str], flags: int, mode: int = 0, *, one_disk: bool = True) -> int:
        """As many calls as there are names."""
        device = os.fstat(root).st_dev if one_disk else None
        if not parts:
            return os.open(".", flags | COMMON, mode, dir_fd=root)
        here = root
        try:
            for name in parts[:-1]:
                deeper = _step(here, name, getattr(os, "O_PATH", os.O_RDONLY) | FOLDER, 0, device)
                if here != root:
                    os.close(here)
                here = deeper
            return _step(here, parts[-1], flags, mode, device)
        finally:
            if here != root:
                os.close(here)


def _step(parent: int, name: str, flags: int, mode: int, device: int | None) -> int:
    try:
        found = os.open(name, flags | COMMON, mode, dir_fd=parent)
    except NotADirectoryError:
        # With O_DIRECTORY a link is reported as "not a folder"; what it is decides the answer.
        if stat.S_ISLNK(os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from None
        raise
    except OSError as error:
        if error.errno == errno.EMLINK:  # FreeBSD's word for it
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from None
        raise
    if device is not None and os.fstat(found).st_dev != device:
        os.close(found)
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
    return found


@cache
def best_resolver() -> Resolver:
    """openat2 where the kernel has it and no filter forbids it, else the portable walk.

    Raises FilesUnsupported where files can't be opened by descriptor at all (Windows).
    """
    if os.open not in os.supports_dir_fd or not hasattr(os, "O_NOFOLLOW") or not hasattr(os, "O_DIRECTORY"):
        raise FilesUnsupported(what="files", system=sys.platform)
    if sys.platform == "linux":
        kernel = KernelResolver()
        root = os.open("/", FOLDER | os.O_CLOEXEC)
        try:
            os.close(kernel.open(root, (), FOLDER))
        except OSError:  # older than Linux 5.6, or filtered
            return PortableResolver()
        finally:
            os.close(root)
        return kernel
    return PortableResolver()
