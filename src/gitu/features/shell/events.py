"""What the shell tells open windows and the process that runs a command."""

from uuid import UUID

from gitu.kernel.events.types import Event


class RunStarted(Event):
    type = "run.started"
    run_id: UUID
    session_id: UUID | None


class RunFinished(Event):
    type = "run.finished"
    run_id: UUID
    session_id: UUID | None
    state: str


class RunStopRequested(Event):
    type = "run.stop_requested"
    run_id: UUID
