"""Showing again that it is you, before there is a new way in."""

from datetime import datetime

from pydantic import BaseModel


class Confirmation(BaseModel):
    """Until when this device counts as confirmed, and with what its person can confirm it.

    ``openid`` names the provider with which they can sign in again instead.
    """

    confirmed_until: datetime | None
    password: bool
    code: bool
    passkey: bool
    openid: str | None
