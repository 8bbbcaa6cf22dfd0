"""What goes into and comes out of identity's actions."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, Field, SecretStr, StringConstraints

from gitu.kernel.actions.paging import PageQuery
from gitu.kernel.actions.permissions.limits import Limits
from gitu.kernel.actions.validation import Input
from gitu.kernel.auth.principal import Role
from gitu.kernel.i18n import Unfit


def _known_zone(value: str) -> str:
    if value not in available_timezones():
        raise Unfit("field-time-zone")
    return value


def _usable_login(value: str) -> str:
    if any(character.isspace() or not character.isprintable() for character in value):
        raise Unfit("field-login-spaces")
    return value


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Login = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_usable_login)
]
Password = Annotated[SecretStr, Field(max_length=1000)]
Token = Annotated[SecretStr, Field(max_length=200)]
Language = Literal["en", "ar"]
Theme = Literal["system", "light", "dark"]
TimeZone = Annotated[str, AfterValidator(_known_zone)]
DeviceKind = Literal["browser", "terminal"]
Method = Literal["password", "passkey", "openid", "pairing"]
"""How a device was signed in."""
Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class QuietHours(BaseModel):
    """No notifications between these times of day, in the person's own zone."""

    start: Clock
    end: Clock


class Preferences(BaseModel):
    language: Language = "en"
    theme: Theme = "system"
    time_zone: str = "UTC"
    quiet_hours: QuietHours | None = None
    alert_threshold: Literal["info", "notice", "warning", "critical"] = "notice"
    notify_by: list[Literal["app", "email", "push"]] = ["app"]
    council_members: list[str] = []


class PreferencesUpdate(Input):
    """Only what is given changes."""

    language: Language | None = None
    theme: Theme | None = None
    time_zone: TimeZone | None = None
    quiet_hours: QuietHours | None = None
    alert_threshold: Literal["info", "notice", "warning", "critical"] | None = None
    notify_by: list[Literal["app", "email", "push"]] | None = Field(default=None, max_length=3)
    council_members: list[Annotated[str, StringConstraints(max_length=60)]] | None = Field(default=None, max_length=16)


class Me(BaseModel):
    id: UUID
    name: str
    login: str
    role: Role
    scopes: list[str]
    preferences: Preferences


class MeUpdate(Input):
    name: Name


class PasswordChange(Input):
    current: Password
    new: Password


class NewAccount(Input):
    """What every way of making an account asks."""

    name: Name
    login: Login
    password: Password
    language: Language = "en"
    time_zone: TimeZone = "UTC"


class OwnerCreate(NewAccount):
    token: Token


class InvitationAccept(NewAccount):
    token: Token


class SignIn(Input):
    login: Login
    password: Password


class Refresh(Input):
    token: Token


class Signed(BaseModel):
    """A fresh sign-in: who it is, and the device's tokens (only doors see them; people get cookies)."""

    me: Me
    device_id: UUID
    access_token: SecretStr
    access_expires_at: datetime
    refresh_token: SecretStr
    refresh_expires_at: datetime


class Device(BaseModel):
    id: UUID
    name: str
    kind: DeviceKind
    method: Method
    address: str | None
    created_at: datetime
    last_used_at: datetime
    current: bool


class DeviceQuery(PageQuery):
    kind: DeviceKind | None = None


class DeviceRef(Input):
    device_id: UUID


class PairingToken(BaseModel):
    """Shown once; whoever types it into a terminal within its time is signed in there as you.

    ``qr`` is a picture of the command as a ``data:`` address, for a terminal that has a camera.
    """

    token: str
    command: str
    qr: str
    expires_at: datetime


class TokenRedeem(Input):
    """``device_id`` is the terminal's own, which it keeps from one sign-in to the next."""

    token: Token
    device_id: UUID


class PairingStart(Input):
    device_id: UUID


class PairingStarted(BaseModel):
    """``link`` is for the person's other device, ``claim`` for the terminal alone."""

    link: str
    claim: SecretStr
    code: str
    expires_at: datetime


class PairingRef(Input):
    token: Token


class PairingDecide(PairingRef):
    approve: bool


class PairingClaim(Input):
    claim: Token


class WaitingTerminal(BaseModel):
    """What a person sees before they link a terminal; the code must be the one that it shows."""

    name: str
    address: str | None
    code: str
    expires_at: datetime


class ApiKey(BaseModel):
    """``scopes`` is what it may ask for at most; ``reads`` and ``unasked`` what it may do without asking."""

    id: UUID
    name: str
    prefix: str
    scopes: list[str]
    reads: bool
    unasked: list[str]
    created_at: datetime
    last_used_at: datetime | None
    requests_per_minute: int | None
    expires_at: datetime | None


class ApiKeyCreate(Input):
    """The key may ask for what ``scopes`` name; what it may do without asking are permissions of its own."""

    name: Name
    scopes: list[str] = Field(min_length=1, max_length=100, description="What it may ask for at most.")
    expires_at: datetime | None = None
    reads: bool = Field(default=True, description="It reads what its scopes reach without asking.")
    unasked: list[str] = Field(
        default=[], max_length=100, description="Those of its scopes with which it changes things without asking."
    )
    limits: Limits | None = Field(
        default=None, description="How far that goes outside of Gitu; otherwise only to files its scopes reach."
    )
    requests_per_minute: int | None = Field(
        default=None, ge=1, le=1_000_000, description="At the models' gateway (/v1); otherwise as many as any key."
    )


class ApiKeyCreated(BaseModel):
    """The secret is shown this once; only its hash is kept."""

    key: ApiKey
    secret: str


class ApiKeyRef(Input):
    key_id: UUID


class Invitation(BaseModel):
    id: UUID
    role: Role
    note: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None


class InvitationCreate(Input):
    role: Literal[Role.ADMIN, Role.MEMBER, Role.GUEST] = Role.MEMBER
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""


class InvitationCreated(BaseModel):
    invitation: Invitation
    link: str


class InvitationRef(Input):
    invitation_id: UUID


class User(BaseModel):
    id: UUID
    name: str
    login: str
    role: Role
    disabled: bool
    second_factor: bool
    created_at: datetime
    last_seen_at: datetime | None


class UserUpdate(Input):
    user_id: UUID
    role: Literal[Role.ADMIN, Role.MEMBER, Role.GUEST] | None = None
    disabled: bool | None = None


class UserQuery(PageQuery):
    query: Annotated[str, StringConstraints(max_length=100)] = ""


class ScopeInfo(BaseModel):
    """``reads`` is a permission to read; ``unasked`` says whether a program can be let use it without asking."""

    scope: str
    title: str
    reads: bool
    unasked: bool


class ScopeList(BaseModel):
    items: list[ScopeInfo]


class Instance(BaseModel):
    """What anyone may know of this Gitu before signing in."""

    name: str
    version: str
    state: Literal["owner_needed", "ready"]
    sign_up: Literal["invitation", "open"]
    openid: str | None
    """The name of the OpenID provider that one can sign in with."""


class InstanceUpdate(Input):
    name: Name | None = None
    sign_up: Literal["invitation", "open"] | None = None
