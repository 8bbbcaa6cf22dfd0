"""When people are told that a node went or is back: once for each change, and a node that flaps is not worth a word.

What is told has to hold for a while first, twice as long with every notice of the last ten minutes. Routing does not
wait for any of this.
"""

from collections import deque
from typing import Final, Literal

DOWN_S: Final = 5.0
BACK_S: Final = 10.0
LONGEST_S: Final = 300.0
REMEMBERED_S: Final = 600.0


class Damper:
    """Of one node. ``away``: what people were told last."""

    def __init__(self, *, away: bool) -> None:
        self.away = away
        self._told: deque[float] = deque(maxlen=16)

    def due(self, *, away: bool, held_s: float, now: float) -> Literal["down", "back"] | None:
        """What is to be told now, if anything: it has been so for ``held_s`` seconds."""
        if away == self.away:
            return None
        while self._told and now - self._told[0] > REMEMBERED_S:
            self._told.popleft()
        if held_s < min((DOWN_S if away else BACK_S) * 2 ** len(self._told), LONGEST_S):
            return None
        self.away = away
        self._told.append(now)
        return "down" if away else "back"
