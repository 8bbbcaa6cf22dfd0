"""Control groups: limits on memory, processes and processor time for a sandbox as a whole.

Used where Gitu may write them: version 1 (each controller has a tree of its own) or version 2. Elsewhere the limits of
single processes must do. A group that stays busy is tried again later; those of servers that were killed are removed
at the next start.
"""

import contextlib
import os
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

from gitu.features.sandbox.schemas import Limits

ROOT = Path("/sys/fs/cgroup")
PREFIX = "gitu-sandbox"
PERIOD_US = 100_000
PATIENCE_S = 2.0


@dataclass(frozen=True, slots=True)
class Group:
    """The folders of one sandbox's group: one for version 2, one for each controller for version 1."""

    folders: tuple[Path, ...]

    def add(self, pid: int) -> None:
        """Put a process, and what it starts from now on, into the group. Raises OSError."""
        for folder in self.folders:
            (folder / "cgroup.procs").write_text(str(pid))


@dataclass(frozen=True, slots=True)
class Controllers:
    """Where groups can be made. ``left`` are the folders that were still busy when they were to be removed."""

    version: int
    parents: dict[str, Path]
    left: set[Path] = field(default_factory=set[Path], compare=False)

    def make(self, number: int, limits: Limits) -> Group:
        """A new group with these limits; nothing is left of one that can't be made whole. Raises OSError."""
        folders = {kind: parent / group_name(number) for kind, parent in self.parents.items()}
        made: list[Path] = []
        try:
            for folder in dict.fromkeys(folders.values()):
                folder.mkdir()
                made.append(folder)
            settings = _settings_v1(limits) if self.version == 1 else _settings_v2(limits)
            for kind, files in settings.items():
                for file, value in files.items():
                    if kind in folders:
                        _write(folders[kind] / file, value)
        except OSError:
            self.remove(Group(tuple(made)))
            raise
        return Group(tuple(made))

    def remove(self, group: Group) -> None:
        """End what is left in the group and remove it. Blocks a moment; what stays busy is left to ``retry``."""
        self.left.update(folder for folder in group.folders if not _remove(folder, PATIENCE_S))

    def retry(self) -> None:
        """Try again to remove what was busy. Blocks a moment."""
        for folder in list(self.left):
            if _remove(folder, PATIENCE_S):
                self.left.discard(folder)

    def sweep(self) -> int:
        """Remove the groups of processes that live no more; how many."""
        swept = 0
        for parent in dict.fromkeys(self.parents.values()):
            for folder in parent.glob(f"{PREFIX}-*-*-*"):
                pid, started = folder.name.removeprefix(f"{PREFIX}-").split("-")[:2]
                if _started(int(pid)) != started:
                    swept += _remove(folder, PATIENCE_S)
        return swept


def find(root: Path = ROOT, own: Path = Path("/proc/self/cgroup")) -> Controllers | None:
    """The controllers that Gitu may use here, else None. Asks by making a group."""
    try:
        lines = [line.split(":", 2) for line in own.read_text().splitlines()]
    except OSError:
        return None
    paths = {kind: path for _, kinds, path in lines for kind in kinds.split(",")}
    if (root / "cgroup.controllers").exists():
        parents = _parents_v2(root, paths.get("", "/"))
        return Controllers(2, parents) if parents else None
    parents = {
        kind: folder
        for kind in ("memory", "pids", "cpu")
        if (root / kind).is_dir() and _writable(folder := root / kind / paths.get(kind, "/").lstrip("/"))
    }
    return Controllers(1, parents) if parents else None


def _parents_v2(root: Path, path: str) -> dict[str, Path]:
    """The root itself, or a group given to Gitu whose processes stand in a group below (systemd: DelegateSubgroup)."""
    mine = root / path.lstrip("/")
    for parent in (root, mine.parent, mine):
        wanted = {"memory", "pids", "cpu"} & set(_read(parent / "cgroup.controllers").split())
        if not wanted or not _writable(parent):
            continue
        for kind in wanted - set(_read(parent / "cgroup.subtree_control").split()):
            with contextlib.suppress(OSError):  # busy: processes stand in it
                _write(parent / "cgroup.subtree_control", f"+{kind}")
        enabled = wanted & set(_read(parent / "cgroup.subtree_control").split())
        if enabled:
            return dict.fromkeys(sorted(enabled), parent)
    return {}


def _settings_v1(limits: Limits) -> dict[str, dict[str, str]]:
    return {
        "memory": {
            "memory.limit_in_bytes": str(limits.memory_bytes),
            "memory.memsw.limit_in_bytes": str(limits.memory_bytes),
        },
        "pids": {"pids.max": str(limits.processes + 2)},  # bubblewrap and the agent
        "cpu": {"cpu.cfs_period_us": str(PERIOD_US), "cpu.cfs_quota_us": str(int(limits.cpus * PERIOD_US))},
    }


def _settings_v2(limits: Limits) -> dict[str, dict[str, str]]:
    return {
        "memory": {"memory.max": str(limits.memory_bytes), "memory.swap.max": "0"},
        "pids": {"pids.max": str(limits.processes + 2)},
        "cpu": {"cpu.max": f"{int(limits.cpus * PERIOD_US)} {PERIOD_US}"},
    }


def _write(file: Path, value: str) -> None:
    """Write a setting; one that this kernel lacks (accounting of swap) is passed over."""
    with contextlib.suppress(FileNotFoundError):
        descriptor = os.open(file, os.O_WRONLY)
        try:
            os.write(descriptor, value.encode())
        finally:
            os.close(descriptor)


def _writable(folder: Path) -> bool:
    probe = folder / f"{PREFIX}-probe-{os.getpid()}"
    try:
        probe.mkdir()
        probe.rmdir()
    except OSError:
        return False
    return True


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""


def _remove(folder: Path, patience_s: float) -> bool:
    """Whether the folder is gone, once its processes were ended."""
    until = time.monotonic() + patience_s
    while True:
        for pid in _read(folder / "cgroup.procs").split():
            if pid != "0":  # a process of another PID namespace: kill(0) would be our own group
                with contextlib.suppress(OSError):
                    os.kill(int(pid), signal.SIGKILL)
        try:
            folder.rmdir()
        except FileNotFoundError:
            return True
        except OSError:
            if time.monotonic() >= until:
                return False
            time.sleep(0.01)
        else:
            return True


def group_name(number: int) -> str:
    """The name of this process's group of that number: another process with its id started at another time."""
    return f"{PREFIX}-{os.getpid()}-{_started(os.getpid())}-{number}"


def _started(pid: int) -> str:
    """When a process started, in ticks since the machine's start; empty when there is none."""
    return (_read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split() or [""] * 20)[19]
