"""What the routes of signing in share: running an action for someone not signed in yet, and giving tokens out."""

from datetime import datetime
from typing import Any

from fastapi import Request
from pydantic import BaseModel
from starlette.responses import Response

from gitu.doors.http.actions import call_of, json_response
from gitu.doors.http.devices import describe
from gitu.doors.http.security import ACCESS_COOKIE, REFRESH_COOKIE
from gitu.features.identity.schemas import Me, Signed
from gitu.features.identity.schemas.factors import SignInAnswer
from gitu.kernel import clock
from gitu.kernel.actions.execute import execute
from gitu.kernel.auth.principal import ANONYMOUS
from gitu.kernel.services import Services

REFRESH_PATH = "/api/v1/auth"


class WaitingStep(BaseModel):
    """The first proof was right; the ticket and a code finish the sign-in."""

    ticket: str
    expires_at: datetime


SECOND_STEP: dict[int | str, dict[str, Any]] = {  # FastAPI's own type
    202: {"model": WaitingStep, "description": "A code is needed as well."}
}


class Tokens(BaseModel):
    """What a terminal keeps; browsers get cookies instead, which scripts can't read."""

    me: Me
    access_token: str
    refresh_token: str
    refresh_expires_at: datetime


class Signing:
    """Made once for the routes of one application."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._secure = services.base_url.startswith("https://")

    async def run(self, request: Request, name: str, data: object) -> BaseModel:
        """The answer of an action of someone who is not signed in; the device is named in the call."""
        return await execute(self._services, ANONYMOUS, name, data, describe(request, call_of(request)))

    async def browser(self, request: Request, name: str, data: BaseModel) -> Response:
        """Run an action that signs in, and give a browser its cookies."""
        return self.with_cookies(await self.run(request, name, data))

    async def terminal(self, request: Request, name: str, data: BaseModel) -> Response:
        """Run an action that signs in, and give a terminal its tokens."""
        return self.with_tokens(await self.run(request, name, data))

    def with_cookies(self, answer: BaseModel) -> Response:
        """The person, with the device's tokens as cookies; or the second step that is still to come."""
        signed = _signed(answer)
        if isinstance(signed, WaitingStep):
            return json_response(signed, status=202)
        response = json_response(signed.me)
        self.set_cookies(response, signed)
        return response

    def set_cookies(self, response: Response, signed: Signed) -> None:
        """Put the device's tokens into cookies that scripts can't read."""
        for name, token, path in (
            (ACCESS_COOKIE, signed.access_token, "/"),
            (REFRESH_COOKIE, signed.refresh_token, REFRESH_PATH),
        ):
            response.set_cookie(
                name,
                token.get_secret_value(),
                max_age=int((signed.refresh_expires_at - clock.now()).total_seconds()),
                path=path,
                secure=self._secure,
                httponly=True,
                samesite="lax",
            )

    def with_tokens(self, answer: BaseModel) -> Response:
        """The device's tokens; or the second step that is still to come."""
        signed = _signed(answer)
        if isinstance(signed, WaitingStep):
            return json_response(signed, status=202)
        return json_response(
            Tokens(
                me=signed.me,
                access_token=signed.access_token.get_secret_value(),
                refresh_token=signed.refresh_token.get_secret_value(),
                refresh_expires_at=signed.refresh_expires_at,
            )
        )


def _signed(answer: BaseModel) -> Signed | WaitingStep:
    if isinstance(answer, SignInAnswer):
        if answer.second_step is not None:
            step = answer.second_step
            return WaitingStep(ticket=step.ticket.get_secret_value(), expires_at=step.expires_at)
        assert answer.signed is not None
        return answer.signed
    assert isinstance(answer, Signed)
    return answer
