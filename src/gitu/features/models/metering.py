"""The one place every outgoing model call passes: it is recorded from beginning to end, whatever happens.

``MeteredModel`` wraps one model of one connection; ``TurnModel`` is a chain of them, which steps to the next
one while nothing has been streamed yet.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NoReturn, cast
from uuid import UUID

from pydantic_ai import RunContext
from pydantic_ai.messages import ModelMessage, ModelResponse, ModelResponseStreamEvent
from pydantic_ai.models import Model, ModelRequestParameters, StreamedResponse
from pydantic_ai.models.fallback import FallbackModel
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.settings import ModelSettings
from pydantic_ai.usage import RequestUsage

from gitu.features.models.budgets.book import Purpose
from gitu.features.models.budgets.errors import BudgetReached, PriceUnknown
from gitu.features.models.budgets.estimating import (
    OUTPUT,
    OUTPUT_NEAR_THE_LIMIT,
    Estimate,
    bytes_of,
    input_at_most,
)
from gitu.features.models.budgets.ledger import FINEST, Ledger, Reservation
from gitu.features.models.budgets.loops import LoopBreaker
from gitu.features.models.calls import Call, CallRecorder
from gitu.features.models.errors import ModelCallFailed, ModelTimedOut
from gitu.features.models.notices import Notice, OnNotice, Spent
from gitu.features.models.pricing import FREE, PriceList, Tokens
from gitu.features.models.providers import Endpoint
from gitu.features.models.upstream import Asked, explain
from gitu.kernel import clock
from gitu.kernel.ids import new_id
from gitu.kernel.telemetry.metrics import metrics

__all__ = ["Meter", "MeteredModel", "Purpose", "TurnModel"]


@dataclass(slots=True)
class Meter:
    """What every metered model of a process shares."""

    recorder: CallRecorder
    ledger: Ledger
    prices: PriceList
    loops: LoopBreaker
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
            process_id=model.meter.ledger.process_id,
            reserved=reservation.amount if reservation.counters else None,
            charges=reservation.counters,
        )
        model.meter.recorder.record(self.call)

    def first_token(self) -> None:
        """Something of the answer has arrived."""
        if not self.started:
            self.started = True
            self.call.first_token_ms = self._elapsed_ms()

    def heard(self, event: ModelResponseStreamEvent) -> None:
        """Something of a counted answer has arrived."""
        self.first_token()
        if self._estimate is not None:
            self._estimate.heard(bytes_of(event))

    def settle(self, outcome: str, usage: RequestUsage | None, error: ModelCallFailed | None = None) -> None:
        """The call is over; called once."""
        call, model = self.call, self._model
        call.latency_ms = self._elapsed_ms()
        call.outcome = outcome
        call.error_code = error.code if error is not None else None
        if usage is not None and (usage.input_tokens > 0 or usage.output_tokens > 0):
            self._count(usage)
        elif outcome != "failed" and model.is_free:
            call.cost = Decimal(0)
        if self._reservation.counters:
            self._charge(outcome, error)
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

    def _charge(self, outcome: str, error: ModelCallFailed | None) -> None:
        """What the budgets count: the cost, else what it is likely to have been."""
        call, reservation = self.call, self._reservation
        if call.cost is None and outcome != "failed":
            likely = self._estimate.likely() if self._estimate is not None else None
            call.cost = likely if likely is None or not reservation.hard else min(likely, reservation.amount)
            call.estimated = likely is not None
        elif call.cost is None and isinstance(error, ModelTimedOut) and reservation.hard:
            call.cost, call.estimated = reservation.amount, True  # it may well have written an answer by then
        if call.cost is not None:
            call.cost = call.cost.quantize(FINEST)
        call.charged = call.cost or Decimal(0)
        self._model.meter.ledger.settle(reservation, call.charged)

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
        reservation, estimate, model_settings = await self._reserve(messages, model_settings, model_request_parameters)
        measured = _Measured(self, reservation, estimate)
        try:
            # nothing arrives before the whole answer does: allow what a stream of some pauses would take
            async with asyncio.timeout(self.meter.idle_s * 3):
                answer = await self.wrapped.request(messages, model_settings, model_request_parameters)
        except asyncio.CancelledError:
            measured.settle("stopped", None)
            raise
        except Exception as error:
            self._fail(measured, error, None)
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
        reservation, estimate, model_settings = await self._reserve(messages, model_settings, model_request_parameters)
        measured = _Measured(self, reservation, estimate)
        stack = contextlib.AsyncExitStack()
        stream: StreamedResponse | None = None
        settled = False
        try:
            try:
                async with asyncio.timeout(self.meter.idle_s):
                    stream = await stack.enter_async_context(
                        self.wrapped.request_stream(messages, model_settings, model_request_parameters, run_context)
                    )
            except Exception as error:
                settled = True
                self._fail(measured, error, None)
            events = _Events(self, measured, stream)
            # what StreamedResponse.__aiter__ hands out; pydantic-ai's own FallbackModel replaces it too
            stream._event_iterator = events  # pyright: ignore[reportPrivateUsage]
            try:
                yield stream
            finally:
                settled = events.settled
        finally:
            if not settled:
                usage = stream.usage if stream is not None else None
                measured.settle("stopped", usage)
            with contextlib.suppress(Exception):  # the connection may be gone already
                await stack.aclose()

    async def _reserve(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        parameters: ModelRequestParameters,
    ) -> tuple[Reservation, Estimate | None, ModelSettings | None]:
        """Set aside what the call can cost; under a hard limit the answer's length is bounded too.

        Raises BudgetReached, PriceUnknown, BudgetUnchecked.
        """
        ledger = self.meter.ledger
        self.meter.loops.check(self.purpose.session_id)
        plan = await ledger.plan(self.purpose)
        if plan is None:
            return Reservation(), None, model_settings
        estimate = Estimate(
            self.meter.prices,
            self.endpoint,
            self.name,
            local=self.local,
            input_bytes=input_at_most(messages, parameters),
        )
        given = (model_settings or {}).get("max_tokens")
        lengths = [given] if given is not None else [OUTPUT, OUTPUT_NEAR_THE_LIMIT]
        while True:
            output = lengths.pop(0)
            try:
                reservation = await ledger.reserve(plan, estimate.most(output))
                break
            except BudgetReached as refused:
                if not lengths:
                    self._refuse(self._offer(refused))
            except PriceUnknown:
                self._refuse(PriceUnknown(model=self.name))
        if reservation.hard and given is None:
            model_settings = {**(model_settings or {}), "max_tokens": output}
        return reservation, estimate, model_settings

    def _refuse(self, refused: ModelCallFailed) -> NoReturn:
        """Keep in the log that the call did not leave."""
        refused.model_id = self.id
        _Measured(self, Reservation(), None).refuse(refused)
        raise refused from None

    def _offer(self, refused: BudgetReached) -> BudgetReached:
        cheaper = self.cheaper(refused.amount_left) if self.cheaper is not None else None
        return refused if cheaper is None else refused.offering(cheaper)

    def _refuse_tripped(self) -> None:
        if self.tripped is not None:
            raise self.tripped

    def _fail(self, measured: _Measured, error: Exception, usage: RequestUsage | None) -> NoReturn:
        failure = self.explain(error, started=measured.started)
        outcome = "cut" if measured.started else "failed"
        measured.settle(outcome, usage, failure)
        raise failure from None

    def fail(self, measured: _Measured, error: Exception, usage: RequestUsage | None) -> NoReturn:
        """Settle the call as failed and raise why."""
        self._fail(measured, error, usage)

    def explain(self, error: BaseException, *, started: bool) -> ModelCallFailed:
        """The failure in this model's and connection's names."""
        asked = Asked(
            model_id=self.id,
            model=self.name,
            connection=self.endpoint.name,
            address=self.endpoint.base_url,
            timeout_s=self.meter.idle_s,
            key=self.endpoint.api_key,
        )
        return explain(error, asked, started=started)


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


class TurnModel(FallbackModel):
    """The chosen model and those that step in for it. ``spent`` sums up all of their calls.

    A model that failed is not asked again in the same turn.
    """

    def __init__(
        self, models: Sequence[MeteredModel], spent: Spent, on_notice: OnNotice | None, *, window: int | None = None
    ) -> None:
        super().__init__(models[0], *models[1:], fallback_on=self._steps_on)
        self.spent = spent
        self.window = window  # tokens, of the model that is asked first; None when nobody knows
        self.chain = list(models)
        self._on_notice = on_notice

    @property
    def id(self) -> str:
        """The model that answered last, or that will be asked first."""
        return self.spent.model_id or self.chain[0].id

    async def _steps_on(self, error: Exception) -> bool:
        """Whether the next model shall try; tells of it once for each model that failed."""
        if not isinstance(error, ModelCallFailed) or not error.fallback:
            return False
        place = next((at for at, model in enumerate(self.chain) if model.id == error.model_id), None)
        if place is None or place + 1 >= len(self.chain):
            return False
        failed, following = self.chain[place], self.chain[place + 1]
        if failed.tripped is None:
            failed.tripped = error
            if self._on_notice is not None:
                told = self._on_notice(Notice(failed.id, failed.name, error, following.id, following.name))
                if told is not None:
                    await told
        return True
