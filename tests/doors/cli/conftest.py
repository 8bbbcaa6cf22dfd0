"""A fresh home for each test that asks, and one with a server, an owner and a model for those that talk."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers.base import ModelServer
from tests.servers.openai_compatible import OpenAICompatible
from tests.servers.script import Script
from tests.support.postgres import TestServer
from tests.support.terminal import PASSWORD, Installation


@pytest.fixture
def fresh(tmp_path: Path) -> Installation:
    """A machine on which nothing was set up yet."""
    return Installation(tmp_path)


@dataclass(frozen=True)
class Talking:
    """A running server with the owner sara and a loopback model."""

    gitu: Installation
    model: ModelServer

    @property
    def script(self) -> Script:
        """What the model says."""
        return self.model.script


@pytest.fixture(scope="session")
def running(postgres_server: TestServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talking]:
    """Made once for all tests of a worker."""
    folder = tmp_path_factory.mktemp("gitu")
    url = postgres_server.create_database()
    gitu = Installation(folder, {"DATABASE_URL": url})
    with ModelServer(OpenAICompatible(), keys=["sk-right"]) as model:
        address = ["--model-url", f"{model.url}/v1", "--model-key-stdin"]
        done = gitu.run("setup", "--owner", "sara", "--password-stdin", *address, piped=f"{PASSWORD}\nsk-right\n")
        assert done.code == 0, done.out + done.err
        yield Talking(gitu, model)
        gitu.stop()
    postgres_server.drop_database(url)


@pytest.fixture
def talking(running: Talking) -> Talking:
    """The shared installation, with a model that has nothing prepared."""
    running.script.queue.clear()
    running.script.asked.clear()
    if running.gitu.server_pid() is None:
        assert running.gitu.run("status").code == 0
    return running
