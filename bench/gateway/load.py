"""Requests from the load generator (``load.c``), with what they cost the process that answered them."""

import contextlib
import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass

import psutil

from bench.gateway.servers import Target, program

# About 200 tokens, as a question with a little context has.
_WORDS = "Tell me how many days a week has, how many months a year, and what comes after Monday and after Friday. " * 6


@dataclass(frozen=True, slots=True)
class Found:
    """What one run found: milliseconds, and microseconds of CPU a request."""

    rate: float  # requests a second
    p50: float
    p99: float
    first_p50: float
    first_p99: float
    cpu_us: float  # of the target's processes
    database_us: float  # of the PostgreSQL beside it
    answered: int


def load(target: Target, clients: int, seconds: float, *, stream: bool, model: str | None = None) -> Found:
    """Ask it for so long with so many clients at once. Raises RuntimeError when a request failed."""
    with tempfile.NamedTemporaryFile(suffix=".http") as file:
        file.write(_request(target, stream=stream, model=model or target.model))
        file.flush()
        before = _cpu(target.pids), _cpu(target.database_pids())
        command = [str(program("load")), str(target.port), str(clients), str(seconds), file.name]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 150, check=False)
        after = _cpu(target.pids), _cpu(target.database_pids())
    if ran.returncode != 0:
        raise RuntimeError(f"the load generator failed: {ran.stderr[-2_000:]}")
    found = json.loads(ran.stdout)
    if not found["answered"] or found["failed"] or found["refused"] or found["unanswered"]:
        raise RuntimeError(f"{target.name} did not answer all: {ran.stdout} {ran.stderr[:2_000]}")
    answered = found["answered"]
    cpu_us, database_us = (1e6 * (now - then) / answered for now, then in zip(after, before, strict=True))
    return Found(
        rate=answered / found["seconds"],
        p50=found["p50"] / 1000,
        p99=found["p99"] / 1000,
        first_p50=found["first_p50"] / 1000,
        first_p99=found["first_p99"] / 1000,
        cpu_us=cpu_us,
        database_us=database_us,
        answered=answered,
    )


def _request(target: Target, *, stream: bool, model: str) -> bytes:
    asked: dict[str, object] = {"model": model, "messages": [{"role": "user", "content": _WORDS}]}
    if stream:
        asked |= {"stream": True, "stream_options": {"include_usage": True}}
    body = json.dumps(asked).encode()
    lines = [
        "POST /v1/chat/completions HTTP/1.1",
        f"host: 127.0.0.1:{target.port}",
        "content-type: application/json",
        "accept: application/json",
        "user-agent: bench",
        f"authorization: Bearer {target.key}",
        f"content-length: {len(body)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def _cpu(pids: Sequence[int]) -> float:
    """Seconds of CPU that these processes have used, those included that they started and that have ended."""
    used = 0.0
    for pid in pids:
        with contextlib.suppress(psutil.NoSuchProcess):  # it has just ended: its parent has its time
            used += sum(psutil.Process(pid).cpu_times()[:4])
    return used
