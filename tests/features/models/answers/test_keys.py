"""Which requests have one answer only, and which of them are the same."""

import json
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitu.features.models.answers.keys import (
    CHAT,
    EMBEDDINGS,
    IGNORED,
    RESPONSES,
    digest,
    is_deterministic,
    key_of,
    wishes,
)
from gitu.features.models.gateway.shapes import read_fields
from gitu.kernel.ids import new_id

OWNER, CONNECTION = new_id(), new_id()
HELLO = {"model": "m", "messages": [{"role": "user", "content": "Hello"}]}

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=12,
)
telling = words.filter(lambda name: name not in IGNORED)
bodies = st.dictionaries(telling, values, max_size=5)
ignored = st.dictionaries(st.sampled_from(sorted(IGNORED)), values)


def key(body: Any, owner: UUID = OWNER, connection: UUID = CONNECTION, version: str = "1", model: str = "m") -> str:
    found = key_of(owner, connection, version, model, CHAT, read_fields(json.dumps(body).encode()))
    assert found is not None
    return found


def shuffled(value: Any, random: Any) -> Any:
    """The same value with the fields of every object in another order."""
    if isinstance(value, list):
        return [shuffled(one, random) for one in value]
    if not isinstance(value, dict):
        return value
    names = list(value)
    random.shuffle(names)
    return {name: shuffled(value[name], random) for name in names}


def deterministic(path: str = CHAT, **fields: Any) -> bool:
    return is_deterministic(path, read_fields(json.dumps({**HELLO, **fields}).encode()))


@given(bodies, ignored, ignored, st.randoms())
def test_neither_the_order_of_fields_nor_what_changes_no_answer_matters(
    body: dict[str, Any], some: dict[str, Any], others: dict[str, Any], random: Any
) -> None:
    assert key({**body, **some}) == key(shuffled({**others, **body}, random))


@given(bodies, bodies)
def test_bodies_that_say_something_else_have_another_key(one: dict[str, Any], other: dict[str, Any]) -> None:
    said = [json.dumps(body, sort_keys=True) for body in (one, other)]
    assert (key(one) == key(other)) == (said[0] == said[1])


@given(bodies)
def test_nobody_shares_a_key_with_another_person_connection_version_or_model(body: dict[str, Any]) -> None:
    keys = {
        key(body),
        key(body, owner=new_id()),
        key(body, connection=new_id()),
        key(body, version="2"),
        key(body, model="m2"),
    }
    assert len(keys) == 5


@given(st.lists(words, max_size=3), st.lists(words, max_size=3))
def test_the_parts_of_a_digest_never_run_into_each_other(one: list[str], other: list[str]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


def test_how_a_letter_or_the_space_between_is_written_does_not_matter() -> None:
    plain = read_fields('{"messages":["é"],"temperature":0}'.encode())
    spaced = read_fields(b'{ "temperature" : 0, "messages" : [ "\\u00e9" ] }')
    made = [key_of(OWNER, CONNECTION, "1", "m", CHAT, fields) for fields in (plain, spaced)]
    assert made[0] == made[1] is not None


@pytest.mark.parametrize("body", [b'{"a": "\\ud800"}', b'{"a": 1e999}', b'{"a": ' + b"[" * 5_000 + b"]" * 5_000 + b"}"])
def test_what_is_no_proper_json_in_its_depths_has_no_key(body: bytes) -> None:
    try:
        fields = read_fields(body)
    except Exception:
        return  # refused already
    assert key_of(OWNER, CONNECTION, "1", "m", CHAT, fields) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"temperature": 0},
        {"temperature": 0.0, "seed": 7},
        {"temperature": 0, "n": 1},
        {"temperature": 0, "n": None, "tools": None},
        {"temperature": 0, "tools": [{"type": "function", "function": {"name": "weather"}}]},
        {"temperature": 0, "stream": True, "store": False},
    ],
)
def test_a_temperature_of_nothing_has_one_answer_only(fields: dict[str, Any]) -> None:
    assert deterministic(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"seed": 7},
        {"temperature": 0.1},
        {"temperature": None},
        {"temperature": "0"},
        {"temperature": 0, "n": 2},
        {"temperature": 0, "store": True},
        {"temperature": 0, "web_search_options": {}},
        {"temperature": 0, "tools": [{"type": "web_search"}]},
        {"temperature": 0, "tools": "all"},
    ],
)
def test_whatever_may_be_answered_otherwise_the_next_time_is_not_kept(fields: dict[str, Any]) -> None:
    assert not deterministic(**fields)


def test_embeddings_always_have_one_answer_and_other_paths_never() -> None:
    assert deterministic(EMBEDDINGS)
    assert not deterministic("/completions", temperature=0)


# -- /responses -----------------------------------------------------------------------------------------

PICTURE = {"role": "user", "content": [{"type": "input_image", "image_url": "data:image/png;base64,AAAA"}]}
QUOTING = 'Is it "file_id", or "image_url": "https://example.org/a.png"?'


def responded(**fields: Any) -> bool:
    asked = {"model": "m", "input": "Hello", "temperature": 0, **fields}
    return is_deterministic(RESPONSES, read_fields(json.dumps(asked).encode()))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"temperature": 0.0, "stream": False, "store": False, "background": False},
        {"instructions": "Be brief.", "max_output_tokens": 50, "top_p": 1, "text": {"format": {"type": "text"}}},
        {"tools": [{"type": "function", "name": "weather"}, {"type": "custom", "name": "patch"}]},
        {"include": ["reasoning.encrypted_content", "message.output_text.logprobs"]},
        {"previous_response_id": None, "conversation": None, "moderation": None, "include": None},
        {"metadata": {"run": "7"}, "user": "me", "service_tier": "default"},
        {"input": [PICTURE]},
        {"input": [{"role": "user", "content": QUOTING}]},
    ],
)
def test_a_response_of_a_temperature_of_nothing_has_one_answer_only(fields: dict[str, Any]) -> None:
    assert responded(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"temperature": None},
        {"temperature": 0.1},
        {"temperature": "0"},
        {"stream": True},
        {"store": True},
        {"background": True},
        {"previous_response_id": "resp_1"},
        {"conversation": "conv_1"},
        {"prompt": {"id": "pmpt_1"}},
        {"moderation": {"model": "omni-moderation-latest"}},
        {"prompt_cache_options": {"comparison_response_id": "resp_1"}},
        {"a_field_of_the_future": 1},
        {"tools": [{"type": "web_search"}]},
        {"tools": [{"type": "function", "name": "weather"}, {"type": "mcp", "server_label": "x"}]},
        {"include": ["web_search_call.action.sources"]},
        {"include": "all"},
        {"input": [{"type": "item_reference", "id": "msg_1"}]},
        {"input": [{"role": "user", "content": [{"type": "input_file", "file_id": "file-1"}]}]},
        {"input": [{"role": "user", "content": [{"type": "input_file", "file_url": "https://example.org/a.pdf"}]}]},
        {"input": [PICTURE, {"role": "user", "content": [{"type": "input_image", "image_url": "https://a.org/b"}]}]},
    ],
)
def test_a_response_that_may_be_another_the_next_time_is_not_kept(fields: dict[str, Any]) -> None:
    assert not responded(**fields)


def test_what_a_response_repeats_of_its_request_tells_it_from_others() -> None:
    def key_to(**more: Any) -> str | None:
        fields = read_fields(json.dumps({"model": "m", "input": "Hello", "temperature": 0, **more}).encode())
        return key_of(OWNER, CONNECTION, "1", "m", RESPONSES, fields)

    assert key_to() == key_to(stream=False, model="gitu/auto")
    asked = [{}, {"metadata": {"run": "7"}}, {"user": "me"}, {"prompt_cache_key": "k"}, {"safety_identifier": "s"}]
    assert len({key_to(**more) for more in asked}) == len(asked)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (b"", (True, True)),
        (b"max-age=5", (True, True)),
        (b"No-Cache", (False, True)),
        (b"no-store", (False, False)),
        (b"no-cache, no-store", (False, False)),
    ],
)
def test_a_client_may_want_a_new_answer_or_none_kept(said: bytes, expected: tuple[bool, bool]) -> None:
    assert wishes(lambda: {b"cache-control": said} if said else {}) == expected
