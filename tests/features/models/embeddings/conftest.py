"""Indexes of notes for the tests, and Gitus that embed."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest

from gitu.features.models import api as models
from gitu.features.models.embeddings.schemas import EmbeddingDefault, VectorSpace
from gitu.kernel import clock
from gitu.kernel.auth.principal import Principal
from gitu.kernel.ids import new_id
from gitu.kernel.jobs import Jobs
from gitu.kernel.services import Services
from tests.features.models.conftest import World
from tests.support.services import opened_services

LEXICAL = "local/lexical-1"
MULTILINGUAL = "local/use-multilingual-3"


@dataclass
class Notes:
    """What a higher feature has: notes of people, by id."""

    kept: dict[UUID, tuple[UUID, str, datetime]] = field(default_factory=dict[UUID, tuple[UUID, str, datetime]])
    pages: int = 0
    before_page: asyncio.Event | None = None  # a page is read once this is set

    def write(self, owner_id: UUID, text: str, note_id: UUID | None = None) -> models.Item:
        """Write one, or write it anew."""
        note = models.Item(note_id or new_id(), text, clock.now())
        self.kept[note.id] = (owner_id, text, note.changed_at)
        return note

    async def page(self, services: Services, owner_id: UUID, after: UUID | None, limit: int) -> Sequence[models.Item]:
        self.pages += 1
        if self.before_page is not None:
            await self.before_page.wait()
        mine = sorted(note_id for note_id, (owner, _, _) in self.kept.items() if owner == owner_id)
        some = [note_id for note_id in mine if after is None or note_id > after][:limit]
        return [models.Item(note_id, self.kept[note_id][1], self.kept[note_id][2]) for note_id in some]

    async def count(self, services: Services, owner_id: UUID) -> int:
        return sum(owner == owner_id for owner, _, _ in self.kept.values())


_notes = Notes()


async def _page(services: Services, owner_id: UUID, after: UUID | None, limit: int) -> Sequence[models.Item]:
    return await _notes.page(services, owner_id, after, limit)


async def _count(services: Services, owner_id: UUID) -> int:
    return await _notes.count(services, owner_id)


models.declare_index("notes", page=_page, count=_count)


@pytest.fixture
def notes() -> Notes:
    """No notes yet."""
    _notes.kept.clear()
    _notes.pages, _notes.before_page = 0, None
    return _notes


class Library(World):
    """A Gitu whose people write notes and look for them."""

    def __init__(self, services: Services, notes: Notes) -> None:
        super().__init__(services)
        self.notes = notes

    async def keep(self, who: Principal | UUID, *texts: str) -> list[models.Item]:
        """Write notes and index them."""
        owner_id = who if isinstance(who, UUID) else self.id_of(who)
        items = [self.notes.write(owner_id, text) for text in texts]
        await models.index_items(self.services, owner_id, "notes", items)
        return items

    async def find(self, who: Principal, text: str, **more: bool) -> list[str]:
        """The texts of what is found, nearest first."""
        found = await models.search_index(self.services, self.id_of(who), "notes", text, **more)
        return [self.notes.kept[near.item_id][1] if near.item_id in self.notes.kept else "gone" for near in found]

    async def choose(self, who: Principal, model: str | None, **more: bool) -> EmbeddingDefault:
        answer = await self.do(who, "models.set_embedding_default", model=model, **more)
        assert isinstance(answer, EmbeddingDefault)
        return answer

    async def spaces(self, who: Principal, **more: bool) -> list[VectorSpace]:
        """The person's vector spaces, oldest first."""
        page = await self.do(who, "models.list_vector_spaces", **more)
        return list(reversed(page.items))

    async def until(self, who: Principal, *states: str) -> list[VectorSpace]:
        """Wait until the person's spaces are in these states."""
        async with asyncio.timeout(40):
            while True:
                found = await self.spaces(who)
                if [space.state for space in found] == list(states):
                    return found
                await asyncio.sleep(0.05)

    @staticmethod
    def id_of(who: Principal) -> UUID:
        assert who.user_id is not None
        return who.user_id


@pytest.fixture
async def library(services: Services, notes: Notes) -> Library:
    """A Gitu with an empty database, which runs no jobs."""
    return Library(services, notes)


@pytest.fixture
async def working(services: Services, notes: Notes) -> Library:
    """A Gitu with an empty database, which runs jobs; mark tests with it ``alone``."""
    await services.resource(Jobs).start()
    return Library(services, notes)


@pytest.fixture
async def another(database_url: str, tmp_path: Path) -> AsyncIterator[Services]:
    """A second process's worth of services over the same database."""
    async with opened_services(database_url, tmp_path / "other") as opened:
        yield opened
