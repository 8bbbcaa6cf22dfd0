"""Folders of the server's machine that nobody may be given: Gitu's own and its program, the system's, those with keys.

They are compared by device and inode, never by name: no case, no spelling, no link and no bind mount makes one
of them look like another.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from gitu.features.files.confined.names import shown
from gitu.features.files.errors import FolderForbidden, FolderNotFound
from gitu.kernel.settings import default_home

_SYSTEM = ("/proc", "/sys", "/dev", "/run", "/boot", "/etc", "/var/lib/docker", "/System", "/private/etc", "/Library")
_WITH_KEYS = (".ssh", ".gnupg", ".gitu", ".aws", ".kube", ".docker", ".password-store", ".local/share/keyrings")
_Identity = tuple[int, int]


def real_folder(path: str) -> Path:
    """The folder itself, links resolved. Raises FolderNotFound for what is no folder given by a full path."""
    if not path.startswith("/") or "\0" in path:
        raise FolderNotFound(path=shown(path))
    try:
        real = Path(path).resolve(strict=True)
        os.close(os.open(real, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC))
    except (OSError, RuntimeError, ValueError):
        raise FolderNotFound(path=shown(path)) from None
    return real


def check(path: Path, home: Path) -> None:
    """Raises FolderForbidden when ``path`` is, holds or lies in a protected folder; ``home`` is Gitu's."""
    above = _line_of(path)
    for protected in _all(home):
        line = _line_of(protected)
        if line and (line[0] in above or (above and above[0] in line)):
            raise FolderForbidden(path=shown(str(path)), protected=str(protected), scope="files:admin")


def apart_from(root: Path, home: Path) -> bool:
    """Whether a folder neither is, holds nor lies in Gitu's home, which may have been moved since it was allowed."""
    mine, theirs = _line_of(home), _line_of(root)
    return not (mine and theirs and (mine[0] in theirs or theirs[0] in mine))


def _line_of(path: Path) -> list[_Identity]:
    """The folder and all above it, by identity; empty when it is not there."""
    found: list[_Identity] = []
    try:
        for folder in (path, *path.parents):
            facts = folder.stat()
            found.append((facts.st_dev, facts.st_ino))
    except OSError:
        return []
    return found


def _all(home: Path) -> Iterator[Path]:
    """Every protected folder that is there, by its real path."""
    # Whoever can write into the program's own folders can have the server run anything.
    program = (Path(__file__).parents[2], Path(sys.prefix), Path(sys.base_prefix, "lib"))
    named = [home, default_home(), *program, *(Path(one) for one in _SYSTEM)]
    named += [user / one for user in _homes() for one in _WITH_KEYS]
    for one in named:
        try:
            yield one.resolve(strict=True)
        except (OSError, RuntimeError):
            continue


def _homes() -> set[Path]:
    homes = {Path.home()}
    try:
        import pwd  # noqa: PLC0415 - not on Windows
    except ImportError:
        return homes
    # Of accounts that people use; those of services have folders like / or /bin.
    for user in pwd.getpwall():
        if user.pw_uid == 0 or user.pw_uid >= 500:
            homes.add(Path(user.pw_dir))
    return homes
