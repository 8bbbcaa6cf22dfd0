"""What is written down of a run: its beginning before it begins, its end, and what it wrote."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from gitu.features.sandbox.errors import SandboxGone
from gitu.features.sandbox.schemas import Outcome, Output
from gitu.features.shell import repository
from gitu.features.shell.errors import RunExists
from gitu.features.shell.events import RunFinished, RunStarted
from gitu.features.shell.live import LiveRun
from gitu.features.shell.schemas import Run, RunResult, RunWithOutput
from gitu.features.shell.tables import RunRow
from gitu.kernel import clock
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.gate import session_of
from gitu.kernel.actions.kinds import Door
from gitu.kernel.errors import GituError
from gitu.kernel.events.store import append_events
from gitu.kernel.ids import new_id

if TYPE_CHECKING:
    from gitu.kernel.events.types import Event

KEPT_BYTES = 65_536
"""Of each stream, in the table."""
ANSWERED_BYTES = 131_072
"""Of each stream, in the answer to a person or program."""
ANSWERED_MODEL_BYTES = 8_000
"""Of each stream, in the answer to a model, whose window is small."""


class Record:
    """The row of one run."""

    def __init__(self, ctx: Context, run: LiveRun) -> None:
        self._ctx = ctx
        self._run = run
        self._session_id = session_of(ctx.origin)

    async def begin(self, runner: str, **values: Any) -> None:  # Any: the table's columns
        """Raises RunExists."""
        ctx, run = self._ctx, self._run
        row = {
            "id": new_id(),
            "run_id": run.run_id,
            "owner_id": run.owner_id,
            "session_id": self._session_id,
            "runner": runner,
            "state": "running",
            "stdout": "",
            "stderr": "",
            "stdout_bytes": 0,
            "stderr_bytes": 0,
            "call_id": ctx.call_id,
            "started_at": clock.now(),
            **values,
        }
        async with ctx.transaction() as db:
            if not await repository.add_run(db, row):
                raise RunExists(id=str(run.run_id), what="run")
            event = RunStarted(run_id=run.run_id, session_id=self._session_id)
            recorded = await append_events(db, ctx.services.bus.process_id, [(run.owner_id, event)], clock.now())
        ctx.services.bus.publish_local(recorded)

    async def ended(self, outcome: Outcome) -> None:
        """The command came to an end of its own, or was ended."""
        await self._end(
            outcome.ended,
            exit_code=outcome.exit_code,
            signal=outcome.signal,
            stdout=text_of(outcome.stdout, KEPT_BYTES),
            stderr=text_of(outcome.stderr, KEPT_BYTES),
            stdout_bytes=outcome.stdout.total,
            stderr_bytes=outcome.stderr.total,
            seconds=outcome.seconds,
        )

    async def broke_off(self, error: BaseException) -> None:
        """There is no outcome: it never began, its sandbox went, or whoever waited for it left."""
        stdout, stderr = self._run.tape.kept("stdout"), self._run.tape.kept("stderr")
        state = "failed"
        if not isinstance(error, Exception) or self._run.stopped:
            state = "cancelled"
        elif isinstance(error, SandboxGone):
            state = "cut"
        await self._end(
            state,
            error_code=error.code if isinstance(error, GituError) else None,
            stdout=text_of(Output(head=stdout, tail=b"", total=len(stdout)), KEPT_BYTES),
            stderr=text_of(Output(head=stderr, tail=b"", total=len(stderr)), KEPT_BYTES),
            stdout_bytes=len(stdout),
            stderr_bytes=len(stderr),
        )

    async def _end(self, state: str, **values: Any) -> None:  # Any: the table's columns
        ctx, now = self._ctx, clock.now()
        event: Event = RunFinished(run_id=self._run.run_id, session_id=self._session_id, state=state)
        async with ctx.transaction() as db:
            await repository.end_run(db, self._run.run_id, {"state": state, "finished_at": now, **values})
            recorded = await append_events(db, ctx.services.bus.process_id, [(self._run.owner_id, event)], now)
        ctx.services.bus.publish_local(recorded)


def answer_of(ctx: Context, run_id: UUID, outcome: Outcome, *, sandboxed: bool, denied_hosts: list[str]) -> RunResult:
    """What the caller is told; a model is told less of long output."""
    most = ANSWERED_MODEL_BYTES if ctx.door is Door.AGENT else ANSWERED_BYTES
    return RunResult(
        exit_code=outcome.exit_code,
        state=outcome.ended,
        signal=outcome.signal,
        stdout=text_of(outcome.stdout, most),
        stderr=text_of(outcome.stderr, most),
        stdout_bytes=outcome.stdout.total,
        stderr_bytes=outcome.stderr.total,
        seconds=round(outcome.seconds, 3),
        run_id=run_id,
        audit_id=ctx.call_id,
        sandboxed=sandboxed,
        denied_hosts=denied_hosts,
    )


def text_of(output: Output, most: int) -> str:
    """At most so many bytes as text: the beginning and the end. PostgreSQL holds no NUL."""
    data = output.data
    if len(data) > most:
        half = most // 2
        output = Output(head=data[:half], tail=data[len(data) - half :], total=output.total)
    return output.text().replace("\x00", "\ufffd")


def to_run(row: RunRow) -> Run:
    """A row as the schema."""
    return Run.model_validate(_fields(row))


def to_run_with_output(row: RunRow) -> RunWithOutput:
    """A row as the schema, with what was kept of its output."""
    return RunWithOutput.model_validate({**_fields(row), "stdout": row.stdout, "stderr": row.stderr})


def _fields(row: RunRow) -> dict[str, Any]:
    names = set(Run.model_fields) - {"id", "audit_id"}
    return {"id": row.run_id, "audit_id": row.call_id, **{name: getattr(row, name) for name in names}}
