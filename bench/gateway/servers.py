"""What is measured: the provider that answers at once, and the gateways before it, on CPUs of their own where possible.

The provider and the load generator are small C programs, compiled when they are first needed: in Python they would cost
more than what they measure.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import psutil

from bench.gateway import litellm
from bench.servers import ROOT, Gitu, environment

MODEL, SLOW_MODEL = "bench-model", "slow-model"
START_S = 90
PRICES = "".join(f'["{name}"]\ninput = 1\noutput = 2\n' for name in (MODEL, SLOW_MODEL))

_NGINX = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
    uwsgi_temp_path {folder}; scgi_temp_path {folder};
    keepalive_requests 1000000000;
    upstream provider {{ server 127.0.0.1:{upstream}; keepalive 1024; keepalive_requests 1000000000; }}
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        location / {{
            proxy_pass http://provider;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_buffering off;
        }}
    }}
}}
"""


@dataclass(frozen=True, slots=True)
class Target:
    """Whom to ask. ``pids``: its processes; none where they are not to be counted."""

    name: str
    port: int
    pids: Sequence[int] = ()
    key: str = "none"
    model: str = MODEL
    database_pids: Callable[[], Sequence[int]] = field(default=tuple)

    def rss(self) -> float:
        """Megabytes resident in its processes."""
        return sum(psutil.Process(pid).memory_info().rss for pid in self.pids) / 1e6


@cache
def cpus() -> tuple[set[int], set[int]] | None:
    """Those of what is measured, and those of all else; None where there is one only, or no way to say so."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    first, *others = sorted(os.sched_getaffinity(0))
    return ({first}, set(others)) if others else None


@cache
def program(name: str) -> Path:
    """A program of this folder, compiled. Raises RuntimeError where there is no C compiler."""
    source, place = Path(__file__).with_name(f"{name}.c"), ROOT / "build" / f"bench-{name}"
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise RuntimeError("make bench-gateway needs a C compiler (cc) for its load generator; install one")
    place.parent.mkdir(exist_ok=True)
    subprocess.run([compiler, "-O2", "-Wall", "-Werror", "-o", str(place), str(source)], check=True, timeout=60)
    return place


@contextmanager
def provider(pause_us: int = 0) -> Generator[Target]:
    """The provider that answers at once; pieces of its streams come ``pause_us`` apart."""
    port = free_port()
    with _running([str(program("upstream")), str(port), str(pause_us)], measured=False) as pid:
        _wait(port, "/v1/models", pid)
        yield Target("direct", port)


@contextmanager
def nginx(upstream: Target) -> Generator[Target | None]:
    """nginx with one worker, which passes everything on and looks at nothing; None where it is not installed."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="bench-nginx-") as name:
        folder, port = Path(name), free_port()
        folder.chmod(0o777)  # its worker is somebody else when root starts it
        (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, port=port, upstream=upstream.port))
        with _running([found, "-p", name, "-e", f"{name}/error.log", "-c", f"{name}/nginx.conf"]) as pid:
            _wait(port, "/v1/models", pid)
            yield Target("nginx", port, _tree(pid))


@contextmanager
def lite_llm(upstream: Target) -> Generator[Target | None]:
    """LiteLLM's proxy with one worker; None where it can't be installed."""
    if not litellm.set_up():
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="bench-litellm-") as folder:
        port = free_port()
        command = litellm.command(Path(folder), port, f"http://127.0.0.1:{upstream.port}/v1", MODEL)
        with _running(command, litellm.ENVIRONMENT) as pid:
            _wait(port, "/health/liveliness", pid)
            yield Target("LiteLLM", port, _tree(pid), key=litellm.KEY)


@contextmanager
def gitu(upstream: Target, slow: Target) -> Generator[Target]:
    """Gitu with all that its gateway does: a key with a scope and a rate, two hard budgets, another that steps in.

    ``slow`` has a model of its own.
    """
    with Gitu() as server:
        token = server.make_owner()
        (server.home.root / "prices.toml").write_text(PRICES)
        for name, behind, model in (
            ("First", upstream, MODEL),
            ("Second", upstream, MODEL),
            ("Slow", slow, SLOW_MODEL),
        ):
            server.call("POST", "/models/connections", _connection(name, behind, model), token)
        wanted = {"name": "Bench", "scopes": ["models:use"], "requests_per_minute": 1_000_000}
        made = server.call("POST", "/api-keys", wanted, token)
        for budget in ({"kind": "key", "subject": made["key"]["id"]}, {"kind": "person"}):
            server.call("POST", "/models/budgets", {**budget, "period": "day", "limit": "1000000"}, token)
        pin(measured=True, pids=[server.pid])
        pin(measured=False, pids=server.database_pids())
        yield Target("Gitu", server.port, [server.pid], made["secret"], MODEL, server.database_pids)


def _connection(name: str, upstream: Target, model: str) -> dict[str, object]:
    address = f"http://127.0.0.1:{upstream.port}/v1"
    return {"provider": "openai_compatible", "name": name, "base_url": address, "shared": True, "models": [model]}


@contextmanager
def _running(command: list[str], changes: dict[str, str] | None = None, *, measured: bool = True) -> Generator[int]:
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, env=environment(**changes or {}), cwd=ROOT, stdout=said, stderr=said)
        pin(measured=measured, pids=[process.pid])  # before it has threads and children, which take it over
        try:
            yield process.pid
        except RuntimeError:
            said.seek(0)
            print(said.read()[-4_000:].decode("utf-8", "replace"))
            raise
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def pin(*, measured: bool, pids: Sequence[int]) -> None:
    """Give processes, with all their threads, the CPUs of what is measured, or the others."""
    chosen = cpus()
    if chosen is None:
        return
    for pid in pids:
        for thread in psutil.Process(pid).threads():
            os.sched_setaffinity(thread.id, chosen[0] if measured else chosen[1])


def _tree(pid: int) -> list[int]:
    return [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]


def _wait(port: int, path: str, pid: int) -> None:
    """Until it answers. Raises RuntimeError when it ends, or takes too long."""
    began = time.monotonic()
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            ended = psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
            if ended or time.monotonic() - began > START_S:
                raise RuntimeError(f"what should answer at {port} did not start") from None
            time.sleep(0.02)


def free_port() -> int:
    """A port that nobody has right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
