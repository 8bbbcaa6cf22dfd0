"""Files as bytes, for browsers: up, down, and what a change would do. Each is an action with bytes put around it."""

import base64
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Body, Query, Request
from starlette.responses import Response

from gitu.doors.http.actions import PROBLEM, call_of, json_response, principal_of
from gitu.features.files.errors import FileTooLarge
from gitu.features.files.schemas import MOST_READ, Change, ChangePreview, FileContent, PreviewQuery
from gitu.kernel.actions.execute import execute
from gitu.kernel.services import Services

_FOLDER = Query(description="The allowed folder's id; without it your own workspace.")
_PATH = Query(description="Path inside the folder.", max_length=4_000)
_BYTES: dict[int | str, dict[str, Any]] = {  # FastAPI's own type
    200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
}


def router(services: Services) -> APIRouter:
    """``/files/upload``, ``/files/download`` and ``/files/preview``."""
    routes = APIRouter(prefix="/files", tags=["files"], responses=PROBLEM)

    @routes.post(
        "/upload",
        operation_id="files__upload_file",
        response_model=Change,
        openapi_extra={"requestBody": {"required": True, "content": _BYTES[200]["content"]}},
    )
    async def upload(
        request: Request,
        path: Annotated[str, _PATH],
        folder_id: Annotated[UUID | None, _FOLDER] = None,
        overwrite: bool = False,
    ) -> Response:
        """Write a file from the request's body, whatever it holds; the largest body taken is a setting."""
        content = base64.b64encode(await request.body()).decode()
        given = {"folder_id": folder_id, "path": path, "content": content, "encoding": "base64", "overwrite": overwrite}
        return json_response(
            await execute(services, principal_of(request), "files.write_file", given, call_of(request))
        )

    @routes.get("/download", operation_id="files__download_file", response_class=Response, responses=_BYTES)
    async def download(
        request: Request, path: Annotated[str, _PATH], folder_id: Annotated[UUID | None, _FOLDER] = None
    ) -> Response:
        """Get a file as it is, to be saved: it is never shown as a page of Gitu."""
        given = {"folder_id": folder_id, "path": path, "encoding": "base64", "limit": MOST_READ}
        answer = await execute(services, principal_of(request), "files.read_file", given, call_of(request))
        assert isinstance(answer, FileContent)
        if answer.next_offset is not None:
            raise FileTooLarge(path=answer.path, size=answer.size, limit=MOST_READ)
        name = quote(answer.path.rsplit("/", 1)[-1], safe="")
        headers = {"content-disposition": f"attachment; filename*=UTF-8''{name}", "content-security-policy": "sandbox"}
        return Response(base64.b64decode(answer.content), media_type="application/octet-stream", headers=headers)

    @routes.post("/preview", operation_id="files__preview_change", response_model=ChangePreview)
    async def preview(request: Request, data: Annotated[PreviewQuery, Body()]) -> Response:
        """Show what a change would do, with the difference of the texts, without doing it."""
        return json_response(
            await execute(services, principal_of(request), "files.preview_change", data, call_of(request))
        )

    return routes
