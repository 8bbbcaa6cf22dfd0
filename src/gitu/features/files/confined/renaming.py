"""Renaming that never replaces what is there, in one step where the system can."""

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from functools import cache

_LINUX_NOREPLACE = 1  # linux/fs.h, RENAME_NOREPLACE
_MACOS_EXCL = 4  # sys/stdio.h, RENAME_EXCL
_UNSUPPORTED = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM)


def rename_new(source: int, name: str, target: int, new_name: str) -> None:
    """Rename ``name`` in the folder ``source`` to ``new_name`` in ``target``.

    Raises FileExistsError when that name is taken. On file systems that can't do both at once it is looked at
    just before.
    """
    found = _call(source, name, target, new_name)
    if found is None or found in _UNSUPPORTED:
        try:
            os.stat(new_name, dir_fd=target, follow_symlinks=False)
        except FileNotFoundError:
            os.rename(name, new_name, src_dir_fd=source, dst_dir_fd=target)
            return
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    if found:
        raise OSError(found, os.strerror(found))


def _call(source: int, name: str, target: int, new_name: str) -> int | None:
    """0, an errno, or None where the system has no such call."""
    function, flag = _function()
    if function is None:
        return None
    done = function(source, os.fsencode(name), target, os.fsencode(new_name), flag)
    return 0 if done == 0 else ctypes.get_errno()


@cache
def _function() -> tuple[Callable[..., int] | None, int]:
    name, flag = ("renameatx_np", _MACOS_EXCL) if sys.platform == "darwin" else ("renameat2", _LINUX_NOREPLACE)
    function = getattr(ctypes.CDLL(None, use_errno=True), name, None)
    if function is not None:
        function.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    return function, flag
