"""The audit log as people read it: what was done and refused, narrowed to what they look for."""

import re
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert

from gitu.features.trust.schemas import AuditEntry
from gitu.kernel import clock
from gitu.kernel.actions.kinds import Door, Risk
from gitu.kernel.actions.paging import Page
from gitu.kernel.actions.registry import registry
from gitu.kernel.audit.tables import AuditRow
from gitu.kernel.auth.principal import Kind, Principal, Role
from gitu.kernel.errors import ApprovalNeeded, Denied, Invalid, NotFound
from gitu.kernel.ids import new_id
from gitu.kernel.services import Services
from tests.support.services import make_person, run

pytestmark = pytest.mark.anyio


async def audit(services: Services, reader: Principal, **query: Any) -> Page[AuditEntry]:
    """A page of the log, with everything in it that was done so far."""
    await services.audit.flush()
    page = await run(services, reader, "trust.list_audit", **query)
    return Page[AuditEntry].model_validate(page.model_dump())


async def told(services: Services, reader: Principal, **query: Any) -> list[str]:
    """The actions on a page, newest first; looking at the log itself, which is told too, left out."""
    entries = (await audit(services, reader, **query)).items
    return [entry.action for entry in entries if entry.action != "trust.list_audit"]


async def live_a_little(services: Services, who: Principal) -> UUID:
    """Two changes with two reads between them; the id of the conversation they were about."""
    opened = (await run(services, who, "assistant.open_session", title="Plans")).model_dump()
    await run(services, who, "assistant.list_sessions")
    await run(services, who, "identity.list_devices")
    await run(services, who, "assistant.end_session", door=Door.CLI, session_id=opened["id"])
    return opened["id"]


ARABIC = re.compile("[\u0621-\u064a]")
EVERYTHING = ["assistant.end_session", "identity.list_devices", "assistant.list_sessions", "assistant.open_session"]


async def test_what_one_did_is_told_newest_first_with_who_how_and_what_came_of_it(services: Services) -> None:
    amal = await make_person(services, "amal")
    await live_a_little(services, amal)
    assert sorted(await told(services, amal)) == sorted(EVERYTHING)
    newest = (await audit(services, amal, changes_only=True)).items[0]
    assert (newest.action, newest.actor_name, newest.actor_kind) == ("assistant.end_session", "Amal", Kind.PERSON)
    assert (newest.door, newest.risk, newest.outcome) == (Door.CLI, Risk.WRITE, "ok")
    assert newest.error_code is None
    assert len(newest.input_digest) >= 20
    assert newest.duration_ms > 0


async def test_changes_only_leaves_out_what_was_only_read(services: Services) -> None:
    amal = await make_person(services, "amal")
    await live_a_little(services, amal)
    assert await told(services, amal, changes_only=True) == ["assistant.end_session", "assistant.open_session"]


async def test_changes_that_were_refused_failed_or_held_count_as_changes(services: Services) -> None:
    guest = await make_person(services, "nour", Role.GUEST)
    amal = await make_person(services, "amal")
    session = await live_a_little(services, amal)
    with pytest.raises(Denied):
        await run(services, guest, "identity.update_user", user_id=str(amal.user_id), role="guest")
    with pytest.raises(Denied):
        await run(services, guest, "identity.list_users")
    with pytest.raises(NotFound):
        await run(services, amal, "assistant.delete_session", session_id=new_id())
    with pytest.raises(ApprovalNeeded):
        await run(services, amal.as_agent(), "assistant.delete_session", door=Door.AGENT, session_id=session)
    assert await told(services, guest, changes_only=True) == ["identity.update_user"]
    held, failed = (await audit(services, amal, changes_only=True, action="assistant.delete_session")).items
    assert (held.outcome, held.actor_kind, held.risk) == ("held", Kind.AGENT, Risk.DANGEROUS)
    assert (failed.outcome, failed.error_code) == ("failed", "assistant.session_not_found")


async def test_pages_of_changes_are_full_however_many_reads_lie_between(services: Services) -> None:
    amal = await make_person(services, "amal")
    for title in ("one", "two", "three", "four", "five"):
        await run(services, amal, "assistant.open_session", title=title)
        for _ in range(7):
            await run(services, amal, "assistant.list_sessions")
    seen: list[int] = []
    cursor: str | None = None
    sizes: list[int] = []
    while cursor or not sizes:
        page = await audit(services, amal, changes_only=True, limit=2, cursor=cursor)
        sizes.append(len(page.items))
        seen += [entry.id for entry in page.items]
        cursor = page.next_cursor
    assert sizes == [2, 2, 1]
    assert seen == sorted(set(seen), reverse=True)


async def test_the_log_is_searched_by_a_part_of_a_name_an_action_and_an_outcome(services: Services) -> None:
    amal = await make_person(services, "amal")
    await live_a_little(services, amal)
    with pytest.raises(Denied):
        await run(services, amal, "identity.list_users")
    assert await told(services, amal, query="END_sess") == ["assistant.end_session"]
    assert await told(services, amal, action="assistant.list_sessions") == ["assistant.list_sessions"]
    assert await told(services, amal, action="assistant.list") == []
    assert await told(services, amal, outcome="denied") == ["identity.list_users"]
    assert await told(services, amal, outcome="denied", changes_only=True) == []
    for wild in ("%", "_____________________________________"):
        assert await told(services, amal, query=wild) == []
    with pytest.raises(Invalid):
        await audit(services, amal, outcome="lost")


async def test_everyone_sees_their_own_and_what_was_done_for_them(services: Services) -> None:
    amal, basim = await make_person(services, "amal"), await make_person(services, "basim")
    await live_a_little(services, amal)
    await run(services, amal.as_agent(), "assistant.list_sessions", door=Door.AGENT)
    assert await told(services, basim) == []
    assert await told(services, basim, actor_id=str(amal.user_id)) == []
    kinds = {entry.actor_kind for entry in (await audit(services, amal)).items}
    assert kinds == {Kind.PERSON, Kind.AGENT}


@pytest.mark.parametrize("role", [Role.ADMIN, Role.OWNER])
async def test_who_runs_this_gitu_sees_everyone_s_and_can_narrow_it_to_one(services: Services, role: Role) -> None:
    amal, basim = await make_person(services, "amal"), await make_person(services, "basim")
    keeper = await make_person(services, "keeper", role)
    await live_a_little(services, amal)
    await run(services, basim, "assistant.open_session", title="His")
    everyone = (await audit(services, keeper, changes_only=True)).items
    assert [entry.actor_name for entry in everyone] == ["Basim", "Amal", "Amal"]
    assert await told(services, keeper, actor_id=str(basim.user_id)) == ["assistant.open_session"]


async def test_an_entry_from_before_risks_were_kept_is_shown_rather_than_hidden(services: Services) -> None:
    amal = await make_person(services, "amal")
    old = {
        "at": clock.now(),
        "owner_id": amal.user_id,
        "actor_kind": "person",
        "door": "rest",
        "action": "assistant.of_an_earlier_release",
        "outcome": "ok",
        "input_digest": "0" * 20,
        "duration_ms": 1.0,
        "detail": {},
    }
    async with services.database.transaction() as db:
        await db.execute(insert(AuditRow).values(**old))
    (entry,) = (await audit(services, amal, changes_only=True)).items
    assert entry.risk is None
    assert entry.title == entry.action == old["action"]  # nothing is called so any more


async def test_a_cursor_of_another_list_is_refused_by_name(services: Services) -> None:
    amal = await make_person(services, "amal")
    with pytest.raises(Invalid) as refused:
        await audit(services, amal, cursor="bm90LW91cnM")
    assert [problem.path for problem in refused.value.fields] == ["cursor"]


async def test_what_was_done_is_told_and_found_in_the_reader_s_language(services: Services) -> None:
    amal = await make_person(services, "amal")
    await live_a_little(services, amal)
    titles = {entry.action: entry.title for entry in (await audit(services, amal)).items}
    assert titles["assistant.open_session"] == registry.get("assistant.open_session").summary
    assert await told(services, amal, query="DEVICES") == ["identity.list_devices"]
    reader = replace(amal, locale="ar")
    arabic = {entry.action: entry.title for entry in (await audit(services, reader)).items}
    assert all(ARABIC.search(title) for title in arabic.values())
    assert await told(services, reader, query=arabic["identity.list_devices"][3:12]) == ["identity.list_devices"]
    assert await told(services, reader, query="list_dev") == ["identity.list_devices"]
