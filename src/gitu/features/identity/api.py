"""What higher tiers and doors may ask of identity."""

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.identity import repository
from gitu.features.identity.accounts import new_owner_link
from gitu.features.identity.closing import Person, close_account, find_person, is_last_owner, ways_to_prove
from gitu.features.identity.errors import SessionExpired, TokenInvalid
from gitu.features.identity.events import ApiKeyRevoked
from gitu.features.identity.factors import prove
from gitu.features.identity.pairing import PairingState, wait_for_decision
from gitu.features.identity.repository import escape_like
from gitu.features.identity.tickets import require_person
from gitu.features.identity.views import to_principal
from gitu.kernel import clock
from gitu.kernel.auth.principal import Kind, Principal
from gitu.kernel.crypto.tokens import hash_token
from gitu.kernel.events.types import Recorded
from gitu.kernel.services import Services

__all__ = [
    "ApiKeyRevoked",
    "Authenticator",
    "PairingState",
    "Person",
    "close_account",
    "escape_like",
    "find_person",
    "find_user_id",
    "is_last_owner",
    "key_names",
    "locale_of",
    "names_of",
    "new_owner_link",
    "owner_principal",
    "principal_of",
    "prove",
    "renewed",
    "require_person",
    "wait_for_decision",
    "ways_to_prove",
]

REMEMBER_S = 15.0
TOUCH_EVERY_S = 60.0
MOST_REMEMBERED = 10_000


@dataclass(slots=True)
class _Known:
    principal: Principal
    expires_at: datetime | None
    until: float
    touched: float


class Authenticator:
    """Tokens into principals. What it remembers is forgotten the moment a revocation is committed."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._forgotten = 0
        self._stop = services.bus.listen(self._forget)

    async def authenticate(self, token: str, address: str | None) -> Principal:
        """The caller behind an access token or an API key. Raises SessionExpired or TokenInvalid."""
        token_hash, now = hash_token(token), clock.monotonic()
        known = self._known.get(token_hash)
        if known is None or known.until < now or _is_past(known.expires_at):
            forgotten = self._forgotten
            principal, expires_at = await self._look_up(token, token_hash)
            known = _Known(principal, expires_at, now + REMEMBER_S, known.touched if known else 0.0)
            if forgotten == self._forgotten:  # else it may have been revoked while we were looking
                self._known[token_hash] = known
            if len(self._known) > MOST_REMEMBERED:
                self._known.popitem(last=False)
        if now - known.touched > TOUCH_EVERY_S:
            known.touched = now
            await self._touch(known.principal, address)
        return known.principal

    async def aclose(self) -> None:
        """Stop listening for revocations."""
        self._stop()

    async def _look_up(self, token: str, token_hash: str) -> tuple[Principal, datetime | None]:
        async with self._services.database.reader() as db:
            if token.startswith("gitu_key"):
                found = await repository.find_key(db, token_hash)
                if found is None or _is_past(found[0].expires_at) or found[1].disabled_at is not None:
                    raise TokenInvalid()
                key, user = found
                program = replace(
                    to_principal(user, Kind.API_KEY),
                    key_id=key.id,
                    limited_to=frozenset(key.scopes),
                    requests_per_minute=key.requests_per_minute,
                )
                return program, key.expires_at
            signed = await repository.find_device_by_access(db, token_hash)
            if signed is None or _is_past(signed[0].access_expires_at) or signed[1].disabled_at is not None:
                raise SessionExpired()
            device, user = signed
            return replace(to_principal(user), device_id=device.id), device.access_expires_at

    async def _touch(self, principal: Principal, address: str | None) -> None:
        async with self._services.database.transaction() as db:
            if principal.device_id is not None:
                await repository.touch_device(db, principal.device_id, address, clock.now())
            if principal.key_id is not None:
                await repository.touch_key(db, principal.key_id, clock.now())
            if principal.user_id is not None:
                await repository.touch_user(db, principal.user_id, clock.now())

    def _forget(self, event: Recorded) -> None:
        if event.type in ("device.revoked", "api_key.revoked", "user.changed"):
            self._forgotten += 1
            gone = {str(value) for value in event.data.values()}
            for token_hash, known in list(self._known.items()):
                who = known.principal
                if {str(who.device_id), str(who.key_id), str(who.user_id)} & gone:
                    del self._known[token_hash]


def _is_past(moment: datetime | None) -> bool:
    return moment is not None and moment <= clock.now()


async def principal_of(services: Services, user_id: UUID) -> Principal:
    """The person as a caller, for work done on their behalf. Raises GituError when gone or disabled."""
    async with services.database.reader() as db:
        user = await repository.find_user(db, user_id)
    if user is None or user.disabled_at is not None:
        raise SessionExpired()
    return to_principal(user)


async def locale_of(services: Services, user_id: UUID) -> str:
    """The person's language; English when the account is gone."""
    try:
        return (await principal_of(services, user_id)).locale
    except SessionExpired:
        return "en"


async def owner_principal(services: Services) -> Principal | None:
    """The owner as a caller, if there is one yet."""
    async with services.database.reader() as db:
        owner = await repository.find_owner(db)
    return to_principal(owner) if owner else None


async def renewed(services: Services, principal: Principal) -> Principal:
    """The same caller with the role and language the person has by now. Raises GituError when gone or disabled."""
    if principal.user_id is None:
        return principal
    person = await principal_of(services, principal.user_id)
    return replace(
        person,
        kind=principal.kind,
        device_id=principal.device_id,
        key_id=principal.key_id,
        limited_to=principal.limited_to,
    )


async def find_user_id(db: AsyncSession, login: str) -> UUID | None:
    """The id behind a sign-in name, if there is such a person with access."""
    user = await repository.find_user_by_login(db, login)
    return user.id if user is not None and user.disabled_at is None else None


async def names_of(db: AsyncSession, user_ids: set[UUID]) -> dict[UUID, str]:
    """The names people see for these ids; ids that are gone are left out."""
    return await repository.names_of(db, user_ids)


async def key_names(db: AsyncSession, owner_id: UUID, key_ids: set[UUID]) -> dict[UUID, str]:
    """The names of a person's own API keys; what is not theirs or gone is left out."""
    return await repository.key_names(db, owner_id, key_ids)
