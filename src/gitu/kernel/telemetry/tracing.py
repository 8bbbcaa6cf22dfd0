"""Traces through the OpenTelemetry API. Nothing is collected until an exporter's address is set."""

import importlib.util
import logging
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from opentelemetry import trace

from gitu.kernel.telemetry.redaction import is_secret_name, redact_text

__all__ = ["configure", "span", "stop"]

log = logging.getLogger(__name__)

Attribute = str | int | float | bool

_TIMEOUT_S = 5
_NOWHERE = nullcontext(trace.INVALID_SPAN)
_EXTRA = "opentelemetry.exporter.otlp.proto.http.trace_exporter"


def configure(endpoint: str | None, *, version: str) -> bool:
    """Send traces to an OTLP collector over HTTP, such as ``http://127.0.0.1:4318``; True when they will be.

    Without the `tracing` extra it warns and goes on without traces.
    """
    if endpoint is None:
        return False
    if not _exporter_installed():
        log.warning("otlp_endpoint is set, but traces need the extra: install gitu[tracing], or remove the setting")
        return False
    _export_to(endpoint, version)
    return True


def span(name: str, **attributes: Attribute | None) -> AbstractContextManager[trace.Span]:
    """A span around a block; an exception marks it failed. Attributes are redacted, None is left out."""
    if isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider):
        return _NOWHERE  # nobody collects: every action passes here
    return _recorded(name, attributes)


@contextmanager
def _recorded(name: str, attributes: dict[str, Attribute | None]) -> Generator[trace.Span]:
    # The library would copy an exception's words, which may hold anything; its type is enough here.
    tracer = trace.get_tracer("gitu")
    with tracer.start_as_current_span(name, record_exception=False, set_status_on_exception=False) as current:
        if current.is_recording():
            for key, value in attributes.items():
                if value is not None and not is_secret_name(key):
                    current.set_attribute(key, redact_text(value) if isinstance(value, str) else value)
        try:
            yield current
        except BaseException as problem:
            current.set_status(trace.Status(trace.StatusCode.ERROR, type(problem).__name__))
            raise


def stop() -> None:
    """Send what is left, for five seconds at most."""
    shutdown = getattr(trace.get_tracer_provider(), "shutdown", None)
    if shutdown is not None:
        shutdown()


def _exporter_installed() -> bool:
    try:
        return importlib.util.find_spec(_EXTRA) is not None
    except ModuleNotFoundError:  # a parent package is missing
        return False


def _export_to(endpoint: str, version: str) -> None:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

    address = endpoint.rstrip("/")
    exporter = OTLPSpanExporter(
        address if address.endswith("/v1/traces") else f"{address}/v1/traces", timeout=_TIMEOUT_S
    )
    provider = TracerProvider(resource=Resource.create({"service.name": "gitu", "service.version": version}))
    provider.add_span_processor(BatchSpanProcessor(exporter, max_queue_size=2048))
    trace.set_tracer_provider(provider)
