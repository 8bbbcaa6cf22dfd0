"""A home folder for servers of a test's own, cleared away together with whatever still runs in it."""

import contextlib
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from gitu.kernel.db.embedded import EmbeddedPostgres
from gitu.kernel.storage.paths import Home
from tests.support.postgres import open_folder


@pytest.fixture
def home() -> Iterator[Home]:
    """An empty home folder."""
    folder = open_folder("gitu-home-")
    yield Home(folder / "home").create()
    for process in server_processes(folder):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    shutil.rmtree(folder)


@pytest.fixture
def make_server(home: Home) -> Iterator[Callable[[], EmbeddedPostgres]]:
    """Makes supervisors of the home's server; each stands for one process of Gitu."""
    made: list[EmbeddedPostgres] = []

    def make() -> EmbeddedPostgres:
        made.append(EmbeddedPostgres(home.postgres, home.run, outside=home.root.parent / "outside"))
        return made[-1]

    yield make
    for server in made:
        server.stop()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Path]:
    """A database folder as a first start leaves it, to be copied: making one takes seconds."""
    folder = open_folder("gitu-cluster-")
    home = Home(folder / "home").create()
    first = EmbeddedPostgres(home.postgres, home.run, outside=folder / "outside")
    first.start()
    first.stop()
    yield home.postgres
    shutil.rmtree(folder)


@pytest.fixture
def server(home: Home, cluster: Path, make_server: Callable[[], EmbeddedPostgres]) -> EmbeddedPostgres:
    """The supervisor of a server that was started and stopped before."""
    # With owners and modes: the data belongs to the server's user where root runs Gitu.
    subprocess.run(["cp", "-a", f"{cluster}/.", str(home.postgres)], check=True)
    return make_server()


def server_processes(folder: Path) -> list[psutil.Process]:
    """Every process that works in a folder: PostgreSQL's all stand in their data folder."""
    found: list[psutil.Process] = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.cwd().startswith(str(folder)) and process.name() == "postgres":
                found.append(process)
    return found


def kill_server(folder: Path) -> None:
    """`kill -9` of every server process, as a power cut for them."""
    processes = server_processes(folder)
    assert processes, "no server runs"
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    while any(alive(process) for process in processes):
        time.sleep(0.01)


def alive(process: psutil.Process) -> bool:
    """Whether a process still does anything; one that only waits to be buried does not."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False
