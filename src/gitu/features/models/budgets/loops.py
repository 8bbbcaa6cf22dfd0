"""Stops what looks like a loop: one conversation that calls models again and again without end."""

from collections import OrderedDict, deque
from typing import Final
from uuid import UUID

from gitu.features.models.budgets.errors import LoopStopped
from gitu.kernel import clock

MOST_CALLS: Final = 90  # of one conversation in a minute: a call takes a second at least, but for tiny local models
WINDOW_S: Final = 60.0
_MOST_SESSIONS: Final = 10_000


class LoopBreaker:
    """One per process: a conversation's turns run in one process at a time."""

    def __init__(self) -> None:
        self._calls: OrderedDict[UUID, deque[float]] = OrderedDict()

    def check(self, session_id: UUID | None) -> None:
        """Note a call. Raises LoopStopped when the conversation made too many lately."""
        if session_id is None:
            return
        now = clock.monotonic()
        calls = self._calls.setdefault(session_id, deque(maxlen=MOST_CALLS))
        self._calls.move_to_end(session_id)
        if len(self._calls) > _MOST_SESSIONS:
            self._calls.popitem(last=False)
        if len(calls) == MOST_CALLS and now - calls[0] < WINDOW_S:
            raise LoopStopped(calls=MOST_CALLS, retry_after=round(WINDOW_S - (now - calls[0]), 1))
        calls.append(now)
