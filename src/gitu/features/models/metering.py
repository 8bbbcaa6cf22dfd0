"""The one place every outgoing model call passes: it is recorded from beginning to end, whatever happens.

``MeteredModel`` wraps one model of one connection; a chain of them (``falling_back``) answers a turn.
"""

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NoReturn, cast
from uuid import UUID

from pydantic_ai import RunContext
from pydantic_ai.messages import ModelMessage, ModelResponse, ModelResponseStreamEvent
from pydantic_ai.models import Model, ModelRequestParameters, StreamedResponse
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.settings import ModelSettings
from pydantic_ai.usage import RequestUsage

from gitu.features.models.budgets.charging import charge
from gitu.features.models.budgets.estimate import Estimate
from gitu.features.models.budgets.estimating import bytes_of
from gitu.features.models.budgets.ledger import Ledger
from gitu.features.models.budgets.loops import LoopBreaker
from gitu.features.models.budgets.purses import Reservation
from gitu.features.models.budgets.rules import Purpose
from gitu.features.models.calls import Call, CallRecorder
from gitu.features.models.errors import (
    ModelCallFailed,
    ModelOverloaded,
    ModelRateLimited,
    ModelServerFailed,
    ModelUnreachable,
)
from gitu.features.models.notices import Spent
from gitu.features.models.pricing import FREE, PriceList, Tokens
from gitu.features.models.providers import Endpoint
from gitu.features.models.reserving import set_aside
from gitu.features.models.routing.health import Health
from gitu.features.models.upstream import Asked, explain
from gitu.kernel import clock
from gitu.kernel.ids import new_id
from gitu.kernel.telemetry.metrics import metrics

__all__ = ["Meter", "MeteredModel", "Purpose"]


_PASSING = (ModelOverloaded, ModelServerFailed, ModelRateLimited)
_LONGEST_WAIT_S = 3.0


@dataclass(slots=True)
class Meter:
    """What every metered model of a process shares."""

    recorder: CallRecorder
    ledger: Ledger
    prices: PriceList
    loops: LoopBreaker
    health: Health
    idle_s: float
    on_failure: Callable[[UUID, ModelCallFailed | None], None] = field(default=lambda _id, _error: None)


class _Measured:
    """One call, from the moment it leaves."""

    def __init__(self, model: "MeteredModel", reservation: Reservation, estimate: Estimate | None) -> None:
        self._model = model
        self._reservation = reservation
        self._estimate = estimate
        self._began = time.perf_counter()
        self.started = False
        endpoint, purpose = model.endpoint, model.purpose
        self.call = Call(
            id=new_id(),
            owner_id=purpose.owner_id,
            at=clock.now(),
            connection_id=endpoint.id,
            provider=endpoint.provider,
            model=model.id,
            feature=purpose.feature,
            session_id=purpose.session_id,
            key_id=purpose.key_id,
            reason=model.reason,
            process_id=model.meter.ledger.process_id,
            reserved=reservation.amount if reservation.counters else None,
            charges=reservation.counters or None,
        )
        model.meter.recorder.record(self.call)
        model.meter.health.asked(endpoint.id)

    def first_token(self) -> None:
        """Something of the answer has arrived."""
        if not self.started:
            self.started = True
            self.call.first_token_ms = self._elapsed_ms()

    def heard(self, event: ModelResponseStreamEvent) -> None:
        """Something of a counted answer has arrived."""
        self.first_token()
        if self._estimate is not None:
            self._estimate.heard_bytes += bytes_of(event)

    def settle(self, outcome: str, usage: RequestUsage | None, error: ModelCallFailed | None = None) -> None:
        """The call is over; called once."""
        call, model = self.call, self._model
        call.latency_ms = self._elapsed_ms()
        call.outcome = outcome
        call.error_code = error.code if error is not None else None
        if outcome == "ok" and call.first_token_ms is not None:
            written = usage.output_tokens if usage is not None else 0
            model.meter.health.measured(model.id, call.first_token_ms, call.latency_ms, written)
        elif error is not None:
            model.meter.health.failed(model.id)
        if usage is not None and (usage.input_tokens > 0 or usage.output_tokens > 0):
            self._count(usage)
        elif outcome != "failed" and model.is_free:
            call.cost = Decimal(0)
        if self._reservation.counters:
            charge(model.meter.ledger, call, self._reservation, self._estimate, error)
        model.meter.recorder.record(call)
        model.count(call)
        model.meter.on_failure(call.connection_id, error)
        metrics().model_call(
            call.provider,
            outcome,
            call.latency_ms / 1000,
            input_tokens=call.input_tokens or 0,
            output_tokens=call.output_tokens or 0,
            first_token_seconds=None if call.first_token_ms is None else call.first_token_ms / 1000,
            cost_usd=None if call.cost is None else float(call.cost),
        )

    def refuse(self, error: ModelCallFailed) -> None:
        """It never left."""
        self.call.outcome, self.call.error_code, self.call.cost = "refused", error.code, Decimal(0)
        self._model.meter.recorder.record(self.call)

    def _count(self, usage: RequestUsage) -> None:
        call, model, endpoint = self.call, self._model, self._model.endpoint
        call.input_tokens, call.output_tokens = usage.input_tokens, usage.output_tokens
        call.cached_tokens = usage.cache_read_tokens
        tokens = Tokens(usage.input_tokens, usage.output_tokens, usage.cache_read_tokens, usage.cache_write_tokens)
        call.cost = model.meter.prices.cost(endpoint.provider, endpoint.base_url, model.name, tokens, local=model.local)

    def _elapsed_ms(self) -> float:
        return round((time.perf_counter() - self._began) * 1000, 3)


class MeteredModel(WrapperModel):
    """A model whose every request is recorded, bounded in time, and fails in one clear sentence only."""

    def __init__(
        self,
        wrapped: Model,
        *,
        endpoint: Endpoint,
        name: str,
        local: bool,
        meter: Meter,
        purpose: Purpose,
        spent: Spent,
        cheaper: Callable[[Decimal], str | None] | None = None,
        reason: dict[str, Any] | None = None,  # as a call's record keeps it
    ) -> None:
        super().__init__(wrapped)
        self.endpoint = endpoint
        self.name = name
        self.id = f"{endpoint.id}/{name}"
        self.local = local
        self.meter = meter
        self.purpose = purpose
        self.spent = spent
        self.cheaper = cheaper  # names a model that so many USD would pay
        self.reason = reason
        self.alone = False  # nobody steps in for it: what passes is tried a second time
        self.tripped: ModelCallFailed | None = None

    @property
    def is_free(self) -> bool:
        """Whether it costs nothing, whatever it writes."""
        endpoint = self.endpoint
        return self.meter.prices.price(endpoint.provider, endpoint.base_url, self.name, local=self.local) == FREE

    def count(self, call: Call) -> None:
        """Add a settled call to what was spent."""
        spent = self.spent
        spent.calls += 1
        if call.outcome == "failed" and call.input_tokens is None:
            return
        spent.model_id = self.id
        spent.input_tokens += call.input_tokens or 0
        spent.output_tokens += call.output_tokens or 0
        if call.cost is None:
            spent.unknown_cost_calls += 1
        else:
            spent.cost += call.cost

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        self._refuse_tripped()
        again = self.alone
        while True:
            reservation, estimate, settings = await set_aside(self, messages, model_settings, model_request_parameters)
            measured = _Measured(self, reservation, estimate)
            try:
                # nothing arrives before the whole answer does: allow what a stream of some pauses would take
                async with asyncio.timeout(self.meter.idle_s * 3) as scope:
                    with self.meter.health.waiting(self.endpoint.id, scope):
                        answer = await self.wrapped.request(messages, settings, model_request_parameters)
                break
            except asyncio.CancelledError:
                measured.settle("stopped", None)
                raise
            except Exception as error:
                await self._retry_or_raise(self._failed(measured, error, None), again=again)
                again = False
        measured.first_token()
        measured.settle("ok", answer.usage)
        return answer

    @asynccontextmanager
    async def request_stream(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
        run_context: RunContext[Any] | None = None,  # Any: pydantic-ai's own signature
    ) -> AsyncGenerator[StreamedResponse]:
        self._refuse_tripped()
        again = self.alone
        while True:
            reservation, estimate, settings = await set_aside(self, messages, model_settings, model_request_parameters)
            measured = _Measured(self, reservation, estimate)
            stack = contextlib.AsyncExitStack()
            stream: StreamedResponse | None = None
            settled = False
            try:
                try:
                    async with asyncio.timeout(self.meter.idle_s) as scope:
                        with self.meter.health.waiting(self.endpoint.id, scope):
                            stream = await stack.enter_async_context(
                                self.wrapped.request_stream(messages, settings, model_request_parameters, run_context)
                            )
                except Exception as error:
                    settled = True
                    await self._retry_or_raise(self._failed(measured, error, None), again=again)
                    again = False
                    continue
                events = _Events(self, measured, stream)
                # what StreamedResponse.__aiter__ hands out; pydantic-ai's own FallbackModel replaces it too
                stream._event_iterator = events  # pyright: ignore[reportPrivateUsage]
                try:
                    yield stream
                finally:
                    settled = events.settled
                return
            finally:
                if not settled:
                    usage = stream.usage if stream is not None else None
                    measured.settle("stopped", usage)
                with contextlib.suppress(Exception):  # the connection may be gone already
                    await stack.aclose()

    async def _retry_or_raise(self, failure: ModelCallFailed, *, again: bool) -> None:
        """Wait a little before the second and last attempt. Raises the failure when there is none."""
        wait = failure.retry_after or 0.0
        if not again or not isinstance(failure, _PASSING) or wait > _LONGEST_WAIT_S:
            raise failure from None
        await asyncio.sleep(wait + random.uniform(0.2, 0.6))  # noqa: S311 - apart from others that failed now too

    def refuse(self, refused: ModelCallFailed) -> NoReturn:
        """Keep in the log that the call did not leave."""
        refused.model_id = self.id
        _Measured(self, Reservation(), None).refuse(refused)
        raise refused from None

    def _refuse_tripped(self) -> None:
        if self.tripped is not None:
            raise self.tripped
        if not self.alone and self.meter.health.away(self.endpoint.id):
            raise self._unreachable()

    def _failed(self, measured: _Measured, error: Exception, usage: RequestUsage | None) -> ModelCallFailed:
        failure = self.explain(error, started=measured.started)
        outcome = "cut" if measured.started else "failed"
        measured.settle(outcome, usage, failure)
        return failure

    def fail(self, measured: _Measured, error: Exception, usage: RequestUsage | None) -> NoReturn:
        """Settle the call as failed and raise why."""
        raise self._failed(measured, error, usage) from None

    def explain(self, error: BaseException, *, started: bool) -> ModelCallFailed:
        """The failure in this model's and connection's names."""
        if isinstance(error, TimeoutError) and self.meter.health.gone(self.endpoint.id):
            return self._unreachable()
        asked = Asked(
            model_id=self.id,
            model=self.name,
            connection=self.endpoint.name,
            address=self.endpoint.base_url,
            timeout_s=self.meter.idle_s,
            key=self.endpoint.api_key,
        )
        return explain(error, asked, started=started)

    def _unreachable(self) -> ModelCallFailed:
        endpoint = self.endpoint
        failure = ModelUnreachable(model=self.name, connection=endpoint.name, address=endpoint.base_url)
        failure.model_id = self.id
        return failure


class _Events:
    """The events of one stream, each awaited for a bounded time; settles the call when they end."""

    def __init__(self, model: MeteredModel, measured: _Measured, stream: StreamedResponse) -> None:
        self._model = model
        self._measured = measured
        self._stream = stream
        self._source = aiter(stream)
        self.settled = False

    def __aiter__(self) -> "AsyncIterator[ModelResponseStreamEvent]":
        return cast("AsyncIterator[ModelResponseStreamEvent]", self)

    async def __anext__(self) -> ModelResponseStreamEvent:
        try:
            async with asyncio.timeout(self._model.meter.idle_s):
                event = await anext(self._source)
        except StopAsyncIteration:
            self._finish()
            raise
        except Exception as error:
            if self.settled:
                raise
            self.settled = True
            self._model.fail(self._measured, error, self._stream.usage)
        self._measured.heard(event)
        return event

    async def aclose(self) -> None:
        """Close the source."""
        closing = getattr(self._source, "aclose", None)
        if closing is not None:
            await closing()

    def _finish(self) -> None:
        if not self.settled:
            self.settled = True
            outcome = "stopped" if self._stream.cancelled else "ok"
            self._measured.settle(outcome, self._stream.usage)
