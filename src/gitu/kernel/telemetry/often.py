"""Metrics that are counted at every request: plain numbers, made into Prometheus' families when somebody reads them.

No lock: of two threads that count in the very same moment one may be lost. The event loop's thread counts nearly all.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString  # pyright: ignore[reportUnknownVariableType] # has no types


class Number:
    """What only grows: add to ``value``."""

    __slots__ = ("value",)

    def __init__(self) -> None:
        self.value: float = 0


class Spread:
    """How many values lay up to each of the ``bounds``, and beyond the last, and their sum."""

    __slots__ = ("_bounds", "counts", "sum")

    def __init__(self, bounds: Sequence[float]) -> None:
        self._bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        self.sum = 0.0

    def add(self, value: float) -> None:
        """Count a value."""
        self.counts[bisect_left(self._bounds, value)] += 1
        self.sum += value


class Numbers:
    """Those of one name, by their labels."""

    def __init__(self, name: str, text: str, labels: Sequence[str]) -> None:
        self._name = name
        self._text = text
        self._labels = labels
        self._found: dict[tuple[str, ...], Number] = {}

    def of(self, *labels: str) -> Number:
        """The one with these labels."""
        return self._found.setdefault(labels, Number())

    def family(self) -> Metric:
        """As Prometheus has it."""
        family = CounterMetricFamily(self._name, self._text, labels=self._labels)
        for labels, number in list(self._found.items()):
            family.add_metric(labels, number.value)
        return family


class Spreads:
    """Those of one name, by their labels."""

    def __init__(self, name: str, text: str, labels: Sequence[str], bounds: Sequence[float]) -> None:
        self._name = name
        self._text = text
        self._labels = labels
        self._bounds = bounds
        self._found: dict[tuple[str, ...], Spread] = {}

    def of(self, *labels: str) -> Spread:
        """The one with these labels."""
        return self._found.setdefault(labels, Spread(self._bounds))

    def family(self) -> Metric:
        """As Prometheus has it: each bucket counts the smaller ones too."""
        family = HistogramMetricFamily(self._name, self._text, labels=self._labels)
        for labels, spread in list(self._found.items()):
            buckets: list[tuple[str, float]] = []
            sum_so_far = 0
            for bound, count in zip([*self._bounds, float("inf")], spread.counts, strict=True):
                sum_so_far += count
                buckets.append((floatToGoString(bound), sum_so_far))
            family.add_metric(labels, buckets, spread.sum)
        return family


class Often(Collector):
    """What is counted so, for a registry."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._all: list[Numbers | Spreads] = []
        registry.register(self)

    def counter(self, name: str, text: str, labels: Sequence[str]) -> Numbers:
        """Something that is counted, under ``gitu_<name>_total``."""
        made = Numbers(f"gitu_{name}", text, labels)
        self._all.append(made)
        return made

    def histogram(self, name: str, text: str, labels: Sequence[str], bounds: Sequence[float]) -> Spreads:
        """Something that is measured, under ``gitu_<name>``."""
        made = Spreads(f"gitu_{name}", text, labels, bounds)
        self._all.append(made)
        return made

    def describe(self) -> list[Metric]:
        """No names are checked beforehand."""
        return []

    def collect(self) -> Iterator[Metric]:
        """All as they are now."""
        for one in self._all:
            yield one.family()
