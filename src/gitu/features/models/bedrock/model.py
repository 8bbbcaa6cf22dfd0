"""pydantic-ai's model for Bedrock, made to end with its caller. Loaded with the first connection to Bedrock only.

Threads can't be cancelled, and anyio waits for them. So each wait is a task of its own, which a cancelled caller
leaves at once, after it has shut down what the thread waits at.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from pydantic_ai import RunContext
from pydantic_ai.messages import ModelMessage, ModelResponse, ModelResponseStreamEvent
from pydantic_ai.models import ModelRequestParameters, StreamedResponse
from pydantic_ai.models.bedrock import BedrockConverseModel
from pydantic_ai.settings import ModelSettings

from gitu.features.models.bedrock.transport import Waiting, waiting

_T = TypeVar("_T")
_left: set[asyncio.Task[Any]] = set()


class BedrockModel(BedrockConverseModel):
    """A request that is cancelled is over at once, whether or not its answer has begun."""

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        return await _with_its_caller(super().request(messages, model_settings, model_request_parameters), Waiting())

    @asynccontextmanager
    async def request_stream(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
        run_context: RunContext[Any] | None = None,  # Any: pydantic-ai's own signature
    ) -> AsyncGenerator[StreamedResponse]:
        request = Waiting()
        before = waiting.set(request)
        try:
            opening = super().request_stream(messages, model_settings, model_request_parameters, run_context)
            stream = await opening.__aenter__()
        finally:
            waiting.reset(before)
        # as StreamedResponse.__aiter__ hands them out; metering.py does the same around it
        stream._event_iterator = _Events(stream, request)  # pyright: ignore[reportPrivateUsage]
        try:
            yield stream
        finally:
            await opening.__aexit__(None, None, None)

    async def _messages_create(self, *given: Any, **named: Any) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride] # its overloads say what comes back
        create: Any = getattr(super(), "_messages_create")  # noqa: B009 - its types are in a package that is not here
        return await _with_its_caller(create(*given, **named), waiting.get() or Waiting())


class _Events:
    """The events of a stream, each awaited so that its caller can leave."""

    def __init__(self, stream: StreamedResponse, request: Waiting) -> None:
        self._source = aiter(stream)
        self._request = request

    def __aiter__(self) -> "AsyncIterator[ModelResponseStreamEvent]":
        return self

    async def __anext__(self) -> ModelResponseStreamEvent:
        found = await _with_its_caller(anext(self._source, None), self._request)
        if found is None:
            raise StopAsyncIteration
        return found


async def _with_its_caller(work: Coroutine[Any, Any, _T], request: Waiting) -> _T:
    """Wait for the work; leave it at once when cancelled, and end what it waits for."""
    before = waiting.set(request)
    task = asyncio.create_task(_run(work))
    waiting.reset(before)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        request.end()
        _left.add(task)
        task.add_done_callback(_over)
        raise


async def _run(work: Coroutine[Any, Any, _T]) -> _T:
    return await work


def _over(task: asyncio.Task[Any]) -> None:
    """Take note of how work ended that nobody waits for any more."""
    _left.discard(task)
    if not task.cancelled():
        task.exception()
