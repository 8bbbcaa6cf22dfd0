"""Structured logs through structlog: JSON for machines, aligned text for people, never a secret in either.

The libraries' own `logging` calls take the same way out, so the same redaction holds for them.
"""

import logging
import sys
from typing import Literal, TextIO, cast

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from gitu.kernel import clock
from gitu.kernel.telemetry.context import bound
from gitu.kernel.telemetry.redaction import redact, redact_text

__all__ = ["LogFormat", "LogLevel", "configure", "get_logger"]

LogFormat = Literal["json", "console"]
LogLevel = Literal["debug", "info", "warning", "error", "critical"]

# Libraries that say at "info" what we say better, and with people's addresses: every request, query, connection.
_CHATTY = (
    "uvicorn.access",
    "uvicorn.error",
    "httpx2",
    "httpx",
    "httpcore",
    "sqlalchemy.engine",
    "alembic",
    "dbos",
    "asyncio",
    "urllib3",
)


def configure(level: LogLevel = "info", log_format: LogFormat = "console", stream: TextIO | None = None) -> None:
    """Send all logs of this process to `stream` (standard error by default). Can be called again."""
    handler = logging.StreamHandler(stream if stream is not None else sys.stderr)
    colours = log_format == "console" and handler.stream.isatty()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*_shared(), structlog.stdlib.ExtraAdder()],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                # A traceback becomes text here, before the redaction, and never shows local variables.
                structlog.processors.format_exc_info,
                _redacted,
                *_rendering(log_format, colours=colours),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _CHATTY:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger for a module: ``log.info("job_finished", job=name, seconds=1.5)``."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger


def _shared() -> list[Processor]:
    return [structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name, _with_context, _with_time]


def _rendering(log_format: LogFormat, *, colours: bool) -> list[Processor]:
    if log_format == "json":
        return [
            structlog.processors.EventRenamer("message"),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    return [structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=structlog.dev.plain_traceback)]


def _with_context(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    for name, value in bound().items():
        event.setdefault(name, value)
    return event


def _with_time(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    event["timestamp"] = clock.now().isoformat(timespec="milliseconds")
    return event


def _redacted(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    cleaned = cast("EventDict", redact(dict(event)))
    # The event's own words are searched for forms only: "token refreshed" is a sentence, not a secret.
    cleaned["event"] = redact_text(str(event.get("event", "")))
    return cleaned
