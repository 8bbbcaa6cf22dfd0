"""The few numbers that tell how an installation does, in Prometheus' format.

Every label has a bounded set of values: what comes beyond the bound is counted under "other".
"""

from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.process_collector import ProcessCollector

__all__ = ["CONTENT_TYPE", "Metrics", "metrics"]

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST

_OTHER: Final = "other"
_UNMATCHED: Final = "unmatched"
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "WEBSOCKET"})

_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_MODEL_SECONDS: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0)


class Metrics:
    """The metrics of one process."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self._registry = registry or CollectorRegistry()
        ProcessCollector(registry=self._registry)  # process_resident_memory_bytes, CPU, open files
        # Looking one up by its labels costs the library as much as counting: those of every request are kept.
        self._http_found: dict[tuple[str, str, str], tuple[Counter, Histogram]] = {}
        self._action_found: dict[tuple[str, str], tuple[Counter, Histogram]] = {}
        self._calls_found: dict[tuple[str, str], _OfCalls] = {}
        self._routes = _Bounded(500)
        self._actions = _Bounded(1000)
        self._providers = _Bounded(50)
        self._jobs = _Bounded(200)
        self._outcomes = _Bounded(20)

        def counter(name: str, text: str, labels: Iterable[str]) -> Counter:
            return Counter(f"gitu_{name}", text, labels, registry=self._registry)

        def histogram(name: str, text: str, labels: Iterable[str], buckets: tuple[float, ...]) -> Histogram:
            return Histogram(f"gitu_{name}", text, labels, registry=self._registry, buckets=buckets)

        self._http = counter("http_requests", "HTTP requests answered.", ("method", "route", "status"))
        self._http_seconds = histogram(
            "http_request_seconds", "Time to answer an HTTP request.", ("method", "route"), _SECONDS
        )
        self._action = counter("actions", "Actions executed.", ("action", "outcome"))
        self._action_seconds = histogram("action_seconds", "Time to execute an action.", ("action",), _SECONDS)
        self._calls = counter("model_calls", "Calls to models.", ("provider", "outcome"))
        self._tokens = counter("model_tokens", "Tokens sent to and received from models.", ("provider", "direction"))
        self._cost = counter("model_cost_usd", "Known cost of model calls in US dollars.", ("provider",))
        self._cache = counter("model_cache", "Requests with one answer only, by whether that was kept.", ("result",))
        self._first_token = histogram(
            "model_first_token_seconds", "Time to a model's first token.", ("provider",), _MODEL_SECONDS
        )
        self._call_seconds = histogram("model_call_seconds", "Time of a model call.", ("provider",), _MODEL_SECONDS)
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
        method = method if method in _METHODS else _OTHER
        route = _UNMATCHED if route is None else self._routes.bounded(route)
        code = str(status) if 100 <= status <= 599 else _OTHER
        labels = (method, route, code)
        found = self._http_found.get(labels)
        if found is None:
            found = self._http_found[labels] = self._http.labels(*labels), self._http_seconds.labels(method, route)
        found[0].inc()
        found[1].observe(seconds)

    def action(self, name: str, outcome: str, seconds: float) -> None:
        """Count an executed action; `outcome` is ok, denied, held or failed."""
        name = self._actions.bounded(name)
        labels = (name, self._outcomes.bounded(outcome))
        found = self._action_found.get(labels)
        if found is None:
            found = self._action_found[labels] = self._action.labels(*labels), self._action_seconds.labels(name)
        found[0].inc()
        found[1].observe(seconds)

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
        labels = (self._providers.bounded(provider), self._outcomes.bounded(outcome))
        found = self._calls_found.get(labels)
        if found is None:
            found = self._calls_found[labels] = self._of_calls(*labels)
        found.calls.inc()
        found.seconds.observe(seconds)
        found.input_tokens.inc(input_tokens)
        found.output_tokens.inc(output_tokens)
        if first_token_seconds is not None:
            found.first_token.observe(first_token_seconds)
        if cost_usd is not None:
            found.cost.inc(cost_usd)

    def _of_calls(self, provider: str, outcome: str) -> "_OfCalls":
        return _OfCalls(
            self._calls.labels(provider, outcome),
            self._call_seconds.labels(provider),
            self._tokens.labels(provider, "input"),
            self._tokens.labels(provider, "output"),
            self._first_token.labels(provider),
            self._cost.labels(provider),
        )

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


class _OfCalls(NamedTuple):
    """What is counted of the calls of one provider that ended in one way."""

    calls: Counter
    seconds: Histogram
    input_tokens: Counter
    output_tokens: Counter
    first_token: Histogram
    cost: Counter


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
