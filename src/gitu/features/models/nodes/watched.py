"""One node as this process sees it."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from gitu.features.models.nodes.damping import Damper
from gitu.features.models.nodes.minutes import Minute
from gitu.features.models.nodes.probe import Look, Target
from gitu.features.models.nodes.sampling import Sample
from gitu.features.models.nodes.schemas import State
from gitu.features.models.providers import Endpoint
from gitu.features.models.tables import ConnectionRow
from gitu.kernel import clock

AWAY: Final = frozenset({"down", "unavailable"})
_WEIGHT: Final = 0.2  # of the newest latency in the moving average
_MOST_MINUTES: Final = 10  # that wait to be written


@dataclass(slots=True)
class Kept:
    """What the database has of it."""

    state: str
    reason: str | None
    since: datetime
    facts: dict[str, Any] | None


@dataclass(slots=True)
class Watched:
    """``kept`` is read anew whenever somebody changed it; all else is found here."""

    node_id: UUID
    name: str
    connection: ConnectionRow
    endpoint: Endpoint
    target: Target
    kept: Kept
    damper: Damper
    look: Look | None = None
    state: State = "unknown"
    since: datetime = field(default_factory=clock.now)
    changed: float = 0.0  # on the loop's clock: when it went away, or came back
    checked_at: datetime | None = None
    latency_ms: float | None = None
    minute: Minute | None = None
    finished: deque[Minute] = field(default_factory=lambda: deque[Minute](maxlen=_MOST_MINUTES))
    sample: Sample | None = None
    listed: bool = False  # whether its models were asked for since it is up

    def found(self, look: Look) -> bool:
        """Take a look in; whether the state is another than before."""
        now = clock.now()
        self.look, self.checked_at = look, now
        if look.latency_ms is not None:
            before = self.latency_ms or look.latency_ms
            self.latency_ms = before + _WEIGHT * (look.latency_ms - before)
        self.this_minute(now).looked(look)
        if look.state == self.state:
            return False
        if (look.state in AWAY) != (self.state in AWAY) or self.state == "unknown":
            self.changed = asyncio.get_running_loop().time()
        first, self.state = self.state == "unknown", look.state
        self.since = self.kept.since if first and self.kept.state == look.state else now
        self.listed = False
        return True

    def this_minute(self, now: datetime) -> Minute:
        """The minute that is being gathered."""
        at = now.replace(second=0, microsecond=0)
        if self.minute is None or self.minute.at != at:
            if self.minute is not None:
                self.finished.append(self.minute)
            self.minute = Minute(at)
        return self.minute

    def finish(self, now: datetime) -> None:
        """Close a minute that is over although nobody looked since."""
        if self.minute is not None and now - self.minute.at >= timedelta(minutes=1):
            self.this_minute(now)

    @property
    def unkept(self) -> bool:
        """Whether the database should have something else of it."""
        look, kept = self.look, self.kept
        if look is None:
            return False
        return (look.state, look.reason) != (kept.state, kept.reason) or (bool(look.facts) and look.facts != kept.facts)
