"""Many windows: the memory of idle sockets, and how fast an event reaches all of them."""

import asyncio
import json
import time

from websockets.asyncio.client import ClientConnection, connect

from bench.figures import Section
from bench.servers import Gitu, memory_of

SOCKETS, EVENTS, SETTLE_S = 200, 15, 2


def sockets(gitu: Gitu, token: str) -> Section:
    """200 sockets of one person."""
    section = Section(
        "Live windows",
        f"{SOCKETS} WebSockets of one person, opened by this process and left idle: the growth of the server's PSS by "
        f"socket, {SETTLE_S} s after the last was opened. Then {EVENTS} conversations are renamed, one after the "
        "other: from sending the request until the last of the sockets has the event.",
    )
    memory, times = asyncio.run(_measure(gitu, token))
    section.add("memory of an idle socket", memory, "KB")
    section.add(f"an event at all {SOCKETS} sockets", times, "ms")
    return section


async def _measure(gitu: Gitu, token: str) -> tuple[float, list[float]]:
    session = gitu.call("POST", "/sessions", {}, token)["id"]
    before = memory_of(gitu.pid).pss
    opened = [await _open(gitu, token) for _ in range(SOCKETS)]
    await asyncio.sleep(SETTLE_S)
    memory = (memory_of(gitu.pid).pss - before) * 1000 / SOCKETS
    times: list[float] = []
    for number in range(EVENTS):
        began = time.perf_counter()
        renaming = asyncio.to_thread(gitu.call, "PATCH", f"/sessions/{session}", {"title": f"Name {number}"}, token)
        await asyncio.gather(renaming, *(_next_event(one) for one in opened))
        times.append((time.perf_counter() - began) * 1000)
    await asyncio.gather(*(one.close() for one in opened))
    return memory, times


async def _open(gitu: Gitu, token: str) -> ClientConnection:
    headers = {"authorization": f"Bearer {token}"}
    opened = await connect(f"ws://127.0.0.1:{gitu.port}/api/v1/ws", additional_headers=headers, compression=None)
    assert json.loads(await opened.recv())["type"] == "ready"
    return opened


async def _next_event(socket: ClientConnection) -> None:
    async with asyncio.timeout(20):
        while json.loads(await socket.recv())["type"] != "event":
            pass
