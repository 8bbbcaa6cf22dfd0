"""A second factor: one-time codes of an app, and recovery codes."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, SecretStr

from gitu.features.identity.schemas import Password, Signed, Token
from gitu.features.identity.schemas.passkeys import PasskeySignIn
from gitu.kernel.actions.validation import Input

Code = Annotated[SecretStr, Field(min_length=6, max_length=40)]
"""Six digits of the app, or a recovery code with or without its dashes."""


class SecondStep(BaseModel):
    """The password was right; now the code. ``ticket`` holds for five minutes and for one sign-in."""

    ticket: SecretStr
    expires_at: datetime


class SignInAnswer(BaseModel):
    """One of the two."""

    signed: Signed | None = None
    second_step: SecondStep | None = None


class SecondStepTake(Input):
    ticket: Token
    code: Code


class SecondFactor(BaseModel):
    """``recovery_codes_left`` is 0 where none was set up."""

    enabled: bool
    since: datetime | None
    recovery_codes_left: int


class SecondFactorStarted(BaseModel):
    """Shown while it is set up: the secret for an app, as text, as a link and as a picture of that link."""

    secret: str
    uri: str
    qr: str
    """A picture as a ``data:`` address."""


class CodeGiven(Input):
    code: Code


class RecoveryCodes(BaseModel):
    """Shown this once; each works one time."""

    codes: list[str]


class Proof(Input):
    """That it is really you: your password, a code, or a passkey.

    Whoever has none of them, since a provider signs them in, has signed in a moment ago.
    """

    password: Password | None = None
    code: Code | None = None
    passkey: PasskeySignIn | None = None


class PersonRef(Input):
    user_id: UUID
