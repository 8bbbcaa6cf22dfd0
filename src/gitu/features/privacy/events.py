"""What privacy tells open windows."""

from uuid import UUID

from gitu.kernel.events.types import Event


class ExportChanged(Event):
    """It goes on, is ready, or failed."""

    type = "privacy.export_changed"
    export_id: UUID


class ErasureFinished(Event):
    """Told to the admin who began it."""

    type = "privacy.erasure_finished"
    erasure_id: UUID
