"""Every action through every door: the same outcome, and the same refusal, whoever asks.

Each action is called as a person without the scope, as a program without it, as nobody, and with the ids of
someone else's rows: through REST, a WebSocket, a slash command, the assistant's tools and the terminal.
"""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from gitu.app import load_features
from gitu.doors.cli.catalogue import FILE
from gitu.features.assistant.toolset import offered
from gitu.kernel.actions.execute import Call, execute
from gitu.kernel.actions.registry import Action, Door, Risk, registry
from gitu.kernel.auth.principal import ANONYMOUS, Kind, Principal, Role
from gitu.kernel.auth.scopes import known_scope, scopes_of
from gitu.kernel.errors import GituError
from tests.support.chat import Chat, window
from tests.support.processes import ROOT
from tests.support.server import API, Client, GituServer, Json, Person

load_features()
ACTIONS = [found for found in registry.all() if found.handler.__module__.startswith("gitu.")]
SOMEONE_ELSES = "01890a5d-ac96-774b-bcce-b302099a8057"


def names(action: Action) -> str:
    """The test's id."""
    return action.name


@dataclass
class World:
    """The people of these tests, and rows that belong to one of them."""

    gitu: GituServer
    owner: Person
    guest: Person
    member: Person
    other: Person


@pytest.fixture(scope="module")
def world(gitu: GituServer) -> World:
    """One set of people for all actions: refused calls change nothing."""
    return World(gitu, *(gitu.person(role) for role in (Role.OWNER, Role.GUEST, Role.MEMBER, Role.MEMBER)))


def sample(schema: Json, defs: Json, ids: dict[str, str]) -> Any:
    """A value that fits a JSON schema: required fields only, ids from ``ids``."""
    if "$ref" in schema:
        return sample(defs[schema["$ref"].rsplit("/", 1)[1]], defs, ids)
    for choice in schema.get("anyOf", []):
        if choice.get("type") != "null":
            return sample(choice, defs, ids)
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    match schema.get("type"):
        case "object":
            return {
                name: ids.get(name, SOMEONE_ELSES) if one.get("format") == "uuid" else sample(one, defs, ids)
                for name, one in schema.get("properties", {}).items()
                if name in schema.get("required", [])
            }
        case "array":
            return [sample(schema.get("items", {}), defs, ids) for _ in range(schema.get("minItems", 0))]
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return False
        case _:
            if "examples" in schema:
                return schema["examples"][0]
            return SOMEONE_ELSES if schema.get("format") == "uuid" else "sample-text-1"


def fitting(action: Action, **ids: str) -> Json:
    """An input that passes validation."""
    schema = action.input.model_json_schema()
    return sample(schema, schema.get("$defs", {}), ids)


def through_rest(client: Client, action: Action, payload: Json) -> str:
    """The outcome's code through REST: ``ok`` or a problem's."""
    assert action.http is not None
    method, path = action.http.split(" ")
    rest = dict(payload)
    for name in list(rest):
        if f"{{{name}}}" in path:
            path = path.replace(f"{{{name}}}", str(rest.pop(name)))
    if method in ("GET", "DELETE"):
        answer = client.http.request(method, API + path, params=rest)
    else:
        takes_body = set(action.input.model_fields) - set(re.findall(r"\{(\w+)\}", action.http))
        answer = client.http.request(method, API + path, json=rest if takes_body else None)
    return "ok" if answer.status_code < 300 else str(answer.json()["code"])


def through_window(client: Client, action: Action, payload: Json) -> str:
    """The outcome's code through the WebSocket."""
    with window(client) as screen:
        frame = screen.execute(action.name, **payload)
    return "ok" if frame["type"] == "result" else str(frame["problem"]["code"])


def through_chat(client: Client, action: Action, payload: Json) -> str:
    """The outcome's code through a slash command."""
    arguments = " ".join(
        f"--{name.replace('_', '-')} {json.dumps(value, ensure_ascii=False)}" for name, value in payload.items()
    )
    chat = Chat(client)
    chat.send(f"/{action.command} {arguments}".strip())
    shown = chat.messages()[-1]
    return "ok" if shown["error"] is None else str(shown["error"]["code"])


async def outcome(gitu: GituServer, who: Principal, action: Action, payload: Json, door: Door) -> str:
    """The outcome's code where a door is nothing but a call of ``execute``."""
    try:
        await execute(gitu.services, who, action.name, payload, Call(door=door))
    except GituError as error:
        return error.code
    return "ok"


def principal(person: Person, kind: Kind = Kind.PERSON) -> Principal:
    """The person, or what acts for them."""
    return Principal(kind, person.id, person.role, person.login, device_id=person.device_id)


@pytest.mark.parametrize("action", [a for a in ACTIONS if a.scope is not None], ids=names)
def test_nobody_is_let_in_by_any_door(world: World, action: Action) -> None:
    payload = fitting(action)
    if action.http is not None:
        assert through_rest(world.gitu.client(), action, payload) == "auth.required"
    for door in action.doors:
        assert world.gitu.run(outcome(world.gitu, ANONYMOUS, action, payload, door)) == "auth.required", door


def needs_more_than_guest(action: Action) -> bool:
    """Whether a guest lacks the action's scope."""
    return action.scope is not None and action.scope not in scopes_of(Role.GUEST)


@pytest.mark.parametrize("action", [a for a in ACTIONS if needs_more_than_guest(a)], ids=names)
def test_a_person_without_the_scope_is_refused_by_every_door(world: World, action: Action) -> None:
    payload, guest = fitting(action), world.guest
    if action.http is not None:
        assert through_rest(guest, action, payload) == "auth.denied"
    assert through_window(guest, action, payload) == "auth.denied"
    for door in action.doors - {Door.AGENT}:
        assert world.gitu.run(outcome(world.gitu, principal(guest), action, payload, door)) == "auth.denied", door
    if Door.CHAT in action.doors:
        assert through_chat(guest, action, payload) == "auth.denied"
    agent = principal(guest, Kind.AGENT)
    assert action not in offered(agent)
    refused = world.gitu.run(outcome(world.gitu, agent, action, payload, Door.AGENT))
    assert refused == ("auth.denied" if Door.AGENT in action.doors else "action.door_closed")


@pytest.mark.parametrize("action", [a for a in ACTIONS if a.scope not in (None, "me:read")], ids=names)
def test_a_program_without_the_scope_is_refused(world: World, action: Action) -> None:
    program = Principal(
        Kind.API_KEY,
        world.owner.id,
        Role.OWNER,
        "program",
        limited_to=frozenset(scopes_of(Role.OWNER)) - {action.scope},
    )
    for door in action.doors - {Door.AGENT}:
        assert world.gitu.run(outcome(world.gitu, program, action, fitting(action), door)) == "auth.denied", door


@pytest.mark.parametrize("action", [a for a in ACTIONS if a.risk is Risk.DANGEROUS], ids=names)
def test_what_can_not_be_undone_is_held_for_every_delegate(world: World, action: Action) -> None:
    payload, owner = fitting(action), world.owner
    for kind, door in ((Kind.AGENT, Door.AGENT), (Kind.API_KEY, Door.REST), (Kind.API_KEY, Door.CHAT)):
        if door in action.doors:
            got = world.gitu.run(outcome(world.gitu, principal(owner, kind), action, payload, door))
            # What holds a secret is not written down to wait: without a grant it is refused.
            holds = "action.approval_needed" if Door.AGENT in action.doors else "action.grant_needed"
            assert got == holds, (kind, door)


@pytest.mark.parametrize("action", [a for a in ACTIONS if a.scope is not None], ids=names)
def test_a_program_without_a_grant_runs_nothing_by_any_door(world: World, action: Action) -> None:
    payload, program = fitting(action), principal(world.owner, Kind.API_KEY)
    for door in action.doors - {Door.AGENT}:
        got = world.gitu.run(outcome(world.gitu, program, action, payload, door))
        refusals = {"action.approval_needed", "action.grant_needed", "action.too_many_pending"}
        # What it is about may not be there: that is found out when the effect is foretold.
        assert got in refusals or any(one in got for one in ("not_found", "_unknown", "not_allowed")), (door, got)


def asks_for_ids(action: Action) -> bool:
    """Whether the action is about rows that it is given the ids of."""
    return any(one.get("format") == "uuid" for one in action.input.model_json_schema().get("properties", {}).values())


@pytest.mark.parametrize("action", [a for a in ACTIONS if asks_for_ids(a) and a.scope is not None], ids=names)
def test_ids_of_nobody_s_rows_are_refused_alike_by_every_door(world: World, action: Action) -> None:
    schema = action.input.model_json_schema()
    if not any(schema["properties"][name].get("format") == "uuid" for name in schema.get("required", [])):
        pytest.skip("its ids only narrow a list")
    payload, owner = fitting(action), world.owner
    codes = {
        door: world.gitu.run(outcome(world.gitu, principal(owner), action, payload, door))
        for door in action.doors - {Door.AGENT}
    }
    if action.http is not None:
        codes[Door.REST] = through_rest(owner, action, payload)
    codes[Door.WEBSOCKET] = through_window(owner, action, payload)
    if Door.CHAT in action.doors:
        codes[Door.CHAT] = through_chat(owner, action, payload)
    assert len(set(codes.values())) == 1, codes
    assert "not_found" in codes[Door.REST] or "unknown" in codes[Door.REST], codes


@pytest.mark.parametrize("action", ACTIONS, ids=names)
def test_input_that_does_not_fit_is_refused_alike_by_every_door(world: World, action: Action) -> None:
    payload = {**fitting(action), "no_such_field": 1}
    codes = {
        door: world.gitu.run(outcome(world.gitu, principal(world.owner), action, payload, door))
        for door in action.doors
    }
    assert set(codes.values()) == {"input.invalid"}, codes
    assert through_window(world.owner, action, payload) == "input.invalid"


@pytest.mark.parametrize("action", ACTIONS, ids=names)
def test_a_closed_door_is_closed_for_everyone(world: World, action: Action) -> None:
    for door in frozenset(Door) - action.doors:
        got = world.gitu.run(outcome(world.gitu, principal(world.owner), action, fitting(action), door))
        assert got == "action.door_closed", door


def test_the_terminal_knows_every_action_as_it_is() -> None:
    # In a process of its own: other tests declare actions here.
    command = [sys.executable, "-m", "gitu.doors.cli.catalogue"]
    made = subprocess.run(command, cwd=ROOT / "src", capture_output=True, check=True, timeout=120).stdout.decode()
    assert FILE.read_text(encoding="utf-8").strip() == made.strip(), "write it anew: make generate"
    listed = {entry["name"] for entry in json.loads(made)}
    assert listed == {a.name for a in ACTIONS if a.http is not None and Door.CLI in a.doors}


def test_every_scope_that_an_action_needs_is_declared_with_words() -> None:
    for action in ACTIONS:
        if action.scope is not None:
            scope = known_scope(action.scope)
            assert scope is not None
            assert scope.title
