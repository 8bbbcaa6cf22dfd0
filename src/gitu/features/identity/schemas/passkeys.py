"""Passkeys (https://www.w3.org/TR/webauthn-3/)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, SecretStr

from gitu.features.identity.schemas import Name, Token
from gitu.kernel.actions.validation import Input

Json = dict[str, Any]  # the browser's own structures, which the standard describes


class Passkey(BaseModel):
    id: UUID
    name: str
    synced: bool
    """Whether the person's other devices have it too."""
    created_at: datetime
    last_used_at: datetime | None


class PasskeyOptions(BaseModel):
    """What the browser is asked, as the standard writes it in JSON; the ticket goes back with its answer."""

    ticket: SecretStr
    options: Json


class PasskeyCreate(Input):
    ticket: Token
    name: Name
    credential: Json


class PasskeyRename(Input):
    passkey_id: UUID
    name: Name


class PasskeyRef(Input):
    passkey_id: UUID


class PasskeySignIn(Input):
    ticket: Token
    credential: Json
