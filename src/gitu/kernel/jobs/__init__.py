"""Background work that survives a crash: DBOS behind a few functions.

A feature's ``workflows.py`` declares ``@workflow("assistant.run_turn")`` on ``async def run(services, ...)``;
``Jobs`` starts it at once or enqueues it with an action's transaction. Inside a workflow, whatever touches
the world is a ``step``: its result is kept, so that a workflow taken up after a crash does not repeat it.
"""

from gitu.kernel.jobs import retention as retention  # its chores register themselves
from gitu.kernel.jobs.engine import Jobs
from gitu.kernel.jobs.registry import workflow
from gitu.kernel.jobs.schedules import system_schedule
from gitu.kernel.jobs.takeover import unknown_jobs
from gitu.kernel.jobs.views import Job, JobUnknown
from gitu.kernel.jobs.within import current_workflow_id, receive, sleep, step

__all__ = [
    "Job",
    "JobUnknown",
    "Jobs",
    "current_workflow_id",
    "receive",
    "sleep",
    "step",
    "system_schedule",
    "unknown_jobs",
    "workflow",
]
