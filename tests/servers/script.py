"""What a scripted model answers: replies, rules that choose one, and the record of what was asked."""

import json
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

JsonObject = dict[str, Any]  # a JSON body has whatever shape its protocol gives it


@dataclass(frozen=True)
class ToolCall:
    """A call of tool ``name`` with ``arguments``; the wire carries the arguments in fragments."""

    name: str
    arguments: Mapping[str, Any]
    id: str | None = None


@dataclass(frozen=True)
class Usage:
    """Tokens that the provider reports."""

    input: int
    output: int
    cached: int = 0


@dataclass(frozen=True)
class Reply:
    """One answer of the model, with the faults it may suffer on the way.

    Delays are seconds. ``cut_after``, ``hang_after`` and ``garbage_after`` count streamed pieces (words, then
    tool-argument fragments): the connection is closed, falls silent, or carries something that is no JSON.
    A reply with ``status`` other than 200 is an error in the provider's own shape. OpenAI's Responses API tells of an
    ``error_code`` with status 200 too: a response that failed, or is ``incomplete`` where that is one of its reasons.
    ``tier`` is the service tier that OpenAI's answers name, ``finish`` why chat completions say that the model stopped.
    """

    text: str = ""
    reasoning: str = ""
    tool_calls: tuple[ToolCall, ...] = ()
    first_token_delay: float = 0.0
    token_delay: float = 0.0
    usage: Usage | None = None
    report_usage: bool = True
    status: int = 200
    error: str = ""
    error_code: str = ""
    tier: str | None = None
    finish: str | None = None
    retry_after: float | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    cut_after: int | None = None
    hang_after: int | None = None
    garbage_after: int | None = None

    def pieces(self) -> list[str]:
        """The text in streamable pieces, one per word, white space kept."""
        return _words(self.text)


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it, in a form all protocols share (``body`` and ``headers`` are raw)."""

    protocol: str
    path: str
    model: str
    stream: bool
    body: JsonObject
    headers: Mapping[str, str]
    system: str
    last_user_text: str
    tool_results: tuple[str, ...]
    tools: tuple[str, ...]
    input_words: int

    @property
    def size(self) -> int:
        """Bytes of the request's body as compact JSON."""
        return len(json.dumps(self.body, ensure_ascii=False, separators=(",", ":")).encode())


Answer = Reply | Callable[[Asked], Reply]


@dataclass(frozen=True)
class Rule:
    """When ``when`` holds of a request, ``answer`` it so."""

    when: Callable[[Asked], bool]
    answer: Answer


class Script:
    """Chooses each reply: queued ones first, then the first rule that matches, then ``otherwise``."""

    def __init__(self, *replies: Answer, rules: Sequence[Rule] = (), otherwise: Answer | None = None) -> None:
        self.queue: deque[Answer] = deque(replies)
        self.rules = list(rules)
        self.otherwise: Answer = otherwise if otherwise is not None else _echo
        self.asked: list[Asked] = []

    def then(self, *replies: Answer) -> "Script":
        """Queue further replies."""
        self.queue.extend(replies)
        return self

    def answer(self, asked: Asked) -> Reply:
        """Record ``asked`` and choose its reply."""
        self.asked.append(asked)
        chosen = self._choose(asked)
        return chosen(asked) if callable(chosen) else chosen

    def _choose(self, asked: Asked) -> Answer:
        if self.queue:
            return self.queue.popleft()
        for rule in self.rules:
            if rule.when(asked):
                return rule.answer
        return self.otherwise


def say(text: str, **faults: Any) -> Reply:
    """The model says ``text``; ``faults`` are fields of :class:`Reply` (delays, ``cut_after``, ``usage``)."""
    return Reply(text=text, **faults)


def call(name: str, /, **arguments: Any) -> Reply:
    """The model calls tool ``name`` with ``arguments``."""
    return Reply(tool_calls=(ToolCall(name, arguments),))


def wrong_key() -> Reply:
    """The provider refuses the key."""
    return Reply(status=401, error="Incorrect API key provided.", error_code="invalid_api_key")


def rate_limited(retry_after: float | None = None) -> Reply:
    """The provider asks to slow down, saying for how long where ``retry_after`` seconds are given."""
    return Reply(status=429, error="Rate limit reached.", error_code="rate_limit_exceeded", retry_after=retry_after)


def failing(status: int = 500) -> Reply:
    """The provider fails on its side."""
    return Reply(status=status, error="The server had an error.", error_code="server_error")


def too_long() -> Reply:
    """The prompt does not fit into the model's window."""
    return Reply(
        status=400,
        error="This model's maximum context length is 8192 tokens, however you requested 9000 tokens. "
        "prompt is too long: the input token count exceeds the maximum number of tokens allowed",
        error_code="context_length_exceeded",
    )


def unknown_model() -> Reply:
    """The provider has no such model."""
    return Reply(status=404, error="The model does not exist.", error_code="model_not_found")


def when_said(fragment: str, answer: Answer) -> Rule:
    """Answer so when the person's last message contains ``fragment`` and no tool has answered it yet."""
    return Rule(lambda asked: fragment in asked.last_user_text and not asked.tool_results, answer)


def after_tool(answer: Answer | None = None) -> Rule:
    """Answer so once a tool's result is there; without ``answer`` the result is quoted."""
    return Rule(lambda asked: bool(asked.tool_results), answer if answer is not None else _quote_tool)


def _quote_tool(asked: Asked) -> Reply:
    return Reply(text=f"The tool answered: {asked.tool_results[-1]}")


def _echo(asked: Asked) -> Reply:
    if asked.tool_results:
        return _quote_tool(asked)
    return Reply(text=f"You said: {asked.last_user_text}")


def _words(text: str) -> list[str]:
    parts = text.split(" ")
    return [part + " " for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def fragments(arguments: Mapping[str, Any], size: int = 7) -> list[str]:
    """The arguments as JSON text cut into pieces of ``size`` characters, as providers stream them."""
    text = json.dumps(dict(arguments), ensure_ascii=False)
    return [text[start : start + size] for start in range(0, len(text), size)]


def tokens_of(reply: Reply, asked: Asked) -> Usage:
    """The usage that is reported: the declared one, else words counted."""
    if reply.usage is not None:
        return reply.usage
    spoken = len(reply.pieces()) + len(_words(reply.reasoning))
    called = sum(len(fragments(one.arguments)) for one in reply.tool_calls)
    return Usage(input=max(asked.input_words, 1), output=max(spoken + called, 1))
