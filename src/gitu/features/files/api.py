"""What higher tiers and doors may ask of the files feature."""

from pathlib import Path
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.files import folders
from gitu.features.files.commands import Watched, log_changes, watch
from gitu.features.files.previews import (
    copy_effect,
    delete_effect,
    edit_effect,
    make_folder_effect,
    move_effect,
    undo_effect,
    write_effect,
)
from gitu.features.files.reading import WHOLE
from gitu.kernel.services import Services

__all__ = [
    "WHOLE",
    "Place",
    "Watched",
    "copy_effect",
    "delete_effect",
    "edit_effect",
    "log_changes",
    "make_folder_effect",
    "move_effect",
    "places_of",
    "undo_effect",
    "watch",
    "workspace_of",
    "write_effect",
]


class Place(BaseModel):
    """A folder of this machine that a person may use now, such as a sandbox mounts."""

    folder_id: UUID
    name: str
    path: Path
    writable: bool
    is_workspace: bool


async def places_of(services: Services, db: AsyncSession, owner_id: UUID) -> list[Place]:
    """Every folder that the person may use now, their workspace first."""
    return [_place(one) for one in await folders.grants_of(services, db, owner_id)]


def workspace_of(services: Services, owner_id: UUID) -> Place:
    """The person's own folder. Blocks a moment: it is made when it is not there yet."""
    mine = folders.workspace(services, owner_id)
    mine.open().__exit__(None, None, None)
    return _place(mine)


def _place(grant: folders.Grant) -> Place:
    return Place(
        folder_id=grant.folder_id,
        name=grant.name,
        path=grant.path,
        writable=grant.writable,
        is_workspace=grant.is_workspace,
    )
