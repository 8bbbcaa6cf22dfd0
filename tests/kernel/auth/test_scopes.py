"""Scopes: each role has those of the roles below it; a key narrows, and never widens."""

from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitu.kernel.auth.principal import ANONYMOUS, SYSTEM, Kind, Principal, Role
from gitu.kernel.auth.scopes import (
    all_scopes,
    allows,
    declare_scope,
    effective_scopes,
    known_scope,
    scopes_of,
    title_key,
)

NAMES = [declare_scope(f"auth_{role.value}:use", role=role, title="Be tested") for role in Role]


def test_a_role_has_what_the_roles_below_it_have() -> None:
    ladder = [Role.GUEST, Role.MEMBER, Role.ADMIN, Role.OWNER]
    for lower, higher in pairwise(ladder):
        assert scopes_of(lower) < scopes_of(higher)
        assert higher.at_least(lower)
        assert not lower.at_least(higher)


def test_a_scope_is_declared_once() -> None:
    assert declare_scope("auth_owner:use", role=Role.OWNER, title="Be tested") == "auth_owner:use"
    with pytest.raises(ValueError, match="declared twice in different ways"):
        declare_scope("auth_owner:use", role=Role.GUEST, title="Be tested")
    assert known_scope("auth_nobody:use") is None
    assert [scope.name for scope in all_scopes()] == sorted(scope.name for scope in all_scopes())


def test_the_system_may_do_all_and_strangers_nothing() -> None:
    assert allows(SYSTEM, "auth_owner:use")
    assert not allows(ANONYMOUS, "auth_guest:use")
    assert effective_scopes(ANONYMOUS) == []


@given(st.sampled_from(Role), st.none() | st.frozensets(st.sampled_from(NAMES)), st.booleans())
def test_a_delegate_never_may_more_than_the_person(role: Role, limited_to: frozenset[str] | None, agent: bool) -> None:
    person = Principal(Kind.PERSON, user_id=UUID(int=1), role=role)
    key = Principal(Kind.API_KEY, user_id=UUID(int=1), role=role, limited_to=limited_to)
    delegate = key.as_agent() if agent else key
    assert delegate.is_delegate
    assert not person.is_delegate
    assert set(effective_scopes(delegate)) <= set(effective_scopes(person))
    assert all(allows(delegate, name) for name in effective_scopes(delegate))


def test_the_assistant_has_no_device_on_which_anything_was_confirmed() -> None:
    person = Principal(Kind.PERSON, user_id=UUID(int=1), role=Role.ADMIN, device_id=UUID(int=2))
    assert person.as_agent().device_id is None


def test_a_scopes_title_is_translated_under_its_own_key() -> None:
    assert title_key("me:read") == "scope-me-read"
