"""The gate: default deny for what acts for a person; one request per call, answered once, and nothing in its place."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from pydantic import BaseModel
from sqlalchemy import text

from gitu.features.trust import approvals as trust
from gitu.kernel import clock
from gitu.kernel.actions import crowding
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.execute import Call, Receipt, execute
from gitu.kernel.actions.kinds import Door
from gitu.kernel.actions.permissions import store
from gitu.kernel.actions.permissions.grants import ASSISTANT
from gitu.kernel.actions.permissions.limits import Limits
from gitu.kernel.actions.permissions.standing import standing
from gitu.kernel.actions.registry import Nothing, Risk, action
from gitu.kernel.auth.principal import Kind, Principal
from gitu.kernel.errors import (
    ApprovalDenied,
    ApprovalExpired,
    ApprovalNeeded,
    ApprovedButCut,
    ApprovedButFailed,
    GrantNeeded,
    IdempotencyKeyReused,
    TooManyPending,
)
from gitu.kernel.ids import new_id
from gitu.kernel.services import Services
from tests.support.outside import SEND, Done, quiet_world, world
from tests.support.services import make_person, make_program, run

__all__ = ["quiet_world"]

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("quiet_world")]
NOTE = "world.post_note"


async def ask(services: Services, who: Principal, name: str = NOTE, key: str | None = None, **data: Any) -> BaseModel:
    """Ask as the person's assistant."""
    agent = who.as_agent() if who.kind is Kind.PERSON else who
    return await run(services, agent, name, door=Door.AGENT, key=key, **data)


async def held(services: Services, who: Principal, name: str = NOTE, key: str | None = None, **data: Any) -> UUID:
    """Ask, and be told to wait; the request's id."""
    with pytest.raises(ApprovalNeeded) as waiting:
        await ask(services, who, name, key, **data)
    return UUID(str(waiting.value.params["approval_id"]))


async def grant(services: Services, who: Principal, covers: str = NOTE, **more: Any) -> UUID:
    """Let the person's assistant do something."""
    more.setdefault("limits", {"recipients": ["*"]})
    made = await run(services, who, "trust.create_grant", covers=covers, **more)
    return UUID(str(made.model_dump()["id"]))


async def approve(services: Services, who: Principal, request: UUID) -> None:
    """Approve, and run what was approved as the job would."""
    from gitu.kernel.actions.tables import ApprovalRow

    async with services.database.transaction() as db:
        row = await db.get(ApprovalRow, request)
        assert row is not None
        row.state, row.decided_at = "approved", clock.now()
    await trust.run_approved(services, request)


async def test_what_nobody_granted_is_held_and_has_not_run(services: Services) -> None:
    amal = await make_person(services, "amal")
    await held(services, amal, to="basim@example.com", text="hello")
    assert world.sent == []
    assert await run(services, amal, NOTE, to="basim@example.com", text="hello")  # their own call is their approval
    assert world.sent == [("note", "basim@example.com hello")]


async def test_a_grant_holds_within_its_limits_and_until_it_is_revoked(services: Services) -> None:
    amal = await make_person(services, "amal")
    made = await grant(services, amal, limits={"recipients": ["*@example.com"]})
    await ask(services, amal, to="basim@example.com", text="one")
    await held(services, amal, to="eve@evil.example", text="two")
    await run(services, amal, "trust.revoke_grant", grant_id=str(made))
    await held(services, amal, to="basim@example.com", text="three")
    assert world.sent == [("note", "basim@example.com one")]


async def test_of_a_call_and_a_revocation_at_once_no_call_begins_after_it(services: Services) -> None:
    amal = await make_person(services, "amal")
    made = await grant(services, amal)
    revoked = asyncio.Event()

    async def revoke() -> None:
        await run(services, amal, "trust.revoke_grant", grant_id=str(made))
        revoked.set()

    async def call(number: int) -> None:
        after = revoked.is_set()
        try:
            await ask(services, amal, to="x@example.com", text=str(number))
        except ApprovalNeeded:
            return
        assert not after, "a call that began after the revocation ran"

    await asyncio.gather(*(call(n) for n in range(4)), revoke(), *(call(n) for n in range(4, 8)))
    await asyncio.gather(*(call(n) for n in range(8, 12)))
    assert not {f"x@example.com {n}" for n in range(8, 12)} & {sent for _, sent in world.sent}


async def test_the_same_call_again_is_the_same_request(services: Services) -> None:
    amal = await make_person(services, "amal")
    first = await held(services, amal, key="k", to="x@example.com", text="a")
    assert await held(services, amal, key="k", to="x@example.com", text="a") == first
    together = await asyncio.gather(*(held(services, amal, key="k2", to="x@example.com", text="b") for _ in range(4)))
    assert len(set(together)) == 1
    unnamed = await held(services, amal, to="x@example.com", text="a")
    assert unnamed != first
    assert await held(services, amal, to="x@example.com", text="a") == unnamed  # nothing tells the two apart


async def test_another_input_under_the_key_of_a_request_is_refused(services: Services) -> None:
    amal = await make_person(services, "amal")
    request = await held(services, amal, key="k", to="basim@example.com", text="hi")
    with pytest.raises(IdempotencyKeyReused):
        await ask(services, amal, key="k", to="eve@evil.example", text="hi")
    await approve(services, amal, request)
    with pytest.raises(IdempotencyKeyReused):
        await ask(services, amal, key="k", to="eve@evil.example", text="hi")
    assert world.sent == [("note", "basim@example.com hi")]


async def test_an_approved_read_answers_once_and_only_what_was_approved(services: Services) -> None:
    amal = await make_person(services, "amal")
    request = await held(services, amal, "world.fetch_url", key="k", url="https://good.example/a")
    await run(services, amal, "trust.approve", approval_id=str(request))
    await ask(services, amal, "world.fetch_url", key="k", url="https://good.example/a")
    with pytest.raises(IdempotencyKeyReused):
        await ask(services, amal, "world.fetch_url", key="k", url="https://evil.example/?q=secret")
    assert world.sent == [("fetch", "https://good.example/a")]


async def test_a_program_that_knows_the_key_of_the_assistant_s_request_gets_nothing(services: Services) -> None:
    amal = await make_person(services, "amal")
    request = await held(services, amal, "world.send_mail", key="k", to="x@example.com", text="a")
    await approve(services, amal, request)
    program = replace(amal, kind=Kind.API_KEY, key_id=new_id(), limited_to=frozenset({SEND}))
    with pytest.raises(IdempotencyKeyReused):
        await ask(services, program, "world.send_mail", key="k", to="x@example.com", text="a")
    other = await make_person(services, "basim")
    assert await held(services, other, "world.send_mail", key="k", to="x@example.com", text="a") != request


async def test_an_approved_call_runs_once_and_answers_whoever_asks_again(services: Services) -> None:
    amal = await make_person(services, "amal")
    request = await held(services, amal, key="k", to="x@example.com", text="a")
    await approve(services, amal, request)
    await trust.run_approved(services, request)  # settled: the job's second run does nothing
    receipts: list[Receipt] = []
    again = Call(Door.AGENT, idempotency_key="k", on_receipt=receipts.append)
    await execute(services, amal.as_agent(), NOTE, {"to": "x@example.com", "text": "a"}, again)
    assert [receipt.call_id for receipt in receipts] == [request]
    answers = [await ask(services, amal, key="k", to="x@example.com", text="a") for _ in range(2)]
    assert answers == [Done(done="note: x@example.com a")] * 2
    assert len(world.sent) == 1


async def test_what_was_denied_stays_denied_whatever_was_granted_since(services: Services) -> None:
    amal = await make_person(services, "amal")
    request = await held(services, amal, key="k", to="x@example.com", text="a")
    await run(services, amal, "trust.deny", approval_id=str(request))
    await grant(services, amal)
    with pytest.raises(ApprovalDenied):
        await ask(services, amal, key="k", to="x@example.com", text="a")
    assert world.sent == []


async def test_a_request_that_expired_or_failed_says_so(services: Services) -> None:
    amal = await make_person(services, "amal")
    await held(services, amal, key="old", to="x@example.com", text="a")
    with clock.travel(timedelta(days=2), ticking=True), pytest.raises(ApprovalExpired):
        await ask(services, amal, key="old", to="x@example.com", text="a")
    request = await held(services, amal, key="bad", to="x@example.com", text="b")
    world.fails = "it is down"
    await approve(services, amal, request)
    with pytest.raises(ApprovedButFailed, match=r"upstream\.failed"):
        await ask(services, amal, key="bad", to="x@example.com", text="b")


async def test_of_an_approved_call_that_was_cut_nobody_says_that_it_failed(services: Services) -> None:
    amal = await make_person(services, "amal")
    request = await held(services, amal, "world.crash_note", key="k", to="x@example.com", text="a")
    async with services.database.transaction() as db:  # begun by a process that is no more
        await db.execute(
            text(
                "INSERT INTO idempotency (owner_id, action, key, input_digest, kept, created_at)"
                " SELECT owner_id, action, key, input_digest, false, now() FROM approvals WHERE id = :id"
            ),
            {"id": request},
        )
    await approve(services, amal, request)
    with pytest.raises(ApprovedButCut, match="nobody knows whether it was done"):
        await ask(services, amal, "world.crash_note", key="k", to="x@example.com", text="a")


async def test_an_approved_call_that_still_runs_is_waited_for_even_with_a_grant(services: Services) -> None:
    amal = await make_person(services, "amal")
    request = await held(services, amal, key="k", to="x@example.com", text="a")
    world.hangs = True
    running = asyncio.create_task(approve(services, amal, request))
    while not world.sent:
        await asyncio.sleep(0.01)
    await grant(services, amal)
    assert await held(services, amal, key="k", to="x@example.com", text="a") == request
    world.hangs = False
    await running
    assert len(world.sent) == 1


async def test_there_is_an_end_to_how_many_may_wait(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowding, "MOST_PENDING", 2)
    amal = await make_person(services, "amal")
    for number in range(2):
        await held(services, amal, to="x@example.com", text=str(number))
    with pytest.raises(TooManyPending):
        await ask(services, amal, to="x@example.com", text="one more")


async def test_reading_is_granted_from_the_beginning_and_can_be_taken_back(services: Services) -> None:
    amal = await make_person(services, "amal")
    assert await ask(services, amal, "trust.list_actions")
    (baseline,) = (await run(services, amal, "trust.list_grants")).model_dump()["items"]
    await run(services, amal, "trust.revoke_grant", grant_id=str(baseline["id"]))
    for _ in range(2):  # it does not come back by itself
        with pytest.raises(ApprovalNeeded):
            await ask(services, amal, "trust.list_actions")


async def test_a_program_asks_unless_its_own_key_was_granted_it(services: Services) -> None:
    amal = await make_person(services, "amal")
    await grant(services, amal)  # what the assistant may is none of a program's
    asks = await make_program(services, amal, SEND)
    await held(services, asks, to="x@example.com", text="a")
    given = {"unasked": [SEND], "limits": {"recipients": ["*@example.com"]}}
    program = await make_program(services, amal, SEND, **given)
    await ask(services, program, to="x@example.com", text="b")
    await held(services, program, to="eve@evil.example", text="c")
    await held(services, program, "world.send_mail", to="x@example.com", text="d")  # by its own name alone
    assert world.sent == [("note", "x@example.com b")]
    await run(services, amal, "identity.revoke_api_key", key_id=str(program.key_id))
    await held(services, program, to="x@example.com", text="e")  # even where it is still remembered as a caller


async def test_a_program_is_refused_what_no_approval_could_stand_for(services: Services) -> None:
    amal = await make_person(services, "amal")
    program = await make_program(services, amal, SEND)
    with pytest.raises(GrantNeeded):
        await run(services, program, "world.keep_secret", to="x@example.com", text="a")
    assert (await run(services, amal, "trust.list_approvals")).model_dump()["items"] == []


async def test_grants_are_kept_used_and_read_page_by_page(services: Services) -> None:
    amal = await make_person(services, "amal")
    made = [await grant(services, amal, covers) for covers in ("world:read", NOTE)]
    await ask(services, amal, to="x@example.com", text="a")
    async with services.database.reader() as db:
        assert amal.user_id is not None
        now = clock.now()
        page = await store.list_page(db, amal.user_id, None, 10, active_at=None)
        assert [row.id for row in page][:2] == made[::-1]
        assert page[0].last_used_at is not None
        older = await store.list_page(db, amal.user_id, made[1], 10, active_at=now)
        assert next(row.id for row in older) == made[0]
        assert await store.count(db, amal.user_id, now) == 3  # with the baseline
        assert await store.lock(db, new_id(), made[0]) is None


async def test_nothing_stands_for_another_person_or_delegate(services: Services) -> None:
    from gitu.kernel.actions.effects import NO_EFFECT
    from gitu.kernel.actions.permissions.grants import Wanted

    amal, basim = await make_person(services, "amal"), await make_person(services, "basim")
    assert amal.user_id is not None
    assert basim.user_id is not None
    await grant(services, amal, limits=Limits().model_dump(mode="json"))
    wanted = Wanted(
        delegate=ASSISTANT,
        action=NOTE,
        scope=SEND,
        risk=Risk.WRITE,
        effect=NO_EFFECT,
        touches=True,
        session_id=None,
        outside=False,
    )

    async def covered(owner_id: UUID, delegate: str = ASSISTANT) -> bool:
        now = clock.now()
        stands = await standing(services.database, owner_id, delegate, NOTE, SEND, None, now)
        return stands.grant_for(wanted.model_copy(update={"delegate": delegate}), now) is not None

    assert await covered(amal.user_id)
    assert not await covered(basim.user_id)
    assert not await covered(amal.user_id, f"api_key:{new_id()}")


@action("world.knock_door", scope=None, risk=Risk.WRITE)
async def knock_door(ctx: Context, data: Nothing) -> Nothing:
    """Knock, as anyone may."""
    return Nothing()


async def test_what_anyone_may_do_needs_no_grant(services: Services) -> None:
    amal = await make_person(services, "amal")
    program = replace(amal, kind=Kind.API_KEY, key_id=new_id(), limited_to=frozenset())
    assert await run(services, program, "world.knock_door")
