"""Who may call from where: other sites, other names, other machines; and what never leaks."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest

from gitu.doors.http.local import LocalAccess
from gitu.kernel.auth.principal import Role
from gitu.server import PortTaken, bind
from tests.features.identity.test_accounts import newcomer
from tests.servers.base import ModelServer
from tests.servers.script import say
from tests.support.chat import Chat, connect
from tests.support.processes import ROOT
from tests.support.server import API, PASSWORD, GituServer, Json

CANARY = "sk-canary-93ab77d01f"


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://127.0.0.1:1", "null", "http://[", "", "chrome-extension://x"]
)
def test_a_page_of_another_site_can_not_act_with_someone_s_cookies(gitu: GituServer, origin: str) -> None:
    amal = gitu.person()
    browser = gitu.browser()
    browser.post("/auth/sign-in", {"login": amal.login, "password": PASSWORD})
    answer = browser.http.patch(f"{API}/me", json={"name": "Evil"}, headers={"origin": origin})
    assert answer.status_code == 403
    assert answer.json()["code"] == "request.origin_foreign"
    assert browser.get("/me")["name"] == "Amal"


def test_a_cookie_without_an_origin_changes_nothing(gitu: GituServer) -> None:
    amal = gitu.person()
    browser = gitu.browser()
    browser.post("/auth/sign-in", {"login": amal.login, "password": PASSWORD})
    plain = gitu.client()
    for name, value in browser.http.cookies.items():
        plain.http.cookies.set(name, value)
    assert plain.refused("PATCH", "/me", {"name": "Evil"}, status=403) == "request.origin_foreign"
    assert plain.refused("POST", "/auth/refresh", status=403) == "request.origin_foreign"
    plain.get("/me")


def test_a_program_with_a_key_needs_no_origin(gitu: GituServer) -> None:
    gitu.person().key("me:write").patch("/me", {"name": "By a program"})


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "", "[::2]"])
def test_a_name_that_was_bent_to_this_machine_is_refused(gitu: GituServer, host: str) -> None:
    answer = gitu.client().http.get(f"{API}/instance", headers={"host": host})
    assert answer.status_code == 403
    assert answer.json()["code"] == "request.host_unknown"


def test_a_socket_of_another_site_is_refused(gitu: GituServer) -> None:
    from websockets.exceptions import InvalidStatus

    from tests.support.chat import window

    amal = gitu.person()
    with pytest.raises(InvalidStatus), window(amal, origin="https://evil.example"):
        pass


def test_the_local_token_opens_the_owner_s_door_from_this_machine_only(gitu: GituServer) -> None:
    gitu.person(Role.OWNER)
    local = gitu.services.resource(LocalAccess)
    local.write()
    file = gitu.services.home.local_token_file
    assert file.stat().st_mode & 0o777 == 0o600
    token = file.read_text()
    assert gitu.client(authorization=f"Bearer {token}").get("/me")["role"] == "owner"
    assert gitu.run(local.principal(token, "192.168.1.20")) is None
    assert gitu.run(local.principal(token[:-1], "127.0.0.1")) is None


def test_every_answer_carries_the_headers_that_protect_it(gitu: GituServer) -> None:
    answer = gitu.person().http.get(f"{API}/me")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-request-id"]
    assert "server" not in answer.headers


def test_no_secret_reaches_a_log_the_audit_or_an_answer(gitu: GituServer, model: ModelServer) -> None:
    owner = gitu.person(Role.OWNER)
    before = len(gitu.log.getvalue())
    browser, password = gitu.browser(), "canary kettle 77d01f"
    token = owner.post("/invitations", {})["link"].partition("#")[2]
    body = newcomer("canary-person", token=token) | {"password": password}
    browser.post("/auth/accept-invitation", body)
    cookies = dict(browser.http.cookies)
    browser.refused("POST", "/auth/sign-in", {"login": "canary-person", "password": password + "x"}, status=401)
    secret = owner.post("/api-keys", {"name": "k", "scopes": ["me:read"]})["secret"]
    connect(owner, model, api_key=CANARY)
    model.script.then(say("Fine."))
    Chat(owner).say("Hello")
    model.script.otherwise = say("")
    owner.refused("POST", "/models/connections", {"provider": "openai", "api_key": [CANARY]}, status=422)
    owner.http.get(f"{API}/nothing-here", params={"token": secret})
    gitu.run(gitu.services.audit.flush())
    audit = json.dumps([[str(cell) for cell in row] for row in gitu.sql("SELECT * FROM audit")])
    events = json.dumps([[str(cell) for cell in row] for row in gitu.sql("SELECT * FROM events")])
    approvals = json.dumps([[str(cell) for cell in row] for row in gitu.sql("SELECT * FROM idempotency")])
    log = gitu.log.getvalue()[before:]
    listed = json.dumps([owner.get("/models/connections"), owner.get("/audit"), owner.get("/api-keys")])
    for canary in (password, token, secret, CANARY, owner.token, *cookies.values()):
        for place, text in {"log": log, "audit": audit, "events": events, "kept": approvals, "lists": listed}.items():
            assert canary not in text, place
    assert CANARY not in str(gitu.sql("SELECT * FROM models_connections"))


# -- the server as a program ----------------------------------------------------------------------------


def serve(home: Path, database_url: str, **environment: str) -> subprocess.Popen[str]:
    """`gitu serve` as a process of its own."""
    given = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GITU_")},
        "PYTHONPATH": str(ROOT / "src"),
        "GITU_HOME": str(home),
        "GITU_DATABASE_URL": database_url,
        "GITU_DISCOVER_MODELS": "false",
        **environment,
    }
    return subprocess.Popen([sys.executable, "-m", "gitu", "serve"], env=given, stderr=subprocess.PIPE, text=True)


def test_it_does_not_listen_beyond_this_machine_without_an_owner_and_a_public_url(
    database_url: str, tmp_path: Path
) -> None:
    process = serve(tmp_path, database_url, GITU_HOST="0.0.0.0", GITU_PORT="23111")
    _, errors = process.communicate(timeout=90)
    assert process.returncode == 1
    assert "GITU_PUBLIC_URL" in errors
    assert "no owner" in errors


def test_a_taken_port_leads_to_the_next_free_one() -> None:
    first = bind("127.0.0.1", 24211)
    port = first.getsockname()[1]
    second = bind("127.0.0.1", port)
    assert port < second.getsockname()[1] < port + 50
    first.close()
    second.close()


def test_when_no_port_is_free_it_says_so() -> None:
    taken = socket.socket()
    taken.bind(("127.0.0.1", 65535))
    taken.listen()
    with pytest.raises(PortTaken, match="name another with --port"):
        bind("127.0.0.1", 65535)
    taken.close()


def running(home: Path, process: subprocess.Popen[str]) -> Json:
    """Where the process serves, once it does."""
    file = home / "run" / "server.json"
    until = time.monotonic() + 90
    while time.monotonic() < until:
        assert process.poll() is None, process.communicate()[1]
        if file.exists():
            state = json.loads(file.read_text())
            if state["pid"] == process.pid:
                try:
                    if httpx2.get(f"{state['url']}/health/ready", timeout=2, trust_env=False).status_code == 200:
                        return state
                except httpx2.TransportError:
                    pass
        time.sleep(0.05)
    raise AssertionError("the server did not come up")


@pytest.mark.slow
def test_it_stops_when_asked_and_leaves_no_files_behind(database_url: str, tmp_path: Path) -> None:
    process = serve(tmp_path, database_url, GITU_PORT="26211")
    running(tmp_path, process)
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=30)
    assert "is ready" in errors
    assert "/welcome#gitu_own_" in errors
    assert not (tmp_path / "run" / "server.json").exists()
    assert not (tmp_path / "run" / "local-token").exists()
