"""Traces: nothing by default; with an address, spans reach the collector without secrets."""

import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from gitu.kernel.telemetry import tracing


class Server(http.server.HTTPServer):
    """Keeps what it was sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Collector)
        self.received: list[tuple[str, bytes]] = []


class Collector(http.server.BaseHTTPRequestHandler):
    """An OTLP collector as far as the exporter can tell."""

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        assert isinstance(self.server, Server)
        self.server.received.append((self.path, self.rfile.read(length)))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        pass


@pytest.fixture
def collector() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


# A process has one tracer provider for its whole life, so each case gets a process of its own.
TRACED = """
import sys
from gitu.kernel.telemetry import tracing
assert tracing.configure(sys.argv[1], version="1.0")
with tracing.span("model call", model="test/model", api_key="cAnArY", note="Bearer cAnArY123", nothing=None):
    pass
try:
    with tracing.span("failing"):
        raise ValueError("password=cAnArY")
except ValueError:
    pass
tracing.stop()
"""


def run(code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout + done.stderr


def test_spans_reach_the_collector_without_secrets(collector: Server) -> None:
    run(TRACED, f"http://127.0.0.1:{collector.server_port}/")
    received = collector.received
    assert {path for path, _ in received} == {"/v1/traces"}
    sent = b"".join(body for _, body in received)
    assert b"model call" in sent
    assert b"test/model" in sent
    assert b"ValueError" in sent
    assert b"cAnArY" not in sent


def test_without_an_address_a_span_does_nothing() -> None:
    assert not tracing.configure(None, version="1.0")
    with tracing.span("quiet", model="x") as span:
        assert not span.is_recording()
    tracing.stop()


def test_without_the_extra_it_warns_and_goes_on() -> None:
    code = """
import importlib.abc, sys
class Missing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.startswith("opentelemetry.exporter"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Missing())
from gitu.kernel.telemetry import tracing
print(tracing.configure("http://127.0.0.1:4318", version="1.0"))
with tracing.span("quiet"):
    pass
"""
    said = run(code)
    assert "install gitu[tracing]" in said
    assert "False" in said
