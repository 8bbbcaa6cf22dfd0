"""The processes that are measured: Gitu itself in a home folder of its own, and a loopback model."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Self

import psutil

from gitu.kernel.storage.paths import Home

ROOT = Path(__file__).resolve().parent.parent
LOGIN, PASSWORD = "bench", "a long enough passphrase for measuring"
START_S = 60
MODEL = "bench-model"
# A shell's own settings must not change what is measured.
_OWN = (
    "GITU_",
    "DATABASE_URL",
    "OPENAI_",
    "ANTHROPIC_",
    "GOOGLE_",
    "GEMINI_",
    "MISTRAL_",
    "GROQ_",
    "OPENROUTER_",
    "AWS_",
)


def environment(**changes: str) -> dict[str, str]:
    """The environment of a measured process: this one's without settings of Gitu and of model providers."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OWN)}
    return {**kept, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", **changes}


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes of 1,000,000 bytes, as the kernel counts them."""

    rss: float
    pss: float


def memory_of(*pids: int) -> Memory:
    """Resident and proportional memory of processes, summed."""
    rss = pss = 0
    for pid in pids:
        found = psutil.Process(pid).memory_full_info()
        rss += found.rss
        pss += found.pss
    return Memory(rss / 1e6, pss / 1e6)


def cpu_seconds(pid: int) -> float:
    """The CPU time a process has used."""
    used = psutil.Process(pid).cpu_times()
    return used.user + used.system


class Gitu:
    """``gitu serve`` in a process of its own. ``ready_s``: from its start to the first 200 of /health/ready."""

    def __init__(self, home: Path | None = None) -> None:
        self.home = Home(home or Path(tempfile.mkdtemp(prefix="gitu-bench-")))
        self.home.root.chmod(0o711)  # the database server's user must pass when root measures
        self.ready_s = 0.0
        self.port = 0
        self._log = self.home.root / "bench.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        """Start, and wait until it is ready."""
        self.port = free_port()
        command = [sys.executable, "-m", "gitu", "serve", "--port", str(self.port)]
        env = environment(GITU_HOME=str(self.home.root), GITU_LOG_LEVEL="warning")
        began = time.perf_counter()
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(command, env=env, stderr=log, stdout=log, cwd=ROOT)
        while not self._ready():
            if self._process.poll() is not None or time.perf_counter() - began > START_S:
                raise RuntimeError(f"Gitu did not start: {self._log.read_text()[-2_000:]}")
            time.sleep(0.005)
        self.ready_s = time.perf_counter() - began
        return self

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health/ready", timeout=5) as answer:
                return answer.status == 200
        except (OSError, urllib.error.URLError):
            return False

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The server's process."""
        assert self._process is not None
        return self._process.pid

    def database_pids(self) -> list[int]:
        """The processes of its PostgreSQL."""
        postmaster = int((self.home.postgres / "data" / "postmaster.pid").read_text().split()[0])
        return [postmaster, *(child.pid for child in psutil.Process(postmaster).children(recursive=True))]

    def database_url(self) -> str:
        """The address of its database, with the password."""
        password = (self.home.postgres / "password").read_text().strip()
        port = json.loads((self.home.postgres / "server.json").read_text())["port"]
        return f"postgresql://gitu:{password}@127.0.0.1:{port}/gitu"

    def make_owner(self) -> str:
        """Make the owner with the link that was printed; returns an access token."""
        deadline = time.monotonic() + 10
        while not (found := re.search(r"/welcome#(\S+)", self._log.read_text())):
            if time.monotonic() > deadline:
                raise RuntimeError("Gitu printed no owner link")
            time.sleep(0.02)
        account = {"token": found[1], "name": "Bench", "login": LOGIN, "password": PASSWORD}
        self.call("POST", "/auth/setup", account)
        return self.sign_in()

    def sign_in(self) -> str:
        """An access token of the owner; it lasts a quarter of an hour."""
        return str(self.call("POST", "/auth/tokens", {"login": LOGIN, "password": PASSWORD})["access_token"])

    def call(self, method: str, path: str, body: object = None, token: str | None = None) -> Any:  # Any: JSON
        """One request below /api/v1; raises RuntimeError with the answer unless it is a 2xx."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"content-type": "application/json"}
        if token is not None:
            headers["authorization"] = f"Bearer {token}"
        connection.request(method, f"/api/v1{path}", json.dumps(body) if body is not None else None, headers)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {data.decode()[:500]}")
        return json.loads(data) if data else None

    def connect_model(self, token: str, url: str) -> None:
        """Connect the loopback model."""
        wanted = {"provider": "openai_compatible", "name": "Loopback", "base_url": url, "shared": True}
        self.call("POST", "/models/connections", wanted, token)

    def stop(self) -> None:
        """Stop as Ctrl-C does."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = None

    def remove(self) -> None:
        """Stop, and remove the home folder."""
        self.stop()
        data = (self.home.postgres / "data").resolve()
        shutil.rmtree(self.home.root, ignore_errors=True)
        shutil.rmtree(data, ignore_errors=True)  # elsewhere when root measures

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.remove()


class LoopbackModel:
    """The tests' OpenAI-compatible server in a process of its own; it answers at once."""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "bench.model"]
        self._process = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert self._process.stdout is not None
        self.root = self._process.stdout.readline().strip()
        if not self.root:
            raise RuntimeError("the loopback model did not start")
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    @property
    def port(self) -> int:
        """Its port on 127.0.0.1."""
        return int(self.root.rsplit(":", 1)[1])

    @property
    def url(self) -> str:
        """The base address as providers give it."""
        return f"{self.root}/v1"

    def requests(self) -> list[dict[str, Any]]:
        """What it was asked so far: bytes of each body, and the names of the tools in it."""
        with urllib.request.urlopen(f"{self.root}/asked", timeout=10) as answer:
            return json.load(answer)


def free_port() -> int:
    """A port that nobody has right now."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
