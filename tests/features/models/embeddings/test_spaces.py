"""Indexes: what is written is found by its meaning, by its owner alone, in its newest state."""

import asyncio
import random
from uuid import UUID

import pytest
from sqlalchemy import text

from gitu.features.models import api as models
from gitu.features.models.embeddings import reembedding, repository
from gitu.features.models.embeddings.errors import DimensionsChanged, IndexUnknown, VectorSpaceUnknown
from gitu.features.models.embeddings.indexes import declare_index
from gitu.features.models.embeddings.schemas import Embeddings
from gitu.features.models.embeddings.spaces import new_space, write
from gitu.kernel import clock
from gitu.kernel.auth.principal import Role
from gitu.kernel.ids import new_id
from gitu.kernel.services import Services
from tests.features.models.embeddings.conftest import LEXICAL, MULTILINGUAL, Library, Notes
from tests.servers.embeddings import embedding_server

pytestmark = pytest.mark.anyio


async def test_what_is_indexed_is_found_by_its_meaning_in_another_language(library: Library) -> None:
    amal = await library.person()
    await library.keep(amal, "The cat must fast before the operation.", "أُغلق الجسر أمام الشاحنات.")
    assert (await library.find(amal, "surgery for our pet"))[0].startswith("The cat")
    assert (await library.find(amal, "the bridge is closed to lorries"))[0].startswith("أُغلق")
    (space,) = await library.spaces(amal)
    assert (space.index, space.model, space.state) == ("notes", MULTILINGUAL, "active")
    assert (space.dimensions, space.vectors) == (512, 2)


async def test_nearest_comes_first_and_no_more_than_asked_for(library: Library) -> None:
    amal = await library.person()
    await library.keep(amal, "copper kettle", "copper kettle and a pan", "bicycle")
    found = await models.search_index(library.services, library.id_of(amal), "notes", "copper kettle", 2)
    assert [library.notes.kept[near.item_id][1] for near in found] == ["copper kettle", "copper kettle and a pan"]
    assert found[0].similarity == pytest.approx(1.0, abs=1e-5)
    assert found[0].similarity > found[1].similarity


async def test_nobody_finds_what_is_another_s(library: Library) -> None:
    amal, basim = await library.person(), await library.person()
    await library.keep(amal, "Amal's secret copper kettle")
    assert await library.find(basim, "copper kettle") == []
    await library.keep(basim, "Basim's tin kettle")
    assert await library.find(basim, "Amal's secret copper kettle") == ["Basim's tin kettle"]
    (hers,) = await library.spaces(amal)
    assert [space.id for space in await library.spaces(basim)] != [hers.id]
    with pytest.raises(VectorSpaceUnknown):
        await library.do(basim, "models.cancel_reembedding", space_id=hers.id)


async def test_the_owner_is_asked_for_even_within_a_space(library: Library, services: Services) -> None:
    """Vectors that came into a space by whatever mistake are not found by its owner, nor deleted."""
    amal, basim = await library.person(), await library.person()
    await library.keep(amal, "copper kettle")
    async with services.database.transaction() as db:
        await db.execute(text("UPDATE models_vectors SET owner_id = :other"), {"other": library.id_of(basim)})
    assert await library.find(amal, "copper kettle") == []
    assert await library.find(basim, "copper kettle") == []
    await models.remove_items(services, library.id_of(amal), "notes", list(library.notes.kept))
    async with services.database.reader() as db:
        assert await db.scalar(text("SELECT count(*) FROM models_vectors")) == 1


async def test_an_index_that_everyone_shares_is_found_by_everyone(library: Library) -> None:
    amal, basim = await library.person(), await library.person(Role.GUEST)
    await library.keep(models.EVERYONE, "The shop closes on Mondays.")
    assert await library.find(amal, "when is the shop closed", shared=True)
    assert await library.find(basim, "when is the shop closed", shared=True)
    assert await library.find(basim, "when is the shop closed") == []
    (space,) = await library.spaces(basim, instance=True)
    assert space.shared


async def test_a_changed_item_is_found_by_its_new_words_and_an_older_state_changes_nothing(library: Library) -> None:
    amal = await library.person()
    owner_id = library.id_of(amal)
    (old,) = await library.keep(amal, "copper kettle")
    new = library.notes.write(owner_id, "winter tyres", old.id)
    await models.index_items(library.services, owner_id, "notes", [new])
    await models.index_items(library.services, owner_id, "notes", [old])  # came late
    (near,) = await models.search_index(library.services, owner_id, "notes", "winter tyres")
    assert near.similarity == pytest.approx(1.0, abs=1e-5)


async def test_removed_items_and_those_without_words_are_not_found(library: Library) -> None:
    amal = await library.person()
    owner_id = library.id_of(amal)
    kettle, tyres = await library.keep(amal, "copper kettle", "winter tyres")
    await models.remove_items(library.services, owner_id, "notes", [kettle.id])
    assert await library.find(amal, "copper kettle") == ["winter tyres"]
    blank = models.Item(tyres.id, "  ", clock.now())
    await models.index_items(library.services, owner_id, "notes", [blank])
    assert await library.find(amal, "copper kettle") == []


async def test_many_that_begin_the_same_index_at_once_make_one_space(library: Library) -> None:
    amal = await library.person()
    await library.choose(amal, LEXICAL)
    await asyncio.gather(*(library.keep(amal, f"note number {number}") for number in range(8)))
    (space,) = await library.spaces(amal)
    assert space.vectors == 8


async def test_a_search_uses_the_model_that_made_the_vectors_not_the_one_that_is_wanted(library: Library) -> None:
    with embedding_server() as server:
        amal = await library.person()
        connection = await library.connect(amal, server, models=["test-embed"])
        await library.choose(amal, f"{connection.id}/test-embed")
        await library.keep(amal, "copper kettle")
        async with library.services.database.transaction() as db:
            await repository.set_default(db, library.id_of(amal), LEXICAL, clock.now())
        server.embeds.asked.clear()
        assert await library.find(amal, "kettle") == ["copper kettle"]
        assert server.embeds.asked == [["kettle"]]


async def test_vectors_of_another_length_than_before_are_refused_with_the_way_out(library: Library) -> None:
    with embedding_server() as server:
        amal = await library.person()
        connection = await library.connect(amal, server, models=["test-embed"])
        await library.choose(amal, f"{connection.id}/test-embed")
        await library.keep(amal, "copper kettle")
        server.embeds.size = 24
        with pytest.raises(DimensionsChanged) as written:
            await library.keep(amal, "another")
        with pytest.raises(DimensionsChanged):
            await library.find(amal, "kettle")
    assert "24" in str(written.value)
    assert "notes" in written.value.localised("ar")


async def test_an_index_that_nobody_declared_is_unknown(library: Library) -> None:
    amal = await library.person()
    with pytest.raises(IndexUnknown) as unknown:
        await models.search_index(library.services, library.id_of(amal), "nothing", "kettle")
    assert "notes" in str(unknown.value)
    with pytest.raises(IndexUnknown):
        await library.do(amal, "models.start_reembedding", index="nothing")


async def test_two_features_can_t_have_the_same_index(notes: Notes) -> None:
    with pytest.raises(ValueError, match="notes"):
        declare_index("notes", page=notes.page, count=notes.count)


# -- large ones -----------------------------------------------------------------------------------------


def random_vector(seed: str, size: int) -> list[float]:
    numbers = random.Random(seed)
    return [numbers.gauss() for _ in range(size)]


async def filled(library: Library, owner_id: UUID, count: int, size: int) -> UUID:
    """A space with so many vectors of this length, past any model."""
    row = new_space(owner_id, "notes", LEXICAL, "active")
    async with library.services.database.transaction() as db:
        await repository.add_space(db, row)
        space = (await repository.open_spaces(db, owner_id, "notes", lock="update"))["active"]
        items = [models.Item(new_id(), f"note {number}", clock.now()) for number in range(count)]
        vectors = [random_vector(item.text, size) for item in items]
        await write(db, space, items, Embeddings(LEXICAL, size, vectors))  # type: ignore[arg-type] # lists do as well
    return row["id"]


@pytest.mark.parametrize("size", [512, 3_072], ids=["32 bits", "16 bits"])
async def test_a_large_space_is_searched_through_its_index(library: Library, size: int) -> None:
    amal, basim = await library.person(), await library.person()
    owner_id, services = library.id_of(amal), library.services
    space_id = await filled(library, owner_id, 300, size)
    await filled(library, library.id_of(basim), 300, size)
    sought = random_vector("note 77", size)
    async with services.database.reader() as db:
        space = await repository.space_of_job(db, space_id)
        assert space is not None
        exact = await repository.nearest(db, owner_id, space, sought, 10)
    await reembedding.make_index(services, space)
    await reembedding.make_index(services, space)  # as after a kill in the middle
    async with services.database.transaction() as db:
        space = await repository.space_of_job(db, space_id)
        assert space is not None
        assert space.indexed
        await db.execute(text("SET LOCAL enable_sort = off"))  # it is small yet: sorting all would be cheaper
        near = await repository.nearest(db, owner_id, space, sought, 10)
        await db.execute(text("SELECT pg_stat_force_next_flush()"))
    assert near[0].item_id == exact[0].item_id
    assert near[0].similarity == pytest.approx(1.0, abs=1e-3)
    assert len({one.item_id for one in near} & {one.item_id for one in exact}) >= 8
    async with services.database.reader() as db:
        used = "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = :name"
        assert await db.scalar(text(used), {"name": repository.index_name(space_id)}) == 1
    async with services.database.transaction() as db:
        await repository.change_space(db, space_id, {"state": "retired"})
    assert await reembedding.delete_retired(services) == 1
    async with services.database.reader() as db:
        left = await db.scalar(text("SELECT count(*) FROM pg_indexes WHERE indexname LIKE 'ix_models_vectors_0%'"))
        assert left == 0
        assert await db.scalar(text("SELECT count(*) FROM models_vectors")) == 300  # the other person's


async def test_what_is_old_is_deleted_with_its_owner(library: Library) -> None:
    amal, basim = await library.person(), await library.person()
    await library.keep(amal, "copper kettle")
    await library.keep(basim, "winter tyres")
    async with library.services.database.transaction() as db:
        await db.execute(text("DELETE FROM models_vector_spaces WHERE owner_id = :id"), {"id": library.id_of(amal)})
    assert await library.find(amal, "kettle") == []
    assert await library.find(basim, "tyres") == ["winter tyres"]
