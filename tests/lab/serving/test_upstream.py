"""A node in front of another OpenAI-compatible server: here, a second node, which is one."""

import http.client
import json
from collections.abc import Generator
from pathlib import Path
from typing import Any

import openai
import pytest

from tests.support.nodes import NodeProcess, free_port, node, run_node, wait_for

KEY = "the-front-door-is-locked"
ASK: dict[str, Any] = {"model": "gitu-demo", "messages": [{"role": "user", "content": "Good morning"}]}
ANSWER = "Good morning! I hope you slept well."


@pytest.fixture(scope="module")
def front(demo_node: NodeProcess) -> Generator[NodeProcess]:
    with node("--upstream", f"{demo_node.url}/v1", key=KEY) as made:
        yield made


def client(front: NodeProcess) -> Any:  # Any: its overloads don't take keywords that a test puts together
    return openai.OpenAI(base_url=f"{front.url}/v1", api_key=KEY, max_retries=0)


def test_answers_pass_through_whole_and_in_pieces(front: NodeProcess) -> None:
    ask = {**ASK, "temperature": 0}
    assert client(front).chat.completions.create(**ask).choices[0].message.content == ANSWER
    pieces = list(client(front).chat.completions.create(stream=True, stream_options={"include_usage": True}, **ask))
    assert "".join(piece.choices[0].delta.content or "" for piece in pieces if piece.choices) == ANSWER
    assert pieces[-1].usage is not None
    assert client(front).completions.create(model="gitu-demo", prompt="Hi", temperature=0).object == "text_completion"


def test_tokens_are_counted_on_the_way_whole_and_in_pieces(front: NodeProcess) -> None:
    before = front.metric("gitu_node_tokens_total")
    whole = front.ask("/v1/chat/completions", {**ASK, "temperature": 0}).json["usage"]["total_tokens"]
    assert front.metric("gitu_node_tokens_total") == before + whole
    streamed = {**ASK, "temperature": 0, "stream": True, "stream_options": {"include_usage": True}}
    assert front.ask("/v1/chat/completions", streamed).status == 200
    assert front.metric("gitu_node_tokens_total") == before + 2 * whole
    assert front.metric("gitu_node_first_token_seconds_count") >= 1


def test_the_front_has_a_key_of_its_own(front: NodeProcess, demo_node: NodeProcess) -> None:
    assert front.ask("/v1/chat/completions", ASK, key="other").status == 401
    assert front.ask("/health").json["upstream"] == demo_node.url
    assert front.ask("/v1/models").json["data"][0]["id"] == "gitu-demo"


def test_refusals_come_through_as_they_are(front: NodeProcess, demo_node: NodeProcess) -> None:
    wrong = {**ASK, "temperature": 9}
    here, there = front.ask("/v1/chat/completions", wrong), demo_node.ask("/v1/chat/completions", wrong)
    assert here.status == there.status == 400
    assert here.json == there.json
    assert front.ask("/v1/chat/completions", {**ASK, "model": "other", "stream": True}).status == 404
    assert front.ask("/v1/chat/completions", b"{").code == "invalid_json"
    assert front.ask("/v1/chat/completions", b"[]").code == "invalid_json"


def test_a_key_for_what_is_behind_is_sent_to_it(demo_model: Path, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("the-back-door-is-locked")
    file.chmod(0o600)
    with (
        node("--model", str(demo_model), key="the-back-door-is-locked") as behind,
        node("--upstream", behind.url, "--upstream-key-file", str(file)) as made,
    ):
        assert made.ask("/v1/chat/completions", ASK).status == 200


def test_a_server_that_dies_is_told_of_and_used_again_when_it_is_back(demo_model: Path) -> None:
    port = free_port()
    with node("--upstream", f"http://127.0.0.1:{port}", ready=False) as made:
        with node("--model", str(demo_model), port=port):
            made.wait_until("ready")
            assert made.ask("/v1/chat/completions", ASK).status == 200
        gone = made.ask("/v1/chat/completions", ASK)
        assert gone.status in (502, 503)
        wait_for(lambda: made.status() == "unavailable")
        assert made.ask("/health").status == 503
        refused = made.ask("/v1/chat/completions", ASK)
        assert refused.status == 503
        assert refused.headers["retry-after"] == "2"
        with node("--model", str(demo_model), port=port):
            made.wait_until("ready")
            assert made.ask("/v1/chat/completions", ASK).status == 200


def test_a_client_that_leaves_stops_the_work_behind(slow_model: Path) -> None:
    with node("--model", str(slow_model)) as behind, node("--upstream", behind.url) as made:
        connection = http.client.HTTPConnection(made.url.removeprefix("http://"), timeout=60)
        asked = {**ASK, "model": "slow", "stream": True, "max_tokens": 16_000}
        connection.request("POST", "/v1/chat/completions", json.dumps(asked))
        response = connection.getresponse()
        assert response.readline().startswith(b"data: ")
        assert behind.metric("gitu_node_running_requests") == 1
        response.close()
        connection.close()
        wait_for(lambda: behind.metric("gitu_node_running_requests") == 0)
        wait_for(lambda: made.metric("gitu_node_running_requests") == 0)


def test_a_stream_that_breaks_off_behind_ends_with_an_error(slow_model: Path) -> None:
    with node("--model", str(slow_model)) as behind, node("--upstream", behind.url) as made:
        connection = http.client.HTTPConnection(made.url.removeprefix("http://"), timeout=60)
        connection.request("POST", "/v1/chat/completions", json.dumps({**ASK, "model": "slow", "stream": True}))
        response = connection.getresponse()
        assert response.readline().startswith(b"data: ")
        behind.process.kill()
        assert '"code":"upstream_failed"' in response.read().decode()
        connection.close()


def test_an_address_that_is_none_is_refused() -> None:
    assert "is no address" in run_node("--upstream", "localhost:8000").stderr
