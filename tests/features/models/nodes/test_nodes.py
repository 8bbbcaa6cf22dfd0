"""Nodes: admins add, change and remove them; everyone sees how they are; what is measured is kept."""

import json
import secrets
from collections.abc import Iterator
from datetime import timedelta

import pytest

from gitu.kernel import clock
from tests.features.models.nodes.conftest import serving, state_of, until
from tests.servers.base import ModelServer
from tests.support.nodes import NodeProcess, free_port
from tests.support.server import GituServer, Person

KEY = "a key of sixteen characters"


@pytest.fixture
def node(behind: ModelServer) -> Iterator[NodeProcess]:
    """A node without a key."""
    with serving(behind) as made:
        yield made


def test_an_added_node_tells_what_it_is_and_how_it_does(admin: Person, node: NodeProcess, name: str) -> None:
    admin.post("/nodes", {"name": name, "address": f"{node.url}/v1/"})
    until(lambda: state_of(admin, name) == "up")
    status = admin.get(f"/nodes/{name}/status")
    assert (status["address"], status["models"], status["backend"]) == (node.url, ["test-model"], "upstream")
    assert status["latency_ms"] > 0
    assert status["queue_length"] == status["running"] == 0
    assert status["reason"] is None
    assert status["same_version"] is True


def test_everyone_sees_nodes_and_uses_their_models_but_admins_alone_change_them(
    gitu: GituServer, admin: Person, node: NodeProcess, name: str
) -> None:
    admin.post("/nodes", {"name": name, "address": node.url})
    member = gitu.person()
    assert name in [one["name"] for one in member.get("/nodes")["items"]]
    assert name in [one["connection_name"] for one in member.get("/models", limit=500)["items"]]
    other = {"name": f"{name}-x", "address": node.url}
    for method, path, body in (
        ("POST", "/nodes", other),
        ("POST", "/nodes/probe", {"address": node.url}),
        ("PATCH", f"/nodes/{name}", {"address": "http://127.0.0.1:1"}),
        ("POST", f"/nodes/{name}/check", None),
        ("DELETE", f"/nodes/{name}", None),
        ("GET", "/nodes/ports", None),
    ):
        member.refused(method, path, body, status=403)


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("http://169.254.169.254/latest", "link-local"),
        ("ftp://10.0.0.1", "http://"),
        ("http://a:b@10.0.0.1", "password"),
    ],
)
def test_addresses_are_guarded_as_those_of_connections_are(admin: Person, address: str, problem: str) -> None:
    for path in ("/nodes/probe", "/nodes"):
        refused = admin.post(path, {"address": address, **({"name": "n"} if path == "/nodes" else {})}, status=422)
        assert refused["code"] == "models.address_invalid"
        assert problem in refused["detail"]


@pytest.mark.parametrize("bad", ["", "Node", "a b", "a--b", "-a", "a/b", "عقدة", "n" * 41])
def test_a_name_can_stand_in_an_address(admin: Person, bad: str) -> None:
    assert admin.refused("POST", "/nodes", {"name": bad, "address": "http://127.0.0.1:1"}, status=422)


def test_a_key_is_kept_encrypted_and_does_not_travel(
    gitu: GituServer, admin: Person, behind: ModelServer, name: str
) -> None:
    with serving(behind, key=KEY) as node:
        without = admin.post("/nodes/probe", {"address": node.url})
        assert "wants its key" in without["problem"]
        assert admin.post("/nodes/probe", {"address": node.url, "api_key": KEY})["ok"] is True
        made = admin.post("/nodes", {"name": name, "address": node.url, "api_key": KEY})
        assert (made["has_key"], KEY in json.dumps(made)) == (True, False)
        assert admin.post("/nodes/probe", {"address": node.url, "name": name})["ok"] is True
        kept = gitu.sql("SELECT api_key FROM models_connections WHERE name = :name", name=name)
        assert KEY.encode() not in bytes(kept[0][0])
        elsewhere = admin.post("/nodes/probe", {"address": f"http://127.0.0.1:{free_port()}", "name": name})
        assert elsewhere["ok"] is False
        moved = admin.patch(f"/nodes/{name}", {"address": node.url.replace("127.0.0.1", "localhost")})
        assert moved["has_key"] is False
        until(lambda: state_of(admin, name) == "unavailable")
        admin.patch(f"/nodes/{name}", {"api_key": KEY})
        until(lambda: state_of(admin, name) == "up")
    assert KEY not in gitu.log.getvalue()


def test_a_node_that_does_not_answer_is_kept_and_says_why(admin: Person, name: str) -> None:
    port = free_port()
    admin.post("/nodes", {"name": name, "address": f"http://127.0.0.1:{port}"})
    until(lambda: state_of(admin, name) == "down")
    assert "Nothing listens" in admin.get(f"/nodes/{name}/status")["reason"]
    assert admin.post(f"/nodes/{name}/check")["ok"] is False


def test_what_answers_but_is_no_node_is_named(admin: Person, behind: ModelServer) -> None:
    assert "no gitu node" in admin.post("/nodes/probe", {"address": behind.url})["problem"]


def test_a_name_is_taken_once_and_can_be_changed(admin: Person, node: NodeProcess, name: str) -> None:
    admin.post("/nodes", {"name": name, "address": node.url})
    assert admin.refused("POST", "/nodes", {"name": name, "address": node.url}, status=409) == "models.node_exists"
    renamed = f"{name}-b"
    admin.patch(f"/nodes/{name}", {"new_name": renamed})
    assert admin.refused("GET", f"/nodes/{name}/status", status=404) == "models.node_unknown"
    until(lambda: state_of(admin, renamed) == "up")
    admin.delete(f"/nodes/{renamed}")


def test_a_removed_node_takes_its_connection_along(admin: Person, node: NodeProcess, name: str) -> None:
    admin.post("/nodes", {"name": name, "address": node.url})
    admin.delete(f"/nodes/{name}")
    assert name not in [one["name"] for one in admin.get("/models/connections", limit=100)["items"]]
    assert admin.refused("GET", f"/nodes/{name}/status", status=404) == "models.node_unknown"


def test_the_leading_process_writes_states_down_and_a_row_a_minute(
    gitu: GituServer, admin: Person, node: NodeProcess, name: str
) -> None:
    admin.post("/nodes", {"name": name, "address": node.url})
    until(lambda: gitu.sql("SELECT state FROM models_nodes WHERE name = :name", name=name) == [("up",)])
    with clock.travel(timedelta(minutes=2), ticking=True):
        until(lambda: len(admin.get(f"/nodes/{name}/history")["points"]) > 0)
        first = admin.get(f"/nodes/{name}/history", hours=24)["points"][0]
        status = admin.get(f"/nodes/{name}/status")
    assert first["checks"] > 0
    assert 0 < first["latency_ms"] <= first["latency_p95_ms"]
    assert (status["failures"], status["availability"]) == (0, 1.0)


def test_ports_are_listed_with_the_commands_that_open_them(admin: Person, node: NodeProcess, name: str) -> None:
    admin.post("/nodes", {"name": name, "address": node.url})
    admin.post("/nodes", {"name": f"{name}-far", "address": f"http://192.0.2.{1 + secrets.randbelow(250)}:9090"})
    try:
        ports = {one["node"] or one["what"]: one for one in admin.get("/nodes/ports")["items"]}
    finally:
        admin.delete(f"/nodes/{name}-far")
    assert (ports["server"]["state"], ports["server"]["commands"]) == ("local", [])
    assert ports["database"]["state"] == "local"
    assert ports[name]["state"] == "local"
    far = ports[f"{name}-far"]
    assert far["port"] == 9090
    ufw = next(one["commands"] for one in far["commands"] if one["tool"] == "ufw")
    source = f"from {far['source']} to any" if far["source"] else "9090/tcp"
    assert source in ufw[0]
