"""What higher tiers and doors may ask of the shell: to watch runs, to give them input, to settle what died."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from uuid import UUID

from gitu.features.shell import repository
from gitu.features.shell.errors import RunNotFound, RunOver
from gitu.features.shell.events import RunFinished
from gitu.features.shell.live import LiveRun, RunDesk
from gitu.features.shell.recording import to_run, to_run_with_output
from gitu.features.shell.schemas import Run
from gitu.features.shell.tables import RunRow
from gitu.features.shell.tape import Heard
from gitu.kernel import clock
from gitu.kernel.actions.effects import Effect
from gitu.kernel.actions.permissions.requiring import require_standing
from gitu.kernel.auth.principal import Principal
from gitu.kernel.auth.scopes import allows
from gitu.kernel.cancelling import happens
from gitu.kernel.db.engine import Database
from gitu.kernel.errors import Denied, Unauthenticated
from gitu.kernel.events.types import Recorded
from gitu.kernel.services import Services

__all__ = ["Heard", "close_abandoned", "following", "resize_run", "type_into_run", "watch_run"]

READ, RUN = "shell:read", "shell:run"
READS, RUNS = "shell.get_run", "shell.run_command"
MOST_COMMAND = 20_000
"""As much of a command as a grant is measured by."""
APPEARS_WITHIN_S = 5.0
"""Whoever chose a run's id may watch before the run has begun."""
LOOK_EVERY_S = 5.0
BATCH = 500


async def watch_run(services: Services, principal: Principal, run_id: UUID) -> AsyncIterator[Heard | Run]:
    """Output as it comes, from what is kept on, and at the end the run as it stands then.

    Of a run of another process only what was kept at its end. Raises RunNotFound, Denied, GrantNeeded, Unauthenticated.
    """
    await require_standing(services, principal, READS)
    owner_id = _owner(principal, READ)
    desk = services.resource(RunDesk)
    live, row = await _found(services, desk, owner_id, run_id)
    if live is not None:
        async for heard in live.follow():
            yield heard
        row = await _row(services.database, owner_id, run_id)
    elif row is not None and row.state == "running":
        row = await _over(services, owner_id, run_id)
    if row is None:
        raise RunNotFound(id=str(run_id), what="run")
    if live is None:
        kept = to_run_with_output(row)
        for heard in (
            Heard("stdout", kept.stdout.encode(), 0, 0),
            Heard("stderr", kept.stderr.encode(), 0, 0),
        ):
            if heard.data:
                yield heard
    yield to_run(row)


async def type_into_run(services: Services, principal: Principal, run_id: UUID, data: bytes) -> None:
    """Give a run in a terminal what a person types. Raises RunNotFound, RunOver, Denied, GrantNeeded, Unauthenticated.

    What a program types is a command of its own: no grant of another command reaches it.
    """
    typed = data.decode("utf-8", "replace")[:MOST_COMMAND]
    await require_standing(services, principal, RUNS, Effect(command=typed))
    live = _live(services, principal, run_id)
    if live.terminal is None:
        raise RunOver(id=str(run_id), what="run")
    with suppress(ConnectionError):
        await live.terminal.write(data)


def resize_run(services: Services, principal: Principal, run_id: UUID, rows: int, columns: int) -> None:
    """Tell a run in a terminal its new size. Raises RunNotFound, RunOver, Denied, Unauthenticated."""
    live = _live(services, principal, run_id)
    if live.terminal is None:
        raise RunOver(id=str(run_id), what="run")
    live.terminal.resize(rows, columns)


@asynccontextmanager
async def following(
    services: Services, turn_id: str, tool_call_id: str, listener: Callable[[Heard], None]
) -> AsyncGenerator[None]:
    """Within the block, hear what the command writes that this tool call of an answer begins, if it begins one."""
    task = asyncio.create_task(_follow(services.resource(RunDesk), turn_id, tool_call_id, listener))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _follow(desk: RunDesk, turn_id: str, tool_call_id: str, listener: Callable[[Heard], None]) -> None:
    while (live := desk.of_call(turn_id, tool_call_id)) is None:
        await desk.appears(None)
    async for heard in live.follow():
        listener(heard)


async def close_abandoned(services: Services) -> int:
    """Mark the runs as cut whose process died; returns how many there were."""
    cut = 0
    async with services.database.reader() as db:
        runners = set(await repository.runners(db)) - {services.resource(RunDesk).runner}
    for runner in runners:
        async with services.database.transaction() as db:
            if await repository.is_dead(db, runner):
                cut += await repository.cut_runs(db, runner, clock.now())
    return cut


async def forget_old(services: Services) -> int:
    """Delete what was kept of runs long ago; the audit log stays. Returns how many there were."""
    forgotten = 0
    before = clock.now() - timedelta(days=services.settings.keep_commands_days)
    while True:
        async with services.database.transaction() as db:
            gone = await repository.forget_runs(db, before, BATCH)
        forgotten += gone
        if gone < BATCH:
            return forgotten


async def _found(
    services: Services, desk: RunDesk, owner_id: UUID, run_id: UUID
) -> tuple[LiveRun | None, RunRow | None]:
    loop = asyncio.get_running_loop()
    until = loop.time() + APPEARS_WITHIN_S
    while True:
        live = desk.find(owner_id, run_id)
        row = None if live is not None else await _row(services.database, owner_id, run_id)
        left = until - loop.time()
        if live is not None or row is not None or left <= 0:
            return live, row
        if desk.find(owner_id, run_id) is None:
            await desk.appears(left)


async def _over(services: Services, owner_id: UUID, run_id: UUID) -> RunRow | None:
    """The row of a run of another process once it has ended."""
    heard = asyncio.Event()

    def listen(event: Recorded) -> None:
        if event.type == RunFinished.type and event.data.get("run_id") == str(run_id):
            heard.set()

    stop = services.bus.listen(listen, owner_id=owner_id)
    try:
        while (row := await _row(services.database, owner_id, run_id)) is not None and row.state == "running":
            await happens(heard, LOOK_EVERY_S)
            heard.clear()
        return row
    finally:
        stop()


async def _row(database: Database, owner_id: UUID, run_id: UUID) -> RunRow | None:
    async with database.reader() as db:
        return await repository.find_run(db, owner_id, run_id)


def _live(services: Services, principal: Principal, run_id: UUID) -> LiveRun:
    live = services.resource(RunDesk).find(_owner(principal, RUN), run_id)
    if live is None:
        raise RunNotFound(id=str(run_id), what="run")
    return live


def _owner(principal: Principal, scope: str) -> UUID:
    if principal.user_id is None:
        raise Unauthenticated()
    if not allows(principal, scope):
        raise Denied(scope=scope)
    return principal.user_id
