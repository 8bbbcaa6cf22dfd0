"""``gitu setup``: the owner and the first model, asked for or given, whether the server runs or not.

Running it again changes nothing that is there already; it says what it found.
"""

import os
import platform
import sys
from dataclasses import dataclass, replace
from typing import Any

from gitu.doors.cli import output, secrets
from gitu.doors.cli.errors import MISUSED, CliError
from gitu.doors.cli.language import language, remember_language, say
from gitu.doors.cli.operator import server_module, with_services
from gitu.doors.cli.questions import ask_for_model, ask_for_owner
from gitu.kernel.actions.execute import Call, execute
from gitu.kernel.actions.registry import Door
from gitu.kernel.auth.principal import ANONYMOUS, Principal
from gitu.kernel.services import Services


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was given on the command line or in the environment."""

    owner: str | None = None
    name: str | None = None
    password: str | None = None
    password_stdin: bool = False
    language: str | None = None
    time_zone: str | None = None
    model_provider: str | None = None
    model_url: str | None = None
    model_key: str | None = None
    model_key_stdin: bool = False
    model_key_env: str | None = None
    model: str | None = None

    @property
    def wants_model(self) -> bool:
        """Whether a model is to be connected."""
        return any((self.model_provider, self.model_url, self.model_key))

    def with_secrets(self) -> "Wishes":
        """Read the secrets from where they were said to be: a line each, the password first."""
        password = os.environ.get("GITU_OWNER_PASSWORD") or None
        key = os.environ.get("GITU_MODEL_KEY") or None
        if self.model_key_env:
            key = os.environ.get(self.model_key_env)
            if not key:
                raise CliError("setup-variable-empty", exit_code=MISUSED, name=self.model_key_env)
        if self.password_stdin:
            password = secrets.from_stdin()
        if self.model_key_stdin:
            key = secrets.from_stdin()
        return replace(self, password=password, model_key=key)


@dataclass(slots=True)
class Done:
    """What there is now; each sentence is a line for the person."""

    report: dict[str, Any]  # JSON for --json
    lines: list[str]
    failed: bool = False


def set_up(wishes: Wishes, *, as_json: bool) -> int:
    """Make what is missing; 1 when a model was connected and does not answer."""
    given = wishes.with_secrets()
    asking = sys.stdin.isatty() and not as_json and given.owner is None and not given.wants_model
    done = with_services(lambda services: _set_up(services, given, asking=asking))
    if as_json:
        output.as_json(done.report)
    else:
        for text in done.lines:
            output.line(text)
    return int(done.failed)


async def _set_up(services: Services, wishes: Wishes, *, asking: bool) -> Done:
    done = Done({}, [])
    owner: Principal | None = await server_module().owner_principal(services)
    created = owner is None
    if owner is None:
        if asking:
            wishes = ask_for_owner(wishes)
        owner = await _create_owner(services, wishes)
    remember_language(owner.locale)
    done.report["owner"] = {"name": owner.name, "created": created}
    done.lines.append("✓ " + say("setup-owner-made" if created else "setup-owner-there", name=owner.name))
    connections = await _run(services, owner, "models.list_connections", {})
    if asking and not connections["items"]:
        offers = await _run(services, owner, "models.list_discovered", {})
        wishes = ask_for_model(wishes, offers["items"])
    if wishes.wants_model:
        await _connect_model(services, owner, wishes, connections["items"], done)
    elif not connections["items"]:
        done.lines.append("! " + say("setup-no-model"))
    return done


async def _create_owner(services: Services, wishes: Wishes) -> Principal:
    missing = [
        option for option, given in {"--owner": wishes.owner, "--password-stdin": wishes.password}.items() if not given
    ]
    if missing:
        raise CliError("setup-missing", exit_code=MISUSED, options=", ".join(missing))
    token = await server_module().new_owner_link(services)
    payload = {
        "token": token,
        "login": wishes.owner,
        "name": wishes.name or wishes.owner,
        "password": wishes.password,
        "language": wishes.language or language(),
        "time_zone": wishes.time_zone or "UTC",
    }
    origin = {"device_name": f"gitu setup · {platform.node()[:60]}", "device_kind": "terminal"}
    call = Call(door=Door.CLI, origin=origin)
    signed: Any = await execute(services, ANONYMOUS, "identity.create_owner", payload, call)
    owner: Principal = await server_module().owner_principal(services)
    # The terminal acts by the local token; this sign-in would only lie about.
    await _run(services, owner, "identity.revoke_device", {"device_id": str(signed.device_id)})
    return owner


async def _connect_model(
    services: Services, owner: Principal, wishes: Wishes, connections: list[Any], done: Done
) -> None:
    provider = wishes.model_provider or ("openai_compatible" if wishes.model_url else "openai")
    there = _same(connections, provider, wishes.model_url)
    if there is None:
        payload = {
            "provider": provider,
            "base_url": wishes.model_url,
            "api_key": wishes.model_key,
            "shared": True,
        }
        given = {name: value for name, value in payload.items() if value is not None}
        connection = await _run(services, owner, "models.create_connection", given)
    else:
        connection = there
    tested = await _run(services, owner, "models.test_connection", {"connection_id": connection["id"]})
    key = "setup-model-there" if there else "setup-model-made"
    done.report["model"] = {
        "connection_id": connection["id"],
        "created": there is None,
        "ok": tested["ok"],
        "error": tested.get("error"),
    }
    if not tested["ok"]:
        done.failed = True
        done.lines.append("✗ " + say("setup-model-failing", reason=str(tested["error"]["detail"])))
        return
    done.lines.append("✓ " + say(key, name=connection["name"], count=len(tested["models"])))
    await _choose_model(services, owner, wishes, connection, tested["models"], done)


async def _choose_model(
    services: Services,
    owner: Principal,
    wishes: Wishes,
    connection: Any,  # JSON of a Connection
    models: list[str],
    done: Done,
) -> None:
    defaults = await _run(services, owner, "models.get_defaults", {})
    if defaults["default"] is not None and wishes.model is None:
        return
    name = wishes.model or (models[0] if models else None)
    if name is None:
        return
    chosen = f"{connection['id']}/{name}"
    if defaults["default"] != chosen:
        await _run(services, owner, "models.set_defaults", {"default": chosen, "fallbacks": defaults["fallbacks"]})
    done.report["model"]["default"] = chosen
    done.lines.append("✓ " + say("setup-model-default", name=name))


def _same(connections: list[Any], provider: str, url: str | None) -> Any:  # JSON of a Connection, or None
    for connection in connections:
        there: str = connection["base_url"].rstrip("/")
        same_url = url is None or there == url.rstrip("/") or (provider == "bedrock" and f".{url}." in there)
        if connection["provider"] == provider and same_url:
            return connection
    return None


async def _run(services: Services, owner: Principal, name: str, payload: dict[str, Any]) -> Any:  # JSON
    answer = await execute(services, owner, name, payload, Call(door=Door.CLI))
    return answer.model_dump(mode="json")
