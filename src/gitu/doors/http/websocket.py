"""The live door: one socket per window carries events, the turns and commands that are watched, and actions.

Frames are JSON objects with a ``type``; docs/api.md lists them. The socket closes with 4401 at once when the
device behind it is revoked.
"""

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any, cast

import orjson
import structlog
from fastapi import FastAPI
from starlette.websockets import WebSocket, WebSocketDisconnect

from gitu.doors.http.runs import WatchedRuns
from gitu.doors.http.turns import watch_turn
from gitu.features.identity.api import renewed
from gitu.features.identity.errors import SessionExpired
from gitu.kernel.actions.execute import Call, execute
from gitu.kernel.actions.permissions.requiring import require_standing
from gitu.kernel.actions.registry import Door
from gitu.kernel.actions.validation import invalid_fields
from gitu.kernel.auth.principal import ANONYMOUS, Kind, Principal
from gitu.kernel.errors import FieldProblem, GituError, TooMany, Unauthenticated
from gitu.kernel.events.types import Recorded
from gitu.kernel.services import Services

log = structlog.get_logger(__name__)

LIVE = "identity.get_me"
"""Whoever may do this hears of events."""
MOST_QUEUED = 2_000
MOST_WATCHED = 20
MOST_RUNNING = 20
STOP_RUN = "shell.stop_run"
REVOKED = 4401
TOO_SLOW = 4408


class Connection:
    """One open socket."""

    def __init__(self, services: Services, socket: WebSocket, principal: Principal) -> None:
        self._services = services
        self._socket = socket
        self._principal = principal
        self._stale = False  # the person's role may have changed since
        self._outgoing: asyncio.Queue[bytes | int] = asyncio.Queue(maxsize=MOST_QUEUED)
        self._space = asyncio.Event()
        self._watched: dict[str, asyncio.Task[None]] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._runs = WatchedRuns(
            services, self._caller, self.send, self._room, lambda error: self._problem(None, error)
        )

    async def serve(self) -> None:
        """Until either side closes."""
        stop = self._services.bus.listen(self._event, owner_id=self._principal.user_id)
        sender = asyncio.create_task(self._send_forever())
        receiver = asyncio.create_task(self._receive_forever())
        self.send({"type": "ready", "user_id": str(self._principal.user_id)})
        try:
            await asyncio.wait({sender, receiver}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop()
            tasks = {sender, receiver, *self._watched.values(), *self._runs.tasks, *self._running}
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def send(self, frame: dict[str, Any]) -> None:
        """Queue a frame. A window that reads too slowly is closed; it comes back and catches up."""
        self._put(orjson.dumps(frame))

    def _put(self, item: bytes | int) -> None:
        try:
            self._outgoing.put_nowait(item)
        except asyncio.QueueFull:
            while not self._outgoing.empty():
                self._outgoing.get_nowait()
            self._outgoing.put_nowait(TOO_SLOW)

    async def _room(self) -> None:
        """Wait while the window has much to read: what is kept elsewhere can be told later."""
        while self._outgoing.qsize() > MOST_QUEUED // 2:
            self._space.clear()
            await self._space.wait()

    def _event(self, event: Recorded) -> None:
        frame = {"id": event.id, "type": event.type, "at": event.at, "data": event.data}
        self.send({"type": "event", "event": frame})
        gone = (
            (event.type == "device.revoked" and event.data.get("device_id") == str(self._principal.device_id))
            or (event.type == "api_key.revoked" and event.data.get("key_id") == str(self._principal.key_id))
            or (event.type == "user.changed" and event.data.get("disabled"))
        )
        if gone:
            self._put(REVOKED)
        self._stale = self._stale or event.type == "user.changed"

    async def _send_forever(self) -> None:
        while True:
            item = await self._outgoing.get()
            if self._outgoing.qsize() <= MOST_QUEUED // 2:
                self._space.set()
            if isinstance(item, int):
                await self._socket.close(item)
                return
            await self._socket.send_text(item.decode())

    async def _receive_forever(self) -> None:
        while True:
            try:
                text = await self._socket.receive_text()
            except (WebSocketDisconnect, RuntimeError, KeyError):
                return
            frame: Any = None  # whatever the other side sent
            with contextlib.suppress(orjson.JSONDecodeError):
                frame = orjson.loads(text)
            try:
                self._handle(frame)
            except GituError as error:
                call_id = cast("dict[str, Any]", frame).get("id") if isinstance(frame, dict) else None
                self._problem(call_id if isinstance(call_id, str) else None, error)

    def _handle(self, frame: Any) -> None:  # whatever the other side sent
        match frame:
            case {"type": "ping"}:
                self.send({"type": "pong"})
            case {"type": "watch", "turn_id": str(turn_id)}:
                after = frame.get("after", 0)
                self._watch(turn_id, after if isinstance(after, int) else 0)
            case {"type": "unwatch", "turn_id": str(turn_id)}:
                if task := self._watched.pop(turn_id, None):
                    task.cancel()
            case {"type": "execute", "action": str(name), "id": str(call_id)}:
                self._spawn(self._execute(call_id, name, frame.get("input", {})))
            case {"type": "watch_run", "run_id": str(run_id)}:
                self._runs.watch(run_id)
            case {"type": "unwatch_run", "run_id": str(run_id)}:
                self._runs.unwatch(run_id)
            case {"type": "run_input", "run_id": str(run_id), "data": str(text)}:
                self._spawn(self._told(self._runs.type(run_id, text)))
            case {"type": "run_resize", "run_id": str(run_id), "rows": int(rows), "columns": int(columns)}:
                self._spawn(self._told(self._runs.resize(run_id, rows, columns)))
            case {"type": "stop_run", "run_id": str(run_id)}:
                self._spawn(self._told(self._stop_run(run_id)))
            case _:
                raise invalid_fields([FieldProblem.of("type", "field-frame")])

    def _spawn(self, work: Any) -> None:  # a coroutine
        if len(self._running) >= MOST_RUNNING:
            work.close()
            raise TooMany(seconds=1, retry_after=1)
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _told(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except GituError as error:
            self._problem(None, error)

    async def _stop_run(self, run_id: str) -> None:
        await execute(self._services, await self._caller(), STOP_RUN, {"run_id": run_id}, Call(Door.WEBSOCKET))

    async def _execute(self, call_id: str, name: str, payload: object) -> None:
        try:
            answer = await execute(self._services, await self._caller(), name, payload, Call(Door.WEBSOCKET))
            self.send({"type": "result", "id": call_id, "output": answer.model_dump(mode="json")})
        except GituError as error:
            self._problem(call_id, error)
        except Exception as error:
            log.exception("websocket.execute_failed", action=name, error=type(error).__name__)
            self._problem(call_id, GituError())

    async def _caller(self) -> Principal:
        while self._stale:
            self._stale = False
            self._principal = await renewed(self._services, self._principal)
        return self._principal

    def _watch(self, turn_id: str, after: int) -> None:
        self._watched = {key: task for key, task in self._watched.items() if not task.done()}
        if turn_id in self._watched:
            self._watched.pop(turn_id).cancel()
        if len(self._watched) >= MOST_WATCHED:
            raise TooMany(seconds=1, retry_after=1)
        self._watched[turn_id] = asyncio.create_task(self._forward(turn_id, after))

    async def _forward(self, turn_id: str, after: int) -> None:
        try:
            async for seq, event in watch_turn(self._services, await self._caller(), turn_id, after):
                self._put(b'{"type":"turn","turn_id":"%s","seq":%d,"event":%s}' % (turn_id.encode(), seq, event))
        except GituError as error:
            self._problem(None, error)

    def _problem(self, call_id: str | None, error: GituError) -> None:
        problem = error.problem(self._principal.locale).model_dump(exclude_none=True)
        self.send({"type": "error", "id": call_id, "problem": problem})


async def serve_socket(services: Services, socket: WebSocket) -> None:
    """Accept a person's or a program's socket; anyone else is closed with 4401."""
    principal: Principal = socket.scope["state"].get("principal", ANONYMOUS)
    await socket.accept()
    try:
        if socket.scope["state"].get("auth_error") is not None:
            raise SessionExpired()
        if principal.kind is Kind.ANONYMOUS:
            raise Unauthenticated()
        await require_standing(services, principal, LIVE)
    except GituError as error:
        problem = error.problem(principal.locale).model_dump(exclude_none=True)
        await socket.send_json({"type": "error", "id": None, "problem": problem})
        await socket.close(REVOKED)
        return
    await Connection(services, socket, principal).serve()


def mount_socket(app: FastAPI, services: Services) -> None:
    """Put the live door at ``/api/v1/ws``."""

    async def endpoint(socket: WebSocket) -> None:
        await serve_socket(services, socket)

    app.add_api_websocket_route("/api/v1/ws", endpoint, name="live")
