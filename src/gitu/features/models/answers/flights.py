"""Who of several that ask the same at once puts the question: one, and the others wait for that one's answer."""

import asyncio
import enum
from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Turn(enum.Enum):
    """``LEADS``: asks for all, and must ``land``. ``ALONE``: waited long enough, and asks for itself only."""

    LEADS = "leads"
    ALONE = "alone"


class Flights(Generic[T]):
    """Questions under way in one event loop.

    When the one that asks fails, exactly one of the waiting goes next; one that gives up waiting disturbs nobody.
    """

    def __init__(self) -> None:
        self._waiting: dict[str, deque[asyncio.Future[T | Turn]]] = {}

    async def join(self, key: str, patience_s: float) -> T | Turn:
        """The answer of the one that asks; or one's turn to ask."""
        waiting = self._waiting.get(key)
        if waiting is None:
            self._waiting[key] = deque()
            return Turn.LEADS
        turn: asyncio.Future[T | Turn] = asyncio.get_running_loop().create_future()
        waiting.append(turn)
        try:
            async with asyncio.timeout(patience_s):
                return await turn
        except BaseException as ended:
            if turn.done() and not turn.cancelled() and turn.result() is Turn.LEADS:
                self.land(key, None)  # it had just become this one's turn
            if isinstance(ended, TimeoutError):
                return Turn.ALONE
            raise
        finally:
            turn.cancel()

    def land(self, key: str, answer: T | None) -> None:
        """The one that asks is done: with the answer for all who wait, or without one."""
        waiting = self._waiting.get(key)
        assert waiting is not None, "only the one that leads lands"
        while waiting:
            turn = waiting.popleft()
            if turn.done():
                continue
            turn.set_result(Turn.LEADS if answer is None else answer)
            if answer is None:
                return
        del self._waiting[key]

    @property
    def waiting(self) -> int:
        """How many wait now."""
        return sum(not turn.done() for turns in self._waiting.values() for turn in turns)
