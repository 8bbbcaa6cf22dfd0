"""OpenAI's own stream of a response, passed on."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitu.features.models.errors import ModelCut, ModelOverloaded, ModelRejected
from gitu.features.models.gateway.responses.failing import failure_of, judged
from gitu.features.models.gateway.responses.passing import PassedStream
from gitu.features.models.gateway.wire import WireError
from gitu.features.models.upstream import Asked

USAGE = {"input_tokens": 9, "output_tokens": 3, "input_tokens_details": {"cached_tokens": 4}}
ASKED = Asked("1/m", "m", "OpenAI", "https://api.openai.com/v1", 60)
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
    assert (stream.over, stream.failed) == (True, "")


@pytest.mark.parametrize(
    "told",
    [
        event("error", 1, code="slow_down", message="Slow down."),
        event("response.failed", 1, response={"status": "failed", "error": {"code": "slow_down"}}),
    ],
)
def test_a_failure_is_known_by_its_code_and_outlasts_the_connection(told: bytes) -> None:
    stream = PassedStream()
    stream.passed(CREATED + b"\n\n" + told + b"\n\n")
    assert stream.failed == "slow_down"
    outcome, failure = judged(stream, ASKED, "cut", BROKE)
    assert outcome == "failed"
    assert isinstance(failure, ModelOverloaded)
    assert failure.model_id == "1/m"


def test_what_is_whole_is_whole_though_the_connection_broke_and_what_is_not_is_as_it_seems() -> None:
    stream = PassedStream()
    stream.passed(CREATED + b"\n\n")
    assert judged(stream, ASKED, "cut", BROKE) == ("cut", BROKE)
    assert judged(stream, ASKED, "stopped", None) == ("stopped", None)
    stream.passed(COMPLETED + b"\n\n")
    assert judged(stream, ASKED, "cut", BROKE) == ("ok", None)


@pytest.mark.parametrize(
    "whole",
    [
        {"status": "completed", "output": [{"type": "message", "status": "failed"}]},
        {"status": "incomplete", "error": None, "note": "failed"},
        {"output": "failed"},
    ],
)
def test_a_response_that_only_speaks_of_failing_has_not_failed(whole: dict[str, Any]) -> None:
    assert failure_of(json.dumps(whole).encode(), ASKED) is None


def test_nothing_of_a_code_that_is_none_gets_into_the_sentence() -> None:
    whole = {"status": "failed", "error": {"code": "sk-Secret key ﷽"}}
    failure = failure_of(json.dumps(whole).encode(), ASKED)
    assert isinstance(failure, ModelRejected)
    assert "Secret" not in failure.localised("en")


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
