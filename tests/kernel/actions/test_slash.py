"""Typed commands: the grammar people use in chat and in the terminal."""

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitu.kernel.actions.slash import complete, parse_arguments, parse_command, render_command
from gitu.kernel.errors import GituError

Json = dict[str, Any]


def entry(name: str, required: tuple[str, ...] = (), /, **properties: Json) -> Json:
    schema = {"type": "object", "properties": properties, "required": list(required)}
    return {"name": name, "summary": f"Do {name}", "input_schema": schema}


TEXT: Json = {"type": "string"}
NUMBER: Json = {"type": "number"}
HOURS: Json = {"type": "object", "properties": {"start": TEXT, "end": TEXT}}
LIST_SESSIONS = entry(
    "assistant.list_sessions",
    query=TEXT,
    limit={"type": "integer"},
    state={"type": "string", "enum": ["open", "ended", "all"]},
)
CATALOGUE = [
    LIST_SESSIONS,
    entry("assistant.rename_session", ("session_id", "title"), session_id=TEXT, title=TEXT),
    entry("models.test_connection", ("connection_id",), connection_id={"type": "string", "format": "uuid"}),
    entry("models.list_calls"),
    entry("identity.list_devices"),
    entry(
        "identity.create_api_key",
        ("name", "scopes"),
        name=TEXT,
        scopes={"type": "array", "items": TEXT},
        expires_at={"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]},
        shared={"type": "boolean"},
    ),
    entry("identity.update_preferences", quiet_hours={"anyOf": [HOURS, {"type": "null"}]}, ratio=NUMBER),
]


def parsed(text: str) -> tuple[str, Json]:
    command = parse_command(text, CATALOGUE)
    return command.name, command.payload


@pytest.mark.parametrize(
    "text",
    [
        "/assistant list-sessions --query foo --limit 5",
        "/assistant list-sessions --query=foo --limit=5",
        "/assistant list_sessions query=foo limit=5",
        "/assistant.list_sessions --query foo --lim 5",
        "/list-sessions --query foo --limit ٥",
        "/assist list-s --q foo --l 5",
        "  assistant   list-sessions\n--query 'foo' --limit \"5\"",
    ],
)
def test_a_command_can_be_written_in_many_ways(text: str) -> None:
    assert parsed(text) == ("assistant.list_sessions", {"query": "foo", "limit": 5})


def test_required_arguments_may_be_given_without_their_names_in_order() -> None:
    assert parsed("/models test-connection 018f") == ("models.test_connection", {"connection_id": "018f"})
    assert parsed("/rename-session 018f «خطة السفر»")[1] == {"session_id": "018f", "title": "خطة السفر"}


def test_the_last_unnamed_argument_takes_the_rest_of_the_words() -> None:
    assert parsed("/rename-session 018f don't forget the milk")[1]["title"] == "don't forget the milk"
    assert parsed("/create-api-key laptop me:read models:read")[1]["scopes"] == ["me:read", "models:read"]


def test_quotes_keep_words_together_in_every_script() -> None:
    for quoted in ('"two words"', "'two words'", "«two words»", "“two words”", r"two\ words"):
        assert parsed(f"/list-sessions --query {quoted}")[1] == {"query": "two words"}
    assert parsed("/list-sessions --query '--limit'")[1] == {"query": "--limit"}


def test_lists_are_given_by_commas_by_repetition_or_as_json() -> None:
    for scopes in ("--scopes a,b", "--scopes a --scopes b", 'scopes=["a", "b"]', "--sc a scopes=b"):
        assert parsed(f"/create-api-key laptop {scopes}")[1]["scopes"] == ["a", "b"]


def test_booleans_are_flags() -> None:
    for flag, value in {
        "--shared": True,
        "--no-shared": False,
        "--shared=false": False,
        "--shared no": False,
        "shared=نعم": True,
    }.items():
        assert parsed(f"/create-api-key laptop a {flag}")[1]["shared"] is value


def test_nested_values_are_dotted_or_json_and_null_takes_them_away() -> None:
    wanted = {"quiet_hours": {"start": "22:00", "end": "07:00"}}
    assert parsed("/update-preferences --quiet-hours.start 22:00 quiet_hours.end=07:00")[1] == wanted
    assert parsed('/update-preferences --quiet-hours {"start": "22:00", "end": "07:00"}')[1] == wanted
    assert parsed("/update-preferences --quiet-hours null")[1] == {"quiet_hours": None}


def test_the_words_of_a_shell_need_no_second_quoting() -> None:
    assert parse_arguments(["--query", "it's «so»", "--limit=5"], LIST_SESSIONS) == {
        "query": "it's «so»",
        "limit": 5,
    }


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("/list", "/list could be any of: /assistant list-sessions, /models list-calls, /identity list-de"),
        ("/list-sesions", "There is no command /list-sesions. Possible: /assistant list-sessions."),
        ("/models", "There is no command /models. Possible: /models test-connection, /models list-calls."),
        ("/", "There is no command /. Possible: /assistant, /models, /identity."),
        ("/list-sessions --limit many", "limit can't be many. Possible: <integer>."),
        ("/list-sessions --state opn", "state can't be opn. Possible: open, ended, all."),
        ("/list-sessions --sttae open", "/assistant list-sessions has no argument sttae. Possible: --state."),
        ("/list-sessions foo", "/assistant list-sessions does not know what foo is for; name it."),
        ("/list-sessions --query", "query needs a value after it. Possible: <string>."),
        ("/list-sessions --limit 1 --limit 2", "limit is given twice; /assistant list-sessions takes one."),
        ("/test-connection", "Write: /models test-connection <connection_id>"),
        ("/list-sessions --query 'foo", "The quotation mark ' at character 24 is never closed"),
        ("/list-sessions --query " + "x" * 20_000, "The command has more than 20000 characters"),
    ],
)
def test_an_error_names_the_place_and_what_is_possible(text: str, sentence: str) -> None:
    with pytest.raises(GituError) as caught:
        parse_command(text, CATALOGUE)
    assert sentence in str(caught.value)


def test_errors_stand_in_arabic_too() -> None:
    with pytest.raises(GituError) as caught:
        parse_command("/list-sessions --state opn", CATALOGUE)
    assert "الممكن" in caught.value.localised("ar")


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("/ass", ["/assistant list-sessions", "/assistant rename-session"]),
        ("/calls", ["/models list-calls"]),
        ("/models ", ["/models test-connection", "/models list-calls"]),
        ("/list-sessions ", ["--query", "--limit", "--state"]),
        ("/list-sessions --query x --", ["--limit", "--state"]),
        ("/list-sessions --state e", ["ended"]),
        ("/list-sessions state=", ["open", "ended", "all"]),
        ("list", []),
    ],
)
def test_completion_offers_commands_then_arguments_then_values(text: str, offered: list[str]) -> None:
    assert [completion.label for completion in complete(text, len(text), CATALOGUE)] == offered


def test_a_completion_replaces_what_was_typed_of_it() -> None:
    text = "/list-sessions --state e and more"
    [completion] = complete(text, 24, CATALOGUE)
    assert text[: completion.start] + completion.text == "/list-sessions --state ended "


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
LEAVES: list[tuple[Json, st.SearchStrategy[Any]]] = [
    (TEXT, st.text()),
    ({"type": "integer"}, st.integers()),
    (NUMBER, st.floats(allow_nan=False, allow_infinity=False)),
    ({"type": "boolean"}, st.booleans()),
    ({"enum": ["open", "Ended", "two words", ""]}, st.sampled_from(["open", "Ended", "two words", ""])),
    ({"const": "only"}, st.just("only")),
    (HOURS, st.fixed_dictionaries({}, optional={"start": st.text(), "end": st.text()})),
    ({}, JSON),
    ({"anyOf": [{"type": "integer"}, TEXT]}, st.integers() | st.text()),
    ({"anyOf": [NUMBER, {"type": "string", "pattern": "^[0-9.]+$"}]}, st.from_regex(r"\A[0-9.]+\Z")),
]


def _with_lists_and_nulls(leaf: tuple[Json, st.SearchStrategy[Any]]) -> st.SearchStrategy[tuple[Json, Any]]:
    schema, values = leaf
    nullable = {"anyOf": [schema, {"type": "null"}]}
    return st.one_of(
        st.tuples(st.just(schema), values),
        st.tuples(st.just(nullable), st.none() | values),
        st.tuples(st.just({"type": "array", "items": schema}), st.lists(values, max_size=4)),
        st.tuples(st.just({"type": "array", "items": nullable}), st.lists(st.none() | values, max_size=4)),
    )


FIELD = st.sampled_from(LEAVES).flatmap(_with_lists_and_nulls)


@given(st.dictionaries(st.from_regex(r"\A[a-z]{1,6}(_[a-z]{1,4})?\Z"), FIELD, max_size=5))
def test_every_payload_written_as_a_command_is_read_back(fields: dict[str, tuple[Json, Any]]) -> None:
    action = entry("lab.try_out", tuple(fields), **{name: schema for name, (schema, _) in fields.items()})
    payload = {name: value for name, (_, value) in fields.items()}
    written = render_command(action, payload)
    assert parse_command(written, [action, *CATALOGUE]).payload == payload, written


NAMES = [
    "list",
    "assistant",
    "identity",
    "update-preferences",
    "create-api-key",
    "--scopes",
    "--quiet-hours",
    ".start",
    "null",
]
MARKS = [*"/-=. \"'«{[\\\x00\ud800", "--", "9" * 5000, "[" * 3000]
PIECES = st.sampled_from([*NAMES, *MARKS])


@given(st.lists(PIECES | st.text(max_size=8), max_size=12).map("".join))
def test_no_text_breaks_the_parser_or_the_completion(text: str) -> None:
    for candidate in (text, "/create-api-key " + text, "/update-preferences " + text):
        complete(candidate, len(candidate), CATALOGUE)
        with contextlib.suppress(GituError):
            parse_command(candidate, CATALOGUE)
