"""The few numbers that tell how an installation does, in Prometheus' format.

Every label has a bounded set of values: what comes beyond the bound is counted under "other".
"""

from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple

from prometheus_client import CollectorRegistry, Counter, Gauge
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.process_collector import ProcessCollector

from gitu.kernel.telemetry.often import Number, Often, Spread

__all__ = ["CONTENT_TYPE", "Metrics", "metrics"]

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST

_OTHER: Final = "other"
_UNMATCHED: Final = "unmatched"
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "WEBSOCKET"})

_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_MODEL_SECONDS: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0)


class Metrics:
    """The metrics of one process.

    What every request counts is kept in plain lists until somebody reads it (``often``): prometheus-client's own
    objects take a lock and a dozen calls for each number.
    """

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self._registry = registry or CollectorRegistry()
        ProcessCollector(registry=self._registry)  # process_resident_memory_bytes, CPU, open files
        self._of_http: dict[tuple[str, str | None, int], _Timed] = {}
        self._of_actions: dict[tuple[str, str], _Timed] = {}
        self._of_calls: dict[tuple[str, str], _OfCalls] = {}
        self._routes = _Bounded(500)
        self._actions = _Bounded(1000)
        self._providers = _Bounded(50)
        self._jobs = _Bounded(200)
        self._outcomes = _Bounded(20)
        often = Often(self._registry)

        def counter(name: str, text: str, labels: Iterable[str]) -> Counter:
            return Counter(f"gitu_{name}", text, labels, registry=self._registry)

        self._http = often.counter("http_requests", "HTTP requests answered.", ("method", "route", "status"))
        self._http_seconds = often.histogram(
            "http_request_seconds", "Time to answer an HTTP request.", ("method", "route"), _SECONDS
        )
        self._action = often.counter("actions", "Actions executed.", ("action", "outcome"))
        self._action_seconds = often.histogram("action_seconds", "Time to execute an action.", ("action",), _SECONDS)
        self._calls = often.counter("model_calls", "Calls to models.", ("provider", "outcome"))
        self._tokens = often.counter(
            "model_tokens", "Tokens sent to and received from models.", ("provider", "direction")
        )
        self._cost = often.counter("model_cost_usd", "Known cost of model calls in US dollars.", ("provider",))
        self._cache = counter("model_cache", "Requests with one answer only, by whether that was kept.", ("result",))
        self._first_token = often.histogram(
            "model_first_token_seconds", "Time to a model's first token.", ("provider",), _MODEL_SECONDS
        )
        self._call_seconds = often.histogram(
            "model_call_seconds", "Time of a model call.", ("provider",), _MODEL_SECONDS
        )
        self._job = counter("jobs", "Background jobs that ended.", ("job", "outcome"))
        self._jobs_running = Gauge("gitu_jobs_running", "Background jobs running here.", registry=self._registry)
        self._event_lag = Gauge(
            "gitu_event_lag_seconds", "Age of the oldest event not yet delivered.", registry=self._registry
        )
        self._parked = counter("events_parked", "Events a subscriber gave up on.", ("subscriber",))
        self._subscribers = _Bounded(100)
        self._sockets = Gauge("gitu_websockets", "Open WebSocket connections.", registry=self._registry)

    def http_request(self, method: str, route: str | None, status: int, seconds: float) -> None:
        """Count an answered request. `route` is the template (``/sessions/{session_id}``), never the path."""
        found = self._of_http.get((method, route, status))
        if found is None:
            found = self._http_found(method, route, status)
        found.number.value += 1
        found.seconds.add(seconds)

    def _http_found(self, method: str, route: str | None, status: int) -> "_Timed":
        method = method if method in _METHODS else _OTHER
        route = _UNMATCHED if route is None else self._routes.bounded(route)
        status = status if 100 <= status <= 599 else 0
        found = self._of_http.get((method, route, status))
        if found is None:
            code = str(status) if status else _OTHER
            number, spread = self._http.of(method, route, code), self._http_seconds.of(method, route)
            found = self._of_http[method, route, status] = _Timed(number, spread)
        return found

    def action(self, name: str, outcome: str, seconds: float) -> None:
        """Count an executed action; `outcome` is ok, denied, held or failed."""
        labels = (self._actions.bounded(name), self._outcomes.bounded(outcome))
        found = self._of_actions.get(labels)
        if found is None:
            number, spread = self._action.of(*labels), self._action_seconds.of(labels[0])
            found = self._of_actions[labels] = _Timed(number, spread)
        found.number.value += 1
        found.seconds.add(seconds)

    def model_call(
        self,
        provider: str,
        outcome: str,
        seconds: float,
        *,
        input_tokens: int = 0,
        output_tokens: int = 0,
        first_token_seconds: float | None = None,
        cost_usd: float | None = None,
    ) -> None:
        """Count a call to a model; an unknown cost is left out."""
        found = self._of_calls.get((provider, outcome))
        if found is None:
            found = self._calls_found(provider, outcome)
        found.calls.value += 1
        found.seconds.add(seconds)
        found.input_tokens.value += input_tokens
        found.output_tokens.value += output_tokens
        if first_token_seconds is not None:
            found.first_token.add(first_token_seconds)
        if cost_usd is not None:
            found.cost.value += cost_usd

    def _calls_found(self, provider: str, outcome: str) -> "_OfCalls":
        provider, outcome = labels = (self._providers.bounded(provider), self._outcomes.bounded(outcome))
        found = self._of_calls.get(labels)
        if found is None:
            found = self._of_calls[labels] = _OfCalls(
                self._calls.of(provider, outcome),
                self._call_seconds.of(provider),
                self._tokens.of(provider, "input"),
                self._tokens.of(provider, "output"),
                self._first_token.of(provider),
                self._cost.of(provider),
            )
        return found

    def model_cache(self, result: str) -> None:
        """Count a request that has one answer only; ``result`` is hit or miss."""
        self._cache.labels(result).inc()

    def job_started(self) -> None:
        """Count a job as running."""
        self._jobs_running.inc()

    def job_ended(self, name: str, outcome: str) -> None:
        """Count a job that ended here; `outcome` is done, failed or cancelled."""
        self._jobs_running.dec()
        self._job.labels(self._jobs.bounded(name), self._outcomes.bounded(outcome)).inc()

    def event_lag(self, seconds: float) -> None:
        """Say how old the oldest undelivered event is; zero when there is none."""
        self._event_lag.set(seconds)

    def event_parked(self, subscriber: str) -> None:
        """Count an event that a subscriber gave up on."""
        self._parked.labels(self._subscribers.bounded(subscriber)).inc()

    def websockets(self, number: int) -> None:
        """Say how many WebSocket connections are open."""
        self._sockets.set(number)

    def render(self) -> bytes:
        """All metrics as Prometheus reads them, of the type `CONTENT_TYPE`."""
        return generate_latest(self._registry)


@cache
def metrics() -> Metrics:
    """The metrics of this process."""
    return Metrics()


class _Timed(NamedTuple):
    """What is counted of one kind of work that ended in one way."""

    number: Number
    seconds: Spread


class _OfCalls(NamedTuple):
    """What is counted of the calls of one provider that ended in one way."""

    calls: Number
    seconds: Spread
    input_tokens: Number
    output_tokens: Number
    first_token: Spread
    cost: Number


class _Bounded:
    """Lets the first so many distinct label values through."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._known: set[str] = set()

    def bounded(self, value: str) -> str:
        if value not in self._known:
            if len(self._known) >= self._limit:
                return _OTHER
            self._known.add(value)
        return value
