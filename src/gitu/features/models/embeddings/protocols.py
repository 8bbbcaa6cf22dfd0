"""What providers' embedding APIs are asked and what they answer.

OpenAI (https://platform.openai.com/docs/api-reference/embeddings) is followed by OpenRouter, Ollama, vLLM, llama.cpp
and LM Studio; Mistral (https://docs.mistral.ai/api/#tag/embeddings) knows no base64; Google
(https://ai.google.dev/api/embeddings#method:-models.batchembedcontents) has its own form and tells no tokens.
"""

import binascii
import math
import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from gitu.features.models.embeddings.schemas import Kind


class AnswerUnfit(ValueError):
    """The answer is no list of as many vectors as texts were sent, all of one length."""


@dataclass(frozen=True, slots=True)
class Request:
    path: str
    headers: dict[str, str]
    body: dict[str, Any]  # Any: JSON


@dataclass(frozen=True, slots=True)
class Answer:
    vectors: "list[array[float]]"
    tokens: int | None


def request_of(provider: str, key: str | None, model: str, texts: Sequence[str], kind: Kind) -> Request:
    """The request for these vectors; ``kind`` matters to Google's models only."""
    if provider == "google":
        name = f"models/{model}"
        task = "RETRIEVAL_QUERY" if kind == "query" else "RETRIEVAL_DOCUMENT"
        requests = [{"model": name, "content": {"parts": [{"text": text}]}, "taskType": task} for text in texts]
        headers = {} if key is None else {"x-goog-api-key": key}
        return Request(f"/v1beta/{name}:batchEmbedContents", headers, {"requests": requests})
    headers = {} if key is None else {"authorization": f"Bearer {key}"}
    body: dict[str, Any] = {"model": model, "input": list(texts)}
    if provider == "mistral":
        return Request("/v1/embeddings", headers, body)
    # A quarter of the size of decimal numbers; servers that don't know it send numbers all the same.
    return Request("/embeddings", headers, {**body, "encoding_format": "base64"})


def answer_of(provider: str, told: object, count: int) -> Answer:
    """The vectors in the order of the texts. Raises AnswerUnfit."""
    try:
        answer = cast("dict[str, Any]", told)  # Any: checked by what is done with it
        if provider == "google":
            vectors = [_vector(one["values"]) for one in answer["embeddings"]]
            tokens = None
        else:
            vectors = _in_order(answer["data"], count)
            usage: dict[str, Any] = answer.get("usage") or {}
            tokens = usage.get("prompt_tokens")
    except (KeyError, TypeError, ValueError, LookupError, OverflowError) as error:
        raise AnswerUnfit from error
    if len(vectors) != count or not vectors[0] or any(len(one) != len(vectors[0]) for one in vectors):
        raise AnswerUnfit
    if not all(math.isfinite(math.fsum(one)) for one in vectors):
        raise AnswerUnfit
    return Answer(vectors, tokens if isinstance(tokens, int) and tokens >= 0 else None)


def _in_order(data: list[dict[str, Any]], count: int) -> "list[array[float]]":
    places = [entry.get("index", place) for place, entry in enumerate(data)]
    if sorted(places) != list(range(count)):
        raise AnswerUnfit
    by_place = dict(zip(places, data, strict=True))
    return [_vector(by_place[place]["embedding"]) for place in range(count)]


def _vector(given: object) -> "array[float]":
    """Numbers, or base64 of little-endian 32-bit floats."""
    if isinstance(given, str):
        vector = array("f", binascii.a2b_base64(given, strict_mode=True))
        if sys.byteorder == "big":
            vector.byteswap()
        return vector
    return array("f", cast("list[float]", given))
