"""How much a node does, from what it tells Prometheus: counters become rates between two looks."""

import re
from dataclasses import dataclass, field
from typing import Any, Final

from gitu.features.models.gateway.wire import Wire
from gitu.features.models.nodes.probe import Target

MOST_METRICS: Final = 1_000_000  # bytes
_LINE: Final = re.compile(rb"^gitu_node_([a-z_]+)(?:\{([^}\n]*)\})? ([0-9.eE+-]+)$", re.MULTILINE)
_GPU: Final = re.compile(rb'gpu="(\d{1,3})"')
_GPU_FIGURES: Final = {b"gpu_memory_used_bytes": "used", b"gpu_memory_bytes": "total", b"gpu_utilisation_ratio": "busy"}


@dataclass(slots=True)
class Sample:
    """The counters of a node at one moment (seconds on the loop's clock), and its GPUs by number."""

    at: float
    tokens: float = 0.0  # written by the model
    requests: float = 0.0
    queue_length: int | None = None
    gpus: dict[int, dict[str, float]] = field(default_factory=dict[int, dict[str, float]])


async def sample(wire: Wire, target: Target, at: float) -> Sample | None:
    """Ask for the metrics; None where there are none. Raises WireError, WireTimeout."""
    answer = await wire.request(target.origin, target.get("/metrics"), b"")
    text = await answer.whole(MOST_METRICS)
    return parse(text, at) if answer.status == 200 else None


def parse(text: bytes, at: float) -> Sample:
    """The figures of ours in Prometheus' text format; everything else is passed over."""
    found = Sample(at)
    for name, labels, written in _LINE.findall(text):
        value = float(written)
        if name == b"tokens_total" and b"completion" in labels:
            found.tokens += value
        elif name == b"requests_total":
            found.requests += value
        elif name == b"queue_length":
            found.queue_length = int(value)
        elif name in _GPU_FIGURES and (gpu := _GPU.search(labels)) is not None:
            found.gpus.setdefault(int(gpu[1]), {})[_GPU_FIGURES[name]] = value
    return found


@dataclass(frozen=True, slots=True)
class Done:
    """What was done between two samples."""

    tokens: int
    requests: int
    seconds: float


def between(before: Sample, now: Sample) -> Done | None:
    """What was done since; None where the node began anew, which sets its counters back."""
    seconds = now.at - before.at
    if seconds <= 0 or now.tokens < before.tokens or now.requests < before.requests:
        return None
    return Done(round(now.tokens - before.tokens), round(now.requests - before.requests), seconds)


def load_of(done: Done | None, now: Sample) -> dict[str, Any]:
    """The newest sample as it is kept with the node, for people to see."""
    gpus = [
        {"number": number, "used_bytes": int(one["used"]), "total_bytes": int(one["total"]), "busy": one.get("busy")}
        for number, one in sorted(now.gpus.items())
        if {"used", "total"} <= one.keys()
    ]
    return {
        "tokens_per_s": None if done is None else round(done.tokens / done.seconds, 1),
        "requests_per_s": None if done is None else round(done.requests / done.seconds, 2),
        "gpus": gpus,
    }
