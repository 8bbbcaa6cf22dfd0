"""Password hashes (Argon2id, RFC 9106) and the few rules a new password must meet.

Hashing runs on two threads of its own: off the event loop, and with a ceiling on memory, since every hash
in progress takes 64 MiB.
"""

import asyncio
import functools
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Final, ParamSpec, TypeVar

from argon2 import Parameters, PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from gitu.kernel.i18n import DEFAULT, translate

P = ParamSpec("P")
T = TypeVar("T")

__all__ = ["MAX_LENGTH", "MIN_LENGTH", "HashingOverloaded", "Passwords", "Verdict", "password_problem"]

MIN_LENGTH: Final = 10
MAX_LENGTH: Final = 256

_THREADS: Final = 2
_MAX_WAITING: Final = 100
_FEWEST_DISTINCT: Final = 4
_MOST_BESIDE_LOGIN: Final = 3
_FIRST_TRIED: Final = (
    "0123456789", "1234567890", "0987654321", "9876543210", "qwertyuiop", "asdfghjkl", "password",
    "passw0rd", "administrator", "changeme", "iloveyou", "letmein",
)  # fmt: skip


class HashingOverloaded(Exception):
    """More passwords wait to be hashed than can be soon; the caller answers "try again in a moment"."""

    def __init__(self) -> None:
        super().__init__("Too many sign-ins at this moment; try again in a few seconds.")


@dataclass(frozen=True)
class Verdict:
    """Whether a password was right and, if its hash is of older parameters, the hash to store instead."""

    ok: bool
    new_hash: str | None = None


class Passwords:
    """Hashes and verifies passwords. One for the process; `close` ends its threads."""

    def __init__(self, parameters: Parameters = RFC_9106_LOW_MEMORY) -> None:
        self._hasher = PasswordHasher.from_parameters(parameters)
        self._threads = ThreadPoolExecutor(max_workers=_THREADS, thread_name_prefix="passwords")
        self._waiting = 0

    async def hash(self, password: str) -> str:
        """The hash to store, parameters included. Raises HashingOverloaded."""
        return await self._run(self._hash, password)

    async def verify(self, password: str, stored: str | None) -> Verdict:
        """Check a password against a stored hash. Raises HashingOverloaded.

        None, for a person who does not exist, takes as long as a wrong password, so that nobody learns from
        the time which sign-in names there are.
        """
        return await self._run(self._verify, password, stored)

    def close(self) -> None:
        """End the threads once the hashes in progress are done."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    async def _run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self._waiting >= _MAX_WAITING:
            raise HashingOverloaded
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, functools.partial(work, *args, **kwargs))
        finally:
            self._waiting -= 1

    def _hash(self, password: str) -> str:
        return self._hasher.hash(password)

    def _verify(self, password: str, stored: str | None) -> Verdict:
        try:
            self._hasher.verify(self._nobody if stored is None else stored, password)
        except (VerificationError, InvalidHashError):
            return Verdict(ok=False)
        old = stored is not None and self._hasher.check_needs_rehash(stored)
        return Verdict(ok=stored is not None, new_hash=self._hash(password) if old else None)

    @cached_property
    def _nobody(self) -> str:
        return self._hash(secrets.token_urlsafe())


def password_problem(password: str, *, login: str, name: str = "", locale: str = DEFAULT) -> str | None:
    """Why a new password is refused, as a sentence for the person, or None when it is good enough."""
    if len(password) < MIN_LENGTH:
        return translate("password-too-short", locale, length=len(password), minimum=MIN_LENGTH)
    if len(password) > MAX_LENGTH:
        return translate("password-too-long", locale, maximum=MAX_LENGTH)
    if any(_is_little_else(password, known) for known in (login, login.partition("@")[0], name)):
        return translate("password-is-login", locale)
    if len(set(password)) < _FEWEST_DISTINCT or any(_is_little_else(password, known) for known in _FIRST_TRIED):
        return translate("password-too-simple", locale)
    return None


def _is_little_else(password: str, known: str) -> bool:
    rest = password.casefold().replace(known.casefold(), "") if known else password
    return len(password) - len(rest) > 0 and len(rest) <= _MOST_BESIDE_LOGIN
