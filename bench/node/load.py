"""A lean load generator for /v1/completions, in a process of its own.

    python -m bench.node.load PORT JSON      prints one JSON object

Open loop: requests leave at fixed random moments (Poisson), whether earlier ones are answered or not, so that a slow
server can't slow its own load. Closed loop: so many clients, each with one request under way.
"""

import asyncio
import json
import random
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field

from bench.servers import ROOT, environment

_QUESTION = "Tell me how many days a week has, how many months a year, and what comes after Monday and after Friday. "
_HEAD = b"POST /v1/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to send. ``rate`` (requests a second) makes an open loop, ``clients`` a closed one."""

    seconds: float
    rate: float = 0.0
    clients: int = 0
    tokens: int = 64
    long_tokens: int = 0  # of one more client that sends long requests without a pause, not counted
    model: str = "bench-10m"
    seed: int = 1
    stream: bool = False


@dataclass(slots=True)
class Found:
    """What came of it; milliseconds. ``late`` is how late the generator itself was in sending, at its worst."""

    times: list[float] = field(default_factory=list[float])
    firsts: list[float] = field(default_factory=list[float])
    tokens: int = 0
    failures: int = 0
    seconds: float = 0.0
    cpu_s: float = 0.0
    late: float = 0.0

    def quantile(self, share: float) -> float:
        """The time within which this share of the requests was answered."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class _Sender:
    """Connections that are kept and used again."""

    def __init__(self, port: int, plan: Plan, found: Found) -> None:
        self._port = port
        self._plan = plan
        self._found = found
        self._free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self._random = random.Random(plan.seed)

    def _request(self, tokens: int) -> bytes:
        # Different beginnings, so that no server answers from a cache.
        prompt = f"{self._random.randrange(1000):03} {_QUESTION}"
        body = json.dumps(
            {
                "model": self._plan.model,
                "prompt": prompt,
                "max_tokens": tokens,
                "temperature": 0,
                "stream": self._plan.stream,
            }
        ).encode()
        return _HEAD + f"Content-Length: {len(body)}\r\n\r\n".encode() + body

    async def send(self, tokens: int, *, count: bool = True) -> None:
        """One request to its end."""
        request = self._request(tokens)
        began = time.perf_counter()
        try:
            reader, writer = self._free.pop() if self._free else await asyncio.open_connection("127.0.0.1", self._port)
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            first = 0.0
            if b"transfer-encoding: chunked" in head:
                body = b""
                while size := int(await reader.readline(), 16):
                    first = first or time.perf_counter()
                    body += await reader.readexactly(size)
                    await reader.readexactly(2)
                await reader.readline()
            else:
                length = int(head[head.index(b"content-length:") + 15 :].split(b"\r\n", 1)[0])
                body = await reader.readexactly(length)
        except (OSError, asyncio.IncompleteReadError, ValueError):
            self._found.failures += 1
            return
        ended = time.perf_counter()
        self._free.append((reader, writer))
        if not count:
            return
        if head[9:12] != b"200":
            self._found.failures += 1
            return
        self._found.times.append((ended - began) * 1000)
        if self._plan.stream:
            self._found.firsts.append((first - began) * 1000)
        else:
            self._found.tokens += json.loads(body)["usage"]["completion_tokens"]

    def close(self) -> None:
        """Close what is free."""
        for _, writer in self._free:
            writer.close()


async def _run(port: int, plan: Plan) -> Found:
    found = Found()
    sender = _Sender(port, plan, found)
    used, began = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    end = began + plan.seconds
    extra = asyncio.create_task(_long(sender, plan.long_tokens)) if plan.long_tokens else None
    if plan.rate:
        sent: list[asyncio.Task[None]] = []
        at, arrivals = began, random.Random(plan.seed)
        while (at := at + arrivals.expovariate(plan.rate)) < end:
            await asyncio.sleep(max(0.0, at - time.perf_counter()))
            found.late = max(found.late, (time.perf_counter() - at) * 1000)
            sent.append(asyncio.create_task(sender.send(plan.tokens)))
        await asyncio.gather(*sent)
    else:
        await asyncio.gather(*(_client(sender, plan.tokens, end) for _ in range(plan.clients)))
    found.seconds = time.perf_counter() - began
    if extra is not None:
        extra.cancel()
    sender.close()
    now = resource.getrusage(resource.RUSAGE_SELF)
    found.cpu_s = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
    return found


async def _client(sender: _Sender, tokens: int, end: float) -> None:
    while time.perf_counter() < end:
        await sender.send(tokens)


async def _long(sender: _Sender, tokens: int) -> None:
    while True:
        await sender.send(tokens, count=False)


def load(port: int, plan: Plan) -> Found:
    """Run the generator. Raises RuntimeError when a request failed."""
    command = [sys.executable, "-m", "bench.node.load", str(port), json.dumps(asdict(plan))]
    done = subprocess.run(
        command, env=environment(), cwd=ROOT, capture_output=True, text=True, timeout=plan.seconds + 120, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"the load generator failed: {done.stderr[-2_000:]}")
    found = Found(**json.loads(done.stdout))
    if found.failures or not found.times:
        raise RuntimeError(f"{found.failures} requests failed, {len(found.times)} did not")
    return found


def main() -> None:
    """The generator as a program."""
    print(json.dumps(asdict(asyncio.run(_run(int(sys.argv[1]), Plan(**json.loads(sys.argv[2])))))))


if __name__ == "__main__":
    main()
