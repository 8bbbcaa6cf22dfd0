"""What embeddings tell open windows."""

from uuid import UUID

from gitu.kernel.events.types import Event


class VectorSpaceChanged(Event):
    """Its vectors are being computed, are searched from now on, or will not be."""

    type = "vector_space.changed"
    space_id: UUID
