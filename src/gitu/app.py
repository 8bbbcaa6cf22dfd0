"""The composition root: the features, the services of a process, and the HTTP application over them."""

import importlib
import importlib.util
import tempfile
from pathlib import Path

from fastapi import FastAPI
from starlette.types import ASGIApp

from gitu.doors.http import openapi, problems, system, web
from gitu.doors.http.actions import add_actions
from gitu.doors.http.gateway import Front
from gitu.doors.http.pairing import mount_pairing
from gitu.doors.http.routes import assistant as assistant_routes
from gitu.doors.http.routes import files as files_routes
from gitu.doors.http.routes import identity as identity_routes
from gitu.doors.http.routes import openid as openid_routes
from gitu.doors.http.routes import pairing as pairing_routes
from gitu.doors.http.routes import passkeys as passkey_routes
from gitu.doors.http.routes import privacy as privacy_routes
from gitu.doors.http.routes import shell as shell_routes
from gitu.doors.http.security import SecurityMiddleware
from gitu.doors.http.websocket import mount_socket
from gitu.features.models import api as models
from gitu.kernel import __version__
from gitu.kernel.audit.recorder import AuditRecorder
from gitu.kernel.cache import open_cache
from gitu.kernel.crypto import Keyring
from gitu.kernel.db.engine import Database
from gitu.kernel.events.bus import EventBus
from gitu.kernel.services import Services
from gitu.kernel.settings import Settings
from gitu.kernel.storage.paths import Home

FEATURES = (
    "identity",
    "trust",
    "models",
    "files",
    "shell",
    "privacy",
    "assistant",
)
_PARTS = ("actions", "workflows", "subscribers", "tables", "privacy")


def load_features() -> None:
    """Import every part of every feature that registers something: actions, jobs, subscribers, tables."""
    for feature in FEATURES:
        for part in _PARTS:
            name = f"gitu.features.{feature}.{part}"
            if importlib.util.find_spec(name) is not None:
                importlib.import_module(name)
    importlib.import_module("gitu.kernel.privacy.kinds")


async def open_services(settings: Settings, database_url: str) -> Services:
    """The services of this process over a migrated database; ``close_services`` gives them back."""
    load_features()
    services = _services(settings, database_url)
    await services.bus.start()
    services.audit.start()
    await models.watch_nodes(services)
    return services


def _services(settings: Settings, database_url: str) -> Services:
    home = Home(settings.home).create()
    database = Database(database_url)
    return Services(
        settings=settings,
        home=home,
        database=database,
        keyring=Keyring.open(home, settings),
        bus=EventBus(database),
        audit=AuditRecorder(database),
        cache=open_cache(settings.redis_url.get_secret_value() if settings.redis_url else None),
    )


def describe_app() -> FastAPI:
    """The application as it is described to programmers, over services that are never started."""
    with tempfile.TemporaryDirectory() as folder:
        return create_app(_services(Settings(home=Path(folder)), "postgresql://nobody@127.0.0.1/none"))


def create_asgi(services: Services) -> ASGIApp:
    """All that a server answers: the gateway first, since it is asked most, then the application."""
    return Front(create_app(services), services)


def create_app(services: Services) -> FastAPI:
    """The HTTP application: REST, WebSocket, health and the web app."""
    load_features()
    app = FastAPI(
        title="Gitu",
        version=__version__,
        summary="A self-hosted assistant that people trust with their work.",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        # Looked up anew for every request where it may be on; the metrics are our own.
        telemetry={"tracing": services.settings.otlp_endpoint is not None, "metrics": False, "logs": False},
    )
    problems.install(app)
    add_actions(app.router, services, "/api/v1")
    app.include_router(identity_routes.router(services), prefix="/api/v1")
    app.include_router(pairing_routes.router(services), prefix="/api/v1")
    app.include_router(passkey_routes.router(services), prefix="/api/v1")
    app.include_router(openid_routes.router(services), prefix="/api/v1")
    app.include_router(assistant_routes.router(services), prefix="/api/v1")
    app.include_router(files_routes.router(services), prefix="/api/v1")
    app.include_router(shell_routes.router(services), prefix="/api/v1")
    app.include_router(privacy_routes.router(services), prefix="/api/v1")
    mount_socket(app, services)
    mount_pairing(app, services)
    system.mount(app, services)
    web.mount(app)
    openapi.complete(app)
    app.add_middleware(SecurityMiddleware, services=services)
    return app
