"""Health, for whoever keeps the server running."""

from tests.support.server import GituServer


def test_a_running_server_is_live_and_ready(gitu: GituServer) -> None:
    anyone = gitu.client()
    assert anyone.http.get("/health/live").json()["status"] == "ok"
    assert anyone.http.get("/health/ready").json() == {"status": "ok", "parts": {"database": "ok"}}


def test_a_person_sees_their_own_account(gitu: GituServer) -> None:
    amal = gitu.person()
    assert amal.get("/me")["login"] == amal.login


def test_metrics_are_in_prometheus_text_format(gitu: GituServer) -> None:
    answer = gitu.client().http.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "# TYPE" in answer.text
