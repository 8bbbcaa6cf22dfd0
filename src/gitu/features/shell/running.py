"""Running a command to its end: written down before it begins, watched while it runs, never left behind."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from uuid import UUID

from gitu.features.files.api import log_changes, watch, workspace_of
from gitu.features.files.schemas import RunChanges
from gitu.features.sandbox.api import Sandbox, make_workspace, sandboxes
from gitu.features.sandbox.schemas import WORKSPACE, Command, Outcome
from gitu.features.shell import unsandboxed
from gitu.features.shell.errors import SandboxBusy, UnsandboxedOff
from gitu.features.shell.live import LiveRun, RunDesk
from gitu.features.shell.preparing import Prepared, input_of, prepare
from gitu.features.shell.recording import Record, answer_of
from gitu.features.shell.schemas import RunCommand, RunResult, RunUnsandboxed
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.gate import session_of
from gitu.kernel.cancelling import to_the_end
from gitu.kernel.ids import new_id

OUTPUT_BYTES = 1 << 20
"""Kept of each stream until the end."""


async def run_command(ctx: Context, data: RunCommand) -> RunResult:
    """Run in the sandbox of the conversation, or of the person.

    Raises FolderNotAllowed, StdinInvalid, RunExists, SandboxBusy, and the sandbox's errors.
    """
    async with ctx.transaction() as db:
        prepared = await prepare(ctx.services, db, ctx.user_id, data)
    stdin, sandbox, owner = input_of(data), sandbox_of(ctx), str(ctx.user_id)
    every = sandboxes(ctx.services)
    denied_before = set(every.denied_hosts(sandbox, owner))

    changes: list[RunChanges] = []
    over_quota = False

    async def work(run: LiveRun) -> Outcome:
        nonlocal over_quota
        box = await _open(ctx, sandbox, prepared)
        async with _watched(ctx, prepared.writable_ids, run.run_id, changes):
            outcome = await in_box(box, run)
            over_quota = await box.over_quota()
            return outcome

    async def in_box(box: Sandbox, run: LiveRun) -> Outcome:
        command = Command(
            shell=data.command,
            cwd=_inside(data.cwd),
            stdin=stdin,
            timeout_s=data.timeout_s,
            output_bytes=OUTPUT_BYTES,
            terminal=data.terminal,
            interactive=data.terminal is not None,
        )
        execution = box.start(command, run.heard)
        run.began(execution, execution if data.terminal is not None else None)
        return await execution.wait()

    values = {"cwd": data.cwd, "sandboxed": True, "hosts": list(prepared.hosts), "folders": list(prepared.paths)}
    run, outcome = await _to_the_end(ctx, data, values, work)
    denied = sorted(set(every.denied_hosts(sandbox, owner)) - denied_before)
    answer = answer_of(ctx, run.run_id, outcome, sandboxed=True, denied_hosts=denied)
    return answer.model_copy(update={"changes": changes[0], "workspace_full": over_quota})


async def run_unsandboxed(ctx: Context, data: RunUnsandboxed) -> RunResult:
    """Run as Gitu's own user. Raises UnsandboxedOff, StdinInvalid, RunExists, CommandNotStarted."""
    if not ctx.services.settings.shell_unsandboxed:
        raise UnsandboxedOff(scope="shell:unsandboxed")
    stdin = input_of(data)
    workspace = await asyncio.to_thread(workspace_of, ctx.services, ctx.user_id)

    async def work(run: LiveRun) -> Outcome:
        process = await unsandboxed.start(data.command, workspace.path, OUTPUT_BYTES, data.timeout_s, run.heard)
        run.began(process)
        return await process.wait(stdin)

    values = {"cwd": str(workspace.path), "sandboxed": False, "hosts": [], "folders": ["/"]}
    run, outcome = await _to_the_end(ctx, data, values, work)
    return answer_of(ctx, run.run_id, outcome, sandboxed=False, denied_hosts=[])


@asynccontextmanager
async def _watched(
    ctx: Context, folder_ids: set[UUID], run_id: UUID, changes: list[RunChanges]
) -> AsyncGenerator[None]:
    """Whatever ends the block, what was changed in the folders meanwhile is logged."""
    watched = await watch(ctx, folder_ids)
    try:
        yield
    finally:
        changes.append(await to_the_end(log_changes(ctx, watched, run_id)))


def sandbox_of(ctx: Context) -> str:
    """The name of the sandbox: one for each conversation, and one for what the person runs elsewhere."""
    session_id = session_of(ctx.origin)
    return f"person:{ctx.user_id}" if session_id is None else f"session:{session_id}"


async def _to_the_end(
    ctx: Context,
    data: RunCommand | RunUnsandboxed,
    values: Mapping[str, object],
    work: Callable[[LiveRun], Awaitable[Outcome]],
) -> tuple[LiveRun, Outcome]:
    desk = ctx.services.resource(RunDesk)
    origin = {name: str(value) for name, value in ctx.origin.items()}
    run = LiveRun(data.run_id or new_id(), ctx.user_id, origin)
    ctx.audit_detail["run_id"] = str(run.run_id)
    with desk.running(run):
        record = Record(ctx, run)
        await record.begin(desk.runner, command=data.command.replace("\x00", ""), **values)
        async with _written_down(record):
            outcome = await work(run)
            await to_the_end(record.ended(outcome))
    return run, outcome


@asynccontextmanager
async def _written_down(record: Record) -> AsyncGenerator[None]:
    """Whatever ends the block, the row says so."""
    try:
        yield
    except BaseException as error:
        await to_the_end(record.broke_off(error))
        raise


async def _open(ctx: Context, sandbox: str, prepared: Prepared) -> Sandbox:
    every, owner, spec = (
        sandboxes(ctx.services),
        str(ctx.user_id),
        prepared.spec(ctx.services.settings.files_workspace_bytes),
    )
    found = every.find(sandbox, owner)
    if found is not None and found.running and found.spec != spec:
        raise SandboxBusy()
    workspace = await asyncio.to_thread(workspace_of, ctx.services, ctx.user_id)
    await asyncio.to_thread(make_workspace, workspace.path)
    box = await every.open(sandbox, owner, spec)
    ctx.services.resource(RunDesk).mounted(sandbox, ctx.user_id, prepared.folder_ids)
    return box


def _inside(cwd: str | None) -> str:
    """Where it runs; a relative folder is one of the workspace."""
    if not cwd:
        return WORKSPACE
    return cwd if cwd.startswith("/") else f"{WORKSPACE}/{cwd}"
