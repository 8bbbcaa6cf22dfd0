"""How connections and models do, learned from the calls themselves: who rests after failures, and how fast each is.

A circuit breaker for each connection (Nygard, Release It!): closed while it works; open, for longer each time, when it
fails again and again or says itself to wait; then one call tries it, and its end decides.
"""

import asyncio
import contextlib
import random
from collections import OrderedDict
from collections.abc import Generator
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar
from uuid import UUID

from gitu.features.models.errors import (
    ModelCallFailed,
    ModelContextTooLong,
    ModelKeyRefused,
    ModelNotThere,
    ModelQuotaUsedUp,
    ModelRateLimited,
    ModelRedirected,
    ModelRejected,
    ModelUnreachable,
)
from gitu.features.models.tables import ConnectionRow
from gitu.kernel import clock

FAILURES: Final = 3  # in a row open the circuit
FIRST_REST_S: Final = 5.0
LONGEST_REST_S: Final = 300.0
TRIAL_S: Final = 15.0  # one call at a time tries a connection that rested; after so long another may
WEIGHT: Final = 0.2  # of the newest measurement in the moving average
_MOST: Final = 2_000
_AT_ONCE = (ModelKeyRefused, ModelQuotaUsedUp, ModelRedirected, ModelUnreachable)
_OF_THE_REQUEST = (ModelContextTooLong, ModelNotThere, ModelRejected)  # say nothing of the connection


@dataclass(slots=True)
class _Circuit:
    failures: int = 0
    rests: int = 0
    open_until: float = 0.0
    trying_until: float = 0.0
    unreachable: bool = False  # as the newest failure said


@dataclass(slots=True)
class Speed:
    """Moving averages: milliseconds to the first token and for each further one, the share of calls that failed."""

    first_token_ms: float
    token_ms: float
    failing: float = 0.0

    def seconds(self, output_tokens: int) -> float:
        """Until an answer of so many tokens is there."""
        return (self.first_token_ms + self.token_ms * output_tokens) / 1000


class OfConnection(Protocol):
    """A step of a chain, in whichever shape."""

    @property
    def row(self) -> ConnectionRow:
        """The connection that is asked."""
        ...


OneStep = TypeVar("OneStep", bound=OfConnection)


class Health:
    """One per process. What checks of nodes find (``nodes``) stands beside what calls show: it holds at once."""

    def __init__(self) -> None:
        self._circuits: OrderedDict[UUID, _Circuit] = OrderedDict()
        self._speeds: OrderedDict[str, Speed] = OrderedDict()
        self._away: set[UUID] = set()
        self._gone: set[UUID] = set()
        self._waiting: dict[UUID, set[asyncio.Timeout]] = {}

    @property
    def all_well(self) -> bool:
        """Whether no connection at all rests or is away."""
        return not (self._circuits or self._away)

    def rests(self, connection_id: UUID) -> bool:
        """Whether the connection is better not asked now: it failed lately, or another call is just trying it."""
        if connection_id in self._away:
            return True
        circuit = self._circuits.get(connection_id)
        if circuit is None or circuit.open_until == 0.0:
            return False
        now = clock.monotonic()
        return now < circuit.open_until or now < circuit.trying_until

    def asked(self, connection_id: UUID) -> None:
        """A call leaves for it; one that rested is tried by this call alone for a while."""
        circuit = self._circuits.get(connection_id)
        if circuit is not None and circuit.open_until != 0.0:
            circuit.trying_until = clock.monotonic() + TRIAL_S

    def rest_s(self, connection_id: UUID) -> float:
        """Seconds until it may be tried again; zero when it works."""
        circuit = self._circuits.get(connection_id)
        return max(circuit.open_until - clock.monotonic(), 0.0) if circuit is not None else 0.0

    def ended(self, connection_id: UUID, error: ModelCallFailed | None) -> None:
        """A call ended: well, or with an error."""
        if error is None:
            self._circuits.pop(connection_id, None)
            return
        if isinstance(error, _OF_THE_REQUEST):
            return
        circuit = self._circuits.setdefault(connection_id, _Circuit())
        self._circuits.move_to_end(connection_id)
        if len(self._circuits) > _MOST:
            self._circuits.popitem(last=False)
        circuit.failures += 1
        circuit.trying_until = 0.0
        circuit.unreachable = isinstance(error, ModelUnreachable)
        now = clock.monotonic()
        if isinstance(error, ModelRateLimited):
            rest = min(error.retry_after or FIRST_REST_S, LONGEST_REST_S)
            circuit.open_until = max(circuit.open_until, now + rest)
        elif circuit.failures >= FAILURES or isinstance(error, _AT_ONCE):
            rest = min(FIRST_REST_S * 2**circuit.rests, LONGEST_REST_S)
            circuit.rests += 1
            # Apart, so that many processes do not try again in the same moment.
            circuit.open_until = now + rest * random.uniform(0.8, 1.2)  # noqa: S311

    def forget(self, connection_id: UUID) -> None:
        """The connection was changed: it may work now."""
        self._circuits.pop(connection_id, None)

    def set_away(self, connection_id: UUID) -> None:
        """A check found that it can't be asked now: it is left out of chains until ``set_back``."""
        self._away.add(connection_id)

    def set_back(self, connection_id: UUID) -> None:
        """A check found that it answers: what kept it from being asked because it could not be reached is over."""
        circuit = self._circuits.get(connection_id)
        if circuit is not None and (circuit.unreachable or connection_id in self._away):
            del self._circuits[connection_id]
        self._away.discard(connection_id)
        self._gone.discard(connection_id)

    def away(self, connection_id: UUID) -> bool:
        """Whether checks say that it can't be asked now."""
        return connection_id in self._away

    def set_gone(self, connection_id: UUID) -> None:
        """Nobody is there to answer what was asked: whoever waits for the beginning of an answer waits in vain."""
        self._gone.add(connection_id)
        now = asyncio.get_running_loop().time()
        for scope in self._waiting.get(connection_id, ()):
            with contextlib.suppress(RuntimeError):  # it is just ending by itself
                scope.reschedule(now)

    def gone(self, connection_id: UUID) -> bool:
        """Whether ``set_gone`` said so, and nothing since that it is back."""
        return connection_id in self._gone

    @contextlib.contextmanager
    def waiting(self, connection_id: UUID, scope: asyncio.Timeout) -> Generator[None]:
        """An answer's beginning is awaited within ``scope``, which ends early when the connection is gone."""
        scopes = self._waiting.setdefault(connection_id, set())
        scopes.add(scope)
        try:
            yield
        finally:
            scopes.discard(scope)
            if not scopes:
                self._waiting.pop(connection_id, None)

    def present(self, steps: list[OneStep]) -> list[OneStep]:
        """The steps without those of connections that are away; all of them where nobody else could be asked."""
        if not self._away:
            return steps
        return [step for step in steps if step.row.id not in self._away] or steps

    def measured(self, model: str, first_token_ms: float, latency_ms: float, output_tokens: int) -> None:
        """A call went well and took so long."""
        token_ms = max(latency_ms - first_token_ms, 0.0) / max(output_tokens, 1)
        speed = self._speeds.get(model)
        if speed is None:
            speed = self._speeds[model] = Speed(first_token_ms, token_ms)
            if len(self._speeds) > _MOST:
                self._speeds.popitem(last=False)
            return
        speed.first_token_ms += WEIGHT * (first_token_ms - speed.first_token_ms)
        speed.token_ms += WEIGHT * (token_ms - speed.token_ms)
        speed.failing -= WEIGHT * speed.failing

    def failed(self, model: str) -> None:
        """A call of the model failed."""
        speed = self._speeds.get(model)
        if speed is not None:
            speed.failing += WEIGHT * (1.0 - speed.failing)

    def speed(self, model: str) -> Speed | None:
        """What was measured of a model, by its id."""
        return self._speeds.get(model)
