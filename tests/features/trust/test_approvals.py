"""Held requests: listed for their person, who alone decides on each, once, while there is time."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from gitu.features.trust.errors import ApprovalClosed, NotForDelegates
from gitu.features.trust.schemas import Approval, ApprovalDecided
from gitu.kernel import clock
from gitu.kernel.actions.kinds import Door, Risk
from gitu.kernel.actions.paging import Page
from gitu.kernel.auth.principal import Principal
from gitu.kernel.errors import ApprovalNeeded, DoorClosed, GrantNeeded, NotFound
from gitu.kernel.services import Services
from tests.support.services import make_person, make_program, run

if TYPE_CHECKING:
    from gitu.kernel.events.types import Recorded

pytestmark = pytest.mark.anyio
DECIDE = ["approvals:decide"]


async def open_session(services: Services, who: Principal, title: str = "Old plans") -> str:
    """A conversation that could be deleted; its id."""
    return str((await run(services, who, "assistant.open_session", title=title)).model_dump()["id"])


async def held(services: Services, who: Principal, session_id: str) -> UUID:
    """The assistant asks to delete a conversation, which waits; the request's id."""
    with pytest.raises(ApprovalNeeded) as waiting:
        await run(services, who.as_agent(), "assistant.delete_session", door=Door.AGENT, session_id=session_id)
    return UUID(str(waiting.value.params["approval_id"]))


async def approvals(services: Services, who: Principal, state: str | None = None) -> list[Approval]:
    """What waits, or was decided, newest first."""
    page = await run(services, who, "trust.list_approvals", state=state)
    return Page[Approval].model_validate(page.model_dump()).items


async def decide(services: Services, who: Principal, verb: str, request: UUID) -> ApprovalDecided:
    """Approve or deny, as the web app does."""
    decided = await run(services, who, f"trust.{verb}", approval_id=str(request))
    return ApprovalDecided.model_validate(decided.model_dump())


async def exists(services: Services, who: Principal, session_id: str) -> bool:
    try:
        await run(services, who, "assistant.get_session", session_id=session_id)
    except NotFound:
        return False
    return True


async def test_a_held_request_is_listed_with_exactly_what_it_would_do(services: Services) -> None:
    amal = await make_person(services, "amal")
    session = await open_session(services, amal)
    request = await held(services, amal, session)
    (shown,) = await approvals(services, amal, "pending")
    assert (shown.id, shown.action, shown.state) == (request, "assistant.delete_session", "pending")
    assert (shown.input, shown.risk, shown.requested_by) == ({"session_id": session}, Risk.DANGEROUS, "agent")
    assert shown.expires_at - shown.created_at == timedelta(days=1)
    assert shown.decided_at is None


async def test_its_title_is_in_the_person_s_language(services: Services) -> None:
    amal = await make_person(services, "amal")
    await held(services, amal, await open_session(services, amal))
    (english,) = await approvals(services, amal)
    (arabic,) = await approvals(services, replace(amal, locale="ar"))
    assert english.title.isascii()
    assert "محادثة" in arabic.title


async def test_approved_it_runs_at_once_and_says_what_came_of_it(services: Services) -> None:
    amal = await make_person(services, "amal")
    session = await open_session(services, amal)
    heard: list[Recorded] = []
    services.bus.listen(heard.append, owner_id=amal.user_id)
    request = await held(services, amal, session)
    decided = await decide(services, amal, "approve", request)
    assert decided.approval.state == "approved"
    assert decided.approval.decided_at is not None
    assert decided.output == {}
    assert not await exists(services, amal, session)
    (event,) = [event for event in heard if event.type == "approval.decided"]
    assert (event.data["approval_id"], event.data["state"]) == (str(request), "approved")


async def test_denied_it_never_runs(services: Services) -> None:
    amal = await make_person(services, "amal")
    session = await open_session(services, amal)
    request = await held(services, amal, session)
    decided = await decide(services, amal, "deny", request)
    assert (decided.approval.state, decided.output) == ("denied", None)
    assert await exists(services, amal, session)


@pytest.mark.parametrize("first", ["approve", "deny"])
async def test_it_is_decided_once(services: Services, first: str) -> None:
    amal = await make_person(services, "amal")
    request = await held(services, amal, await open_session(services, amal))
    await decide(services, amal, first, request)
    for again in ("approve", "deny"):
        with pytest.raises(ApprovalClosed, match="ask the assistant again"):
            await decide(services, amal, again, request)


async def test_a_day_later_it_has_expired(services: Services) -> None:
    amal = await make_person(services, "amal")
    session = await open_session(services, amal)
    request = await held(services, amal, session)
    with clock.travel(timedelta(days=1), ticking=True):
        assert await approvals(services, amal, "pending") == []
        assert [(a.id, a.state) for a in await approvals(services, amal, "expired")] == [(request, "expired")]
        with pytest.raises(ApprovalClosed, match="expired"):
            await decide(services, amal, "approve", request)
        assert await exists(services, amal, session)


async def test_nobody_else_sees_or_decides_it(services: Services) -> None:
    amal, basim = await make_person(services, "amal"), await make_person(services, "basim")
    session = await open_session(services, amal)
    request = await held(services, amal, session)
    assert await approvals(services, basim) == []
    for verb in ("approve", "deny"):
        with pytest.raises(NotFound):
            await decide(services, basim, verb, request)
    assert await exists(services, amal, session)


async def test_what_acts_for_a_person_decides_nothing(services: Services) -> None:
    amal = await make_person(services, "amal")
    session = await open_session(services, amal)
    request = await held(services, amal, session)
    with pytest.raises(DoorClosed):
        await run(services, amal.as_agent(), "trust.approve", door=Door.AGENT, approval_id=str(request))
    with pytest.raises(NotForDelegates) as refused:
        await decide(services, await make_program(services, amal, *DECIDE, unasked=DECIDE), "approve", request)
    with pytest.raises(GrantNeeded):
        await decide(services, await make_program(services, amal, *DECIDE), "approve", request)
    assert "الموافقة لك وحدك" in refused.value.localised("ar")
    assert await exists(services, amal, session)


async def test_an_approved_action_that_fails_leaves_the_request_open(services: Services) -> None:
    amal = await make_person(services, "amal")
    session = await open_session(services, amal)
    request = await held(services, amal, session)
    await run(services, amal, "assistant.delete_session", session_id=session)
    with pytest.raises(NotFound):
        await decide(services, amal, "approve", request)
    assert [approval.id for approval in await approvals(services, amal, "pending")] == [request]


async def test_what_was_decided_is_read_page_by_page(services: Services) -> None:
    amal = await make_person(services, "amal")
    requests = [await held(services, amal, await open_session(services, amal)) for _ in range(3)]
    await decide(services, amal, "deny", requests[0])
    first = (await run(services, amal, "trust.list_approvals", limit=2)).model_dump()
    rest = (await run(services, amal, "trust.list_approvals", limit=2, cursor=first["next_cursor"])).model_dump()
    assert [item["id"] for item in first["items"] + rest["items"]] == requests[::-1]
    assert rest["next_cursor"] is None
    assert [approval.id for approval in await approvals(services, amal, "denied")] == [requests[0]]
