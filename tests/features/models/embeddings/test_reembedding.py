"""Computing an index anew by another model: searches never see half of it, and nothing is lost on the way."""

import asyncio
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from gitu.features.models import api as models
from gitu.features.models.embeddings import reembedding, workflows
from gitu.features.models.embeddings.errors import NotBuilding
from gitu.features.models.schemas import Connection
from gitu.kernel import clock
from gitu.kernel.auth.principal import Principal, Role
from gitu.kernel.jobs import Jobs
from gitu.kernel.services import Services
from tests.features.models.embeddings.conftest import LEXICAL, MULTILINGUAL, Library
from tests.servers.embeddings import EmbeddingServer, embedding_server
from tests.servers.script import Reply
from tests.support.processes import line_of, python

pytestmark = [pytest.mark.anyio, pytest.mark.alone]


async def connected(library: Library, who: Principal, server: EmbeddingServer) -> str:
    connection = await library.connect(who, server, models=["test-embed"])
    assert isinstance(connection, Connection)
    return f"{connection.id}/test-embed"


async def test_a_new_default_computes_the_vectors_anew_and_searches_switch_when_all_are_there(
    working: Library,
) -> None:
    amal = await working.person()
    await working.choose(amal, LEXICAL)
    await working.keep(amal, *(f"note number {number} about kettles" for number in range(300)))
    working.notes.before_page = asyncio.Event()
    answer = await working.choose(amal, MULTILINGUAL)
    assert answer.recomputing == 1
    old, new = await working.until(amal, "active", "building")
    assert (old.model, new.model, new.total) == (LEXICAL, MULTILINGUAL, 300)
    assert await working.find(amal, "note number 7 about kettles")  # with the old ones
    working.notes.before_page.set()
    (space,) = await working.until(amal, "active")
    assert (space.id, space.model, space.done, space.total) == (new.id, MULTILINGUAL, 300, 300)
    assert space.vectors == 300
    assert (await working.find(amal, "note number 7 about kettles"))[0] == "note number 7 about kettles"
    assert (await working.find(amal, "note number 260 about kettles"))[0] == "note number 260 about kettles"
    assert {call.feature for call in await working.calls(amal)} == {"models", "notes"}
    async with asyncio.timeout(20):
        while await count(working.services, "SELECT count(*) FROM models_vectors") > 300:
            await asyncio.sleep(0.05)  # the old ones go in the background


async def test_what_changes_meanwhile_is_in_the_new_vectors_too(working: Library) -> None:
    amal = await working.person()
    owner_id = working.id_of(amal)
    await working.choose(amal, LEXICAL)
    kettle, tyres, bread = await working.keep(amal, "copper kettle", "winter tyres", "bread dough")
    working.notes.before_page = asyncio.Event()
    await working.choose(amal, MULTILINGUAL)
    await working.until(amal, "active", "building")
    changed = working.notes.write(owner_id, "lemon tree", kettle.id)
    await models.index_items(working.services, owner_id, "notes", [changed])
    await models.remove_items(working.services, owner_id, "notes", [tyres.id])
    await working.keep(amal, "new note")
    # The job read its page before: it still knows the old words, and the note that is gone.
    working.notes.kept[kettle.id] = (owner_id, "copper kettle", kettle.changed_at)
    working.notes.before_page.set()
    (space,) = await working.until(amal, "active")
    assert space.model == MULTILINGUAL
    working.notes.kept[kettle.id] = (owner_id, "lemon tree", changed.changed_at)
    del working.notes.kept[tyres.id]
    found = await models.search_index(working.services, owner_id, "notes", "lemon tree")
    assert found[0].item_id == kettle.id
    assert found[0].similarity == pytest.approx(1.0, abs=1e-5)
    assert {near.item_id for near in found} == {*working.notes.kept}
    assert bread.id in working.notes.kept
    assert await count(working.services, "SELECT count(*) FROM models_vectors WHERE vector IS NULL") == 0


async def test_it_can_be_cancelled_and_searches_go_on_as_before(working: Library) -> None:
    amal = await working.person()
    await working.choose(amal, LEXICAL)
    await working.keep(amal, "copper kettle")
    working.notes.before_page = asyncio.Event()
    await working.choose(amal, MULTILINGUAL)
    _, building = await working.until(amal, "active", "building")
    cancelled = await working.do(amal, "models.cancel_reembedding", space_id=building.id)
    assert cancelled.state == "cancelled"
    with pytest.raises(NotBuilding):
        await working.do(amal, "models.cancel_reembedding", space_id=building.id)
    working.notes.before_page.set()
    jobs = working.services.resource(Jobs)
    async with asyncio.timeout(20):
        while not (await jobs.status(f"reembed-{building.id}")).ended:
            await asyncio.sleep(0.05)
    old, new = await working.spaces(amal)
    assert (old.state, new.state, new.vectors) == ("active", "cancelled", 0)
    assert await working.find(amal, "copper kettle") == ["copper kettle"]
    begun = await working.do(amal, "models.start_reembedding", index="notes")
    assert begun.id != building.id
    (space,) = await working.until(amal, "active")
    assert space.model == MULTILINGUAL


async def test_a_failure_that_no_waiting_mends_is_told_in_the_reader_s_language(working: Library) -> None:
    with embedding_server() as server:
        amal = await working.person()
        await working.choose(amal, LEXICAL)
        await working.keep(amal, "copper kettle")
        model = await connected(working, amal, server)
        working.notes.before_page = asyncio.Event()
        await working.choose(amal, model)
        server.embeds.then(Reply(status=401, error="Incorrect API key provided."))
        working.notes.before_page.set()
        _, failed = await working.until(amal, "active", "failed")
    assert failed.error is not None
    assert "refused the API key" in failed.error
    assert failed.finished_at is not None
    assert await working.find(amal, "copper kettle") == ["copper kettle"]
    assert await workflows.renew_vector_spaces(working.services) == 0  # it is not tried again by itself


async def test_a_provider_that_is_overloaded_for_a_while_is_asked_again(working: Library) -> None:
    with embedding_server() as server:
        amal = await working.person()
        await working.choose(amal, LEXICAL)
        await working.keep(amal, "copper kettle")
        model = await connected(working, amal, server)
        working.notes.before_page = asyncio.Event()
        await working.choose(amal, model)
        server.embeds.then(Reply(status=503, error="Busy."))
        working.notes.before_page.set()
        (space,) = await working.until(amal, "active")
    assert (space.model, space.error) == (model, None)
    assert [call.outcome for call in await working.calls(amal) if call.model == model] == ["ok", "failed", "ok"]


async def test_another_choice_meanwhile_takes_the_place_of_the_first(working: Library) -> None:
    with embedding_server() as server:
        amal = await working.person()
        await working.choose(amal, LEXICAL)
        await working.keep(amal, "copper kettle")
        model = await connected(working, amal, server)
        working.notes.before_page = asyncio.Event()
        await working.choose(amal, MULTILINGUAL)
        await working.choose(amal, model)
        working.notes.before_page.set()
        (space,) = await working.until(amal, "active")
        assert space.model == model


async def test_those_who_follow_the_instance_s_default_are_found_by_a_chore(working: Library) -> None:
    owner, amal, basim = await working.person(Role.OWNER), await working.person(), await working.person()
    await working.choose(basim, MULTILINGUAL)
    for person in (amal, basim):
        await working.keep(person, "copper kettle")
    await working.choose(owner, LEXICAL, instance=True)
    assert await workflows.renew_vector_spaces(working.services) == 1
    (space,) = await working.until(amal, "active")
    assert space.model == LEXICAL
    assert [space.model for space in await working.spaces(basim)] == [MULTILINGUAL]
    assert await workflows.renew_vector_spaces(working.services) == 0


async def test_vectors_whose_connection_was_deleted_are_computed_anew(working: Library) -> None:
    with embedding_server() as server:
        amal = await working.person()
        model = await connected(working, amal, server)
        await working.choose(amal, model)
        await working.keep(amal, "copper kettle")
        await working.do(amal, "models.delete_connection", connection_id=model.partition("/")[0])
    assert await workflows.renew_vector_spaces(working.services) == 1
    (space,) = await working.until(amal, "active")
    assert space.model == MULTILINGUAL
    assert await working.find(amal, "kettle") == ["copper kettle"]


async def test_an_index_that_has_grown_large_is_given_one_by_a_chore(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    amal = await library.person()
    await library.keep(amal, "copper kettle", "winter tyres")
    assert await workflows.tend_vector_spaces(library.services) == 0
    monkeypatch.setattr(reembedding, "LARGE", 2)
    assert await workflows.tend_vector_spaces(library.services) == 1
    assert await workflows.tend_vector_spaces(library.services) == 0
    assert (await library.find(amal, "copper kettle"))[0] == "copper kettle"


_WORKER = """
    import asyncio, sys
    from pathlib import Path
    from uuid import UUID
    from pydantic import SecretStr
    from gitu.app import load_features, open_services
    load_features()
    from gitu.features.models import api as models
    from gitu.kernel import clock
    from gitu.kernel.jobs import Jobs
    from gitu.kernel.settings import Settings

    async def page(services, owner_id, after, limit):
        first = after.int + 1 if after else 1
        print("page", first, flush=True)
        if first > 128:
            await asyncio.sleep(600)
        return [models.Item(UUID(int=n), f"note {n}", clock.now()) for n in range(first, min(first + limit, 301))]

    async def count(services, owner_id):
        return 300

    models.declare_index("numbers", page=page, count=count)

    async def main():
        url, home = sys.argv[1:]
        services = await open_services(Settings(home=Path(home), database_url=SecretStr(url)), url)
        await services.resource(Jobs).start()
        print("up", flush=True)
        await asyncio.sleep(600)

    asyncio.run(main())
"""


async def test_killed_in_the_middle_it_goes_on_in_another_process_after_the_last_batch(
    services: Services, library: Library, database_url: str, tmp_path: Path
) -> None:
    read: list[int] = []

    async def page(services: Services, owner_id: UUID, after: UUID | None, limit: int) -> list[models.Item]:
        first = after.int + 1 if after else 1
        read.append(first)
        return [models.Item(UUID(int=n), f"note {n}", clock.now()) for n in range(first, min(first + limit, 301))]

    async def count_all(services: Services, owner_id: UUID) -> int:
        return 300

    models.declare_index("numbers", page=page, count=count_all)
    amal = await library.person()
    await library.choose(amal, LEXICAL)
    with python(_WORKER, database_url, str(tmp_path / "other")) as worker:
        assert await asyncio.to_thread(line_of, worker) == "up"
        await library.do(amal, "models.start_reembedding", index="numbers")
        assert await asyncio.to_thread(line_of, worker) == "page 1"
        assert await asyncio.to_thread(line_of, worker) == "page 129"
        (halfway,) = await library.spaces(amal)
        assert (halfway.state, halfway.done, halfway.total, halfway.vectors) == ("building", 128, 300, 128)
    # Leaving the block killed it.
    await services.resource(Jobs).start()
    (space,) = await library.until(amal, "active")
    assert read[0] == 129  # what was done is not done again
    assert (space.done, space.vectors) == (300, 300)
    found = await models.search_index(services, library.id_of(amal), "numbers", "note 299")
    assert found[0].item_id == UUID(int=299)


async def count(services: Services, statement: str) -> int:
    async with services.database.reader() as db:
        return await db.scalar(text(statement)) or 0
