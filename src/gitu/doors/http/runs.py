"""Commands in a window: what they write, what a person types into them, their end."""

import asyncio
import codecs
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from gitu.features.shell.api import resize_run, type_into_run, watch_run
from gitu.features.shell.errors import RunNotFound
from gitu.features.shell.schemas import Run
from gitu.kernel.auth.principal import Principal
from gitu.kernel.errors import GituError, TooMany
from gitu.kernel.services import Services

MOST_WATCHED = 20
MOST_TYPED = 65_536
Send = Callable[[dict[str, Any]], None]  # Any: JSON
Room = Callable[[], Awaitable[None]]


class WatchedRuns:
    """The runs that one window watches. ``room`` waits while the window reads too slowly for more."""

    def __init__(
        self,
        services: Services,
        caller: Callable[[], Awaitable[Principal]],
        send: Send,
        room: Room,
        problem: Callable[[GituError], None],
    ) -> None:
        self._services = services
        self._caller = caller
        self._send = send
        self._room = room
        self._problem = problem
        self._watched: dict[str, asyncio.Task[None]] = {}

    @property
    def tasks(self) -> list[asyncio.Task[None]]:
        """To be cancelled with the window."""
        return list(self._watched.values())

    def watch(self, run_id: str) -> None:
        """Tell what the run writes, from what is kept on. Raises RunNotFound, TooMany."""
        wanted = _id(run_id)
        self.unwatch(run_id)
        self._watched = {key: task for key, task in self._watched.items() if not task.done()}
        if len(self._watched) >= MOST_WATCHED:
            raise TooMany(seconds=1, retry_after=1)
        self._watched[run_id] = asyncio.create_task(self._forward(run_id, wanted))

    def unwatch(self, run_id: str) -> None:
        """Tell no more of it; it goes on."""
        if task := self._watched.pop(run_id, None):
            task.cancel()

    async def type(self, run_id: str, text: str) -> None:
        """Raises RunNotFound, RunOver, Denied."""
        data = text.encode("utf-8", "replace")[:MOST_TYPED]
        await type_into_run(self._services, await self._caller(), _id(run_id), data)

    async def resize(self, run_id: str, rows: int, columns: int) -> None:
        """Raises RunNotFound, RunOver, Denied."""
        rows, columns = min(max(rows, 1), 1_000), min(max(columns, 1), 1_000)
        resize_run(self._services, await self._caller(), _id(run_id), rows, columns)

    async def _forward(self, run_id: str, wanted: UUID) -> None:
        # Bytes of one character may come apart.
        decoders = {name: codecs.getincrementaldecoder("utf-8")("replace") for name in ("stdout", "stderr")}
        try:
            async for heard in watch_run(self._services, await self._caller(), wanted):
                await self._room()
                if isinstance(heard, Run):
                    self._send({"type": "run", "run_id": run_id, "run": heard.model_dump(mode="json")})
                    return
                frame: dict[str, Any] = {"type": "run", "run_id": run_id, "stream": heard.stream}
                if heard.left_out:
                    frame["left_out"] = heard.left_out
                self._send({**frame, "data": decoders[heard.stream].decode(heard.data)})
        except GituError as error:
            self._problem(error)


def _id(run_id: str) -> UUID:
    try:
        return UUID(run_id)
    except ValueError:
        raise RunNotFound(id=run_id[:60], what="run") from None
