"""The batcher over a real engine: who runs with whom, who yields to whom, and that nobody's answer changes by it."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from gitu_lab.demo_model.training import conversations
from gitu_lab.serving.batching import Batcher, Limits, Row
from gitu_lab.serving.engine import GREEDY, Engine, EngineOptions, Sampling
from gitu_lab.serving.errors import Failed, QueueFull
from gitu_lab.serving.model_folder import open_folder
from gitu_lab.serving.text import Text

pytestmark = pytest.mark.anyio

WARM = Sampling(temperature=0.8, top_p=0.9)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@dataclass
class Watched:
    """A real engine, and a note of every batch that it ran."""

    engine: Engine
    workers: int = 1
    batches: list[list[tuple[int, Sampling]]] = field(default_factory=list)

    def generate(
        self,
        prompts: Sequence[Sequence[str]],
        sampling: Sampling,
        most: int,
        end: Sequence[int],
        on_token: Callable[[int, int, int], bool],
    ) -> None:
        self.batches.append([(len(prompt), sampling) for prompt in prompts])
        self.engine.generate(prompts, sampling, most, end, on_token)


@dataclass
class Running:
    """A batcher with what it runs on."""

    batcher: Batcher
    engine: Watched
    text: Text
    errors: list[BaseException]

    async def row(self, question: str, most: int = 200, sampling: Sampling = GREEDY, *, each: bool = False) -> Row:
        return Row(await self.text.of_messages([{"role": "user", "content": question}]), sampling, most, each=each)

    def said(self, row: Row) -> str:
        return self.text.tokenizer.decode(row.tokens)


@asynccontextmanager
async def running(folder: Path, **limits: int) -> AsyncGenerator[Running]:
    model = open_folder(folder)
    text = Text(model)
    engine = Watched(Engine(model, EngineOptions(device="cpu", workers=1, threads=1), lambda _what, _share: None))
    errors: list[BaseException] = []
    batcher = Batcher(
        engine, text.vocabulary, text.end_ids, Limits(**limits), on_batch=lambda _size: None, on_error=errors.append
    )
    try:
        yield Running(batcher, engine, text, errors)
    finally:
        await batcher.close()
        engine.engine.close()


async def whole(row: Row) -> Row:
    while await row.arrived():
        pass
    return row


async def answers(made: Running, rows: Sequence[Row]) -> list[str]:
    for row in rows:
        made.batcher.submit(row)
    return [made.said(row) for row in await asyncio.gather(*map(whole, rows))]


async def test_answers_are_the_same_alone_and_in_company(demo_model: Path) -> None:
    pairs = conversations()[:20]
    async with running(demo_model, batch=8) as made:
        alone = [(await answers(made, [await made.row(question)]))[0] for question, _ in pairs]
        together = await answers(made, [await made.row(question) for question, _ in pairs])
    assert together == alone == [answer for _, answer in pairs]
    assert max(map(len, made.engine.batches)) == 8


async def test_each_row_of_a_batch_ends_at_its_own_length(slow_model: Path) -> None:
    async with running(slow_model, batch=4) as made:
        first = await made.row("Hello", 200, each=True)
        made.batcher.submit(first)
        await first.arrived()  # the worker is taken; the others gather meanwhile
        rows = [await made.row("Hello", most) for most in (3, 30, 7)]
        await answers(made, rows)
    assert [len(row.tokens) for row in rows] == [3, 30, 7]
    assert [row.finish for row in rows] == ["length"] * 3
    assert len(made.engine.batches[1]) == 3, "they ran together all the same"


async def test_only_rows_with_the_same_sampling_run_together(demo_model: Path) -> None:
    async with running(demo_model) as made:
        first = await made.row("Hello")
        rows = [first, *[await made.row("Hello", 20, WARM if n % 2 else GREEDY) for n in range(6)]]
        found = await answers(made, rows)
    for batch in made.engine.batches:
        assert len({sampling for _, sampling in batch}) == 1
    assert [len(batch) for batch in made.engine.batches] == [1, 3, 3]
    assert found[1::2] == [found[1]] * 3, "the greedy ones are not disturbed by the others"


async def test_prompts_of_very_different_lengths_do_not_wait_for_each_other(slow_model: Path) -> None:
    async with running(slow_model, spread=16) as made:
        rows = [await made.row("Hi", 2), *[await made.row("Hi " * count, 2) for count in (1, 90, 2, 91)]]
        await answers(made, rows)
    for batch in made.engine.batches:
        lengths = [length for length, _ in batch]
        assert max(lengths) - min(lengths) <= 16
    assert len(made.engine.batches) == 3


async def test_a_prompt_of_one_token_is_not_mixed_with_longer_ones(slow_model: Path) -> None:
    async with running(slow_model) as made:
        rows = [Row([1] * length, GREEDY, 4, each=False) for length in (5, 1, 3, 1, 2)]
        await answers(made, rows)
    assert [len(row.tokens) for row in rows] == [4] * 5
    for batch in made.engine.batches:
        assert {length for length, _ in batch} == {1} or min(length for length, _ in batch) > 1


async def test_a_short_request_overtakes_a_long_one_that_came_first(slow_model: Path) -> None:
    async with running(slow_model, batch=1, share=16) as made:
        ended: list[str] = []

        async def one(name: str, row: Row) -> None:
            made.batcher.submit(row)
            await whole(row)
            ended.append(name)

        long = asyncio.create_task(one("long", await made.row("Hello", 2_000)))
        while not made.engine.batches:
            await asyncio.sleep(0.001)
        await one("short", await made.row("Hello", 4))
        await long
    assert ended == ["short", "long"]
    assert len(made.engine.batches) >= 3, "the long one yielded and began anew"


async def test_an_answer_that_yielded_goes_on_as_if_it_had_not(demo_model: Path) -> None:
    question, answer = next(pair for pair in conversations() if pair[0] == "Tell me a story")
    async with running(demo_model, batch=1, share=1) as made:
        rows = [await made.row(question) for _ in range(4)]
        assert await answers(made, rows) == [answer] * 4
    assert len(made.engine.batches) > 4, "each yielded to the others"


async def test_a_cancelled_request_that_waits_never_runs(slow_model: Path) -> None:
    async with running(slow_model, batch=1) as made:
        first, second = await made.row("Hello", 50), await made.row("Hello", 50)
        made.batcher.submit(first)
        made.batcher.submit(second)
        made.batcher.cancel(second)
        assert second.finish == "cancelled"
        await whole(first)
        assert made.batcher.queued == 0
    assert len(made.engine.batches) == 1


async def test_a_cancelled_request_that_runs_leaves_its_batch_to_the_others(slow_model: Path) -> None:
    async with running(slow_model) as made:
        first = await made.row("Hello", 100, each=True)
        made.batcher.submit(first)
        await first.arrived()
        leaving, staying = await made.row("Hello", 10_000, each=True), await made.row("Hello", 60)
        made.batcher.submit(leaving)
        made.batcher.submit(staying)
        await leaving.arrived()
        made.batcher.cancel(leaving)
        await asyncio.gather(whole(leaving), whole(staying))
    assert leaving.finish == "cancelled"
    assert len(leaving.tokens) < 10_000
    assert len(staying.tokens) == 60


async def test_no_more_wait_than_may(slow_model: Path) -> None:
    async with running(slow_model, batch=1, queue=1) as made:
        rows = [await made.row("Hello", 30) for _ in range(3)]
        made.batcher.submit(rows[0])
        made.batcher.submit(rows[1])
        with pytest.raises(QueueFull, match="1 requests wait"):
            made.batcher.submit(rows[2])
        await whole(rows[1])


async def test_what_the_engine_can_not_do_fails_those_rows_alone(demo_model: Path) -> None:
    async with running(demo_model) as made:
        bad = await made.row("Hello", 20, Sampling(top_k=1_000_000))
        made.batcher.submit(bad)
        with pytest.raises(Failed):
            await whole(bad)
        assert "vocabulary size" in str(made.errors[0])
        assert await answers(made, [await made.row("Hello")]) == ["Hello! How can I help you?"]


async def test_closing_ends_everything(slow_model: Path) -> None:
    async with running(slow_model, batch=1) as made:
        rows = [await made.row("Hello", 10_000) for _ in range(2)]
        for row in rows:
            made.batcher.submit(row)
    assert [row.finish for row in rows] == ["cancelled"] * 2
