"""Accounts, signed-in devices, API keys, invitations, the instance's own settings."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from gitu.kernel.db.tables import Base
from gitu.kernel.privacy.registry import Expiry, impersonal, personal


@personal("account", person="id", hidden=("password_hash",))
class UserRow(Base):
    __tablename__ = "identity_users"
    __table_args__ = (Index("uq_identity_users_login_lower", text("lower(login)"), unique=True),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    login: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str]
    preferences: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]


@personal("sign_in", hidden=("access_hash", "refresh_hash", "previous_refresh_hash"))
class DeviceRow(Base):
    """``method`` is how the device was signed in; ``client_id`` the id that a terminal keeps for itself."""

    __tablename__ = "identity_devices"
    __table_args__ = (Index("ix_identity_devices_owner_id", "owner_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("identity_users.id", ondelete="CASCADE"))
    name: Mapped[str]
    kind: Mapped[str]
    method: Mapped[str]
    client_id: Mapped[UUID | None]
    address: Mapped[str | None]
    confirmed_at: Mapped[datetime | None]  # when its person last showed that it is them; none for a linked terminal
    access_hash: Mapped[str] = mapped_column(unique=True)
    access_expires_at: Mapped[datetime]
    refresh_hash: Mapped[str] = mapped_column(unique=True)
    refresh_expires_at: Mapped[datetime]
    previous_refresh_hash: Mapped[str | None] = mapped_column(index=True)
    refreshed_at: Mapped[datetime]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime]


@personal("sign_in")
class TotpRow(Base):
    """One-time codes by the clock: it counts once confirmed; ``last_step`` is the newest time step that was used."""

    __tablename__ = "identity_totp"

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("identity_users.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    last_step: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


@personal("sign_in", hidden=("code_hash",))
class RecoveryCodeRow(Base):
    """Gone once it was used."""

    __tablename__ = "identity_recovery_codes"
    __table_args__ = (Index("ix_identity_recovery_codes_owner_id", "owner_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("identity_users.id", ondelete="CASCADE"))
    code_hash: Mapped[str]
    created_at: Mapped[datetime]


@personal("sign_in")
class PasskeyRow(Base):
    """The public half of a passkey; ``sign_count`` is how often its device says that it was used."""

    __tablename__ = "identity_passkeys"
    __table_args__ = (Index("ix_identity_passkeys_owner_id", "owner_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("identity_users.id", ondelete="CASCADE"))
    name: Mapped[str]
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    synced: Mapped[bool]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]


@impersonal("Where this Gitu lets people sign in.")
class OpenIdProviderRow(Base):
    """The provider that an admin set up: one row at most."""

    __tablename__ = "identity_openid_provider"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    issuer: Mapped[str]
    client_id: Mapped[str]
    client_secret: Mapped[bytes | None] = mapped_column(LargeBinary)


@personal("sign_in")
class OpenIdLinkRow(Base):
    """Who signs in as whom: a subject of an issuer, whatever it calls itself, and one account."""

    __tablename__ = "identity_openid_links"
    __table_args__ = (
        Index("ix_identity_openid_links_owner_id", "owner_id"),
        UniqueConstraint("issuer", "subject"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("identity_users.id", ondelete="CASCADE"))
    issuer: Mapped[str]
    subject: Mapped[str]
    email: Mapped[str | None]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]


@personal("sign_in", hidden=("secret_hash",))
class ApiKeyRow(Base):
    __tablename__ = "identity_api_keys"
    __table_args__ = (Index("ix_identity_api_keys_owner_id", "owner_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("identity_users.id", ondelete="CASCADE"))
    name: Mapped[str]
    prefix: Mapped[str]
    secret_hash: Mapped[str] = mapped_column(unique=True)
    scopes: Mapped[list[str]]
    requests_per_minute: Mapped[int | None]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]


@personal("account", hidden=("token_hash",), expiry=Expiry("expires_at", 30))
class InvitationRow(Base):
    __tablename__ = "identity_invitations"
    __table_args__ = (Index("ix_identity_invitations_owner_id", "owner_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("identity_users.id", ondelete="CASCADE"))
    role: Mapped[str]
    note: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


@impersonal("The hash of a link that nobody has opened yet.")
class OwnerLinkRow(Base):
    __tablename__ = "identity_owner_links"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]


@personal("sign_in", hidden=("token_hash", "claim_hash", "data"), expiry=Expiry("expires_at", 1))
class TicketRow(Base):
    """A short-lived secret that works once. A terminal that waits to be linked has a second one, to claim with."""

    __tablename__ = "identity_tickets"
    __table_args__ = (
        Index("ix_identity_tickets_owner_id", "owner_id"),
        Index("ix_identity_tickets_expires_at", "expires_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("identity_users.id", ondelete="CASCADE"))
    token_hash: Mapped[str] = mapped_column(unique=True)
    claim_hash: Mapped[str | None] = mapped_column(unique=True)
    address: Mapped[str | None]
    data: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


@impersonal("Hashes of names and addresses; a person's own goes with them, the rest after a day.")
class ThrottleRow(Base):
    """Failed sign-ins of one login or one address; the key is hashed, since logins are personal."""

    __tablename__ = "identity_throttles"

    key_hash: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    blocked_until: Mapped[datetime | None]
    updated_at: Mapped[datetime] = mapped_column(index=True)


@impersonal("This Gitu's own settings.")
class InstanceRow(Base):
    """The instance's settings that its owner changes on a screen: one row."""

    __tablename__ = "identity_instance"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    sign_up: Mapped[str]
