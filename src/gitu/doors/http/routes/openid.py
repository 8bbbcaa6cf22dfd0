"""The way to an OpenID provider and back, for browsers.

A cookie that scripts can't read ties both ends to one browser, so that nobody can be signed in as someone else by
a link. What happened is told in the fragment of the page that comes next, which stays in the browser.
"""

from typing import Annotated

from fastapi import APIRouter, Body, Request
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from gitu.doors.http.actions import PROBLEM, call_of, json_response, principal_of
from gitu.doors.http.devices import describe
from gitu.doors.http.routes.signing import Signing
from gitu.doors.http.security import read_cookie
from gitu.features.identity.schemas.openid import OpenIdFinished, OpenIdStart, OpenIdStarted
from gitu.kernel.actions.execute import execute
from gitu.kernel.errors import GituError
from gitu.kernel.services import Services

BROWSER_COOKIE = "gitu_openid"
COOKIE_PATH = "/api/v1/auth/openid"
COOKIE_S = 600


class GoThere(BaseModel):
    """The provider's page, to be opened in this window."""

    url: str


def router(services: Services) -> APIRouter:
    """Routes under ``/auth/openid`` and ``/me/openid``."""
    routes = APIRouter(tags=["identity"], responses=PROBLEM)
    signing = Signing(services)
    secure = services.base_url.startswith("https://")

    def there(started: BaseModel) -> Response:
        assert isinstance(started, OpenIdStarted)
        response = json_response(GoThere(url=started.url))
        response.set_cookie(
            BROWSER_COOKIE,
            started.browser.get_secret_value(),
            max_age=COOKIE_S,
            path=COOKIE_PATH,
            secure=secure,
            httponly=True,
            samesite="lax",  # it has to come along when the provider sends the browser back
        )
        return response

    @routes.post("/auth/openid/start", operation_id="identity__start_openid", response_model=GoThere)
    async def start(request: Request, data: Annotated[OpenIdStart, Body()]) -> Response:
        """Begin to sign in, or to join, with the OpenID provider."""
        return there(await signing.run(request, "identity.start_openid", data))

    @routes.post("/me/openid/start", operation_id="identity__start_openid_link", response_model=GoThere)
    async def start_link(request: Request, data: Annotated[OpenIdStart, Body()]) -> Response:
        """Begin to link your account at the OpenID provider."""
        principal = principal_of(request)
        return there(await execute(services, principal, "identity.start_openid_link", data, call_of(request)))

    @routes.get("/auth/openid/callback", include_in_schema=False)
    async def callback(request: Request, code: str = "", state: str = "", error: str = "") -> Response:
        """Where the provider sends the browser back to."""
        if error or not code:
            return _away("/sign-in#problem=auth.openid_cancelled")
        given = {"code": code, "state": state, "browser": read_cookie(request.headers, BROWSER_COOKIE) or ""}
        # The person who links an account is signed in; whoever signs in is not, or is about to be someone else.
        call = describe(request, call_of(request))
        try:
            done = await execute(services, request.scope["state"]["principal"], "identity.finish_openid", given, call)
        except GituError as refused:
            return _away(f"/sign-in#problem={refused.code}")
        assert isinstance(done, OpenIdFinished)
        if done.answer is None:
            return _away(done.next)
        if done.answer.second_step is not None:
            return _away(f"/sign-in#step={done.answer.second_step.ticket.get_secret_value()}")
        assert done.answer.signed is not None
        response = _away(done.next)
        signing.set_cookies(response, done.answer.signed)
        return response

    return routes


def _away(path: str) -> Response:
    response = RedirectResponse(path, status_code=303)
    response.delete_cookie(BROWSER_COOKIE, path=COOKIE_PATH)
    return response
