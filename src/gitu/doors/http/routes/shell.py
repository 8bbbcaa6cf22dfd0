"""A command's output as it comes, in the answer to the request that runs it; windows watch over their WebSocket."""

import asyncio
import base64
import contextlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Annotated, Any

import orjson
from fastapi import APIRouter, Body, Request
from starlette.responses import Response, StreamingResponse

from gitu.doors.http.actions import PROBLEM, call_of, principal_of
from gitu.features.shell.api import Heard, watch_run
from gitu.features.shell.schemas import Run, RunCommand, RunUnsandboxed
from gitu.kernel.actions.execute import execute
from gitu.kernel.errors import GituError
from gitu.kernel.ids import new_id
from gitu.kernel.services import Services

if TYPE_CHECKING:
    from pydantic import BaseModel

KEEP_ALIVE_S = 15


def router(services: Services) -> APIRouter:
    """``POST /shell/runs/stream`` and ``POST /shell/unsandboxed-runs/stream``."""
    routes = APIRouter(prefix="/shell", tags=["shell"], responses=PROBLEM)

    @routes.post("/runs/stream", operation_id="shell__stream_command", response_class=StreamingResponse)
    async def stream(request: Request, data: Annotated[RunCommand, Body()]) -> Response:
        """Run a command in a sandbox and get its output as it comes (server-sent events).

        An event is `{"stream", "data", "left_out"}` with the bytes in base64; the last is `{"result"}` with what
        `POST /shell/runs` answers, or `{"problem"}`. Whoever leaves takes the command along.
        """
        return await _answer(services, request, "shell.run_command", data)

    @routes.post("/unsandboxed-runs/stream", operation_id="shell__stream_unsandboxed", response_class=StreamingResponse)
    async def stream_unsandboxed(request: Request, data: Annotated[RunUnsandboxed, Body()]) -> Response:
        """Run a command outside of the sandbox and get its output as it comes, in events like those of runs/stream."""
        return await _answer(services, request, "shell.run_unsandboxed", data)

    return routes


async def _answer(services: Services, request: Request, action: str, data: RunCommand | RunUnsandboxed) -> Response:
    principal, run_id = principal_of(request), data.run_id or new_id()
    given = data.model_copy(update={"run_id": run_id})
    running = asyncio.create_task(execute(services, principal, action, given, call_of(request)))
    watching = watch_run(services, principal, run_id)
    first = asyncio.ensure_future(anext(watching))
    try:
        await asyncio.wait({running, first}, return_when=asyncio.FIRST_COMPLETED)
        if running.done() or isinstance(_of(first), Run) or first.exception() is not None:
            await running  # a refusal is an answer of its own
            await first
    except BaseException:
        first.cancel()
        await _leave(running)
        raise
    frames = _frames(running, first, watching, principal.locale)
    return StreamingResponse(frames, media_type="text/event-stream", headers={"x-accel-buffering": "no"})


def _of(first: "asyncio.Future[Heard | Run]") -> Heard | Run | None:
    return first.result() if first.done() and first.exception() is None else None


async def _frames(
    running: "asyncio.Task[BaseModel]",
    pending: "asyncio.Future[Heard | Run]",
    watching: AsyncIterator[Heard | Run],
    locale: str,
) -> AsyncIterator[bytes]:
    try:
        while True:
            await asyncio.wait({pending}, timeout=KEEP_ALIVE_S)
            if not pending.done():
                yield b": still here\n\n"
                continue
            heard = pending.result()
            if isinstance(heard, Run):
                break
            yield _frame({"stream": heard.stream, "data": base64.b64encode(heard.data), "left_out": heard.left_out})
            pending = asyncio.ensure_future(anext(watching))
        try:
            yield _frame({"result": (await running).model_dump(mode="json")})
        except GituError as error:
            yield _frame({"problem": error.problem(locale).model_dump(exclude_none=True)})
    finally:
        pending.cancel()
        await _leave(running)


async def _leave(running: "asyncio.Task[BaseModel]") -> None:
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError, Exception):
        await running


def _frame(content: dict[str, Any]) -> bytes:
    return b"data: %s\n\n" % orjson.dumps(content, default=bytes.decode)
