"""What a call of a model brings and leaves behind, for every kind of provider."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from decimal import Decimal

import pytest
from pydantic_ai import Agent, UserPromptPart
from pydantic_ai.messages import ModelRequest
from pydantic_ai.models import ModelRequestParameters

from gitu.features.models.calls import Call
from gitu.features.models.desk import ModelDesk
from gitu.features.models.errors import (
    ModelAnswerMalformed,
    ModelCallFailed,
    ModelContextTooLong,
    ModelCut,
    ModelKeyRefused,
    ModelNotThere,
    ModelOverloaded,
    ModelRateLimited,
    ModelRateLimitedUntil,
    ModelServerFailed,
    ModelTimedOut,
    ModelUnreachable,
)
from gitu.features.models.tables import CallRow
from gitu.kernel import clock
from gitu.kernel.ids import new_id
from tests.features.models.conftest import COMPATIBLE, KEY, SPEAKERS, Speaker, World, streamed
from tests.servers.script import (
    Reply,
    Script,
    ToolCall,
    Usage,
    after_tool,
    call,
    failing,
    rate_limited,
    say,
    too_long,
    unknown_model,
    when_said,
    wrong_key,
)

pytestmark = pytest.mark.anyio

FAILURES = [
    pytest.param(wrong_key(), ModelKeyRefused, id="wrong key"),
    pytest.param(rate_limited(), ModelRateLimited, id="rate limit"),
    pytest.param(rate_limited(retry_after=7), ModelRateLimitedUntil, id="rate limit that says how long"),
    pytest.param(failing(500), ModelServerFailed, id="500"),
    pytest.param(failing(503), ModelOverloaded, id="503"),
    pytest.param(too_long(), ModelContextTooLong, id="prompt too long"),
    pytest.param(unknown_model(), ModelNotThere, id="unknown model"),
    pytest.param(say("Never said", hang_after=0), ModelTimedOut, id="silence"),
    pytest.param(say("Never said", cut_after=0), ModelCallFailed, id="cut before the first token"),
    pytest.param(say("Never said", garbage_after=0), ModelAnswerMalformed, id="no JSON"),
]


async def test_text_is_streamed_piece_by_piece_and_recorded_to_the_token(world: World, speaker: Speaker) -> None:
    script = Script(say("One two three four.", token_delay=0.02, usage=Usage(input=120, output=7, cached=20)))
    with speaker.serve(script, keys=[KEY]) as server:
        person, session_id = await world.person(), new_id()
        connection = await world.connect(person, server, speaker)
        assert connection.status == "ok"
        model = await world.open(person, f"{connection.id}/{speaker.model}", session_id=session_id)
        assert await streamed(model) == ["One ", "two ", "three ", "four."]
    (record,) = await world.calls(person, session_id)
    assert (record.input_tokens, record.output_tokens, record.cached_tokens) == (120, 7, 20)
    assert record.model == f"{connection.id}/{speaker.model}"
    assert (record.feature, record.session_id, record.outcome) == ("assistant", session_id, "ok")
    assert record.first_token_ms is not None
    assert record.latency_ms is not None
    assert 0 < record.first_token_ms < record.latency_ms
    assert record.latency_ms >= 60
    assert record.cost is not None
    assert model.spent.cost == record.cost
    assert (model.spent.input_tokens, model.spent.output_tokens) == (120, 7)


async def test_a_whole_answer_is_recorded_like_a_streamed_one(world: World, speaker: Speaker) -> None:
    with speaker.serve(Script(say("Hello there.", usage=Usage(30, 5)))) as server:
        person = await world.person()
        connection = await world.connect(person, server, speaker)
        model = await world.open(person, f"{connection.id}/{speaker.model}")
        answer = await Agent(model).run("Hello")
        assert answer.output == "Hello there."
    (record,) = await world.calls(person)
    assert (record.input_tokens, record.output_tokens, record.outcome) == (30, 5, "ok")


async def test_a_tool_is_called_with_its_arguments_and_its_answer_comes_back(world: World, speaker: Speaker) -> None:
    script = Script(rules=[after_tool(), when_said("weather", call("weather", city="دمشق"))])
    with speaker.serve(script) as server:
        person = await world.person()
        connection = await world.connect(person, server, speaker)
        agent = Agent(await world.open(person, f"{connection.id}/{speaker.model}"))

        @agent.tool_plain
        def weather(city: str) -> str:
            return f"It is sunny in {city}."

        async with agent.run_stream("How is the weather?") as answer:
            assert await answer.get_output() == "The tool answered: It is sunny in دمشق."
        assert server.asked[0].tools == ("weather",)
    assert [record.outcome for record in await world.calls(person)] == ["ok", "ok"]


@pytest.mark.parametrize(("reply", "expected"), FAILURES)
async def test_every_failure_is_one_clear_sentence_without_the_key(
    world: World, speaker: Speaker, reply: Reply, expected: type[ModelCallFailed]
) -> None:
    with speaker.serve(Script(otherwise=reply)) as server:
        person = await world.person()
        connection = await world.connect(person, server, speaker, name="The provider")
        if reply.hang_after is not None:
            world.impatient()
        with pytest.raises(expected) as caught:
            await streamed(await world.open(person, f"{connection.id}/{speaker.model}"))
        asked = len(server.asked)
    for sentence in (caught.value.english(), caught.value.localised("ar")):
        assert "The provider" in sentence or speaker.model in sentence
        assert KEY not in sentence
        assert "{" not in sentence
    assert caught.value.localised("ar") != caught.value.english()
    assert caught.value.__cause__ is None, "the original may hold the request with its key"
    records = await world.calls(person)
    assert len(records) == asked, "nothing retries behind the record's back"
    assert {(record.outcome, record.error_code) for record in records} == {("failed", caught.value.code)}
    assert asked <= 2
    for record in records:
        assert record.cost is None or record.input_tokens, "only what the provider had counted costs"


async def test_a_rate_limit_says_how_long_to_wait(world: World, speaker: Speaker) -> None:
    with speaker.serve(Script(rate_limited(retry_after=7))) as server:
        person = await world.person()
        connection = await world.connect(person, server, speaker)
        with pytest.raises(ModelRateLimitedUntil, match="for 7 seconds") as caught:
            await streamed(await world.open(person, f"{connection.id}/{speaker.model}"))
    assert caught.value.retry_after == 7


@pytest.mark.parametrize("fault", ["cut_after", "hang_after"])
async def test_an_answer_that_breaks_off_keeps_what_came_and_says_so(
    world: World, speaker: Speaker, fault: str
) -> None:
    script = Script(say("This is the beginning of", **{fault: 3}))
    expected = ModelCut if fault == "cut_after" else ModelTimedOut
    if fault == "hang_after":
        world.impatient()
    got: list[str] = []
    with speaker.serve(script) as server:
        person = await world.person()
        connection = await world.connect(person, server, speaker)
        model = await world.open(person, f"{connection.id}/{speaker.model}")

        async def talk() -> None:
            async with Agent(model).run_stream("Go on") as answer:
                async for piece in answer.stream_text(delta=True, debounce_by=None):
                    got.append(piece)

        with pytest.raises(expected):
            await talk()
    assert got == ["This ", "is ", "the "]
    (record,) = await world.calls(person)
    assert record.outcome == "cut"


async def test_a_stopped_answer_is_recorded_as_stopped(world: World, speaker: Speaker) -> None:
    with speaker.serve(Script(say("word " * 200, token_delay=0.02))) as server:
        person = await world.person()
        connection = await world.connect(person, server, speaker)
        model = await world.open(person, f"{connection.id}/{speaker.model}")
        began = asyncio.Event()

        async def talk() -> None:
            async with Agent(model).run_stream("Go on") as answer:
                async for _ in answer.stream_text(delta=True, debounce_by=None):
                    began.set()

        turn = asyncio.create_task(talk())
        await asyncio.wait_for(began.wait(), 5)
        turn.cancel()
        with pytest.raises(asyncio.CancelledError):
            await turn
    (record,) = await world.calls(person)
    assert record.outcome == "stopped"
    assert record.first_token_ms is not None


async def test_an_unreachable_server_is_named_with_its_address(world: World, speaker: Speaker) -> None:
    server = speaker.serve().start()
    person = await world.person()
    connection = await world.connect(person, server, speaker, name="My server")
    server.stop()
    with pytest.raises(ModelUnreachable, match=r"My server can't be reached at http://127\.0\.0\.1:"):
        await streamed(await world.open(person, f"{connection.id}/{speaker.model}"))


@asynccontextmanager
async def hanging_up(port: int, requests: int) -> AsyncGenerator[int]:
    """A way to the server behind ``port`` that closes each connection at its next request, unanswered."""

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, most: int) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65_536):
                most -= data.count(b"HTTP/1.1\r\n")
                if most < 0:
                    break
                writer.write(data)
                await writer.drain()
        writer.close()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        behind_reader, behind_writer = await asyncio.open_connection("127.0.0.1", port)
        back = asyncio.create_task(carry(behind_reader, writer, most=1_000_000))
        await carry(reader, behind_writer, most=requests)
        writer.close()
        await back

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def test_a_connection_that_the_server_closed_meanwhile_is_made_anew(world: World, speaker: Speaker) -> None:
    with speaker.serve(Script(say("First."), say("Second."))) as server:
        async with hanging_up(server.port, requests=1) as port:
            person = await world.person()
            url = f"http://127.0.0.1:{port}{speaker.path}"
            connection = await world.connect(person, server, speaker, base_url=url)
            model = await world.open(person, f"{connection.id}/{speaker.model}")
            assert "".join(await streamed(model)) == "First."
            assert "".join(await streamed(model)) == "Second."
    assert [record.outcome for record in await world.calls(person)] == ["ok", "ok"]
    assert len(server.asked) == 2


async def test_a_call_is_on_record_while_it_runs(world: World) -> None:
    with COMPATIBLE.serve(Script(say("one two three", token_delay=0.5))) as server:
        person = await world.person()
        await world.connect(person, server)
        turn = asyncio.create_task(streamed(await world.open(person)))
        async with asyncio.timeout(10):
            while not (records := await world.calls(person)):
                await asyncio.sleep(0.02)
        assert [record.outcome for record in records] == ["running"]
        await turn
    assert [record.outcome for record in await world.calls(person)] == ["ok"]


def test_a_call_is_written_as_it_stands_so_its_fields_are_the_columns() -> None:
    assert Call.__struct_fields__ == tuple(column.key for column in CallRow.__table__.columns)


async def test_a_record_that_the_database_refuses_keeps_no_other_from_being_written(world: World) -> None:
    person, recorder = await world.person(), world.services.resource(ModelDesk).recorder
    assert person.user_id is not None
    for name in ("one", "no text: \0", "two", "three"):
        recorder.record(
            Call(
                id=new_id(), owner_id=person.user_id, at=clock.now(), connection_id=new_id(), provider="openai",
                model=name, feature="assistant", session_id=None, outcome="ok",
            )
        )  # fmt: skip
    assert [one.model for one in await world.calls(person)] == ["one", "two", "three"]


async def test_reasoning_and_a_tool_call_stream_beside_the_text(world: World) -> None:
    reply = Reply(text="Let me look.", reasoning="They ask for it", tool_calls=(ToolCall("look", {"at": 1}),))
    with COMPATIBLE.serve(Script(reply)) as server:
        person = await world.person()
        await world.connect(person, server)
        model = await world.open(person)
        request = ModelRequest(parts=[UserPromptPart("Look")])
        async with model.request_stream([request], None, ModelRequestParameters()) as stream:
            kinds = [type(event).__name__ async for event in stream]
            parts = [part.part_kind for part in stream.get().parts]
    assert parts == ["thinking", "text", "tool-call"]
    assert kinds.count("PartDeltaEvent") > 5


async def test_a_provider_that_keeps_prompts_when_told_is_told(world: World) -> None:
    claude = next(speaker for speaker in SPEAKERS if speaker.kind == "anthropic")
    kept = {"type": "ephemeral", "ttl": "5m"}
    with claude.serve(Script(otherwise=say("Yes.", usage=Usage(input=90, output=3, cached=80)))) as server:
        person = await world.person()
        await world.connect(person, server, claude)
        agent = Agent(await world.open(person), instructions="Answer in one word.")

        @agent.tool_plain
        def weather(city: str) -> str:
            """The weather of a city."""
            return city

        await agent.run("Hello")
        body = server.asked[0].body
        (record,) = await world.calls(person)
    assert body["tools"][-1]["cache_control"] == kept
    assert body["system"][-1]["cache_control"] == kept
    assert body["cache_control"] == kept  # the conversation so far
    assert (record.input_tokens, record.cached_tokens) == (90, 80)


async def test_a_local_server_costs_nothing(world: World) -> None:
    with COMPATIBLE.serve(Script(say("Hi", usage=Usage(9, 1)))) as server:
        person = await world.person()
        await world.connect(person, server)
        await streamed(await world.open(person))
    (record,) = await world.calls(person)
    assert record.cost == Decimal(0)
