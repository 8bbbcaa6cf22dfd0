"""What a node tells Prometheus. Labels come from short fixed lists, so that no caller can make memory grow."""

import contextlib
from collections.abc import Callable, Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.process_collector import ProcessCollector

from gitu_lab.serving.gpu import Gpus

CONTENT_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0)
_BATCHES = (1, 2, 4, 8, 16, 32, 64, 128)


class NodeMetrics:
    """The metrics of one node."""

    def __init__(self, queued: Callable[[], int], running: Callable[[], int]) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._registry.register(_GpuCollector())

        def counter(name: str, text: str, *labels: str) -> Counter:
            return Counter(f"gitu_node_{name}", text, labels, registry=self._registry)

        def seconds(name: str, text: str) -> Histogram:
            return Histogram(f"gitu_node_{name}", text, ("route",), registry=self._registry, buckets=_SECONDS)

        self._requests = counter("requests", "Requests answered.", "route", "status")
        self._tokens = counter("tokens", "Tokens read (prompt) and written (completion).", "direction")
        self._request_seconds = seconds("request_seconds", "Time to a whole answer.")
        self._first_token_seconds = seconds("first_token_seconds", "Time to an answer's first token.")
        self._batch = Histogram(
            "gitu_node_batch_size", "Requests of a batch.", registry=self._registry, buckets=_BATCHES
        )
        for name, text, value in (
            ("queue_length", "Requests that wait.", queued),
            ("running_requests", "Requests that are being answered.", running),
        ):
            Gauge(f"gitu_node_{name}", text, registry=self._registry).set_function(value)

    def answered(self, route: str, status: int, seconds: float) -> None:
        """Count a request, however it went."""
        self._requests.labels(route, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def first_token(self, route: str, seconds: float) -> None:
        """The time until an answer began."""
        self._first_token_seconds.labels(route).observe(seconds)

    def tokens(self, prompt: int, completion: int) -> None:
        """Count tokens."""
        self._tokens.labels("prompt").inc(prompt)
        self._tokens.labels("completion").inc(completion)

    def batch(self, size: int) -> None:
        """Count a batch."""
        self._batch.observe(size)

    def text(self) -> bytes:
        """Prometheus' format."""
        return generate_latest(self._registry)


class _GpuCollector:
    """Asks the GPUs when somebody looks."""

    def __init__(self) -> None:
        self._gpus = Gpus()

    def collect(self) -> Iterable[Metric]:
        """Memory and utilisation of each GPU; nothing where there is none."""
        used = GaugeMetricFamily("gitu_node_gpu_memory_used_bytes", "GPU memory in use.", labels=["gpu"])
        total = GaugeMetricFamily("gitu_node_gpu_memory_bytes", "GPU memory.", labels=["gpu"])
        busy = GaugeMetricFamily("gitu_node_gpu_utilisation_ratio", "Share of time that a GPU works.", labels=["gpu"])
        with contextlib.suppress(Exception):  # a driver that went away must not take the other metrics along
            for gpu in self._gpus.look():
                used.add_metric([str(gpu.number)], gpu.used_bytes)
                total.add_metric([str(gpu.number)], gpu.total_bytes)
                busy.add_metric([str(gpu.number)], gpu.utilisation)
        return [used, total, busy] if used.samples else []
