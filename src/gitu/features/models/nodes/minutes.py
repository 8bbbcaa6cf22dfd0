"""What one minute of looking at a node comes to: one row instead of eighty."""

import math
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from gitu.features.models.nodes.probe import Look
from gitu.features.models.nodes.sampling import Done, Sample


@dataclass(slots=True)
class Minute:
    """Gathers the looks and samples of the minute that begins at ``at``."""

    at: datetime
    failures: int = 0
    latencies: list[float] = field(default_factory=list[float])
    tokens: int | None = None
    requests: int | None = None
    queue_length: int | None = None
    gpu_memory_bytes: int | None = None

    @property
    def checks(self) -> int:
        """How often it was looked at."""
        return self.failures + len(self.latencies)

    def looked(self, found: Look) -> None:
        """Count a look; one that nobody answered, or something that is no node, has failed."""
        if found.latency_ms is None or found.state == "down":
            self.failures += 1
        else:
            self.latencies.append(found.latency_ms)
        queued = found.counts.get("queue_length")
        if queued is not None:
            self.queue_length = max(self.queue_length or 0, queued)

    def sampled(self, done: Done | None, now: Sample) -> None:
        """Count what was done, and see how full the GPUs are."""
        if done is not None:
            self.tokens = (self.tokens or 0) + done.tokens
            self.requests = (self.requests or 0) + done.requests
        used = sum(int(one.get("used", 0)) for one in now.gpus.values())
        if now.gpus:
            self.gpu_memory_bytes = max(self.gpu_memory_bytes or 0, used)

    def row(self, node_id: UUID) -> dict[str, Any]:
        """The table's columns."""
        ordered = sorted(self.latencies)
        return {
            "node_id": node_id,
            "minute": self.at,
            "checks": self.checks,
            "failures": self.failures,
            "latency_ms": _at(ordered, 0.5),
            "latency_p95_ms": _at(ordered, 0.95),
            "tokens": self.tokens,
            "requests": self.requests,
            "queue_length": self.queue_length,
            "gpu_memory_bytes": self.gpu_memory_bytes,
        }


def _at(ordered: list[float], share: float) -> float | None:
    """The value below which that share lies (nearest rank)."""
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)] if ordered else None
