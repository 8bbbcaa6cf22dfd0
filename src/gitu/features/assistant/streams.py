"""A running turn's stream: live in the process that answers, stored in stretches for everyone else.

A watcher first gets what it has not seen, then what comes. When the turn is over and its stream is gone,
the finished message is told as a stream instead.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from uuid import UUID

import orjson
import structlog
from ag_ui.core import BaseEvent, RunErrorEvent, RunFinishedEvent

from gitu.features.assistant import repository
from gitu.features.assistant.errors import TurnNotFound
from gitu.features.assistant.replay import replay
from gitu.features.assistant.schemas import ACTIVE
from gitu.kernel.auth.principal import Principal
from gitu.kernel.services import Services

log = structlog.get_logger(__name__)

STORE_EVERY_S = 0.2
POLL_EVERY_S = 0.2

Numbered = tuple[int, bytes]


class TurnStream:
    """The events of one turn answered by this process. ``over`` once its last event was sent."""

    def __init__(self, services: Services, turn_id: UUID, first_seq: int) -> None:
        self.first_seq = first_seq
        self.over = False
        self._services = services
        self._turn_id = turn_id
        self._events: list[bytes] = []
        self._stored = 0
        self._closed = False
        self._changed = asyncio.Event()
        self._storing = asyncio.create_task(self._store_forever(), name=f"turn-stream-{turn_id}")

    def send(self, event: BaseEvent) -> None:
        """Add an event; watchers of this process see it at once."""
        self._events.append(_json(event))
        self.over = isinstance(event, (RunFinishedEvent, RunErrorEvent))
        self._wake()

    def _wake(self) -> None:
        # Watchers hold the event of the state they have seen; the next state gets a fresh one.
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def follow(self, after: int) -> AsyncIterator[Numbered]:
        """Events numbered above ``after``, until no more will come."""
        position = max(0, after + 1 - self.first_seq)
        while True:
            changed = self._changed
            while position < len(self._events):
                yield self.first_seq + position, self._events[position]
                position += 1
            if self._closed or self.over:
                return
            await changed.wait()

    async def close(self, *, keep: bool) -> None:
        """No more will come. ``keep`` stores the rest, for a turn that another process will go on with."""
        self._closed = True
        self._wake()
        await self.pause()
        if keep:
            await self._store()

    async def pause(self) -> None:
        """Stop storing, before the turn's end takes away what was stored."""
        self._storing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._storing

    async def _store_forever(self) -> None:
        while True:
            await asyncio.sleep(STORE_EVERY_S)
            try:
                await self._store()
            except Exception as error:
                log.warning("turn.stream_not_stored", turn=str(self._turn_id), error=type(error).__name__)

    async def _store(self) -> None:
        batch = self._events[self._stored :]
        if not batch:
            return
        first = self.first_seq + self._stored
        async with self._services.database.transaction() as db:
            await repository.append_stream(db, self._turn_id, first, [orjson.loads(event) for event in batch])
        self._stored += len(batch)


class TurnStreams:
    """The streams of the turns this process answers."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._streams: dict[UUID, TurnStream] = {}
        self._awaited: dict[UUID, set[asyncio.Future[TurnStream]]] = {}

    async def open(self, turn_id: UUID, *, first_attempt: bool = False) -> TurnStream:
        """Begin a stream that goes on counting where an earlier attempt left off."""
        last = 0
        if not first_attempt:
            async with self._services.database.reader() as db:
                last = await repository.last_seq(db, turn_id)
        stream = self._streams[turn_id] = TurnStream(self._services, turn_id, last + 1)
        for waiter in self._awaited.pop(turn_id, ()):
            if not waiter.done():
                waiter.set_result(stream)
        return stream

    async def opened(self, turn_id: UUID, within_s: float) -> TurnStream | None:
        """The turn's stream as soon as this process begins to answer it; None if it does not in that time."""
        waiter: asyncio.Future[TurnStream] = asyncio.get_running_loop().create_future()
        waiters = self._awaited.setdefault(turn_id, set())
        waiters.add(waiter)
        try:
            async with asyncio.timeout(within_s):
                return await waiter
        except TimeoutError:
            return None
        finally:
            waiters.discard(waiter)
            if not waiters and self._awaited.get(turn_id) is waiters:
                del self._awaited[turn_id]

    def find(self, turn_id: UUID) -> TurnStream | None:
        """The turn's stream, if this process answers it."""
        return self._streams.get(turn_id)

    async def close(self, turn_id: UUID, *, keep: bool) -> None:
        """End the stream for every watcher."""
        stream = self._streams.pop(turn_id, None)
        if stream is not None:
            await stream.close(keep=keep)


async def watch(services: Services, principal: Principal, turn_id: UUID, after: int) -> AsyncIterator[Numbered]:
    """The turn's events numbered above ``after``: those that were, then those that come, then no more.

    Raises TurnNotFound for a turn the person may not read. One that is deleted meanwhile ends with RUN_ERROR.
    """
    if principal.user_id is None:
        raise TurnNotFound(id=str(turn_id), what="turn")
    seq, told = after, False
    streams = services.resource(TurnStreams)
    while True:
        async with services.database.reader() as db:
            turn = await repository.find_turn(db, principal.user_id, turn_id)
            stream = streams.find(turn_id)
            running = turn is not None and turn.state in ACTIVE
            begun = turn is not None and turn.attempts > 0
            # A turn nobody has begun, or whose whole stream is here, has nothing to be read.
            apart = running and begun and (stream is None or stream.first_seq > seq + 1)
            stored = await repository.read_stream(db, turn_id, seq) if apart else []
            messages = await repository.messages_of_turn(db, turn_id) if not running else ()
        if turn is None:
            gone = TurnNotFound(id=str(turn_id), what="turn")
            if not told:
                raise gone
            yield seq + 1, _json(RunErrorEvent(message=gone.localised(principal.locale), code=gone.code))
            return
        if not running:
            for number, event in enumerate(replay(turn, messages), start=seq + 1):
                yield number, _json(event)
            return
        for number, event in stored:
            if stream is None or number < stream.first_seq:
                seq, told = number, True
                yield number, orjson.dumps(event)
        if stream is None:
            # A turn that has just been sent is about to be answered here: polling would delay its first words.
            stream = await streams.opened(turn_id, POLL_EVERY_S)
            if stream is None or stream.first_seq > seq + 1:
                continue
        async for number, data in stream.follow(seq):
            seq, told = number, True
            yield number, data
        if stream.over:
            return
        await asyncio.sleep(POLL_EVERY_S)


def _json(event: BaseEvent) -> bytes:
    return event.model_dump_json(by_alias=True, exclude_none=True).encode()
