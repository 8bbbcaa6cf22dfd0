"""No answer, conversation or key can take the places where other requests wait."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from gitu.kernel.actions import crowding
from gitu.kernel.actions.execute import Call, execute
from gitu.kernel.actions.kinds import Door
from gitu.kernel.auth.principal import Principal
from gitu.kernel.errors import ApprovalNeeded, GituError, TooManyHeld, TooManyPending
from gitu.kernel.ids import new_id
from gitu.kernel.services import Services
from tests.support.outside import SEND
from tests.support.services import make_person, make_program, run

pytestmark = pytest.mark.anyio


async def ask(
    services: Services, who: Principal, text: str, turn: UUID, session: UUID, call_id: str = ""
) -> str | GituError:
    """A tool call of an answer: the id of the request that it becomes, or what refuses it."""
    origin = {"turn_id": str(turn), "session_id": str(session)}
    call = Call(Door.AGENT, idempotency_key=f"{turn}:{call_id or new_id()}", origin=origin)
    try:
        await execute(services, who.as_agent(), "world.post_note", {"to": "x@example.com", "text": text}, call)
    except ApprovalNeeded as held:
        return str(held.params["approval_id"])
    except GituError as error:
        return error
    raise AssertionError("it ran")


async def pending(services: Services, who: Principal) -> list[dict[str, Any]]:
    listed = await run(services, who, "trust.list_approvals", state="pending", limit=100)
    return listed.model_dump()["items"]


async def test_an_answer_that_floods_is_stopped_also_when_it_asks_all_at_once(services: Services) -> None:
    amal = await make_person(services, "amal")
    turn, session = new_id(), new_id()
    asked = await asyncio.gather(*(ask(services, amal, f"flood {n}", turn, session) for n in range(30)))
    refused = [one for one in asked if isinstance(one, TooManyHeld)]
    assert len(refused) == 30 - crowding.MOST_OF_AN_ANSWER
    assert len(await pending(services, amal)) == crowding.MOST_OF_AN_ANSWER
    assert "رفضتَها" in refused[0].localised("ar")
    assert isinstance(await ask(services, amal, "mine", new_id(), new_id()), str)  # other answers are not crowded out


async def test_the_same_call_again_is_the_same_request_and_takes_no_place(services: Services) -> None:
    amal = await make_person(services, "amal")
    turn, session = new_id(), new_id()
    asked = await asyncio.gather(*(ask(services, amal, "the same", turn, session) for _ in range(12)))
    assert len({str(one) for one in asked}) == 1
    assert len(await pending(services, amal)) == 1
    assert await ask(services, amal, "the same", new_id(), session) not in asked  # another answer asks for itself


async def test_what_was_denied_counts_and_what_was_approved_does_not(services: Services) -> None:
    amal = await make_person(services, "amal")
    turn, session = new_id(), new_id()
    for number in range(crowding.MOST_OF_AN_ANSWER + 2):
        file = {"path": "/home/amal/a.txt", "text": str(number)}
        call = Call(Door.AGENT, idempotency_key=f"{turn}:{number}", origin={"turn_id": str(turn)})
        with pytest.raises(ApprovalNeeded) as held:
            await execute(services, amal.as_agent(), "world.write_file", file, call)
        await run(services, amal, "trust.approve", approval_id=str(held.value.params["approval_id"]))
    for number in range(crowding.MOST_OF_AN_ANSWER):
        request = await ask(services, amal, f"no {number}", turn, session)
        await run(services, amal, "trust.deny", approval_id=request)
    assert isinstance(await ask(services, amal, "please", turn, session), TooManyHeld)
    assert await pending(services, amal) == []


async def test_a_conversation_has_an_end_too_over_many_answers(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowding, "MOST_OF_A_CONVERSATION", 3)
    amal = await make_person(services, "amal")
    session = new_id()
    asked = [await ask(services, amal, str(number), new_id(), session) for number in range(4)]
    assert [isinstance(one, str) for one in asked] == [True, True, True, False]
    assert isinstance(await ask(services, amal, "elsewhere", new_id(), new_id()), str)


async def test_a_key_has_places_of_its_own_however_many_conversations_it_opens(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowding, "MOST_OF_A_KEY", 3)
    amal = await make_person(services, "amal")
    program = await make_program(services, amal, SEND)
    asked = [await ask(services, program, str(number), new_id(), new_id()) for number in range(4)]
    assert isinstance(asked[3], TooManyPending)
    for other in (amal, await make_program(services, amal, SEND)):
        assert isinstance(await ask(services, other, "mine", new_id(), new_id()), str)
