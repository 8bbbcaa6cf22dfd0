"""`make dev`: what one edits is seen at once, in front of the real server."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from websockets.sync.client import connect

from tests.servers.base import ModelServer
from tests.servers.script import say
from tests.support.chat import connect as connect_model
from tests.support.chat import model
from tests.support.copies import copy
from tests.support.server import API, PASSWORD, Client

pytestmark = pytest.mark.slow

__all__ = ["copy", "model"]

ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 90.0
ANEW = "The source changed; starting the server anew."


@dataclass(frozen=True)
class Workshop:
    """A running `make dev` on a copy of the tree: where it is, and what it said."""

    tree: Path
    log: Path
    process: "subprocess.Popen[bytes]"

    def said(self, pattern: str, times: int = 1) -> str:
        """The last match of what it says, once it has said it so many times."""

        def found() -> bool:
            assert self.process.poll() is None, self.log.read_text(errors="replace")[-4000:]
            return len(re.findall(pattern, self.log.read_text(errors="replace"))) >= times

        eventually(found, self.log)
        return str(re.findall(pattern, self.log.read_text(errors="replace"))[-1])


def eventually(holds: Callable[[], bool], log: Path) -> None:
    """Wait until it holds; fails with the log."""
    deadline = time.monotonic() + LIMIT_S
    while not holds():
        assert time.monotonic() < deadline, log.read_text(errors="replace")[-4000:]
        time.sleep(0.1)


@pytest.fixture
def workshop(copy: Path, tmp_path: Path, database_url: str) -> Iterator[Workshop]:
    """`scripts/dev.py` as make starts it, with this checkout's packages."""
    modules = ROOT / "web" / "node_modules"
    if shutil.which("npm") is None or not modules.exists():
        pytest.skip("the web app's packages are not installed; run: make web")
    (copy / "web" / "node_modules").symlink_to(modules)
    log = tmp_path / "dev.log"
    environment = {
        **os.environ,
        "PYTHONPATH": str(copy / "src"),
        "GITU_HOME": str(tmp_path / "home"),
        "GITU_PORT": str(23_000 + os.getpid() % 2_000),
        "DATABASE_URL": database_url,
        "GITU_DISCOVER_MODELS": "false",
    }
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, copy / "scripts" / "dev.py"], cwd=copy, env=environment, stdout=out, stderr=out
        )
    try:
        yield Workshop(copy, log, process)
        process.send_signal(signal.SIGINT)
        assert process.wait(LIMIT_S) == 0, log.read_text(errors="replace")[-4000:]
    finally:
        process.kill()


def test_one_address_serves_the_edited_app_and_the_real_server_which_follows_its_source(
    workshop: Workshop, model: ModelServer
) -> None:
    link = workshop.said(r"(http://\S+/welcome#\S+)")
    url, _, token = link.partition("/welcome#")
    eventually(lambda: "/src/main.tsx" in read(url), workshop.log)

    # The owner signs in through the development server, and talks: by requests, a stream and a socket.
    amal = Client(url, origin=url)
    amal.post("/auth/setup", {"name": "Amal", "login": "amal", "password": PASSWORD, "token": token})
    connect_model(amal, model)  # pyright: ignore[reportArgumentType] - a person as far as it needs one
    model.script.then(say("Welcome to the workshop."))
    sent = amal.post("/messages", {"text": "Hello"})
    with amal.http.stream("GET", f"{API}/turns/{sent['turn']['id']}/events") as events:
        assert "Welcome" in "".join(events.iter_text())
    cookies = "; ".join(f"{name}={value}" for name, value in amal.http.cookies.items())
    headers = {"cookie": cookies}
    with connect(f"{url.replace('http', 'ws')}{API}/ws", origin=url, additional_headers=headers) as socket:  # pyright: ignore[reportArgumentType] - an origin is text
        assert '"ready"' in str(socket.recv(timeout=LIMIT_S))

    # An edit of the server is in effect when it is back, at the same address.
    package = workshop.tree / "src" / "gitu" / "kernel" / "__init__.py"
    package.write_text(re.sub(r'__version__ = ".*"', '__version__ = "0.1.0+edited"', package.read_text()))
    workshop.said(re.escape(ANEW))
    assert workshop.said(r"0\.1\.0\+edited is ready:\s+(\S+)") == url
    eventually(lambda: status(amal) == "0.1.0+edited", workshop.log)
    amal.http.close()


def read(url: str) -> str:
    """The page there; empty while nobody answers."""
    try:
        return httpx2.get(url, timeout=LIMIT_S, trust_env=False).text
    except httpx2.TransportError:
        return ""


def status(who: Client) -> str:
    """The version that the server says it has; empty while nobody answers."""
    try:
        answer = who.http.get(f"{API}/status")
    except httpx2.TransportError:
        return ""
    return str(answer.json()["version"]) if answer.status_code == 200 else ""
