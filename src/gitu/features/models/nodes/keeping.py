"""What the leading process writes down of nodes: states as they change, a row a minute, samples, notices."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

import structlog
from sqlalchemy.exc import DBAPIError

from gitu.features.models import repository as connections
from gitu.features.models.desk import as_json
from gitu.features.models.errors import ModelCallFailed, ModelUnreachable
from gitu.features.models.events import ConnectionUpdated
from gitu.features.models.gateway.wire import Wire, WireError, WireTimeout
from gitu.features.models.listing import list_models
from gitu.features.models.nodes import repository
from gitu.features.models.nodes.events import NodeBack, NodeChanged, NodeDown
from gitu.features.models.nodes.sampling import between, load_of, sample
from gitu.features.models.nodes.watched import AWAY, Kept, Watched
from gitu.features.models.providers import plain_client
from gitu.kernel import clock
from gitu.kernel.cancelling import end
from gitu.kernel.events.store import append_events
from gitu.kernel.events.types import Event
from gitu.kernel.jobs import Jobs
from gitu.kernel.services import Services

log = structlog.get_logger(__name__)

TICK_S: Final = 1.0
SAMPLE_EVERY_S: Final = 15.0
LIST_S: Final = 5.0
_AT_ONCE: Final = 8  # samples under way


class Keeper:
    """One per process; works while there are nodes and this process leads."""

    def __init__(self, services: Services, wire: Wire) -> None:
        self._services = services
        self._wire = wire
        self._nodes: Mapping[UUID, Watched] = {}
        self._loads: dict[UUID, dict[str, Any]] = {}
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._sampling: asyncio.Task[None] | None = None

    def keep(self, nodes: Mapping[UUID, Watched]) -> None:
        """Keep these from now on."""
        self._nodes = nodes
        if nodes and self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._forever(), name="nodes-keep")

    def wake(self) -> None:
        """Something changed that should be kept at once."""
        self._wake.set()

    async def aclose(self) -> None:
        """Stop."""
        await end(*(task for task in (self._task, self._sampling) if task is not None))

    async def _forever(self) -> None:
        loop = asyncio.get_running_loop()
        next_sample = loop.time() + TICK_S
        while self._nodes:
            try:
                async with asyncio.timeout(TICK_S):
                    await self._wake.wait()
            except TimeoutError:
                pass
            self._wake.clear()
            nodes = [*self._nodes.values()]
            if not self._services.resource(Jobs).leads:
                for one in nodes:
                    one.finished.clear()
                    one.sample = None
                continue
            try:
                for one in nodes:
                    await self._keep_state(one)
                    await self._tell(one)
                await self._keep_minutes(nodes)
            except (DBAPIError, OSError) as error:
                log.warning("nodes.not_kept", error=type(error).__name__)
                await asyncio.sleep(TICK_S)
            if loop.time() >= next_sample and (self._sampling is None or self._sampling.done()):
                next_sample = loop.time() + SAMPLE_EVERY_S
                self._sampling = asyncio.create_task(self._sample(nodes), name="nodes-sample")
        self._task = None

    # -- states and notices

    async def _keep_state(self, one: Watched) -> None:
        look = one.look
        if look is None:
            return
        if look.state == "up" and not one.listed:
            one.listed = True
            await self._list_models(one)
        if not one.unkept:
            return
        moved = look.state != one.kept.state
        kept = Kept(look.state, look.reason, one.since, look.facts or one.kept.facts)
        events: list[tuple[UUID | None, Event]] = []
        if moved:
            owner = one.connection.owner_id
            events.append((owner, NodeChanged(node_id=one.node_id, name=one.name, state=look.state)))
            events.append((owner, ConnectionUpdated(connection_id=one.connection.id)))
        await self._write(one, kept, events)
        one.kept = kept

    async def _write(self, one: Watched, kept: Kept, events: list[tuple[UUID | None, Event]]) -> None:
        bus = self._services.bus
        async with self._services.database.transaction() as db:
            if not await repository.set_state(db, one.node_id, kept.state, kept.reason, kept.since, kept.facts):
                return
            if kept.state == "up":
                await connections.set_health(db, one.connection.id, "ok", None)
            elif kept.state in AWAY:
                await connections.set_health(db, one.connection.id, "failing", as_json(_away(one)))
            recorded = await append_events(db, bus.process_id, events, clock.now())
        bus.publish_local(recorded)

    async def _list_models(self, one: Watched) -> None:
        """A node that is back may serve another model."""
        if one.connection.models_chosen:
            return
        client = plain_client(one.endpoint, LIST_S)
        try:
            listed = [model.as_json() for model in await list_models(one.endpoint, client, LIST_S)]
        except ModelCallFailed:
            return
        finally:
            await client.aclose()
        if listed == one.connection.models:
            return
        bus = self._services.bus
        async with self._services.database.transaction() as db:
            await repository.set_models(db, one.connection.id, listed)
            told = ConnectionUpdated(connection_id=one.connection.id)
            recorded = await append_events(db, bus.process_id, [(one.connection.owner_id, told)], clock.now())
        bus.publish_local(recorded)

    async def _tell(self, one: Watched) -> None:
        if one.look is None or one.state in ("unknown", "loading", "draining"):
            return
        now = asyncio.get_running_loop().time()
        due = one.damper.due(away=one.state in AWAY, held_s=now - one.changed, now=now)
        if due is None:
            return
        told = (NodeDown if due == "down" else NodeBack)(node_id=one.node_id, name=one.name)
        bus = self._services.bus
        async with self._services.database.transaction() as db:
            recorded = await append_events(db, bus.process_id, [(one.connection.owner_id, told)], clock.now())
        bus.publish_local(recorded)

    # -- minutes and samples

    async def _keep_minutes(self, nodes: list[Watched]) -> None:
        now = clock.now()
        for one in nodes:
            one.finish(now)
        finished = [(one, minute) for one in nodes for minute in one.finished if minute.checks]
        loads, self._loads = self._loads, {}
        if not finished and not loads:
            return
        try:
            async with self._services.database.transaction() as db:
                await repository.save_minutes(db, [minute.row(one.node_id) for one, minute in finished])
                await repository.set_load(db, loads)
        except BaseException:
            self._loads = {**loads, **self._loads}
            raise
        for one, minute in finished:
            one.finished.remove(minute)

    async def _sample(self, nodes: list[Watched]) -> None:
        gate = asyncio.Semaphore(_AT_ONCE)

        async def take(one: Watched) -> None:
            async with gate:
                await self._sample_one(one)

        await asyncio.gather(*(take(one) for one in nodes if one.state in ("up", "draining")))

    async def _sample_one(self, one: Watched) -> None:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(LIST_S):
                now = await sample(self._wire, one.target, loop.time())
        except (WireError, WireTimeout, TimeoutError, OSError):
            return
        if now is None:
            return
        before, one.sample = one.sample, now
        done = None if before is None else between(before, now)
        one.this_minute(clock.now()).sampled(done, now)
        self._loads[one.node_id] = load_of(done, now)


def _away(one: Watched) -> ModelUnreachable:
    connection = one.connection
    return ModelUnreachable(model=connection.name, connection=connection.name, address=connection.base_url)
