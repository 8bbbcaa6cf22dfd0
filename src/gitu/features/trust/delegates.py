"""Who acts for a person, by the names that the person knows."""

from collections.abc import Sequence
from uuid import UUID

from gitu.features.identity import api as identity
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.permissions.grants import ASSISTANT
from gitu.kernel.actions.tables import ApprovalRow, GrantRow
from gitu.kernel.i18n import translate

_KEY = "api_key:"


async def key_names(ctx: Context, rows: Sequence[ApprovalRow] | Sequence[GrantRow]) -> dict[UUID, str]:
    """The names of those of the person's keys that the rows are about."""
    keys = {key for row in rows if (key := _key_of(row.delegate)) is not None}
    return await identity.key_names(ctx.db, ctx.user_id, keys) if keys else {}


def delegate_name(ctx: Context, delegate: str, names: dict[UUID, str]) -> str:
    """The assistant, or a key by its name."""
    if delegate == ASSISTANT:
        return translate("trust-delegate-assistant", ctx.locale)
    key = _key_of(delegate)
    return (names.get(key) if key is not None else None) or translate("trust-delegate-gone", ctx.locale)


def _key_of(delegate: str) -> UUID | None:
    try:
        return UUID(delegate.removeprefix(_KEY)) if delegate.startswith(_KEY) else None
    except ValueError:  # requests of before keys were told apart
        return None
