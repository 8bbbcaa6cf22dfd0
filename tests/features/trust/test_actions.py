"""The list of what one may do: as far as one's role, key and language reach."""

from dataclasses import replace

import pytest

from gitu.features.trust.schemas import ActionInfo, ActionList
from gitu.kernel.actions.kinds import Door, Risk
from gitu.kernel.auth.principal import Principal, Role
from gitu.kernel.services import Services
from tests.support.services import make_person, make_program, run

pytestmark = pytest.mark.anyio


async def allowed(services: Services, who: Principal) -> dict[str, ActionInfo]:
    """What they may do, by name."""
    listed = ActionList.model_validate((await run(services, who, "trust.list_actions")).model_dump())
    return {action.name: action for action in listed.items}


async def test_an_action_is_listed_with_all_that_is_needed_to_call_it(services: Services) -> None:
    found = (await allowed(services, await make_person(services, "amal")))["assistant.delete_session"]
    assert (found.command, found.feature) == ("assistant delete-session", "assistant")
    assert (found.http, found.scope) == ("DELETE /sessions/{session_id}", "assistant:write")
    assert found.risk is Risk.DANGEROUS
    assert Door.CHAT in found.doors
    assert found.input_schema["required"] == ["session_id"]


async def test_each_role_may_do_what_the_one_below_it_may_and_more(services: Services) -> None:
    by_role = [set(await allowed(services, await make_person(services, role.value, role))) for role in Role]
    owner, admin, member, guest = by_role
    assert guest < member < admin <= owner
    assert "identity.update_user" not in member
    assert "identity.update_user" in owner


async def test_a_key_is_shown_only_what_its_scopes_allow(services: Services) -> None:
    amal = await make_person(services, "amal")
    narrow = await make_program(services, amal, "actions:read", "audit:read")
    assert set(await allowed(services, narrow)) == {"trust.list_actions", "trust.list_audit"}


async def test_what_it_does_is_said_in_the_person_s_language(services: Services) -> None:
    amal = await make_person(services, "amal", Role.OWNER)
    english, arabic = await allowed(services, amal), await allowed(services, replace(amal, locale="ar"))
    assert english.keys() == arabic.keys()
    ours = [name for name in english if not name.startswith(("testing.", "bench.", "world.", "workshop."))]
    same = [name for name in ours if english[name].summary == arabic[name].summary]
    assert same == []
