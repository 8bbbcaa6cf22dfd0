"""What breaks under load: the database is away for ten seconds, a process is killed between reserving and settling."""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2
import psutil
import pytest

from gitu.features.models.budgets.ledger import LEASE_S
from gitu.kernel import clock
from gitu.kernel.auth.principal import Role
from gitu.kernel.db import migrate
from gitu.kernel.db.embedded import EmbeddedPostgres
from tests.servers.base import ModelServer
from tests.servers.openai_compatible import openai_compatible
from tests.servers.script import Script, Usage, say
from tests.support.postgres import FAST, open_folder
from tests.support.processes import ROOT
from tests.support.server import GituServer, Person

pytestmark = [pytest.mark.slow, pytest.mark.timeout(150)]

AWAY_S = 10.0
CLIENTS = 12
COMMITTING = {**FAST, "synchronous_commit": "on"}  # what was committed outlives the process
PRICED = '["priced-model"]\ninput = 1000\noutput = 1000\n'
HALF_A_DOLLAR = Usage(100, 400)


@dataclass
class Told:
    """What the clients were told: of each answer its request's id, of all else status and code."""

    answered: list[str] = field(default_factory=list[str])
    refused: Counter[tuple[int, str]] = field(default_factory=Counter[tuple[int, str]])
    longest_s: float = 0.0


@contextmanager
def own_postgres() -> Generator[EmbeddedPostgres]:
    folder = open_folder("gitu-faults-")
    postgres = EmbeddedPostgres(folder / "postgres", folder / "run", settings=COMMITTING)
    try:
        migrate.upgrade(postgres.start())
        yield postgres
    finally:
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)


def processes_of(postgres: EmbeddedPostgres) -> list[psutil.Process]:
    """Its first process, and those that it started."""
    first = psutil.Process(int((postgres.data / "postmaster.pid").read_text().split()[0]))
    return [first, *first.children(recursive=True)]


async def killed(postgres: EmbeddedPostgres) -> None:
    for process in processes_of(postgres):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    await asyncio.sleep(AWAY_S)
    await asyncio.to_thread(postgres.start)


async def frozen(postgres: EmbeddedPostgres) -> None:
    stopped = processes_of(postgres)
    for process in stopped:
        process.suspend()
    try:
        await asyncio.sleep(AWAY_S)
    finally:
        for process in reversed(stopped):
            process.resume()


def key_for(person: Person, server: ModelServer, limit: str) -> str:
    """A key of a person who may spend ``limit`` a day on the server's one model."""
    person.post("/models/connections", {"provider": "openai_compatible", "base_url": f"{server.url}/v1"})
    made = person.post("/api-keys", {"name": "Load", "scopes": ["models:use"], "requests_per_minute": 100_000})
    person.post("/models/budgets", {"kind": "person", "period": "day", "limit": limit})
    return str(made["secret"])


async def ask(client: httpx2.AsyncClient, told: Told) -> None:
    body = {"model": "priced-model", "messages": [{"role": "user", "content": "Hello"}], "max_tokens": 500}
    began = time.monotonic()
    answer = await client.post("/v1/chat/completions", json=body)
    told.longest_s = max(told.longest_s, time.monotonic() - began)
    if answer.status_code == 200:
        told.answered.append(answer.headers["x-request-id"])
    else:
        told.refused[answer.status_code, answer.json()["error"]["gitu_code"]] += 1


@contextlib.asynccontextmanager
async def under_load(url: str, key: str) -> AsyncGenerator[Told]:
    """Clients that ask one request after the other until the block ends."""
    told, going = Told(), True
    headers = {"authorization": f"Bearer {key}"}
    async with httpx2.AsyncClient(base_url=url, headers=headers, timeout=60, trust_env=False) as client:

        async def keep_asking() -> None:
            while going:
                before = len(told.answered)
                await ask(client, told)
                await asyncio.sleep(0.01 if len(told.answered) > before else 0.1)

        tasks = [asyncio.create_task(keep_asking()) for _ in range(CLIENTS)]
        yield told
        going = False
        await asyncio.gather(*tasks)


def settled(gitu: GituServer, wanted: int) -> list[Any]:
    """Request, outcome and cost of all calls, once so many are there and all have ended."""
    deadline = time.monotonic() + 20
    while True:
        found = gitu.sql("SELECT request_id, outcome, cost, charged FROM models_calls")
        if len(found) >= wanted and all(row.outcome != "running" for row in found):
            return found
        assert time.monotonic() < deadline, (len(found), wanted, Counter(row.outcome for row in found))
        time.sleep(0.1)


@pytest.mark.parametrize("away", [killed, frozen])
def test_a_database_away_for_ten_seconds_loses_and_doubles_nothing(
    tmp_path: Path, away: Callable[[EmbeddedPostgres], Any]
) -> None:
    script = Script(otherwise=say("Yes.", usage=HALF_A_DOLLAR))
    with (
        own_postgres() as postgres,
        openai_compatible(script, models=["priced-model"]) as server,
        GituServer(postgres.start(), tmp_path / "home", jobs=False) as gitu,
    ):
        (gitu.settings.home / "prices.toml").write_text(PRICED)
        person = gitu.person(Role.ADMIN)
        key = key_for(person, server, "100000")

        async def run() -> Told:
            async with under_load(gitu.url, key) as told:
                await asyncio.sleep(2)
                await away(postgres)
                before = len(told.answered)
                for _ in range(200):
                    await asyncio.sleep(0.1)
                    if len(told.answered) >= before + 50:
                        break
            return told

        told = asyncio.run(run())
        assert {status for status, _ in told.refused} <= {503}, told.refused
        assert told.longest_s < 2 * AWAY_S + 5, told
        calls = settled(gitu, len(told.answered))
        paid = Counter(str(row.request_id) for row in calls if row.outcome == "ok")
        assert set(told.answered) <= set(paid)
        assert max(paid.values()) == 1
        assert len(paid) == len(server.asked)
        (budget,) = person.get("/models/budgets")["items"]
        assert Decimal(budget["spent"]) == sum(row.charged or 0 for row in calls) == Decimal("0.5") * len(paid)
        assert len(told.answered) >= 50, "nothing was answered once it was back"


@pytest.fixture
def served(gitu: GituServer) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A further server over the same database and home, in a process of its own; its address and the process."""
    env = {
        **os.environ,
        "GITU_HOME": str(gitu.settings.home),
        "GITU_DATABASE_URL": gitu.database_url,
        "GITU_DISCOVER_MODELS": "false",
    }
    command = [sys.executable, "-m", "gitu", "serve", "--port", "18400"]
    with subprocess.Popen(command, env=env, cwd=ROOT / "src", stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            line = next(line for line in process.stderr if "is ready" in line)
            yield line.split()[-1], process
        finally:
            process.kill()


def test_a_process_killed_before_it_settled_costs_what_it_had_set_aside_and_no_more(
    gitu: GituServer, served: tuple[str, subprocess.Popen[str]]
) -> None:
    url, process = served
    (gitu.settings.home / "prices.toml").write_text(PRICED)
    script = Script(otherwise=say("never", hang_after=0))
    with openai_compatible(script, models=["priced-model"]) as server:
        person = gitu.person(Role.ADMIN)
        key = key_for(person, server, "10")

        async def five_at_once() -> None:
            headers = {"authorization": f"Bearer {key}"}
            async with httpx2.AsyncClient(base_url=url, headers=headers, timeout=60, trust_env=False) as client:
                asking = [asyncio.create_task(ask(client, Told())) for _ in range(5)]
                while len(rows_of(gitu, person)) < 5:
                    await asyncio.sleep(0.05)
                process.send_signal(signal.SIGKILL)
                await asyncio.gather(*asking, return_exceptions=True)

        asyncio.run(five_at_once())
        assert process.wait(10) == -signal.SIGKILL
        assert {row.outcome for row in rows_of(gitu, person)} == {"running"}
        script.otherwise = say("Yes.", usage=HALF_A_DOLLAR)
        with clock.travel(timedelta(seconds=LEASE_S + 1), ticking=True):
            told = asyncio.run(until_refused(gitu.url, key))
        lost = [row for row in rows_of(gitu, person) if row.error_code == "models.process_lost"]
        assert [row.outcome for row in lost] == ["cut"] * 5
        assert all(row.cost == row.charged == row.reserved > 0 for row in lost)
        assert set(told.refused) == {(429, "models.budget_reached")}
        deadline = time.monotonic() + 10
        while sum(row.outcome == "ok" for row in rows_of(gitu, person)) < len(told.answered):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        rows = rows_of(gitu, person)
        assert sum(row.outcome == "ok" for row in rows) == len(told.answered) > 0
        (budget,) = person.get("/models/budgets")["items"]
        spent, unaccounted = Decimal(budget["spent"]), Decimal(budget["lost"])
        assert spent == sum(row.charged or 0 for row in rows) + unaccounted
        assert spent <= 10


async def until_refused(url: str, key: str) -> Told:
    """One request after the other until one is refused."""
    told, headers = Told(), {"authorization": f"Bearer {key}"}
    async with httpx2.AsyncClient(base_url=url, headers=headers, timeout=60, trust_env=False) as client:
        while not told.refused:
            await ask(client, told)
    return told


def rows_of(gitu: GituServer, person: Person) -> list[Any]:
    return gitu.sql(
        "SELECT outcome, error_code, cost, charged, reserved FROM models_calls WHERE owner_id = :owner", owner=person.id
    )
