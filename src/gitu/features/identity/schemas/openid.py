"""Signing in with an OpenID provider (https://openid.net/specs/openid-connect-core-1_0.html)."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, SecretStr, StringConstraints

from gitu.features.identity.schemas import Name, Token
from gitu.features.identity.schemas.factors import SignInAnswer
from gitu.kernel.actions.validation import Input

Url = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Path = Annotated[str, StringConstraints(pattern=r"^/([^/\\\s][^\\\s]*)?$", max_length=500)]
"""A path of our own: never an address that leads elsewhere."""


class OpenIdProvider(BaseModel):
    """``redirect_uri`` is what the provider has to be told; ``fixed`` says that the settings name it."""

    name: str
    issuer: str
    client_id: str
    has_secret: bool
    fixed: bool
    redirect_uri: str


class OpenIdProviders(BaseModel):
    items: list[OpenIdProvider]
    redirect_uri: str


class OpenIdProviderSet(Input):
    """Without a secret the one that is kept stays, if the issuer does."""

    name: Name
    issuer: Url
    client_id: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
    client_secret: Annotated[SecretStr, Field(max_length=1000)] | None = None


class OpenIdStart(Input):
    """``invitation`` is the token of a link to join with; ``next`` where to go afterwards."""

    next: Path = "/"
    invitation: Token | None = None


class OpenIdStarted(BaseModel):
    """``url`` is the provider's; ``browser`` stays in this browser and proves at the end that it is the same."""

    url: str
    browser: SecretStr


class OpenIdFinish(Input):
    code: Annotated[SecretStr, Field(max_length=4000)]
    state: Token
    browser: Token


class OpenIdFinished(BaseModel):
    """A sign-in, or an account that was linked."""

    answer: SignInAnswer | None
    next: str


class OpenIdLink(BaseModel):
    id: UUID
    issuer: str
    email: str | None
    created_at: datetime
    last_used_at: datetime | None


class OpenIdLinks(BaseModel):
    items: list[OpenIdLink]


class OpenIdLinkRef(Input):
    link_id: UUID
