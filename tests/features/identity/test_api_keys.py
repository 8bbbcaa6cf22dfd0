"""Keys for programs: a part of what the person may do, for a while, revocable at once."""

from datetime import timedelta

from gitu.kernel import clock
from gitu.kernel.auth.principal import Role
from tests.features.identity.test_devices import close_code
from tests.servers.base import ModelServer
from tests.servers.script import call, say
from tests.support.chat import Chat, connect, window
from tests.support.server import GituServer


def test_a_key_is_shown_once_and_does_only_what_it_may(gitu: GituServer) -> None:
    amal = gitu.person()
    made = amal.post("/api-keys", {"name": "Script", "scopes": ["me:read"]})
    program = gitu.client(authorization=f"Bearer {made['secret']}")
    assert program.get("/me")["scopes"] == ["me:read"]
    assert program.refused("PATCH", "/me", {"name": "X"}, status=403) == "auth.denied"
    listed = amal.get("/api-keys")["items"][0]
    assert listed["prefix"] == made["secret"][:16]
    assert made["secret"] not in str(listed)
    assert gitu.sql("SELECT 1 FROM identity_api_keys WHERE secret_hash = :secret", secret=made["secret"]) == []


def test_a_key_can_not_do_more_than_its_maker(gitu: GituServer) -> None:
    amal = gitu.person()
    problem = amal.post("/api-keys", {"name": "Script", "scopes": ["me:read", "users:admin"]}, status=403)
    assert problem["code"] == "auth.scope_beyond_yours"
    assert "users:admin" in problem["detail"]
    maker = amal.key("keys:write", "me:read")
    assert maker.refused("POST", "/api-keys", {"name": "X", "scopes": ["me:write"]}, status=403)


def test_a_key_shrinks_with_its_person_s_role(gitu: GituServer) -> None:
    amal, owner = gitu.person(Role.ADMIN), gitu.person(Role.OWNER)
    program = amal.key("users:read")
    program.get("/users")
    owner.patch(f"/users/{amal.id}", {"role": "member"})
    assert program.refused("GET", "/users", status=403) == "auth.denied"


def test_a_key_runs_out_and_is_revoked_at_once(gitu: GituServer) -> None:
    amal = gitu.person()
    soon = (clock.now() + timedelta(hours=1)).isoformat()
    made = amal.post("/api-keys", {"name": "Short", "scopes": ["me:read"], "expires_at": soon})
    program = gitu.client(authorization=f"Bearer {made['secret']}")
    program.get("/me")
    with clock.travel(timedelta(hours=1, seconds=1), ticking=True):
        assert program.refused("GET", "/me", status=401) == "auth.token_invalid"
    other = amal.key("me:read")
    key_id = next(k["id"] for k in amal.get("/api-keys")["items"] if k["name"] == "a program")
    with window(other) as screen:
        screen.until(type="ready")
        amal.delete(f"/api-keys/{key_id}")
        assert close_code(screen) == 4401
    assert other.refused("GET", "/me", status=401) == "auth.token_invalid"


def test_an_expiry_in_the_past_or_without_a_zone_is_refused(gitu: GituServer) -> None:
    amal = gitu.person()
    for when in ("2020-01-01T00:00:00Z", "2999-01-01T00:00:00", "yesterday"):
        problem = amal.post("/api-keys", {"name": "X", "scopes": ["me:read"], "expires_at": when}, status=422)
        assert problem["fields"][0]["path"] == "expires_at"


def test_a_program_s_dangerous_call_waits_for_its_person(gitu: GituServer) -> None:
    amal = gitu.person()
    session = amal.post("/sessions", {})["id"]
    program = amal.key("assistant:write")
    problem = program.ask("DELETE", f"/sessions/{session}", status=403)
    assert problem["code"] == "action.approval_needed"
    waiting = amal.get("/approvals", state="pending")["items"]
    assert [one["action"] for one in waiting] == ["assistant.delete_session"]
    amal.get(f"/sessions/{session}")


def test_the_assistant_a_program_talks_to_may_do_no_more_than_the_program(gitu: GituServer, model: ModelServer) -> None:
    amal = gitu.person(Role.ADMIN)
    connect(amal, model)
    program = amal.key("assistant:chat", "assistant:read")
    model.script.then(
        call("search_tools", queries=["change name"]), call("identity__update_me", name="Hacked"), say("No.")
    )
    answer = Chat(program).say("Rename me")
    assert answer.calls[-1]["status"] == "failed"
    assert amal.get("/me")["name"] == "Amal"
