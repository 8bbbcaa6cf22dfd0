"""The rules of runs and sandboxes: whose they are, who may look, stop and end them."""

from uuid import UUID

from gitu.features.sandbox.api import because, sandboxes
from gitu.features.shell import repository
from gitu.features.shell.errors import RunNotFound
from gitu.features.shell.events import RunStopRequested
from gitu.features.shell.recording import to_run, to_run_with_output
from gitu.features.shell.running import sandbox_of
from gitu.features.shell.schemas import (
    Run,
    RunQuery,
    RunWithOutput,
    SandboxList,
    SandboxListed,
)
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.gate import session_of
from gitu.kernel.actions.paging import Page, decode_cursor, encode_cursor
from gitu.kernel.auth.principal import Kind


async def list_runs(ctx: Context, query: RunQuery) -> Page[Run]:
    """The caller's, newest first."""
    before = decode_cursor(query.cursor, UUID)[0] if query.cursor else None
    rows = await repository.list_runs(ctx.db, ctx.user_id, query, before)
    page = rows[: query.limit]
    items = [to_run(row) for row in page]
    return Page[Run](items=items, next_cursor=encode_cursor(page[-1].id) if len(rows) > query.limit else None)


async def get_run(ctx: Context, run_id: UUID) -> RunWithOutput:
    """Raises RunNotFound."""
    row = await repository.find_run(ctx.db, ctx.user_id, run_id)
    if row is None:
        raise RunNotFound(id=str(run_id), what="run")
    return to_run_with_output(row)


async def stop_run(ctx: Context, run_id: UUID) -> Run:
    """Ask the process that runs it to end it, which it does at once; one that has ended stays as it is.

    The assistant may stop what its own conversation began. Raises RunNotFound.
    """
    row = await repository.find_run(ctx.db, ctx.user_id, run_id)
    if row is None or (ctx.principal.kind is Kind.AGENT and row.session_id != session_of(ctx.origin)):
        raise RunNotFound(id=str(run_id), what="run")
    if row.state == "running":
        ctx.emit(RunStopRequested(run_id=run_id))
    ctx.audit_detail["run_id"] = str(run_id)
    return to_run(row)


def list_sandboxes(ctx: Context) -> SandboxList:
    """The caller's that live in this process."""
    found = sandboxes(ctx.services).list(str(ctx.user_id))
    return SandboxList(
        items=[
            SandboxListed(
                sandbox=one.key,
                session_id=UUID(one.key.removeprefix("session:")) if one.key.startswith("session:") else None,
                backend=one.backend,
                running=one.running,
                idle_s=round(one.idle_s, 1),
                denied_hosts=list(one.denied_hosts),
            )
            for one in found
        ]
    )


async def close_sandbox(ctx: Context, sandbox: str) -> None:
    """End it and all that runs in it; nothing happens where there is none. The assistant may end its own."""
    if ctx.principal.kind is Kind.AGENT and sandbox != sandbox_of(ctx):
        return
    await sandboxes(ctx.services).close(sandbox, str(ctx.user_id), because("closed"))
