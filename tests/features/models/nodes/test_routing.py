"""A node that dies is left out within two seconds, no request fails for it, and it is used again when it is back."""

import os
import signal
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx2
import pytest

from tests.features.models.nodes.conftest import FROM_HERE, FROM_NODE, model_of, serving, state_of, until
from tests.servers.base import ModelServer
from tests.servers.script import say
from tests.support.chat import Chat
from tests.support.nodes import NodeProcess, free_port
from tests.support.server import GituServer, Json, Person

SOON_S = 2.0


@dataclass
class Asker:
    """A program that goes on asking the gateway; ``answers`` holds when each answer came, and what it was."""

    url: str
    key: str
    model: str
    answers: list[tuple[float, str]] = field(default_factory=list[tuple[float, str]])

    def ask(self, timeout: float = 20, **more: Json) -> str:
        """The words of one answer, or why there is none."""
        body = {"model": self.model, "messages": [{"role": "user", "content": "Hello"}], **more}
        headers = {"authorization": f"Bearer {self.key}"}
        with httpx2.Client(trust_env=False, timeout=timeout) as client:
            answer = client.post(f"{self.url}/v1/chat/completions", json=body, headers=headers)
        said = answer.json()
        return str(said["choices"][0]["message"]["content"] if answer.status_code == 200 else said["error"]["message"])

    @contextmanager
    def asking(self) -> Generator[None]:
        """Ask all the time until the block ends."""
        over = threading.Event()

        def on_and_on() -> None:
            while not over.is_set():
                said = self.ask()
                self.answers.append((time.monotonic(), said))
                time.sleep(0.01)

        thread = threading.Thread(target=on_and_on)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join(30)

    def until(self, said: str, since: float) -> float:
        """Wait for the first answer of these words after ``since``; how long after it came."""
        until(lambda: any(at > since and words == said for at, words in self.answers))
        return next(at for at, words in self.answers if at > since and words == said) - since


Added = Callable[[NodeProcess], str]


@pytest.fixture
def added(admin: Person, here: ModelServer, name: str) -> Added:
    """Adds a node for the admin, with the model on this machine to step in for it; returns its model."""

    def add(node: NodeProcess) -> str:
        admin.post("/nodes", {"name": name, "address": node.url, **({"api_key": node.key} if node.key else {})})
        body = {"provider": "openai_compatible", "base_url": f"{here.url}/v1", "name": "Here"}
        local = admin.post("/models/connections", body)
        model = model_of(admin, name)
        admin.put("/models/defaults", {"default": model, "fallbacks": [f"{local['id']}/test-model"]})
        until(lambda: state_of(admin, name) == "up")
        return model

    return add


def program(person: Person, server: GituServer, model: str) -> Asker:
    """A program with a key of the person's at one of the servers."""
    made = person.post("/api-keys", {"name": "p", "scopes": ["models:use"], "requests_per_minute": 100_000})
    return Asker(server.url, str(made["secret"]), model)


def test_a_killed_node_fails_no_request_and_is_used_again_when_it_is_back(
    gitu: GituServer, admin: Person, behind: ModelServer, added: Added, name: str
) -> None:
    port = free_port()
    with gitu.twin() as other, serving(behind, port) as node:
        model = added(node)
        askers = [program(admin, server, model) for server in (gitu, other)]
        with askers[0].asking(), askers[1].asking():
            for one in askers:
                one.until(FROM_NODE, 0)
            killed = time.monotonic()
            os.kill(node.process.pid, signal.SIGKILL)
            away = [one.until(FROM_HERE, killed) for one in askers]
            noticed = until(lambda: state_of(admin, name) == "down")
            with serving(behind, port) as again:
                assert again.status() == "ready"
                ready = time.monotonic()
                back = [one.until(FROM_NODE, ready) for one in askers]
                until(lambda: state_of(admin, name) == "up")
        said = {words for one in askers for _, words in one.answers}
    assert said == {FROM_NODE, FROM_HERE}
    assert max(*away, noticed, *back) < SOON_S


def test_a_node_that_hangs_is_left_out_while_it_takes_connections(
    gitu: GituServer, admin: Person, behind: ModelServer, added: Added, name: str
) -> None:
    with serving(behind) as node:
        asker = program(admin, gitu, added(node))
        assert asker.ask() == FROM_NODE
        os.kill(node.process.pid, signal.SIGSTOP)
        hung = time.monotonic()
        until(lambda: state_of(admin, name) == "down")
        assert time.monotonic() - hung < SOON_S
        assert asker.ask(timeout=1) == FROM_HERE
        os.kill(node.process.pid, signal.SIGCONT)
        went_on = time.monotonic()
        until(lambda: asker.ask() == FROM_NODE)
        assert time.monotonic() - went_on < SOON_S


def test_what_a_killed_node_had_not_begun_to_answer_is_answered_elsewhere(
    gitu: GituServer, admin: Person, behind: ModelServer, added: Added
) -> None:
    behind.script.then(say(FROM_NODE, first_token_delay=30))
    with serving(behind) as node:
        asker = program(admin, gitu, added(node))
        said: list[str] = []
        waiting = threading.Thread(target=lambda: said.append(asker.ask()))
        waiting.start()
        until(lambda: len(behind.asked) > 0)
        killed = time.monotonic()
        os.kill(node.process.pid, signal.SIGKILL)
        waiting.join(20)
        assert said == [FROM_HERE]
        assert time.monotonic() - killed < SOON_S


def test_a_draining_node_ends_what_it_began_and_gets_nothing_new(
    gitu: GituServer, admin: Person, behind: ModelServer, added: Added, name: str
) -> None:
    behind.script.then(say(FROM_NODE, first_token_delay=2))
    with serving(behind) as node:
        asker = program(admin, gitu, added(node))
        said: list[str] = []
        waiting = threading.Thread(target=lambda: said.append(asker.ask()))
        waiting.start()
        until(lambda: len(behind.asked) > 0)
        node.stop()
        until(lambda: state_of(admin, name) == "draining", SOON_S)
        assert asker.ask() == FROM_HERE
        waiting.join(20)
        assert said == [FROM_NODE]


def test_the_assistant_answers_with_the_local_model_while_the_node_is_away(
    admin: Person, behind: ModelServer, added: Added, name: str
) -> None:
    with serving(behind) as node:
        added(node)
        assert Chat(admin).say("Hello").text == FROM_NODE
        os.kill(node.process.pid, signal.SIGKILL)
        until(lambda: state_of(admin, name) == "down")
        assert Chat(admin).say("Hello").text == FROM_HERE


def test_the_way_that_stays_here_takes_another_local_model_while_the_node_is_away(
    gitu: GituServer, admin: Person, behind: ModelServer, added: Added, name: str
) -> None:
    with serving(behind) as node:
        asker = program(admin, gitu, added(node))
        os.kill(node.process.pid, signal.SIGKILL)
        until(lambda: state_of(admin, name) == "down")
        asker.model = "gitu/local"
        assert asker.ask() == FROM_HERE


def test_the_only_model_is_asked_although_its_node_is_said_to_be_away(
    gitu: GituServer, admin: Person, behind: ModelServer, name: str
) -> None:
    with serving(behind) as node:
        admin.post("/nodes", {"name": name, "address": node.url})
        asker = program(admin, gitu, model_of(admin, name))
        os.kill(node.process.pid, signal.SIGKILL)
        until(lambda: state_of(admin, name) == "down")
        assert "can't be reached" in asker.ask()
