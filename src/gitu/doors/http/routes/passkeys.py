"""Passkeys: what the browser is asked, and signing in with its answer."""

from typing import Annotated

from fastapi import APIRouter, Body, Request
from pydantic import BaseModel
from starlette.responses import Response

from gitu.doors.http.actions import PROBLEM, call_of, json_response, principal_of
from gitu.doors.http.routes.signing import Signing
from gitu.features.identity.schemas import Me
from gitu.features.identity.schemas.passkeys import Json, PasskeyOptions, PasskeySignIn
from gitu.kernel.actions.execute import execute
from gitu.kernel.actions.registry import Nothing
from gitu.kernel.services import Services


class BrowserQuestion(BaseModel):
    """For ``navigator.credentials``; the ticket goes back with the browser's answer."""

    ticket: str
    options: Json


def router(services: Services) -> APIRouter:
    """Routes under ``/auth`` and ``/me``."""
    routes = APIRouter(tags=["identity"], responses=PROBLEM)
    signing = Signing(services)

    @routes.post("/me/passkeys/options", operation_id="identity__start_passkey", response_model=BrowserQuestion)
    async def start(request: Request) -> Response:
        """Begin to make a passkey."""
        empty = Nothing().model_dump()
        return _question(
            await execute(services, principal_of(request), "identity.start_passkey", empty, call_of(request))
        )

    @routes.post(
        "/me/confirmation/passkey/options",
        operation_id="identity__start_passkey_confirmation",
        response_model=BrowserQuestion,
    )
    async def start_confirmation(request: Request) -> Response:
        """Begin to confirm with a passkey that it is you."""
        name, empty = "identity.start_passkey_confirmation", Nothing().model_dump()
        return _question(await execute(services, principal_of(request), name, empty, call_of(request)))

    @routes.post(
        "/auth/passkey/options", operation_id="identity__start_passkey_sign_in", response_model=BrowserQuestion
    )
    async def start_sign_in(request: Request) -> Response:
        """Begin to sign in with a passkey."""
        return _question(await signing.run(request, "identity.start_passkey_sign_in", {}))

    @routes.post("/auth/passkey", operation_id="identity__sign_in_with_passkey", response_model=Me)
    async def sign_in(request: Request, data: Annotated[PasskeySignIn, Body()]) -> Response:
        """Sign in with a passkey; the tokens come as cookies that scripts can't read."""
        return await signing.browser(request, "identity.sign_in_with_passkey", data)

    return routes


def _question(answer: BaseModel) -> Response:
    assert isinstance(answer, PasskeyOptions)
    return json_response(BrowserQuestion(ticket=answer.ticket.get_secret_value(), options=answer.options))
