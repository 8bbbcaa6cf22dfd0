"""Logs: JSON or text, with the request they belong to, and never a secret."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from gitu.kernel.telemetry import bind, bound, logs
from tests.kernel.telemetry.test_redaction import CANARY, NAMES, TOKENS


@pytest.fixture(autouse=True)
def _unchanged() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def stream() -> io.StringIO:
    stream = io.StringIO()
    logs.configure("info", "json", stream)
    return stream


def last(stream: io.StringIO) -> dict[str, Any]:
    return json.loads(stream.getvalue().splitlines()[-1])


def test_a_line_is_one_json_object(stream: io.StringIO) -> None:
    logs.get_logger("gitu.jobs").info("job_finished", job="mail", seconds=1.5)
    line = last(stream)
    assert line["message"] == "job_finished"
    assert (line["level"], line["logger"], line["job"], line["seconds"]) == ("info", "gitu.jobs", "mail", 1.5)
    assert line["timestamp"].endswith("+00:00")


def test_a_line_carries_the_request_it_belongs_to(stream: io.StringIO) -> None:
    with bind(request_id="r1"), bind(user_id="u1", session=None):
        logs.get_logger("x").info("inside")
        assert dict(bound()) == {"request_id": "r1", "user_id": "u1"}
    assert (last(stream)["request_id"], last(stream)["user_id"]) == ("r1", "u1")
    logs.get_logger("x").info("outside")
    assert "request_id" not in last(stream)


async def _log_in_task(name: str) -> None:
    with bind(request_id=name):
        await asyncio.sleep(0.01)
        logs.get_logger("x").info(name)


@pytest.mark.anyio
async def test_tasks_do_not_mix_up_their_requests(stream: io.StringIO) -> None:
    await asyncio.gather(*(_log_in_task(str(number)) for number in range(20)))
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert len(lines) == 20
    assert all(line["request_id"] == line["message"] for line in lines)


def test_libraries_that_use_the_standard_module_take_the_same_way(stream: io.StringIO) -> None:
    with bind(request_id="r1"):
        logging.getLogger("lib").warning("sent %s", TOKENS[1], extra={"api_key": CANARY})
    line = last(stream)
    assert line["request_id"] == "r1"
    assert line["message"] == "sent [redacted]"
    assert line["api_key"] == "[redacted]"


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_no_secret_comes_out_whichever_way_it_goes_in(log_format: logs.LogFormat) -> None:
    stream = io.StringIO()
    logs.configure("debug", log_format, stream)
    log = logs.get_logger("x")
    for name in NAMES:
        log.info("event", **{name: CANARY})
        log.info("event", request={"headers": [(name.encode(), CANARY.encode())]})
    for token in TOKENS:
        with bind(note=token):
            log.info("event %s", token)
        log.bind(client=token).warning(token)
        try:
            local_secret = token
            raise ValueError(local_secret)
        except ValueError:
            log.exception("failed")
            logging.getLogger("lib").exception("failed too")
    written = stream.getvalue()
    assert CANARY not in written
    assert not [token for token in TOKENS if token in written]
    assert "ValueError" in written


def test_the_level_holds_and_chatty_libraries_are_quiet(stream: io.StringIO) -> None:
    logs.get_logger("x").debug("not now")
    logging.getLogger("httpx").info("HTTP Request: GET …")
    assert stream.getvalue() == ""
    logging.getLogger("httpx").warning("slow")
    assert last(stream)["message"] == "slow"


def test_arabic_is_readable_in_the_log(stream: io.StringIO) -> None:
    logs.get_logger("x").info("الجلسة")
    assert "الجلسة" in stream.getvalue()
