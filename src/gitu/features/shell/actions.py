"""What the shell can do."""

from gitu.features.shell import preparing, running, service
from gitu.features.shell.schemas import (
    Run,
    RunCommand,
    RunQuery,
    RunRef,
    RunResult,
    RunUnsandboxed,
    RunWithOutput,
    SandboxList,
    SandboxRef,
)
from gitu.kernel.actions.claims import Claim
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.kinds import Origin
from gitu.kernel.actions.paging import Page
from gitu.kernel.actions.registry import Nothing, Risk, action
from gitu.kernel.actions.validation import Input
from gitu.kernel.auth.principal import Role
from gitu.kernel.auth.scopes import declare_scope

READ = declare_scope("shell:read", role=Role.MEMBER, title="See the commands you ran and what they wrote")
RUN = declare_scope("shell:run", role=Role.MEMBER, title="Run commands in a sandbox")
UNSANDBOXED = declare_scope("shell:unsandboxed", role=Role.ADMIN, title="Run commands outside of the sandbox")


# A command may change and delete files; that it sent or paid anything its receipt does not say.
COMMANDS_DO = frozenset({Claim.RAN, Claim.SAVED, Claim.DELETED})


class NoInput(Input):
    """Nothing to give."""


@action(
    "shell.run_command",
    scope=RUN,
    risk=Risk.WRITE,
    http="POST /shell/runs",
    effect=preparing.effect_of,
    origin=Origin.OUTSIDE,
    external=True,
    claims=COMMANDS_DO,
)
async def run_command(ctx: Context, data: RunCommand) -> RunResult:
    """Run a command line in a sandbox and return its output and exit code.

    It sees your workspace as /workspace, the allowed folders that you name as /folders/ and their name, the system's
    programs, and nothing else of the machine; it reaches the hosts that you name and no other.
    """
    return await running.run_command(ctx, data)


@action(
    "shell.run_unsandboxed",
    scope=UNSANDBOXED,
    risk=Risk.DANGEROUS,
    http="POST /shell/unsandboxed-runs",
    effect=preparing.effect_unsandboxed,
    origin=Origin.OUTSIDE,
    external=True,
    claims=COMMANDS_DO,
    always_ask=True,
)
async def run_unsandboxed(ctx: Context, data: RunUnsandboxed) -> RunResult:
    """Run a command outside of the sandbox, with all rights that Gitu has on this machine.

    It is refused unless a setting of the server permits it, and what acts for an admin needs a fresh approval each
    time.
    """
    return await running.run_unsandboxed(ctx, data)


@action("shell.list_runs", scope=READ, risk=Risk.READ, http="GET /shell/runs")
async def list_runs(ctx: Context, data: RunQuery) -> Page[Run]:
    """List the commands that you ran or that were run for you, the newest first."""
    return await service.list_runs(ctx, data)


@action("shell.get_run", scope=READ, risk=Risk.READ, http="GET /shell/runs/{run_id}", origin=Origin.OUTSIDE)
async def get_run(ctx: Context, data: RunRef) -> RunWithOutput:
    """Show a run with what is kept of its output."""
    return await service.get_run(ctx, data.run_id)


@action("shell.stop_run", scope=RUN, risk=Risk.WRITE, http="POST /shell/runs/{run_id}/stop")
async def stop_run(ctx: Context, data: RunRef) -> Run:
    """Stop a command at once, with all that it started."""
    return await service.stop_run(ctx, data.run_id)


@action("shell.list_sandboxes", scope=READ, risk=Risk.READ, http="GET /shell/sandboxes")
async def list_sandboxes(ctx: Context, data: NoInput) -> SandboxList:
    """List your living sandboxes."""
    return service.list_sandboxes(ctx)


@action("shell.close_sandbox", scope=RUN, risk=Risk.WRITE, http="DELETE /shell/sandboxes/{sandbox}", external=True)
async def close_sandbox(ctx: Context, data: SandboxRef) -> Nothing:
    """End a sandbox with all that runs in it; the next command gets a new one. Your files stay."""
    await service.close_sandbox(ctx, data.sandbox)
    return Nothing()
