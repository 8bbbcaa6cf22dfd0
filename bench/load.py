"""A lean load generator, in a process of its own: keep-alive connections, each with one request under way.

    python -m bench.load PORT PATH TOKEN CLIENTS SECONDS     prints one JSON object

An answer is taken apart no further than to its length, so that the generator costs little of the machine
it shares with the server. It tells its own CPU time.
"""

import asyncio
import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import cast

from bench.servers import ROOT, environment

_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Load:
    """What came of one run. Times are milliseconds; ``cpu_ms`` is the generator's own for each request."""

    requests: int
    failures: int
    seconds: float
    p50: float
    p99: float
    cpu_ms: float
    answer_bytes: int
    rates: list[float]

    @property
    def rate(self) -> float:
        """Requests answered in a second."""
        return self.requests / self.seconds


class _Client(asyncio.Protocol):
    def __init__(self, request: bytes, times: list[float], ends: list[float]) -> None:
        self._request, self._times, self._ends = request, times, ends
        self._buffer = b""
        self._missing = -1  # bytes of the body still to come; -1 while the head is incomplete
        self._sent = 0.0
        self._transport: asyncio.WriteTransport
        self.failures = 0
        self.size = 0
        self.stopping = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)  # uvloop's own is no subclass of it
        self._send()

    def _send(self) -> None:
        self._buffer, self._missing = b"", -1
        self._sent = time.perf_counter()
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        if self._missing < 0:
            self._buffer += data
            end = self._buffer.find(_END)
            if end < 0:
                return
            head = self._buffer[:end].lower()
            at = head.index(b"content-length:") + 15
            length = int(head[at:].split(b"\r\n", 1)[0])
            self.failures += head[9:12] != b"200"
            self.size = length
            self._missing = length - (len(self._buffer) - end - len(_END))
        else:
            self._missing -= len(data)
        if self._missing <= 0:
            now = time.perf_counter()
            self._times.append(now - self._sent)
            self._ends.append(now)
            if self.stopping:
                self._transport.close()
            else:
                self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        self.failures += not self.stopping


async def _run(port: int, path: str, token: str, clients: int, seconds: float) -> Load:
    request = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\nAccept: */*\r\n\r\n"
    ).encode()
    times: list[float] = []
    ends: list[float] = []
    loop = asyncio.get_running_loop()
    cpu, began = _cpu(), time.perf_counter()
    made = [
        (await loop.create_connection(lambda: _Client(request, times, ends), "127.0.0.1", port))[1]
        for _ in range(clients)
    ]
    await asyncio.sleep(seconds)
    for client in made:
        client.stopping = True
    took, used, count = time.perf_counter() - began, _cpu() - cpu, len(times)
    await asyncio.sleep(0.2)
    if not count:
        raise RuntimeError(f"no request to {path} was answered in {seconds} s")
    ordered = sorted(times[:count])
    marks = [began + took * part / 5 for part in range(6)]
    return Load(
        requests=count,
        failures=sum(client.failures for client in made),
        seconds=took,
        p50=ordered[count // 2] * 1000,
        p99=ordered[int(count * 0.99)] * 1000,
        cpu_ms=used / count * 1000,
        answer_bytes=made[0].size,
        rates=[sum(low <= end < high for end in ends) / (high - low) for low, high in pairwise(marks)],
    )


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def load(port: int, path: str, token: str, *, clients: int, seconds: float) -> Load:
    """Run the generator in a process of its own. Raises RuntimeError when a request failed."""
    command = [sys.executable, "-m", "bench.load", str(port), path, token, str(clients), str(seconds)]
    done = subprocess.run(
        command, env=environment(), cwd=ROOT, capture_output=True, text=True, timeout=seconds + 60, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"the load generator failed: {done.stderr[-2_000:]}")
    found = Load(**json.loads(done.stdout))
    if found.failures:
        raise RuntimeError(f"{found.failures} of {found.requests} requests to {path} failed")
    return found


def main() -> None:
    """The generator as a program."""
    port, path, token, clients, seconds = sys.argv[1:]
    try:
        import uvloop

        run = uvloop.run
    except ImportError:
        run = asyncio.run
    found = run(_run(int(port), path, token, int(clients), float(seconds)))
    print(json.dumps(asdict(found)))


if __name__ == "__main__":
    main()
