"""Passwords: Argon2id off the event loop, and rules that explain themselves in both languages."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest
from argon2.profiles import CHEAPEST, RFC_9106_LOW_MEMORY

from gitu.kernel.crypto.passwords import HashingOverloaded, Passwords, password_problem

pytestmark = pytest.mark.anyio

GOOD = "correct horse battery"


@pytest.fixture
def passwords() -> Iterator[Passwords]:
    made = Passwords(CHEAPEST)
    yield made
    made.close()


async def test_the_right_password_is_accepted_and_a_wrong_one_is_not(passwords: Passwords) -> None:
    stored = await passwords.hash(GOOD)
    assert (await passwords.verify(GOOD, stored)).ok
    assert not (await passwords.verify(GOOD + "!", stored)).ok


async def test_the_same_password_has_a_new_hash_each_time(passwords: Passwords) -> None:
    assert await passwords.hash(GOOD) != await passwords.hash(GOOD)


async def test_nobody_and_a_damaged_hash_are_a_wrong_password(passwords: Passwords) -> None:
    assert not (await passwords.verify(GOOD, None)).ok
    assert not (await passwords.verify(GOOD, "$argon2id$nonsense")).ok


async def test_a_hash_of_older_parameters_is_renewed_on_sign_in(passwords: Passwords) -> None:
    stored = await passwords.hash(GOOD)
    assert (await passwords.verify(GOOD, stored)).new_hash is None
    stronger = Passwords(replace(CHEAPEST, time_cost=2))
    verdict = await stronger.verify(GOOD, stored)
    assert verdict.ok
    assert verdict.new_hash is not None
    assert (await stronger.verify(GOOD, verdict.new_hash)).new_hash is None
    assert (await stronger.verify("wrong", stored)).new_hash is None
    stronger.close()


async def test_the_parameters_in_use_are_those_of_rfc_9106_and_leave_the_loop_free() -> None:
    passwords = Passwords()
    hashing = asyncio.ensure_future(passwords.hash(GOOD))
    rounds = 0
    while not hashing.done():
        await asyncio.sleep(0.001)
        rounds += 1
    assert "$argon2id$v=19$m=65536,t=3,p=4$" in hashing.result()
    assert RFC_9106_LOW_MEMORY.memory_cost == 65536
    assert rounds > 5
    passwords.close()


async def test_a_flood_of_sign_ins_is_turned_away_rather_than_queued_for_ever(passwords: Passwords) -> None:
    results = await asyncio.gather(*(passwords.hash(GOOD) for _ in range(150)), return_exceptions=True)
    refused = [result for result in results if isinstance(result, HashingOverloaded)]
    assert len(refused) == 50
    assert "try again" in str(refused[0])
    assert (await passwords.verify(GOOD, await passwords.hash(GOOD))).ok


@pytest.mark.parametrize("password", [GOOD, "جملة طويلة لا يعرفها أحد", "Tr0ub4dor&3xx", "mina-likes-long-walks"])
def test_a_good_password_has_no_problem(password: str) -> None:
    assert password_problem(password, login="mina@example.org", name="Mina") is None


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("short", "has 5 characters; use at least 10"),
        ("x", "has one character"),
        ("x" * 257, "longer than 256"),
        ("mina@example.org", "sign-in name"),
        ("MINA@example.org1", "sign-in name"),
        ("aaaaaaaaaaaa", "repeats a few characters"),
        ("password123", "first that anyone tries"),
        ("1234567890", "first that anyone tries"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password: str, problem: str) -> None:
    said = password_problem(password, login="mina@example.org", name="Mina")
    assert said is not None
    assert problem in said
    assert password not in said or len(password) == 1


def test_the_reason_comes_in_arabic_too() -> None:
    said = password_problem("abc", login="mina", locale="ar")
    assert said is not None
    assert "كلمة المرور" in said
