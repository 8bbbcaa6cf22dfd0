"""What looks and samples come to: minutes, rates, and notices that a flapping node does not multiply."""

import pytest

from gitu.features.models.nodes.damping import Damper
from gitu.features.models.nodes.minutes import Minute
from gitu.features.models.nodes.probe import Look
from gitu.features.models.nodes.sampling import Sample, between, load_of, parse
from gitu.kernel import clock
from gitu.kernel.ids import new_id

METRICS = b"""# HELP gitu_node_tokens_total Tokens read (prompt) and written (completion).
# TYPE gitu_node_tokens_total counter
gitu_node_tokens_total{direction="prompt"} 900.0
gitu_node_tokens_total{direction="completion"} 450.0
gitu_node_requests_total{route="chat",status="200"} 10.0
gitu_node_requests_total{route="chat",status="503"} 2.0
gitu_node_queue_length 3.0
gitu_node_gpu_memory_used_bytes{gpu="0"} 7.2e+010
gitu_node_gpu_memory_bytes{gpu="0"} 1.5e+011
gitu_node_gpu_utilisation_ratio{gpu="0"} 0.93
process_open_fds 12.0
"""


def test_metrics_become_rates_between_two_samples() -> None:
    before, now = Sample(at=100.0, tokens=300, requests=6), parse(METRICS, 115.0)
    assert (now.tokens, now.requests, now.queue_length) == (450, 12, 3)
    done = between(before, now)
    assert done is not None
    load = load_of(done, now)
    assert (load["tokens_per_s"], load["requests_per_s"]) == (10.0, 0.4)
    assert load["gpus"] == [{"number": 0, "used_bytes": 72_000_000_000, "total_bytes": 150_000_000_000, "busy": 0.93}]


def test_a_node_that_began_anew_has_done_nothing_since() -> None:
    assert between(Sample(at=1.0, tokens=500), parse(METRICS, 2.0)) is None


def test_a_minute_keeps_the_median_the_slowest_and_what_failed() -> None:
    minute = Minute(clock.now())
    for latency in (1.0, 2.0, 3.0, 4.0, 50.0):
        minute.looked(Look("up", None, latency, {}, {"queue_length": int(latency)}))
    minute.looked(Look("down", "refused"))
    minute.looked(Look("unavailable", "behind", 1.0))
    minute.sampled(between(Sample(1.0), parse(METRICS, 16.0)), parse(METRICS, 16.0))
    row = minute.row(new_id())
    assert (row["checks"], row["failures"]) == (7, 1)
    assert (row["latency_ms"], row["latency_p95_ms"]) == (2.0, 50.0)
    assert (row["tokens"], row["requests"], row["queue_length"]) == (450, 12, 50)
    assert row["gpu_memory_bytes"] == 72_000_000_000


def test_a_change_is_told_once_and_only_after_it_has_held() -> None:
    damper = Damper(away=False)
    assert damper.due(away=True, held_s=4, now=4) is None
    assert damper.due(away=True, held_s=5, now=5) == "down"
    assert damper.due(away=True, held_s=500, now=500) is None
    assert damper.due(away=False, held_s=19, now=520) is None
    assert damper.due(away=False, held_s=20, now=521) == "back"


@pytest.mark.parametrize(("up_s", "most"), [(30, 8), (3, 1)])
def test_a_node_that_comes_and_goes_is_told_of_more_and_more_seldom(up_s: int, most: int) -> None:
    damper, told = Damper(away=False), 0
    away, since = False, 0
    for second in range(1_800):  # half an hour of half a minute away, then up for so long
        if second - since >= (30 if away else up_s):
            away, since = not away, second
        told += damper.due(away=away, held_s=second - since, now=second) is not None
    assert 1 <= told <= most
