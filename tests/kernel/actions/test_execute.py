"""One way to run an action: checked, audited, its events told, and run once per idempotency key."""

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, SecretStr
from sqlalchemy import text

from gitu.kernel.actions.context import Context
from gitu.kernel.actions.execute import Call, execute, perform_approved
from gitu.kernel.actions.registry import PEOPLE_DOORS, Door, Nothing, Registry, Risk, action, registry
from gitu.kernel.actions.tables import ApprovalRow
from gitu.kernel.actions.validation import Input, digest, validate
from gitu.kernel.auth.principal import ANONYMOUS, SYSTEM, Kind, Principal, Role
from gitu.kernel.auth.scopes import declare_scope
from gitu.kernel.errors import (
    ActionUnknown,
    ApprovalNeeded,
    Conflict,
    Denied,
    DoorClosed,
    IdempotencyKeyReused,
    IdempotencyReplayHidden,
    Invalid,
    Unauthenticated,
)
from gitu.kernel.events.types import Event, Recorded
from gitu.kernel.ids import new_id
from gitu.kernel.services import Services
from tests.support.services import run

pytestmark = pytest.mark.anyio

USE = declare_scope("testing:use", role=Role.MEMBER, title="Use what tests declare")
ran: Counter[str] = Counter()
order: list[str] = []


class Word(Input):
    word: str = "hello"
    fail: bool = False


class Said(BaseModel):
    word: str
    times: int


class Spoken(Event):
    type = "testing.spoken"
    word: str


@action("testing.say_word", scope=USE, risk=Risk.WRITE, http="POST /testing/words")
async def say_word(ctx: Context, data: Word) -> Said:
    """Say a word."""
    ran[data.word] += 1
    await asyncio.sleep(0.02)
    ctx.emit(Spoken(word=data.word))
    ctx.audit_detail["times"] = ran[data.word]

    async def first() -> None:
        order.append("first")

    async def broken() -> None:
        order.append("broken")
        raise OSError("after the commit")

    for callback in (first, broken, first):
        ctx.after_commit(callback)
    if data.fail:
        raise ZeroDivisionError
    return Said(word=data.word, times=ran[data.word])


@action("testing.read_word", scope=USE, risk=Risk.READ)
async def read_word(ctx: Context, data: Word) -> Said:
    """Read a word."""
    assert ctx.locale == "en"
    return Said(word=data.word, times=0)


@action("testing.peek_word", scope=USE, risk=Risk.READ, untracked=True)
async def peek_word(ctx: Context, data: Word) -> Said:
    """Read a word, untold."""
    return Said(word=data.word, times=0)


@action("testing.burn_word", scope=USE, risk=Risk.DANGEROUS)
async def burn_word(ctx: Context, data: Word) -> Said:
    """Burn a word."""
    return Said(word=data.word, times=1)


@action("testing.make_secret", scope=USE, risk=Risk.WRITE, secret_output=True)
async def make_secret(ctx: Context, data: Word) -> Said:
    """Make a secret."""
    return Said(word="secret", times=1)


@action("testing.knock_door", scope=None, risk=Risk.WRITE)
async def knock_door(ctx: Context, data: Nothing) -> Nothing:
    """Knock before signing in."""
    ctx.user_id  # noqa: B018 - raises
    return Nothing()


AMAL = Principal(Kind.PERSON, user_id=UUID(int=7), role=Role.MEMBER, name="Amal")


@pytest.fixture(autouse=True)
def forget() -> None:
    ran.clear()
    order.clear()


async def rows(services: Services, table: str = "audit") -> list[dict[str, Any]]:
    await services.audit.flush()
    async with services.database.reader() as db:
        return [dict(row) for row in (await db.execute(text(f"SELECT * FROM {table} ORDER BY id"))).mappings()]


async def test_a_write_leaves_its_audit_row_and_event_and_callbacks_run_in_order(services: Services) -> None:
    heard: list[Recorded] = []
    services.bus.listen(heard.append, owner_id=AMAL.user_id)
    answer = await run(services, AMAL, "testing.say_word", word="salam")
    assert answer == Said(word="salam", times=1)
    (row,) = await rows(services)
    assert (row["action"], row["outcome"], row["detail"]) == (
        "testing.say_word",
        "ok",
        {"call_id": row["detail"]["call_id"], "times": 1},
    )
    assert [event.data for event in heard] == [{"word": "salam"}]
    assert order == ["first", "broken", "first"]  # one that fails stops nothing


async def test_a_failed_write_leaves_nothing_but_a_row_that_says_so(services: Services) -> None:
    with pytest.raises(ZeroDivisionError):
        await run(services, AMAL, "testing.say_word", key="k", fail=True)
    (row,) = await rows(services)
    assert (row["outcome"], row["error_code"]) == ("failed", "internal")
    assert await rows(services, "events") == []
    assert order == []
    assert await run(services, AMAL, "testing.say_word", key="k", word="again")  # the key is free again


async def test_reads_are_audited_but_those_that_screens_poll(services: Services) -> None:
    await run(services, AMAL, "testing.read_word")
    await run(services, AMAL, "testing.peek_word")
    assert [row["action"] for row in await rows(services)] == ["testing.read_word"]


async def test_refusals_are_audited(services: Services) -> None:
    guest = Principal(Kind.PERSON, user_id=UUID(int=8), role=Role.GUEST)
    narrow = Principal(Kind.API_KEY, user_id=UUID(int=9), role=Role.OWNER, limited_to=frozenset({"other:use"}))
    with pytest.raises(Denied, match="testing:use"):
        await run(services, guest, "testing.say_word")
    with pytest.raises(Denied):
        await run(services, narrow, "testing.say_word")
    with pytest.raises(Unauthenticated):
        await run(services, ANONYMOUS, "testing.say_word")
    with pytest.raises(DoorClosed):
        await run(services, AMAL.as_agent(), "testing.make_secret", door=Door.AGENT)
    with pytest.raises(DoorClosed):
        await run(services, AMAL.as_agent(), "testing.make_secret")
    with pytest.raises(Unauthenticated):
        await run(services, ANONYMOUS, "testing.knock_door")
    assert {row["outcome"] for row in await rows(services)} == {"denied"}
    assert len(await rows(services)) == 6
    assert await run(services, SYSTEM, "testing.say_word", door=Door.SYSTEM)


async def test_bad_input_names_every_field_and_is_audited(services: Services) -> None:
    with pytest.raises(Invalid) as raised:
        await run(services, AMAL, "testing.say_word", word=3, colour="red")
    assert [field.path for field in raised.value.fields] == ["word", "colour"]
    for bad in ("\x00", "\ud800"):
        with pytest.raises(Invalid):
            await run(services, AMAL, "testing.say_word", word=bad)
    assert {row["error_code"] for row in await rows(services)} == {"input.invalid"}


async def test_an_unknown_action_is_answered_with_the_nearest(services: Services) -> None:
    with pytest.raises(ActionUnknown, match=r"Did you mean testing\.say_word"):
        await run(services, AMAL, "testing.say_wrd")


async def test_what_cannot_be_undone_waits_when_a_delegate_asks(services: Services) -> None:
    agent = AMAL.as_agent()
    call = Call(door=Door.AGENT, origin={"turn_id": UUID(int=5)})
    with pytest.raises(ApprovalNeeded) as raised:
        await execute(services, agent, "testing.burn_word", {"word": "x"}, call)
    (row,) = await rows(services)
    assert (row["outcome"], row["detail"]["approval_id"]) == ("held", raised.value.params["approval_id"])
    assert [event["type"] for event in await rows(services, "events")] == ["approval.requested"]
    assert await run(services, AMAL, "testing.burn_word")  # their own call is their approval


async def test_an_approved_request_runs_exactly_as_it_was_held(services: Services) -> None:
    agent = AMAL.as_agent()
    with pytest.raises(ApprovalNeeded) as raised:
        await run(services, agent, "testing.burn_word", door=Door.AGENT, word="x")
    async with services.database.transaction() as db:
        held = await db.get(ApprovalRow, UUID(raised.value.params["approval_id"]))
        assert held is not None
        ctx = Context(services=services, principal=AMAL, db=db, door=Door.REST)
        assert await perform_approved(ctx, held) == {"word": "x", "times": 1}
        held.input = {"word": "y"}
        with pytest.raises(Conflict):
            await perform_approved(ctx, held)
    assert [row["outcome"] for row in await rows(services)] == ["held", "ok"]


async def test_the_same_key_at_the_same_moment_runs_once(services: Services) -> None:
    answers = await asyncio.gather(*(run(services, AMAL, "testing.say_word", key="one", word="once") for _ in range(8)))
    assert ran["once"] == 1
    assert answers == [Said(word="once", times=1)] * 8
    assert len(await rows(services)) == len(await rows(services, "events")) == 1


async def test_a_key_belongs_to_its_input_and_to_its_person(services: Services) -> None:
    await run(services, AMAL, "testing.say_word", key="k", word="a")
    with pytest.raises(IdempotencyKeyReused):
        await run(services, AMAL, "testing.say_word", key="k", word="b")
    other = Principal(Kind.PERSON, user_id=UUID(int=99), role=Role.MEMBER)
    assert await run(services, other, "testing.say_word", key="k", word="b") == Said(word="b", times=1)


async def test_an_answer_that_holds_a_secret_is_not_replayed(services: Services) -> None:
    await run(services, AMAL, "testing.make_secret", key="s")
    with pytest.raises(IdempotencyReplayHidden):
        await run(services, AMAL, "testing.make_secret", key="s")


@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=1, max_size=8))
async def test_however_calls_mix_each_key_succeeds_at_most_once(
    services: Services, calls: list[tuple[int, bool]]
) -> None:
    prefix = str(new_id())

    async def one(key: int, fail: bool) -> bool:
        try:
            word = f"{prefix}-{key}-{fail}"
            await run(services, AMAL, "testing.say_word", key=f"{prefix}-{key}", word=word, fail=fail)
        except (ZeroDivisionError, IdempotencyKeyReused):
            return False
        return True

    await asyncio.gather(*(one(*call) for call in calls))
    assert all(ran[f"{prefix}-{key}-False"] <= 1 for key in range(3))


async def test_when_even_the_audit_row_fails_the_first_error_is_told(services: Services) -> None:
    async with services.database.transaction() as db:
        await db.execute(text("ALTER TABLE audit RENAME TO audit_gone"))
    with pytest.raises(ZeroDivisionError):
        await run(services, AMAL, "testing.say_word", fail=True)
    async with services.database.transaction() as db:
        await db.execute(text("ALTER TABLE audit_gone RENAME TO audit"))
    assert [row["outcome"] for row in await rows(services)] == ["failed"]


def test_a_digest_masks_secrets_and_tells_inputs_apart() -> None:
    class Login(Input):
        password: SecretStr

    one, two = (validate(Login, {"password": word}) for word in ("a", "b"))
    assert digest(one) == digest(two)
    assert digest(Word(word="a")) != digest(Word(word="b"))
    assert validate(Word, same := Word()) is same


@pytest.mark.parametrize(
    ("name", "options", "complaint"),
    [
        ("Testing.do_it", {}, "not of the form"),
        ("testing." + "a" * 60, {}, "too long"),
        ("testing.do_it", {"scope": "nobody:declared"}, "nobody declared"),
        ("testing.do_it", {"http": "FETCH /x"}, "malformed"),
        ("testing.do_it", {"http": "GET /x"}, "only reads, are GET"),
        ("testing.do_it", {"always_ask": True}, "only what is dangerous"),
        ("testing.say_word", {}, "declared twice"),
    ],
)
def test_a_wrong_declaration_fails_at_import(name: str, options: dict[str, Any], complaint: str) -> None:
    given: dict[str, Any] = {"scope": USE, "risk": Risk.WRITE, **options}
    with pytest.raises(ValueError, match=complaint):

        @action(name, **given)
        async def declared(ctx: Context, data: Word) -> Said:
            """Do it."""
            raise NotImplementedError


def test_an_action_needs_a_docstring_and_models() -> None:
    with pytest.raises(ValueError, match="no docstring"):

        @action("testing.undocumented", scope=USE, risk=Risk.WRITE)
        async def undocumented(ctx: Context, data: Word) -> Said:
            raise NotImplementedError

    with pytest.raises(ValueError, match="pydantic models"):

        @action("testing.untyped", scope=USE, risk=Risk.WRITE)  # pyright: ignore[reportArgumentType]
        async def untyped(ctx: Context, data: Word) -> str:
            """Do it."""
            raise NotImplementedError


def test_an_action_goes_by_several_names() -> None:
    found = registry.get("testing.say_word")
    assert (found.feature, found.verb, found.tool_name) == ("testing", "say_word", "testing__say_word")
    assert found.command == "testing say-word"
    assert registry.get("testing.make_secret").doors == PEOPLE_DOORS
    assert registry.find("testing.nothing") is None
    assert found in registry.all()
    assert Registry().all() == []
