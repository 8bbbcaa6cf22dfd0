"""The doctor's checks. None of them changes anything or starts a database."""

import json
import os
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any, Literal

from gitu.doors.cli import configuration, files
from gitu.doors.cli.client import Client
from gitu.doors.cli.errors import CliError
from gitu.doors.cli.language import language
from gitu.doors.cli.running import running_server
from gitu.doors.cli.servers import local_client
from gitu.kernel import __version__
from gitu.kernel.settings import Settings, SettingsInvalid, load

OLDEST_PYTHON = (3, 11)
LEAST_FREE_BYTES = 200_000_000
LITTLE_FREE_BYTES = 2_000_000_000
MOST_CLOCK_DRIFT_S = 30
PATIENCE_S = 5
SANDBOX_PATIENCE_S = 90


@dataclass(frozen=True, slots=True)
class Finding:
    """``key`` names the sentence in the locale files; it says the way out where there is something wrong."""

    state: Literal["ok", "warning", "failed"]
    key: str
    params: dict[str, object] = field(default_factory=dict[str, object])


def good(key: str, **params: object) -> list[Finding]:
    return [Finding("ok", key, params)]


def warning(key: str, **params: object) -> list[Finding]:
    return [Finding("warning", key, params)]


def failed(key: str, **params: object) -> list[Finding]:
    return [Finding("failed", key, params)]


def python() -> list[Finding]:
    """The interpreter is new enough."""
    version = ".".join(map(str, sys.version_info[:3]))
    wanted = ".".join(map(str, OLDEST_PYTHON))
    if sys.version_info[:2] < OLDEST_PYTHON:
        return failed("doctor-python-old", version=version, wanted=wanted)
    return good("doctor-python", version=version)


def settings() -> list[Finding]:
    """Every setting is known and fits."""
    found = configuration.findings()
    if not found:
        return good("doctor-settings")
    return [
        Finding(
            "warning" if one.warning else "failed",
            "doctor-setting",
            {"problem": f"{one.setting}: {one.sentence}" if one.setting else one.sentence},
        )
        for one in found
    ]


def home_folder() -> list[Finding]:
    """The home folder can be written and nobody else can read it."""
    root = files.home().root
    if not root.exists():
        parent = next(folder for folder in root.parents if folder.exists())
        if os.access(parent, os.W_OK):
            return good("doctor-home-new", folder=root)
        return failed("doctor-home-closed", folder=parent)
    if not os.access(root, os.W_OK | os.X_OK):
        return failed("doctor-home-closed", folder=root)
    if os.name != "nt" and stat.S_IMODE(root.stat().st_mode) & 0o067:
        return failed("doctor-home-open", folder=root)
    return good("doctor-home", folder=root)


def _settings() -> Settings | None:
    """The settings, unless they don't fit, which a check of its own says."""
    try:
        return load()
    except SettingsInvalid:
        return None


def keys() -> list[Finding]:
    """The master keys are there and closed to others."""
    path = files.home().keys_file
    given = _settings()
    if given is not None and given.master_keys is not None:
        return good("doctor-keys-environment")
    if not path.exists():
        if files.home().postgres.joinpath("data").exists():
            return warning("doctor-keys-missing", file=path)
        return good("doctor-keys-new")
    if os.name != "nt" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        return failed("doctor-keys-open", file=path)
    try:
        json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return failed("doctor-keys-broken", file=path)
    return good("doctor-keys", file=path)


def disk() -> list[Finding]:
    """There is room to write."""
    root = files.home().root
    existing = next(folder for folder in (root, *root.parents) if folder.exists())
    free = shutil.disk_usage(existing).free
    shown = f"{free / 1e9:.1f}"
    if free < LEAST_FREE_BYTES:
        return failed("doctor-disk-full", free=shown, folder=existing)
    if free < LITTLE_FREE_BYTES:
        return warning("doctor-disk-little", free=shown, folder=existing)
    return good("doctor-disk", free=shown)


def sandbox() -> list[Finding]:
    """Commands can be confined: one is run in a sandbox, by a program of its own."""
    given = _settings()
    if given is None:
        return []
    if given.sandbox == "off":
        return good("doctor-sandbox-off")
    probe = [sys.executable, "-m", "gitu.features.sandbox.probe", language()]
    try:
        told = subprocess.run(probe, capture_output=True, text=True, timeout=SANDBOX_PATIENCE_S, check=True)  # noqa: S603
        found: Any = json.loads(told.stdout)  # JSON: the feature's Availability
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        return warning("doctor-sandbox-none", problem=type(error).__name__)
    if found["backend"] is None:
        return warning("doctor-sandbox-none", problem=found["problem"])
    ready = good("doctor-sandbox", backend=found["version"] or found["backend"])
    return ready + [Finding("warning", "doctor-sandbox-note", {"note": note}) for note in found["notes"]]


def database() -> list[Finding]:
    """The database answers, is new enough and migrated; one of our own that is not running is no fault."""
    from gitu.kernel.db.embedded import EmbeddedPostgres  # noqa: PLC0415 - loads SQLAlchemy

    given = _settings()
    if given is None:
        return []
    if given.database_url is not None:
        return _database_at(given.database_url.get_secret_value())
    home = files.home()
    embedded = EmbeddedPostgres(home.postgres, home.run)
    if not home.postgres.exists() or not embedded.is_running():
        return good("doctor-database-asleep")
    try:
        return _database_at(embedded.start())  # joins the one that runs
    finally:
        embedded.stop()


def _database_at(url: str) -> list[Finding]:
    import psycopg  # noqa: PLC0415 - see database

    from gitu.kernel.db import migrate  # noqa: PLC0415
    from gitu.kernel.db.engine import plain_url  # noqa: PLC0415

    try:
        with psycopg.connect(plain_url(url), connect_timeout=PATIENCE_S) as connection:
            version = connection.info.server_version
    except psycopg.Error as error:
        return failed("doctor-database-away", reason=str(error).strip().splitlines()[0])
    if version < 150_000:
        return failed("doctor-database-old", version=str(version // 10_000))
    known, at = migrate.revisions(), migrate.current(url)
    if at is not None and known and at > known[-1]:
        return failed("doctor-database-newer", at=at, known=known[-1])
    if known and at != known[-1]:
        return warning("doctor-database-behind", at=at or "–", known=known[-1])
    return good("doctor-database", version=str(version // 10_000), at=at or "–")


def server() -> list[Finding]:
    """The server runs in this very version; or its port is free."""
    running = running_server()
    if running is not None:
        if running.version != __version__:
            return warning("doctor-server-other", version=running.version, ours=__version__)
        try:
            Client(running.url).call("GET", "/health/ready", api=False)
        except CliError as error:
            return failed("doctor-server-failing", url=running.url, reason=error.sentence())
        return good("doctor-server", url=running.url, version=running.version)
    given = _settings()
    if given is None:
        return []
    host, port = given.host, given.port
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(PATIENCE_S)
        try:
            probe.bind((host, port))
        except OSError:
            return warning("doctor-port-taken", host=host, port=str(port))
    return good("doctor-server-asleep", port=str(port))


def owner_and_models() -> list[Finding]:
    """There is an owner, a model is connected, and every connection works."""
    client = local_client()
    if client is None:
        return []
    if client.call("GET", "/instance")["state"] == "owner_needed":
        return warning("doctor-owner-needed")
    found: list[Finding] = []
    connections = client.call("GET", "/models/connections")["items"]
    for connection in connections:
        tested = client.call("POST", f"/models/connections/{connection['id']}/test")
        if tested["ok"]:
            found += good("doctor-model", name=connection["name"], milliseconds=str(round(tested["latency_ms"])))
        else:
            error: Any = tested.get("error")  # JSON: {code, detail}
            reason = error["detail"] if error else "–"
            found += failed("doctor-model-failing", name=connection["name"], reason=reason)
    return found or warning("doctor-models-none")


def _client_of_owner() -> Client | None:
    """The running server, once there is an owner to ask it for."""
    client = local_client()
    if client is None or client.call("GET", "/instance")["state"] == "owner_needed":
        return None
    return client


def nodes() -> list[Finding]:
    """Every inference node answers the server, runs this very version, and how quickly."""
    client = _client_of_owner()
    if client is None:
        return []
    found: list[Finding] = []
    for node in client.call("GET", "/nodes", query={"limit": 100})["items"]:
        name, looked = node["name"], client.call("POST", f"/nodes/{node['name']}/check")
        if not looked["ok"]:
            found += failed("doctor-node-failing", name=name, problem=looked["problem"] or looked["state"])
            continue
        took = f"{looked['latency_ms']:.1f}"
        version = looked["version"]
        if version is not None and version != __version__:
            found += warning("doctor-node-other", name=name, version=version, ours=__version__)
        else:
            found += good("doctor-node", name=name, address=node["address"], milliseconds=took)
    return found


def ports() -> list[Finding]:
    """Which ports have to be open, and the firewall's command where one is not reached."""
    client = _client_of_owner()
    if client is None:
        return []
    found: list[Finding] = []
    for port in client.call("GET", "/nodes/ports")["items"]:
        commands = "; ".join(f"{one['tool']}: {' && '.join(one['commands'])}" for one in port["commands"])
        key = "doctor-port-commands" if commands and port["state"] in ("closed", "unknown") else "doctor-port"
        state = "warning" if port["state"] in ("closed", "exposed") else "ok"
        found.append(Finding(state, key, {"text": port["text"], "commands": commands}))
    return found


def clock() -> list[Finding]:
    """The server's clock is this terminal's: signed-in times hold only then."""
    running = running_server()
    if running is None:
        return good("doctor-clock", now=time.strftime("%Y-%m-%d %H:%M:%S %z"))
    told = Client(running.url).date()
    drift = abs(parsedate_to_datetime(told).timestamp() - time.time()) if told else 0
    if drift > MOST_CLOCK_DRIFT_S:
        return warning("doctor-clock-off", seconds=str(round(drift)))
    return good("doctor-clock", now=time.strftime("%Y-%m-%d %H:%M:%S %z"))


def audit() -> list[Finding]:
    """The audit log's chain has a head."""
    client = _client_of_owner()
    if client is None:
        return []
    entries = client.call("GET", "/audit", query={"limit": 100})["items"]
    sealed = next((entry for entry in entries if entry.get("hash")), None)
    if sealed is not None:
        return good("doctor-audit", seq=str(sealed["seq"]), hash=str(sealed["hash"])[:12])
    return warning("doctor-audit-unsealed", count=str(len(entries))) if entries else []


ALL: list[Callable[[], list[Finding]]] = [
    python,
    settings,
    home_folder,
    keys,
    disk,
    sandbox,
    database,
    server,
    owner_and_models,
    nodes,
    ports,
    clock,
    audit,
]
