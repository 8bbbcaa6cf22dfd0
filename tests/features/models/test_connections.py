"""Connecting models: keys that go in and never come out, who may share what, what is chosen."""

import pytest
import structlog
from sqlalchemy import text

from gitu.features.models import api
from gitu.features.models.desk import ModelDesk
from gitu.features.models.errors import (
    AddressInvalid,
    AddressNeeded,
    ConnectionUnknown,
    KeyNeeded,
    ModelRedirected,
    ModelUnknown,
    NoModel,
    SharingDenied,
)
from gitu.kernel.auth.principal import Role
from gitu.kernel.errors import Denied
from tests.features.models.conftest import COMPATIBLE, KEY, SPEAKERS, World, everything_in, streamed
from tests.servers.openai_compatible import openai_compatible
from tests.servers.script import Reply, Script, say, wrong_key

pytestmark = pytest.mark.anyio


async def test_a_new_connection_is_tried_and_lists_its_models(world: World) -> None:
    with openai_compatible(models=["small", "large"]) as server:
        person = await world.person()
        connection = await world.connect(person, server, name="My server")
        listed = await world.do(person, "models.list_models")
    assert (connection.status, connection.models) == ("ok", ["small", "large"])
    ways, models = listed.items[:5], listed.items[5:]
    assert [model.id for model in ways] == ["gitu/auto", "gitu/best", "gitu/cheap", "gitu/fast", "gitu/local"]
    assert [model.name for model in models] == ["small", "large"]
    assert models[0].id == f"{connection.id}/small"
    assert models[0].local


async def test_a_connection_that_does_not_work_is_kept_and_says_why(world: World) -> None:
    with COMPATIBLE.serve(keys=["another key"]) as server:
        person = await world.person()
        connection = await world.connect(person, server, name="My server")
        assert connection.status == "failing"
        assert connection.last_error is not None
        assert "refused the API key" in connection.last_error
        server.keys = [KEY]
        tested = await world.do(person, "models.test_connection", connection_id=str(connection.id))
    assert tested.ok
    assert tested.models == ["test-model"]


async def test_the_key_never_comes_out_again(
    world: World, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    structlog.configure(processors=[structlog.processors.JSONRenderer()])
    caplog.set_level(0)
    with COMPATIBLE.serve(Script(wrong_key(), otherwise=say("Hi"))) as server:
        person = await world.person()
        connection = await world.connect(person, server)
        assert connection.has_key
        assert connection.key_hint == f"…{KEY[-4:]}"
        answers = [
            connection,
            await world.do(person, "models.list_connections"),
            await world.do(person, "models.list_models"),
            await world.do(person, "models.test_connection", connection_id=str(connection.id)),
            await world.do(person, "models.update_connection", connection_id=str(connection.id), name="New"),
        ]
        model = await world.open(person)
        with pytest.raises(Exception, match="refused") as caught:
            await streamed(model)
        assert server.asked[0].headers["authorization"] == f"Bearer {KEY}", "the provider does get it"
    shown = [everything_in(answer) for answer in answers] + [
        repr(caught.value),
        repr(model),
        repr(vars(caught.value)),
    ]
    written = capfd.readouterr()
    for one in [*shown, caplog.text, written.out, written.err]:
        assert KEY not in one


async def test_the_database_holds_no_readable_key(world: World) -> None:
    with COMPATIBLE.serve() as server:
        await world.connect(await world.person(), server)
    async with world.services.database.reader() as db:
        (stored,) = (await db.scalars(text("SELECT api_key FROM models_connections"))).all()
        rows = (await db.scalars(text("SELECT c::text FROM models_connections c"))).all()
        traces = (await db.scalars(text("SELECT a::text FROM audit a UNION ALL SELECT e::text FROM events e"))).all()
    assert KEY.encode() not in bytes(stored)
    assert rows
    assert traces
    assert KEY not in str([*rows, *traces])


async def test_a_key_does_not_travel_to_another_address(world: World) -> None:
    with COMPATIBLE.serve() as first, COMPATIBLE.serve() as second:
        person = await world.person()
        connection = await world.connect(person, first)
        changed = await world.do(
            person, "models.update_connection", connection_id=str(connection.id), base_url=second.url + "/v1"
        )
        assert not changed.has_key
        await streamed(await world.open(person))
        assert KEY not in str(second.asked[0].headers)


async def test_a_redirect_is_not_followed_with_the_key(world: World) -> None:
    with COMPATIBLE.serve() as thief:
        away = Reply(status=307, headers={"location": thief.url + "/v1/chat/completions"})
        with COMPATIBLE.serve(Script(away)) as server:
            person = await world.person()
            await world.connect(person, server)
            with pytest.raises(ModelRedirected):
                await streamed(await world.open(person))
        assert thief.asked == []


async def test_people_do_not_see_each_others_connections(world: World) -> None:
    with COMPATIBLE.serve() as server:
        one, other = await world.person(), await world.person()
        connection = await world.connect(one, server)
        assert (await world.do(other, "models.list_connections")).items == []
        assert (await world.do(other, "models.list_models")).items == []
        for name in ("test_connection", "delete_connection", "update_connection"):
            with pytest.raises(ConnectionUnknown):
                await world.do(other, f"models.{name}", connection_id=str(connection.id))
        with pytest.raises(ModelUnknown):
            await world.open(other, f"{connection.id}/test-model")
        with pytest.raises(ModelUnknown):
            await world.do(other, "models.set_defaults", default=f"{connection.id}/test-model")
        await streamed(await world.open(one))
    assert await world.calls(other) == []
    assert len(await world.calls(one)) == 1


async def test_a_shared_connection_serves_everyone_and_only_admins_manage_it(world: World) -> None:
    with COMPATIBLE.serve(Script(otherwise=say("Hi"))) as server:
        owner, member = await world.person(), await world.person(Role.MEMBER)
        connection = await world.connect(owner, server, shared=True)
        assert await streamed(await world.open(member)) == ["Hi"]
        for name in ("test_connection", "delete_connection", "update_connection"):
            with pytest.raises(SharingDenied):
                await world.do(member, f"models.{name}", connection_id=str(connection.id))
        admin = await world.person(Role.ADMIN)
        await world.do(admin, "models.delete_connection", connection_id=str(connection.id))
        with pytest.raises(NoModel):
            await world.open(member)


async def test_members_may_not_share_nor_reach_into_the_local_network(world: World) -> None:
    member = await world.person(Role.MEMBER)
    with COMPATIBLE.serve() as server:
        with pytest.raises(SharingDenied):
            await world.connect(member, server, shared=True)
        with pytest.raises(AddressInvalid, match="local network"):
            await world.connect(member, server)
        assert server.asked == []
    with pytest.raises(AddressInvalid, match="provider's address"):
        await world.do(
            member,
            "models.create_connection",
            provider="openai",
            api_key=KEY,
            base_url="https://example.org/v1",
        )


async def test_guests_use_models_but_connect_none(world: World) -> None:
    guest = await world.person(Role.GUEST)
    with COMPATIBLE.serve() as server, pytest.raises(Denied):
        await world.connect(guest, server)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://127.0.0.1/v1",
        "file:///etc/passwd",
        "http://169.254.169.254/latest",
        "http://[fe80::1]/v1",
        "http://user:secret@host/v1",
        "http://host/v1?key=1",
        "nonsense",
    ],
)
async def test_an_address_that_no_model_can_have_is_refused(world: World, address: str) -> None:
    owner = await world.person()
    with pytest.raises(AddressInvalid):
        await world.do(owner, "models.create_connection", provider="openai_compatible", base_url=address)


async def test_what_is_missing_is_named(world: World) -> None:
    owner = await world.person()
    with pytest.raises(AddressNeeded) as address:
        await world.do(owner, "models.create_connection", provider="openai_compatible")
    assert address.value.fields[0].path == "base_url"
    with pytest.raises(KeyNeeded) as key:
        await world.do(owner, "models.create_connection", provider="anthropic")
    assert key.value.fields[0].path == "api_key"


async def test_ones_own_connection_is_preferred_to_a_shared_one(world: World) -> None:
    with COMPATIBLE.serve(Script(say("shared"))) as shared, COMPATIBLE.serve(Script(say("own"))) as own:
        owner, admin = await world.person(), await world.person(Role.ADMIN)
        await world.connect(owner, shared, shared=True)
        await world.connect(admin, own)
        assert await streamed(await world.open(admin)) == ["own"]
        assert await streamed(await world.open(owner)) == ["shared"]


async def test_the_instances_default_holds_for_those_who_chose_none(world: World) -> None:
    with openai_compatible(Script(otherwise=say("Hi")), models=["first", "second"]) as server:
        owner, member = await world.person(), await world.person(Role.MEMBER)
        connection = await world.connect(owner, server, shared=True)
        second = f"{connection.id}/second"
        await world.do(owner, "models.set_defaults", default=second, instance=True)
        assert (await world.open(member)).id == second
        first = f"{connection.id}/first"
        await world.do(member, "models.set_defaults", default=first)
        assert (await world.open(member)).id == first
        assert (await world.do(member, "models.get_defaults")).default == first
        with pytest.raises(SharingDenied):
            await world.do(member, "models.set_defaults", default=first, instance=True)


async def test_without_a_connection_one_is_told_how_to_make_one(world: World) -> None:
    person = await world.person()
    assert person.user_id is not None
    assert not await api.has_model(world.services, person.user_id)
    assert await api.chosen_model(world.services, person.user_id) is None
    with pytest.raises(NoModel, match="Connect one under Settings"):
        await world.open(person)


async def test_an_edited_connection_is_used_at_once(world: World) -> None:
    with COMPATIBLE.serve(keys=["new key of mine"]) as server:
        person = await world.person()
        connection = await world.connect(person, server, models=["test-model"])
        with pytest.raises(Exception, match="refused"):
            await streamed(await world.open(person))
        await world.do(person, "models.update_connection", connection_id=str(connection.id), api_key="new key of mine")
        assert await streamed(await world.open(person)) == ["You ", "said: ", "Hello"]


async def test_a_connection_that_fails_in_a_turn_shows_it(world: World) -> None:
    with COMPATIBLE.serve(Script(wrong_key())) as server:
        person = await world.person()
        await world.connect(person, server)
        with pytest.raises(Exception, match="refused"):
            await streamed(await world.open(person))
        await world.calls(person)
        await world.services.resource(ModelDesk).settled()
        (connection,) = (await world.do(person, "models.list_connections")).items
    assert connection.status == "failing"


async def test_the_window_comes_from_the_server_or_the_price_list(world: World) -> None:
    (openrouter,) = [one for one in SPEAKERS if one.kind == "openrouter"]
    with openrouter.serve() as server:
        person = await world.person()
        assert person.user_id is not None
        connection = await world.connect(person, server, openrouter)
        model = f"{connection.id}/openai/gpt-4o-mini"
        assert await api.context_window(world.services, person.user_id, model) == 32768


async def test_an_unattended_install_connects_a_server_for_everyone(world: World) -> None:
    with COMPATIBLE.serve(Script(say("Hi")), keys=[KEY]) as server:
        owner, member = await world.person(), await world.person(Role.MEMBER)
        (made,) = await api.connect_from_environment(world.services, owner, url=server.url + "/v1", key=KEY)
        assert (made.status, made.shared, made.provider) == ("ok", True, "openai_compatible")
        assert await streamed(await world.open(member)) == ["Hi"]
