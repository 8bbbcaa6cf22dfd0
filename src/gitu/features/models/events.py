"""What the models feature tells of: connections that came, changed or went."""

from uuid import UUID

from gitu.kernel.events.types import Event


class ConnectionCreated(Event):
    type = "connection.created"
    connection_id: UUID


class ConnectionUpdated(Event):
    type = "connection.updated"
    connection_id: UUID


class DefaultsChanged(Event):
    """Somebody chose which model answers; of the instance, an admin did."""

    type = "model_defaults.changed"
    instance: bool


class ConnectionDeleted(Event):
    type = "connection.deleted"
    connection_id: UUID
