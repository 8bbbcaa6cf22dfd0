"""What doors may ask of privacy."""

import asyncio
from collections.abc import Iterator
from uuid import UUID

from gitu.features.privacy import archives
from gitu.features.privacy.errors import ExportNotFound
from gitu.kernel.services import Services

__all__ = ["open_archive"]


async def open_archive(services: Services, owner_id: UUID, export_id: UUID) -> Iterator[bytes]:
    """The bytes of an archive that ``privacy.fetch_export`` let the person fetch. Raises ExportNotFound."""
    path = archives.path_of(services.home, owner_id, export_id)
    try:
        return await asyncio.to_thread(archives.read, path)
    except FileNotFoundError:  # its time ended this moment
        raise ExportNotFound(id=str(export_id), what="export") from None
