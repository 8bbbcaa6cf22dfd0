"""A whole answer and a stream that say the same, each made of the other."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitu.features.models.answers.shapes import gathered, is_good, streamed

USAGE = {"prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12}
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
calls = st.lists(
    st.fixed_dictionaries(
        {
            "id": words,
            "type": st.just("function"),
            "function": st.fixed_dictionaries({"name": words, "arguments": words}),
        }
    ),
    min_size=1,
    max_size=3,
)
messages = st.fixed_dictionaries(
    {"role": st.just("assistant"), "content": st.none() | words},
    optional={"tool_calls": calls, "refusal": words.filter(bool), "reasoning_content": words.filter(bool)},
)


def whole(message: dict[str, Any], **more: Any) -> bytes:
    finish = "tool_calls" if "tool_calls" in message else "stop"
    choice = {"index": 0, "message": message, "finish_reason": finish, "logprobs": None}
    head = {"id": "c-1", "object": "chat.completion", "created": 7, "model": "m"}
    return json.dumps({**head, "choices": [choice], "usage": USAGE, **more}).encode()


def chunk(**fields: Any) -> bytes:
    return b"data: " + json.dumps({"id": "c-1", "object": "chat.completion.chunk", **fields}).encode() + b"\n\n"


def said(text: str, finish: str | None = None, **more: Any) -> bytes:
    return chunk(choices=[{"index": 0, "delta": {"content": text}, "finish_reason": finish, **more}])


END = chunk(choices=[{"index": 0, "delta": {}, "finish_reason": "stop"}]) + chunk(choices=[], usage=USAGE)
DONE = b"data: [DONE]\n\n"


@given(messages)
def test_there_and_back_again_nothing_is_lost(message: dict[str, Any]) -> None:
    answer = whole(message, system_fingerprint="fp")
    assert is_good(answer)
    again = gathered(b"".join(streamed(answer, with_usage=True)))
    assert again is not None
    assert json.loads(again) == json.loads(answer)


@given(st.lists(words, min_size=1, max_size=6), st.sampled_from([b"\n\n", b"\r\n\r\n"]))
def test_the_words_of_a_stream_are_put_together(pieces: list[str], end: bytes) -> None:
    stream = b": a comment\n\n" + b"".join(said(piece) for piece in pieces) + END + DONE
    found = gathered(stream.replace(b"\n\n", end) if end != b"\n\n" else stream)
    assert found is not None
    assert json.loads(found)["choices"][0]["message"]["content"] == "".join(pieces)
    assert json.loads(found)["usage"] == USAGE


@pytest.mark.parametrize(
    "stream",
    [
        b"",
        said("Hello") + END,  # it never said that it was done
        said("Hello") + DONE,  # nor why it ended
        said("Hello", "stop") + DONE,  # nor what it used
        said("Hello", "length") + chunk(choices=[], usage=USAGE) + DONE,
        said("Hello", "content_filter") + chunk(choices=[], usage=USAGE) + DONE,
        said("Hello", logprobs={"content": [1]}) + END + DONE,
        chunk(choices=[{"index": 1, "delta": {"content": "two answers"}}]) + END + DONE,
        chunk(choices=[{"index": 0, "delta": {"audio": {"data": "AAAA"}}}]) + END + DONE,
        chunk(choices=[{"index": 0, "delta": {"tool_calls": [{"index": 3, "function": {}}]}}]) + END + DONE,
        chunk(choices=[{"index": 0, "delta": {"tool_calls": [{"index": 0}]}}]) + END + DONE,
        b"data: {no json\n\n" + END + DONE,
        b"data: []\n\n" + END + DONE,
    ],
)
def test_a_stream_that_is_not_whole_good_and_understood_is_no_answer(stream: bytes) -> None:
    assert gathered(stream) is None


@pytest.mark.parametrize(
    "answer",
    [b"", b"[]", b'{"choices": []}', b'{"choices": [{"finish_reason": "length"}]}', b'{"choices": [{}, {}]}'],
)
def test_a_whole_answer_that_is_none_is_not_good(answer: bytes) -> None:
    assert not is_good(answer)
