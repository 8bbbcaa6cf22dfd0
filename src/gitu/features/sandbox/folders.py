"""Which folders of this machine may be shared with a sandbox, and that it gets exactly those."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from gitu.features.sandbox.errors import FolderRefused
from gitu.features.sandbox.launcher import open_exactly
from gitu.features.sandbox.reasons import because
from gitu.features.sandbox.schemas import WORKSPACE, SandboxSpec

SYSTEM = (
    "/bin",
    "/boot",
    "/dev",
    "/etc",
    "/lib",
    "/lib32",
    "/lib64",
    "/libx32",
    "/proc",
    "/root/.ssh",
    "/run",
    "/sbin",
)
SYSTEM_TOO = ("/sys", "/usr", "/var/lib", "/var/run", "/var/spool", "/var/log")
TARGETS_TAKEN = (
    "/bin",
    "/dev",
    "/etc",
    "/lib",
    "/lib32",
    "/lib64",
    "/libx32",
    "/proc",
    "/run",
    "/sbin",
    "/sys",
    "/usr",
)


@dataclass(frozen=True, slots=True)
class Shared:
    """A checked folder; ``device`` and ``inode`` tell whether the sandbox got this very one."""

    source: str
    target: str
    writable: bool
    device: int
    inode: int


def check(spec: SandboxSpec, protected: tuple[Path, ...], exempt: tuple[Path, ...] = ()) -> list[Shared]:
    """The folders of ``spec``, the workspace first. ``protected`` ones and what holds them are refused.

    Below ``exempt`` folders sharing is permitted even inside a protected one. Raises FolderRefused.
    """
    wanted = [(folder.source, folder.target, folder.writable) for folder in spec.folders]
    if spec.workspace is not None:
        wanted.insert(0, (spec.workspace, WORKSPACE, True))
    shared: list[Shared] = []
    for source, target, writable in wanted:
        _check_target(source, target, [one.target for one in shared])
        _check_place(source, protected, exempt)
        found = _identity(source)
        shared.append(Shared(str(source), target, writable, found.st_dev, found.st_ino))
    return shared


def _check_target(source: Path, target: str, taken: list[str]) -> None:
    path = PurePosixPath(target)
    normal = str(path) == target and path.is_absolute() and ".." not in path.parts and "\0" not in target
    if not normal or target == "/":
        raise FolderRefused(folder=str(source), reason=because("target-odd", target=target))
    if _within(target, TARGETS_TAKEN) or target in taken:
        raise FolderRefused(folder=str(source), reason=because("target-taken", target=target))


def _check_place(source: Path, protected: tuple[Path, ...], exempt: tuple[Path, ...]) -> None:
    name = str(source)
    if not source.is_absolute() or os.path.normpath(name) != name or "\0" in name:
        raise FolderRefused(folder=name, reason=because("path-odd"))
    if any(name == str(one) or name.startswith(f"{one}/") for one in exempt):
        return
    guarded = [*SYSTEM, *SYSTEM_TOO, *map(str, protected)]
    if _within(name, guarded) or any(_within(one, [name]) for one in guarded):
        raise FolderRefused(folder=name, reason=because("protected"))


def _within(path: str, folders: list[str] | tuple[str, ...]) -> bool:
    return any(path == folder or path.startswith(folder.rstrip("/") + "/") for folder in folders)


def _identity(source: Path) -> os.stat_result:
    try:
        descriptor = open_exactly(str(source))
    except NotADirectoryError:
        raise FolderRefused(folder=str(source), reason=because("link")) from None
    except OSError as error:
        raise FolderRefused(folder=str(source), reason=because("said", said=os.strerror(error.errno or 0))) from None
    try:
        found = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    if not stat.S_ISDIR(found.st_mode):
        raise FolderRefused(folder=str(source), reason=because("no-folder"))
    return found
