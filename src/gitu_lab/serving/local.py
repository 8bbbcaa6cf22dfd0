"""A model in this process: requests become rows of the batcher, and their tokens OpenAI's answers."""

import asyncio
import time
import uuid
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from typing import Any

import orjson
import structlog

from gitu_lab.serving.backend import Call, Facts, Pieces, Route, Tell, Whole
from gitu_lab.serving.batching import Batcher, Limits, Row
from gitu_lab.serving.engine import GREEDY, Engine, EngineOptions, Sampling
from gitu_lab.serving.errors import ApiError, BadRequest, ModelNotFound, NotReady
from gitu_lab.serving.model_folder import ModelFolder
from gitu_lab.serving.requests import ChatRequest, CompletionRequest, read_chat, read_completion
from gitu_lab.serving.text import Reading, Text

log = structlog.get_logger(__name__)

_CUDA_BATCH, _CPU_BATCH = 64, 8
_KINDS: dict[Route, tuple[str, str, str]] = {
    "chat": ("chatcmpl-", "chat.completion", "chat.completion.chunk"),
    "completions": ("cmpl-", "text_completion", "text_completion"),
}
DONE = b"data: [DONE]\n\n"


class LocalBackend:
    """CTranslate2 over a folder."""

    def __init__(
        self, folder: ModelFolder, options: EngineOptions, limits: Limits, on_batch: Callable[[int], None]
    ) -> None:
        self._folder = folder
        self._options = options
        self._limits = limits
        self._on_batch = on_batch
        self._name = folder.description.name
        self._engine: Engine | None = None
        self._text: Text | None = None
        self._batcher: Batcher | None = None

    async def load(self, tell: Tell) -> None:
        """Load in a thread. Raises NodeProblem."""
        self._text, self._engine = await asyncio.to_thread(self._load, tell)
        size = self._limits.batch or (_CUDA_BATCH if self._engine.device == "cuda" else _CPU_BATCH)
        limits = Limits(self._limits.queue, size, self._limits.share, self._limits.spread, self._limits.gather_s)
        self._batcher = Batcher(
            self._engine, self._text.vocabulary, self._text.end_ids, limits, on_batch=self._on_batch, on_error=_failed
        )

    def _load(self, tell: Tell) -> tuple[Text, Engine]:
        text = Text(self._folder)
        engine = Engine(self._folder, self._options, tell)
        tell("warming up", 1.0)
        end = sorted(text.end_ids)
        engine.warm_up([self._folder.description.start or self._folder.description.end[0]] * 2, end)
        return text, engine

    def facts(self) -> Facts:
        """The model, and where and how it is computed."""
        engine = self._engine
        device, kind = (engine.device, engine.compute_type) if engine else (self._options.device, "")
        more: dict[str, object] = {"context_length": self._folder.description.context_length}
        if engine is not None:
            more["workers"] = engine.workers
        return Facts(self._name, "ctranslate2", device, kind, more)

    def models(self) -> list[str]:
        """The name in gitu-model.json."""
        return [self._name]

    def available(self) -> bool:
        """Whenever it is loaded."""
        return self._batcher is not None

    def queued(self) -> int:
        """Requests that wait for a worker."""
        return 0 if self._batcher is None else self._batcher.queued

    async def close(self) -> None:
        """Cut running answers short."""
        if self._batcher is not None:
            await self._batcher.close()
        if self._engine is not None:
            self._engine.close()

    async def answer(self, call: Call) -> Whole | Pieces:
        """Answer one request. Raises ApiError."""
        assert self._text is not None
        assert self._batcher is not None
        request: ChatRequest | CompletionRequest
        if call.route == "chat":
            request = read_chat(call.body)
            self._check_model(request)
            prompt = await self._of_messages(request)
        else:
            request = read_completion(call.body)
            self._check_model(request)
            prompt = await self._text.of_prompt(request.text)
        row = Row(
            prompt,
            _sampling(request, len(self._text.vocabulary)),
            self._room(request, prompt),
            each=bool(request.stream or request.stops),
        )
        batcher = self._batcher
        batcher.submit(row)
        answer = _Answer(call, self._name, row, batcher, Reading(self._text.tokenizer, request.stops))
        if request.stream:
            return Pieces(answer.stream(include_usage=request.include_usage), lambda: batcher.cancel(row))
        return Whole(await answer.whole())

    def _check_model(self, request: ChatRequest | CompletionRequest) -> None:
        if request.model != self._name:
            raise ModelNotFound(f"This node serves {self._name}, not {request.model[:200]}.", param="model")

    async def _of_messages(self, request: ChatRequest) -> list[int]:
        assert self._text is not None
        if self._text.template is None:
            raise BadRequest(
                f"{self._name} has no chat template; send a prompt to /v1/completions, or add chat_template to its "
                "gitu-model.json.",
                code="no_chat_template",
            )
        return await self._text.of_messages([message.plain() for message in request.messages])

    def _room(self, request: ChatRequest | CompletionRequest, prompt: Sequence[int]) -> int:
        """How many tokens the answer may have: what is asked for, within the context."""
        context = self._folder.description.context_length
        if not prompt:
            raise BadRequest("The prompt is empty; write something.", param="prompt")
        if len(prompt) >= context:
            raise BadRequest(
                f"The prompt has {len(prompt)} tokens, and {self._name} reads {context} with its answer; shorten it.",
                param="messages" if isinstance(request, ChatRequest) else "prompt",
                code="context_length_exceeded",
            )
        room = context - len(prompt)
        return room if request.wanted_tokens is None else min(room, request.wanted_tokens)


class _Answer:
    """One answer on its way out."""

    def __init__(self, call: Call, model: str, row: Row, batcher: Batcher, reading: Reading) -> None:
        self._call = call
        self._row = row
        self._batcher = batcher
        self._reading = reading
        self._written = 0
        prefix, self._object, self._chunk_object = _KINDS[call.route]
        self._head: dict[str, Any] = {"id": prefix + uuid.uuid4().hex, "created": int(time.time()), "model": model}

    async def _texts(self) -> AsyncGenerator[str]:
        """Pieces of text; afterwards the row's finish tells how it ended. Closing it early cancels the row."""
        row, reading = self._row, self._reading
        try:
            while new := await row.arrived():
                if not self._written:
                    self._call.metrics.first_token(self._call.route, time.perf_counter() - self._call.began)
                shown: list[str] = []
                for token in new:
                    self._written += 1
                    shown.append(reading.add(token))
                    if reading.stopped:
                        break
                yield "".join(shown)
                if reading.stopped:
                    break
            if row.finish == "cancelled" and not reading.stopped:
                raise NotReady("The node is being stopped and cut this answer short.", retry_after_s=1)
            if not reading.stopped:
                yield reading.rest()
        finally:
            self._batcher.cancel(row)
            self._call.metrics.tokens(len(row.prompt), self._written)

    @property
    def _finish_reason(self) -> str:
        return "stop" if self._reading.stopped or self._row.finish == "stop" else "length"

    def _usage(self) -> dict[str, int]:
        prompt = len(self._row.prompt)
        return {"prompt_tokens": prompt, "completion_tokens": self._written, "total_tokens": prompt + self._written}

    async def whole(self) -> bytes:
        """The answer in one piece."""
        async with aclosing(self._texts()) as texts:
            text = "".join([piece async for piece in texts])
        choice: dict[str, Any] = {"index": 0, "finish_reason": self._finish_reason, "logprobs": None}
        if self._call.route == "chat":
            choice["message"] = {"role": "assistant", "content": text, "refusal": None}
        else:
            choice["text"] = text
        return orjson.dumps({**self._head, "object": self._object, "choices": [choice], "usage": self._usage()})

    async def stream(self, *, include_usage: bool) -> AsyncGenerator[bytes]:
        """The answer as events; a failure on the way is the last of them."""
        extra: dict[str, Any] = {"usage": None} if include_usage else {}
        try:
            if self._call.route == "chat":
                yield self._event({"role": "assistant", "content": ""}, None, extra)
            async with aclosing(self._texts()) as texts:
                async for text in texts:
                    if text:
                        yield self._event({"content": text}, None, extra)
        except ApiError as error:
            yield b"data: " + orjson.dumps(error.body()) + b"\n\n"
            return
        yield self._event({}, self._finish_reason, extra)
        if include_usage:
            yield _data({**self._head, "object": self._chunk_object, "choices": [], "usage": self._usage()})
        yield DONE

    def _event(self, delta: dict[str, str], finish: str | None, extra: dict[str, Any]) -> bytes:
        choice: dict[str, Any] = {"index": 0, "finish_reason": finish, "logprobs": None}
        if self._call.route == "chat":
            choice["delta"] = delta
        else:
            choice["text"] = delta.get("content", "")
        return _data({**self._head, "object": self._chunk_object, "choices": [choice], **extra})


def _data(value: dict[str, Any]) -> bytes:
    return b"data: " + orjson.dumps(value) + b"\n\n"


def _sampling(request: ChatRequest | CompletionRequest, vocabulary: int) -> Sampling:
    temperature = 1.0 if request.temperature is None else request.temperature
    top_k = request.top_k if request.top_k is not None and 0 < request.top_k < vocabulary else 0
    found = Sampling(temperature, 1.0 if request.top_p is None else request.top_p, top_k)
    return GREEDY if found.greedy else found


def _failed(error: BaseException) -> None:
    log.error("node.batch_failed", error=type(error).__name__, reason=str(error))
