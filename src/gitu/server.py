"""Starts and stops Gitu: the database, the services, the jobs, the doors; and says where to open it."""

import asyncio
import contextlib
import gc
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncGenerator, Awaitable, Generator
from typing import TYPE_CHECKING, Literal

import structlog

from gitu.features.identity.api import new_owner_link, owner_principal
from gitu.kernel import __version__
from gitu.kernel.errors import GituError
from gitu.kernel.services import Services
from gitu.kernel.settings import Settings, load, unknown_settings
from gitu.kernel.storage.paths import Home, write_private

if TYPE_CHECKING:
    import uvicorn

log = structlog.get_logger(__name__)

PORTS_TRIED = 50
GRACE_S = 3


class PortTaken(GituError):
    code = "server.port_taken"
    text = "No free port from {$first} to {$last} on {$host}; free one, or name another with --port."


class Exposed(GituError):
    code = "server.exposed"
    text = (
        "Gitu would listen on {$host}, beyond this machine, but {$missing}. "
        "Start it on 127.0.0.1 first, or set what is missing."
    )


def bind(host: str, port: int) -> socket.socket:
    """A listening socket on the port, or on the next free one. Raises PortTaken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, min(port + PORTS_TRIED, 65_536)):
        # asyncio sets TCP_NODELAY only where the protocol is named; without it a streamed token waits 40 ms
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, candidate))
            listening.listen(1024)
        except OSError:
            listening.close()
            continue
        listening.setblocking(False)
        return listening
    raise PortTaken(host=host, first=str(port), last=str(port + PORTS_TRIED - 1))


async def check_exposure(services: Services) -> None:
    """Raises Exposed for an address beyond loopback without an owner's password and a declared public URL."""
    settings = services.settings
    if settings.loopback_only:
        return
    missing: list[str] = []
    if settings.public_url is None:
        missing.append("no public URL is declared (GITU_PUBLIC_URL)")
    if await owner_principal(services) is None:
        missing.append("there is no owner with a password yet (gitu setup)")
    if missing:
        raise Exposed(host=settings.host, missing=" and ".join(missing))


@contextlib.asynccontextmanager
async def running_services(settings: Settings) -> AsyncGenerator[Services]:
    """The database started and migrated, services open and jobs running; all of it stopped at the end."""
    from gitu.kernel.db import migrate  # noqa: PLC0415 - while the database starts, the rest is imported
    from gitu.kernel.db.embedded import EmbeddedPostgres  # noqa: PLC0415

    home = Home(settings.home).create()
    embedded, keeping = None, None
    if settings.database_url is None:
        embedded = EmbeddedPostgres(home.postgres, home.run)
        starting = asyncio.create_task(asyncio.to_thread(embedded.start))
    else:
        starting = asyncio.create_task(asyncio.sleep(0, settings.database_url.get_secret_value()))
    try:
        await asyncio.to_thread(_import_the_rest)
        url = await starting
        if embedded is not None:
            if embedded.recovered:
                log.warning(
                    "database.recovered", message="The database was killed last time; all it had committed is there."
                )
            keeping = asyncio.create_task(embedded.keep_running(), name="database-keeper")
        await asyncio.to_thread(migrate.upgrade, url)
        from gitu.app import open_services  # noqa: PLC0415
        from gitu.kernel.jobs import Jobs  # noqa: PLC0415

        services = await open_services(settings, url)
        try:
            jobs = services.resource(Jobs)
            await jobs.start()
            yield services
        finally:
            await services.aclose()
    finally:
        with contextlib.suppress(Exception):
            await starting
        if keeping is not None:
            keeping.cancel()
        if embedded is not None:
            await asyncio.to_thread(embedded.stop)


def _import_the_rest() -> None:
    from gitu.app import load_features  # noqa: PLC0415

    load_features()


async def serve(settings: Settings) -> None:
    """Serve until a signal to stop. Raises GituError with the way out when it can't start."""
    listening = bind(settings.host, settings.port)
    port = listening.getsockname()[1]
    for warning in unknown_settings():
        log.warning("settings.unknown", message=warning)
    with contextlib.ExitStack() as last:
        await _serve_on(listening, port, settings, last)


async def _serve_on(listening: socket.socket, port: int, settings: Settings, last: contextlib.ExitStack) -> None:
    from gitu.doors.http.local import LocalAccess  # noqa: PLC0415

    async with running_services(settings) as services:
        await check_exposure(services)
        if settings.public_url is None:
            services.base_url = f"http://{settings.host}:{port}"
        server = http_server(services)
        services.resource(LocalAccess).write()
        state = {
            "url": f"http://{_reachable(settings.host)}:{port}",
            "pid": os.getpid(),
            "version": __version__,
        }
        # It goes last of all: whoever waits for that, to copy the data say, must find the database stopped.
        last.callback(services.home.server_file.unlink, missing_ok=True)
        write_private(services.home.server_file, json.dumps(state))
        _collect_less_often()
        beside = asyncio.create_task(_once_started(services, server))
        try:
            with _signals_taken():
                await server.serve(sockets=[listening])
        finally:
            beside.cancel()
            services.home.local_token_file.unlink(missing_ok=True)


@contextlib.contextmanager
def _signals_taken() -> Generator[None]:
    """Take a signal to stop as said: uvicorn raises it again at its end, before jobs and database have stopped."""
    before = {number: signal.signal(number, lambda _number, _frame: None) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _collect_less_often() -> None:
    """Set the start's objects, which stay, apart from garbage collection, and let requests make more before it runs.

    By default it took a quarter of the CPU of a busy server.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 50, 100)


async def _once_started(services: Services, server: "uvicorn.Server") -> None:
    """One after the other: side by side they would open connections that then lie idle, 2 to 3 MB each."""
    while not server.started:  # noqa: ASYNC110 - uvicorn sets a flag, not an event
        await asyncio.sleep(0.01)
    await _announce(services)
    await _warm_up(services)


async def _warm_up(services: Services) -> None:
    """Load what the first answer needs once somebody is there, so that a server that nobody uses stays small."""
    from gitu.features.models import api as models  # noqa: PLC0415 - after the start
    from gitu.features.shell import api as shell  # noqa: PLC0415

    await _quietly("models", models.close_abandoned(services))
    await _quietly("shell", shell.close_abandoned(services))
    await services.in_use.wait()
    await _quietly("models", models.warm_up(services))


async def _quietly(part: str, work: Awaitable[object]) -> None:
    """What fails here is done later or not missed: the server serves without it."""
    try:
        await work
    except Exception as error:
        log.warning("server.warm_up_failed", part=part, error=type(error).__name__)


def http_server(services: Services) -> "uvicorn.Server":
    """The HTTP server over the services, not yet listening."""
    import uvicorn  # noqa: PLC0415 - only the server needs it

    from gitu.app import create_asgi  # noqa: PLC0415
    from gitu.doors.http.joining import JoiningProtocol  # noqa: PLC0415

    config = uvicorn.Config(
        create_asgi(services),
        http=JoiningProtocol,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        ws="websockets-sansio",
        ws_max_size=1_000_000,
        ws_ping_interval=20,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=GRACE_S,
        h11_max_incomplete_event_size=32_768,
    )
    return uvicorn.Server(config)


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - compared, not bound


async def _announce(services: Services) -> None:
    link = await new_owner_link(services)
    print(f"\n  Gitu {__version__} is ready:  {services.base_url}", file=sys.stderr)  # noqa: T201
    if link is not None:
        print(  # noqa: T201
            "\n  Open this link once to make yourself the owner (it works one time only):"
            f"\n\n    {services.base_url}/welcome#{link}\n",
            file=sys.stderr,
        )
    print("  Stop with Ctrl-C.\n", file=sys.stderr, flush=True)  # noqa: T201


def run(**overrides: object) -> int:
    """The server as a program: 0 after a stop that was asked for, 1 with one sentence otherwise."""
    from gitu.kernel.telemetry import logs, tracing  # noqa: PLC0415

    try:
        settings = load(**overrides)
        logs.configure(settings.log_level, _log_format(settings))
        tracing.configure(settings.otlp_endpoint, version=__version__)
        if sys.platform != "win32":
            import uvloop  # noqa: PLC0415

            uvloop.run(serve(settings))
        else:
            asyncio.run(serve(settings))
    except GituError as error:
        print(f"gitu: {error.english()}", file=sys.stderr)  # noqa: T201
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return 0


def _log_format(settings: Settings) -> Literal["console", "json"]:
    if settings.log_format != "auto":
        return settings.log_format
    return "console" if sys.stderr.isatty() else "json"
