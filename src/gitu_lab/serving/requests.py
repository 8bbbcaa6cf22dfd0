"""OpenAI's requests, read strictly: what this node can't do is refused by name, never dropped silently.

https://platform.openai.com/docs/api-reference/chat and /completions; ``top_k`` as vLLM and llama.cpp take it.
"""

from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from gitu_lab.serving.errors import BadRequest

MOST_TOKENS = 10_000_000
MOST_MESSAGES = 2_000

T = TypeVar("T", bound="_Common")
Stop = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class StreamOptions(_Strict):
    """What a stream tells beside its pieces."""

    include_usage: bool = False
    include_obfuscation: Literal[False] | None = None


class TextPart(_Strict):
    """A part of a message; the only kind that a text model reads."""

    type: Literal["text"]
    text: str


class Message(_Strict):
    """One message of a conversation."""

    role: Literal["system", "developer", "user", "assistant"]
    content: str | Annotated[list[TextPart], Field(max_length=1_000)]
    name: str | None = Field(default=None, max_length=200)

    def plain(self) -> dict[str, str]:
        """As templates read it; ``developer`` is OpenAI's newer word for ``system``."""
        text = self.content if isinstance(self.content, str) else "".join(part.text for part in self.content)
        return {"role": "system" if self.role == "developer" else self.role, "content": text}


class _Common(_Strict):
    model: str = Field(min_length=1, max_length=200)
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    max_tokens: int | None = Field(default=None, ge=1, le=MOST_TOKENS)
    temperature: float | None = Field(default=None, ge=0, le=2)
    top_p: float | None = Field(default=None, gt=0, le=1)
    top_k: int | None = Field(default=None, ge=-1, le=1_000_000)
    stop: Stop | Annotated[list[Stop], Field(max_length=16)] | None = None
    seed: int | None = None
    n: Literal[1] | None = None
    user: str | None = Field(default=None, max_length=1_000)
    # Taken where they change nothing.
    presence_penalty: float | None = Field(default=None, ge=0, le=0)
    frequency_penalty: float | None = Field(default=None, ge=0, le=0)
    logit_bias: Annotated[dict[str, float], Field(max_length=0)] | None = None

    @property
    def wanted_tokens(self) -> int | None:
        """The most tokens of the answer."""
        return self.max_tokens

    @property
    def stops(self) -> tuple[str, ...]:
        """Stop strings."""
        return (self.stop,) if isinstance(self.stop, str) else tuple(self.stop or ())

    @property
    def include_usage(self) -> bool:
        """Whether a stream ends with its usage."""
        return self.stream_options is not None and self.stream_options.include_usage

    @model_validator(mode="after")
    def _repeatable(self) -> Self:
        if self.seed is not None and self.temperature != 0:
            raise ValueError("seed: this node can repeat an answer at temperature 0 only; set it, or leave seed out")
        return self


class ChatRequest(_Common):
    """POST /v1/chat/completions."""

    messages: list[Message] = Field(min_length=1, max_length=MOST_MESSAGES)
    max_completion_tokens: int | None = Field(default=None, ge=1, le=MOST_TOKENS)
    response_format: "TextFormat | None" = None
    logprobs: Literal[False] | None = None
    top_logprobs: Literal[0] | None = None
    tools: Annotated[list[object], Field(max_length=0)] | None = None
    tool_choice: Literal["none", "auto"] | None = None
    parallel_tool_calls: bool | None = None
    store: Literal[False] | None = None
    metadata: dict[str, str] | None = None

    @property
    def wanted_tokens(self) -> int | None:
        """``max_completion_tokens``, or its older name."""
        return self.max_tokens if self.max_completion_tokens is None else self.max_completion_tokens


class TextFormat(_Strict):
    """The only form of answers."""

    type: Literal["text"]


class CompletionRequest(_Common):
    """POST /v1/completions."""

    prompt: str | Annotated[list[str], Field(min_length=1, max_length=1)]
    max_tokens: int | None = Field(default=16, ge=1, le=MOST_TOKENS)
    logprobs: Literal[0] | None = None
    echo: Literal[False] | None = None
    best_of: Literal[1] | None = None
    suffix: Literal[""] | None = None

    @property
    def text(self) -> str:
        """The one prompt."""
        return self.prompt if isinstance(self.prompt, str) else self.prompt[0]


_REFUSED = {
    "tools": "This node's model can't call tools; leave tools out, or route the request to a model that can.",
    "functions": "This node's model can't call functions; leave functions out.",
    "n": "This node gives one answer a request; send the request again for another (n must be 1).",
    "best_of": "This node gives one answer a request (best_of must be 1).",
    "logprobs": "This node does not tell log probabilities; leave logprobs out.",
    "top_logprobs": "This node does not tell log probabilities; leave top_logprobs out.",
    "response_format": "This node answers in text only; leave response_format out.",
    "logit_bias": "This node can't bias tokens; leave logit_bias out.",
    "presence_penalty": "This node has no such penalty; presence_penalty must be 0.",
    "frequency_penalty": "This node has no such penalty; frequency_penalty must be 0.",
    "store": "This node stores nothing; store must be false.",
    "echo": "This node does not repeat the prompt; echo must be false.",
    "suffix": "This node can't fill in a middle; leave suffix out.",
}


def read_chat(body: bytes) -> ChatRequest:
    """Raises BadRequest naming the parameter."""
    return _read(ChatRequest, body)


def read_completion(body: bytes) -> CompletionRequest:
    """Raises BadRequest naming the parameter."""
    return _read(CompletionRequest, body)


def _read(kind: type[T], body: bytes) -> T:
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        # Any: pydantic's findings hold whatever came
        findings: list[Any] = list(error.errors(include_url=False, include_input=True))
    raise _refusal(findings)


def _refusal(findings: list[Any]) -> BadRequest:
    """The first finding as a sentence; a known but unsupported parameter says so in its own words."""
    first = findings[0]
    where = [str(part) for part in first["loc"]]
    name = where[0] if where else None
    if first["type"] == "json_invalid":
        return BadRequest(f"The body is not valid JSON: {first['ctx']['error']}.", code="invalid_json")
    if name in _REFUSED and first["type"] != "missing":
        return BadRequest(_REFUSED[name], param=name, code="unsupported_parameter")
    if first["type"] == "extra_forbidden" and len(where) == 1:
        return BadRequest(
            f"Unknown parameter: {name}; this node does not know it.", param=name, code="unknown_parameter"
        )
    if name == "messages" and len(where) > 2 and where[2] in ("content", "role", "tool_calls", "tool_call_id", "audio"):
        part = first["input"].get("type") if isinstance(first["input"], dict) else first["input"]
        return BadRequest(
            f"messages.{where[1]}.{where[2]}: this node reads text of the roles system, developer, user and "
            f"assistant only, and here stands {str(part)[:80]!r}.",
            param="messages",
            code="unsupported_value",
        )
    if first["type"] == "value_error":
        reason = str(first["ctx"]["error"])
        return BadRequest(f"{reason}.", param=reason.partition(":")[0], code="unsupported_parameter")
    shown = ".".join(part for part in where if not part.startswith(("function-", "constrained-")))
    return BadRequest(f"{shown or 'body'}: {first['msg']}.", param=name)
