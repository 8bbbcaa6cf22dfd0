"""HTTP over the standard library: one request, or one stream of server-sent events; every wait has an end."""

import http.client
import json
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import IO, Any, cast
from urllib.parse import urlencode, urlsplit

from gitu.doors.cli.errors import UNREACHABLE, CliError, Problem

CONNECT_TIMEOUT_S = 5.0
ANSWER_TIMEOUT_S = 60.0
SILENCE_TIMEOUT_S = 45.0
_MOST_BYTES = 50_000_000
_MOST_LINE = 5_000_000
_PIECE = 1_000_000


@dataclass(frozen=True, slots=True)
class Event:
    """One server-sent event: its id (a sequence number, or empty) and its data."""

    id: str
    data: Any  # JSON of the event's own kind


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the JSON, or None for an empty answer, and the Date header."""

    body: Any
    date: str | None


def request(
    base_url: str,
    method: str,
    path: str,
    *,
    headers: Mapping[str, str],
    body: object = None,
    timeout: float = ANSWER_TIMEOUT_S,
) -> Answer:
    """Send one request and read the answer whole. Raises Problem for a refusal, CliError when unreachable."""
    connection = _open(base_url, timeout)
    try:
        response = _send(connection, base_url, method, path, headers=headers, body=body)
        raw = response.read(_MOST_BYTES)
        if response.status >= 400:
            raise _problem(response.status, raw)
        return Answer(_json(raw, base_url) if raw else None, response.getheader("date"))
    except (OSError, http.client.HTTPException) as error:
        raise _unreachable(base_url, error) from error
    finally:
        connection.close()


def events(
    base_url: str,
    path: str,
    *,
    headers: Mapping[str, str],
    body: object = None,
    timeout: float = SILENCE_TIMEOUT_S,
) -> Generator[Event]:
    """The events of a stream as they come (https://html.spec.whatwg.org/multipage/server-sent-events.html).

    With a ``body`` it is posted, and its answer is the stream.

    Ends when the server ends it. Raises Problem, or CliError when the connection breaks or falls silent.
    """
    connection = _open(base_url, timeout)
    try:
        wanted = {**headers, "accept": "text/event-stream"}
        method = "GET" if body is None else "POST"
        response = _send(connection, base_url, method, path, headers=wanted, body=body)
        if response.status >= 400:
            raise _problem(response.status, response.read(_MOST_BYTES))
        event_id, data = "", list[str]()
        while raw := response.readline(_MOST_LINE):
            text = raw.decode("utf-8", "replace").rstrip("\r\n")
            name, _, value = text.partition(":")
            value = value.removeprefix(" ")
            if name == "id":
                event_id = value
            elif name == "data":
                data.append(value)
            elif not text and data:
                yield Event(event_id, _json("\n".join(data).encode(), base_url))
                data = []
    except (OSError, http.client.HTTPException) as error:
        raise _unreachable(base_url, error) from error
    finally:
        connection.close()


def save(base_url: str, path: str, file: IO[bytes], *, headers: Mapping[str, str]) -> int:
    """Write what a request answers into a file, piece by piece; returns how many bytes. Raises Problem or CliError."""
    connection = _open(base_url, ANSWER_TIMEOUT_S)
    try:
        response = _send(connection, base_url, "GET", path, headers=headers, body=None)
        if response.status >= 400:
            raise _problem(response.status, response.read(_MOST_BYTES))
        count = 0
        while piece := response.read(_PIECE):
            count += file.write(piece)
    except (OSError, http.client.HTTPException) as error:
        raise _unreachable(base_url, error) from error
    else:
        return count
    finally:
        connection.close()


def with_query(path: str, query: Mapping[str, object]) -> str:
    """``path`` with a query string; lists repeat their name, None is left out."""
    pairs: list[tuple[str, str]] = []
    for name, value in query.items():
        for item in cast("list[object]", value) if isinstance(value, list) else [value]:
            if item is not None:
                pairs.append((name, str(item).lower() if isinstance(item, bool) else str(item)))
    return f"{path}?{urlencode(pairs)}" if pairs else path


def _open(base_url: str, timeout: float) -> http.client.HTTPConnection:
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise CliError("cli-bad-address", url=base_url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=CONNECT_TIMEOUT_S)
    try:
        connection.connect()
    except OSError as error:
        raise _unreachable(base_url, error) from error
    connection.sock.settimeout(timeout)
    return connection


def _send(
    connection: http.client.HTTPConnection,
    base_url: str,
    method: str,
    path: str,
    *,
    headers: Mapping[str, str],
    body: object,
) -> http.client.HTTPResponse:
    sent = {"accept": "application/json", **headers}
    raw = None
    if body is not None:
        raw = json.dumps(body).encode()
        sent["content-type"] = "application/json"
    connection.request(method, urlsplit(base_url).path.rstrip("/") + path, body=raw, headers=sent)
    return connection.getresponse()


def _problem(status: int, raw: bytes) -> Problem:
    try:
        body = json.loads(raw)
        return Problem(status, str(body["code"]), str(body["detail"]), body)
    except (ValueError, KeyError, TypeError):
        return Problem(status, "unknown", f"HTTP {status}")


def _json(raw: bytes, base_url: str) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        raise CliError("cli-not-gitu", url=base_url) from None


def _unreachable(base_url: str, error: Exception) -> CliError:
    key = "cli-silent" if isinstance(error, TimeoutError) else "cli-unreachable"
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return CliError(key, exit_code=UNREACHABLE, url=base_url, reason=reason)
