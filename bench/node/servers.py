"""The servers that are measured, each in a process of its own, on CPUs of its own where the system can do that."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.node.llama import PYTHON
from bench.servers import ROOT, environment

START_S = 60

_NODE = """
import json, sys
from pathlib import Path
from gitu_lab.serving.batching import Limits
from gitu_lab.serving.engine import EngineOptions
from gitu_lab.serving.node import NodeOptions, run
given = json.loads(sys.argv[1])
sys.exit(run(NodeOptions(model=Path(given["model"]), port=given["port"],
    engine=EngineOptions(device="cpu", compute_type=given["compute_type"], workers=given["workers"], threads=1),
    limits=Limits(**given["limits"]))))
"""


@dataclass(frozen=True, slots=True)
class Server:
    """One that is ready; ``ready_s`` is the time from its start until then."""

    port: int
    pid: int
    ready_s: float


@contextmanager
def node(
    model: Path, *, workers: int = 1, compute_type: str = "default", cpus: set[int] | None = None, **limits: float
) -> Generator[Server]:
    """A node over a folder; ``limits`` as in batching.Limits."""
    port = _free_port()
    given = {
        "model": str(model),
        "port": port,
        "workers": workers,
        "compute_type": compute_type,
        "limits": {"batch": 8, **limits},
    }
    command = [sys.executable, "-c", _NODE, json.dumps(given)]
    with _running(command, cpus) as (process, began):
        while not _answers(f"http://127.0.0.1:{port}/health"):
            _check(process, began)
            time.sleep(0.005)
        yield Server(port, process.pid, time.perf_counter() - began)


@contextmanager
def llama(model: Path, cpus: set[int] | None = None) -> Generator[Server]:
    """llama.cpp's server over a GGUF file, on one thread."""
    command = [str(PYTHON), str(ROOT / "bench" / "node" / "llama.py"), "serve", str(model), "1"]
    with _running(command, cpus) as (process, began):
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        while not _answers(f"{address}/health"):
            _check(process, began)
            time.sleep(0.005)
        yield Server(int(address.rpartition(":")[2]), process.pid, time.perf_counter() - began)


@contextmanager
def _running(command: list[str], cpus: set[int] | None) -> Generator[tuple[subprocess.Popen[str], float]]:
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        env=environment(),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    if cpus and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(process.pid, cpus)  # before it has threads, which take it over
    try:
        yield process, began
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _check(process: subprocess.Popen[str], began: float) -> None:
    if process.poll() is not None or time.perf_counter() - began > START_S:
        raise RuntimeError(f"{process.args} did not get ready")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
