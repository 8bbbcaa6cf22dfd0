"""What the way through ``execute`` costs: validation, authorisation, transaction, audit, events, metrics."""

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING

from pydantic import BaseModel
from sqlalchemy import text

from bench.figures import Section
from bench.servers import Gitu
from gitu.app import open_services
from gitu.features.identity.api import owner_principal
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.execute import Call, execute
from gitu.kernel.actions.kinds import Door
from gitu.kernel.actions.registry import Risk, action
from gitu.kernel.actions.validation import Input
from gitu.kernel.auth.principal import Principal, Role
from gitu.kernel.auth.scopes import declare_scope
from gitu.kernel.errors import ApprovalNeeded
from gitu.kernel.ids import new_id
from gitu.kernel.services import Services
from gitu.kernel.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

SCOPE = declare_scope("bench:run", role=Role.OWNER, title="Measure")
BATCHES, BATCH = 12, 100
PENDING, PAGE = 1_000, 100


class Number(Input):
    """A number to give back."""

    number: int


class Answer(BaseModel):
    """The number."""

    number: int


@action("bench.read_number", scope=SCOPE, risk=Risk.READ)
async def read_number(ctx: Context, data: Number) -> Answer:
    """Give the number back."""
    return Answer(number=data.number)


@action("bench.write_number", scope=SCOPE, risk=Risk.WRITE)
async def write_number(ctx: Context, data: Number) -> Answer:
    """Give the number back, in a transaction."""
    return Answer(number=data.number)


@action("bench.burn_number", scope=SCOPE, risk=Risk.DANGEROUS)
async def burn_number(ctx: Context, data: Number) -> Answer:
    """Give the number back, and never again."""
    return Answer(number=data.number)


def gate(gitu: Gitu) -> Section:
    """The cost of a call that itself does nothing, for a read and a write."""
    section = Section(
        "The way every action goes",
        "Two actions that only give back a number, called through `execute` in a process that has a database "
        f"of its own ({BATCHES} batches of {BATCH} calls, one after the other): CPU of this process (which includes "
        "the rows of the audit log written in batches meanwhile) and time of the clock for each call. A bare "
        "transaction with `SELECT 1` is measured in turn. The assistant's calls find their grant among those of the "
        "person, under an idempotency key each, as in an answer.",
    )
    cpu, clock, listing = asyncio.run(_measure(gitu))
    for name, kind in (
        ("read", "read"),
        ("write", "write"),
        ("read by the assistant", "agent read"),
        ("write by the assistant, granted", "agent write"),
        ("bare transaction", "bare"),
    ):
        section.add(f"{name}: CPU", cpu[kind], "ms", goal=2 if kind.startswith("agent") else None)
        section.add(f"{name}: time", clock[kind], "ms")
    section.add(f"a page of {PAGE} of {PENDING:,} pending approvals: time", listing, "ms", goal=50)
    return section


async def _measure(gitu: Gitu) -> tuple[dict[str, list[float]], dict[str, list[float]], list[float]]:
    services = await open_services(Settings(home=gitu.home.root), gitu.database_url())
    try:
        owner = await owner_principal(services)
        assert owner is not None
        call, agent = Call(Door.REST), owner.as_agent()
        for covers in ("bench.write_number", "bench.read_number"):
            await execute(services, owner, "trust.create_grant", {"covers": covers}, call)

        async def read() -> None:
            await execute(services, owner, "bench.read_number", {"number": 1}, call)

        async def write() -> None:
            await execute(services, owner, "bench.write_number", {"number": 1}, call)

        async def agent_read() -> None:
            await execute(services, agent, "bench.read_number", {"number": 1}, _of_a_turn())

        async def agent_write() -> None:
            await execute(services, agent, "bench.write_number", {"number": 1}, _of_a_turn())

        async def bare() -> None:
            async with services.database.transaction() as db:
                await db.execute(text("SELECT 1"))

        ways: dict[str, Callable[[], Awaitable[None]]] = {
            "read": read,
            "write": write,
            "agent read": agent_read,
            "agent write": agent_write,
            "bare": bare,
        }
        cpu: dict[str, list[float]] = {kind: [] for kind in ways}
        clock: dict[str, list[float]] = {kind: [] for kind in ways}
        for batch in range(-1, BATCHES):
            for kind, way in ways.items():
                used, began = time.process_time(), time.perf_counter()
                for _ in range(BATCH):
                    await way()
                if batch >= 0:
                    cpu[kind].append((time.process_time() - used) / BATCH * 1000)
                    clock[kind].append((time.perf_counter() - began) / BATCH * 1000)
        return cpu, clock, await _list_pending(services, owner)
    finally:
        await services.aclose()


def _of_a_turn() -> Call:
    """A call as an answer makes them: under a key of its own, from a conversation."""
    key = new_id()
    return Call(Door.AGENT, idempotency_key=str(key), origin={"session_id": str(key), "turn_id": str(key)})


async def _list_pending(services: Services, owner: Principal) -> list[float]:
    """Milliseconds for one page of as many pending requests as there may be."""
    for number in range(PENDING):
        with contextlib.suppress(ApprovalNeeded):
            await execute(services, owner.as_agent(), "bench.burn_number", {"number": number}, _of_a_turn())
    taken: list[float] = []
    for _ in range(20):
        began = time.perf_counter()
        await execute(services, owner, "trust.list_approvals", {"state": "pending", "limit": PAGE}, Call(Door.REST))
        taken.append((time.perf_counter() - began) * 1000)
    return taken
