"""What stands when a delegate's call comes: its person's answer to this very call, and grants that may cover it.

One question to the database for both, since every call of a delegate asks it; and asked every time, so that a
revocation holds from the next call on, in every process.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BindParameter, Text, bindparam, literal, or_, select, true

from gitu.kernel.actions.permissions.grants import READING, Grant, Wanted
from gitu.kernel.actions.tables import ApprovalRow, GrantRow
from gitu.kernel.db.asking import Question
from gitu.kernel.db.engine import Database

MOST_GRANTS = 500


class Asked(NamedTuple):
    """The request that an earlier call under the same key became: its columns of these names."""

    id: UUID
    state: str
    input_digest: str
    delegate: str
    key: str
    error: str | None
    expires_at: datetime
    settled_at: datetime | None


class Standing(NamedTuple):
    """``grants`` are in force and name the action, its scope or reading; their limits are not looked at yet."""

    asked: Asked | None
    grants: Sequence[Grant]

    def grant_for(self, wanted: Wanted, now: datetime) -> Grant | None:
        """The grant that covers the call, if there is one."""
        return next((grant for grant in self.grants if grant.allows(wanted, now)), None)


async def standing(
    database: Database, owner_id: UUID, delegate: str, action: str, scope: str, key: str | None, now: datetime
) -> Standing:
    """What stands now for a call of the person's delegate under a key."""
    values = {"owner_id": owner_id, "delegate": delegate, "action": action, "scope": scope, "key": key, "now": now}
    rows = await database.ask(_question(), values)
    end = len(Asked._fields)
    asked = None if rows[0][0] is None else Asked._make(rows[0][:end])
    return Standing(asked, [_grant(row[end:]) for row in rows if row[end] is not None])


_GRANT = tuple(Grant.model_fields)


def _grant(values: Sequence[Any]) -> Grant:  # the columns of a grant
    return Grant(**dict(zip(_GRANT, values, strict=True)))


def _text(name: str) -> BindParameter[str]:
    return bindparam(name, type_=Text())


@cache
def _question() -> Question:
    """The columns of Asked, then those of Grant.

    One row at least: without a request and without a grant, all of it is null.
    """
    asked = (
        select(*(getattr(ApprovalRow, name) for name in Asked._fields))
        .where(
            ApprovalRow.owner_id == bindparam("owner_id"),
            ApprovalRow.action == _text("action"),
            ApprovalRow.key == _text("key"),
        )
        .subquery("asked")
    )
    grants = (
        select(*(getattr(GrantRow, name) for name in _GRANT))
        .where(
            GrantRow.owner_id == bindparam("owner_id"),
            GrantRow.delegate == _text("delegate"),
            GrantRow.covers.in_([_text("action"), _text("scope"), literal(READING)]),
            GrantRow.revoked_at.is_(None),
            or_(GrantRow.expires_at.is_(None), GrantRow.expires_at > bindparam("now")),
        )
        .subquery("grants")
    )
    the_call = select(true().label("came")).subquery("the_call")
    together = the_call.outerjoin(asked, true()).outerjoin(grants, true())
    return Question(select(*asked.c, *grants.c).select_from(together).order_by(grants.c.id.desc()).limit(MOST_GRANTS))
