"""OpenAI's own stream of a response, passed on."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitu.features.models.errors import ModelCut
from gitu.features.models.gateway.responses.passing import PassedStream
from gitu.features.models.gateway.wire import WireError

USAGE = {"input_tokens": 9, "output_tokens": 3, "input_tokens_details": {"cached_tokens": 4}}
BROKE = ModelCut(model="m", connection="OpenAI")


def event(kind: str, number: int, **fields: Any) -> bytes:
    """One event as OpenAI writes it."""
    return f"event: {kind}\ndata: {json.dumps({'type': kind, 'sequence_number': number, **fields})}".encode()


CREATED = event("response.created", 0, response={"id": "resp_1", "status": "in_progress", "output": []})
WORD = event("response.output_text.delta", 1, delta="one")
QUOTING = event("response.output_text.delta", 2, delta='{"type": "response.completed", "sequence_number": 77}')
COMPLETED = event("response.completed", 3, response={"id": "resp_1", "status": "completed", "usage": USAGE})


@given(
    words=st.lists(st.sampled_from([WORD, QUOTING]), max_size=6),
    cuts=st.lists(st.integers(0, 2_000), max_size=12),
    closed=st.booleans(),
)
def test_a_stream_passes_as_it_came_however_it_was_cut(words: list[bytes], cuts: list[int], closed: bool) -> None:
    data = b"\n\n".join([CREATED, *words, COMPLETED]) + (b"\n\n" if closed else b"")
    places = sorted({cut % (len(data) + 1) for cut in cuts} | {0, len(data)})
    stream = PassedStream()
    got = b"".join(stream.passed(data[start:stop]) for start, stop in zip(places, places[1:], strict=False))
    assert (got + stream.end()).rstrip() == data.rstrip()
    assert stream.usage is not None
    assert (stream.usage.given, stream.usage.written, stream.usage.cached) == (9, 3, 4)


def test_words_pass_without_being_read() -> None:
    data = WORD + b"\n\n"
    assert PassedStream().passed(data) is data


@pytest.mark.parametrize("kind", ["response.failed", "error"])
def test_a_failure_that_the_provider_tells_is_told_once_and_its_usage_counts(kind: str) -> None:
    stream = PassedStream()
    told = event(kind, 1, response={"status": "failed", "usage": USAGE})
    assert told in stream.passed(CREATED + b"\n\n" + told + b"\n\n")
    with pytest.raises(WireError):
        stream.end()
    assert stream.broken(BROKE, "en") == b""
    assert stream.usage is not None


def test_an_incomplete_answer_has_ended_well() -> None:
    stream = PassedStream()
    stream.passed(event("response.incomplete", 1, response={"status": "incomplete", "usage": USAGE}) + b"\n\n")
    assert stream.end() == b""
    assert stream.usage is not None


@pytest.mark.parametrize("begun", [True, False])
def test_a_stream_that_breaks_off_gets_a_last_event(begun: bool) -> None:
    stream = PassedStream()
    stream.passed((CREATED + b"\n\n" if begun else b"") + QUOTING + b"\n\n" + WORD[:30])
    with pytest.raises(WireError):
        stream.end()
    head, _, said = stream.broken(BROKE, "ar").partition(b"\ndata: ")
    last = json.loads(said)
    assert head == b"event: " + last["type"].encode()
    assert last["sequence_number"] == 3
    failure = last["response"]["error"] if begun else last
    assert failure["message"] == BROKE.localised("ar")
    assert last["type"] == ("response.failed" if begun else "error")


def test_an_event_without_end_is_not_waited_for() -> None:
    stream = PassedStream()
    with pytest.raises(WireError, match="too large"):
        for _ in range(9):
            stream.passed(b"x" * 1_000_000)
