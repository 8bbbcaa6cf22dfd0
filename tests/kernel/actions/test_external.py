"""What reaches beyond the database: it runs between two transactions, once under a key, and proves it."""

import asyncio

import pytest
from sqlalchemy import text

from gitu.kernel.actions.context import Context
from gitu.kernel.actions.execute import Call, Receipt, execute
from gitu.kernel.actions.kinds import Door
from gitu.kernel.actions.registry import Nothing, Risk, action
from gitu.kernel.errors import OutcomeUnknown, UpstreamFailed
from gitu.kernel.services import Services
from tests.support.outside import SEND, Done, Mail, quiet_world, world
from tests.support.services import make_person, run

__all__ = ["quiet_world"]

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("quiet_world")]
NOTE = "world.post_note"


async def test_an_external_call_runs_once_under_its_key_and_proves_it(services: Services) -> None:
    amal = await make_person(services, "amal")
    receipts: list[Receipt] = []
    call = Call(Door.REST, idempotency_key="k", on_receipt=receipts.append)
    for _ in range(2):
        assert await execute(services, amal, NOTE, {"to": "x@example.com", "text": "a"}, call) == Done(
            done="note: x@example.com a"
        )
    assert len(world.sent) == len(receipts) == 1
    assert receipts[0].changed
    async with services.database.reader() as db:
        rows = (await db.execute(text("SELECT detail FROM audit WHERE action = :name"), {"name": NOTE})).all()
    assert [row[0]["call_id"] for row in rows] == [str(receipts[0].call_id)]


async def test_after_a_known_failure_the_key_is_free_again(services: Services) -> None:
    amal = await make_person(services, "amal")
    world.fails = "it is down"
    with pytest.raises(UpstreamFailed):
        await run(services, amal, NOTE, key="k", to="x@example.com", text="a")
    world.fails = ""
    assert await run(services, amal, NOTE, key="k", to="x@example.com", text="a")


async def test_after_a_cut_nobody_knows_and_it_does_not_run_again(services: Services) -> None:
    amal = await make_person(services, "amal")
    with pytest.raises(RuntimeError):
        await run(services, amal, "world.crash_note", key="k", to="x@example.com", text="a")
    with pytest.raises(OutcomeUnknown):
        await run(services, amal, "world.crash_note", key="k", to="x@example.com", text="a")
    world.hangs = True
    running = asyncio.create_task(run(services, amal, NOTE, key="cut", to="x@example.com", text="a"))
    while not world.sent:
        await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    world.hangs = False
    with pytest.raises(OutcomeUnknown):
        await run(services, amal, NOTE, key="cut", to="x@example.com", text="a")
    assert len(world.sent) == 1


async def test_an_external_answer_that_holds_a_secret_is_not_replayed(services: Services) -> None:
    from gitu.kernel.errors import IdempotencyReplayHidden

    amal = await make_person(services, "amal")
    assert await run(services, amal, "world.keep_secret", key="k", to="x@example.com", text="a")
    with pytest.raises(IdempotencyReplayHidden):
        await run(services, amal, "world.keep_secret", key="k", to="x@example.com", text="a")


def test_a_read_is_never_external() -> None:
    with pytest.raises(ValueError, match="no transaction anyway"):

        @action("world.look_out", scope=SEND, risk=Risk.READ, external=True)
        async def look_out(ctx: Context, data: Mail) -> Nothing:
            """Look out."""
            raise NotImplementedError
