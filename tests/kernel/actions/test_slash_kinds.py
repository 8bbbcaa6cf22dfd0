"""Typed values of every kind that a JSON schema can ask for, and what is said when they don't fit."""

from typing import Any

import pytest

from gitu.kernel.actions.slash import complete, parse_command, render_command
from gitu.kernel.actions.slash.errors import ArgumentError, ArgumentRepeated, ArgumentUnfit, ArgumentUnknown

Json = dict[str, Any]

PROPERTIES: Json = {
    "count": {"allOf": [{"type": "integer"}]},
    "age": {"type": ["integer", "null"]},
    "ratio": {"type": "number"},
    "sure": {"type": "boolean"},
    "size": {"anyOf": [{"enum": ["auto"]}, {"type": "integer"}]},
    "switch": {"enum": [True, None, 3]},
    "exact": {"enum": [{"a": 1}, "plain"]},
    "ids": {"anyOf": [{"enum": ["all"]}, {"type": "array", "items": {"type": "integer"}}]},
    "whole": {"type": "object", "properties": {"time-zone": {"type": "string"}}},
    "labels": {"type": "object", "additionalProperties": {"type": "string"}},
    "things": {"type": "array", "items": {"type": "object"}},
    "free": {},
    "mixed": {"anyOf": [{"type": "array", "items": {}}, {"type": "integer"}]},
    "both": {"anyOf": [{"type": "array", "items": {}}, {"type": "object", "additionalProperties": {}}]},
    "nothing": {"type": "null"},
    "loop": {"$ref": "#/$defs/loop"},
}
ENTRY: Json = {
    "name": "testing.kinds",
    "summary": "Take every kind",
    "input_schema": {
        "type": "object",
        "properties": PROPERTIES,
        "required": [],
        "$defs": {"loop": {"$ref": "#/$defs/loop"}},
    },
}


def read(text: str) -> Json:
    return parse_command(f"/testing kinds {text}", [ENTRY]).payload


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("--count 3", {"count": 3}),
        ("--age 3", {"age": 3}),
        ("--age null", {"age": None}),
        ("--ratio 1.5", {"ratio": 1.5}),
        ("--size auto", {"size": "auto"}),
        ("--size 12", {"size": 12}),
        ("--switch true", {"switch": True}),
        ("--switch 3", {"switch": 3}),
        ("""--exact '{"a": 1}'""", {"exact": {"a": 1}}),
        ("--ids all", {"ids": "all"}),
        ("--ids [1,2]", {"ids": [1, 2]}),
        ("--whole.time-zone UTC", {"whole": {"time-zone": "UTC"}}),
        ("--labels.colour red", {"labels": {"colour": "red"}}),
        ("""--things '{"a":1}'""", {"things": [{"a": 1}]}),
        ("--free NaN", {"free": "NaN"}),
        ("--free [1]", {"free": [1]}),
        ("--free [1]x", {"free": "[1]x"}),
        ("--mixed '[\"a\",1]'", {"mixed": ["a", 1]}),
        ('--free "say \\"so\\""', {"free": 'say "so"'}),
        ("--loop anything", {"loop": "anything"}),
    ],
)
def test_every_kind_of_value_is_read_as_its_schema_says(text: str, payload: Json) -> None:
    assert read(text) == payload


@pytest.mark.parametrize(
    "text",
    [
        "--ratio abc",
        "--ratio inf",
        "--sure=maybe",
        "--whole plain",
        "--size huge",
        "--size [1]",
        "--exact other",
        "--ids x",
        "--nothing something",
    ],
)
def test_a_value_that_does_not_fit_is_named_with_what_would(text: str) -> None:
    with pytest.raises(ArgumentUnfit, match="Possible|possible"):
        read(text)


def test_a_part_that_an_object_does_not_have_is_unknown() -> None:
    with pytest.raises(ArgumentUnknown, match="time-zone"):
        read("--whole.time-zome UTC")


def test_a_value_and_its_parts_can_not_both_be_given() -> None:
    with pytest.raises(ArgumentRepeated):
        read("--both [1] --both.colour red")


def test_after_two_dashes_everything_is_a_value() -> None:
    entry = {**ENTRY, "input_schema": {**ENTRY["input_schema"], "required": ["free"]}}
    assert parse_command("/testing kinds -- --count", [entry]).payload == {"free": "--count"}


def test_a_line_of_nothing_but_brackets_is_read_in_reasonable_time() -> None:
    with pytest.raises(ArgumentError):
        read("--age " + "[ " * 400)


@pytest.mark.parametrize(
    "payload",
    [
        {"sure": True},
        {"sure": False},
        {"switch": None},
        {"size": "auto"},
        {"ids": [1, 2]},
        {"free": "3"},
        {"free": True},
    ],
)
def test_what_is_written_is_read_back(payload: Json) -> None:
    assert parse_command(render_command(ENTRY, payload), [ENTRY]).payload == payload


def test_text_that_no_branch_would_read_is_written_as_json() -> None:
    assert '"huge"' in render_command(ENTRY, {"size": "huge"})


def test_completion_of_a_value_shows_it_as_one_types_it() -> None:
    text = "/testing kinds --switch "
    assert {"true", "3"} <= {one.text.strip() for one in complete(text, len(text), [ENTRY])}


def test_nothing_is_offered_for_a_line_that_is_too_long_to_read() -> None:
    text = "/" + "x" * 30_000
    assert complete(text, len(text), [ENTRY]) == []
