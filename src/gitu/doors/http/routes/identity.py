"""Signing in and out for browsers and terminals: the same actions, with cookies or tokens put around them."""

from typing import Annotated

from fastapi import APIRouter, Body, Request
from starlette.responses import Response

from gitu.doors.http.actions import PROBLEM, call_of, principal_of
from gitu.doors.http.routes.signing import REFRESH_PATH, SECOND_STEP, Signing, Tokens
from gitu.doors.http.security import ACCESS_COOKIE, REFRESH_COOKIE, read_cookie
from gitu.features.identity.schemas import InvitationAccept, Me, NewAccount, OwnerCreate, SignIn
from gitu.features.identity.schemas.factors import SecondStepTake
from gitu.kernel.actions.execute import execute
from gitu.kernel.actions.registry import Nothing
from gitu.kernel.auth.principal import ANONYMOUS
from gitu.kernel.errors import Unauthenticated
from gitu.kernel.services import Services


def router(services: Services) -> APIRouter:
    """The routes under ``/auth``."""
    routes = APIRouter(prefix="/auth", tags=["identity"], responses=PROBLEM)
    signing = Signing(services)

    @routes.post("/setup", operation_id="identity__create_owner", response_model=Me)
    async def setup(request: Request, data: Annotated[OwnerCreate, Body()]) -> Response:
        """Create the owner with the one-time link printed at first start."""
        return await signing.browser(request, "identity.create_owner", data)

    @routes.post("/sign-in", operation_id="identity__sign_in", response_model=Me, responses=SECOND_STEP)
    async def sign_in(request: Request, data: Annotated[SignIn, Body()]) -> Response:
        """Sign in on this browser; the tokens come as cookies that scripts can't read."""
        return await signing.browser(request, "identity.sign_in", data)

    @routes.post("/second-step", operation_id="identity__take_second_step", response_model=Me)
    async def second_step(request: Request, data: Annotated[SecondStepTake, Body()]) -> Response:
        """Finish signing in on this browser with a one-time code or a recovery code."""
        return await signing.browser(request, "identity.take_second_step", data)

    @routes.post("/tokens", operation_id="identity__create_tokens", response_model=Tokens, responses=SECOND_STEP)
    async def tokens(request: Request, data: Annotated[SignIn, Body()]) -> Response:
        """Sign in on a terminal; the tokens come in the answer."""
        return await signing.terminal(request, "identity.sign_in", data)

    @routes.post("/tokens/second-step", operation_id="identity__create_tokens_second_step", response_model=Tokens)
    async def tokens_second_step(request: Request, data: Annotated[SecondStepTake, Body()]) -> Response:
        """Finish signing in on a terminal with a one-time code or a recovery code."""
        return await signing.terminal(request, "identity.take_second_step", data)

    @routes.post("/accept-invitation", operation_id="identity__accept_invitation", response_model=Me)
    async def accept(request: Request, data: Annotated[InvitationAccept, Body()]) -> Response:
        """Create an account with an invitation and sign in."""
        return await signing.browser(request, "identity.accept_invitation", data)

    @routes.post("/sign-up", operation_id="identity__sign_up", response_model=Me)
    async def sign_up(request: Request, data: Annotated[NewAccount, Body()]) -> Response:
        """Create an account where the owner has opened sign-up, and sign in."""
        return await signing.browser(request, "identity.sign_up", data)

    @routes.post("/refresh", operation_id="identity__refresh", status_code=204)
    async def refresh(request: Request) -> Response:
        """Trade the refresh token (cookie, or bearer for terminals) for new tokens."""
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
        token = bearer or read_cookie(request.headers, REFRESH_COOKIE)
        if not token:
            raise Unauthenticated()
        answer = await execute(services, ANONYMOUS, "identity.refresh", {"token": token}, call_of(request))
        if bearer:
            return signing.with_tokens(answer)
        response = signing.with_cookies(answer)
        response.status_code, response.body = 204, b""
        del response.headers["content-length"]
        return response

    @routes.post("/sign-out", operation_id="identity__sign_out", status_code=204)
    async def sign_out(request: Request) -> Response:
        """Sign this device out; its tokens are dead from now on."""
        await execute(services, principal_of(request), "identity.sign_out", Nothing().model_dump(), call_of(request))
        response = Response(status_code=204)
        response.delete_cookie(ACCESS_COOKIE, path="/")
        response.delete_cookie(REFRESH_COOKIE, path=REFRESH_PATH)
        return response

    return routes
