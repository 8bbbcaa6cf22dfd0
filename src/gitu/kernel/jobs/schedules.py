"""The system's own recurring chores, run by whichever process leads.

People's schedules are not among them: those are rows of a feature.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from gitu.kernel.services import Services

log = structlog.get_logger(__name__)

Chore = Callable[["Services"], Coroutine[Any, Any, object]]
_FIRST_AFTER_S = 30.0  # starting has enough to do
_TICK_S = 1.0
CHORE_TIMEOUT_S = 600.0


@dataclass(frozen=True, slots=True)
class Schedule:
    """A chore and the seconds between the end of one run and the start of the next."""

    name: str
    every_s: float
    chore: Chore


_schedules: dict[str, Schedule] = {}


def system_schedule(name: str, *, every: timedelta) -> Callable[[Chore], Chore]:
    """Run ``async def chore(services)`` about every ``every``, in one process of all.

    A chore works in bounded batches and bears being run twice. Raises ValueError for a name declared twice.
    """

    def register(chore: Chore) -> Chore:
        known = _schedules.get(name)
        if known is not None and known.chore.__qualname__ != chore.__qualname__:
            raise ValueError(f"Two schedules call themselves {name}")
        _schedules[name] = Schedule(name, every.total_seconds(), chore)
        return chore

    return register


def all_schedules() -> list[Schedule]:
    """Every declared schedule, by name."""
    return sorted(_schedules.values(), key=lambda schedule: schedule.name)


async def run_schedules(services: "Services", *, first_after_s: float = _FIRST_AFTER_S) -> None:
    """Run what is due until cancelled, one after the other. A chore that fails is logged and tried again."""
    started = time.monotonic()
    due = {s.name: started + min(first_after_s, s.every_s) for s in all_schedules()}
    while True:
        for schedule in all_schedules():
            if time.monotonic() >= due.setdefault(schedule.name, started + schedule.every_s):
                await _run(services, schedule)
                due[schedule.name] = time.monotonic() + schedule.every_s
        await asyncio.sleep(_TICK_S)


async def _run(services: "Services", schedule: Schedule) -> None:
    try:
        async with asyncio.timeout(CHORE_TIMEOUT_S):
            await schedule.chore(services)
    except Exception as error:
        log.error("schedule.failed", schedule=schedule.name, error=type(error).__name__, exc_info=error)
