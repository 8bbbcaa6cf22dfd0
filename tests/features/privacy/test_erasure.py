"""An erasure: what is held on a person is nowhere any more, and nobody else loses anything."""

import pytest
from sqlalchemy import text
from websockets.exceptions import ConnectionClosed

from gitu.kernel.audit.verify import verify
from gitu.kernel.auth.principal import Role
from gitu.kernel.privacy.registry import personal_tables
from gitu.kernel.telemetry.metrics import metrics
from tests.features.identity.test_factors import set_up
from tests.features.identity.test_passkeys import add, authenticator
from tests.features.privacy.conftest import Loads, erase, report
from tests.servers.base import ModelServer
from tests.servers.script import say
from tests.support.canaries import Laden, files_with, tables_with
from tests.support.chat import MODEL, Chat, connect, eventually, window
from tests.support.postgres import TestServer
from tests.support.server import PASSWORD, GituServer, Person


def rows_of(gitu: GituServer, who: Laden) -> dict[str, int]:
    """How many rows each table has about the person."""
    counted: dict[str, int] = {}
    for found in personal_tables():
        about = " OR ".join(f"{column} = :id" for column in found.persons)
        counted[found.name] = gitu.sql(f"SELECT count(*) FROM {found.name} WHERE {about}", id=who.person.id)[0][0]
    return counted


@pytest.mark.slow
def test_after_an_erasure_nothing_of_the_person_is_found_anywhere(
    gitu: GituServer, loads: Loads, postgres_server: TestServer
) -> None:
    amal, basim = loads(), loads()
    export = amal.person.post("/privacy/exports")
    eventually(lambda: amal.person.get(f"/privacy/exports/{export['id']}")["state"] == "ready", within_s=60)
    before, others = rows_of(gitu, amal), rows_of(gitu, basim)
    empty = {name for name, rows in before.items() if not rows} - {"privacy_erasures"}
    assert empty == set(), "these tables were not tried"
    assert len(amal.found_in_database(gitu)) > 12
    home = gitu.settings.home
    assert files_with(home, amal.word), "nothing on the disk was tried"
    assert files_with(amal.shelf, amal.word), "nothing in an allowed folder was tried"
    # PostgreSQL writes what it holds into its files now, so that what is looked for there could be found.
    gitu.run(checkpoint(gitu))
    assert files_with(postgres_server.data, amal.word), "nothing in the database's files was tried"

    erased = report(gitu.client(), erase(amal)["receipt"])

    assert amal.found_in_database(gitu) == []
    assert files_with(home, amal.word) == []
    assert amal.word not in gitu.log.getvalue()
    assert amal.word not in metrics().render().decode()
    assert files_with(amal.shelf, amal.word) == []
    assert erased["notes"], "the report says what became of the database's own files"
    assert gitu.sql("SELECT left_behind, log_cut FROM privacy_erasures WHERE id = :id", id=erased["id"]) == [([], True)]
    assert relations_of(gitu, files_with(postgres_server.data, amal.word)) == []
    assert tables_with(gitu, str(amal.person.id)) == ["public.audit", "public.privacy_erasures"]
    assert {one["kind"] for one in erased["staying"]} == {"activity", "privacy"}
    assert {one["kind"] for one in erased["going"]} == {found.kind for found in personal_tables()} - {"activity"}
    told = {one["kind"]: one["rows"] for one in erased["going"]}
    for kind in ("account", "sign_in", "conversations", "permissions", "files", "commands", "models", "usage"):
        mine = [found.name for found in personal_tables() if found.kind == kind]
        assert told[kind] == sum(before[name] for name in mine), kind
    chain = gitu.run(verify(gitu.services.database, gitu.services.home))
    assert (chain.broken, chain.head_known) == (None, True)
    kept = {name: rows for name, rows in rows_of(gitu, basim).items() if name not in ("audit", "events")}
    assert kept == {name: rows for name, rows in others.items() if name not in ("audit", "events")}
    assert basim.person.get("/me")["name"] == f"Amal {basim.word}"
    assert files_with(home, basim.word)


def relations_of(gitu: GituServer, files: list[str]) -> list[str]:
    """The tables and indexes that PostgreSQL's files are of, for a person who reads why a test failed."""
    number = "SELECT pg_filenode_relation(0, CAST(:number AS oid))::regclass::text"
    names = [file.rsplit("/", 1)[1].partition(".")[0] for file in files]
    told = [gitu.sql(number, number=int(name))[0][0] if name.isdecimal() else None for name in names]
    return [f"{file}: {what}" for file, what in zip(files, told, strict=True)]


async def checkpoint(gitu: GituServer) -> None:
    """Have PostgreSQL write all it holds into its files."""
    async with gitu.services.database.reader() as db:
        await db.execute(text("CHECKPOINT"))


def test_whoever_is_erased_is_out_everywhere_at_once(gitu: GituServer) -> None:
    amal = gitu.person()
    phone = gitu.again(amal)
    with window(phone) as screen:
        amal.post("/privacy/erasure", {"confirm": amal.login, "password": PASSWORD})
        with pytest.raises(ConnectionClosed) as closed:
            screen.until(type="never")
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4401
    for device in (amal, phone):
        assert device.refused("GET", "/me", status=401) in ("auth.expired", "auth.required")
    sign_in = {"login": amal.login, "password": PASSWORD}
    assert gitu.client().refused("POST", "/auth/sign-in", sign_in, status=401) == "auth.sign_in_failed"


def test_the_name_has_to_be_typed_and_the_password_given(gitu: GituServer) -> None:
    amal = gitu.person()
    for body, code in (
        ({"confirm": "somebody", "password": PASSWORD}, "input.invalid"),
        ({"confirm": amal.login, "password": "not the password"}, "auth.password_wrong"),
        ({"confirm": amal.login}, "auth.password_wrong"),
    ):
        assert amal.refused("POST", "/privacy/erasure", body, status=422) == code
    assert amal.get("/me")["login"] == amal.login


def test_a_code_or_a_passkey_proves_who_one_is_too(gitu: GituServer) -> None:
    amal, basim = gitu.person(), gitu.person()
    app, _ = set_up(amal)
    amal.post("/privacy/erasure", {"confirm": amal.login, "code": app.code()})
    device = authenticator(gitu)
    add(basim, device)
    asked = gitu.client().post("/auth/passkey/options")
    answer = {"ticket": asked["ticket"], "credential": device.get(asked["options"])}
    stranger = gitu.person()
    add(stranger, authenticator(gitu))
    body = {"confirm": stranger.login, "passkey": answer}
    assert stranger.refused("POST", "/privacy/erasure", body, status=401) == "auth.passkey_refused"
    asked = gitu.client().post("/auth/passkey/options")
    answer = {"ticket": asked["ticket"], "credential": device.get(asked["options"])}
    basim.post("/privacy/erasure", {"confirm": basim.login, "passkey": answer})


def test_whom_only_a_provider_signs_in_signs_in_again_first(gitu: GituServer) -> None:
    amal = gitu.person()
    gitu.sql("UPDATE identity_users SET password_hash = '' WHERE id = :id", id=amal.id)
    gitu.sql("UPDATE identity_devices SET created_at = now() - interval '1 hour' WHERE owner_id = :id", id=amal.id)
    assert amal.get("/privacy/erasure")["proofs"] == ["sign_in"]
    body = {"confirm": amal.login}
    assert amal.refused("POST", "/privacy/erasure", body, status=403) == "auth.sign_in_again"
    assert gitu.again(amal).post("/privacy/erasure", body)["receipt"]


def test_what_acts_for_a_person_can_not_erase_them(gitu: GituServer) -> None:
    amal = gitu.person(Role.ADMIN)
    program = amal.key("privacy:erase", "privacy:export", "privacy:read")
    body = {"confirm": amal.login, "password": PASSWORD}
    assert program.refused("POST", "/privacy/erasure", body, status=403) == "action.grant_needed"
    assert program.refused("POST", "/privacy/exports", status=403) == "auth.person_needed"
    assert amal.get("/me")["login"] == amal.login


def test_before_it_one_sees_what_goes_and_what_stays_and_why(gitu: GituServer) -> None:
    amal = gitu.person(language="ar")
    amal.post("/sessions", {"title": "Plans"})
    seen = amal.get("/privacy/erasure")
    assert seen["confirm"] == amal.login
    assert seen["blocked"] is None
    assert {"account", "sign_in", "conversations"} <= {one["kind"] for one in seen["going"]}
    staying = {one["kind"]: one["why"] for one in seen["staying"]}
    assert "تقرير" in staying["privacy"] or "التقرير" in staying["privacy"]
    assert staying.keys() <= {"privacy", "activity"}


def test_the_only_owner_is_told_the_way_out_and_can_take_it(gitu: GituServer) -> None:
    gitu.sql("UPDATE identity_users SET role = 'admin' WHERE role = 'owner'")
    owner, admin, member = gitu.person(Role.OWNER), gitu.person(Role.ADMIN), gitu.person()
    body = {"confirm": owner.login, "password": PASSWORD}
    assert "hand-over" in owner.get("/privacy/erasure")["blocked"]
    assert owner.refused("POST", "/privacy/erasure", body, status=409) == "privacy.owner_stays"
    over = f"/users/{admin.id}/hand-over"
    gitu.sql("UPDATE identity_devices SET confirmed_at = NULL WHERE owner_id = :id", id=owner.id)
    assert owner.refused("POST", over, status=403) == "auth.confirmation_needed"
    owner.post("/me/confirmation", {"password": PASSWORD})
    assert owner.refused("POST", f"/users/{member.id}/hand-over", status=409) == "auth.successor_not_admin"
    assert admin.refused("POST", f"/users/{owner.id}/hand-over", status=403) == "auth.owner_untouchable"
    owner.ask("POST", over, status=204)
    assert (admin.get("/me")["role"], owner.get("/me")["role"]) == ("owner", "admin")
    owner.post("/privacy/erasure", body)


def test_an_admin_erases_someone_whose_access_was_closed(gitu: GituServer) -> None:
    admin, member, other = gitu.person(Role.ADMIN), gitu.person(), gitu.person(Role.ADMIN)
    body, path = {"confirm": member.login, "password": PASSWORD}, f"/privacy/people/{member.id}/erase"
    assert admin.refused("POST", path, body, status=409) == "privacy.still_has_access"
    assert member.refused("POST", path, body, status=403) == "auth.denied"
    admin.patch(f"/users/{member.id}", {"disabled": True})
    assert admin.get("/privacy/erasure", person_id=str(member.id))["confirm"] == member.login
    started = admin.post(path, body)
    done = report(gitu.client(), started["receipt"])
    assert done["by"] == "admin"
    assert done["kept_until"] > done["finished_at"]
    listed = [one for one in admin.get("/privacy/erasures")["items"] if one["id"] == started["erasure_id"]]
    assert listed == [done]
    assert member.login not in str(listed)
    assert gitu.sql("SELECT 1 FROM identity_users WHERE id = :id", id=member.id) == []
    another = f"/privacy/people/{other.id}/erase"
    body = {"confirm": other.login, "password": PASSWORD}
    gitu.sql("UPDATE identity_users SET disabled_at = now() WHERE id = :id", id=other.id)
    assert admin.refused("POST", another, body, status=403) == "auth.denied"  # only the owner may erase admins


def test_a_receipt_that_nobody_was_given_shows_nothing(gitu: GituServer) -> None:
    code = gitu.client().refused("POST", "/privacy/report", {"receipt": "gitu_era_" + "x" * 40}, status=404)
    assert code == "privacy.erasure_not_found"


def test_an_answer_that_is_being_given_is_stopped_and_goes_too(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person()
    connect_for(gitu, amal, model)
    model.script.then(say("word " * 2_000, token_delay=0.05))
    chat = Chat(amal)
    turn = chat.send("Tell me a long story")["turn"]["id"]
    eventually(lambda: gitu.sql("SELECT 1 FROM assistant_turns WHERE id = :id AND state = 'running'", id=turn))
    receipt = amal.post("/privacy/erasure", {"confirm": amal.login, "password": PASSWORD})["receipt"]
    report(gitu.client(), receipt)
    assert gitu.sql("SELECT 1 FROM assistant_turns WHERE owner_id = :id", id=amal.id) == []
    assert gitu.sql("SELECT 1 FROM dbos.workflow_status WHERE workflow_uuid = :id", id=f"turn-{turn}") == []


def connect_for(gitu: GituServer, person: Person, model: ModelServer) -> None:
    """A connection that an admin shares; the person's default."""
    connection = connect(gitu.person(Role.ADMIN), model, shared=True)
    person.put("/models/defaults", {"default": f"{connection['id']}/{MODEL}"})
