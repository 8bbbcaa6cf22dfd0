"""Chores of the shell: runs whose process died are marked, old ones forgotten."""

from datetime import timedelta
from typing import TYPE_CHECKING

from gitu.features.shell import api
from gitu.kernel.jobs.schedules import system_schedule

if TYPE_CHECKING:
    from gitu.kernel.services import Services


@system_schedule("shell.mark_cut_runs", every=timedelta(minutes=1))
async def mark_cut_runs(services: "Services") -> int:
    """Mark the runs of processes that died as cut."""
    return await api.close_abandoned(services)


@system_schedule("shell.forget_old_runs", every=timedelta(hours=1))
async def forget_old_runs(services: "Services") -> int:
    """Forget the output of old runs."""
    return await api.forget_old(services)
