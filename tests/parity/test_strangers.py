"""Every action and every route, tried by somebody else with the ids of real rows of another person's.

What is tried is found in the declarations: a new action that takes an id needs a row here, and a new route a line.
"""

from collections.abc import Callable

from gitu.app import describe_app
from gitu.kernel.actions.registry import Action, Door, Risk, registry
from gitu.kernel.auth.principal import Role
from gitu.kernel.auth.scopes import scopes_of
from tests.parity.test_doors import ACTIONS, fitting, outcome, principal, through_rest, through_window
from tests.parity.test_isolation import Two, two
from tests.support.server import Json, Person

__all__ = ["two"]

# Which of Amal's rows a field is tried with.
ROWS = {
    "session_id": "session",
    "turn_id": "turn",
    "edit_of": "message",
    "folder_id": "folder",
    "to_folder_id": "folder",
    "change_id": "change",
    "link_id": "openid",
    "passkey_id": "passkey",
    "key_id": "key",
    "device_id": "device",
    "connection_id": "connection",
    "budget_id": "budget",
    "run_id": "run",
    "approval_id": "approval",
    "grant_id": "grant",
    "actor_id": "amal",
    "call_id": "call",
    "export_id": "export",
    "space_id": "space",
}
# Fields that name no row of somebody's, or are there to do something for others.
NOT_ROWS = {
    ("files.allow_folder", "person_id"): "an admin allows folders to everybody",
    ("identity.redeem_pairing_token", "device_id"): "a terminal's own name for itself",
    ("identity.start_pairing", "device_id"): "a terminal's own name for itself",
    ("identity.hand_over", "user_id"): "the owner's own affair; everybody else lacks the scope or is refused",
    ("identity.reset_second_factor", "user_id"): "an admin's work; those below lack the scope",
    ("identity.update_user", "user_id"): "an admin's work; those below lack the scope",
    ("identity.revoke_invitation", "invitation_id"): "an admin's work; those below lack the scope",
    ("models.create_budget", "person_id"): "an admin's work; those below are refused, whoever they name",
    ("privacy.erase_person", "person_id"): "an admin's work; those below lack the scope",
    ("privacy.preview_erasure", "person_id"): "an admin's work; those below are refused, whoever they name",
    ("shell.run_command", "run_id"): "the new run's own name",
    ("shell.run_unsandboxed", "run_id"): "the new run's own name",
    ("trust.create_grant", "session_id"): "it only narrows one's own grant",
}
REFUSALS = ("not_found", "_unknown", "not_editable")
# Where Amal would see that something changed.
SEEN = (
    "/sessions",
    "/approvals",
    "/grants",
    "/devices",
    "/api-keys",
    "/me/passkeys",
    "/me/openid",
    "/files/folders",
    "/files/changes",
    "/models/connections",
    "/models/budgets",
    "/models/vector-spaces",
    "/shell/runs",
)


def ids_of(action: Action) -> list[str]:
    """The fields of an action's input that hold an id."""
    found: list[str] = []
    for name, schema in action.input.model_json_schema().get("properties", {}).items():
        kinds = [schema, *schema.get("anyOf", [])]
        if any(kind.get("format") == "uuid" for kind in kinds):
            found.append(name)
    return found


TRIED = [(a, name) for a in ACTIONS for name in ids_of(a) if (a.name, name) not in NOT_ROWS]


def as_amal_sees_it(two: Two) -> Json:
    """All that could have been changed."""
    shown = {path: two.amal.get(path)["items"] for path in SEEN}
    for device in shown["/devices"]:
        device.pop("last_used_at", None)
    shown["the turn"] = two.amal.get(f"/turns/{two.ids['turn']}")
    return shown


def stranger(two: Two, action: Action, member: Person) -> Person:
    """Somebody who may call the action, and no more than they need to."""
    return member if action.scope in scopes_of(Role.MEMBER) else two.eve


def test_every_action_that_takes_an_id_finds_nothing_of_another_person(two: Two) -> None:
    member = two.gitu.person(Role.MEMBER)
    (call,) = two.gitu.sql(
        "SELECT detail ->> 'call_id' FROM audit WHERE owner_id = :id AND detail ? 'call_id' LIMIT 1", id=two.amal.id
    )
    ids = {**two.ids, "amal": str(two.amal.id), "call": call[0]}
    before = as_amal_sees_it(two)
    for action, name in TRIED:
        assert name in ROWS, f"{action.name} takes {name}: say here which row it is tried with"
        who = stranger(two, action, member)
        payload = {**fitting(action), name: ids[ROWS[name]]}
        if name == "edit_of":  # a message is looked for in a conversation
            payload["session_id"] = who.post("/sessions", {})["id"]
        codes = {
            door: two.gitu.run(outcome(two.gitu, principal(who), action, payload, door))
            for door in action.doors - {Door.AGENT}
        }
        codes[Door.WEBSOCKET] = through_window(who, action, payload)
        if action.http is not None:
            codes[Door.REST] = through_rest(who, action, payload)
        if set(codes.values()) == {"ok"}:  # a list that the id narrows
            assert action.risk is Risk.READ, (action.name, name)
            assert action.http is not None
            found = who.ask("GET", action.http.split(" ")[1], params={name: payload[name]})["items"]
            assert found == [], (action.name, name)
        else:
            refusals = [code for code in codes.values() if code.endswith(REFUSALS)]
            assert len(refusals) == len(codes), (action.name, name, codes)
    assert as_amal_sees_it(two) == before


# Routes beside the actions: how each is tried.
ROUTES: dict[str, Callable[[Two], object]] = {
    "assistant__watch_turn": lambda two: two.eve.get(f"/turns/{two.ids['turn']}/events", status=404),
    "files__download_file": lambda two: two.eve.ask(
        "GET", f"/files/download?path=book.txt&folder_id={two.ids['folder']}", status=404
    ),
    "privacy__download_export": lambda two: two.eve.get(f"/privacy/exports/{two.ids['export']}/archive", status=404),
    "files__upload_file": lambda two: two.eve.post(f"/files/upload?path=x&folder_id={two.ids['folder']}", status=404),
}
# Those that know nobody but who calls: what they are given names no row.
ABOUT_THE_CALLER = {
    "health__live",
    "health__ready",
    "identity__create_tokens",
    "identity__create_tokens_second_step",
    "shell__stream_command",
    "shell__stream_unsandboxed",
}


def test_every_route_beside_the_actions_is_tried_or_knows_nobody_but_its_caller(two: Two) -> None:
    described = describe_app().openapi()["paths"]
    operations = {one["operationId"]: path for path, on in described.items() for one in on.values()}
    beside = operations.keys() - {action.tool_name for action in registry.all()}
    assert sorted(beside) == sorted(ROUTES.keys() | ABOUT_THE_CALLER)
    assert not [operations[name] for name in ABOUT_THE_CALLER if "{" in operations[name]]
    before = as_amal_sees_it(two)
    for tried in ROUTES.values():
        tried(two)
    assert as_amal_sees_it(two) == before
