"""Which files lie in a folder and how they look from outside: what tells that one was changed. Blocks."""

import os
import stat
from dataclasses import dataclass

from gitu.features.files.confined.failures import told_of
from gitu.features.files.confined.names import DEEPEST, Parts, is_own, joined
from gitu.features.files.confined.tree import Tree
from gitu.features.files.errors import PathLinked, PathNotFound


@dataclass(frozen=True, slots=True)
class Seen:
    """An ordinary file: bytes, times in nanoseconds. Equal means unchanged: the kernel alone sets ``changed_ns``."""

    size: int
    modified_ns: int
    changed_ns: int
    inode: int


def scan(tree: Tree, most: int) -> dict[str, Seen] | None:
    """The ordinary files by path; None where there are more than ``most`` names, or folders nested too deep.

    Links, devices, other disks, what Gitu keeps itself and names that are no text are passed over.
    """
    found: dict[str, Seen] = {}
    device = os.fstat(tree.root).st_dev
    names = 0
    waiting: list[Parts] = [()]
    while waiting:
        here = waiting.pop()
        if len(here) > DEEPEST - 1:
            return None
        try:
            with tree.folder(here) as opened, told_of(joined(here)), os.scandir(opened) as entries:
                for entry in entries:
                    names += 1
                    if names > most:
                        return None
                    if not is_own(entry.name) and _is_text(entry.name):
                        _look(entry, here, device, found, waiting)
        except (PathNotFound, PathLinked):  # gone, or another thing, while we looked
            continue
    return found


def _look(entry: "os.DirEntry[str]", here: Parts, device: int, found: dict[str, Seen], waiting: list[Parts]) -> None:
    try:
        facts = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return
    parts = (*here, entry.name)
    if stat.S_ISDIR(facts.st_mode) and facts.st_dev == device:
        waiting.append(parts)
    elif stat.S_ISREG(facts.st_mode):
        found[joined(parts)] = Seen(facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino)


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
