"""Questions that are asked often answer as the session would, and outlive lost connections."""

import asyncio
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import JSON, DateTime, Integer, Numeric, Text, Uuid, bindparam, literal, select, text

from gitu.kernel.db.asking import Question
from gitu.kernel.db.engine import plain_rows
from gitu.kernel.services import Services

ID = UUID("0190163d-8694-739b-aea5-966c26f8ad91")
AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

EVERY_TYPE = select(
    bindparam("id", type_=Uuid()).label("id"),
    bindparam("at", type_=DateTime(timezone=True)).label("at"),
    bindparam("amount", type_=Numeric()).label("amount"),
    bindparam("data", type_=JSON()).label("data"),
    bindparam("words", type_=Text()).label("words"),
    literal("always").label("own"),
    bindparam("nothing", type_=Integer()).label("nothing"),
)
VALUES = {
    "id": ID,
    "at": AT,
    "amount": Decimal("12.500"),
    "data": {"a": [1, None, "ب"]},
    "words": "النص",
    "nothing": None,
}


async def test_values_go_and_come_as_through_the_session(services: Services) -> None:
    question = Question(EVERY_TYPE)
    async with services.database.reader() as db:
        asked = await plain_rows(db, question, VALUES)
        through_the_session = await plain_rows(db, EVERY_TYPE, VALUES)
    async with services.database.transaction() as db:
        in_a_transaction = await plain_rows(db, question, VALUES)
    expected = (ID, AT, Decimal("12.500"), {"a": [1, None, "ب"]}, "النص", "always", None)
    assert [tuple(row) for row in asked] == [expected]
    assert [tuple(row) for row in through_the_session] == [expected]
    assert [tuple(row) for row in in_a_transaction] == [expected]


async def test_a_missing_value_is_an_error(services: Services) -> None:
    with pytest.raises(KeyError, match="words"):
        await services.database.ask(Question(EVERY_TYPE), {key: VALUES[key] for key in VALUES if key != "words"})


async def test_a_list_behind_an_in_is_refused(services: Services) -> None:
    statement = select(literal(1)).where(literal(1).in_([1, 2]))
    with pytest.raises(ValueError, match="IN"):
        await services.database.ask(Question(statement))


async def test_a_question_that_fails_leaves_the_connection_in_use(services: Services) -> None:
    whose = Question(text("SELECT pg_backend_pid()"))
    ((before,),) = await services.database.ask(whose)
    with pytest.raises(asyncpg.DivisionByZeroError):
        await services.database.ask(Question(text("SELECT 1 / 0")))
    ((after,),) = await services.database.ask(whose)
    assert before == after


async def test_many_at_once_share_a_bounded_number_of_connections(services: Services) -> None:
    whose = Question(text("SELECT pg_backend_pid() FROM (SELECT pg_sleep(0.01)) AS slept"))
    answers = await asyncio.gather(*(services.database.ask(whose) for _ in range(60)))
    assert len({pid for ((pid,),) in answers}) <= 10


async def test_one_given_up_midway_takes_its_connection_along(services: Services) -> None:
    asking = asyncio.create_task(services.database.ask(Question(text("SELECT pg_sleep(30)"))))
    await asyncio.sleep(0.1)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert [tuple(row) for row in await services.database.ask(Question(text("SELECT 7")))] == [(7,)]


async def test_connections_that_the_server_closed_are_made_anew(services: Services) -> None:
    whose = Question(text("SELECT pg_backend_pid()"))
    ((pid,),) = await services.database.ask(whose)
    async with services.database.transaction() as db:
        await db.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    await asyncio.sleep(0.1)  # until the driver has heard of it
    ((other,),) = await services.database.ask(whose)
    assert other != pid
