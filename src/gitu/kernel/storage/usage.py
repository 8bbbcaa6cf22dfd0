"""How much a folder holds."""

import os
import stat

NAME_BYTES = 4096
"""The least that a name counts: an empty file takes room on a disk too."""
MOST_DEPTH = 100
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


def used_bytes(folder: int, limit: int) -> int | None:
    """The bytes of all that is in the folder with this descriptor; None as soon as they are more than ``limit``.

    Links are not followed, nor other disks entered. What can't be looked into (too deep, or closed even to Gitu)
    counts as more than any limit, so that nothing is hidden there. Blocks. Raises OSError.
    """
    opened = os.open(".", _FOLDER, dir_fd=folder)  # reading moves a descriptor's place, and this one may be shared
    try:
        used = _used(opened, limit, os.fstat(opened).st_dev, 0)
    finally:
        os.close(opened)
    return used if used <= limit else None


def _used(folder: int, limit: int, device: int, depth: int) -> int:
    if depth > MOST_DEPTH:
        return limit + 1
    total = 0
    below: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                facts = entry.stat(follow_symlinks=False)
            except FileNotFoundError:  # gone while it was counted
                continue
            total += max(NAME_BYTES, facts.st_size)
            if stat.S_ISDIR(facts.st_mode) and facts.st_dev == device:
                below.append(entry.name)
            if total > limit:
                return total
    for name in below:
        try:
            opened = os.open(name, _FOLDER, dir_fd=folder)
        except PermissionError:
            return limit + 1
        except OSError:  # gone, or another thing by now
            continue
        try:
            total += _used(opened, limit - total, device, depth + 1)
        finally:
            os.close(opened)
        if total > limit:
            return total
    return total
