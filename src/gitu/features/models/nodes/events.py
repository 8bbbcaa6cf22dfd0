"""What is told of nodes."""

from uuid import UUID

from gitu.kernel.events.types import Event


class NodeChanged(Event):
    """One was added, edited, or is in another state now."""

    type = "node.changed"
    node_id: UUID
    name: str
    state: str


class NodeRemoved(Event):
    type = "node.removed"
    node_id: UUID
    name: str


class NodeDown(Event):
    """For people: it has been away for a while. Told once, and the more seldom the oftener it comes and goes."""

    type = "node.down"
    node_id: UUID
    name: str


class NodeBack(Event):
    """For people: one of which ``node.down`` told is used again."""

    type = "node.back"
    node_id: UUID
    name: str
