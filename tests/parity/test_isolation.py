"""Two people on one Gitu: what one owns, the other neither reads nor changes; table by table."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from gitu.app import load_features
from gitu.features.models.embeddings.repository import find_space, nearest
from gitu.features.models.embeddings.schemas import Near
from gitu.kernel.auth.principal import Role
from gitu.kernel.db.tables import Base
from gitu.kernel.ids import new_id
from tests.features.identity.test_factors import set_up
from tests.features.identity.test_passkeys import add, authenticator
from tests.servers.base import ModelServer
from tests.servers.script import call, say
from tests.support.chat import Chat, connect
from tests.support.server import API, Client, GituServer, Json, Person

load_features()
PERSONAL = {
    table.name
    for table in Base.metadata.tables.values()
    if {"owner_id", "user_id", "reader_id"} & {column.name for column in table.columns}
}


@dataclass
class Two:
    """Amal, who owns a row of every kind, and the owner of this Gitu, who must not see them."""

    gitu: GituServer
    amal: Person
    eve: Person
    ids: dict[str, str]


@pytest.fixture
def two(gitu: GituServer, model: ModelServer, tmp_path: Path) -> Two:
    """Amal has used everything there is."""
    amal, eve = gitu.person(Role.ADMIN), gitu.person(Role.ADMIN)
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    ids = {"connection": connect(amal, model)["id"]}
    ids["budget"] = amal.post("/models/budgets", {"kind": "person", "period": "month", "limit": "1000"})["id"]
    doomed = amal.post("/sessions", {"title": "Amal's doomed plans"})["id"]
    model.script.then(
        call("search_tools", queries=["delete conversation"]),
        call("assistant__delete_session", session_id=doomed),
        say("Waiting."),
    )
    chat = Chat(amal)
    answer = chat.say("Amal's secret question")
    amal.post(f"/sessions/{chat.session_id}/share", {"login": gitu.person().login})
    ids |= {"session": str(chat.session_id), "turn": answer.turn["id"], "message": chat.messages()[0]["id"]}
    ids |= {"approval": answer.calls[1]["approval_id"], "device": str(amal.device_id)}
    ids["grant"] = amal.post("/grants", {"covers": "assistant.open_session"})["id"]
    ids["key"] = amal.post("/api-keys", {"name": "Amal's key", "scopes": ["me:read"]})["key"]["id"]
    ids["invitation"] = amal.post("/invitations", {"note": "Amal's friend"})["invitation"]["id"]
    set_up(amal)
    ids["passkey"] = add(amal, authenticator(gitu))["id"]
    ids["openid"] = str(new_id())
    gitu.sql(
        "INSERT INTO identity_openid_links (id, owner_id, issuer, subject, created_at)"
        " VALUES (:id, :owner, 'https://example.org', :subject, now())",
        id=ids["openid"],
        owner=amal.id,
        subject=f"of {amal.login}",
    )
    ids["pairing"] = amal.post("/pairing-tokens")["token"]
    amal.post("/sessions", {"title": "Once"}, headers={"idempotency-key": "amal-1"})
    amal.patch("/me", {"name": "Amal the hidden"})
    ids["folder"] = amal.post("/files/folders", {"person_id": str(amal.id), "path": str(shelf)})["id"]
    ids["change"] = amal.put("/files/content", {"path": "secret.txt", "content": "Amal's secret"})["id"]
    run = {"command": "echo Amal's secret", "run_id": str(uuid4())}
    amal.http.post(f"{API}/shell/runs", json=run)  # written down even where no sandbox can start
    ids["run"] = run["run_id"]
    ids["export"] = amal.post("/privacy/exports")["id"]
    amal.put("/models/embeddings/default", {"model": "local/lexical-1"})
    ids["space"] = str(new_id())
    for statement in (
        'INSERT INTO models_vector_spaces (id, owner_id, "index", model, dimensions, state, done, total, indexed,'
        " created_at, updated_at)"
        " VALUES (:id, :owner, 'notes', 'local/lexical-1', 2, 'active', 1, 1, false, now(), now())",
        "INSERT INTO models_vectors (space_id, item_id, owner_id, vector, changed_at)"
        " VALUES (:id, :id, :owner, '[1,2]', now())",
    ):
        gitu.sql(statement, id=ids["space"], owner=amal.id)
    return Two(gitu, amal, eve, ids)


def sees(client: Client, path: str, wanted: str) -> bool:
    """Whether a list shows an id or a text."""
    return wanted in str(client.get(path))


def refused(two: Two, method: str, path: str, body: Json = None) -> None:
    """Eve is told that there is no such thing."""
    two.eve.ask(method, path, body, status=404)


def check_sessions(two: Two) -> None:
    session = two.ids["session"]
    assert sees(two.amal, "/sessions", session)
    assert not sees(two.eve, "/sessions", session)
    assert two.eve.get("/sessions", query="secret")["items"] == []
    refused(two, "GET", f"/sessions/{session}")
    refused(two, "PATCH", f"/sessions/{session}", {"title": "Eve's"})
    refused(two, "DELETE", f"/sessions/{session}")
    refused(two, "POST", f"/sessions/{session}/share", {"login": two.eve.login})


def check_messages(two: Two) -> None:
    refused(two, "GET", f"/sessions/{two.ids['session']}/messages")
    own = two.eve.post("/sessions", {})["id"]
    body = {"text": "x", "session_id": own, "edit_of": two.ids["message"]}
    two.eve.ask("POST", "/messages", body, status=422)
    refused(two, "POST", "/messages", {"text": "x", "session_id": two.ids["session"]})


def check_turns(two: Two) -> None:
    refused(two, "GET", f"/turns/{two.ids['turn']}")
    refused(two, "GET", f"/turns/{two.ids['turn']}/events")
    refused(two, "POST", f"/turns/{two.ids['turn']}/stop")


def check_shares(two: Two) -> None:
    assert two.amal.get(f"/sessions/{two.ids['session']}")["shared"] is True
    refused(two, "GET", f"/sessions/{two.ids['session']}")


def check_devices(two: Two) -> None:
    assert sees(two.amal, "/devices", two.ids["device"])
    assert not sees(two.eve, "/devices", two.ids["device"])
    refused(two, "DELETE", f"/devices/{two.ids['device']}")


def check_tickets(two: Two) -> None:
    body = {"token": two.ids["pairing"], "device_id": two.ids["device"]}
    linked = two.gitu.client().post("/auth/pairing-token", body)
    assert linked["me"]["id"] == str(two.amal.id)  # whoever types it becomes Amal there; only she was shown it
    assert "pairing" not in str(two.eve.get("/devices")["items"])


def check_openid_links(two: Two) -> None:
    link = two.ids["openid"]
    assert sees(two.amal, "/me/openid", link)
    assert not sees(two.eve, "/me/openid", link)
    refused(two, "DELETE", f"/me/openid/{link}")


def check_passkeys(two: Two) -> None:
    passkey = two.ids["passkey"]
    assert sees(two.amal, "/me/passkeys", passkey)
    assert not sees(two.eve, "/me/passkeys", passkey)
    refused(two, "PATCH", f"/me/passkeys/{passkey}", {"name": "Eve's"})
    refused(two, "DELETE", f"/me/passkeys/{passkey}")


def check_second_factor(two: Two) -> None:
    assert two.amal.get("/me/second-factor")["recovery_codes_left"] == 10
    assert two.eve.get("/me/second-factor")["enabled"] is False


def check_keys(two: Two) -> None:
    assert sees(two.amal, "/api-keys", two.ids["key"])
    assert not sees(two.eve, "/api-keys", two.ids["key"])
    refused(two, "DELETE", f"/api-keys/{two.ids['key']}")


def check_invitations(two: Two) -> None:
    member = two.gitu.person()
    member.ask("GET", "/invitations", status=403)
    member.ask("DELETE", f"/invitations/{two.ids['invitation']}", status=403)


def check_approvals(two: Two) -> None:
    assert sees(two.amal, "/approvals", two.ids["approval"])
    assert not sees(two.eve, "/approvals", two.ids["approval"])
    refused(two, "POST", f"/approvals/{two.ids['approval']}/approve")
    refused(two, "POST", f"/approvals/{two.ids['approval']}/deny")


def check_grants(two: Two) -> None:
    grant = two.ids["grant"]
    assert sees(two.amal, "/grants", grant)
    assert not sees(two.eve, "/grants", grant)
    refused(two, "DELETE", f"/grants/{grant}")


def check_connections(two: Two) -> None:
    connection = two.ids["connection"]
    assert sees(two.amal, "/models/connections", connection)
    assert not sees(two.eve, "/models/connections", connection)
    assert not sees(two.eve, "/models", connection)
    refused(two, "PATCH", f"/models/connections/{connection}", {"name": "Eve's"})
    refused(two, "DELETE", f"/models/connections/{connection}")
    refused(two, "POST", f"/models/connections/{connection}/test")


def check_calls(two: Two) -> None:
    assert two.eve.get("/models/calls", session_id=two.ids["session"])["items"] == []
    assert two.eve.get("/models/calls")["items"] == []
    assert two.eve.get("/models/usage")["items"] == []


def check_budgets(two: Two) -> None:
    budget = two.ids["budget"]
    assert sees(two.amal, "/models/budgets", budget)
    assert not sees(two.eve, "/models/budgets", budget)
    assert not sees(two.eve, "/models/budgets?everyone=true", budget)
    refused(two, "PATCH", f"/models/budgets/{budget}", {"limit": "0"})
    refused(two, "DELETE", f"/models/budgets/{budget}")


def check_defaults(two: Two) -> None:
    assert sees(two.amal, "/models/defaults", two.ids["connection"])
    assert not sees(two.eve, "/models/defaults", two.ids["connection"])


def check_folders(two: Two) -> None:
    folder = two.ids["folder"]
    assert sees(two.amal, "/files/folders", folder)
    assert not sees(two.eve, "/files/folders", folder)
    for path in ("/files/entries", "/files/download?path=x", "/files/content?path=x", "/files/search?query=x"):
        refused(two, "GET", f"{path}{'&' if '?' in path else '?'}folder_id={folder}")
    refused(two, "PUT", "/files/content", {"folder_id": folder, "path": "x", "content": "x"})
    refused(two, "DELETE", f"/files/entries?folder_id={folder}&path=x")
    member = two.gitu.person()  # admins see to everybody's folders, without being able to open them
    member.ask("DELETE", f"/files/folders/{folder}", status=404)
    member.ask("GET", "/files/folders?everyone=true", status=403)


def check_changes(two: Two) -> None:
    assert sees(two.amal, "/files/changes", two.ids["change"])
    assert not sees(two.eve, "/files/changes", two.ids["change"])
    refused(two, "POST", f"/files/changes/{two.ids['change']}/undo", {})
    refused(two, "POST", "/files/preview", {"change": "files.undo_change", "input": {"change_id": two.ids["change"]}})
    refused(two, "GET", f"/files/content?path=secret.txt&folder_id={two.amal.id}")


def check_runs(two: Two) -> None:
    assert sees(two.amal, "/shell/runs", two.ids["run"])
    assert not sees(two.eve, "/shell/runs", two.ids["run"])
    refused(two, "GET", f"/shell/runs/{two.ids['run']}")
    refused(two, "POST", f"/shell/runs/{two.ids['run']}/stop")


def check_audit(two: Two) -> None:
    member = two.gitu.person()
    assert member.get("/audit", actor_id=str(two.amal.id))["items"] == []
    assert {row["actor_id"] for row in member.get("/audit")["items"]} <= {str(member.id)}


def check_idempotency(two: Two) -> None:
    headers = {"idempotency-key": "amal-1"}
    made = two.eve.post("/sessions", {"title": "Once"}, headers=headers)
    assert made["owner_name"] == "Amal"  # Eve's own first name in these tests; not Amal's new one
    assert not sees(two.amal, "/sessions", made["id"])


def check_events(two: Two) -> None:
    rows = two.gitu.sql("SELECT count(*) FROM events WHERE owner_id = :id", id=two.amal.id)
    assert rows[0][0] > 0  # and only their own windows hear of them, as the streams' tests show


def check_exports(two: Two) -> None:
    path = f"/privacy/exports/{two.ids['export']}"
    assert sees(two.amal, "/privacy/exports", two.ids["export"])
    assert not sees(two.eve, "/privacy/exports", two.ids["export"])
    for method, one in (("GET", path), ("GET", f"{path}/archive"), ("DELETE", path)):
        refused(two, method, one)


def check_embedding_defaults(two: Two) -> None:
    assert two.amal.get("/models/embeddings/default")["chosen"] == "local/lexical-1"
    assert two.eve.get("/models/embeddings/default")["chosen"] is None


def check_vector_spaces(two: Two) -> None:
    assert sees(two.amal, "/models/vector-spaces", two.ids["space"])
    assert not sees(two.eve, "/models/vector-spaces", two.ids["space"])
    refused(two, "POST", f"/models/vector-spaces/{two.ids['space']}/cancel")


def check_vectors(two: Two) -> None:
    async def found_by(who: Person) -> list[Near]:
        async with two.gitu.services.database.reader() as db:
            space = await find_space(db, [UUID(str(two.amal.id))], UUID(two.ids["space"]))
            assert space is not None
            return await nearest(db, UUID(str(who.id)), space, [1.0, 2.0], 10)

    assert len(two.gitu.run(found_by(two.amal))) == 1
    assert two.gitu.run(found_by(two.eve)) == []


CHECKS: dict[str, Callable[[Two], None]] = {
    "approvals": check_approvals,
    "grants": check_grants,
    "assistant_messages": check_messages,
    "assistant_sessions": check_sessions,
    "assistant_shares": check_shares,
    "assistant_turns": check_turns,
    "audit": check_audit,
    "events": check_events,
    "files_changes": check_changes,
    "files_folders": check_folders,
    "idempotency": check_idempotency,
    "identity_api_keys": check_keys,
    "identity_devices": check_devices,
    "identity_invitations": check_invitations,
    "identity_openid_links": check_openid_links,
    "identity_passkeys": check_passkeys,
    "identity_recovery_codes": check_second_factor,
    "identity_tickets": check_tickets,
    "identity_totp": check_second_factor,
    "models_budgets": check_budgets,
    "models_calls": check_calls,
    "models_connections": check_connections,
    "models_defaults": check_defaults,
    "models_leases": check_budgets,
    "models_spending": check_budgets,
    "models_embedding_defaults": check_embedding_defaults,
    "models_vector_spaces": check_vector_spaces,
    "models_vectors": check_vectors,
    "privacy_exports": check_exports,
    "shell_runs": check_runs,
}


def test_every_table_that_someone_owns_is_looked_at_here() -> None:
    assert sorted(CHECKS) == sorted(PERSONAL), "a new table with an owner needs a check of its own"


def test_nobody_sees_or_changes_what_is_another_s(two: Two) -> None:
    for table, check in CHECKS.items():
        if table not in ("events", "audit", "models_leases"):  # these last: what is leased is soon given back
            owned = two.gitu.sql(f"SELECT 1 FROM {table} WHERE owner_id = :id LIMIT 1", id=two.amal.id)
            assert owned, f"Amal owns no row of {table}, so nothing was shown"
        check(two)
