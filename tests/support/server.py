"""Gitu as people and programs meet it: a real HTTP server over a database of its own, and people signed in.

    def test_something(gitu: GituServer) -> None:
        amal = gitu.person()
        assert amal.get("/me")["role"] == "member"

`gitu` runs in a thread with everything a server has and is shared by the tests of one worker, each with its own
people. `fresh_gitu` makes one with no owner yet, without background jobs; `twin` adds a second process's worth
of services over the same database.
"""

import asyncio
import contextlib
import io
import secrets
import shutil
import threading
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator, Iterator
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

import httpx2
import pytest
from pydantic import SecretStr
from sqlalchemy import CursorResult, text

from gitu.kernel import clock
from gitu.kernel.auth.principal import Role
from gitu.kernel.crypto.passwords import Passwords
from gitu.kernel.crypto.tokens import hash_token, new_token
from gitu.kernel.ids import new_id
from gitu.kernel.services import Services
from gitu.kernel.settings import Settings
from gitu.kernel.telemetry import logs
from gitu.kernel.tls import trusted
from tests.support.postgres import TestServer, open_folder

if TYPE_CHECKING:
    import uvicorn

T = TypeVar("T")

PASSWORD = "a copper kettle sings"  # of people who exist for one test
TIMEOUT_S = 20.0
API = "/api/v1"

Json = Any  # a JSON answer has whatever shape its endpoint documents


class Client:
    """Someone who calls the API; a status that was not expected fails with the answer's own words."""

    def __init__(self, url: str, **headers: str) -> None:
        self.url = url
        self.http = httpx2.Client(base_url=url, headers=headers, timeout=TIMEOUT_S, trust_env=False, verify=trusted())

    def ask(self, method: str, path: str, body: Json = None, *, status: int = 200, **more: Any) -> Json:
        """Call ``path`` below /api/v1 and return the JSON answer (None for 204)."""
        given = {} if body is None else {"json": body}
        answer = self.http.request(method, API + path, **given, **more)
        assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.text[:2000]}"
        return answer.json() if answer.content else None

    def get(self, path: str, *, status: int = 200, **params: Any) -> Json:
        """GET with query parameters."""
        return self.ask("GET", path, status=status, params=params)

    def post(self, path: str, body: Json = None, *, status: int = 200, **more: Any) -> Json:
        """POST a JSON body."""
        return self.ask("POST", path, body, status=status, **more)

    def patch(self, path: str, body: Json, *, status: int = 200) -> Json:
        """PATCH a JSON body."""
        return self.ask("PATCH", path, body, status=status)

    def put(self, path: str, body: Json, *, status: int = 200) -> Json:
        """PUT a JSON body."""
        return self.ask("PUT", path, body, status=status)

    def delete(self, path: str, *, status: int = 204) -> Json:
        """DELETE."""
        return self.ask("DELETE", path, status=status)

    def refused(self, method: str, path: str, body: Json = None, *, status: int, **more: Any) -> str:
        """Call, expect a problem with ``status``, and return its code."""
        problem = self.ask(method, path, body, status=status, **more)
        assert problem["status"] == status, problem
        code: str = problem["code"]
        return code


class Person(Client):
    """Someone with an account, signed in on a device by a token."""

    def __init__(
        self, server: "GituServer", user_id: UUID, login: str, role: Role, device_id: UUID, token: str
    ) -> None:
        super().__init__(server.url, authorization=f"Bearer {token}")
        self.server = server
        self.id = user_id
        self.login = login
        self.role = role
        self.device_id = device_id
        self.token = token

    def lets_assistant(self, *covers: str, **more: Any) -> None:
        """Let this person's assistant do these things without asking."""
        for one in covers:
            self.post("/grants", {"covers": one, **more})

    def key(self, *scopes: str, **more: Any) -> Client:
        """A program with an API key of these scopes, which may do all they allow without asking.

        ``more`` is what else a key is made with: ``unasked=[]`` for one that asks before it changes anything.
        """
        given = {"unasked": list(scopes), **more}
        made = self.post("/api-keys", {"name": "a program", "scopes": list(scopes), **given})
        return self.server.client(authorization=f"Bearer {made['secret']}")


class GituServer:
    """A server in a thread with an event loop of its own. A context manager."""

    def __init__(self, database_url: str, home: Path, *, jobs: bool, **settings: Any) -> None:
        # No answer waits for a person: a test that decides later would never see its end.
        given: dict[str, Any] = {"discover_models": False, "approval_wait_s": 0, **settings}
        self.settings = Settings(home=home, database_url=SecretStr(database_url), **given)
        self.database_url = database_url
        self.services: Services
        self.url = ""
        self.log = io.StringIO()
        self._jobs = jobs
        self._clients: list[Client] = []
        self._loop: asyncio.AbstractEventLoop
        self._server: uvicorn.Server
        self._error: BaseException | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._main, name="gitu-server", daemon=True)

    def __enter__(self) -> Self:
        logs.configure("info", "json", self.log)
        self._thread.start()
        assert self._ready.wait(60), "the server did not start"
        if self._error is not None:
            raise self._error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for client in self._clients:
            client.http.close()
        self._server.should_exit = True
        self._thread.join(30)
        assert not self._thread.is_alive(), "the server did not stop"
        if self._error is not None:
            raise self._error

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine in the server's own loop, beside its requests."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(TIMEOUT_S)

    def sql(self, statement: str, **values: Any) -> list[Any]:
        """Rows of a query on the server's database, or what a changing statement returns."""

        async def execute() -> list[Any]:
            async with self.services.database.transaction() as db:
                answer = cast("CursorResult[Any]", await db.execute(text(statement), values))
                return list(answer.all()) if answer.returns_rows else []

        return self.run(execute())

    def client(self, **headers: str) -> Client:
        """Someone who has not signed in, or whose headers say who it is."""
        client = Client(self.url, **headers)
        self._clients.append(client)
        return client

    def browser(self) -> Client:
        """A browser window on Gitu itself: it keeps cookies and says where it is."""
        return self.client(origin=self.url)

    def person(self, role: Role = Role.MEMBER, *, name: str = "Amal", language: str = "en") -> Person:
        """A new person with an account (password: ``PASSWORD``), signed in."""
        login = f"{role.value}-{secrets.token_hex(4)}"
        user_id, device_id, token = self.run(self._add_person(login, name, role, language))
        person = Person(self, user_id, login, role, device_id, token)
        self._clients.append(person)
        return person

    def again(self, person: Person) -> Person:
        """The same person on a further device."""
        device_id, token = self.run(self._add_device(person.id))
        other = Person(self, person.id, person.login, person.role, device_id, token)
        self._clients.append(other)
        return other

    @contextlib.contextmanager
    def twin(self) -> "Generator[GituServer]":
        """A further server over the same database and home, as a second process would be."""
        with GituServer(self.database_url, self.settings.home, jobs=False) as other:
            yield other

    async def _add_person(self, login: str, name: str, role: Role, language: str) -> tuple[UUID, UUID, str]:
        from gitu.features.identity.schemas import Preferences
        from gitu.features.identity.tables import UserRow

        user = UserRow(
            id=new_id(),
            login=login,
            name=name,
            role=role.value,
            password_hash=await _password_hash(),
            preferences=Preferences.model_validate({"language": language}).model_dump(mode="json"),
            created_at=clock.now(),
            last_seen_at=None,
            disabled_at=None,
        )
        async with self.services.database.transaction() as db:
            db.add(user)
        device_id, token = await self._add_device(user.id)
        return user.id, device_id, token

    async def _add_device(self, user_id: UUID) -> tuple[UUID, str]:
        from gitu.features.identity.tables import DeviceRow

        token, now = new_token("gitu_acc"), clock.now()
        device = DeviceRow(
            id=new_id(),
            owner_id=user_id,
            name="Test · Linux",
            kind="terminal",
            method="password",
            client_id=None,
            address="127.0.0.1",
            confirmed_at=now,
            access_hash=hash_token(token),
            access_expires_at=now + timedelta(hours=12),
            refresh_hash=hash_token(new_token("gitu_ref")),
            refresh_expires_at=now + timedelta(days=60),
            previous_refresh_hash=None,
            refreshed_at=now,
            created_at=now,
            last_used_at=now,
        )
        async with self.services.database.transaction() as db:
            db.add(device)
        return device.id, token

    def _main(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            self._error = error
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        from gitu.server import bind, http_server, running_services

        self._loop = asyncio.get_running_loop()
        listening = bind("127.0.0.1", _free_port())
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        start = running_services if self._jobs else _without_jobs
        async with start(self.settings) as services:
            if self.settings.public_url is None:
                services.base_url = self.url
            self.services = services
            self._server = http_server(services)
            telling = asyncio.create_task(self._tell_when_ready())
            await self._server.serve(sockets=[listening])
            await telling

    async def _tell_when_ready(self) -> None:
        while not self._server.started:
            await asyncio.sleep(0.005)
        self._ready.set()


@contextlib.asynccontextmanager
async def _without_jobs(settings: Settings) -> AsyncGenerator[Services]:
    from gitu.app import open_services

    assert settings.database_url is not None
    services = await open_services(settings, settings.database_url.get_secret_value())
    try:
        yield services
    finally:
        await services.aclose()


_hashed: list[str] = []


async def _password_hash() -> str:
    # Hashing is slow on purpose; everyone in these tests has the same password.
    if not _hashed:
        passwords = Passwords()
        _hashed.append(await passwords.hash(PASSWORD))
        passwords.close()
    return _hashed[0]


def _free_port() -> int:
    return 20_000 + secrets.randbelow(20_000)


@pytest.fixture(scope="session")
def gitu(postgres_server: TestServer) -> Iterator[GituServer]:
    """One server for all tests of a worker: make your own people, and leave others' alone."""
    url, home = postgres_server.create_database(), open_folder("gitu-server-")
    with GituServer(url, home / "home", jobs=True, model_timeout_s=5) as server:
        yield server
    postgres_server.drop_database(url)
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def fresh_gitu(database_url: str, tmp_path: Path) -> Iterator[Callable[..., GituServer]]:
    """Starts servers over this test's own empty database; settings can be given. They run no jobs."""
    with contextlib.ExitStack() as stack:

        def start(**settings: Any) -> GituServer:
            return stack.enter_context(GituServer(database_url, tmp_path / "home", jobs=False, **settings))

        yield start
