"""The server as a program: it stops in order when it is asked to."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from gitu.kernel.db.embedded import EmbeddedPostgres
from gitu.kernel.storage.paths import Home
from tests.support.postgres import open_folder

pytestmark = pytest.mark.slow


@pytest.fixture
def home() -> Iterator[Home]:
    """A home folder of a test's own that the database's user can reach."""
    folder = open_folder("gitu-serve-")
    yield Home(folder / "home")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_asked_to_stop_takes_its_database_with_it(home: Home, number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "gitu", "serve"],
        env={**os.environ, "GITU_HOME": str(home.root), "GITU_DISCOVER_MODELS": "false"},
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stderr is not None
            assert any("is ready" in line for line in server.stderr), "the server did not start"
            assert home.server_file.exists()
            server.send_signal(number)
            server.communicate(timeout=30)
        finally:
            server.kill()
    assert server.returncode == 0
    assert not home.server_file.exists()
    assert not home.local_token_file.exists()
    assert not EmbeddedPostgres(home.postgres, home.run).is_running()
