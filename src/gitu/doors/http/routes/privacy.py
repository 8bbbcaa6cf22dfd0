"""An export's bytes, and a report for someone who has no account any more."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Request
from starlette.responses import Response, StreamingResponse

from gitu.doors.http.actions import PROBLEM, call_of, json_response, principal_of
from gitu.features.privacy import api
from gitu.features.privacy.schemas import ErasureReport, Export, ReportRequest
from gitu.kernel.actions.execute import execute
from gitu.kernel.services import Services


def router(services: Services) -> APIRouter:
    """``/privacy/exports/{export_id}/archive`` and ``/privacy/report``."""
    routes = APIRouter(prefix="/privacy", tags=["privacy"], responses=PROBLEM)

    @routes.get(
        "/exports/{export_id}/archive",
        operation_id="privacy__download_export",
        response_class=Response,
        responses={200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}},
    )
    async def download(request: Request, export_id: UUID) -> Response:
        """Get the archive of a finished export."""
        principal = principal_of(request)
        given = {"export_id": str(export_id)}
        found = await execute(services, principal, "privacy.fetch_export", given, call_of(request))
        assert isinstance(found, Export)
        assert principal.user_id is not None, "the action needs a scope"
        pieces = await api.open_archive(services, principal.user_id, export_id)
        headers = {
            "content-disposition": f'attachment; filename="gitu-export-{found.created_at:%Y-%m-%d}.zip"',
            "content-length": str(found.size_bytes),
            "cache-control": "no-store",
        }
        return StreamingResponse(pieces, media_type="application/zip", headers=headers)

    @routes.post("/report", operation_id="privacy__get_report", response_model=ErasureReport)
    async def report(request: Request, data: Annotated[ReportRequest, Body()]) -> Response:
        """Show the report of an erasure to whoever holds its receipt, which stands in no address."""
        return json_response(
            await execute(services, principal_of(request, public=True), "privacy.get_report", data, call_of(request))
        )

    return routes
