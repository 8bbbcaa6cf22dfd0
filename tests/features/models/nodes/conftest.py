"""Nodes as they run on other machines: real `gitu node` processes, in front of model servers on loopback."""

import secrets
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager

import pytest

from gitu.kernel.auth.principal import Role
from tests.servers.base import ModelServer
from tests.servers.openai_compatible import openai_compatible
from tests.servers.script import Script, say
from tests.support.nodes import NodeProcess, free_port, node
from tests.support.server import GituServer, Json, Person

FROM_NODE, FROM_HERE = "from the node", "from here"


@pytest.fixture
def admin(gitu: GituServer) -> Person:
    """Somebody who may add nodes."""
    return gitu.person(Role.ADMIN)


@pytest.fixture
def name(admin: Person) -> Iterator[str]:
    """The name of this test's node; everyone would see it, so it goes with the test."""
    made = f"node-{secrets.token_hex(4)}"
    yield made
    if any(one["name"] == made for one in admin.get("/nodes", limit=100)["items"]):
        admin.delete(f"/nodes/{made}")


@pytest.fixture
def behind() -> Iterator[ModelServer]:
    """The model server behind the node."""
    with openai_compatible(Script(otherwise=say(FROM_NODE))) as server:
        yield server


@pytest.fixture
def here() -> Iterator[ModelServer]:
    """Another model, on this machine."""
    with openai_compatible(Script(otherwise=say(FROM_HERE))) as server:
        yield server


@contextmanager
def serving(behind: ModelServer, port: int | None = None, key: str | None = None) -> Generator[NodeProcess]:
    """A node in front of that server."""
    with node("--upstream", behind.url, port=port or free_port(), key=key) as made:
        yield made


def until(what: Callable[[], bool], limit_s: float = 10.0) -> float:
    """Wait until it is so; how many seconds that took. Fails after the limit."""
    began = time.monotonic()
    while not what():
        assert time.monotonic() - began < limit_s, "it never came to that"
        time.sleep(0.01)
    return time.monotonic() - began


def state_of(person: Person, name: str) -> str:
    """What the status says."""
    return str(person.get(f"/nodes/{name}/status")["state"])


def model_of(person: Person, name: str) -> str:
    """The id of the node's model."""
    found: list[Json] = [one for one in person.get("/models", limit=500)["items"] if one["connection_name"] == name]
    return str(found[0]["id"])
