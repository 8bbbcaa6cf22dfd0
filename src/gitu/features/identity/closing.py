"""Closing an account for good, before its data goes: nobody gets in any more, by any way, from any device."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.identity import factors, factors_repository, repository
from gitu.features.identity.events import ApiKeyRevoked, DeviceRevoked, UserChanged
from gitu.kernel.actions.context import Context
from gitu.kernel.auth.principal import Role
from gitu.kernel.errors import NotFound

Way = Literal["password", "code", "passkey", "sign_in"]


class Person(BaseModel):
    """Who an account belongs to."""

    id: UUID
    login: str
    name: str
    role: Role
    disabled: bool


async def find_person(db: AsyncSession, user_id: UUID) -> Person | None:
    """The person with that id, with access or without."""
    user = await repository.find_user(db, user_id)
    if user is None:
        return None
    return Person(
        id=user.id, login=user.login, name=user.name, role=Role(user.role), disabled=user.disabled_at is not None
    )


async def is_last_owner(db: AsyncSession, person: Person) -> bool:
    """Whether this Gitu would have no owner without them."""
    return person.role is Role.OWNER and await repository.count_owners(db) < 2


async def ways_to_prove(ctx: Context) -> list[Way]:
    """What ``prove`` takes from the caller; ``sign_in`` alone where they have nothing to answer with."""
    user = await repository.find_user(ctx.db, ctx.user_id)
    ways: list[Way] = ["password"] if user is not None and user.password_hash else []
    totp = await factors_repository.find_totp(ctx.db, ctx.user_id)
    if totp is not None and totp.confirmed_at is not None:
        ways.append("code")
    if await factors_repository.passkeys_of(ctx.db, ctx.user_id):
        ways.append("passkey")
    return ways or ["sign_in"]


async def close_account(ctx: Context, user_id: UUID) -> None:
    """Sign every device out and take every way in away, at once. The row stays until all that refers to it is gone.

    Raises NotFound.
    """
    user = await repository.lock_user(ctx.db, user_id)
    if user is None:
        raise NotFound(what="user", id=str(user_id))
    user.disabled_at, user.password_hash = user.disabled_at or ctx.now, ""
    for device_id in await repository.delete_devices_of(ctx.db, user_id, None):
        ctx.emit(DeviceRevoked(device_id=device_id), owner_id=user_id)
    for key_id in await repository.delete_keys_of(ctx.db, user_id):
        ctx.emit(ApiKeyRevoked(key_id=key_id), owner_id=user_id)
    ctx.emit(UserChanged(user_id=user_id, disabled=True), owner_id=user_id)


def throttled_names(user_id: UUID, login: str) -> list[str]:
    """What failed attempts of the person are counted under."""
    return [f"login:{login.lower()}", factors.throttled(user_id)]
