"""The services of one process over a database of the test's own, people, and actions as doors call them.

    async def test_something(services: Services) -> None:
        amal = await make_person(services, "amal")
        page = await run(services, amal, "identity.list_devices", limit=10)

Mark such tests with `pytestmark = pytest.mark.anyio`.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, SecretStr

from gitu.kernel import clock
from gitu.kernel.actions.execute import Call, execute
from gitu.kernel.actions.registry import Door
from gitu.kernel.auth.principal import Kind, Principal, Role
from gitu.kernel.ids import new_id
from gitu.kernel.services import Services
from gitu.kernel.settings import Settings

PASSWORD = "a copper kettle sings"


@pytest.fixture
def anyio_backend() -> str:
    """Asynchronous tests run on asyncio, as the server does."""
    return "asyncio"


@pytest.fixture
async def services(database_url: str, tmp_path: Path, anyio_backend: str) -> AsyncGenerator[Services]:
    """The services of one process: all features loaded, events and audit running, no jobs."""
    async with opened_services(database_url, tmp_path / "home") as opened:
        yield opened


@asynccontextmanager
async def opened_services(database_url: str, home: Path) -> AsyncGenerator[Services]:
    """A further process's worth of services over the same database."""
    from gitu.app import open_services

    opened = await open_services(Settings(home=home, database_url=SecretStr(database_url)), database_url)
    try:
        yield opened
    finally:
        await opened.aclose()


async def make_person(
    services: Services, login: str = "amal", role: Role = Role.MEMBER, *, password: str | None = None
) -> Principal:
    """A person with an account, as the caller they are once signed in.

    Hashing takes its time: only those who get a `password` (for example `PASSWORD`) can sign in with it.
    """
    from gitu.features.identity.passwords import PasswordChecker
    from gitu.features.identity.schemas import Preferences
    from gitu.features.identity.tables import UserRow
    from gitu.features.identity.views import to_principal

    password_hash = ""
    if password is not None:
        checker = services.resource(PasswordChecker)
        password_hash = await checker.hash_new(
            SecretStr(password), login=login, name=login, field="password", locale="en"
        )
    user = UserRow(
        id=new_id(),
        login=login,
        name=login.title(),
        role=role.value,
        password_hash=password_hash,
        preferences=Preferences().model_dump(mode="json"),
        created_at=clock.now(),
        last_seen_at=clock.now(),
        disabled_at=None,
    )
    async with services.database.transaction() as db:
        db.add(user)
    return to_principal(user)


async def make_program(services: Services, person: Principal, *scopes: str, **more: Any) -> Principal:
    """A program with a key of the person's, as the caller it is; ``more`` is what else the key is made with."""
    given: dict[str, Any] = {"name": "a program", "scopes": scopes, **more}
    made = (await run(services, person, "identity.create_api_key", **given)).model_dump()
    return replace(person, kind=Kind.API_KEY, key_id=made["key"]["id"], limited_to=frozenset(scopes))


async def run(
    services: Services,
    principal: Principal,
    name: str,
    /,
    *,
    door: Door = Door.REST,
    key: str | None = None,
    **data: Any,  # Any: each action has its own input
) -> BaseModel:
    """Execute an action as a door would; `key` is the call's idempotency key."""
    return await execute(services, principal, name, data, Call(door=door, idempotency_key=key))
