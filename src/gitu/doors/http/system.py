"""Health for whoever keeps the server running, and metrics for whoever watches it."""

import asyncio

from fastapi import FastAPI
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from gitu.kernel import __version__
from gitu.kernel.services import Services
from gitu.kernel.telemetry.metrics import CONTENT_TYPE, metrics

READY_TIMEOUT_S = 3


class Live(BaseModel):
    status: str
    version: str


class Ready(BaseModel):
    """Each part by name: ``ok``, or what is wrong with it."""

    status: str
    parts: dict[str, str]


def mount(app: FastAPI, services: Services) -> None:
    """``/health/live``, ``/health/ready``, ``/metrics``."""

    @app.get("/health/live", tags=["health"], operation_id="health__live")
    async def live() -> Live:
        """Whether the process answers at all."""
        return Live(status="ok", version=__version__)

    @app.get("/health/ready", tags=["health"], operation_id="health__ready", response_model=Ready)
    async def ready() -> Response:
        """Whether it can serve people: the database answers."""
        try:
            await asyncio.wait_for(services.database.ping(), READY_TIMEOUT_S)
            parts = {"database": "ok"}
        except Exception as error:
            parts = {"database": f"unreachable ({type(error).__name__}); see gitu doctor"}
        good = all(state == "ok" for state in parts.values())
        body = Ready(status="ok" if good else "failing", parts=parts)
        return JSONResponse(body.model_dump(), status_code=200 if good else 503)

    @app.get("/metrics", include_in_schema=False)
    async def prometheus() -> Response:
        """Prometheus' text format."""
        return Response(metrics().render(), headers={"content-type": CONTENT_TYPE})
