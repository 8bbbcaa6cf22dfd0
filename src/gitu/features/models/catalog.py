"""Which connections and defaults each person has, kept in memory: every call of a model asks."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from gitu.features.models import repository
from gitu.features.models.choosing import models_of
from gitu.features.models.events import ConnectionCreated, ConnectionDeleted, ConnectionUpdated, DefaultsChanged
from gitu.features.models.tables import ConnectionRow, DefaultsRow
from gitu.kernel.events.remembered import Remembered
from gitu.kernel.services import Services

_CHANGES = (ConnectionCreated.type, ConnectionUpdated.type, ConnectionDeleted.type, DefaultsChanged.type)


class Usable(NamedTuple):
    """What a person may use: shared by all who ask, so nobody changes it."""

    connections: Sequence[ConnectionRow]
    defaults: Mapping[UUID, DefaultsRow]
    by_name: Mapping[str, Sequence[ConnectionRow]]  # those that have a model of that name
    derived: dict[str, Any]  # what who asks has made of it, which is good for as long


class Catalog:
    """One per process."""

    def __init__(self, services: Services) -> None:
        self._database = services.database
        self._known = Remembered(services.bus, _CHANGES, self._read)

    async def usable(self, owner_id: UUID) -> Usable:
        """The person's connections and the shared ones, their defaults and the instance's."""
        return await self._known.get(owner_id)

    async def _read(self, owner_id: UUID) -> Usable:
        # By the askers' own connections: who asks may hold one of the readers' already, and as many who each waited
        # for a second would wait for ever.
        connections = await repository.known_connections(self._database, owner_id)
        defaults = await repository.known_defaults(self._database, owner_id)
        by_name: dict[str, list[ConnectionRow]] = {}
        for row in connections:
            for name, _ in models_of(row):
                by_name.setdefault(name, []).append(row)
        return Usable(connections, defaults, by_name, {})

    def forget(self) -> None:
        """What is known of connections changed: whether they work."""
        self._known.forget()

    def close(self) -> None:
        """Stop listening."""
        self._known.close()
