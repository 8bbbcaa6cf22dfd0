"""Tiny models, made once and kept in build/, and nodes that serve them: real processes on loopback."""

import fcntl
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
DEMO, SLOW = "gitu-demo", "slow"
START_S = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it came over HTTP."""

    status: int
    headers: Mapping[str, str]  # names in small letters
    body: bytes

    @property
    def json(self) -> Any:  # Any: whatever stands in it
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of an error."""
        return self.json["error"]["code"]


def _lower(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


@dataclass(slots=True)
class NodeProcess:
    """A running ``gitu node``."""

    url: str
    process: subprocess.Popen[str]
    key: str | None = None
    log: list[str] = field(default_factory=list[str])

    def ask(
        self,
        path: str,
        body: object = None,
        *,
        method: str | None = None,
        key: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float = 60,
    ) -> Answer:
        """One request without a client's library, to see exactly what comes."""
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        sent = {"Content-Type": "application/json", **(headers or {})}
        if key or self.key:
            sent["Authorization"] = f"Bearer {key or self.key}"
        asked = urllib.request.Request(self.url + path, data, sent, method=method)
        try:
            with urllib.request.urlopen(asked, timeout=timeout) as found:
                return Answer(found.status, _lower(found.headers), found.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, _lower(error.headers), error.read())

    def status(self) -> str:
        """What /health says."""
        return self.ask("/health").json["status"]

    def metric(self, name: str) -> float:
        """The sum of a metric over its labels."""
        lines = self.ask("/metrics").body.decode().splitlines()
        return sum(float(line.rpartition(" ")[2]) for line in lines if line.partition("{")[0].partition(" ")[0] == name)

    def wait_until(self, status: str) -> None:
        """Until /health says so; fails after a minute."""
        wait_for(lambda: self.process.poll() is not None or self.status() == status)
        assert self.process.poll() is None, f"the node ended: {self.end()[1]}"

    def stop(self) -> None:
        """The first signal."""
        self.process.send_signal(signal.SIGTERM)

    def end(self) -> tuple[int, str]:
        """Wait for its end; its exit code, and its log."""
        _, err = self.process.communicate(timeout=60)
        return self.process.returncode, err


def wait_for(what: Any, limit_s: float = START_S) -> None:
    """Poll until it is so; fails after the limit, which is far above what it takes."""
    until = time.monotonic() + limit_s
    while True:
        try:
            if what():
                return
        except OSError:
            pass
        assert time.monotonic() < until, "it never came to that"
        time.sleep(0.02)


def free_port() -> int:
    """A port that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(**more: str) -> dict[str, str]:
    """This process's environment without settings of Gitu."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GITU_", "LC_", "LANG"))}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1", **more}


@contextmanager
def node(*options: str, key: str | None = None, port: int | None = None, ready: bool = True) -> Generator[NodeProcess]:
    """``gitu node`` with these options; killed when the block is left, unless it ended before."""
    port = port or free_port()
    variables = {} if key is None else {"GITU_NODE_KEY": key}
    with subprocess.Popen(
        [sys.executable, "-m", "gitu", "node", "--port", str(port), *options],
        env=environment(**variables),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        made = NodeProcess(f"http://127.0.0.1:{port}", process, key)
        try:
            if ready:
                made.wait_until("ready")
            yield made
        finally:
            if process.poll() is None:
                process.kill()


def run_node(*options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """``gitu node`` where it is expected to end by itself."""
    port = [] if "--port" in options else ["--port", str(free_port())]  # the usual one may be another test's
    return subprocess.run(
        [sys.executable, "-m", "gitu", "node", *options, *port],
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


# -- models ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def demo_model() -> Path:
    """The trained demo model (float32), which answers greetings in two languages."""
    return _made(DEMO, _train)


@pytest.fixture(scope="session")
def slow_model() -> Path:
    """Random weights that never end an answer, some milliseconds a token: to have something under way."""
    return _made(SLOW, _invent)


@pytest.fixture(scope="session")
def demo_node(demo_model: Path) -> Generator[NodeProcess]:
    """One node with the demo model for all tests of a process that leave it as it is."""
    with node("--model", str(demo_model), "--workers", "1") as made:
        yield made


def _made(name: str, make: Any) -> Path:
    """The folder of a model, made anew when the code that makes it has changed; other processes wait meanwhile."""
    sources = sorted((ROOT / "src" / "gitu_lab" / "demo_model").iterdir())
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources if path.is_file()))
    digest.update(Path(__file__).read_bytes())
    folder = ROOT / "build" / "tests-models" / f"{name}-{digest.hexdigest()[:12]}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "gitu-model.json").exists():
            make(folder)
    return folder


def _train(folder: Path) -> None:
    # In a process of its own, so that NumPy takes one thread: two test processes would fight over the cores.
    command = [sys.executable, "-m", "gitu_lab.demo_model", str(folder)]
    subprocess.run(command, env=environment(), check=True, capture_output=True, timeout=200)


def _invent(folder: Path) -> None:
    from gitu_lab.demo_model.saving import save
    from gitu_lab.demo_model.tokenizer import END, learn
    from gitu_lab.demo_model.training import conversations
    from gitu_lab.demo_model.transformer import Shape, initial

    tokenizer = learn((text for pair in conversations() for text in pair), 640)
    shape = Shape(vocabulary=tokenizer.get_vocab_size(), width=256, layers=6, heads=8, inner=704, context=16_384)
    weights = initial(shape, 1)
    weights["embedding"][tokenizer.token_to_id(END)] = 0  # never the likeliest
    save(folder, SLOW, shape, weights, tokenizer, "int8")
