"""What checks of nodes find beside what calls show."""

import asyncio
from dataclasses import dataclass
from uuid import uuid4

import pytest

from gitu.features.models.errors import ModelRateLimited, ModelUnreachable
from gitu.features.models.routing.health import Health
from gitu.features.models.tables import ConnectionRow

pytestmark = pytest.mark.anyio


@dataclass(frozen=True)
class Step:
    row: ConnectionRow


def step() -> Step:
    return Step(ConnectionRow(id=uuid4()))


def test_who_is_away_is_left_out_unless_nobody_else_is_there() -> None:
    health, one, other = Health(), step(), step()
    assert health.present([one, other]) == [one, other]
    health.set_away(one.row.id)
    assert health.rests(one.row.id)
    assert health.present([one, other]) == [other]
    assert health.present([one]) == [one]
    health.set_back(one.row.id)
    assert health.present([one, other]) == [one, other]


def test_who_is_back_does_not_rest_any_longer_for_having_been_unreachable() -> None:
    health, one = Health(), step().row.id
    health.ended(one, ModelUnreachable(model="m", connection="c", address="a"))
    assert health.rests(one)
    health.set_back(one)
    assert not health.rests(one)


def test_a_look_that_goes_well_does_not_lift_a_rate_limit() -> None:
    health, one = Health(), step().row.id
    health.ended(one, ModelRateLimited(model="m", connection="c"))
    health.set_back(one)
    assert health.rests(one)


async def test_who_waits_for_somebody_that_is_gone_waits_no_longer() -> None:
    health, one = Health(), step().row.id

    async def wait() -> None:
        async with asyncio.timeout(30) as scope:
            with health.waiting(one, scope):
                await asyncio.sleep(30)

    waiting = asyncio.ensure_future(wait())
    await asyncio.sleep(0)
    health.set_gone(one)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(waiting, 1)
    assert health.gone(one)
    health.set_back(one)
    assert not health.gone(one)
