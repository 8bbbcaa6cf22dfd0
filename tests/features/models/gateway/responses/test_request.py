"""Requests to /responses, translated for providers that know only chat completions."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitu.features.models.gateway.errors import FieldRefused, FieldUnfit, OnlyAtOpenAI
from gitu.features.models.gateway.responses.exchange import Exchange
from gitu.features.models.gateway.responses.request import translated
from gitu.features.models.gateway.shapes import read_fields
from gitu.kernel.errors import GituError
from tests.servers.base import text_of


def chat(**request: Any) -> Any:
    """The translated request, as JSON."""
    fields = {"model": "m", "input": "Hello", **request}
    body = json.dumps(fields, ensure_ascii=False).encode()
    exchange = Exchange(read_fields(body), body, streams=bool(request.get("stream")))
    assert exchange.path("openai_compatible") == "/chat/completions"
    return json.loads(exchange.body("openai_compatible", "m", None))


def messages(*items: Any, **more: Any) -> Any:
    """The messages that these items become."""
    return chat(input=list(items), **more)["messages"]


def called(call_id: str, name: str = "weather", arguments: str = "{}") -> Any:
    """An item that calls a function."""
    return {"type": "function_call", "id": "fc_1", "call_id": call_id, "name": name, "arguments": arguments}


def returned(call_id: str, output: Any) -> Any:
    """An item with what a function gave."""
    return {"type": "function_call_output", "call_id": call_id, "output": output}


def spoken(text: str) -> Any:
    """An item of what the model said, as answers hold it."""
    part = {"type": "output_text", "text": text, "annotations": []}
    return {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed", "content": [part]}


USER = {"role": "user", "content": "Hello"}


def test_a_plain_text_is_what_the_person_said() -> None:
    assert chat() == {"model": "m", "messages": [USER]}


def test_all_that_instructs_at_the_beginning_is_one_system_message() -> None:
    parts = [{"type": "input_text", "text": "Say "}, {"type": "input_text", "text": "little."}]
    first = {"type": "message", "role": "developer", "content": parts}
    later = {"role": "system", "content": "Now say more."}
    assert messages(first, USER, later, instructions="Be kind.") == [
        {"role": "system", "content": "Be kind.\n\nSay little."},
        USER,
        later,
    ]


def test_pictures_and_files_keep_their_place() -> None:
    parts = [
        {"type": "input_text", "text": "ما هذا؟"},
        {"type": "input_image", "image_url": "data:image/png;base64,AAAA", "detail": "low"},
        {"type": "input_file", "filename": "a.pdf", "file_data": "data:application/pdf;base64,AAAA"},
    ]
    ((said),) = messages({"role": "user", "content": parts})
    assert said["content"] == [
        {"type": "text", "text": "ما هذا؟"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA", "detail": "low"}},
        {"type": "file", "file": {"filename": "a.pdf", "file_data": "data:application/pdf;base64,AAAA"}},
    ]


def test_what_the_model_said_and_called_in_one_turn_is_one_message() -> None:
    thought = {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "x"}
    parts = [{"type": "input_text", "text": "rain"}]
    found = messages(USER, thought, spoken("Let me look."), called("c1"), called("c2"), returned("c1", "sun"),
                     returned("c2", parts), spoken("Both."))  # fmt: skip
    call = {"type": "function", "function": {"name": "weather", "arguments": "{}"}}
    assert found == [
        USER,
        {"role": "assistant", "content": "Let me look.", "tool_calls": [{"id": "c1", **call}, {"id": "c2", **call}]},
        {"role": "tool", "tool_call_id": "c1", "content": "sun"},
        {"role": "tool", "tool_call_id": "c2", "content": "rain"},
        {"role": "assistant", "content": "Both."},
    ]


def test_what_is_said_after_a_call_and_before_its_result_belongs_to_that_turn() -> None:
    (turn, _) = messages(called("c1"), spoken("I am looking."), returned("c1", "sun"))
    assert turn["content"] == "I am looking."
    assert len(turn["tool_calls"]) == 1


WEATHER = {"type": "function", "name": "weather", "description": "Of a city", "parameters": {"type": "object"}}
TIME = {"type": "function", "name": "time", "strict": True}


def test_functions_and_the_choice_among_them() -> None:
    found = chat(tools=[WEATHER, TIME], tool_choice={"type": "function", "name": "time"}, parallel_tool_calls=False)
    function = {"name": "weather", "description": "Of a city", "parameters": {"type": "object"}}
    assert found["tools"] == [
        {"type": "function", "function": function},
        {"type": "function", "function": {"name": "time", "strict": True}},
    ]
    assert found["tool_choice"] == {"type": "function", "function": {"name": "time"}}
    assert found["parallel_tool_calls"] is False


def test_of_allowed_functions_only_those_are_offered() -> None:
    allowed = {"type": "allowed_tools", "mode": "required", "tools": [{"type": "function", "name": "time"}]}
    found = chat(tools=[WEATHER, TIME], tool_choice=allowed)
    assert [one["function"]["name"] for one in found["tools"]] == ["time"]
    assert found["tool_choice"] == "required"


def test_without_functions_no_choice_is_sent_since_providers_refuse_a_bare_one() -> None:
    assert chat(tools=[], tool_choice="auto", parallel_tool_calls=True) == {"model": "m", "messages": [USER]}


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"type": "text"}, None),
        ({"type": "json_object"}, {"type": "json_object"}),
        (
            {"type": "json_schema", "name": "point", "strict": True, "schema": {"type": "object"}},
            {"type": "json_schema", "json_schema": {"name": "point", "strict": True, "schema": {"type": "object"}}},
        ),
    ],
)
def test_formats(wanted: Any, expected: Any) -> None:
    assert chat(text={"format": wanted, "verbosity": "low"}).get("response_format") == expected


def test_what_steers_the_model_keeps_its_value_under_the_name_it_has_there() -> None:
    more = {"max_output_tokens": 50, "temperature": 0, "top_p": 0.5, "reasoning": {"effort": "low"}, "user": "u"}
    found = chat(**more, store=True, include=["reasoning.encrypted_content"], prompt_cache_key="k", metadata={"a": "b"})
    expected = {"max_tokens": 50, "temperature": 0, "top_p": 0.5, "reasoning_effort": "low", "user": "u"}
    assert found == {"model": "m", "messages": [USER], **expected}


def test_a_stream_is_asked_for_its_usage() -> None:
    assert chat(stream=True)["stream_options"] == {"include_usage": True}


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ({"input": None}, "input"),
        ({"input": [{"role": "narrator", "content": "x"}]}, "input[0].role"),
        ({"input": [{"role": "user", "content": 7}]}, "input[0].content"),
        ({"input": [{"role": "user"}]}, "input[0].content"),
        ({"temperature": "hot"}, "temperature"),
        ({"tools": [{"type": "function"}]}, "tools[0].name"),
        ({"text": {"format": {"type": "yaml"}}}, "text.format"),
        ({"metadata": {"a": 7}}, "metadata[...]"),
    ],
)
def test_what_has_another_form_is_refused_by_its_place(request_: Any, field: str) -> None:
    with pytest.raises(FieldUnfit) as caught:
        chat(**request_)
    assert caught.value.params["field"] == field


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ({"tools": [{"type": "custom", "name": "patch"}]}, "tools[0]"),
        ({"tools": [WEATHER], "tool_choice": {"type": "custom", "name": "x"}}, "tool_choice"),
        ({"input": [{"type": "custom_tool_call", "call_id": "c", "name": "x", "input": ""}]}, "input[0]"),
        ({"input": [{"role": "user", "content": [{"type": "input_image", "file_id": "f"}]}]}, "input[0].content[0]"),
        ({"input": [returned("c", [{"type": "input_image", "image_url": "x"}])]}, "input[0].output[0]"),
        ({"include": ["message.output_text.logprobs"]}, "top_logprobs"),
    ],
)
def test_what_only_openai_understands_is_refused_by_its_place(request_: Any, field: str) -> None:
    with pytest.raises(OnlyAtOpenAI) as caught:
        chat(**request_)
    assert caught.value.params["field"] == field


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_refusals_are_told_in_both_languages(locale: str) -> None:
    with pytest.raises(FieldRefused) as caught:
        chat(tools=[{"type": "web_search"}])
    assert "web_search" in caught.value.localised(locale)
    assert ("budgets" in caught.value.localised(locale)) is (locale == "en")


def test_for_openai_itself_only_what_would_be_kept_there_changes() -> None:
    encrypted = {"type": "reasoning", "id": "rs_2", "summary": [], "encrypted_content": "x"}
    fields = {
        "model": "gitu/best",
        "input": [
            USER,
            {"type": "reasoning", "id": "rs_1", "summary": []},
            encrypted,
            called("c1"),
            returned("c1", "s"),
        ],
        "tools": [WEATHER, {"type": "custom", "name": "patch"}],
        "store": True,
        "unheard_of": {"x": 1.50},
    }
    body = json.dumps(fields).encode()
    exchange = Exchange(read_fields(body), body, streams=False)
    assert exchange.path("openai") == "/responses"
    bare = {name: value for name, value in called("c1").items() if name != "id"}
    assert json.loads(exchange.body("openai", "gpt-5", 2_048)) == {
        **fields,
        "model": "gpt-5",
        "store": False,
        "input": [USER, encrypted, bare, returned("c1", "s")],
        "max_output_tokens": 2_048,
    }


def test_pictures_and_files_that_are_only_named_are_counted_for_the_estimate() -> None:
    parts = [
        {"type": "input_image", "image_url": "https://example.org/a.png"},
        {"type": "input_file", "file_url": "https://example.org/a.pdf"},
        {"type": "input_file", "file_id": "file_1"},
        {"type": "input_text", "text": 'a "file_id" in a text'},
    ]
    body = json.dumps({"model": "m", "input": [{"role": "user", "content": parts}]}).encode()
    assert Exchange(read_fields(body), body, streams=False).references == 3


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KINDS = st.sampled_from(["message", "function", "function_call", "function_call_output", "reasoning", "json_schema"])
NAMES = st.sampled_from(["type", "role", "content", "output", "name", "call_id", "text", "format", "tools", "id"])
nearly = st.dictionaries(NAMES, KINDS | st.sampled_from(["user", "assistant", "system"]) | anything, max_size=6)
FIELDS = st.sampled_from(
    ["input", "instructions", "tools", "tool_choice", "text", "reasoning", "metadata", "include", "temperature"]
)


@given(st.dictionaries(FIELDS, anything | nearly | st.lists(nearly, max_size=4), max_size=6), st.booleans())
def test_whatever_comes_is_translated_or_refused(fields: Any, own: bool) -> None:
    body = json.dumps(fields).encode()
    provider = "openai" if own else "groq"
    try:
        exchange = Exchange(read_fields(body), body, streams=True)
        exchange.path(provider)
    except GituError as error:
        assert isinstance(error, FieldRefused)
        return
    sent = json.loads(exchange.body(provider, "m", 100))
    assert sent["model"] == "m"


texts = st.text(min_size=1, max_size=20)
said = st.builds(lambda role, text: {"role": role, "content": text}, st.sampled_from(["user", "system"]), texts)
answers = st.builds(spoken, texts)
calls = st.builds(lambda name: called("c", name), texts)
results = st.builds(lambda text: returned("c", text), texts)


@given(st.lists(said | answers | calls | results, min_size=1, max_size=12))
def test_no_word_is_lost(items: Any) -> None:
    kept = "".join(
        (message["content"] or "") + "".join(one["function"]["name"] for one in message.get("tool_calls", []))
        for message in translated(json.dumps({"input": items}).encode())["messages"]
    )
    given_ = "".join(str(item.get("name") or item.get("output") or text_of(item["content"])) for item in items)
    assert sorted(kept.replace("\n", "")) == sorted(given_.replace("\n", ""))
