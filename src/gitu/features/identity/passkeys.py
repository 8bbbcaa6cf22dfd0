"""Passkeys: a key pair in the person's device or password manager instead of a password.

The device has checked the person (by finger, face or PIN) each time, so a passkey is both factors at once.
https://www.w3.org/TR/webauthn-3/
"""

import asyncio
import json
import secrets
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import SecretStr

from gitu.features.identity import factors_repository, repository, tickets
from gitu.features.identity.accounts import own_row
from gitu.features.identity.devices import new_device
from gitu.features.identity.errors import LastWayIn, PasskeyInvalid, PasskeyRefused, TooManyPasskeys
from gitu.features.identity.events import FactorsChanged
from gitu.features.identity.schemas import Signed
from gitu.features.identity.schemas.passkeys import (
    Passkey,
    PasskeyCreate,
    PasskeyOptions,
    PasskeyRename,
    PasskeySignIn,
)
from gitu.features.identity.tables import PasskeyRow, TicketRow
from gitu.features.identity.throttling import address_key, check_throttle, count_failure
from gitu.features.identity.tickets import TicketKind
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page, PageQuery, decode_cursor, encode_cursor
from gitu.kernel.errors import NotFound
from gitu.kernel.ids import new_id
from gitu.kernel.services import Services
from gitu.kernel.settings import LOOPBACK

LIFETIME = timedelta(minutes=5)
MOST = 20

# The library is loaded in a thread on first use, and checks signatures there.
# ruff: noqa: PLC0415


class RelyingParty(NamedTuple):
    """Who a passkey is for: the browser gives it to no other site."""

    id: str
    origin: str


def relying_party(services: Services) -> RelyingParty:
    """By the public address; on this machine by ``localhost``, since passkeys know names only, no addresses."""
    parts = urlsplit(services.base_url)
    if parts.hostname in LOOPBACK:
        return RelyingParty("localhost", f"http://localhost:{parts.port}")
    return RelyingParty(str(parts.hostname), f"{parts.scheme}://{parts.netloc}")


# -- making one -----------------------------------------------------------------------------------------


async def start(ctx: Context) -> PasskeyOptions:
    """What the caller's browser is asked to make. Raises PersonNeeded, TooManyPasskeys."""
    owner_id = tickets.require_person(ctx)
    user = await own_row(ctx)
    known = await factors_repository.passkeys_of(ctx.db, owner_id)
    if len(known) >= MOST:
        raise TooManyPasskeys(limit=MOST, what="passkey")
    challenge = secrets.token_bytes(32)
    issued = await tickets.issue(
        ctx, TicketKind.PASSKEY_NEW, "gitu_pkn", LIFETIME, owner_id=owner_id, data={"challenge": challenge.hex()}
    )
    options = await asyncio.to_thread(
        _creation_options,
        relying_party(ctx.services),
        owner_id.bytes,
        user.login,
        user.name,
        challenge,
        [row.credential_id for row in known],
    )
    return PasskeyOptions(ticket=SecretStr(issued.secret), options=options)


def _creation_options(
    party: RelyingParty, handle: bytes, login: str, name: str, challenge: bytes, known: list[bytes]
) -> dict[str, Any]:  # JSON of the standard
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers import structs

    options = generate_registration_options(
        rp_id=party.id,
        rp_name="Gitu",
        user_id=handle,
        user_name=login,
        user_display_name=name,
        challenge=challenge,
        timeout=int(LIFETIME.total_seconds() * 1000),
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=one) for one in known],
    )
    return json.loads(options_to_json(options))


async def add(ctx: Context, data: PasskeyCreate) -> Passkey:
    """Keep what the browser made. Raises PersonNeeded, PasskeyInvalid."""
    owner_id = tickets.require_person(ctx)
    ticket = await tickets.take(ctx, TicketKind.PASSKEY_NEW, data.ticket.get_secret_value())
    if ticket is None or ticket.owner_id != owner_id:
        raise PasskeyInvalid(summary="")
    challenge = bytes.fromhex(ticket.data["challenge"])
    made = await asyncio.to_thread(_verified_registration, relying_party(ctx.services), challenge, data.credential)
    if made is None or await factors_repository.lock_passkey(ctx.db, made.credential_id) is not None:
        raise PasskeyInvalid(summary="")
    row = PasskeyRow(
        id=new_id(),
        owner_id=owner_id,
        name=data.name,
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        synced=made.credential_backed_up,
        created_at=ctx.now,
        last_used_at=None,
    )
    ctx.db.add(row)
    ctx.emit(FactorsChanged(user_id=owner_id))
    return to_passkey(row)


def _verified_registration(party: RelyingParty, challenge: bytes, credential: dict[str, Any]) -> Any:
    from webauthn import verify_registration_response
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        return verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError, AttributeError):
        return None  # the library meets structures that nobody sends in earnest with whatever they cause


# -- signing in -----------------------------------------------------------------------------------------


async def start_sign_in(ctx: Context) -> PasskeyOptions:
    """What a browser is asked to sign in with; the person chooses the passkey, and with it the account."""
    return await ask(ctx, TicketKind.PASSKEY_SIGN_IN)


async def ask(ctx: Context, kind: TicketKind, *, owner_id: UUID | None = None) -> PasskeyOptions:
    """Ask for any passkey of this Gitu; the ticket says what for."""
    challenge = secrets.token_bytes(32)
    issued = await tickets.issue(
        ctx, kind, "gitu_pks", LIFETIME, owner_id=owner_id, data={"challenge": challenge.hex()}
    )
    options = await asyncio.to_thread(_request_options, relying_party(ctx.services), challenge)
    return PasskeyOptions(ticket=SecretStr(issued.secret), options=options)


def _request_options(party: RelyingParty, challenge: bytes) -> dict[str, Any]:  # JSON of the standard
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers.structs import UserVerificationRequirement

    options = generate_authentication_options(
        rp_id=party.id,
        challenge=challenge,
        timeout=int(LIFETIME.total_seconds() * 1000),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return json.loads(options_to_json(options))


async def sign_in(ctx: Context, data: PasskeySignIn) -> Signed:
    """Raises PasskeyRefused for whatever is wrong with it, SignInThrottled."""
    await check_throttle(ctx, address_key(ctx))
    ticket = await tickets.take(ctx, TicketKind.PASSKEY_SIGN_IN, data.ticket.get_secret_value())
    row = await used(ctx, ticket, data.credential)
    user = await repository.find_user(ctx.db, row.owner_id) if row else None
    if row is None or user is None or user.disabled_at is not None:
        return await _refuse(ctx)
    user.last_seen_at = ctx.now
    ctx.audit_detail["passkey_id"] = str(row.id)
    return await new_device(ctx, user, "passkey")


async def prove(ctx: Context, data: PasskeySignIn) -> None:
    """That whoever is signed in holds one of their own passkeys. Raises PasskeyRefused, SignInThrottled."""
    await check_throttle(ctx, address_key(ctx))
    ticket = await tickets.take(ctx, TicketKind.PASSKEY_SIGN_IN, data.ticket.get_secret_value())
    row = await used(ctx, ticket, data.credential)
    if row is None or row.owner_id != ctx.user_id:
        await _refuse(ctx)
        return
    ctx.audit_detail["passkey_id"] = str(row.id)


async def used(ctx: Context, ticket: TicketRow | None, credential: dict[str, Any]) -> PasskeyRow | None:
    """The passkey that answered the ticket's question, noted as used; None for whatever is wrong with the answer."""
    row = await factors_repository.lock_passkey(ctx.db, _decoded(credential.get("rawId")))
    if ticket is None or row is None:
        return None
    challenge = bytes.fromhex(ticket.data["challenge"])
    proven = await asyncio.to_thread(_verified_authentication, relying_party(ctx.services), challenge, credential, row)
    if proven is None:
        return None
    row.sign_count, row.synced, row.last_used_at = proven.new_sign_count, proven.credential_backed_up, ctx.now
    return row


async def _refuse(ctx: Context) -> Signed:
    await count_failure(ctx, address_key(ctx))
    raise PasskeyRefused()


def _verified_authentication(party: RelyingParty, challenge: bytes, credential: dict[str, Any], row: PasskeyRow) -> Any:
    from webauthn import verify_authentication_response
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        if _decoded(credential["response"]["userHandle"]) != row.owner_id.bytes:
            return None
        return verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=row.public_key,
            credential_current_sign_count=row.sign_count,  # one that does not grow is a copy's
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError, AttributeError):
        return None


def _decoded(text: object) -> bytes:
    from webauthn import base64url_to_bytes

    try:
        return base64url_to_bytes(str(text))
    except ValueError:
        return b""


# -- looking after them ---------------------------------------------------------------------------------


async def list_passkeys(ctx: Context, data: PageQuery) -> Page[Passkey]:
    """The caller's, newest first."""
    after = None
    if data.cursor:
        at, passkey_id = decode_cursor(data.cursor, datetime, UUID)
        after = (at, passkey_id)
    rows = await factors_repository.list_passkeys(ctx.db, ctx.user_id, after, data.limit + 1)
    items = [to_passkey(row) for row in rows[: data.limit]]
    more = len(rows) > data.limit
    return Page[Passkey](items=items, next_cursor=encode_cursor(items[-1].created_at, items[-1].id) if more else None)


async def rename(ctx: Context, data: PasskeyRename) -> Passkey:
    """Raises NotFound."""
    row = await factors_repository.find_passkey(ctx.db, ctx.user_id, data.passkey_id)
    if row is None:
        raise NotFound(what="passkey", id=str(data.passkey_id))
    row.name = data.name
    return to_passkey(row)


async def remove(ctx: Context, passkey_id: UUID) -> None:
    """It no longer signs in. Raises NotFound, and LastWayIn where nothing else would."""
    user = await own_row(ctx)
    row = await factors_repository.find_passkey(ctx.db, user.id, passkey_id)
    if row is None:
        raise NotFound(what="passkey", id=str(passkey_id))
    if not user.password_hash and await factors_repository.count_ways_in(ctx.db, user.id) < 2:
        raise LastWayIn(what="passkey")
    await ctx.db.delete(row)
    ctx.emit(FactorsChanged(user_id=user.id))


def to_passkey(row: PasskeyRow) -> Passkey:
    """A row as the schema."""
    return Passkey(
        id=row.id, name=row.name, synced=row.synced, created_at=row.created_at, last_used_at=row.last_used_at
    )
