"""The built web app in Chromium, over the program itself: ``gitu serve`` as its own process."""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import ViewportSize

STATIC = Path(__file__).parents[2] / "src/gitu/doors/http/static/index.html"
# The same browser without what only a window needs: the tests take two thirds of the time in it.
HEADLESS, WHOLE = "/usr/bin/chromium-headless-shell", "/usr/bin/chromium"
CHROMIUM = os.environ.get("CHROMIUM") or (HEADLESS if Path(HEADLESS).exists() else WHOLE)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START_S = 90
PHONE = ViewportSize(width=390, height=844)
DESKTOP = ViewportSize(width=1280, height=800)


@dataclass
class Program:
    """A running ``gitu serve``: its address, its home folder, what it printed."""

    url: str
    home: Path
    process: subprocess.Popen[bytes]
    log: Path
    database_url: str

    @property
    def owner_link(self) -> str:
        """The one-time link that it printed at its first start."""
        found = re.search(r"http://\S+/welcome#\S+", self.log.read_text())
        assert found is not None, self.log.read_text()
        return found.group()


def start_program(home: Path, database_url: str) -> Program:
    """Start the program on a free port and wait until it says that it is ready."""
    log = home / "serve.log"
    environment = {**os.environ, "GITU_HOME": str(home), "DATABASE_URL": database_url, "GITU_DISCOVER_MODELS": "false"}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "gitu", "serve", "--port", str(18_000 + os.getpid() % 2_000)],
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        ready = re.search(r"is ready:\s+(http://\S+)", log.read_text())
        if ready is not None and "Stop with" in log.read_text():
            return Program(ready[1], home, process, log, database_url)
        time.sleep(0.1)
    process.kill()
    raise AssertionError(f"gitu serve did not become ready:\n{log.read_text()}")
