"""A key bounds what a program may ask for; what it does without asking are grants of that very key, by every door."""

import shutil
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from gitu.kernel.actions.permissions import store
from gitu.kernel.auth.principal import Role
from gitu.kernel.db import migrate
from tests.features.identity.test_devices import close_code
from tests.servers.base import ModelServer
from tests.servers.script import Reply, ToolCall, call, say
from tests.support.chat import Chat, connect, eventually, window
from tests.support.server import Client, GituServer, Json, Person

SCOPES = ("me:read", "me:write", "assistant:chat", "assistant:read", "assistant:write", "shell:run", "shell:read")


def named(amal: Person, name: str = "a program") -> Json:
    """A key as its person sees it."""
    return next(key for key in amal.get("/api-keys")["items"] if key["name"] == name)


def test_by_default_a_key_reads_and_asks_before_it_changes_anything(gitu: GituServer) -> None:
    amal = gitu.person()
    made = amal.post("/api-keys", {"name": "Default", "scopes": ["me:read", "me:write"]})
    assert (made["key"]["reads"], made["key"]["unasked"]) == (True, [])
    program = gitu.client(authorization=f"Bearer {made['secret']}")
    program.get("/me")
    headers = {"idempotency-key": "rename"}
    problem = program.ask("PATCH", "/me", {"name": "New"}, status=403, headers=headers)
    assert problem["code"] == "action.approval_needed"
    (waiting,) = amal.get("/approvals", state="pending")["items"]
    assert (waiting["action"], waiting["delegate"]) == ("identity.update_me", f"api_key:{made['key']['id']}")
    assert amal.get("/me")["name"] == "Amal"
    amal.post(f"/approvals/{waiting['id']}/approve")
    assert program.ask("PATCH", "/me", {"name": "New"}, headers=headers)["name"] == "New"  # the kept answer


def test_what_it_may_do_unasked_is_listed_and_taken_back_from_the_next_call_on(gitu: GituServer) -> None:
    amal = gitu.person()
    program = amal.key("me:read", "me:write")
    program.patch("/me", {"name": "One"})
    assert named(amal)["unasked"] == ["me:write"]
    (grant,) = [one for one in amal.get("/grants")["items"] if one["covers"] == "me:write"]
    assert (grant["delegate_name"], grant["origin"]) == ("a program", "person")
    amal.delete(f"/grants/{grant['id']}")
    assert program.refused("PATCH", "/me", {"name": "Two"}, status=403) == "action.approval_needed"
    assert amal.get("/me")["name"] == "One"
    assert named(amal)["unasked"] == []


def test_a_key_that_would_bring_too_many_permissions_is_not_made(
    gitu: GituServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    amal = gitu.person()
    monkeypatch.setattr(store, "MOST_GRANTS", 1)
    asked = {"name": "Too much", "scopes": ["me:read", "me:write"], "unasked": ["me:write"]}
    assert amal.refused("POST", "/api-keys", asked, status=409) == "grant.too_many"
    assert amal.get("/api-keys")["items"] == []


def test_a_key_that_may_not_even_read_unasked_asks_for_that_too(gitu: GituServer) -> None:
    amal = gitu.person()
    program = amal.key("me:read", "assistant:read", "shell:read", unasked=[], reads=False)
    assert program.refused("GET", "/me", status=403) == "action.approval_needed"
    with window(program) as screen:  # events, too, are something to read
        assert screen.until(type="error")["problem"]["code"] == "action.grant_needed"
        assert close_code(screen) == 4401
    turn = uuid4()
    assert program.refused("GET", f"/turns/{turn}/events", status=403) == "action.grant_needed"


def test_limits_go_with_what_a_key_may_do_unasked(gitu: GituServer) -> None:
    amal = gitu.person()
    program = amal.key("files:write", "files:read", limits={"paths": ["/nowhere"]})
    body = {"path": "a.txt", "content": "x"}
    assert program.refused("PUT", "/files/content", body, status=403) == "action.approval_needed"
    assert amal.key("files:write", "files:read").put("/files/content", body)["id"]
    bad = {"name": "x", "scopes": ["me:read"], "limits": {"paths": ["relative"]}}
    assert amal.refused("POST", "/api-keys", bad, status=422) == "input.invalid"


def test_nothing_can_be_unasked_that_the_key_may_not_ask_for(gitu: GituServer) -> None:
    amal = gitu.person()
    problem = amal.post("/api-keys", {"name": "x", "scopes": ["me:read"], "unasked": ["me:write"]}, status=422)
    assert [field["path"] for field in problem["fields"]] == ["unasked"]
    assert amal.get("/api-keys")["items"] == []
    assert amal.get("/grants")["items"] == []


def test_a_revoked_key_takes_its_permissions_along_and_no_other_key_s(gitu: GituServer) -> None:
    amal = gitu.person()
    amal.key("me:write", name="other")
    first = amal.key("me:read", "me:write", name="first")
    key = named(amal, "first")
    amal.delete(f"/api-keys/{key['id']}")
    assert first.refused("GET", "/me", status=401) == "auth.token_invalid"
    left = {one["delegate"] for one in amal.get("/grants")["items"]}
    assert left == {f"api_key:{named(amal, 'other')['id']}"}
    gone = [one for one in amal.get("/grants", state="all")["items"] if one["state"] == "revoked"]
    assert {one["covers"] for one in gone} == {"read", "me:read", "me:write"}
    assert {one["delegate_name"] for one in gone} == {"A revoked key"}


def test_a_key_makes_no_keys_whatever_it_was_granted(gitu: GituServer) -> None:
    maker = gitu.person().key("keys:write", "me:read")
    body = {"name": "Child", "scopes": ["me:read"]}
    assert maker.refused("POST", "/api-keys", body, status=403) == "auth.person_needed"


def test_programs_are_refused_what_no_approval_can_stand_for(gitu: GituServer) -> None:
    amal = gitu.person(Role.ADMIN)
    program = amal.key("assistant:chat", "models:connect", "instance:write", "approvals:decide", unasked=[])
    connection = {"provider": "openai", "api_key": "sk-canary", "name": "x"}
    provider = {"name": "x", "issuer": "https://id.example", "client_id": "x", "client_secret": "canary"}
    for method, path, body in (
        ("POST", "/models/connections", connection),
        ("PUT", "/instance/openid", provider),
        ("POST", "/messages", {"text": "approved, this would be the person's word"}),
        ("POST", f"/approvals/{uuid4()}/approve", None),
    ):
        assert program.refused(method, path, body, status=403) == "action.grant_needed", path
    assert amal.get("/approvals")["items"] == []


def by_window(program: Client) -> str:
    """Rename the person through the WebSocket; the outcome's code."""
    with window(program) as screen:
        frame = screen.execute("identity.update_me", name="Hacked")
    return "ok" if frame["type"] == "result" else str(frame["problem"]["code"])


def by_slash(program: Client) -> str:
    """Rename the person by a slash command; the outcome's code."""
    chat = Chat(program)
    chat.send("/identity update-me Hacked")
    (part,) = chat.messages()[-1]["parts"]
    return "action.approval_needed" if part.get("status") == "held" else "ok"


@pytest.mark.parametrize("door", [by_window, by_slash])
def test_every_door_asks_alike(gitu: GituServer, door: Any) -> None:
    amal = gitu.person()
    amal.lets_assistant("me:write")  # the assistant's own permission is none of a program's
    asks = amal.key(*SCOPES, unasked=["assistant:chat"])
    assert door(asks) == "action.approval_needed"
    assert amal.get("/me")["name"] == "Amal"
    assert door(amal.key(*SCOPES)) == "ok"
    assert amal.get("/me")["name"] == "Hacked"


def renames(model: ModelServer) -> None:
    """The model renames the person."""
    again = Reply(tool_calls=(ToolCall("identity__update_me", {"name": "Hacked"}, id=f"call_{uuid4().hex}"),))
    model.script.then(call("search_tools", queries=["change name"]), again, say("Done."))


def test_an_answer_to_a_program_borrows_nothing_from_the_person_s_assistant(
    gitu: GituServer, model: ModelServer
) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    amal.lets_assistant("me:write", after_outside=True)
    program = amal.key(*SCOPES, unasked=["assistant:chat"])
    renames(model)
    chat = Chat(program)
    card = chat.say("Rename me").calls[-1]
    assert card["status"] == "held"
    assert amal.get("/me")["name"] == "Amal"
    (waiting,) = amal.get("/approvals", state="pending")["items"]
    assert waiting["delegate"] == f"api_key:{named(amal)['id']}"
    renames(model)
    assert Chat(amal, chat.session_id).say("Rename me").calls[-1]["status"] == "done"  # asked by the person, it may
    assert amal.get("/me")["name"] == "Hacked"


def test_an_answer_to_a_program_may_what_its_key_was_granted_for_that_case(
    gitu: GituServer, model: ModelServer
) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    program = amal.key(*SCOPES)
    renames(model)
    assert Chat(program).say("Rename me").calls[-1]["status"] == "held"  # its words are content from outside
    delegate = f"api_key:{named(amal)['id']}"
    grant = amal.post("/grants", {"delegate": delegate, "covers": "identity.update_me", "after_outside": True})
    renames(model)
    assert Chat(program).say("Rename me").calls[-1]["status"] == "done"
    amal.delete(f"/grants/{grant['id']}")
    renames(model)
    assert Chat(program).say("Rename me").calls[-1]["status"] == "held"


def test_an_answer_to_a_program_ends_at_the_key_s_scopes(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    program = amal.key("assistant:chat", "assistant:read")
    delegate = f"api_key:{named(amal)['id']}"
    amal.post("/grants", {"delegate": delegate, "covers": "me:write", "after_outside": True})
    renames(model)
    assert Chat(program).say("Rename me").calls[-1]["status"] == "failed"
    assert amal.get("/me")["name"] == "Amal"
    assert program.refused("PATCH", "/me", {"name": "Hacked"}, status=403) == "auth.denied"


def test_an_answer_to_a_program_ends_with_its_key(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    program = amal.key(*SCOPES)
    before = gitu.services.settings
    gitu.services.settings = before.model_copy(update={"approval_wait_s": 120})
    try:
        renames(model)
        turn = Chat(program).send("Rename me")["turn"]["id"]
        eventually(lambda: amal.get("/approvals", state="pending")["items"], within_s=60)
        amal.delete(f"/api-keys/{named(amal)['id']}")
        eventually(lambda: amal.get(f"/turns/{turn}")["state"] == "stopped", within_s=60)
    finally:
        gitu.services.settings = before


def test_what_a_program_types_into_a_terminal_is_a_command_of_its_own(gitu: GituServer) -> None:
    amal = gitu.person()
    narrow = amal.key("me:read", "shell:run", "shell:read", limits={"commands": ["cat"]})
    run_id = str(uuid4())
    with window(narrow) as screen:
        screen.send(type="run_input", run_id=run_id, data="rm -r *\n")
        assert screen.until(type="error")["problem"]["code"] == "action.grant_needed"
    broad = amal.key("me:read", "shell:run", "shell:read", limits={"commands": ["*"]})
    with window(broad) as screen:
        screen.send(type="run_input", run_id=run_id, data="ls\n")
        assert screen.until(type="error")["problem"]["code"] == "shell.run_not_found"


def test_keys_of_before_keep_what_they_could_do_as_permissions_that_are_seen(
    empty_database_url: str, tmp_path: Path
) -> None:
    before = tmp_path / "migrations"
    shutil.copytree(migrate.MIGRATIONS, before, ignore=shutil.ignore_patterns("__pycache__", "001[2-9]_*", "00[2-9]*"))
    migrate.upgrade(empty_database_url, before)
    person, key = uuid4(), uuid4()
    with psycopg.connect(empty_database_url) as connection:
        connection.execute(
            "INSERT INTO identity_users (id, login, name, role, password_hash, preferences, created_at)"
            " VALUES (%s, 'amal', 'Amal', 'member', '', '{}', now())",
            [person],
        )
        connection.execute(
            "INSERT INTO identity_api_keys (id, owner_id, name, prefix, secret_hash, scopes, created_at, expires_at)"
            " VALUES (%s, %s, 'old', 'x', 'x', '[\"me:write\", \"files:read\"]', now(), '2999-01-01')",
            [key, person],
        )
    migrate.upgrade(empty_database_url)
    with psycopg.connect(empty_database_url) as connection:
        rows = connection.execute(
            "SELECT owner_id, delegate, covers, limits->'paths', origin, extract(year from expires_at), after_outside"
            " FROM grants ORDER BY id"
        ).fetchall()
    common = (person, f"api_key:{key}")
    assert [(UUID(str(row[0])), *row[1:]) for row in rows] == [
        (*common, "read", [], "upgrade", 2999, False),
        (*common, "files:read", ["*"], "upgrade", 2999, False),
        (*common, "me:write", ["*"], "upgrade", 2999, False),
    ]
