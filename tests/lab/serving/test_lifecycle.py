"""A node's life: it answers while it loads, drains when it is stopped, and lets nobody's request run for nobody."""

import http.client
import json
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.support.nodes import NodeProcess, node, wait_for

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of this kind are POSIX's")

LONG: dict[str, Any] = {
    "model": "slow",
    "messages": [{"role": "user", "content": "Go on"}],
    "stream": True,
    "temperature": 0,
}


class Stream:
    """One answer that is being read, or left."""

    def __init__(self, made: NodeProcess, tokens: int = 16_000) -> None:
        host = made.url.removeprefix("http://")
        self.connection = http.client.HTTPConnection(host, timeout=60)
        self.connection.request("POST", "/v1/chat/completions", json.dumps({**LONG, "max_tokens": tokens}))
        self.response = self.connection.getresponse()
        assert self.response.status == 200
        self.first = self.response.readline()
        self.response.readline()
        self.begun = self.response.readline()  # the first with text

    def rest(self) -> str:
        """All that is still to come."""
        try:
            return self.response.read().decode()
        finally:
            self.leave()

    def leave(self) -> None:
        self.response.close()
        self.connection.close()


def test_a_node_that_is_stopped_finishes_its_answers_and_takes_no_more(slow_model: Path) -> None:
    with node("--model", str(slow_model)) as made:
        stream = Stream(made, tokens=1_500)
        made.stop()
        wait_for(lambda: made.status() == "draining")
        assert made.ask("/health").status == 503
        refused = made.ask("/v1/chat/completions", LONG)
        assert refused.status == 503
        assert refused.headers["retry-after"] == "30"
        assert "being stopped" in refused.json["error"]["message"]
        assert stream.rest().rstrip().endswith("data: [DONE]")
        code, log = made.end()
    assert code == 0, log
    assert "node.draining" in log


def test_an_answer_that_takes_longer_than_it_may_is_cut_with_a_reason(slow_model: Path) -> None:
    with node("--model", str(slow_model), "--drain-s", "0") as made:
        stream = Stream(made)
        made.stop()
        rest = stream.rest()
        assert "cut this answer short" in rest
        assert "[DONE]" not in rest
        assert made.end()[0] == 0


def test_a_second_signal_ends_it_at_once(slow_model: Path) -> None:
    with node("--model", str(slow_model), "--drain-s", "600") as made:
        stream = Stream(made)
        made.stop()
        wait_for(lambda: made.status() == "draining")
        made.stop()
        assert made.end()[0] == 128 + signal.SIGTERM
        stream.leave()


def test_a_node_that_nobody_uses_ends_with_the_first_signal(demo_model: Path) -> None:
    with node("--model", str(demo_model)) as made:
        made.process.send_signal(signal.SIGINT)
        code, log = made.end()
    assert code == 0, log
    assert "node.ready" in log
    assert "node.stopped" in log


def test_health_answers_while_the_upstream_is_waited_for(demo_model: Path) -> None:
    del demo_model
    with node("--upstream", "http://127.0.0.1:1", ready=False) as made:
        wait_for(lambda: made.status() == "loading")
        told = made.ask("/health")
        assert told.status == 503
        assert told.json["progress"] == "waiting"
        refused = made.ask("/v1/chat/completions", LONG)
        assert refused.status == 503
        assert refused.headers["retry-after"] == "2"
        made.stop()
        assert made.end()[0] == 0, "what is waited for does not hold it up"


def test_loading_is_told_in_the_log(slow_model: Path) -> None:
    with node("--model", str(slow_model)) as made:
        made.stop()
        _, log = made.end()
    for step in ("reading", "loading", "warming up"):
        assert f'"step": "{step}"' in log


# -- clients that leave, and too many of them ------------------------------------------------------------


def test_a_client_that_leaves_a_stream_frees_its_place(slow_model: Path) -> None:
    with node("--model", str(slow_model), "--workers", "1", "--max-batch", "1") as made:
        Stream(made).leave()
        short = made.ask("/v1/chat/completions", {**LONG, "stream": False, "max_tokens": 3})
        assert short.json["usage"]["completion_tokens"] == 3
        wait_for(lambda: made.metric("gitu_node_running_requests") == 0)
        assert made.metric("gitu_node_tokens_total") < 16_000, "it did not go on to the end"


def test_a_client_that_leaves_while_it_waits_for_a_whole_answer_frees_its_place_too(slow_model: Path) -> None:
    with node("--model", str(slow_model), "--workers", "1") as made:
        with pytest.raises(TimeoutError):
            made.ask("/v1/chat/completions", {**LONG, "stream": False}, timeout=0.3)
        wait_for(lambda: made.metric("gitu_node_running_requests") == 0)
        assert 'status="499"' in made.ask("/metrics").body.decode()


def test_more_than_may_wait_are_told_to_come_again(slow_model: Path) -> None:
    with node("--model", str(slow_model), "--workers", "1", "--max-batch", "1", "--max-queue", "1") as made:
        running = Stream(made)
        waiting = threading.Thread(target=lambda: Stream(made, tokens=2).rest())
        waiting.start()
        wait_for(lambda: made.metric("gitu_node_queue_length") == 1)
        refused = made.ask("/v1/chat/completions", LONG)
        assert refused.status == 429
        assert refused.headers["retry-after"] == "1"
        assert refused.code == "queue_full"
        running.leave()
        waiting.join(60)
        assert not waiting.is_alive()
