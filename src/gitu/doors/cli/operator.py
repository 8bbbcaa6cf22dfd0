"""What runs in this process: the server itself, turning keys over, proving the audit log."""

import asyncio
import importlib
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from gitu.doors.cli import output
from gitu.doors.cli.language import say
from gitu.kernel.services import Services
from gitu.kernel.settings import Settings, load

T = TypeVar("T")


def server_module() -> Any:  # Any: gitu.server stands above the doors, so it is known by name only
    """The composition root's way to start things."""
    return importlib.import_module("gitu.server")


def run_server(**overrides: object) -> int:
    """Serve until asked to stop; settings given here win."""
    given = {name: value for name, value in overrides.items() if value is not None}
    return int(server_module().run(**given))


def with_services(work: Callable[[Services], Awaitable[T]]) -> T:
    """Run ``work(services)`` over the database, whether a server runs or not."""
    from gitu.kernel.telemetry import logs  # noqa: PLC0415 - not for every command

    settings: Settings = load()
    logs.configure("warning", "console")  # to standard error: what is printed is the command's answer alone

    async def run() -> T:
        async with server_module().running_services(settings) as services:
            return await work(services)

    return asyncio.run(run())


def rotate_keys(*, as_json: bool) -> int:
    """Make a new primary key and re-encrypt every stored secret; 1 when some could not be read."""
    from gitu.kernel.crypto import reencrypt_all  # noqa: PLC0415 - loads the cryptography

    async def rotate(services: Services) -> tuple[str, Any]:
        key_id = services.keyring.rotate()
        return key_id, await reencrypt_all(services.database, services.keyring)

    key_id, report = with_services(rotate)
    bad = bool(report.unreadable) or not report.complete
    if as_json:
        output.as_json(
            {
                "key_id": key_id,
                "rewritten": report.rewritten,
                "unreadable": report.unreadable,
                "complete": report.complete,
                "dropped_keys": report.dropped_keys,
            }
        )
        return int(bad)
    output.line("✓ " + say("cli-keys-rotated", key=key_id, count=report.rewritten))
    for name in report.unreadable:
        output.line("✗ " + say("cli-keys-unreadable", name=name))
    if not report.complete:
        output.line("! " + say("cli-keys-incomplete"))
    return int(bad)


def verify_audit(*, as_json: bool) -> int:
    """Walk the whole hash chain; 1 when a link does not hold."""
    from gitu.kernel.audit.verify import Verification, verify  # noqa: PLC0415 - only here

    async def walk(services: Services) -> Verification:
        return await verify(services.database, services.home)

    found = with_services(walk)
    broken = found.broken
    if as_json:
        output.as_json(
            {
                "ok": broken is None,
                "sealed": found.sealed,
                "unsealed": found.unsealed,
                "head_known": found.head_known,
                "broken": None if broken is None else {"seq": broken.seq, "kind": broken.kind},
            }
        )
    elif broken is None:
        output.line("✓ " + say("cli-audit-whole", count=found.sealed, waiting=found.unsealed))
        if found.sealed and not found.head_known:
            output.line("! " + say("cli-audit-no-head"))
    else:
        output.line("✗ " + say(f"cli-audit-{broken.kind}", seq=str(broken.seq)))
    return int(broken is not None)
