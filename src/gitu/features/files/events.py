"""What files tell open windows and everyone else."""

from uuid import UUID

from gitu.kernel.events.types import Event


class FileChanged(Event):
    type = "file.changed"
    change_id: UUID
    folder_id: UUID


class FolderChanged(Event):
    """A person may use a folder from now on, or not any more."""

    type = "file.folder_changed"
    folder_id: UUID
