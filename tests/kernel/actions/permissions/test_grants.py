"""A grant allows what it names, to whom it names, for as long as it says; everything else is denied."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from gitu.kernel.actions.effects import NO_EFFECT, Effect
from gitu.kernel.actions.kinds import Risk
from gitu.kernel.actions.permissions.grants import ASSISTANT, READING, Grant, Wanted, delegate_of
from gitu.kernel.actions.permissions.limits import Limits
from gitu.kernel.auth.principal import Kind, Principal

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SESSION = UUID(int=5)


def grant(**given: Any) -> Grant:
    """A grant of one action, in force, without bounds, changed by ``given``."""
    return Grant.model_validate(
        {
            "id": UUID(int=1),
            "owner_id": UUID(int=2),
            "delegate": ASSISTANT,
            "covers": "world.post_note",
            "limits": Limits(),
            "session_id": None,
            "after_outside": False,
            "expires_at": None,
            "revoked_at": None,
            **given,
        }
    )


def wanted(**given: Any) -> Wanted:
    """A call of that action, changed by ``given``."""
    return Wanted.model_validate(
        {
            "delegate": ASSISTANT,
            "action": "world.post_note",
            "scope": "world:send",
            "risk": Risk.WRITE,
            "effect": NO_EFFECT,
            "touches": False,
            "session_id": SESSION,
            "outside": False,
            **given,
        }
    )


@pytest.mark.parametrize(
    ("has", "wants", "allowed"),
    [
        ({}, {}, True),
        ({"covers": "world.other"}, {}, False),
        ({"covers": "world:send"}, {}, True),
        ({"covers": "world:read"}, {}, False),
        ({"covers": "world:send"}, {"risk": Risk.DANGEROUS}, False),
        ({"covers": READING}, {"risk": Risk.DANGEROUS}, False),
        ({}, {"risk": Risk.DANGEROUS}, True),
        ({"covers": READING}, {}, False),
        ({"covers": READING}, {"risk": Risk.READ}, True),
        ({"covers": READING}, {"risk": Risk.READ, "touches": True}, False),
        ({"delegate": "api_key:1"}, {}, False),
        ({}, {"delegate": "api_key:1"}, False),
        ({"session_id": SESSION}, {}, True),
        ({"session_id": UUID(int=6)}, {}, False),
        ({"session_id": SESSION}, {"session_id": None}, False),
        ({"expires_at": NOW + timedelta(seconds=1)}, {}, True),
        ({"expires_at": NOW}, {}, False),
        ({"revoked_at": NOW - timedelta(days=1)}, {}, False),
        ({}, {"outside": True}, False),
        ({"after_outside": True}, {"outside": True}, True),
        ({"covers": READING}, {"risk": Risk.READ, "outside": True}, True),
        ({"covers": "world:send"}, {"risk": Risk.READ, "outside": True}, True),
        ({}, {"effect": Effect(hosts=("a.example",))}, False),
        ({"limits": Limits(hosts=("a.example",))}, {"effect": Effect(hosts=("a.example",))}, True),
        # A read that could carry something away counts as sending.
        (
            {"limits": Limits(hosts=("*",))},
            {"risk": Risk.READ, "effect": Effect(hosts=("a.example",)), "outside": True},
            False,
        ),
        (
            {"limits": Limits(paths=("/a",))},
            {"risk": Risk.READ, "effect": Effect(paths=("/a/b",)), "outside": True},
            True,
        ),
    ],
)
def test_what_a_grant_allows(has: dict[str, Any], wants: dict[str, Any], allowed: bool) -> None:
    assert grant(**has).allows(wanted(**wants), NOW) is allowed


def test_its_use_is_noted_once_a_minute() -> None:
    assert grant().is_newly_used(NOW)
    assert not grant(last_used_at=NOW - timedelta(seconds=59)).is_newly_used(NOW)
    assert grant(last_used_at=NOW - timedelta(minutes=1)).is_newly_used(NOW)


def test_each_key_is_a_delegate_of_its_own() -> None:
    assert delegate_of(Principal(Kind.AGENT)) == ASSISTANT
    assert delegate_of(Principal(Kind.API_KEY, key_id=UUID(int=3))) == f"api_key:{UUID(int=3)}"
