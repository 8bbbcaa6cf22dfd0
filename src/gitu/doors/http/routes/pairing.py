"""Linking terminals: what a terminal that is not signed in asks for."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Body, Request
from pydantic import BaseModel
from starlette.responses import Response

from gitu.doors.http.actions import PROBLEM, json_response
from gitu.doors.http.routes.signing import Signing, Tokens
from gitu.features.identity.schemas import PairingClaim, PairingStart, PairingStarted, TokenRedeem
from gitu.kernel.services import Services


class WaitingPairing(BaseModel):
    """``link`` is drawn as a code; ``claim`` stays in the terminal."""

    link: str
    claim: str
    code: str
    expires_at: datetime


def router(services: Services) -> APIRouter:
    """Further routes under ``/auth``."""
    routes = APIRouter(prefix="/auth", tags=["identity"], responses=PROBLEM)
    signing = Signing(services)

    @routes.post("/pairing-token", operation_id="identity__redeem_pairing_token", response_model=Tokens)
    async def redeem(request: Request, data: Annotated[TokenRedeem, Body()]) -> Response:
        """Sign a terminal in with a pairing token made in the web app; the tokens come in the answer."""
        return await signing.terminal(request, "identity.redeem_pairing_token", data)

    @routes.post("/pairings", operation_id="identity__start_pairing", response_model=WaitingPairing)
    async def start(request: Request, data: Annotated[PairingStart, Body()]) -> Response:
        """Let a terminal wait to be confirmed on a device that is signed in."""
        started = await signing.run(request, "identity.start_pairing", data)
        assert isinstance(started, PairingStarted)
        return json_response(
            WaitingPairing(
                link=started.link,
                claim=started.claim.get_secret_value(),
                code=started.code,
                expires_at=started.expires_at,
            )
        )

    @routes.post("/pairings/claim", operation_id="identity__claim_pairing", response_model=Tokens)
    async def claim(request: Request, data: Annotated[PairingClaim, Body()]) -> Response:
        """Sign a confirmed terminal in; the tokens come in the answer."""
        return await signing.terminal(request, "identity.claim_pairing", data)

    return routes
