"""Chat completions' answers, whole and streamed, as the Responses API tells them; its official types are the judge."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openai.types.responses import Response, ResponseStreamEvent  # noqa: TID251 - the judge of our shapes
from pydantic import TypeAdapter

from gitu.features.models.errors import ModelCut
from gitu.features.models.gateway.responses.answer import Envelope, answered
from gitu.features.models.gateway.responses.stream import TranslatedStream
from gitu.features.models.gateway.wire import WireError

EVENT: TypeAdapter[Any] = TypeAdapter(ResponseStreamEvent)
USAGE = {
    "prompt_tokens": 9,
    "completion_tokens": 3,
    "total_tokens": 12,
    "prompt_tokens_details": {"cached_tokens": 4},
    "completion_tokens_details": {"reasoning_tokens": 2},
}
BROKE = ModelCut(model="m", connection="Loopback")


def whole(message: Any, finish: str | None = "stop", usage: Any = USAGE) -> Any:
    """The response of a completion with this message."""
    completion = {"choices": [{"index": 0, "message": message, "finish_reason": finish}], "usage": usage}
    told = answered(json.dumps(completion).encode(), Envelope({}, "m"))
    assert told is not None
    Response.model_validate_json(told, strict=True)
    return json.loads(told)


def chunk(delta: Any, finish: str | None = None, **more: Any) -> bytes:
    """An event of a stream of chat completions."""
    return b"data: " + json.dumps({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}], **more}).encode()


def call(index: int | None, arguments: str, name: str | None = None, call_id: str | None = None) -> Any:
    """A delta that begins a call, or goes on with it."""
    made: Any = {"index": index, "id": call_id, "function": {"name": name, "arguments": arguments}}
    return {"tool_calls": [{key: value for key, value in made.items() if value is not None}]}


END = chunk({}, "stop", usage=USAGE)
DONE = b"data: [DONE]"


def parsed(data: bytes) -> list[Any]:
    """The events in the data, each checked against its official type."""
    found: list[Any] = []
    for event in data.split(b"\n\n")[:-1]:
        kind, _, said = event.partition(b"\ndata: ")
        found.append(json.loads(said))
        assert kind == b"event: " + found[-1]["type"].encode()
        EVENT.validate_python(found[-1])
    return found


def streamed(*chunks: bytes, cuts: list[int] | None = None, end: bytes = b"\n\n") -> list[Any]:
    """The events for these chunks, which arrive in pieces cut at ``cuts``."""
    data = b"".join(one + end for one in chunks)
    places = sorted({cut % (len(data) + 1) for cut in cuts or []} | {0, len(data)})
    stream = TranslatedStream(Envelope({}, "m"))
    told = b"".join(stream.passed(data[start:stop]) for start, stop in zip(places, places[1:], strict=False))
    events = parsed(told + stream.end())
    assert [one["sequence_number"] for one in events] == list(range(len(events)))
    return events


def broken(*chunks: bytes) -> list[Any]:
    """The events for these chunks, which are no whole answer."""
    stream = TranslatedStream(Envelope({}, "m"))
    told = [stream.passed(one + b"\n\n") for one in chunks[:-1]]
    with pytest.raises(WireError):
        told.append(stream.passed(chunks[-1] + b"\n\n"))
        stream.end()
    return parsed(b"".join(told) + stream.broken(BROKE, "en"))


def bare(output: Any) -> Any:
    """Items without their ids, which are never the same."""
    return [{key: value for key, value in item.items() if key not in ("id", "call_id")} for item in output]


# -- in one piece ---------------------------------------------------------------------------------------


def test_a_text_is_a_message() -> None:
    told = whole({"role": "assistant", "content": "Good day."})
    (item,) = told["output"]
    assert (told["status"], item["role"], item["content"][0]["text"]) == ("completed", "assistant", "Good day.")
    assert told["usage"]["input_tokens_details"]["cached_tokens"] == 4
    assert told["usage"]["output_tokens_details"]["reasoning_tokens"] == 2
    assert told["store"] is False


def test_calls_are_items_behind_what_was_said() -> None:
    calls = [{"id": f"c{index}", "type": "function", "function": {"name": "f", "arguments": "{}"}} for index in (1, 2)]
    told = whole({"content": "Let me look.", "tool_calls": calls}, "tool_calls")
    assert [item["type"] for item in told["output"]] == ["message", "function_call", "function_call"]
    assert [item["call_id"] for item in told["output"][1:]] == ["c1", "c2"]


@pytest.mark.parametrize(
    ("finish", "reason"),
    [("length", "max_output_tokens"), ("model_length", "max_output_tokens"), ("content_filter", "content_filter")],
)
def test_an_answer_that_was_cut_short_is_incomplete(finish: str, reason: str) -> None:
    told = whole({"content": "Once upon"}, finish)
    assert (told["status"], told["incomplete_details"]) == ("incomplete", {"reason": reason})
    assert told["output"][0]["status"] == "incomplete"


def test_what_the_request_said_is_told_again() -> None:
    fields = {"metadata": msgspec.Raw(b'{"a": "b"}'), "tools": msgspec.Raw(b"null"), "temperature": msgspec.Raw(b"0.5")}
    told = Envelope(fields, "m").response("completed", [])
    written = json.loads(msgspec.json.encode(told))
    assert (written["metadata"], written["tools"], written["temperature"]) == ({"a": "b"}, [], 0.5)


def test_texts_in_parts_without_usage_and_with_a_refusal() -> None:
    parts = [{"type": "thinking", "thinking": []}, {"type": "text", "text": "Hel"}, {"type": "text", "text": "lo"}]
    assert whole({"content": parts}, usage=None)["output"][0]["content"][0]["text"] == "Hello"
    assert whole({"content": None, "refusal": "No."})["output"][0]["content"] == [{"type": "refusal", "refusal": "No."}]


@pytest.mark.parametrize("name", ["reasoning_content", "reasoning"])
def test_what_the_model_thought_is_an_item_before_what_it_said(name: str) -> None:
    told = whole({"content": "Four.", name: "Two and two"})["output"]
    events = streamed(chunk({name: "Two "}), chunk({name: "and two"}), chunk({"content": "Four."}), END)
    assert [event["type"].removeprefix("response.") for event in events[2:9]] == [
        "output_item.added",
        "content_part.added",
        "reasoning_text.delta",
        "reasoning_text.delta",
        "reasoning_text.done",
        "content_part.done",
        "output_item.done",
    ]
    assert told[0]["content"] == [{"type": "reasoning_text", "text": "Two and two"}]
    assert bare(events[-1]["response"]["output"]) == bare(told)


@pytest.mark.parametrize("answer", [b"", b"[]", b'{"choices": []}', b'{"choices": [{}]}', b'{"choices": 7}', b"\xff"])
def test_what_is_no_completion_is_none(answer: bytes) -> None:
    assert answered(answer, Envelope({}, "m")) is None


# -- streamed -------------------------------------------------------------------------------------------


def test_the_events_of_a_text_come_in_their_published_order() -> None:
    events = streamed(
        chunk({"role": "assistant", "content": ""}), chunk({"content": "one "}), chunk({"content": "two"}), END, DONE
    )
    assert [event["type"] for event in events] == [
        "response.created",
        "response.in_progress",
        "response.output_item.added",
        "response.content_part.added",
        "response.output_text.delta",
        "response.output_text.delta",
        "response.output_text.done",
        "response.content_part.done",
        "response.output_item.done",
        "response.completed",
    ]
    assert events[0]["response"]["status"] == "in_progress"
    assert events[-1]["response"]["output"] == [events[-2]["item"]]
    assert events[-1]["response"]["usage"]["output_tokens"] == 3


def test_the_events_of_calls_come_in_their_published_order() -> None:
    events = streamed(
        chunk({"content": "Hm."}),
        chunk(call(0, "", "weather", "c1")),
        chunk(call(0, '{"city"')),
        chunk(call(0, ":1}")),
        chunk(call(1, "{}", "time", "c2")),
        chunk({}, "tool_calls"),
        DONE,
    )
    assert [event["type"].removeprefix("response.") for event in events[6:]] == [
        "content_part.done",
        "output_item.done",
        "output_item.added",
        "function_call_arguments.delta",
        "function_call_arguments.delta",
        "function_call_arguments.done",
        "output_item.done",
        "output_item.added",
        "function_call_arguments.delta",
        "function_call_arguments.done",
        "output_item.done",
        "completed",
    ]
    output = events[-1]["response"]["output"]
    assert [item.get("arguments") for item in output] == [None, '{"city":1}', "{}"]
    assert [event["output_index"] for event in events if event["type"].endswith("item.done")] == [0, 1, 2]


@pytest.mark.parametrize(
    "calls",
    [
        [call(None, "{}", "f", "a"), call(None, "[]", "g", "b")],  # each whole, none numbered
        [call(0, "{}", "f", "a"), call(0, "[]", "g", "b")],  # all of one number
        [call(0, "{", "f", "a"), call(0, "}", None, "a"), call(1, "[]", "g")],  # the id again, and none
    ],
)
def test_calls_are_told_apart_however_providers_number_them(calls: list[Any]) -> None:
    output = streamed(*map(chunk, calls), END)[-1]["response"]["output"]
    assert [(item["name"], item["arguments"]) for item in output] == [("f", "{}"), ("g", "[]")]
    assert all(item["call_id"] for item in output)


def test_a_stream_that_was_cut_short_by_its_bound_is_incomplete() -> None:
    events = streamed(chunk({"content": "Once"}), chunk({}, "length"))
    assert events[-1]["type"] == "response.incomplete"
    assert events[-1]["response"]["incomplete_details"] == {"reason": "max_output_tokens"}
    assert events[-2]["item"]["status"] == "incomplete"


def test_nothing_said_is_an_answer_too() -> None:
    events = streamed(END, DONE)
    assert [event["type"] for event in events] == ["response.created", "response.in_progress", "response.completed"]


@pytest.mark.parametrize(
    "last",
    [
        chunk({"content": " beginning"}),  # and then nothing
        b'data: {"error": {"message": "overloaded"}}',
        b'data: {"this is": not json',
        chunk(call(0, "{}")),  # goes on with a call that never began
    ],
)
def test_a_stream_that_breaks_off_ends_in_a_failed_response_with_what_came(last: bytes) -> None:
    events = broken(chunk({"content": "The"}), last)
    failed = events[-1]
    assert failed["type"] == "response.failed"
    assert failed["response"]["status"] == "failed"
    assert failed["response"]["error"]["message"] == BROKE.localised("en")
    (item,) = failed["response"]["output"]
    assert item["status"] == "incomplete"
    assert item["content"][0]["text"].startswith("The")


words = st.text(min_size=1, max_size=8)
turns = st.lists(
    st.one_of(
        words.map(lambda text: ("content", text)),
        words.map(lambda text: ("refusal", text)),
        words.map(lambda text: ("reasoning_content", text)),
        words.map(lambda text: ("call", text)),
    ),
    min_size=1,
    max_size=12,
)


@given(turns, st.lists(st.integers(0, 5_000), max_size=12), st.booleans())
def test_the_pieces_joined_are_the_whole_however_the_stream_was_cut(
    said: list[tuple[str, str]], cuts: list[int], crlf: bool
) -> None:
    chunks = [
        chunk(call(place, text, "f", f"c{place}") if kind == "call" else {kind: text})
        for place, (kind, text) in enumerate(said)
    ]
    events = streamed(b": a comment", *chunks, END, DONE, cuts=cuts, end=b"\r\n\r\n" if crlf else b"\n\n")
    deltas = [event["delta"] for event in events if event["type"].endswith(".delta")]
    assert deltas == [text for _, text in said]
    done = [event["item"] for event in events if event["type"] == "response.output_item.done"]
    assert events[-1]["response"]["output"] == done
    told = "".join(
        item.get("arguments") or "".join(part.get("text") or part.get("refusal") for part in item["content"])
        for item in done
    )
    assert told == "".join(text for _, text in said)


@given(st.text(max_size=8), st.lists(words, max_size=3))
def test_a_stream_ends_in_what_the_answer_in_one_piece_would_be(text: str, arguments: list[str]) -> None:
    calls: list[Any] = [
        {"id": f"c{place}", "function": {"name": "f", "arguments": one}} for place, one in enumerate(arguments)
    ]
    pieces = [chunk({"tool_calls": [{"index": place, **one}]}) for place, one in enumerate(calls)]
    events = streamed(chunk({"content": text}), *pieces, END)
    in_one = whole({"content": text, "tool_calls": calls})
    assert bare(events[-1]["response"]["output"]) == bare(in_one["output"])
    assert events[-1]["response"]["usage"] == in_one["usage"]
