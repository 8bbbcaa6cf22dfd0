"""A turn as server-sent events, for terminals and programs; windows watch over their WebSocket."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Request
from starlette.responses import Response, StreamingResponse

from gitu.doors.http.actions import PROBLEM, principal_of
from gitu.doors.http.turns import watch_turn
from gitu.features.assistant.api import Numbered
from gitu.kernel.services import Services

KEEP_ALIVE_S = 15


def router(services: Services) -> APIRouter:
    """``GET /turns/{turn_id}/events``."""
    routes = APIRouter(tags=["assistant"], responses=PROBLEM)

    @routes.get("/turns/{turn_id}/events", operation_id="assistant__watch_turn", response_class=StreamingResponse)
    async def events(request: Request, turn_id: str, last_event_id: Annotated[str | None, Header()] = None) -> Response:
        """Watch an answer as it comes (AG-UI events); Last-Event-ID resumes after a lost connection."""
        after = int(last_event_id) if last_event_id and last_event_id.isdecimal() else 0
        numbered = watch_turn(services, principal_of(request), turn_id, after)
        first = await anext(numbered, None)  # refusals become an answer of their own before anything is sent
        return StreamingResponse(
            _frames(first, numbered), media_type="text/event-stream", headers={"x-accel-buffering": "no"}
        )

    return routes


async def _frames(first: Numbered | None, rest: AsyncIterator[Numbered]) -> AsyncIterator[bytes]:
    if first is None:
        return
    yield _frame(first)
    pending = asyncio.ensure_future(anext(rest, None))
    try:
        while True:
            # Proxies drop a connection that stays silent, as a slow model's may; a comment is no event.
            await asyncio.wait({pending}, timeout=KEEP_ALIVE_S)
            if not pending.done():
                yield b": still here\n\n"
                continue
            numbered = pending.result()
            if numbered is None:
                return
            yield _frame(numbered)
            pending = asyncio.ensure_future(anext(rest, None))
    finally:
        pending.cancel()


def _frame(numbered: Numbered) -> bytes:
    return b"id: %d\ndata: %s\n\n" % numbered
