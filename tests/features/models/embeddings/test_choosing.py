"""Which model embeds: one's own choice, the instance's, or the best on this machine."""

import pytest

from gitu.features.models.embeddings.errors import EmbeddingModelUnknown
from gitu.features.models.embeddings.schemas import EmbeddingDefault
from gitu.features.models.errors import ModelNotThere, SharingDenied
from gitu.kernel.auth.principal import Principal, Role
from tests.features.models.embeddings.conftest import LEXICAL, MULTILINGUAL, Library
from tests.servers.embeddings import embedding_server
from tests.servers.script import Reply

pytestmark = pytest.mark.anyio


async def in_force(library: Library, who: Principal, **more: bool) -> EmbeddingDefault:
    answer = await library.do(who, "models.get_embedding_default", **more)
    assert isinstance(answer, EmbeddingDefault)
    return answer


async def test_without_any_choice_the_best_on_this_machine_is_used(library: Library) -> None:
    amal = await library.person()
    assert await in_force(library, amal) == EmbeddingDefault(chosen=None, model=MULTILINGUAL)


async def test_one_s_own_choice_comes_before_the_instance_s_which_comes_before_nothing(library: Library) -> None:
    owner, amal = await library.person(Role.OWNER), await library.person(Role.MEMBER)
    await library.choose(owner, LEXICAL, instance=True)
    assert (await in_force(library, amal)).model == LEXICAL
    assert (await in_force(library, amal, instance=True)).chosen == LEXICAL
    await library.choose(amal, MULTILINGUAL)
    assert (await in_force(library, amal)).model == MULTILINGUAL
    assert (await library.choose(amal, None)).model == LEXICAL
    assert (await library.choose(owner, None, instance=True)).model == MULTILINGUAL


async def test_only_owner_and_admins_choose_for_everyone(library: Library) -> None:
    amal = await library.person(Role.MEMBER)
    with pytest.raises(SharingDenied):
        await library.choose(amal, LEXICAL, instance=True)


async def test_what_everyone_uses_must_be_there_for_everyone(library: Library) -> None:
    with embedding_server() as server:
        owner = await library.person(Role.OWNER)
        own = await library.connect(owner, server, models=["test-embed"])
        with pytest.raises(EmbeddingModelUnknown):
            await library.choose(owner, f"{own.id}/test-embed", instance=True)
        shared = await library.connect(owner, server, models=["test-embed"], shared=True)
        await library.choose(owner, f"{shared.id}/test-embed", instance=True)
        amal = await library.person(Role.MEMBER)
        assert (await in_force(library, amal)).model == f"{shared.id}/test-embed"


async def test_a_model_is_tried_before_it_becomes_the_default(library: Library) -> None:
    with embedding_server() as server:
        amal = await library.person()
        connection = await library.connect(amal, server)
        server.embeds.then(Reply(status=404, error="model not found"))
        with pytest.raises(ModelNotThere):
            await library.choose(amal, f"{connection.id}/chatty")
        assert (await in_force(library, amal)).chosen is None
        assert server.embeds.bodies[0]["input"] == ["Gitu"]


@pytest.mark.parametrize("model", ["local/nothing", "00000000-0000-7000-8000-000000000000/test-embed"])
async def test_a_model_that_is_not_there_can_t_be_chosen(library: Library, model: str) -> None:
    amal = await library.person()
    with pytest.raises(EmbeddingModelUnknown) as unknown:
        await library.choose(amal, model)
    assert model in str(unknown.value)
    assert model in unknown.value.localised("ar")


async def test_a_choice_whose_connection_is_gone_gives_way(library: Library) -> None:
    with embedding_server() as server:
        amal = await library.person()
        connection = await library.connect(amal, server, models=["test-embed"])
        await library.choose(amal, f"{connection.id}/test-embed")
        await library.do(amal, "models.delete_connection", connection_id=connection.id)
    now = await in_force(library, amal)
    assert (now.chosen, now.model) == (f"{connection.id}/test-embed", MULTILINGUAL)


async def test_the_list_shows_models_here_and_those_of_connections_page_by_page(library: Library) -> None:
    amal = await library.person()
    with embedding_server(models=["test-model", "nomic-embed-text", "bge-m3"]) as server:
        local = await library.connect(amal, server, name="Ollama")
    with embedding_server("openai") as server:
        await library.do(
            amal, "models.create_connection", provider="openai", base_url=f"{server.url}/v1", api_key="sk-test"
        )
    page = await library.do(amal, "models.list_embedding_models")
    shown = {model.name: model for model in page.items}
    assert list(shown)[:2] == ["use-multilingual-3", "lexical-1"]
    assert "test-model" not in shown
    assert shown["use-multilingual-3"].is_default
    assert shown["bge-m3"].id == f"{local.id}/bge-m3"
    assert shown["bge-m3"].local
    assert shown["text-embedding-3-small"].dimensions == 1536
    assert str(shown["text-embedding-3-small"].input_price) == "0.02"
    first = await library.do(amal, "models.list_embedding_models", limit=3)
    second = await library.do(amal, "models.list_embedding_models", limit=100, cursor=first.next_cursor)
    assert [model.id for model in [*first.items, *second.items]] == [model.id for model in page.items]
    assert [m.name for m in (await library.do(amal, "models.list_embedding_models", query="NOMIC")).items] == [
        "nomic-embed-text"
    ]
