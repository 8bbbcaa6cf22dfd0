"""The socket on which a terminal waits to be linked.

It carries nothing secret back: told that it is confirmed, the terminal claims its sign-in by a request. The claim
travels in the first frame, so that it stands in no URL.
"""

import asyncio
import contextlib
from typing import Any

import orjson
from fastapi import FastAPI
from starlette.websockets import WebSocket, WebSocketDisconnect

from gitu.features.identity.api import PairingState, wait_for_decision
from gitu.kernel.services import Services

FIRST_FRAME_S = 10.0
MOST_WAITING = 200
REFUSED = 4400
TOO_MANY = 4429


class WaitingTerminals:
    """How many sockets wait in this process; anyone may open one, so their number is bounded."""

    def __init__(self, services: Services) -> None:
        del services
        self.count = 0


async def serve_waiting(services: Services, socket: WebSocket) -> None:
    """Wait with a terminal, and tell it how it ended: confirmed, denied or expired."""
    waiting = services.resource(WaitingTerminals)
    await socket.accept()
    if waiting.count >= MOST_WAITING:
        await socket.close(TOO_MANY)
        return
    waiting.count += 1
    try:
        claim = await _claim(socket)
        if claim is None:
            await socket.close(REFUSED)
            return
        state = await _decision(services, socket, claim)
        if state is not None:
            await socket.send_json({"type": state.value})
            await socket.close()
    finally:
        waiting.count -= 1


async def _claim(socket: WebSocket) -> str | None:
    frame: Any = None  # whatever the other side sent
    with contextlib.suppress(TimeoutError, WebSocketDisconnect, KeyError, orjson.JSONDecodeError):
        frame = orjson.loads(await asyncio.wait_for(socket.receive_text(), FIRST_FRAME_S))
    match frame:
        case {"type": "wait", "claim": str(claim)} if len(claim) <= 200:
            return claim
        case _:
            return None


async def _decision(services: Services, socket: WebSocket, claim: str) -> PairingState | None:
    """The decision, or None when the terminal went away first."""
    deciding = asyncio.create_task(wait_for_decision(services, claim))
    leaving = asyncio.create_task(_until_closed(socket))
    try:
        await asyncio.wait({deciding, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return deciding.result() if deciding.done() else None
    finally:
        for task in (deciding, leaving):
            task.cancel()
        await asyncio.gather(deciding, leaving, return_exceptions=True)


async def _until_closed(socket: WebSocket) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError, KeyError):
        while True:
            await socket.receive_text()


def mount_pairing(app: FastAPI, services: Services) -> None:
    """Put the socket at ``/api/v1/auth/pairings/wait``."""

    async def endpoint(socket: WebSocket) -> None:
        await serve_waiting(services, socket)

    app.add_api_websocket_route("/api/v1/auth/pairings/wait", endpoint, name="pairing")
