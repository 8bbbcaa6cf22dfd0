"""The few fields that the gateway reads, however they come."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitu.features.models.gateway.needs import needs_of
from gitu.features.models.gateway.shapes import StreamedUsage, is_true, number_of, read_fields, text_of, usage_of
from gitu.kernel.errors import Invalid

USAGE = {"prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12}


def event(**fields: Any) -> bytes:
    """One event of a stream."""
    return f"data: {json.dumps(fields)}".encode()


WORD = event(choices=[{"delta": {"content": "one"}}])
QUOTING = event(choices=[{"delta": {"content": 'he wrote "usage":{'}}])
NULL = event(choices=[{"delta": {}}], usage=None)
LAST = event(choices=[{"delta": {}, "finish_reason": "stop"}], usage=USAGE)
BARE = event(choices=[], usage=USAGE)
DONE = b"data: [DONE]"


@given(
    events=st.lists(st.sampled_from([WORD, QUOTING, NULL, LAST, BARE]), max_size=8),
    cuts=st.lists(st.integers(0, 2_000), max_size=12),
    asked=st.booleans(),
    crlf=st.booleans(),
)
def test_a_stream_is_the_same_however_it_was_cut(events: list[bytes], cuts: list[int], asked: bool, crlf: bool) -> None:
    end = b"\r\n\r\n" if crlf else b"\n\n"
    whole = b"".join(one + end for one in [*events, DONE])
    places = sorted({cut % (len(whole) + 1) for cut in cuts} | {0, len(whole)})
    usage = StreamedUsage(asked=asked)
    got = b"".join(usage.passed(whole[start:stop]) for start, stop in zip(places, places[1:], strict=False))
    got += usage.end()
    kept = [one for one in [*events, DONE] if asked or one != BARE]
    assert [one for one in got.replace(b"\r\n", b"\n").split(b"\n\n") if one] == kept
    told = [one for one in events if one in (LAST, BARE)]
    assert (usage.usage is not None) is bool(told)


def test_a_body_without_usage_passes_as_it_came() -> None:
    usage = StreamedUsage(asked=False)
    data = WORD + b"\n\n"
    assert usage.passed(data) is data


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b'{"usage": {"prompt_tokens": 5, "completion_tokens": 2}}', (5, 2, 0, 0)),
        (
            b'{"usage": {"input_tokens": 5, "output_tokens": 2, "input_tokens_details": {"cached_tokens": 4}}}',
            (5, 2, 4, 0),
        ),
        (b'{"usage": {"prompt_tokens": -5, "completion_tokens": -2}}', (0, 0, 0, 0)),
        (b'{"usage": {"prompt_tokens": 3, "prompt_tokens_details": {"cached_tokens": 9}}}', (3, 0, 3, 0)),
        (
            b'{"usage": {"prompt_tokens": 9, "prompt_tokens_details": {"cached_tokens": 4, "cache_write_tokens": 3}}}',
            (9, 0, 4, 3),
        ),
        (
            b'{"usage": {"prompt_tokens": 9, "prompt_tokens_details": {"cached_tokens": 4, "cache_write_tokens": 30}}}',
            (9, 0, 4, 5),
        ),
    ],
)
def test_usage_is_read_in_both_dialects_and_never_below_zero(answer: bytes, expected: tuple[int, ...]) -> None:
    usage = usage_of(answer)
    assert usage is not None
    counted = usage.counted()
    assert (counted.input, counted.output, counted.cache_read, counted.cache_write) == expected
    assert (usage.given, usage.written, usage.cached) == expected[:3]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (b"", None),
        (b'"service_tier": "flex", ', "flex"),
        (b'"service_tier": null, ', None),
        (b'"service_tier": 7, ', None),
    ],
)
def test_the_tier_is_read_beside_the_usage_which_it_never_spoils(said: bytes, expected: str | None) -> None:
    answer = b"{" + said + b'"choices": [], "usage": {"prompt_tokens": 5}}'
    usage = usage_of(answer)
    assert usage is not None
    assert (usage.given, usage.tier) == (5, expected)
    stream = StreamedUsage(asked=False)
    assert stream.passed(b"data: " + answer + b"\n\n") == b""
    assert stream.usage is not None
    assert (stream.usage.given, stream.usage.tier) == (5, expected)


@pytest.mark.parametrize("answer", [b"", b"[]", b'{"usage": "much"}', b'{"usage": null}', b"\xff"])
def test_usage_that_is_none_is_none(answer: bytes) -> None:
    assert usage_of(answer) is None


@pytest.mark.parametrize("body", [b"", b"[]", b"7", b'{"a": ', b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(Invalid, match="no JSON object"):
        read_fields(body)


def test_fields_of_other_kinds_than_they_should_be_are_none() -> None:
    fields = read_fields(b'{"model": 7, "stream": "yes", "max_tokens": "many", "n": 2.5}')
    assert text_of(fields["model"]) is None
    assert not is_true(fields["stream"])
    assert number_of(fields["max_tokens"]) is None
    assert number_of(fields["n"]) is None


def test_needs_are_read_off_the_last_words_of_the_person() -> None:
    messages = [
        {"role": "user", "content": "Hello"},
        {"role": "assistant", "content": "Yes?"},
        {
            "role": "user",
            "content": [{"type": "text", "text": "اشرح لي هذه الصورة"}, {"type": "image_url", "image_url": {}}],
        },
    ]
    fields = read_fields(json.dumps({"messages": messages, "tools": [], "max_tokens": 50}, ensure_ascii=False).encode())
    needs = needs_of(fields, 4_000)
    assert (needs.arabic, needs.vision, needs.tools, needs.output_tokens, needs.input_tokens) == (
        True,
        True,
        True,
        50,
        1_000,
    )


def test_needs_of_a_request_to_responses_are_read_off_its_items() -> None:
    said = [{"type": "input_text", "text": "اشرح لي هذه الصورة"}, {"type": "input_image", "image_url": "x"}]
    called = {"type": "function_call", "call_id": "c", "name": "f", "arguments": "{}"}
    items = [{"role": "user", "content": said}, called, {"type": "function_call_output", "call_id": "c", "output": "x"}]
    fields = read_fields(
        json.dumps({"input": items, "tools": [], "max_output_tokens": 50}, ensure_ascii=False).encode()
    )
    needs = needs_of(fields, 4_000)
    assert (needs.arabic, needs.vision, needs.tools, needs.output_tokens) == (True, True, True, 50)
