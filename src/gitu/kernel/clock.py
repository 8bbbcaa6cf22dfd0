"""The one source of time, so that a test can move it.

Nothing else asks the operating system what time it is: a deadline computed here can be reached in a test
without waiting for it.
"""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

__all__ = ["Traveller", "monotonic", "now", "travel"]


class Traveller:
    """Moves the clock of the whole process, its threads and loops included, while `travel` is open."""

    def __init__(self, to: datetime, *, ticking: bool) -> None:
        self._base = _aware(to)
        self._ticking = ticking
        self._began = time.monotonic()
        self._began_reading = monotonic()
        self._moved = timedelta()

    def move(self, by: timedelta) -> None:
        """Move on (or back, when `by` is negative) from the present moment."""
        self._moved += by

    def elapsed(self) -> timedelta:
        """How far this clock has gone since it was set."""
        ran = timedelta(seconds=time.monotonic() - self._began) if self._ticking else timedelta()
        return ran + self._moved

    def now(self) -> datetime:
        """The moment this clock shows."""
        return self._base + self.elapsed()

    def monotonic(self) -> float:
        """Seconds on the stopwatch, continuing from where it stood when the travel began."""
        return self._began_reading + self.elapsed().total_seconds()


_travellers: list[Traveller] = []


def now() -> datetime:
    """The present moment as an aware UTC datetime."""
    return _travellers[-1].now() if _travellers else datetime.now(UTC)


# Seconds on a stopwatch for measuring durations and expiry; it too follows `travel`, which puts another in its place.
# A name and no function: every request asks it some ten times. Call it as ``clock.monotonic()``, never keep it.
monotonic: Callable[[], float] = time.monotonic


def _follow() -> None:
    global monotonic  # noqa: PLW0603 - see above
    monotonic = _travellers[-1].monotonic if _travellers else time.monotonic


@contextmanager
def travel(to: datetime | timedelta, *, ticking: bool = False) -> Generator[Traveller]:
    """Set the clock to a moment, or shift it by a span, until the block ends.

    It stands still unless `ticking`; `move` on the yielded clock advances it. For tests: it holds for the
    whole process, because work under test runs in threads and tasks that a context variable would not reach.
    Raises ValueError for a datetime without a time zone.
    """
    traveller = Traveller(now() + to if isinstance(to, timedelta) else to, ticking=ticking)
    _travellers.append(traveller)
    _follow()
    try:
        yield traveller
    finally:
        _travellers.remove(traveller)
        _follow()


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone; give an aware datetime, for instance in UTC.")
    return moment.astimezone(UTC)
