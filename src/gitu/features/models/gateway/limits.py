"""How many requests a minute each asker may make, over all processes together.

A minute begins with an asker's first request. A process takes requests of it in advance, as many as a second's share,
so that a key with a high limit asks the database once a second and not at every request; one with a low limit asks
each time, which is seldom by itself.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy import delete, select, text

from gitu.features.models.gateway.errors import LimitUnchecked, TooManyRequests
from gitu.features.models.tables import RateWindowRow
from gitu.kernel import clock
from gitu.kernel.db.asking import Question
from gitu.kernel.db.errors import DATABASE_FAILURES
from gitu.kernel.services import Services

log = structlog.get_logger(__name__)

MINUTE_S: Final = 60.0
MOST: Final = 10_000  # askers whose minute is remembered here; a row each is left in the database for others

# Locks the row, and begins a new minute where the last is over. Who wants more than is left gets what is left; that the
# row then counts beyond the limit harms nobody.
_TAKE = Question(
    text(
        """
        INSERT INTO models_rate_windows AS old (asker_id, began_at, taken)
        VALUES (CAST(:asker_id AS uuid), CAST(:now AS timestamptz), CAST(:wanted AS integer))
        ON CONFLICT (asker_id) DO UPDATE SET
            taken = CASE WHEN old.began_at <= excluded.began_at - interval '60 seconds'
                THEN excluded.taken ELSE old.taken + excluded.taken END,
            began_at = CASE WHEN old.began_at <= excluded.began_at - interval '60 seconds'
                THEN excluded.began_at ELSE old.began_at END
        RETURNING taken, began_at
        """
    )
)


@dataclass(slots=True)
class Window:
    """An asker's minute as this process knows it: ``left`` may be used without asking."""

    ends: float
    left: int
    remaining: int  # of the whole minute, as it was when the database was asked
    full: bool


class RateLimits:
    """One per process."""

    def __init__(self, services: Services) -> None:
        self._database = services.database
        self._windows: OrderedDict[UUID, Window] = OrderedDict()

    async def take(self, asker_id: UUID, most: int) -> Window:
        """Count a request. Raises TooManyRequests when a minute's are used up, LimitUnchecked when nobody can tell."""
        now = clock.monotonic()
        window = self._windows.get(asker_id)
        if window is None or now >= window.ends or (window.left <= 0 and not window.full):
            window = await self._ask(asker_id, most, now)
        if window.left <= 0:
            raise TooManyRequests(most=most, retry_after=max(round(window.ends - now, 1), 0.1))
        window.left -= 1
        window.remaining -= 1
        return window

    async def _ask(self, asker_id: UUID, most: int, now: float) -> Window:
        wanted = max(most // 60, 1)
        moment = clock.now()
        try:
            values = {"asker_id": asker_id, "now": moment, "wanted": wanted}
            ((taken, began_at),) = await self._database.ask(_TAKE, values)
        except DATABASE_FAILURES as error:
            log.warning("gateway.limit_unchecked", error=type(error).__name__)
            raise LimitUnchecked() from None
        granted = min(max(most - (taken - wanted), 0), wanted)
        ends = now + MINUTE_S - (moment - began_at).total_seconds()
        known = self._windows.get(asker_id)
        kept = known.left if known is not None and now < known.ends else 0  # of another request that asked meanwhile
        window = Window(ends, granted + kept, max(most - taken, 0) + granted, full=granted < wanted)
        self._windows[asker_id] = window
        self._windows.move_to_end(asker_id)
        if len(self._windows) > MOST:
            self._windows.popitem(last=False)
        return window

    async def forget_old(self) -> int:
        """Delete minutes that are long over, some thousands at a time; returns how many."""
        old = select(RateWindowRow.asker_id).where(RateWindowRow.began_at < clock.now() - timedelta(hours=1))
        async with self._database.transaction() as db:
            gone = await db.scalars(
                delete(RateWindowRow)
                .where(RateWindowRow.asker_id.in_(old.limit(MOST).with_for_update(skip_locked=True)))
                .returning(RateWindowRow.asker_id)
            )
            return len(gone.all())
