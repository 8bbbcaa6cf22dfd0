"""What one sees of a job from outside."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gitu.kernel.errors import NotFound

if TYPE_CHECKING:
    from dbos import WorkflowStatus

_STATES = {"MAX_RECOVERY_ATTEMPTS_EXCEEDED": "given_up", "PENDING": "running", "ENQUEUED": "queued"}


class JobUnknown(NotFound):
    code = "jobs.unknown"
    text = "There is no job {$id}."


@dataclass(frozen=True, slots=True)
class Job:
    """``state``: delayed, queued, running, success, error, cancelled, or given_up."""

    id: str
    name: str
    state: str
    queue: str | None
    error: str | None
    created_at: datetime | None
    updated_at: datetime | None

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in {"success", "error", "cancelled", "given_up"}


def job_of(status: "WorkflowStatus") -> Job:
    """The job as the engine keeps it."""
    return Job(
        id=status.workflow_id,
        name=status.name,
        state=_STATES.get(status.status, status.status.lower()),
        queue=status.queue_name,
        error=str(status.error) if status.error is not None else None,
        created_at=_time(status.created_at),
        updated_at=_time(status.updated_at),
    )


def _time(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, UTC)
