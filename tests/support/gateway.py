"""The gateway as programs meet it: keys, the official client, and what is on record of their calls."""

import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from openai import OpenAI  # noqa: TID251 - the client that people use, not a provider's

from tests.support.server import GituServer, Person


def key_of(person: Person, *scopes: str) -> str:
    """A new API key of the person's."""
    body = {"name": "A program", "scopes": list(scopes or ("models:use",))}
    return str(person.post("/api-keys", body)["secret"])


@contextmanager
def asking(gitu: GituServer, key: str) -> Generator[OpenAI]:
    """The official client, as its users set it up."""
    with OpenAI(base_url=f"{gitu.url}/v1", api_key=key, max_retries=0, timeout=20) as client:
        yield client


def calls_of(person: Person, wanted: int) -> list[Any]:
    """What is on record of the person's calls, newest first, once so many are there and have ended."""
    deadline = time.monotonic() + 10
    while True:
        found = person.get("/models/calls")["items"]
        if len(found) >= wanted and all(one["outcome"] != "running" for one in found):
            return found
        assert time.monotonic() < deadline, found
        time.sleep(0.02)
