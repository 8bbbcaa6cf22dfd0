"""Folders to attack, each with a canary outside that nobody may read or write."""

import shutil
import subprocess
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gitu.features.files.confined.resolver import KernelResolver, PortableResolver, Resolver, best_resolver
from gitu.features.files.confined.tree import Tree

CANARY = "canary: nobody may read this\n"


@dataclass
class Ground:
    """``inside`` is the allowed folder; ``outside`` lies beside it and holds the canary."""

    inside: Path
    outside: Path
    resolver: Resolver

    def tree(self, *, linked_files: bool = False) -> Tree:
        """The allowed folder, opened."""
        return Tree.open(self.inside, linked_files=linked_files, resolver=self.resolver)

    def untouched(self) -> bool:
        """Whether what lies outside is as it was."""
        names = sorted(path.name for path in self.outside.iterdir())
        return names == ["canary.txt"] and (self.outside / "canary.txt").read_text() == CANARY


def lay_out(folder: Path, resolver: Resolver) -> Ground:
    """An allowed folder with a canary beside it."""
    folder = folder.resolve()
    (folder / "inside").mkdir()
    (folder / "outside").mkdir()
    (folder / "outside" / "canary.txt").write_text(CANARY)
    return Ground(folder / "inside", folder / "outside", resolver)


def resolvers() -> list[Resolver]:
    """Both ways of opening; only the portable one where the kernel has no openat2."""
    found: list[Resolver] = [PortableResolver()]
    if isinstance(best_resolver(), KernelResolver):
        found.append(KernelResolver())
    return found


@pytest.fixture(params=resolvers(), ids=lambda resolver: type(resolver).__name__)
def resolver(request: pytest.FixtureRequest) -> Resolver:
    """Every attack goes against both."""
    assert isinstance(request.param, (KernelResolver, PortableResolver))
    return request.param


@pytest.fixture
def ground(tmp_path: Path, resolver: Resolver) -> Ground:
    """A fresh folder and its canary."""
    return lay_out(tmp_path, resolver)


@pytest.fixture
def mounted() -> Generator[Callable[[Path], None]]:
    """Mounts a small disk of memory, where that is permitted."""
    done: list[Path] = []

    def mount(at: Path) -> None:
        if not _mount(at):
            pytest.skip("mounting is not permitted here")
        done.append(at)

    yield mount
    for at in done:
        subprocess.run(["umount", str(at)], check=True, timeout=60)


def _mount(at: Path) -> bool:
    command = shutil.which("mount")
    options = ["-t", "tmpfs", "-o", "size=1m", "tmpfs", str(at)]
    return command is not None and subprocess.run([command, *options], check=False, timeout=60).returncode == 0
