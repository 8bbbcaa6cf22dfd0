"""Metrics: what is counted, in Prometheus' format, with labels that can't grow without end."""

import subprocess
import sys

import pytest
from prometheus_client.parser import text_string_to_metric_families

from gitu.kernel.telemetry.metrics import Metrics, metrics


def read(source: Metrics) -> dict[str, float]:
    return {
        sample.name + "".join(f" {value}" for _, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(source.render().decode())
        for sample in family.samples
    }


def test_requests_are_counted_by_template_and_status() -> None:
    counted = Metrics()
    counted.http_request("GET", "/sessions/{session_id}", 200, 0.004)
    counted.http_request("GET", "/sessions/{session_id}", 200, 0.006)
    counted.http_request("BREW", None, 9999, 0.1)
    samples = read(counted)
    assert samples["gitu_http_requests_total GET /sessions/{session_id} 200"] == 2
    assert samples["gitu_http_requests_total other unmatched other"] == 1
    assert samples["gitu_http_request_seconds_count GET /sessions/{session_id}"] == 2


def test_actions_models_and_jobs_are_counted() -> None:
    counted = Metrics()
    counted.action("erp.create_invoice", "ok", 0.01)
    counted.model_call("openai", "ok", 2.0, input_tokens=100, output_tokens=20, first_token_seconds=0.3, cost_usd=0.5)
    counted.model_call("ollama", "failed", 1.0)
    counted.job_started()
    counted.job_started()
    counted.job_ended("send_mail", "done")
    counted.event_lag(1.5)
    counted.websockets(3)
    samples = read(counted)
    assert samples["gitu_actions_total erp.create_invoice ok"] == 1
    assert samples["gitu_model_tokens_total input openai"] == 100
    assert samples["gitu_model_cost_usd_total openai"] == 0.5
    assert samples["gitu_model_calls_total failed ollama"] == 1
    assert samples["gitu_jobs_running"] == 1
    assert samples["gitu_jobs_total send_mail done"] == 1
    assert samples["gitu_event_lag_seconds"] == 1.5
    assert samples["gitu_websockets"] == 3
    if sys.platform == "linux":
        assert samples["process_resident_memory_bytes"] > 1_000_000


def test_a_flood_of_new_label_values_is_counted_under_other() -> None:
    counted = Metrics()
    for number in range(2000):
        counted.action(f"made_up.{number}", "ok", 0.01)
    actions = {name: value for name, value in read(counted).items() if name.startswith("gitu_actions_total")}
    assert len(actions) == 1001
    assert actions["gitu_actions_total other ok"] == 1000


def test_strange_requests_make_no_memory_grow() -> None:
    counted = Metrics()
    for number in range(2000):
        counted.http_request(f"BREW{number}", f"/made-up/{number}", 1000 + number, 0.01)
    requests = {name: value for name, value in read(counted).items() if name.startswith("gitu_http_requests_total")}
    assert len(requests) == 501
    assert requests["gitu_http_requests_total other other other"] == 1500
    assert len(counted._of_http) == 501


def test_a_value_is_counted_in_its_bucket_and_in_all_above() -> None:
    counted = Metrics()
    for seconds in (0.001, 0.0011, 0.4, 31.0):
        counted.action("erp.create_invoice", "ok", seconds)
    samples, name = read(counted), "gitu_action_seconds"
    buckets = {bound: samples[f"{name}_bucket erp.create_invoice {bound}"] for bound in ("0.001", "0.0025", "0.5")}
    assert buckets == {"0.001": 1, "0.0025": 2, "0.5": 3}
    assert samples[f"{name}_bucket erp.create_invoice +Inf"] == samples[f"{name}_count erp.create_invoice"] == 4
    assert samples[f"{name}_sum erp.create_invoice"] == pytest.approx(31.4021)


def test_the_process_has_one_set_of_metrics() -> None:
    assert metrics() is metrics()


def test_importing_telemetry_loads_none_of_its_libraries() -> None:
    probe = "import gitu.kernel.telemetry, sys; print([m for m in sys.modules if m.split('.')[0] in {libs}])"
    libraries = {"structlog", "prometheus_client", "opentelemetry", "fluent", "babel"}
    done = subprocess.run(
        [sys.executable, "-c", probe.format(libs=libraries)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
