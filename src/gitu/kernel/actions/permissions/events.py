"""What the kernel tells of grants."""

from uuid import UUID

from gitu.kernel.events.types import Event


class GrantChanged(Event):
    """A grant was made or revoked."""

    type = "grant.changed"
    grant_id: UUID
