"""Budgets in a world whose one model costs something: a dollar for a thousand tokens, in and out."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from gitu.features.models.budgets.ledger import Ledger
from gitu.features.models.budgets.schemas import Budget
from gitu.features.models.desk import ModelDesk
from gitu.kernel.audit.recorder import AuditRecorder
from gitu.kernel.auth.principal import Principal
from gitu.kernel.cache import MemoryCache
from gitu.kernel.db.engine import Database
from gitu.kernel.events.bus import EventBus
from gitu.kernel.services import Services
from tests.features.models.conftest import World

if TYPE_CHECKING:
    from gitu.kernel.actions.paging import Page

PRICED = '["test-model"]\ninput = 1000\noutput = 1000\n\n["cheap-model"]\ninput = 0.001\noutput = 0.001\n'


def priced(world: World, prices: str = PRICED) -> World:
    """The world with prices of its own."""
    (world.services.home.root / "prices.toml").write_text(prices)
    return world


async def budget(world: World, who: Principal, kind: str = "person", limit: str = "100", **more: Any) -> Budget:
    """A budget a day, as an action makes it."""
    made = await world.do(who, "models.create_budget", **{"kind": kind, "period": "day", "limit": limit, **more})
    assert isinstance(made, Budget)
    return made


async def standing(world: World, who: Principal) -> list[Budget]:
    """The person's budgets as they stand once everything is written and given back."""
    desk = world.services.resource(ModelDesk)
    await desk.recorder.flush()
    page: Page[Budget] = await world.do(who, "models.list_budgets")
    return page.items


async def given_back(world: World, who: Principal) -> list[Budget]:
    """The same, once what nobody uses was given back."""
    for _ in range(100):
        found = await standing(world, who)
        if all(one.reserved == 0 for one in found):
            return found
        await asyncio.sleep(0.05)
    raise AssertionError("what was set aside was never given back")


def ledger_of(world: World) -> Ledger:
    return world.services.resource(ModelDesk).ledger


@asynccontextmanager
async def another_process(world: World) -> AsyncGenerator[World]:
    """A second Gitu over the same database and home, as a second process would be."""
    database = Database(world.services.database.url, pool_size=4)
    bus, audit = EventBus(database), AuditRecorder(database)
    await bus.start()
    audit.start()
    ours = world.services
    services = Services(
        settings=ours.settings, home=ours.home, database=database, keyring=ours.keyring, bus=bus, audit=audit,
        cache=MemoryCache(),
    )  # fmt: skip
    try:
        yield World(services)
    finally:
        await services.aclose()
