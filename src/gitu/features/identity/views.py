"""Rows as the schemas that people see, and people as callers."""

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from gitu.features.identity.schemas import ApiKey, Device, Invitation, Me, Method, Preferences, User
from gitu.features.identity.tables import ApiKeyRow, DeviceRow, InvitationRow, UserRow
from gitu.kernel.actions.permissions.grants import READING
from gitu.kernel.actions.permissions.keys import only_reads
from gitu.kernel.auth.principal import Kind, Principal, Role
from gitu.kernel.auth.scopes import effective_scopes, scopes_of


def to_principal(user: UserRow, kind: Kind = Kind.PERSON) -> Principal:
    """The person behind a row as a caller."""
    preferences = Preferences.model_validate(user.preferences)
    return Principal(
        kind=kind,
        user_id=user.id,
        role=Role(user.role),
        name=user.name,
        locale=preferences.language,
        time_zone=preferences.time_zone,
    )


def to_me(user: UserRow, principal: Principal | None = None) -> Me:
    """The person as they see themselves; with a principal, only the scopes that it has."""
    scopes = effective_scopes(principal) if principal else sorted(scopes_of(Role(user.role)))
    return Me(
        id=user.id,
        name=user.name,
        login=user.login,
        role=Role(user.role),
        scopes=scopes,
        preferences=Preferences.model_validate(user.preferences),
    )


def to_invitation(row: InvitationRow) -> Invitation:
    """A row as the schema."""
    return Invitation(
        id=row.id,
        role=Role(row.role),
        note=row.note,
        created_at=row.created_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
    )


def to_user(row: UserRow, *, second_factor: bool) -> User:
    """A row as admins see it."""
    return User(
        id=row.id,
        name=row.name,
        login=row.login,
        role=Role(row.role),
        disabled=row.disabled_at is not None,
        second_factor=second_factor,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
    )


def to_device(row: DeviceRow, current: UUID | None) -> Device:
    """A row as the schema."""
    return Device(
        id=row.id,
        name=row.name,
        kind="terminal" if row.kind == "terminal" else "browser",
        method=cast("Method", row.method),
        address=row.address,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        current=row.id == current,
    )


def to_key(row: ApiKeyRow, covers: Sequence[str]) -> ApiKey:
    """A row as the schema, with what the key may do without asking."""
    return ApiKey(
        id=row.id,
        name=row.name,
        prefix=row.prefix,
        scopes=row.scopes,
        reads=READING in covers,
        unasked=sorted({one for one in covers if one != READING and not only_reads(one)}),
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        expires_at=row.expires_at,
        requests_per_minute=row.requests_per_minute,
    )
