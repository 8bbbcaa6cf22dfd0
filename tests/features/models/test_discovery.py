"""Keys in the environment and servers on this machine are offered, never connected unasked."""

import time

import pytest

from gitu.features.models.discovery import LocalServer, from_environment, from_this_machine, key_of
from gitu.kernel.auth.principal import Role
from gitu.kernel.errors import Denied
from tests.features.models.conftest import KEY, World
from tests.servers.openai_compatible import openai_compatible
from tests.servers.script import Script

pytestmark = pytest.mark.anyio


def test_each_key_in_the_environment_is_one_offer_without_the_key() -> None:
    environment = {"OPENAI_API_KEY": KEY, "GEMINI_API_KEY": "g", "GROQ_API_KEY": " ", "PATH": "/bin"}
    offers = from_environment(environment)
    assert [(offer.provider, offer.variable) for offer in offers] == [
        ("openai", "OPENAI_API_KEY"),
        ("google", "GEMINI_API_KEY"),
    ]
    assert KEY not in str(offers)
    assert key_of(offers[0], environment) == KEY


async def test_a_server_on_a_usual_port_is_offered_and_gitus_own_port_is_not() -> None:
    with openai_compatible(models=["llama"]) as server, openai_compatible() as own:
        servers = (
            LocalServer("Ollama", server.port),
            LocalServer("vLLM", own.port),
            LocalServer("llama.cpp", 1),
        )
        offers = await from_this_machine(own.port, servers)
    assert [(offer.name, offer.models) for offer in offers] == [("Ollama", ["llama"])]


async def test_a_port_that_says_nothing_is_not_waited_for() -> None:
    import socket

    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        began = time.perf_counter()
        assert await from_this_machine(0, (LocalServer("Ollama", silent.getsockname()[1]),)) == []
        assert time.perf_counter() - began < 5  # it would never say anything


async def test_something_that_is_no_model_server_is_not_offered() -> None:
    from tests.servers.google import google

    with google(Script()) as server:
        assert await from_this_machine(0, (LocalServer("llama.cpp", server.port),)) == []


async def test_an_offer_is_adopted_for_everyone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    owner = await world.person()
    with openai_compatible(models=["llama"]) as server:
        found = (LocalServer("Ollama", server.port),)
        monkeypatch.setattr("gitu.features.models.discovery.LOCAL_SERVERS", found)
        (offer,) = [one for one in (await world.do(owner, "models.list_discovered")).items if one.source == "local"]
        connection = await world.do(
            owner, "models.adopt_discovered", provider=offer.provider, base_url=offer.base_url, source="local"
        )
        assert (connection.name, connection.shared, connection.models) == ("Ollama", True, ["llama"])
        again = (await world.do(owner, "models.list_discovered")).items
    assert [one for one in again if one.source == "local"] == []


async def test_only_admins_see_what_the_machine_has(world: World) -> None:
    with pytest.raises(Denied):
        await world.do(await world.person(Role.MEMBER), "models.list_discovered")
