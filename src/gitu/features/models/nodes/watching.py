"""Looks at every node about once a second, in every process: each routes by what it can reach itself.

Only the leading process writes down what it finds (``keeping``). Without nodes nothing runs but one listener.
"""

import asyncio
import contextvars
import random
from collections.abc import Coroutine
from typing import Any, Final
from uuid import UUID

import structlog
from sqlalchemy.exc import DBAPIError

from gitu.features.models.desk import ModelDesk
from gitu.features.models.errors import KeyUnreadable
from gitu.features.models.events import ConnectionDeleted, ConnectionUpdated
from gitu.features.models.gateway.gateway import Gateway
from gitu.features.models.gateway.wire import Wire
from gitu.features.models.nodes import repository
from gitu.features.models.nodes.damping import Damper
from gitu.features.models.nodes.events import NodeChanged, NodeRemoved
from gitu.features.models.nodes.keeping import Keeper
from gitu.features.models.nodes.probe import Look, Target, look
from gitu.features.models.nodes.tables import NodeRow
from gitu.features.models.nodes.watched import AWAY, Kept, Watched
from gitu.features.models.providers import Endpoint
from gitu.features.models.tables import ConnectionRow
from gitu.kernel.cancelling import end
from gitu.kernel.events.types import Recorded
from gitu.kernel.services import Services

log = structlog.get_logger(__name__)

MOST_NODES: Final = 64
SECOND_TRY_S: Final = 0.05
LONG_SILENT_S: Final = 10.0  # one that takes connections but answers nothing may only be slow; after so long it is gone
_NOBODY_THERE: Final = frozenset({"refused", "unreachable", "name"})
_NODE_CHANGES: Final = frozenset({NodeChanged.type, NodeRemoved.type})
_CONNECTION_CHANGES: Final = frozenset({ConnectionUpdated.type, ConnectionDeleted.type})
_AGAIN_S: Final = 1.0


class NodeWatch:
    """One per process; ``start`` begins."""

    def __init__(self, services: Services) -> None:
        settings = services.settings
        self._services = services
        self._every_s = settings.node_check_s
        self._patience_s = settings.node_timeout_s
        self._wire = Wire(self._patience_s, self._patience_s)
        self._keeper = Keeper(services, self._wire)
        self._watched: dict[UUID, Watched] = {}
        self._tasks: dict[UUID, asyncio.Task[None]] = {}
        self._reading: asyncio.Task[None] | None = None
        self._stale = False
        self._unlisten = services.bus.listen(self._heard)

    async def start(self) -> None:
        """Begin to look at the nodes there are."""
        await self._read()

    def find(self, node_id: UUID) -> Watched | None:
        """A node as this process sees it; None as long as it has not heard of it."""
        return self._watched.get(node_id)

    async def look_now(self, endpoint: Endpoint) -> Look:
        """One look at an address, a node's or not yet one's."""
        return await self._once(Target.of(endpoint))

    async def aclose(self) -> None:
        """Stop looking."""
        self._unlisten()
        if self._reading is not None:
            await end(self._reading)
        await self._keeper.aclose()
        await end(*self._tasks.values())
        self._wire.close()

    # -- which nodes there are

    def _heard(self, event: Recorded) -> None:
        if event.type in _NODE_CHANGES or (event.type in _CONNECTION_CHANGES and self._watched):
            self._stale = True
            if self._reading is None or self._reading.done():
                self._reading = _apart(self._read_again(), "nodes-read")

    async def _read_again(self) -> None:
        while self._stale:
            self._stale = False
            try:
                await self._read()
            except (DBAPIError, OSError) as error:
                log.warning("nodes.not_read", error=type(error).__name__)
                self._stale = True
                await asyncio.sleep(_AGAIN_S)

    async def _read(self) -> None:
        async with self._services.database.reader() as db:
            found = await repository.all_nodes(db, MOST_NODES)
        there = {node.id for node, _ in found}
        for node_id in [*self._watched.keys() - there]:
            await self._drop(node_id)
        for node, connection in found:
            known = self._watched.get(node.id)
            if known is not None and _same_place(known.connection, connection):
                known.name, known.connection = node.name, connection
                known.kept = _kept(node)
                continue
            if known is not None:
                await self._drop(node.id)
            self._watched[node.id] = self._made(node, connection)
            self._tasks[node.id] = _apart(self._watch(self._watched[node.id]), "node-watch")
        self._keeper.keep(self._watched)

    def _made(self, node: NodeRow, connection: ConnectionRow) -> Watched:
        desk = self._services.resource(ModelDesk)
        try:
            endpoint = desk.endpoint(connection)
        except KeyUnreadable:  # looked at without it: then the node itself says that it wants one
            endpoint = Endpoint(
                id=connection.id,
                version="",
                provider=connection.provider,
                name=connection.name,
                base_url=connection.base_url,
                api_key=None,
                public_only=connection.public_only,
            )
        kept, target = _kept(node), Target.of(endpoint)
        return Watched(node.id, node.name, connection, endpoint, target, kept, Damper(away=kept.state in AWAY))

    async def _drop(self, node_id: UUID) -> None:
        one = self._watched.pop(node_id)
        await end(self._tasks.pop(node_id))
        self._services.resource(ModelDesk).health.set_back(one.connection.id)

    # -- looking

    async def _watch(self, one: Watched) -> None:
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            try:
                found = await self._once(one.target)
                if found.state == "down" and one.state != "down":
                    await asyncio.sleep(SECOND_TRY_S)
                    found = await self._once(one.target)
                self._found(one, found)
            except Exception as error:
                log.exception("nodes.watch_failed", node=one.name, error=type(error).__name__)
            # Apart, so that many nodes are not looked at in the same moment.
            pause = self._every_s * random.uniform(0.9, 1.1) - (loop.time() - began)  # noqa: S311 - no secret
            await asyncio.sleep(max(pause, self._every_s / 4))

    async def _once(self, target: Target) -> Look:
        """A look. One that took far longer than it may is none: this process itself was held up."""
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            try:
                async with asyncio.timeout(4 * self._patience_s):
                    found = await look(self._wire, target)
            except (TimeoutError, OSError, UnicodeError):
                found = Look("down", "unreachable")
            if found.answered or loop.time() - began < 3 * self._patience_s:
                return found

    def _found(self, one: Watched, found: Look) -> None:
        health, connection = self._services.resource(ModelDesk).health, one.connection
        before = one.state
        changed = one.found(found)
        if found.state == "up":
            health.set_back(connection.id)
        else:
            health.set_away(connection.id)
        if found.state == "down" and not health.gone(connection.id):
            silent_s = asyncio.get_running_loop().time() - one.changed
            if found.reason in _NOBODY_THERE or silent_s >= LONG_SILENT_S:
                health.set_gone(connection.id)
                self._services.resource(Gateway).give_up(connection)
        if changed:
            log.info("node.state", node=one.name, before=before, now=found.state, reason=found.reason)
        if one.unkept:
            self._keeper.wake()


def _apart(work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
    """A task that outlives the request whose change began it, and says nothing of that in its logs and traces."""
    return asyncio.get_running_loop().create_task(work, name=name, context=contextvars.Context())


def _same_place(before: ConnectionRow, now: ConnectionRow) -> bool:
    return (before.id, before.base_url, before.api_key) == (now.id, now.base_url, now.api_key)


def _kept(node: NodeRow) -> Kept:
    return Kept(node.state, node.reason, node.state_since, node.facts)
