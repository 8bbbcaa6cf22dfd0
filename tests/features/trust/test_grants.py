"""Grants: made and taken back by the person alone, within limits they see, from the next call on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gitu.features.trust.errors import (
    ApprovalClosed,
    GrantEndsBefore,
    GrantNeedsEnd,
    GrantNotForDelegates,
    GrantTooNarrow,
    GrantUnknownAction,
    GrantWithoutSession,
)
from gitu.kernel import clock
from gitu.kernel.actions.execute import Call, execute
from gitu.kernel.actions.kinds import Door
from gitu.kernel.actions.permissions import store
from gitu.kernel.auth.principal import Principal
from gitu.kernel.errors import ApprovalNeeded, DoorClosed, Invalid, NotFound, TooManyGrants
from gitu.kernel.ids import new_id
from gitu.kernel.services import Services
from tests.support.outside import world
from tests.support.services import make_person, make_program, run

pytestmark = pytest.mark.anyio
FILE = {"path": "/home/amal/a.txt", "text": "x"}


async def ask(services: Services, who: Principal, session: Any = None, **file: Any) -> str | None:
    """The assistant writes a file; the request's id when that is held."""
    origin = None if session is None else {"session_id": str(session)}
    call = Call(Door.AGENT, origin=origin)
    try:
        await execute(services, who.as_agent(), "world.write_file", {**FILE, **file}, call)
    except ApprovalNeeded as held:
        return str(held.params["approval_id"])
    return None


async def remember(services: Services, who: Principal, request: str | None, **how: Any) -> None:
    await run(services, who, "trust.approve", approval_id=request, remember=how)


async def test_once_is_once(services: Services) -> None:
    world.fails = ""
    amal = await make_person(services, "amal")
    request = await ask(services, amal)
    await run(services, amal, "trust.approve", approval_id=request)
    assert await ask(services, amal) is not None


async def test_remembered_for_a_conversation_it_holds_there_and_for_this_alone(services: Services) -> None:
    amal = await make_person(services, "amal")
    session = new_id()
    await remember(services, amal, await ask(services, amal, session), how_long="session")
    assert await ask(services, amal, session) is None
    assert await ask(services, amal, session, path="/home/amal/b.txt") is not None
    assert await ask(services, amal, new_id()) is not None
    assert await ask(services, amal) is not None


async def test_remembered_until_a_time_it_ends_then(services: Services) -> None:
    amal = await make_person(services, "amal")
    until = (clock.now() + timedelta(hours=1)).isoformat()
    await remember(services, amal, await ask(services, amal), how_long="until", until=until)
    assert await ask(services, amal) is None
    with clock.travel(timedelta(hours=2), ticking=True):
        assert await ask(services, amal) is not None
        (expired,) = [
            one
            for one in (await run(services, amal, "trust.list_grants", state="all")).model_dump()["items"]
            if one["origin"] == "approval"
        ]
        assert expired["state"] == "expired"


async def test_remembered_always_within_wider_limits_it_can_be_revoked(services: Services) -> None:
    amal = await make_person(services, "amal")
    await remember(services, amal, await ask(services, amal), how_long="always", limits={"paths": ["/home/amal"]})
    assert await ask(services, amal, path="/home/amal/deep/b.txt") is None
    assert await ask(services, amal, path="/etc/passwd") is not None
    (made, *_) = (await run(services, amal, "trust.list_grants")).model_dump()["items"]
    for _ in range(2):  # a second time changes nothing
        await run(services, amal, "trust.revoke_grant", grant_id=str(made["id"]))
    assert await ask(services, amal) is not None


@pytest.mark.parametrize(
    ("how", "refusal"),
    [
        ({"how_long": "session"}, GrantWithoutSession),
        ({"how_long": "until"}, GrantNeedsEnd),
        ({"how_long": "until", "until": "2001-01-01T00:00:00Z"}, GrantEndsBefore),
        ({"how_long": "until", "until": "2001-01-01T00:00:00"}, GrantEndsBefore),
        ({"how_long": "always", "limits": {"paths": ["/home/basim"]}}, GrantTooNarrow),
        ({"how_long": "always", "limits": {"paths": ["reports"]}}, Invalid),
    ],
)
async def test_what_can_not_be_remembered_approves_nothing(
    services: Services, how: dict[str, Any], refusal: type[Exception]
) -> None:
    amal = await make_person(services, "amal")
    request = await ask(services, amal)
    with pytest.raises(refusal):
        await remember(services, amal, request, **how)
    (still,) = (await run(services, amal, "trust.list_approvals", state="pending")).model_dump()["items"]
    assert str(still["id"]) == request


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"covers": "world.nothing"}, GrantUnknownAction),
        ({"covers": "read", "expires_at": "2001-01-01T00:00:00Z"}, GrantEndsBefore),
        ({"covers": "read", "delegate": f"api_key:{new_id()}"}, NotFound),
        ({"covers": "read", "delegate": "api_key:" + "-" * 36}, Invalid),
        ({"covers": "read", "delegate": "person"}, Invalid),
        ({"covers": "read", "limits": {"paths": ["/a/../b"]}}, Invalid),
        ({"covers": "read", "limits": {"anything": ["*"]}}, Invalid),
    ],
)
async def test_a_grant_that_makes_no_sense_is_refused(
    services: Services, given: dict[str, Any], refusal: type[Exception]
) -> None:
    amal = await make_person(services, "amal")
    with pytest.raises(refusal):
        await run(services, amal, "trust.create_grant", **given)


async def test_an_end_without_a_zone_is_taken_as_utc(services: Services) -> None:
    amal = await make_person(services, "amal")
    end = datetime.now(UTC).replace(tzinfo=None, microsecond=0) + timedelta(days=1)
    made = await run(services, amal, "trust.create_grant", covers="world:send", expires_at=end.isoformat())
    assert made.model_dump()["expires_at"] == end.replace(tzinfo=UTC)


async def test_what_acts_for_a_person_makes_and_revokes_no_grants(services: Services) -> None:
    amal = await make_person(services, "amal")
    made = (await run(services, amal, "trust.create_grant", covers="world:send")).model_dump()
    program = await make_program(services, amal, "grants:write", unasked=["grants:write"])
    for who, door, refusal in (
        (program, Door.REST, GrantNotForDelegates),
        (program, Door.CHAT, GrantNotForDelegates),
        (amal.as_agent(), Door.AGENT, DoorClosed),
        (amal.as_agent(), Door.CHAT, DoorClosed),
    ):
        with pytest.raises(refusal):
            await run(services, who, "trust.create_grant", door=door, covers="world:send")
        with pytest.raises(refusal):
            await run(services, who, "trust.revoke_grant", door=door, grant_id=str(made["id"]))


async def test_nobody_sees_or_revokes_the_grants_of_another(services: Services) -> None:
    amal, basim = await make_person(services, "amal"), await make_person(services, "basim")
    made = (await run(services, amal, "trust.create_grant", covers="world:send")).model_dump()
    assert (await run(services, basim, "trust.list_grants", state="all")).model_dump()["items"] == []
    with pytest.raises(NotFound):
        await run(services, basim, "trust.revoke_grant", grant_id=str(made["id"]))


async def test_there_is_an_end_to_how_many_grants_there_may_be(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MOST_GRANTS", 2)
    amal = await make_person(services, "amal")
    await run(services, amal, "trust.create_grant", covers="world:send")
    with pytest.raises(TooManyGrants):
        await run(services, amal, "trust.create_grant", covers="world:read")


async def test_of_two_decisions_at_once_one_holds(services: Services) -> None:
    import asyncio

    amal = await make_person(services, "amal")
    request = await ask(services, amal)
    verbs = ("trust.approve", "trust.deny", "trust.approve", "trust.deny")
    decided = await asyncio.gather(
        *(run(services, amal, verb, approval_id=request) for verb in verbs), return_exceptions=True
    )
    assert sum(isinstance(one, ApprovalClosed) for one in decided) == 3
