"""Durable subscribers: at least once, in order, none skipped, a broken one in nobody's way."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable, Generator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from gitu.app import load_features
from gitu.kernel import clock
from gitu.kernel.events import dispatcher
from gitu.kernel.events.dispatcher import Dispatcher, subscribe
from gitu.kernel.events.store import append_events
from gitu.kernel.events.types import Event, Recorded
from gitu.kernel.jobs.retention import forget_old_events
from gitu.kernel.services import Services
from tests.support.processes import line_of, python

pytestmark = pytest.mark.anyio


class Rang(Event):
    type = "testing.rang"
    number: int


class Ignored(Event):
    type = "testing.ignored"


@pytest.fixture(autouse=True)
def own_subscribers() -> Generator[dict[str, dispatcher.Subscriber]]:
    """Only the test's own subscribers."""
    load_features()  # else they would register while only the test's own count, and be gone after it
    known = dispatcher.subscribers
    before = dict(known)
    known.clear()
    yield known
    known.clear()
    known.update(before)


async def ring(services: Services, *numbers: int) -> None:
    async with services.database.transaction() as db:
        events: list[tuple[None, Event]] = [(None, Rang(number=number)) for number in numbers]
        told = await append_events(db, services.bus.process_id, [*events], clock.now())
    services.bus.publish_local(told)


@contextlib.asynccontextmanager
async def dispatching(services: Services) -> AsyncGenerator[None]:
    task = asyncio.create_task(Dispatcher(services, attempts=3, first_pause_s=0.01).run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(condition: Callable[[], bool], within_s: float = 40) -> None:
    async with asyncio.timeout(within_s):
        while not condition():
            await asyncio.sleep(0.02)


def collect(name: str = "testing.collect") -> list[int]:
    heard: list[int] = []

    @subscribe(name, Rang)
    async def handler(services: Services, event: Recorded) -> None:
        heard.append(event.data["number"])

    return heard


async def test_a_subscriber_hears_of_events_before_and_after_its_start_in_order(services: Services) -> None:
    heard = collect()
    await ring(services, 1, 2)
    async with dispatching(services):
        await until(lambda: heard == [1, 2])
        await ring(services, 3)
        await until(lambda: heard == [1, 2, 3])


async def test_after_a_stop_it_goes_on_where_it_was(services: Services) -> None:
    heard = collect()
    await ring(services, 1)
    async with dispatching(services):
        await until(lambda: heard == [1])
    await ring(services, 2)
    async with dispatching(services):
        await until(lambda: heard == [1, 2])


async def test_an_event_of_a_transaction_that_commits_late_is_not_skipped(services: Services) -> None:
    heard = collect()
    async with dispatching(services):
        async with services.database.transaction() as slow:
            # Its number is lower than the next one's, and nobody sees it until it commits.
            await append_events(slow, services.bus.process_id, [(None, Rang(number=1))], clock.now())
            await ring(services, 2)
            await asyncio.sleep(1.5)
            assert heard == []  # 2 waits for what may come before it
        await until(lambda: heard == [1, 2])


async def test_a_failing_handler_is_retried_then_its_event_is_parked_and_the_others_go_on(
    services: Services,
) -> None:
    others = collect()
    tries: list[int] = []

    @subscribe("testing.picky", Rang)
    async def picky(services: Services, event: Recorded) -> None:
        tries.append(event.data["number"])
        if event.data["number"] == 2:
            raise RuntimeError("secret words")

    await ring(services, 1, 2, 3)
    async with dispatching(services):
        await until(lambda: tries == [1, 2, 2, 2, 3] and others == [1, 2, 3])
    async with services.database.reader() as db:
        parked = (await db.execute(text("SELECT subscriber, attempts, error FROM event_failures"))).all()
    assert [tuple(row) for row in parked] == [("testing.picky", 3, "RuntimeError")]


async def test_a_handler_that_fails_once_is_called_again(services: Services) -> None:
    tries: list[int] = []

    @subscribe("testing.shaky", Rang)
    async def shaky(services: Services, event: Recorded) -> None:
        tries.append(event.data["number"])
        if len(tries) == 1:
            raise OSError

    await ring(services, 7)
    async with dispatching(services):
        await until(lambda: tries == [7, 7])


async def test_an_event_that_nobody_was_told_of_is_found(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatcher, "LOOK_EVERY_S", 0.1)
    heard = collect()
    async with dispatching(services):
        await ring(services, 1)
        await until(lambda: heard == [1])
        async with services.database.transaction() as db:
            # As by a process that ends between its commit and telling the others.
            await append_events(db, services.bus.process_id, [(None, Rang(number=2))], clock.now())
        await until(lambda: heard == [1, 2])


async def test_many_events_come_in_batches_and_other_types_not_at_all(services: Services) -> None:
    heard = collect()
    await ring(services, *range(250))
    async with services.database.transaction() as db:
        await append_events(db, services.bus.process_id, [(None, Ignored())], clock.now())
    async with dispatching(services):
        await until(lambda: len(heard) == 250)
    assert heard == list(range(250))


async def test_two_handlers_may_not_share_a_name(services: Services) -> None:
    collect("testing.same")
    with pytest.raises(ValueError, match=r"Two subscribers call themselves testing\.same"):

        @subscribe("testing.same", Rang)
        async def other(services: Services, event: Recorded) -> None: ...


async def test_old_events_go_once_every_subscriber_has_read_them(services: Services) -> None:
    heard = collect()
    await ring(services, 1, 2)
    async with services.database.transaction() as db:
        await db.execute(text("UPDATE events SET at = :at"), {"at": clock.now() - timedelta(days=30)})
        await db.execute(
            text("INSERT INTO event_cursors (subscriber, xid, id, updated_at) VALUES ('slow', '0', 0, now())")
        )
    assert await forget_old_events(services) == 0
    async with services.database.transaction() as db:
        await db.execute(text("DELETE FROM event_cursors"))
    async with dispatching(services):
        await until(lambda: heard == [1, 2])
    await ring(services, 3)
    assert await forget_old_events(services) == 2


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.floats(0, 0.05), st.floats(0, 0.05)), min_size=1, max_size=12))
async def test_whatever_the_order_of_commits_no_committed_event_is_lost_or_repeated(
    services: Services, plan: list[tuple[bool, float, float]]
) -> None:
    heard = collect()
    dispatcher.subscribers.pop("testing.collect")
    heard.clear()
    async with services.database.transaction() as db:
        await db.execute(text("DELETE FROM events"))
        await db.execute(text("DELETE FROM event_cursors"))
    heard = collect()

    async def one(number: int, commits: bool, before: float, after: float) -> None:
        await asyncio.sleep(before)
        with contextlib.suppress(ZeroDivisionError):
            async with services.database.transaction() as db:
                await append_events(db, "other", [(None, Rang(number=number))], clock.now())
                await asyncio.sleep(after)
                if not commits:
                    raise ZeroDivisionError

    async with dispatching(services):
        await asyncio.gather(*(one(number, *step) for number, step in enumerate(plan)))
        expected = sorted(number for number, step in enumerate(plan) if step[0])
        await until(lambda: len(heard) >= len(expected))
    assert sorted(heard) == expected


_READER = """
    import asyncio, sys
    from gitu.kernel.db.engine import Database
    from gitu.kernel.events.bus import EventBus
    from gitu.kernel.events.dispatcher import Dispatcher, subscribe
    from gitu.kernel.events.types import Event

    class Rang(Event):
        type = "testing.rang"
        number: int

    class Services:
        def __init__(self, database):
            self.database, self.bus = database, EventBus(database)

    @subscribe("testing.reader", Rang)
    async def handler(services, event):
        print(event.data["number"], flush=True)
        await asyncio.sleep(0.01)

    async def main():
        services = Services(Database(sys.argv[1]))
        await services.bus.start()
        await Dispatcher(services).run()

    asyncio.run(main())
"""


@pytest.mark.slow
async def test_killed_again_and_again_it_loses_no_event(services: Services, database_url: str) -> None:
    await ring(services, *range(150))
    heard: set[int] = set()
    for lives in (30, 60, 200):
        with python(_READER, database_url) as process:
            for _ in range(lives):
                heard.add(int(await asyncio.to_thread(line_of, process)))
                if heard == set(range(150)):
                    return
    raise AssertionError(f"never heard of {sorted(set(range(150)) - heard)[:5]}")
