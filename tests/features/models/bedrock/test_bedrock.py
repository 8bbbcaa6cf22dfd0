"""What only Amazon Bedrock has: regions, two kinds of keys, inference profiles, answers that another thread awaits.

What it shares with all providers is in test_calls.py.
"""

import asyncio
import contextlib
import ssl
import sys
import time
import traceback
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic_ai import Agent

from gitu.features.models.bedrock.addresses import control_url, is_amazons, region_of, runtime_url
from gitu.features.models.bedrock.clients import preload
from gitu.features.models.bedrock.errors import BedrockMissing, ModelNotOpened, RegionNeeded
from gitu.features.models.discovery import from_environment, key_of
from gitu.features.models.errors import AddressInvalid, ModelCut, ModelKeyRefused, ModelRateLimited, ModelServerFailed
from gitu.features.models.falling_back import TurnModel
from gitu.features.models.pricing import PriceList, context_window
from gitu.features.models.providers import TITLES
from gitu.features.models.routing.qualities import UNKNOWN, Qualities
from gitu.features.models.schemas import Connection
from gitu.kernel.auth.principal import Principal, Role
from gitu.kernel.tls import trusted
from tests.features.models.conftest import COMPATIBLE, KEY, SPEAKERS, World, streamed
from tests.servers.base import ModelServer
from tests.servers.bedrock import OPEN_WEIGHTS, PROFILE, Bedrock, bedrock
from tests.servers.script import Reply, Script, Usage, call, say
from tests.servers.tls import self_signed
from tests.support.chat import eventually

pytestmark = pytest.mark.anyio

(SPEAKER,) = [one for one in SPEAKERS if one.kind == "bedrock"]
SECRET = "canary/9f1e+77aLongSecretOfAnAccount"
SESSION = "canaryIQoJb3JpZ2luX2VjEJ//token=="
ACCESS_KEYS = f"AKIACANARY0000000001:{SECRET}"


@dataclass(frozen=True)
class Connected:
    """A person who connected a server."""

    world: World
    person: Principal
    connection: Connection

    async def model(self) -> TurnModel:
        """The server's model behind a profile, for one turn."""
        return await self.world.open(self.person, f"{self.connection.id}/{PROFILE}")


async def connected(world: World, server: ModelServer, **more: str) -> Connected:
    """Somebody new connects the server."""
    person = await world.person()
    return Connected(world, person, await world.connect(person, server, SPEAKER, **more))


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("eu-central-1", "https://bedrock-runtime.eu-central-1.amazonaws.com"),
        ("us-gov-west-1", "https://bedrock-runtime.us-gov-west-1.amazonaws.com"),
        ("cn-north-1", "https://bedrock-runtime.cn-north-1.amazonaws.com.cn"),
        ("http://127.0.0.1:4566", "http://127.0.0.1:4566"),
    ],
)
def test_a_region_is_address_enough(given: str, address: str) -> None:
    assert runtime_url(given) == address


def test_models_are_listed_at_another_address_of_the_same_region() -> None:
    url = runtime_url("ap-southeast-2")
    assert (region_of(url), control_url(url)) == ("ap-southeast-2", "https://bedrock.ap-southeast-2.amazonaws.com")
    assert control_url("http://127.0.0.1:4566") == "http://127.0.0.1:4566"


@pytest.mark.parametrize(
    "url",
    [
        "http://bedrock-runtime.eu-central-1.amazonaws.com",
        "https://bedrock-runtime.eu-central-1.amazonaws.com.thief.example",
        "https://bedrock-runtime.eu-central-1.amazonaws.com:8443",
        "https://bedrock-runtime.eu-central-1.amazonaws.com/elsewhere",
        "https://thief.example/bedrock-runtime.eu-central-1.amazonaws.com",
    ],
)
async def test_people_who_may_not_share_reach_amazons_own_addresses_only(world: World, url: str) -> None:
    assert not is_amazons(url)
    with pytest.raises(AddressInvalid, match="provider's address"):
        await world.do(
            await world.person(Role.MEMBER),
            "models.create_connection",
            provider="bedrock",
            base_url=url,
            api_key=KEY,
        )


async def test_without_a_region_it_says_what_is_missing(world: World) -> None:
    with pytest.raises(RegionNeeded, match="needs its region"):
        await world.do(await world.person(), "models.create_connection", provider="bedrock", api_key=KEY)


async def test_what_can_be_talked_to_is_listed_and_nothing_else(world: World) -> None:
    with bedrock(models=(PROFILE, OPEN_WEIGHTS, "amazon.nova-pro-v1:0")) as server:
        made = await connected(world, server)
    assert made.connection.models == [PROFILE, OPEN_WEIGHTS, "amazon.nova-pro-v1:0"]
    assert (made.connection.name, made.connection.status) == (TITLES["bedrock"], "ok")


async def test_access_keys_sign_every_request_for_the_region_and_never_travel(world: World) -> None:
    secrets = {"AKIACANARY0000000001": SECRET}
    with bedrock(Script(say("Hi")), keys=list(secrets), secrets=secrets) as server:
        made = await connected(world, server, api_key=f"{ACCESS_KEYS}:{SESSION}")
        assert made.connection.status == "ok"
        assert await streamed(await made.model()) == ["Hi"]
        protocol = server.protocol
        assert isinstance(protocol, Bedrock)
        scopes = {signed.scope.partition("/")[2] for signed in protocol.signed}
        assert (len(protocol.signed), scopes) == (3, {"us-east-1/bedrock/aws4_request"})
        sent = server.asked[0].headers
        assert sent["x-amz-security-token"] == SESSION
        assert SECRET not in str(sent)


async def test_a_wrong_secret_is_refused_and_named_nowhere(world: World) -> None:
    secrets = {"AKIACANARY0000000001": "another secret"}
    with bedrock(keys=list(secrets), secrets=secrets) as server:
        made = await connected(world, server, api_key=ACCESS_KEYS)
    assert made.connection.status == "failing"
    assert "refused the API key" in str(made.connection.last_error)
    assert SECRET not in made.connection.model_dump_json()


async def test_nothing_of_this_machines_aws_configuration_is_used(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "AWS_BEARER_TOKEN_BEDROCK": "somebody else's",
        "AWS_ACCESS_KEY_ID": "AKIASOMEBODYELSES",
        "AWS_SECRET_ACCESS_KEY": "theirs",
        "AWS_PROFILE": "which is not there",
        "AWS_MAX_ATTEMPTS": "5",
        "AWS_USE_FIPS_ENDPOINT": "true",
    }.items():
        monkeypatch.setenv(name, value)
    secrets = {"AKIACANARY0000000001": SECRET}
    with bedrock(Script(otherwise=say("Hi")), keys=[KEY, *secrets], secrets=secrets) as server:
        for key in (KEY, ACCESS_KEYS):
            made = await connected(world, server, api_key=key)
            assert await streamed(await made.model()) == ["Hi"]


async def test_what_an_answer_costs_is_known_by_its_profile(world: World) -> None:
    with bedrock(Script(say("Hi", usage=Usage(input=1_000_000, output=100_000, cached=200_000)))) as server:
        made = await connected(world, server)
        turn = await made.model()
        await streamed(turn)
    price = PriceList().price("bedrock", made.connection.base_url, PROFILE, local=False)
    assert price is not None
    assert price.cache_read is not None
    expected = Decimal("0.8") * price.input + Decimal("0.2") * price.cache_read + Decimal("0.1") * price.output
    assert turn.spent.cost == expected > 0
    assert context_window("bedrock", made.connection.base_url, PROFILE) == 200_000


@asynccontextmanager
async def behind_tls(server: ModelServer, folder: Path) -> AsyncGenerator[str]:
    """The server's address behind TLS, with a certificate that is new in the folder."""
    certificate = folder / "certificate.pem"
    certificate.write_bytes(self_signed("localhost"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        writer.close()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        behind_reader, behind_writer = await asyncio.open_connection("127.0.0.1", server.port)
        await asyncio.gather(carry(behind_reader, writer), carry(reader, behind_writer))

    terminator = await asyncio.start_server(connected, "127.0.0.1", 0, ssl=context)
    async with terminator:
        yield f"https://localhost:{terminator.sockets[0].getsockname()[1]}"


@pytest.mark.parametrize("tls", [False, True], ids=["plain", "TLS"])
async def test_an_answer_that_says_nothing_ends_the_moment_it_is_stopped(
    world: World, tls: bool, tmp_path: Path
) -> None:
    with bedrock(Script(say("One two three", hang_after=2))) as server:
        async with behind_tls(server, tmp_path) as safe:
            trusted().load_verify_locations(tmp_path / "certificate.pem")
            made = await connected(world, server, base_url=safe if tls else server.url)
            agent, heard = Agent(await made.model()), asyncio.Event()

            async def talk() -> None:
                async with agent.run_stream("Go on") as answer:
                    async for _ in answer.stream_text(delta=True, debounce_by=None):
                        heard.set()

            turn = asyncio.create_task(talk())
            await asyncio.wait_for(heard.wait(), 10)
            await asyncio.sleep(0.3)  # a thread waits for the next word now
            began = time.perf_counter()
            turn.cancel()
            with pytest.raises(asyncio.CancelledError):
                await turn
            assert time.perf_counter() - began < 5, "it may be silent for twenty seconds"


@pytest.mark.parametrize("streams", [False, True], ids=["whole", "streamed"])
async def test_a_request_that_is_not_answered_yet_ends_the_moment_it_is_stopped(world: World, streams: bool) -> None:
    with bedrock(Script(say("Too late", first_token_delay=15))) as server:
        made = await connected(world, server)
        agent = Agent(await made.model())

        async def talk() -> None:
            if not streams:
                await agent.run("Go on")
            async with agent.run_stream("Go on") as answer:
                await answer.get_output()

        turn = asyncio.create_task(talk())
        while not server.asked:
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.3)
        began = time.perf_counter()
        turn.cancel()
        with pytest.raises(asyncio.CancelledError):
            await turn
        assert time.perf_counter() - began < 5
        await asyncio.to_thread(eventually, lambda: not threads_at_work())
        assert len(server.asked) == 1, "what was ended is not sent again"


def threads_at_work() -> list[str]:
    """What of boto3 runs in any thread."""
    frames = [frame for top in sys._current_frames().values() for frame, _ in traceback.walk_stack(top)]
    return [frame.f_code.co_name for frame in frames if "/botocore/" in frame.f_code.co_filename]


@pytest.mark.parametrize(
    ("kind", "words", "expected"),
    [
        ("throttlingException", [], ModelRateLimited),
        ("modelStreamErrorException", [], ModelServerFailed),
        ("modelStreamErrorException", ["One "], ModelServerFailed),
    ],
)
async def test_a_failure_inside_the_stream_is_told_as_one_before_it(
    world: World, kind: str, words: list[str], expected: type[Exception]
) -> None:
    reply = say("One two", garbage_after=len(words), error="It went wrong.", error_code=kind)
    with bedrock(Script(otherwise=reply)) as server:
        made = await connected(world, server)
        got: list[str] = []

        async def talk() -> None:
            async with Agent(await made.model()).run_stream("Go on") as answer:
                async for piece in answer.stream_text(delta=True, debounce_by=None):
                    got.append(piece)

        with pytest.raises(expected):
            await talk()
    assert got == words


async def test_a_model_that_is_not_opened_for_the_account_does_not_make_the_key_wrong(world: World) -> None:
    said = "You don't have access to the model with the specified model ID."
    with bedrock(Script(Reply(status=403, error=said), Reply(status=403, error="Not authorised."))) as server:
        made = await connected(world, server)
        with pytest.raises(ModelNotOpened, match="does not let your account use"):
            await streamed(await made.model())
        with pytest.raises(ModelKeyRefused):
            await streamed(await made.model())


async def test_another_model_steps_in_where_bedrock_takes_no_more(world: World) -> None:
    busy = Script(otherwise=Reply(status=429, error="Too many tokens."))
    with bedrock(busy) as server, COMPATIBLE.serve(Script(say("I step in."))) as other:
        person = await world.person()
        first = await world.connect(person, server, SPEAKER)
        second = await world.connect(person, other)
        chosen, stand_in = f"{first.id}/{PROFILE}", f"{second.id}/{COMPATIBLE.model}"
        await world.do(person, "models.set_defaults", default=chosen, fallbacks=[stand_in])
        assert "".join(await streamed(await world.open(person))) == "I step in."
        assert len(server.asked) == 1, "boto3 retries nothing by itself"


@pytest.mark.parametrize(
    ("name", "known"),
    [
        (PROFILE, "claude-haiku-4-5"),
        ("global.anthropic.claude-sonnet-5-v1:0", "claude-sonnet-5"),
        (OPEN_WEIGHTS, "gpt-oss-120b"),
        ("us.amazon.nova-pro-v1:0", "nova-pro"),
    ],
)
def test_the_router_knows_how_well_a_model_does_by_its_name_there(name: str, known: str) -> None:
    assert Qualities().of(name) == Qualities().of(known) != UNKNOWN


async def test_an_answer_that_is_cut_is_never_asked_for_again(world: World) -> None:
    with bedrock(Script(otherwise=say("One two three", cut_after=1))) as server:
        made = await connected(world, server)
        with pytest.raises(ModelCut):
            await streamed(await made.model())
        assert len(server.asked) == 1


async def test_a_key_in_the_environment_is_offered_where_a_region_is_set() -> None:
    environment = {"AWS_BEARER_TOKEN_BEDROCK": KEY, "AWS_DEFAULT_REGION": "eu-west-1"}
    (offer,) = from_environment(environment)
    assert (offer.provider, offer.base_url) == ("bedrock", runtime_url("eu-west-1"))
    assert key_of(offer, environment) == KEY
    assert from_environment({**environment, "AWS_REGION": "us-east-2"})[0].base_url == runtime_url("us-east-2")
    assert from_environment({"AWS_BEARER_TOKEN_BEDROCK": KEY}) == []


async def test_where_its_packages_are_missing_a_sentence_says_how_to_get_them(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with bedrock(keys=[KEY]) as server:
        made = await connected(world, server)
        for module in ("boto3", "botocore", "botocore.auth", "pydantic_ai.providers.bedrock"):
            monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(BedrockMissing, match=r"pip install 'gitu\[bedrock\]'"):
            await streamed(await made.model())
        signing = await world.connect(await world.person(), server, SPEAKER, api_key=ACCESS_KEYS)
    assert "gitu[bedrock]" in str(signing.last_error)


def test_its_description_is_read_before_the_first_request() -> None:
    preload()


async def test_a_tool_is_called_with_what_the_profile_allows(world: World) -> None:
    with bedrock(Script(call("add", a=1, b=2), say("Three."))) as server:
        made = await connected(world, server)
        agent = Agent(await made.model(), system_prompt="Be brief.")

        @agent.tool_plain
        def add(a: int, b: int) -> int:
            return a + b

        assert (await agent.run("Add")).output == "Three."
        first, second = server.asked
        assert (first.model, first.system, first.tools) == (PROFILE, "Be brief.", ("add",))
        assert second.tool_results == ("3",)
