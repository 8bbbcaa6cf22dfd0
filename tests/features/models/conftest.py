"""A world for the models' tests: a real database, people, and servers that speak the providers' protocols."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from pydantic import BaseModel
from pydantic_ai import Agent

from gitu.features.identity.tables import UserRow
from gitu.features.models import actions, api
from gitu.features.models.desk import ModelDesk
from gitu.features.models.falling_back import TurnModel
from gitu.features.models.schemas import CallRecord, Connection
from gitu.kernel import clock
from gitu.kernel.actions.execute import Call, execute
from gitu.kernel.actions.registry import Door
from gitu.kernel.audit.recorder import AuditRecorder
from gitu.kernel.auth.principal import Kind, Principal, Role
from gitu.kernel.cache import MemoryCache
from gitu.kernel.crypto.keyring import Keyring
from gitu.kernel.db.engine import Database
from gitu.kernel.events.bus import EventBus
from gitu.kernel.ids import new_id
from gitu.kernel.services import Services
from gitu.kernel.settings import Settings
from gitu.kernel.storage.paths import Home
from tests.servers import anthropic, bedrock, google, openai_compatible, openai_responses
from tests.servers.base import ModelServer

if TYPE_CHECKING:
    from gitu.kernel.actions.paging import Page

assert actions, "importing them registers them"
KEY = "sk-canary-7d1f00c2a9e84b3f"
PATIENCE_S = 20.0


@dataclass(frozen=True)
class Speaker:
    """One kind of provider and the loopback server that speaks its protocol."""

    kind: str
    serve: Callable[..., ModelServer]
    path: str
    model: str


SPEAKERS = [
    Speaker("openai_compatible", openai_compatible.openai_compatible, "/v1", "test-model"),
    Speaker("openai", openai_responses.openai_responses, "/v1", "gpt-4o-mini"),
    Speaker("anthropic", anthropic.anthropic, "", "claude-haiku-4-5"),
    Speaker("google", google.google, "", "gemini-2.5-flash"),
    Speaker("mistral", openai_compatible.mistral, "", "mistral-small-latest"),
    Speaker("groq", openai_compatible.groq, "", "llama-3.3-70b-versatile"),
    Speaker("openrouter", openai_compatible.openrouter, "/api/v1", "openai/gpt-4o-mini"),
    Speaker("bedrock", bedrock.bedrock, "", bedrock.PROFILE),
]
COMPATIBLE = SPEAKERS[0]


@pytest.fixture(params=SPEAKERS, ids=lambda speaker: speaker.kind)
def speaker(request: pytest.FixtureRequest) -> Speaker:
    """Each kind of provider in turn."""
    found: Speaker = request.param
    return found


@pytest.fixture
def anyio_backend() -> str:
    """The event loop of these tests."""
    return "asyncio"


class World:
    """One Gitu, driven as its doors drive it."""

    def __init__(self, services: Services) -> None:
        self.services = services

    async def person(self, role: Role = Role.OWNER) -> Principal:
        """A new person with an account."""
        user_id = new_id()
        async with self.services.database.transaction() as db:
            db.add(
                UserRow(
                    id=user_id,
                    login=f"{role.value}-{user_id}",
                    name=role.value,
                    role=role.value,
                    password_hash="-",
                    preferences={},
                    created_at=clock.now(),
                )
            )
        return Principal(Kind.PERSON, user_id, role, role.value)

    async def do(self, who: Principal, name: str, /, **payload: Any) -> Any:
        """Run an action as ``who``; the answer is of the action's own type."""
        return await execute(self.services, who, name, payload, Call(door=Door.REST))

    async def connect(
        self, who: Principal, server: ModelServer, speaker: Speaker = COMPATIBLE, **more: Any
    ) -> Connection:
        """Connect ``server`` for ``who``."""
        made = await self.do(
            who,
            "models.create_connection",
            **{
                "provider": speaker.kind,
                "base_url": server.url + speaker.path,
                "api_key": KEY,
                **more,
            },
        )
        assert isinstance(made, Connection)
        return made

    async def open(self, who: Principal, chosen: str | None = None, **more: Any) -> TurnModel:
        """A model for one turn of ``who``."""
        assert who.user_id is not None
        return await api.open_model(self.services, who.user_id, chosen, feature="assistant", **more)

    def impatient(self) -> None:
        """From now on a model may be silent for half a second only."""
        self.services.resource(ModelDesk).idle_s = 0.5

    async def calls(self, who: Principal, session_id: UUID | None = None) -> list[CallRecord]:
        """What was recorded of the person's calls, oldest first."""
        await self.services.resource(ModelDesk).recorder.flush()
        page: Page[CallRecord] = await self.do(who, "models.list_calls", session_id=session_id)
        return list(reversed(page.items))


async def streamed(model: TurnModel, text: str = "Hello") -> list[str]:
    """Ask ``model`` and return the answer's text in the pieces it came in."""
    async with Agent(model).run_stream(text) as answer:
        return [piece async for piece in answer.stream_text(delta=True, debounce_by=None)]


def everything_in(answer: BaseModel) -> str:
    """An answer as the doors send it."""
    return answer.model_dump_json()


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """A Gitu with an empty database."""
    settings = Settings(home=tmp_path, model_timeout_s=PATIENCE_S)
    home = Home(tmp_path).create()
    database = Database(database_url, pool_size=4)
    bus, audit = EventBus(database), AuditRecorder(database)
    await bus.start()
    audit.start()
    services = Services(
        settings=settings,
        home=home,
        database=database,
        keyring=Keyring.open(home, settings),
        bus=bus,
        audit=audit,
        cache=MemoryCache(),
    )
    yield World(services)
    await services.aclose()
